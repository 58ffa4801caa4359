"""What one line looks like by itself: its lengths, its ends, its words, the list it stands in."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from reader.capture.lexicon import CATEGORIES, LINES_KEPT, STOP_WORDS, coverage, tokens

_LIST_MARK: Final = re.compile(r"(\s*)(?:([•‣◦▪▫●○■□–—*·»›>+-])\s+|(\(?\d{1,4}[.)])\s+)?")
_SENTENCE_MARK: Final = re.compile(r"[.!?…。؟।！？][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[^\W_a-z])|[。！？]")
_CLOSERS: Final = "\"'”’»)]」』* \u00a0"
_GLUED: Final = re.compile(r"[A-ZÀ-Þ](?<=[a-zà-ÿ].)")
_DATE: Final = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{1,2}:\d\d\b|\b\d+\s*(?:min|hours?|days?|weeks?|months?|years?)\b"
)
_LINK: Final = re.compile(r"https?://|www\.|\.(?<=[\w-]\.)(?:com|org|net|co|de|fr|io)\b|#\w|@\w")
_MONEY: Final = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:[€£$]|USD|EUR)")
_SEPARATED: Final = re.compile(r"[|•·›»/–—-](?:(?<=\|)|(?<=\s.)(?=\s))")
_QUOTES: Final = frozenset("\"“”„«»")
_DIGITS: Final = frozenset("0123456789")
_SEPARATORS: Final = frozenset("|•·›»/–—-")
_LINK_SIGNS: Final = frozenset(".:#@")
_NO_LETTERS: Final = bytes(code for code in range(128) if not chr(code).isalpha())
_NO_DIGITS: Final = bytes(code for code in range(128) if not chr(code).isdigit())


_PLACES: Final = {category: place for place, category in enumerate(CATEGORIES)}
SHORT: Final = 60
"""Lines up to this long are remembered: menus, buttons and names stand on many pages."""


@dataclass(slots=True)
class Shape:
    """One non-blank line: `text` without its list mark, `key` for comparing, and measures of it.

    `end` is `.` after a sentence end, `:` after a colon, `…` where the line is cut off, `?` and `!`, or empty.
    `cover` gives the share of giveaway words for each of `lexicon.CATEGORIES`.
    """

    raw: str
    text: str
    indent: int
    mark: str
    blank_before: bool
    blank_after: bool = True
    words: list[str] = field(default_factory=list)
    cover: list[float] = field(default_factory=list)
    key: str = ""
    end: str = ""
    size: int = 0
    count: int = 0
    stops: int = 0
    capitals: float = 0.0
    sentences: int = 0
    _content: set[str] | None = None

    def covered(self, category: str) -> float:
        """The share of the line's words that belong to phrases of `category`."""
        return self.cover[_PLACES[category]]

    @property
    def content(self) -> set[str]:
        """The words that carry its meaning."""
        if self._content is None:
            self._content = {word for word in self.words if len(word) > 3} - STOP_WORDS
        return self._content

    @property
    def small(self) -> bool:
        """Whether the line begins with a small letter, as descriptions of pictures and continued lines do."""
        return self.text[0].islower()

    @property
    def texty(self) -> bool:
        """Whether the line reads as running text: long enough, and it ends as sentences end."""
        return self.size >= 80 and (self.end in {".", "?", "!", ":"} or self.sentences > 1)


def shape_of(raw: str, blank_before: bool) -> Shape:
    """The shape of a non-blank line; `blank_before` says whether a blank line precedes it."""
    if len(raw) > SHORT:
        shape = _seen(raw)
        shape.blank_before = blank_before
        return shape
    one = _known(raw)
    return Shape(
        raw, one.text, one.indent, one.mark, blank_before, True, one.words, one.cover, one.key, one.end, one.size,
        one.count, one.stops, one.capitals, one.sentences, one.content,
    )  # fmt: skip


def _seen(raw: str) -> Shape:
    found = _LIST_MARK.match(raw)
    assert found is not None
    space, bullet, number = found.groups()
    text = raw[found.end() :].strip() or raw.strip()
    words = tokens(text)
    shape = Shape(raw, text, len(space.expandtabs(4)), "•" if bullet else "1" if number else "", False)
    shape.words = words
    shape.cover = coverage(words)
    shape.key = " ".join(words)
    shape.size = len(text)
    shape.count = len(words)
    shape.stops = sum(map(STOP_WORDS.__contains__, words))
    shape.end = _end_of(text)
    shape.capitals = _capitals(text)
    shape.sentences = len(_SENTENCE_MARK.findall(text)) + (shape.end in {".", "?", "!"})
    return shape


_known = lru_cache(maxsize=LINES_KEPT)(_seen)


def _end_of(text: str) -> str:
    bare = text.rstrip(_CLOSERS)
    last = bare[-1:]
    if last in ".。؟?!…！？:：।":
        if bare.endswith(("...", "…")):
            return "…"
        return {"。": ".", "।": ".", "؟": "?", "？": "?", "！": "!", "：": ":"}.get(last, last)
    return "…" if text.endswith(("[…]", "[...]")) else ""


def _capitals(text: str) -> float:
    starts = [word[0] for word in text.split(None, 40)[:40] if word[0].isalpha()]
    return sum(map(str.isupper, starts)) / len(starts) if starts else 0.0


def _letters(text: str) -> int:
    if text.isascii():
        return len(text.encode().translate(None, _NO_LETTERS))
    return sum(map(str.isalpha, text))


def _digits(text: str) -> int:
    if text.isascii():
        return len(text.encode().translate(None, _NO_DIGITS))
    return sum(map(str.isdigit, text))


def measures(shape: Shape) -> list[float]:
    """The numbers that the classifier sees of a line by itself, named by `MEASURES`."""
    text, size = shape.text, shape.size
    letters = _letters(text) if size < 400 else int(size * 0.8)
    signs = set(text)
    numbered = not signs.isdisjoint(_DIGITS) or (not text.isascii() and any(map(str.isdecimal, text)))
    return [
        float(min(size, 1000)),
        float(min(shape.count, 200)),
        float(shape.end in {".", "?", "!"}),
        float(shape.end == ":"),
        float(shape.end == "…"),
        float(shape.end == "?") - float(shape.end == "!"),
        float(min(shape.sentences, 10)),
        text.count(",") / (shape.count or 1),
        float(not signs.isdisjoint(_QUOTES)),
        float(shape.mark == "•") + 2.0 * float(shape.mark == "1"),
        float(min(shape.indent, 12)),
        float(shape.blank_before),
        float(shape.blank_after),
        shape.capitals,
        float(text.isupper()),
        letters / size,
        _digits(text[:400]) / min(size, 400),
        shape.stops / (shape.count or 1),
        float(min(shape.stops, 40)),
        *shape.cover,
        float("©" in signs),
        float(not signs.isdisjoint(_SEPARATORS) and _SEPARATED.search(text) is not None),
        float(not signs.isdisjoint(_LINK_SIGNS) and _LINK.search(text) is not None),
        float(numbered and _MONEY.search(text) is not None),
        float(numbered and _DATE.search(text) is not None),
        size / (shape.count or 1),
        len(_GLUED.findall(text[:300])) / (shape.count or 1),
        float(shape.small),
        float(min(shape.raw.count("\t"), 10)),
    ]


MEASURES: Final = (
    "size", "count", "ends", "colon", "ellipsis", "asks", "sentences", "commas", "quotes", "mark", "indent",
    "blank before", "blank after", "capitals", "all capitals", "letters", "digits", "stop share", "stops",
    *CATEGORIES, "rights", "separated", "link", "money", "dated", "word length", "glued",
    "small start", "tabs",
)  # fmt: skip
"""Names of `measures`, in order."""
