"""The words of one text, laid out for finding: where each stands, and which there are."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Final

from reader.search.vocabulary import Vocabulary
from reader.text.span import Span
from reader.text.spelling import Word, words

_MOST_TEXTS_KEPT: Final = 4


class Leaf:
    """A text as words: `words` in order, `places` of each normal form, and all of them as a vocabulary."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[Word] = words(text)
        self.places: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            self.places.setdefault(word.normal, []).append(at)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The different words, with how often each stands there."""
        return Vocabulary({word: len(places) for word, places in self.places.items()})

    def normals(self, first: int, last: int) -> tuple[str, ...]:
        """The normal forms of some words in order."""
        return tuple(word.normal for word in self.words[max(0, first) : last])


@lru_cache(maxsize=_MOST_TEXTS_KEPT)
def leaf_of(text: str) -> Leaf:
    """The leaf of a text; the last few are kept, as one types on over the same text."""
    return Leaf(text)


class Places:
    """The parts of a text in which hits count."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def hold(self, start: int, end: int) -> bool:
        """Whether one part holds all of `start` to `end`."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._spans[at].end
