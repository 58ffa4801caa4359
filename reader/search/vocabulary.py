"""The words that exist, and the four ways to reach them: exact, by beginning, by sound, by a few edits."""

import heapq
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Final, Protocol, TypeAlias, TypeVar

from reader.search.nearness import Bucket, letters_for, near, slips_at
from reader.text.spelling import fold_keys, without_article

FIELDS: Final = ("text", "comment", "boilerplate")
"""The fields whose words are known; those of other fields stand in one of these as well."""
EVERYWHERE: Final = (1 << len(FIELDS)) - 1
_ABSENT: Final = [
    frozenset(field for place, field in enumerate(FIELDS) if not held >> place & 1) for held in range(EVERYWHERE + 1)
]
_CHUNK: Final = 2_000
_LONGEST: Final = 40
_FEW: Final = 100
_LAST: Final = "\U0010ffff"
"""Stands behind every letter that may go on a beginning."""
_Pair: TypeAlias = tuple[str, int]
_T = TypeVar("_T", bound=tuple[Any, ...])


class Words(Protocol):
    """What expansion needs to know of the words that exist; see `Vocabulary`."""

    def frequency(self, word: str) -> int:
        """How many articles hold the word; 0 for one that is not known."""

    def absent(self, word: str) -> Collection[str]:
        """The fields that surely do not hold the word."""

    def starting_with(self, prefix: str, most: int) -> list[str]:
        """The commonest words that begin so, the word itself included."""

    def starting_nearly(self, prefix: str, most: int) -> list[str]:
        """For each beginning that one slip leads to (see `slips`), the commonest words that have it."""

    def sounding_like(self, word: str) -> list[str]:
        """The words with the same fold key, in no order."""

    def within(self, word: str, edits: int) -> list[tuple[str, int]]:
        """The words that at most so many edits lead to, with the number of edits."""


class Vocabulary:
    """Known normalised words with the number of articles that hold each, and, as one bit for each of `FIELDS`, those
    that may hold it. Not changed once it is made.
    """

    def __init__(
        self,
        frequencies: Mapping[str, int] | Iterable[tuple[str, int, int]],
        pause: Callable[[], None] | None = None,
    ) -> None:
        if isinstance(frequencies, Mapping):
            frequencies = ((word, count, EVERYWHERE) for word, count in frequencies.items())
        self._words: list[str] = []
        self._counts = array("L")
        self._fields = bytearray()
        for word, count, fields in _sorted_in_parts(frequencies, pause):
            self._words.append(word)
            self._counts.append(count)
            self._fields.append(fields)
        self._lengths: dict[int, Bucket] = {}
        self._key_words: array[int] = array("L")
        self._keys: list[str] = []
        self._index_keys(pause)
        self._index_letters(pause)

    def __len__(self) -> int:
        return len(self._words)

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def frequency(self, word: str) -> int:
        """How many articles hold the word; 0 for one that is not known."""
        place = bisect_left(self._words, word)
        return self._counts[place] if place < len(self._words) and self._words[place] == word else 0

    def absent(self, word: str) -> Collection[str]:
        """The fields that surely do not hold the word: all of them for one that is not known."""
        place = bisect_left(self._words, word)
        known = place < len(self._words) and self._words[place] == word
        return _ABSENT[self._fields[place] if known else 0]

    def starting_with(self, prefix: str, most: int) -> list[str]:
        """The commonest words that begin so, the word itself included."""
        first = bisect_left(self._words, prefix)
        return self._commonest(first, bisect_left(self._words, prefix + _LAST, first), most)

    def _commonest(self, first: int, last: int, most: int) -> list[str]:
        if last - first <= most:
            return self._words[first:last]
        return [self._words[place] for place in heapq.nlargest(most, range(first, last), self._counts.__getitem__)]

    def starting_nearly(self, prefix: str, most: int) -> list[str]:
        """For each beginning that one slip leads to (see `slips`), the commonest words that have it."""
        words, letters = self._words, letters_for(prefix)
        found: dict[str, list[str]] = {prefix: []}
        low, high = 0, len(words)
        for place in range(len(prefix)):  # `low` to `high` are the words that begin like it up to there
            if low == high:
                break
            if high - low < _FEW:
                after = {word[place : place + 1] for word in words[low:high]}
                likely: Collection[str] = after.intersection(letters)
            else:
                likely = letters
            for slip in slips_at(prefix, place, likely):
                first = bisect_left(words, slip, low, high)
                if first < high and slip not in found and words[first].startswith(slip):
                    found[slip] = self._commonest(first, bisect_left(words, slip + _LAST, first, high), most)
            low = bisect_left(words, prefix[: place + 1], low, high)
            high = bisect_left(words, prefix[: place + 1] + _LAST, low, high)
        return list(chain.from_iterable(found.values()))

    def sounding_like(self, word: str) -> list[str]:
        """The words with the same fold key, in no order; see `reader.text.spelling.fold_key`."""
        found: list[str] = []
        for key in dict.fromkeys(keys_of([word])[0]):
            place = bisect_left(self._keys, key) if key else len(self._keys)
            while place < len(self._keys) and self._keys[place] == key:
                found.append(self._words[self._key_words[place]])
                place += 1
        return found

    def within(self, word: str, edits: int) -> list[tuple[str, int]]:
        """The words that at most so many edits lead to (swapped letters are one), with the number of
        edits.
        """
        found: list[tuple[str, int]] = []
        for length in range(max(1, len(word) - edits), len(word) + edits + 1):
            bucket = self._lengths.get(length)
            if bucket is not None and edits:
                found += near(word, bucket.sharing_letters(word, edits), edits)
        return found

    def _index_keys(self, pause: Callable[[], None] | None) -> None:
        for key, place in _sorted_in_parts(self._keyed(pause), pause):
            self._keys.append(key)
            self._key_words.append(place)

    def _keyed(self, pause: Callable[[], None] | None) -> Iterator[_Pair]:
        """Each word's place under its key, and under the one that it has without an article."""
        for start in range(0, len(self._words), _CHUNK):
            keys = keys_of(self._words[start : start + _CHUNK])
            yield from [(key, start + i) for i, ours in enumerate(keys) for key in ours]
            if pause:
                pause()

    def _index_letters(self, pause: Callable[[], None] | None) -> None:
        by_length: dict[int, list[str]] = {}
        for word in self._words:
            if len(word) <= _LONGEST:
                by_length.setdefault(len(word), []).append(word)
        for length, words in by_length.items():
            self._lengths[length] = Bucket(words, length, pause)


def keys_of(known: Sequence[str]) -> list[tuple[str, ...]]:
    """For each normalised word, the fold keys under which it is found: its own, and the one without an article."""
    keys: list[tuple[str, ...]] = [(key,) if key else () for key in fold_keys(known)]
    bare = {i: other for i, word in enumerate(known) if (other := without_article(word)) != word}
    for i, key in zip(bare, fold_keys(list(bare.values())), strict=True):
        if key:
            keys[i] = (*keys[i], key)
    return keys


def _sorted_in_parts(rows: Iterable[_T], pause: Callable[[], None] | None) -> Iterator[_T]:
    """Sorted, beginning by beginning: each step is short enough for other threads to run in between."""
    source = iter(rows)
    first = list(islice(source, _CHUNK))
    if len(first) < _CHUNK:
        yield from sorted(first)
        return
    parts: dict[str, list[_T]] = {}
    for row in chain(first, source):
        beginning = row[0][:2]
        if beginning in parts:
            parts[beginning].append(row)
        else:
            parts[beginning] = [row]
    for beginning in sorted(parts):
        part = parts.pop(beginning)
        part.sort()
        yield from part
        if pause:
            pause()
