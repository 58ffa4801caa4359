"""Who wrote an article: the names that its lines offer, weighed by how and where they stand."""

import re
from collections.abc import Mapping, Sequence
from math import exp
from typing import TYPE_CHECKING, Final

from reader.capture.article import Kind, Value
from reader.capture.bylines import LEAD, REPORTED, is_name, names_in, unglued
from reader.capture.lexicon import coverage, tokens
from reader.text.clean import clean_line
from reader.text.dates import find_dates
from reader.text.span import Span

if TYPE_CHECKING:
    from reader.capture.metadata import Placed

_PARTS: Final = re.compile(r"\s*(?:[|•·»›\t]|\s[-–—/]+\s|//|,?\s+on behalf of\s|\s{3,})\s*")
_INNER: Final = re.compile(
    r"(?:^|[\s·•|])(?:(?:text|words|story|written|posted|published|reviewed|recipe|interview|article"
    r"|report)\s+)?(?:by|von|par|por|bởi)\s*:?\s+"
    r"(?=[A-ZÀ-Þ\u0600-\u06ff])",
    re.IGNORECASE,
)
_PICTURED: Final = re.compile(
    r"(?:picture|photo|image|headshot|portrait|avatar|avatar photo|profile picture|foto)\s+(?:of|for|by"
    r"|von)\s+(?P<name>.+)|(?P<other>.+?)(?:['’]s)?\s+(?:avatar|headshot|image|photo)",
    re.IGNORECASE,
)
_USER: Final = re.compile(r"(?:posted |written )?by:?\s+(?P<name>@?[\w.-]{3,30})", re.IGNORECASE)
_HOLDER: Final = re.compile(r"(?:©|copyright)(?:\s*©)?[\s\d,–—-]*(?:by\s+)?(?P<name>[^\W\d_].{3,40})", re.IGNORECASE)
_ABOUT: Final = re.compile(
    r"\s+(?:is|was|has|writes|covers|works|joined|lives|holds|brings|founded|ist|est|es|arbeitet|schreibt|écrit)\b"
)
_BODIES: Final = re.compile(
    r"\b(?:team|staff|editors?|editorial|desk|redaktion|newsroom|rédaction|redacción|group|bureau|admin)\b",
    re.IGNORECASE,
)
_ABOVE: Final = 14
_BELOW: Final = 30


class _Offer:
    """A name (or names) that the page offers as its author, with what is seen of it."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.seen: dict[str, float] = {}
        self.span: Span | None = None
        self.line = ""

    def see(self, line: "Placed", **signs: float) -> None:
        """Note one place where the name stands; the strongest of each sign counts."""
        if self.span is None or signs.get("led", 0) > self.seen.get("led", 0):
            self.span, self.line = line.span, line.text
        for sign, value in signs.items():
            self.seen[sign] = max(value, self.seen.get(sign, 0.0))


def offers(lines: "Sequence[Placed]", title: Span | None) -> dict[tuple[str, ...], dict[str, float]]:
    """The authors that may be, each with the signs by which it is weighed (those of `WEIGHTS`)."""
    return {names: offer.seen for names, offer in _offers(lines, title).items()}


def _offers(lines: "Sequence[Placed]", title: Span | None) -> dict[tuple[str, ...], _Offer]:
    at = next((n for n, line in enumerate(lines) if title and line.span.start == title.start), 0)
    text = [
        n for n, line in enumerate(lines) if line.block.kind in {Kind.BODY, Kind.STANDFIRST} and len(line.text) > 80
    ]
    first = next((n for n in text if n > at), at + 6)
    start, last = (text[0], text[-1]) if text else (at, len(lines))
    dated = {
        n
        for n, line in enumerate(lines)
        if len(line.text) < 160 and any(map(str.isdigit, line.text)) and find_dates(line.text)
    }
    windows = ((at - _ABOVE, first + 4), (start - _ABOVE, start + 4), (last - 6, last + _BELOW))
    top = max(first, start)
    found: dict[tuple[str, ...], _Offer] = {}
    for number, line in enumerate(lines):
        if line.block.kind is Kind.COMMENT or len(line.text) > 260:
            continue
        near = any(low <= number <= high for low, high in windows)
        alone = bool({number - 2, number - 1, number + 1, number + 2} & dated)
        for names, signs in _in_line(line.text, alone and near) if line.block.kind is not Kind.TITLE else ():
            if (
                not near
                and number > top
                and not (signs.get("led") or signs.get("led inside") or signs.get("rights holder"))
            ):
                continue
            signs |= {
                "far": float(not near),
                "near": max(0.0, 1.0 - abs(number - at) / 8),
                "between": float(at < number <= first),
                "above": float(number < at),
                "below": float(number > first),
                "inside text": float(line.block.kind in {Kind.BODY, Kind.SUBHEAD}),
                "at the start": max(0.0, 1.0 - abs(number - first) / 6),
                "after text": float(number > last),
                "right after text": float(last < number <= last + 3),
                "dated": float(number in dated),
                "by a date": float(bool({number - 1, number + 1} & dated)),
                "near a date": float(bool({number - 2, number + 2, number - 3, number + 3} & dated)),
                "byline": float(line.block.kind is Kind.BYLINE),
                "related": float(line.block.kind is Kind.RELATED),
                "listed": float(line.text.lstrip()[:1] in "•*-"),
            }
            found.setdefault(names, _Offer(names)).see(line, **signs)
    _said_elsewhere(found, lines, set(text))
    return found


def _in_line(line: str, single: bool) -> "list[tuple[tuple[str, ...], dict[str, float]]]":
    """The names that one line offers, with how it does; `single` allows a name of one word by itself."""
    text = unglued(line.strip(" •*–—-\u00a0"))
    for date in reversed(find_dates(text) if any(map(str.isdigit, text)) else []):
        text = f"{text[: date.span.start]}\t{text[date.span.end :]}"
    offered: list[tuple[tuple[str, ...], dict[str, float]]] = []
    whole = len(text) < 60
    for lead in (REPORTED.match(text), LEAD.match(text)):
        if lead is not None and (names := names_in(text[lead.end() :], strict=False)):
            offered.append((names, {"led": 1.0, "short line": float(whole)}))
            break
    else:
        inner = _INNER.search(text)
        if inner is not None and (names := names_in(text[inner.end() :], strict=False)):
            offered.append((names, {"led inside": 1.0}))
        user = _USER.fullmatch(text) if single else None
        if user is not None:
            offered.append(((user["name"],), {"led": 1.0, "user": 1.0}))
        holder = _HOLDER.search(text)
        if holder is not None and (names := names_in(holder["name"], strict=True)):
            offered.append((names[:1], {"rights holder": 1.0}))
        pictured = _PICTURED.fullmatch(text)
        if pictured is not None:
            names = names_in(pictured["name"] or pictured["other"], strict=True)
            if names:
                offered.append((names, {"pictured": 1.0}))
        parts = [part for part in _PARTS.split(text) if part.strip()]
        for place, part in enumerate(parts[:6]):
            said = _once(part)
            names = names_in(said, strict=not (single and len(parts) == 1 and len(part.split()) == 1))
            if names and len(" ".join(names)) >= len(said) * 0.45:
                clean = is_name(said)
                offered.append(
                    (names, {"part": 1.0, "alone": float(len(parts) == 1 and clean), "first part": float(place == 0)})
                )
    return offered


def _once(text: str) -> str:
    """A name that is written twice ("Anna Lind Anna Lind"), once."""
    words = text.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half > 0 and len(words) % 2 == 0 and words[:half] == words[half:] else text.strip()


def _said_elsewhere(found: Mapping[tuple[str, ...], _Offer], lines: "Sequence[Placed]", text: set[int]) -> None:
    """Add to each offer what the rest of the page says of its first name."""
    for names, offer in found.items():
        name = names[0]
        held = [n for n, line in enumerate(lines) if name in line.text]
        told = sum(n in text for n in held)
        offer.seen |= {
            "twice": float(len(held) - told >= 2),
            "often": float(len(held) - told >= 4),
            "in the text": float(told >= 1),
            "often in the text": float(told >= 3),
            "introduced": float(
                any(_ABOUT.match(lines[n].text, len(name)) for n in held if lines[n].text.startswith(name))
            ),
            "rights": float(any("©" in lines[n].text or "opyright" in lines[n].text for n in held)),
            "several": float(len(names) > 1),
            "two words": float(len(name.split()) == 2),
            "one word": float(len(name.split()) == 1),
            "body of people": float(bool(_BODIES.search(name))),
            "giveaway": max(coverage(tokens(name))),
            "capitals": float(name.isupper()),
        }


WEIGHTS: Final[Mapping[str, float]] = {
    "above": -0.46, "after text": -0.13, "alone": 0.84, "at the start": -0.68, "below": 0.12, "between":
    1.02, "body of people": 1.93, "by a date": 1.01, "byline": 0.65, "capitals": -1.53, "dated": 2.1,
    "far": -1.27, "first part": 0.85, "giveaway": -3.07, "in the text": -0.24, "inside text": -0.54,
    "introduced": 1.62, "led": 1.17, "led inside": 0.15, "listed": -1.9, "near": 1.28, "near a date":
    1.01, "often": 0.13, "often in the text": -0.2, "one word": 0.39, "part": -1.5, "pictured": 0.96,
    "related": -1.21, "right after text": 1.59, "rights": -0.17, "rights holder": 0.65, "several":
    -1.61, "short line": 0.95, "twice": 0.78, "two words": 1.4, "user": 0.25, "bias": -3.56,
}  # fmt: skip
"""What each sign counts, fitted on pages whose authors are known; the bias stands against naming anyone."""
_SURE: Final = 0.42
"""From this chance on a name is given; below it, none is."""


def authors(lines: "Sequence[Placed]", title: Span | None) -> Value[tuple[str, ...]] | None:
    """The authors that the page names, or None where no name stands out as one."""
    best: tuple[float, _Offer] | None = None
    for offer in _offers(lines, title).values():
        score = WEIGHTS["bias"] + sum(WEIGHTS.get(sign, 0.0) * value for sign, value in offer.seen.items())
        if best is None or score > best[0]:
            best = (score, offer)
    if best is None or (chance := 1.0 / (1.0 + exp(-best[0]))) < _SURE:
        return None
    _, offer = best
    how = "byline" if offer.seen.get("led") or offer.seen.get("led inside") else "a name where a byline stands"
    return Value(offer.names, f"{how}: {clean_line(offer.line, 60)}", round(chance, 2), offer.span)
