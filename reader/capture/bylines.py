"""Who wrote an article, read from one line: "By …", "Reporting by: …", a name that stands alone under a headline."""

import re
from functools import lru_cache
from typing import Final

from reader.capture.byline_leads import LEAD, MUST_NAME, REPORTED
from reader.capture.lexicon import LINES_KEPT, STOP_WORDS, coverage, tokens
from reader.text.dates import MONTH_NAMES
from reader.text.wordlists import any_of, words_of

_ROLES: Final = words_of(
    "updated|published|posted|last|special to|staff|correspondent|reporter|editor"
    "|contributor|contributing|senior|associate|freelance|bureau|guest|author|chief|founder|co-founder|ceo|writer"
    "|and published|aktualisiert|veröffentlicht|stand|publié|mis à jour|modifié|publicado|actualizado|min read"
    "|mins read|minute read|minutes read|share|follow|is a|is an|who|with additional|reviewed|medically|fact|edited"
    "|photo|photos|photography|photographs|photographer|pictures|video|illustrations|fotos|foto|fotografie|bilder"
    "|fotografías|photographies|special correspondent|associated press"
    "|agence france-presse|in collaboration|mit material|avec|con información",
    "|",
)
_STOP: Final = re.compile(
    rf"(?=[\W\dh]|\b|$)\s*(?:[|•·»›\[(\t\d@:…/]|\s[-–—/]\s|[-–—]{{2,}}|,?\s*\b(?:{any_of(_ROLES)}|illustrat\w+)\b"
    r"|,?\s*\b(?:on(?!$)|in|at|for|from|à|en|für|aus)\b|,?\s*\b(?:am|um|le|el|il)\s*(?=[\d\t]|[^\W\d_]+,?\s\d|$)"
    rf"|\b{MONTH_NAMES}\.?\s+\d|https?:|\s{{3,}}|$)",
    re.IGNORECASE,
)
"""Where a name ends; only where a word begins or ends can that be."""
_GLUE: Final = re.compile(
    r"[A-Z](?<=[a-zà-ÿ](?=(?:Published|Updated|Posted|Last|Share|Follow|Read|Written|Reviewed|Medically|Edited|By|View"
    r"|More|Email|"
    r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b).)"
)
_RUN_BY: Final = re.compile(r"\ABy(?=[A-ZÀ-Þ][a-zß-ÿ])")
_BETWEEN: Final = re.compile(
    r"(?=[\s,;&auewy])\s*(?:[,;&]|\band\b|\bund\b|\bet\b|\by\b|\bwith\b|\be\b(?=\s[A-Z])|\sو\s)\s*", re.IGNORECASE
)
_PLACES: Final = re.compile(
    r"\s(?:in|aus|à|en)\s[^\W\d_a-zß-ÿ][\w'’-]+(?:\s[^\W\d_a-zß-ÿ][\w'’-]+)?(?=,?\s(?:and|und|et|y)\s[^\W\d_a-zß-ÿ])"
)
"""Where one of several authors is, before the next is named."""
_JOINED_AND: Final = re.compile(r"(?<=[^\W\d_]{2})\s+و(?P<word>[^\W\d_]{3,})(?=\s+[^\W\d_]{2})")
_WITH_WAW: Final = words_of(
    "وليد وائل وسام وسيم وفاء وفيق وجدي وجيه وحيد وداد ورد وردة وديع وهيب ولاء وصفي وضاح وهبة ولد وسن وزير واصف والي"
    " وجدان وئام وعد ويليام وليام ويسلي وودي ولتر والتر وانغ واثق ونيس وهبي"
)
_NAME_WORD: Final = re.compile(r"[^\W\d_][^\W\d_'’.\-‐]*(?:['’.\-‐][^\W\d_]+)*\.?")
_DIGIT_LED: Final = re.compile(r"\d[^\W\d_]+")
"""A word of an outlet's name that begins with a figure, as in "3i Global"."""
_RUN_ON: Final = re.compile(r"[a-zß-ÿ]{5}[A-ZÀ-Þ][a-zß-ÿ]{2}")
"""Two words that lost the space between them: no name has so many letters before a capital."""
_SMALL: Final = words_of(
    "al el de da di du del der den van von bin ibn bint la le los dos das do y e ter ten af av abu st the"
)
_LONG: Final = 60
"""A text longer than this is a name at its start at most: of a sentence, two words tell that it is none."""
BODIES: Final = words_of("team staff desk newsroom bureau editors redaktion rédaction redacción")
"""Last words of a name that many people write under."""
AGENCIES: Final = words_of(
    "AFP AP dpa EFE APA SDA UPI ANSA Reuters AAP PTI ANI IANS Anadolu Xinhua TASS MENA أ.ف.ب رويترز"
)
"""Agencies that sign by themselves, whether or not they write themselves with a capital."""
_AGENCY_NAMES: Final = words_of("associated press|the associated press|agence france-presse", "|")
_OUTLETS: Final = AGENCIES | words_of(
    "CNN BBC NBC CBS ABC NPR PBS CNBC MSNBC FOX ITV NDTV WSJ ARD ZDF NDR WDR BR RFI RTVE"
)
"""What stands after a name and is no degree."""
_NOBODY: Final = words_of(
    "admin administrator editor editorial guest author contributor unknown anonymous home news blog "
    "email click here us you me your our this that agencies agency correspondent reporter "
    "insights tips trends guide guides planning marketing automation content type area style sidebar services life "
    "culture sports business politics technology opinion health travel money world society environment apply now last "
    "size checked fact categories comments comment add updated logo image recipe hub quick insight no menu skip "
    "publication searches thoughts takeaways overview resources lifestyle finance education entertainment features "
    "published posted written link intelligence view find get shop learn explore discover try watch listen download "
    "start pdf html online product products details"
)
OCCUPATIONS: Final = words_of(
    "writer reporter editor correspondent author contributor columnist journalist blogger founder co-founder ceo cto"
    " director manager analyst specialist strategist dietitian nutritionist therapist attorney photographer producer"
    " marketer redakteur redakteurin korrespondent journaliste rédacteur rédactrice redactor redactora periodista"
    " corresponsal correspondant correspondante korrespondentin reporterin reportera enviado enviada inviato inviata"
)
"""Words that say what somebody does: they stand below names and are none."""
_CREDENTIAL: Final = re.compile(
    r"[A-Z][A-Za-z]?[A-Z.®-]{1,6}|(?:Ph|Ed|Psy|Pharm)\.?\s?D\.?|M\.?\s?D\.?|M[A-Z]{1,2}[a-z]{1,2}|[BM][Ss]c|Esq\.?|[JS]r\.?"
)
"""A degree or the letters of a profession, as names are signed with after a comma."""
_TITLES: Final = re.compile(r"\b(?:dr|prof|mr|mrs|ms|rev)\.?\s+(?=[A-Z])|\b(?:أ\.د|د|أ)\.\s*", re.IGNORECASE)
_AFFILIATION: Final = words_of(
    "university college institute school report news times post magazine journal hospital center centre company inc llc"
    " media agency association foundation society club press review today"
)
"""Last words of what stands after a name and a comma and is where somebody works."""


def unglued(text: str) -> str:
    """The text with a tab before each label that ran into the word before it: "Anna LindPublished", "ByAnna"."""
    if text.startswith("By"):
        text = _RUN_BY.sub("By ", text)
    return _GLUE.sub(r"\t\g<0>", text)


@lru_cache(maxsize=LINES_KEPT)
def authors_of(text: str) -> tuple[str, ...]:
    """The authors that a line names after "By" or a word like it; empty where it names none."""
    text = unglued(text[:240])
    lead = REPORTED.match(text) or LEAD.match(text)
    if lead is None:
        return ()
    rest = text[lead.end() :]
    return names_in(rest, strict=doubtful_lead(text))


def doubtful_lead(text: str) -> bool:
    """Whether the line begins with a word that also begins other lines than bylines: "Text", "Blog", "von"."""
    return MUST_NAME.match(text) is not None


@lru_cache(maxsize=LINES_KEPT)
def names_in(text: str, strict: bool = True) -> tuple[str, ...]:
    """The names at the start of `text`, up to a role, a date or a sign that ends them; `strict` wants capitals.

    Each is given as it is signed: with the degrees that follow it, without forms of address.
    """
    if strict:
        words = text.split(None, 2)
        if text.strip(" .,;:|") in AGENCIES:
            return (text.strip(" .,;:|"),)
        if len(words) < 2 or (len(text) > _LONG and words[1][0].islower() and words[1] not in _SMALL):
            return ()
    found: list[str] = []
    if _PLACES.search(text):
        text = _PLACES.sub("", text)
    whole = " ".join(text.split()).strip(" .,;:|")
    low = whole.casefold()
    if (low.rpartition(" ")[2] in BODIES or low.partition(" ")[0] in BODIES) and is_name(whole, strict):
        return (whole,)
    if low in _AGENCY_NAMES:
        return (whole,)
    stop = _STOP.search(text, 1)
    listed = text[: stop.start()] if stop else text
    if " و" in listed:
        listed = _JOINED_AND.sub(_parted, listed)
    for part in _BETWEEN.split(listed):
        letters = part.strip(" ,;:|*-–—\u00a0")
        if found and letters in _OUTLETS:
            continue
        if found and _CREDENTIAL.fullmatch(letters):
            found[-1] += f", {letters}"
            continue
        name = _TITLES.sub("", part).strip(" .,;:|*-–—\u00a0")
        if not name or (found and belongs(name)):
            continue
        if not is_name(name, strict):
            break
        found.append(" ".join(name.split()))
    return tuple(dict.fromkeys(found))[:8]


def _parted(found: re.Match[str]) -> str:
    """The Arabic "and" apart from the name that it is written with, unless the name itself begins with that letter."""
    word = found["word"]
    return found.group() if f"و{word}" in _WITH_WAW else f" و {word}"


def bare(name: str) -> str:
    """The name without the degrees that it is signed with."""
    words = name.partition(",")[0].split()
    while len(words) > 2 and _CREDENTIAL.fullmatch(words[-1]):
        del words[-1]
    return " ".join(words)


def belongs(part: str) -> bool:
    """Whether what follows a name and a comma says what somebody does or where, rather than who else wrote."""
    words = part.casefold().split()
    return bool(words) and (
        not OCCUPATIONS.isdisjoint((words[0], words[-1]))
        or words[-1] in _AFFILIATION
        or (words[0] == "the" and len(words) > 1)
    )


def is_name(text: str, strict: bool = True) -> bool:
    """Whether `text` has the form of a person's name: one to five words, each with a capital where its script has them.

    With `strict`, two words at least, and none that belongs to menus and credits.
    """
    words = text.split()
    if not 1 <= len(words) <= 5 or len(text) > 50 or (strict and len(words) < 2):
        return False
    if not all(_NAME_WORD.fullmatch(word) or (not strict and _DIGIT_LED.fullmatch(word)) for word in words):
        return False
    low = [word.casefold().strip(".") for word in words]
    if (low[-1] in BODIES or low[0] in BODIES) and len(words) > 1 and not words[0][0].islower():
        return not any(word in STOP_WORDS for word in low[1:-1] if word not in _SMALL)
    if strict and _RUN_ON.search(text):
        return False
    if text in AGENCIES:
        return True
    if all(word in _NOBODY for word in low) or (strict and any(word in _NOBODY for word in low)):
        return False
    if strict and (max(coverage(tokens(text))) > 0 or any(w in STOP_WORDS and w not in _SMALL for w in low)):
        return False
    large = [word for word in words if word.casefold() not in _SMALL]
    return bool(large) and all(not _first_letter(word).islower() for word in large)


def _first_letter(word: str) -> str:
    """The letter that a capital would stand on: that of Taie in al-Taie."""
    head, joined, tail = word.partition("-")
    return tail[0] if joined and tail and head.casefold() in _SMALL else word[0]
