"""Who wrote an article: the names that its lines offer, weighed by how and where they stand."""

import re
from collections.abc import Mapping, Sequence
from math import exp
from typing import Final

from reader.capture.article import Kind, Placed, Value
from reader.capture.bylines import BARE_LEAD, OCCUPATIONS, bare
from reader.capture.given_names import GIVEN_NAMES
from reader.capture.lexicon import coverage, tokens
from reader.capture.offered_names import names_offered
from reader.text.clean import clean_line
from reader.text.dates import DIGIT, find_dates
from reader.text.span import Span

_CHECKED: Final = re.compile(
    r"(?:reviewed|edited|checked|approved|translated|photo\w*|images?|pictures?|illustrat\w+|video|sponsored|powered"
    r"|recommended|hosted)\s+(?:and \w+\s+)?by\b|überprüft von|foto\w*\s?:|©",
    re.IGNORECASE,
)
_WRITTEN: Final = re.compile(
    r"(?:written|words|story|text|report|authored|posted|published|created|reporting)\s+by\b|(?:^|[|·•—–-]\s*)by\b",
    re.IGNORECASE,
)
"""What leads a name that did not only review, edit or picture."""
_WROTE: Final = re.compile(r"\b(?:written|words|story|text|report|authored|posted|published|reporting)\s+by\W*$", re.I)
_ABOUT: Final = re.compile(
    r"\s+(?:is|was|has|writes|covers|works|joined|lives|holds|brings|founded|ist|est|es|arbeitet|schreibt|écrit)\b"
)
_BODIES: Final = re.compile(
    r"\b(?:team|staff|editors?|editorial|desk|redaktion|newsroom|rédaction|redacción|group|bureau|admin)\b",
    re.IGNORECASE,
)
_READING_TIME: Final = re.compile(r"\d+\s*-?\s*(?:min|minutos|minuti|dakika|мин|دقائق|دقيقة)", re.IGNORECASE)
_RUNNING: Final = frozenset({Kind.BODY, Kind.STANDFIRST})
_TOLD: Final = frozenset({Kind.BODY, Kind.SUBHEAD})
_UNSIGNED: Final = frozenset({Kind.COMMENT, Kind.TITLE})
_ABOVE: Final = 14
_BELOW: Final = 30


_AGAINST: Final = frozenset({"far", "above", "below", "inside text", "related", "listed", "checked", "after text"})
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
    windows = ((at - _ABOVE, first + 4), (start - _ABOVE, start + 4), (last - 6, last + _BELOW))
    signing = {number for low, high in windows for number in range(low, high + 1)}
    beside = {near for n in dated | timed for near in (n - 2, n - 1, n + 1, n + 2)}
    top = max(first, start)
    found: dict[tuple[str, ...], _Offer] = {}
    page = _Around(lines)
    for number, line in enumerate(lines):
        if line.block.kind in _UNSIGNED or (len(line.text) > 260 and number < last - 1):
            continue
        near = number in signing
        alone = number in beside
        opening = at < number <= first and line.block.kind is not Kind.CAPTION
        announced = page.announced(number)
        for signed, signs in names_offered(line.text, alone and near, announced, number >= last - 1, opening):
            names = tuple(map(bare, signed))
            if not near and number > top and not _FAR_SIGNS & signs.keys():
                continue
            if "led inside" in signs and page.tells(number, names[0]):
                continue
            signs = signs | page.signs(number, names)
            led = bool(signs.get("led") or signs.get("led inside")) and not page.checked(number, names[0])
            signs |= {
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
    _shortened(found)
    _said_elsewhere(found, lines, set(text))
    return found


def _shortened(found: dict[tuple[str, ...], _Offer]) -> None:
    """Join to a name that stands alone on a line the offers of the same name with more run on to it."""
    alone = [names for names, offer in found.items() if offer.seen.get("alone") and " " in names[0]]
    for names in alone:
        for longer in [other for other in found if other[0].startswith(f"{names[0]} ") and names in found]:
            found[names].add(found.pop(longer).seen)


_FAR_SIGNS: Final = frozenset({"led", "led inside", "rights holder", "told of", "bio"})
"""Signs for which a name counts also where no byline would stand."""


class _Around:
    """What stands above and below a line, and which words the page writes small."""

    def __init__(self, lines: "Sequence[Placed]") -> None:
        self._pictured = [line.block.kind is Kind.CAPTION for line in lines]
        self._text = [line.text.strip(" •*–—-\u00a0\t") for line in lines]
        self._page = " ".join([line.text for line in lines if len(line.text) > 30])
        self._small: dict[str, bool] = {}

    def announced(self, number: int) -> bool:
        """Whether the line above only says "By" or "Author"; the description of a portrait may come between."""
        if number > 1 and self._pictured[number - 1]:
            number -= 1
        return number > 0 and len(self._text[number - 1]) < 40 and bool(BARE_LEAD.fullmatch(self._text[number - 1]))

    def checked(self, number: int, name: str) -> bool:
        """Whether the line, or the end of the one above, says of the name that it reviewed, edited or pictured."""
        before = self._text[number].partition(name)[0]
        if not before and number:
            before = self._text[number - 1][-40:]
        checked = [found.end() for found in _CHECKED.finditer(before)]
        written = [found.end() for found in _WRITTEN.finditer(before)]
        return bool(checked) and (not written or written[-1] < checked[-1])

    def tells(self, number: int, name: str) -> bool:
        """Whether the line is a sentence in which things are done by people, rather than one that says who wrote."""
        text = self._text[number]
        return len(text) > 100 and text.endswith((".", ".”", '."')) and not _WROTE.search(text.partition(name)[0])

    def signs(self, number: int, names: tuple[str, ...]) -> dict[str, float]:
        """The signs that the neighbours of the line and the words of the name give."""
        above = self._text[number - 1] if number else ""
        below = self._text[number + 1] if number + 1 < len(self._text) else ""
        words = tokens(names[0])
        rest = self._text[number].partition(names[-1])[2]
        return {
            "name above": float(names[0] in above and len(above) < 80),
            "name below": float(names[0] in below and len(below) < 80),
            "over a lead": float(len(below) < 20 and bool(BARE_LEAD.fullmatch(below))),
            "role": float(any(_role(part) for part in (rest, below if len(below) < 60 else ""))),
            "checked": float(self.checked(number, names[0])),
            "small words": sum(map(self._written_small, words)) / (len(words) or 1),
            "only small words": float(bool(words) and all(map(self._written_small, words))),
            "given name": float(bool(words) and not GIVEN_NAMES.isdisjoint((words[0], words[0].split("-")[0]))),
            "top of the page": float(number < 3),
            "bio below": float(len(below) > 60 and below.startswith((names[0], names[0].split()[0]))),
        }

    def _written_small(self, word: str) -> bool:
        """Whether the page also writes the word with small letters alone, whatever signs stand around it."""
        if word not in self._small:
            self._small[word] = self._finds_small(word)
        return self._small[word]

    def _finds_small(self, word: str) -> bool:
        page, at = self._page, self._page.find(word)
        while at >= 0:
            start, end = at, at + len(word)
            while start and not page[start - 1].isspace():
                start -= 1
            while end < len(page) and not page[end].isspace():
                end += 1
            if page[start:end].strip(_SIGNS) == word and page[start:end].islower():
                return True
            at = page.find(word, end)
        return False


_SIGNS: Final = ".,;:!?()[]\"'“”‘’…"
"""What may stand around a word."""


def _role(text: str) -> bool:
    return any(word in OCCUPATIONS for word in tokens(text[:80]))


def _said_elsewhere(found: Mapping[tuple[str, ...], _Offer], lines: "Sequence[Placed]", text: set[int]) -> None:
    """Add to each offer what the rest of the page says of its first name."""
    led = (offer for offer in found.values() if offer.seen.get("led") and not offer.seen.get("checked"))
    first_led = next(led, None)
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
            "first led": float(offer is first_led),
            "giveaway": max(coverage(tokens(name))),
            "capitals": float(name.isupper()),
            "owner": offer.seen.get("rights holder", 0.0) * offer.seen.get("given name", 0.0),
            "owner above": offer.seen.get("rights holder", 0.0) * offer.seen.get("top of the page", 0.0),
        }


WEIGHTS: Final[Mapping[str, float]] = {
    "above": -0.45, "after text": -0.29, "alone": 0.57, "announced": 0.60, "at the start": 0.01, "avatar": 0.02,
    "below": 0.21, "between": 1.09, "bio": -0.29, "bio below": 0.58, "bio of a writer": 1.04, "body of people": 1.07,
    "by a date": 0.77, "by a reading time": 0.03, "byline": 0.18, "capitals": -0.20, "checked": -0.35, "dated": 1.63,
    "far": -0.70, "first led": 1.01, "first part": -0.26, "giveaway": -0.56, "given name": 1.92, "in the text": -0.57,
    "inside text": -0.20, "introduced": 0.50, "led": 0.33, "led above the text": 0.07, "led at the end": 0.32,
    "led inside": -0.22, "listed": -1.77, "name above": 0.32, "name below": -0.28, "near": 1.57, "near a date": 0.47,
    "often": 0.05, "often in the text": 0.18, "one word": 0.50, "only small words": -0.47, "over a lead": 0.67,
    "owner": 0.45, "owner above": -0.12, "part": -0.36, "pictured": 0.09, "related": -0.87, "right after text": 0.83,
    "rights": 0.34, "rights holder": 0.23, "role": 0.44, "several": 0.08, "short line": 0.71, "small words": -1.43,
    "told of": 0.59, "top of the page": 0.09, "twice": 0.40, "two words": 1.02, "user": 0.00, "bias": -4.09,
}  # fmt: skip
"""What each sign counts, fitted on pages whose authors are known; the bias stands against naming anyone."""
_SURE: Final = 0.12
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
