"""The words of one text, laid out for finding: where each stands, and which there are."""

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from reader.search.vocabulary import Vocabulary
from reader.text.span import Span
from reader.text.spelling import Word, words

_MOST_KEPT: Final = 400_000
"""Code points of the texts whose leaves are kept: those of a screenful of articles and more, as one types on."""


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


class _Kept:
    """The leaves of the texts that were asked for last; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._leaves: OrderedDict[str, Leaf] = OrderedDict()
        self._size = 0

    def leaf(self, text: str) -> Leaf:
        """The leaf of a text, made where it is not kept."""
        with self._lock:
            leaf = self._leaves.get(text)
            if leaf is not None:
                self._leaves.move_to_end(text)
                return leaf
        leaf = Leaf(text)
        with self._lock:
            if text not in self._leaves:
                self._leaves[text] = leaf
                self._size += len(text)
            while self._size > _MOST_KEPT and len(self._leaves) > 1:
                self._size -= len(self._leaves.popitem(last=False)[0])
        return leaf


leaf_of: Final = _Kept().leaf
"""The leaf of a text; the last ones are kept, as one types on over the same texts."""


class Places:
    """The parts of a text in which hits count."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def hold(self, start: int, end: int) -> bool:
        """Whether one part holds all of `start` to `end`."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._spans[at].end
