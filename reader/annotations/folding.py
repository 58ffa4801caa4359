"""Text folded for comparison, with the way back to the places it came from.

Two passages say the same words when their folded forms are equal: white space, case, accents, vowel marks,
typographic quotes and dashes, joiners and direction marks do not count. Whatever is compared in the folded
form is shown and stored in the original one.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property
from typing import Final

from reader.text.span import Span

_NOTHING: Final = "\0"
"""Stands for a character without meaning of its own until it is taken out (the cleaned text has no NUL)."""

_SAME: Final = {
    **dict.fromkeys("‘’‚‛′`´ʹʼʻʾʿ＇", "'"),
    **dict.fromkeys("“”„‟″«»＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("…。", "."),
    **dict.fromkeys("\u00ad\u061c\u0640\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f", _NOTHING),
}
_MEANINGLESS: Final = re.compile(r"(?<= )[ \0]+|(?<=\.)[.\0]+|\0+")
_TOKEN: Final = re.compile(r"\w+|[^\w\s]")


class _Table(dict[int, str]):
    """One folded character for each code point, found when it is first met."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = _fold(chr(point))
        return folded


def _fold(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    if character.isspace():
        return " "
    marks = unicodedata.combining(character)
    if marks >= 200 or 10 <= marks < 85:  # accents, Hebrew points, Arabic vowels; not Indic or Thai signs
        return _NOTHING
    parts = unicodedata.normalize("NFD", character)
    if len(parts) > 1 and all(unicodedata.combining(part) >= 200 for part in parts[1:]):
        character = parts[0]
    lowered = character.lower()
    return lowered if len(lowered) == 1 else lowered[0]


_TABLE: Final = _Table()


class Folded:
    """A text in its folded form, `text`; positions are positions in that unless said to be the source's."""

    def __init__(self, source: str) -> None:
        even = source.translate(_TABLE)
        self.source = source
        self._cuts: list[int] = []  # folded positions from which on more of the source was left out ...
        self._skips: list[int] = []  # ... and how many code points in all
        pieces, last, left_out = [], 0, 0
        for match in _MEANINGLESS.finditer(even):
            pieces.append(even[last : match.start()])
            self._cuts.append(match.start() - left_out)
            left_out += match.end() - match.start()
            self._skips.append(left_out)
            last = match.end()
        pieces.append(even[last:])
        self.text = "".join(pieces)

    def to_source(self, span: Span) -> Span:
        """Where a stretch of the folded text stands in the source, marks on its last letter included."""
        if not span.length:
            at = self._position(span.start)
            return Span(at, at)
        start, end = self._position(span.start), self._position(span.end - 1) + 1
        follow = _NOTHING + "." if self.text[span.end - 1] == "." else _NOTHING
        while end < len(self.source) and self.source[end].translate(_TABLE) in follow:
            end += 1
        return Span(start, end)

    def from_source(self, span: Span) -> Span:
        """Where a stretch of the source stands in the folded text."""
        start = self._folded(span.start)
        if self._begins_in_dots(span, start):
            start -= 1
        return Span(start, max(start, self._folded(span.end)))

    def _begins_in_dots(self, span: Span, start: int) -> bool:
        """Whether the span begins with the rest of a row of dots, which as a whole is one dot before `start`."""
        if self.text[start - 1 : start] != "." or self._position(start) == span.start:
            return False
        first = next((one for one in span.of(self.source).translate(_TABLE) if one != _NOTHING), "")
        return first == "."

    def _position(self, folded: int) -> int:
        index = bisect_right(self._cuts, folded)
        return folded + (self._skips[index - 1] if index else 0)

    def _folded(self, position: int) -> int:
        # A source position inside a part that was left out belongs to where that part was cut.
        index = bisect_right(self._source_cuts, position)
        if not index:
            return position
        return max(self._cuts[index - 1], position - self._skips[index - 1])

    @cached_property
    def _source_cuts(self) -> list[int]:
        before = [0, *self._skips]
        return [cut + before[index] for index, cut in enumerate(self._cuts)]

    @cached_property
    def tokens(self) -> list[tuple[int, int]]:
        """Start and end of each word and each mark of punctuation."""
        return [match.span() for match in _TOKEN.finditer(self.text)]

    def trimmed(self, span: Span) -> Span:
        """The span without the white space at its ends."""
        start, end = span.start, span.end
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        return Span(start, end)


def same_words(one: str, other: str) -> bool:
    """Whether two passages say the same words, white space at the ends aside."""
    return one == other or Folded(one).text.strip() == Folded(other).text.strip()
