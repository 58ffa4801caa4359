"""The names that one line offers as those of authors, and how it offers them."""

import re
from functools import lru_cache
from typing import Final

from reader.capture.byline_leads import INNER, INNER_WORDS, LEAD, REPORTED
from reader.capture.bylines import belongs, doubtful_lead, is_name, names_in, unglued
from reader.capture.lexicon import LINES_KEPT, STOP_WORDS
from reader.text.dates import DIGIT, find_dates

Offered = tuple[tuple[tuple[str, ...], dict[str, float]], ...]
"""Names that belong together, each with the signs seen of them (see `authorship.WEIGHTS`)."""

_PARTS: Final = re.compile(r"\s*(?:[|•·»›\t]|\s[-–—/]+\s|//|/\s|,?\s+on behalf of\s|\s{3,})\s*")
_PARTING: Final = re.compile(r"[|•·»›\t/–—-]|\s{3}|\son behalf of\s")
"""What `_PARTS` needs at least: most lines hold nothing of it."""
_PICTURED: Final = re.compile(
    r"(?:picture|photo|image|headshot|portrait|avatar|avatar photo|profile picture|foto)\s+(?:of|for|by"
    r"|von)\s+(?P<name>.+)|(?P<other>.+?)(?:['’]s)?\s+(?:avatar|headshot|image|photo)",
    re.IGNORECASE,
)
_WORDS: Final = re.compile(r"[^\W\d_]+")
_PORTRAITS: Final = ("picture", "photo", "image", "headshot", "portrait", "avatar", "foto")
"""What `_PICTURED` matches holds one of these."""
_USER: Final = re.compile(
    r"(?:(?:posted|written|published|created|submitted)\b[^|]{0,12}?\s)?by:?\s+(?P<name>@?[\w.-]{3,30})", re.IGNORECASE
)
_HANDLE: Final = re.compile(r"@?[\w.-]{3,30}")
_TOLD: Final = re.compile(
    r"(?:about(?: the author)?|meet|follow|contact|(?:view|see|read|show)? ?(?:all|more|other|latest)"
    r"(?: (?:posts?|articles?|stories|content))?(?: (?:by|from|about))|(?:posts?|articles) by"
    r"|über|mehr von|plus de|más de)\s*:?\s+(?P<name>.+)",
    re.IGNORECASE,
)
_FILED: Final = re.compile(r"\s+in\s+[A-ZÀ-Þ].*$")
_FILE_END: Final = re.compile(r"\.(?:jpe?g|png|webp|gif)\b|\.(?:com|org|net|io)\b", re.IGNORECASE)
_BIO: Final = re.compile(
    r"(?P<name>[A-ZÀ-Þ][\w.'’-]+(?:\s+[A-ZÀ-Þ][\w.'’-]*){1,3}),?\s+(?:\([^)]{2,40}\),?\s+)?(?:is|was|has|writes|covers|works|joined"
    r"|holds|ist|est|es|arbeitet|schreibt|écrit)\s"
)
_HOLDER: Final = re.compile(
    r"(?:©|copyright)(?:\s*(?:©|copyright))?[\s\d,·|–—-]*(?:by\s+)?(?P<name>[^\W\d_].{3,40})", re.IGNORECASE
)
_OWNED: Final = re.compile(
    r"(?:['’]s?(?=\s|$)|,?\s(?:LLC|Inc|Ltd|GmbH)\b|\.?\s+(?:all rights|alle rechte|tous droits|todos los derechos)\b"
    r"|(?<=\w{3})\.\s).*$",
    re.IGNORECASE,
)
"""What follows the name in "Anna Lind's Blog", "Anna Lind, LLC" and "Anna Lind. All rights reserved"."""
_WROTE: Final = re.compile(r"\b(?:was|were|is) (?:written|reported) by (?P<name>.{4,60})")
_STORY: Final = re.compile(
    r"(?:this|the) (?:story|article|post|report|piece|column|essay|guide|interview)\b[^.]{0,60}?\s(?:was|is)"
    r" (?:written|reported|authored)(?: and \w+)? by (?P<name>.{4,60})"
    r"|(?:dieser|der) (?:artikel|beitrag|text) wurde von (?P<german>.{4,60}?) (?:verfasst|geschrieben)",
    re.IGNORECASE,
)
"""A sentence that says of the article itself who wrote it."""
_SIGNED: Final = re.compile(r"By:? (?P<name>.{4,60})")
_SPOKE: Final = re.compile(
    r"[,;:]\s(?:(?:writes|reports|schreibt|berichtet|écrit|raconte|escribe|informa)\s+(?P<name>[^,.;:]{4,40})"
    r"|(?:says|writes|reports|asks|explains|argues|finds|meets|visits)\s+(?P<loud>(?-i:[^\W\d_a-zß-ÿ][^,.;:a-zß-ÿ]{4,40})))\W*$",
    re.IGNORECASE,
)
"""How a standfirst ends that names who wrote: "…, writes Anna Lind"; a mere speaker has no capitals."""


@lru_cache(maxsize=LINES_KEPT)
def names_offered(
    line: str, single: bool, announced: bool, ending: bool, opening: bool = False, far: bool = False
) -> Offered:
    """The names that one line offers, with how it does; `single` allows a name of one word by itself.

    `announced` says that the line above ends in "By", `ending` that the line stands where the text ends, `opening`
    that it stands between headline and text, `far` that no byline stands there: only what names an author counts.
    """
    return tuple(_offered(line, single, announced, ending, opening, far))


def _offered(
    line: str, single: bool, announced: bool, ending: bool, opening: bool, far: bool
) -> list[tuple[tuple[str, ...], dict[str, float]]]:
    offered: list[tuple[tuple[str, ...], dict[str, float]]] = []
    spoke = _SPOKE.search(line[-120:]) if opening else None
    if spoke is not None and (names := names_in(spoke["name"] or spoke["loud"], strict=True)):
        offered.append((names, {"led": 1.0}))
    bio = _BIO.match(line) if ending else None
    if bio is not None and (names := names_in(bio["name"], strict=True)):
        offered.append((names, {"bio": 1.0}))
    told_of = _STORY.match(line)
    if told_of is not None and (names := names_in(told_of["name"] or told_of["german"], strict=True)):
        offered.append((names, {"led": 1.0}))
        return offered
    wrote = (_WROTE.search(line, 0, 200) or (_SIGNED.match(line) if len(line) > 260 else None)) if ending else None
    if wrote is not None and (names := tuple(map(_once, names_in(wrote["name"], strict=True)))):
        offered.append((names, {"led": 1.0}))
    if len(line) > 260:
        return offered
    text = unglued(line.strip(" •*–—-,\u00a0"))
    for date in reversed(find_dates(text) if DIGIT.search(text) else []):
        text = f"{text[: date.span.start]}\t{text[date.span.end :]}"
    whole = len(text) < 60
    if announced and whole:
        names = names_in(text, strict=False) or ((text.strip(),) if _HANDLE.fullmatch(text.strip()) else ())
        if names:
            offered.append((names, {"led": 1.0, "short line": 1.0}))
            return offered
    for lead in (REPORTED.match(text), LEAD.match(text)):
        if lead is not None and (
            names := names_in(_once(text[lead.end() :]), strict=lead.re is LEAD and doubtful_lead(text))
        ):
            offered.append((names, {"led": 1.0, "short line": float(whole)}))
            return offered
    low = text.casefold()
    for inner in INNER.finditer(text) if any(map(low.__contains__, INNER_WORDS)) else ():
        if names := names_in(text[inner.end() :], strict=False):
            before = len(_WORDS.findall(_PARTING.split(text[: inner.start() + 1])[-1]))
            offered.append((names, {"led inside": 1.0, "words before": min(before, 6) / 6}))
    told = _TOLD.fullmatch(text)
    if told is not None and (names := names_in(told["name"], strict=True)):
        offered.append((names, {"told of": 1.0}))
    user = _USER.fullmatch(text.strip())
    if user is not None and user["name"].casefold() not in STOP_WORDS:
        offered.append(((user["name"],), {"led": 1.0}))
    holder = _HOLDER.search(text) if "©" in low or "copyright" in low else None
    if holder is not None and (names := names_in(_OWNED.sub("", holder["name"]), strict=True)):
        offered.append((names[:1], {"rights holder": 1.0}))
    if far:
        return offered
    pictured = _PICTURED.fullmatch(text) if any(map(low.__contains__, _PORTRAITS)) else None
    if pictured is not None:
        names = names_in(_once(pictured["name"] or pictured["other"]), strict=True)
        if names:
            offered.append((names, {"pictured": 1.0, "avatar": float("avatar" in low)}))
    parts = [text] if text.strip() else []
    if _PARTING.search(text):
        parts = [part for part in _PARTS.split(_FILED.sub("", text) if "\t" in text else text) if part.strip()]
    for place, part in enumerate(parts[:6]):
        said = _once(part)
        names = names_in(said, strict=not (single and len(parts) == 1 and len(part.split()) == 1))
        share = 0.25 if "," in said and belongs(said.rpartition(",")[2].strip()) else 0.4
        if names and len(", ".join(names)) >= len(said) * share and not _FILE_END.search(part):
            clean = is_name(said)
            offered.append(
                (names, {"part": 1.0, "alone": float(len(parts) == 1 and clean), "first part": float(place == 0)})
            )
    return offered


def _once(text: str) -> str:
    """A name that is written twice ("Anna Lind Anna Lind", "Anna LindAnna Lind"), once."""
    text = text.strip()
    words = text.split()
    half = len(words) // 2
    if half and len(words) % 2 == 0 and words[:half] == words[half:]:
        return " ".join(words[:half])
    middle = len(text) // 2
    return text[:middle] if middle > 3 and text == text[:middle] * 2 else text
