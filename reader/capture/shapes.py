"""What one line looks like by itself: its lengths, its ends, its words, the list it stands in."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from reader.capture.article import Kind
from reader.capture.lexicon import CATEGORIES, LINES_KEPT, STOP_WORDS, coverage, tokens

if TYPE_CHECKING:
    from reader.capture.comment_words import Talk

_LIST_MARK: Final = re.compile(r"(\s*)(?:([•‣◦▪▫●○■□–—*·»›>+-])\s+|(\(?\d{1,4}[.)])\s+)?")
_SENTENCE_MARK: Final = re.compile(r"[.!?…؟।！？][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[^\W_a-z])|[。！？]")
_PLAIN_MARK: Final = re.compile(r"""[.!?][\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])""")
"""The same in plain ASCII, found in half the time."""
_CLOSERS: Final = "\"'”’»)]」』* \u00a0"
_ENDS: Final = {"。": ".", "।": ".", "؟": "?", "？": "?", "！": "!", "：": ":", **{mark: mark for mark in ".?!…:"}}
_NO_LETTERS: Final = bytes(code for code in range(128) if not chr(code).isalpha())
_CAPITALS: Final = bytes(code for code in range(128) if chr(code).isupper())
_PLACES: Final = {category: place for place, category in enumerate(CATEGORIES)}
_CREDIT, _NOTICE, _SIGNUP = _PLACES["credit"], _PLACES["notice"], _PLACES["signup"]
_SENTENCE_ENDS: Final = frozenset(".?!")
_TEXT_ENDS: Final = frozenset(".?!:")
SHORT: Final = 60
"""Lines up to this long are remembered: menus, buttons and names stand on many pages."""


class Shape:
    """One non-blank line: `text` without its list mark, `key` for comparing, and measures of it.

    `end` is `.` after a sentence end, `:` after a colon, `…` where the line is cut off, `?` and `!`, or empty.
    `cover` gives the share of giveaway words for each of `lexicon.CATEGORIES`, `giveaway` the greatest of them.
    `small` says whether the line begins with a small letter, as descriptions of pictures and continued lines do;
    `texty` whether it reads as running text: long enough, and it ends as sentences end. `stops` counts the small words.
    `blank_before` and `blank_after` are about the lines around it. What is found out later about the line by itself is
    kept with it, and the shape of a short line may stand for it on several pages: nothing changes it.
    """

    __slots__ = (
        "_content", "blank_after", "blank_before", "capitals", "count", "cover", "end", "giveaway", "indent", "key",
        "known", "mark", "measured", "raw", "sentences", "size", "small", "stops", "talk", "text", "texty", "words",
    )  # fmt: skip

    def __init__(self, raw: str, blank_before: bool, blank_after: bool) -> None:
        self.raw, self.blank_before, self.blank_after = raw, blank_before, blank_after
        if raw[0].isalpha():
            text = raw.rstrip()
            self.indent, self.mark = 0, ""
        else:
            found = _LIST_MARK.match(raw)
            assert found is not None
            space, bullet, number = found.groups()
            text = raw[found.end() :].strip() or raw.strip()
            self.indent, self.mark = len(space.expandtabs(4)), "•" if bullet else "1" if number else ""
        words = tokens(text)
        self.text, self.words = text, words
        self.key = " ".join(words)
        self.size, self.count = len(text), len(words)
        self.end = _end_of(text)
        self.cover = coverage(words)
        self.giveaway = max(self.cover)
        self.stops = sum(map(STOP_WORDS.__contains__, words))
        self.capitals = _capitals(text)
        self.sentences = _inner_ends(text) + (self.end in _SENTENCE_ENDS)
        self.small = text[0].islower()
        self.texty = self.size >= 80 and (self.end in _TEXT_ENDS or self.sentences > 1)
        self._content: set[str] | None = None
        self.measured: tuple[float, ...] | None = None
        self.talk: Talk | None = None
        self.known: tuple[Kind, str] | Literal[False] | None = False

    def covered(self, category: str) -> float:
        """The share of the line's words that belong to phrases of `category`."""
        return self.cover[_PLACES[category]]

    @property
    def content(self) -> set[str]:
        """The words that carry its meaning."""
        if self._content is None:
            self._content = {word for word in set(self.words) - STOP_WORDS if len(word) > 3}
        return self._content


def shape_of(raw: str, blank_before: bool, blank_after: bool) -> Shape:
    """The shape of a non-blank line, and whether a blank line or the page's end stands before it and after it."""
    return (_known if len(raw) <= SHORT else Shape)(raw, blank_before, blank_after)


_known = lru_cache(maxsize=LINES_KEPT)(Shape)


def _end_of(text: str) -> str:
    bare = text.rstrip(_CLOSERS)
    end = _ENDS.get(bare[-1:], "")
    return "…" if end and bare.endswith(("...", "…")) else end


def _inner_ends(text: str) -> int:
    """How many sentences end inside the text, before others."""
    if not text.isascii():
        return len(_SENTENCE_MARK.findall(text))
    before = text[:-1]
    if "." not in before and "?" not in before and "!" not in before:
        return 0
    return len(_PLAIN_MARK.findall(text))


def _capitals(text: str) -> float:
    starts = "".join([word[0] for word in text.split(None, 40)[:40]])
    if not starts.isalpha():
        starts = "".join(filter(str.isalpha, starts))
    if starts.isascii():
        capitals = len(starts) - len(starts.encode().translate(None, _CAPITALS))
        return capitals / (len(starts) or 1)
    return sum(map(str.isupper, starts)) / len(starts)


def measures(shape: Shape) -> tuple[float, ...]:
    """The numbers that the classifier sees of a line by itself, named by `MEASURES`."""
    if shape.measured is None:
        shape.measured = _measured(shape)
    return shape.measured


def _measured(shape: Shape) -> tuple[float, ...]:
    text, size, end = shape.text, shape.size, shape.end
    if size >= 400:
        letters = int(size * 0.8)
    elif text.isascii():
        letters = len(text.encode().translate(None, _NO_LETTERS))
    else:
        letters = sum(map(str.isalpha, text))
    return (
        float(min(size, 1000)),
        float(min(shape.count, 200)),
        float(end in _SENTENCE_ENDS),
        float(end == ":"),
        text.count(",") / (shape.count or 1),
        float(shape.mark == "•") + 2.0 * float(shape.mark == "1"),
        float(min(shape.indent, 12)),
        shape.capitals,
        letters / size,
        float(min(shape.stops, 40)),
        shape.cover[_CREDIT],
        shape.cover[_NOTICE],
        shape.cover[_SIGNUP],
        float(shape.small),
        float(min(shape.raw.count("\t"), 10)),
    )


MEASURES: Final = (
    "size", "count", "ends", "colon", "commas", "mark", "indent", "capitals", "letters", "stops", "credit", "notice",
    "signup", "small start", "tabs",
)  # fmt: skip
"""Names of `measures`, in order."""
