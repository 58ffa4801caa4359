"""Who wrote an article: the names that its lines offer, weighed by how and where they stand."""

import re
from collections.abc import Mapping, Sequence
from math import exp
from typing import Final

from reader.capture.article import Kind, Placed, Value
from reader.capture.bylines import bare
from reader.capture.lexicon import coverage, tokens
from reader.capture.name_places import Around
from reader.capture.offered_names import names_offered
from reader.text.clean import clean_line
from reader.text.dates import DIGIT, find_dates
from reader.text.span import Span

_ABOUT: Final = re.compile(
    r"\s+(?:is|was|has|writes|covers|works|joined|lives|holds|brings|founded|ist|est|es|arbeitet|schreibt|écrit)\b"
)
_BODIES: Final = re.compile(
    r"\b(?:team|staff|editors?|editorial|desk|redaktion|newsroom|rédaction|redacción|group|bureau|admin)\b",
    re.IGNORECASE,
)
_READING_TIME: Final = re.compile(r"\d+\s*-?\s*(?:min|minutos|minuti|dakika|мин|دقائق|دقيقة)", re.IGNORECASE)
_INITIAL: Final = re.compile(r"(?<!\w)[A-ZÀ-Þ]\.(?:\s?[A-ZÀ-Þ]\.)*\s")
_ABBREVIATION: Final = re.compile(r"\b[A-Z]{2,}\b(?!\.)")
_RUNNING: Final = frozenset({Kind.BODY, Kind.STANDFIRST})
_TOLD: Final = frozenset({Kind.BODY, Kind.SUBHEAD})
_UNSIGNED: Final = frozenset({Kind.COMMENT, Kind.TITLE})
_ABOVE: Final = 14
_BELOW: Final = 30
_MASTHEAD: Final = 4
"""So many lines at the top of a page may name whose it is."""


_AGAINST: Final = frozenset(
    {"far", "above", "below", "inside text", "related", "listed", "checked", "after text", "words before"}
)
"""Signs against a name, which count only where they hold wherever it stands."""


class _Offer:
    """A name (or names) that the page offers as its author, with what is seen of it."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        """As the line signs them that says most plainly who wrote."""
        self.seen: dict[str, float] = {}
        self.span: Span | None = None
        self.line = ""

    def see(self, names: tuple[str, ...], line: Placed, **signs: float) -> None:
        """Note one place where the name stands; the strongest of each sign for it counts, the weakest against it."""
        if self.span is None or signs.get("led", 0) > self.seen.get("led", 0):
            self.names, self.span, self.line = names, line.span, line.text
        self.add(signs)

    def add(self, signs: Mapping[str, float]) -> None:
        """Weigh more signs in."""
        for sign, value in signs.items():
            known = self.seen.get(sign)
            if sign in _AGAINST:
                self.seen[sign] = value if known is None else min(value, known)
            else:
                self.seen[sign] = max(value, known or 0.0)


def offers(lines: "Sequence[Placed]", title: Span | None) -> list[tuple[tuple[str, ...], dict[str, float]]]:
    """The authors that may be, each with the signs by which it is weighed (those of `WEIGHTS`)."""
    return [(offer.names, offer.seen) for offer in _offers(lines, title).values()]


def _offers(lines: "Sequence[Placed]", title: Span | None) -> dict[tuple[str, ...], _Offer]:
    at = next((n for n, line in enumerate(lines) if title and line.span.start == title.start), 0)
    text = [n for n, line in enumerate(lines) if line.block.kind in _RUNNING and len(line.text) > 80]
    first = next((n for n in text if n > at), at + 6)
    start, last = (text[0], text[-1]) if text else (at, len(lines))
    numbered = [n for n, line in enumerate(lines) if len(line.text) < 160 and DIGIT.search(line.text)]
    dated = {n for n in numbered if find_dates(lines[n].text)}
    timed = {n for n in numbered if len(lines[n].text) < 40 and _READING_TIME.search(lines[n].text)}
    windows = ((at - _ABOVE, first + 6), (start - _ABOVE, start + 6), (last - 6, last + _BELOW))
    signing = {number for low, high in windows for number in range(low, high + 1)}
    beside = {near for n in dated | timed for near in (n - 2, n - 1, n + 1, n + 2)}
    top = max(first, start)
    found: dict[tuple[str, ...], _Offer] = {}
    page = Around(lines)
    caption = Kind.CAPTION
    joined = page.joined()
    for number, line in enumerate(lines):
        said = joined.get(number, line.text)
        if line.block.kind in _UNSIGNED or not said or (len(said) > 260 and number < last - 8):
            continue
        near = number in signing
        alone = number in beside
        opening = at < number <= first and line.block.kind is not caption
        announced = page.announced(number)
        far = not near and number > min(top, _MASTHEAD)
        for signed, signs in names_offered(said, alone and near, announced, number >= last - 1, opening, far):
            names = tuple(map(bare, signed))
            if far and not _FAR_SIGNS & signs.keys():
                continue
            if "led inside" in signs and page.tells(number, names[0]):
                continue
            signs = signs | page.signs(number, names)
            led = bool(signs.get("led") or signs.get("led inside"))
            if led and line.block.kind is Kind.RELATED:
                signs["led"] = signs["led inside"] = 0.0
                led = False
            signs |= {
                "avatar below": float(bool(signs.get("avatar")) and number > last),
                "led above the text": float(led and at - 3 <= number <= first),
                "led at the end": float(led and last - 2 <= number <= last + 6),
                "announced": float(announced),
                "bio of a writer": float(bool(signs.get("bio")) and bool(signs["role"])),
                "far": float(not near),
                "near": max(0.0, 1.0 - abs(number - at) / 8),
                "between": float(at < number <= first),
                "above": float(number < at),
                "below": float(number > first),
                "inside text": float(line.block.kind in _TOLD),
                "at the start": max(0.0, 1.0 - abs(number - first) / 6),
                "after text": float(number > last),
                "right after text": float(last < number <= last + 3),
                "dated": float(number in dated),
                "by a date": float(bool({number - 1, number + 1} & dated)),
                "by a reading time": float(bool({number - 1, number + 1} & timed)),
                "near a date": float(bool({number - 2, number + 2, number - 3, number + 3} & dated)),
                "byline": float(line.block.kind is Kind.BYLINE),
                "related": float(line.block.kind is Kind.RELATED),
                "listed": float(line.text.lstrip()[:1] in "•*-"),
            }
            found.setdefault(names, _Offer(signed)).see(signed, line, **signs)
    for names, offer in list(found.items()):
        if offer.seen["checked"] and "rights holder" not in offer.seen:
            del found[names]
    _shortened(found)
    _said_elsewhere(found, lines, set(text), lines[at].text if title and lines else "")
    return found


def _shortened(found: dict[tuple[str, ...], _Offer]) -> None:
    """Join to a name that stands alone on a line the offers of the same name with more run on to it."""
    alone = [names for names, offer in found.items() if offer.seen.get("alone") and " " in names[0]]
    for names in alone:
        for longer in [other for other in found if other[0].startswith(f"{names[0]} ") and names in found]:
            found[names].add(found.pop(longer).seen)


_FAR_SIGNS: Final = frozenset({"led", "led inside", "rights holder", "told of", "bio"})
"""Signs for which a name counts also where no byline would stand."""


def _said_elsewhere(
    found: Mapping[tuple[str, ...], _Offer], lines: "Sequence[Placed]", text: set[int], headline: str
) -> None:
    """Add to each offer what the rest of the page says of its first name."""
    titled = set(tokens(headline))
    led = (offer for offer in found.values() if offer.seen.get("led") and not offer.seen.get("checked"))
    first_led = next(led, None)
    cards = [offer for offer in found.values() if offer.seen.get("led") and not offer.seen["between"]]
    for names, offer in found.items():
        name = names[0]
        held = [n for n, line in enumerate(lines) if name in line.text]
        told = sum(n in text for n in held)
        offer.seen |= {
            "twice": float(len(held) - told >= 2),
            "in the text": float(told >= 1),
            "often in the text": float(told >= 3),
            "introduced": float(
                any(_ABOUT.match(lines[n].text, len(name)) for n in held if lines[n].text.startswith(name))
            ),
            "rights": float(any("©" in lines[n].text or "opyright" in lines[n].text for n in held)),
            "in the headline": sum(word in titled for word in tokens(name)) / (len(tokens(name)) or 1),
            "among many": float(len(cards) > 2 and any(offer is card for card in cards)),
            "abbreviation": float(not name.isupper() and bool(_ABBREVIATION.search(name))),
            "initial": float(bool(_INITIAL.search(name))),
            "two words": float(len(name.split()) == 2),
            "one word": float(len(name.split()) == 1),
            "body of people": float(bool(_BODIES.search(name))),
            "first led": float(offer is first_led),
            "giveaway": max(coverage(tokens(name))),
            "capitals": float(name.isupper()),
            "owner": offer.seen.get("rights holder", 0.0) * offer.seen.get("given name", 0.0),
        }


WEIGHTS: Final[Mapping[str, float]] = {
    "abbreviation": -0.32, "above": -0.31, "address": 0.49, "affiliated": 0.13, "after text": -0.17, "alone": 0.53,
    "among many": -0.78, "announced": 0.26, "at the start": 0.09, "avatar": 0.66, "avatar below": 0.21, "below": 0.01,
    "between": 0.99, "bio": -0.35, "bio below": 0.66, "bio of a writer": 1.03, "body of people": 0.96,
    "by a date": 0.90, "by a reading time": -0.14, "byline": 0.03, "capitals": -0.21, "checked": 0.08, "dated": 1.53,
    "far": -0.40, "first led": 1.00, "first part": -0.19, "giveaway": -0.64, "given name": 1.95,
    "in the headline": -0.39, "in the text": -0.60, "initial": 0.40, "inside text": -0.19, "introduced": 0.40,
    "led": 0.50, "led above the text": -0.26, "led at the end": 0.29, "led inside": -0.05, "listed": -1.78,
    "name above": 0.32, "name below": -0.40, "near": 1.72, "near a date": 0.43, "often in the text": 0.23,
    "one word": 0.47, "only small words": -0.49, "over a lead": 0.35, "owner": 0.34, "part": -0.52, "pictured": 0.38,
    "related": -0.67, "right after text": 1.16, "rights": 0.20, "rights holder": -0.04, "role": 0.33,
    "short line": 0.66, "small words": -1.37, "told of": 0.43, "top of the page": 0.11, "twice": 0.41,
    "two words": 0.91, "words before": -0.22, "bias": -3.75,
}  # fmt: skip
"""What each sign counts, fitted on pages whose authors are known; the bias stands against naming anyone."""
_SURE: Final = 0.13
"""From this chance on a name is given; below it, none is."""


def authors(lines: "Sequence[Placed]", title: Span | None) -> Value[tuple[str, ...]] | None:
    """The authors that the page names, or None where no name stands out as one."""
    weighed = [
        (WEIGHTS["bias"] + sum(WEIGHTS.get(sign, 0.0) * value for sign, value in offer.seen.items()), offer)
        for offer in _offers(lines, title).values()
    ]
    if not weighed:
        return None
    best, offer = max(weighed, key=lambda pair: pair[0])
    chance = exp(best) / (1.0 + sum(exp(score) for score, _ in weighed))
    if chance < _SURE:
        return None
    how = "byline" if offer.seen.get("led") or offer.seen.get("led inside") else "a name where a byline stands"
    return Value(offer.names, f"{how}: {clean_line(offer.line, 60)}", round(chance, 2), offer.span)
