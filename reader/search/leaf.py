"""The words of one text, laid out for finding: where each stands, and which there are."""

import threading
from bisect import bisect_right
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property, lru_cache
from heapq import nlargest
from itertools import chain
from typing import Final

from reader.search.nearness import letters_for, near, slips_at
from reader.search.vocabulary import keys_of
from reader.text.span import Span
from reader.text.spelling import Word, letters, normal_text, words

_MOST_KEPT: Final = 400_000
"""Code points of the texts whose leaves are kept: those of a screenful of articles and more, as one types on."""


class Leaf:
    """A text as words: how often each stands there, and where."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.counts = Counter(normal_text(text).split())

    @cached_property
    def vocabulary(self) -> "LeafWords":
        """The different words, with how often each stands there."""
        return LeafWords(self.counts)

    @cached_property
    def words(self) -> list[Word]:
        """All words in order: slower than a few words alone."""
        return words(self.text)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where among `words` each stands."""
        places: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            places.setdefault(word.normal, []).append(at)
        return places

    @cached_property
    def _letters(self) -> str:
        return f" {letters(self.text) or ''} "

    def read_all(self) -> None:
        """Makes at once what would be made when it is first asked for."""
        self.vocabulary.sounding_like("")
        _ = self.places, self._letters

    def spans(self, word: str) -> list[Span]:
        """Where a word stands, by its normal form."""
        found = self._sought(word)
        if len(found) == self.counts[word]:
            return found
        read = self.words
        return [Span(read[at].start, read[at].end) for at in self.places.get(word, ())]

    def _sought(self, word: str) -> list[Span]:
        """Where a word stands as a run of plain letters, an English genitive included."""
        plain, length = self._letters, len(word)
        found = []
        at = plain.find(word)
        while at >= 0:
            end = at + length
            if plain[at - 1] == " ":
                if plain.startswith("'s ", end):
                    found.append(Span(at - 1, end + 1))
                elif plain[end] == " ":
                    found.append(Span(at - 1, end - 1))
            at = plain.find(word, end)
        return found

    def normals(self, first: int, last: int) -> tuple[str, ...]:
        """The normal forms of some words in order."""
        return tuple(word.normal for word in self.words[max(0, first) : last])


_MOST_SOUNDS: Final = 100_000
"""Words whose fold keys are remembered: texts share most of theirs."""


class _Sounds:
    """Words that were met in texts, by their fold keys; safe to use from several threads."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._by_key: dict[str, dict[str, None]] = {}

    def meet(self, met: Collection[str]) -> "_Sounds":
        """Learn the keys of words; what knows them all, which is another one when this one knows too many."""
        new = list(set(met) - self._known)
        if len(self._known) + len(new) > _MOST_SOUNDS and self._known:
            return _Sounds().meet(met)
        for word, keys in zip(new, keys_of(new), strict=True):
            for key in keys:
                self._by_key.setdefault(key, {})[word] = None
            self._known.add(word)
        return self

    def like(self, word: str) -> list[str]:
        """The words that were met with a key of this one."""
        alike = (tuple(self._by_key.get(key, ())) for key in _keys_of(word))
        return list(dict.fromkeys(chain.from_iterable(alike)))


@lru_cache(maxsize=256)
def _keys_of(word: str) -> tuple[str, ...]:
    """The fold keys of a typed word, which is sought in one text after the other."""
    return keys_of([word])[0]


@lru_cache(maxsize=64)
def _slips(word: str) -> frozenset[str]:
    """What a typed word is after one slip."""
    letters = letters_for(word)
    return frozenset(slip for place in range(len(word)) for slip in slips_at(word, place, letters)) - {word}


_sounds = _Sounds()


class LeafWords:
    """The words of one text as `reader.search.vocabulary.Words`: so few that what is asked is made only then."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._begun: dict[int, set[str]] = {}

    def frequency(self, word: str) -> int:
        """How often the word stands there."""
        return self._counts.get(word, 0)

    def absent(self, word: str) -> Collection[str]:
        """One text is not divided into fields."""
        return ()

    def starting_with(self, prefix: str, most: int) -> list[str]:
        """The commonest words that begin so, the word itself included."""
        begun = [word for word in self._counts if word.startswith(prefix)]
        return begun if len(begun) <= most else nlargest(most, begun, self._counts.__getitem__)

    def starting_nearly(self, prefix: str, most: int) -> list[str]:
        """For each beginning that one slip leads to, the commonest words that have it."""
        slips = _slips(prefix)
        begun = [slip for length in set(map(len, slips)) for slip in self._heads(length).intersection(slips)]
        return [word for slip in begun for word in self.starting_with(slip, most)]

    def _heads(self, length: int) -> set[str]:
        """The beginnings of so many letters that a word has."""
        heads = self._begun.get(length)
        if heads is None:
            heads = self._begun[length] = {word[:length] for word in self._counts if len(word) >= length}
        return heads

    def sounding_like(self, word: str) -> list[str]:
        """The words with the same fold key, in no order; see `reader.text.spelling.fold_key`."""
        return [other for other in self._sounds.like(word) if other in self._counts]

    def within(self, word: str, edits: int) -> list[tuple[str, int]]:
        """The words that at most so many edits lead to, with the number of edits."""
        lengths = self._lengths
        likely = [other for length in range(len(word) - edits, len(word) + edits + 1) for other in lengths[length]]
        return near(word, likely, edits) if edits else []

    @cached_property
    def _sounds(self) -> _Sounds:
        """What knows the fold keys of all the words."""
        global _sounds
        sounds = _sounds = _sounds.meet(self._counts)
        return sounds

    @cached_property
    def _lengths(self) -> "defaultdict[int, list[str]]":
        """The words by their length."""
        lengths = defaultdict(list)
        for word in self._counts:
            lengths[len(word)].append(word)
        return lengths


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
