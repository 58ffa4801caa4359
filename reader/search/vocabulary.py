"""The words that exist, and the four ways to reach them: exact, by beginning, by sound, by a few edits.

Words near a typed word are found without comparing it to each: words are kept by length, with one long
integer for each letter whose bits say which words hold that letter, and one for those that hold it twice. A few
operations on whole integers leave the words that miss at most as many letters, and bring at most as many new ones, as
edits are allowed; no true match is lost, and only those are compared letter by letter, as each of them costs several
times what it takes to pass over a thousand.
"""

import heapq
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, islice
from typing import Any, Final, Protocol, TypeAlias, TypeVar

from reader.text.spelling import fold_keys, without_article

FIELDS: Final = ("text", "comment", "boilerplate")
"""The fields whose words are known; those of other fields stand in one of these as well."""
EVERYWHERE: Final = (1 << len(FIELDS)) - 1
_ABSENT: Final = [
    frozenset(field for place, field in enumerate(FIELDS) if not held >> place & 1) for held in range(EVERYWHERE + 1)
]
_SMALL: Final = 400
_CHUNK: Final = 2_000
_LONGEST: Final = 40
_TWICE: Final = 256
_DIGITS: Final = b"01" + bytes(254)
_Pair: TypeAlias = tuple[str, int]
_T = TypeVar("_T", bound=tuple[Any, ...])
_FLAGS: Final = bytes(sign == ord("1") for sign in range(256))


class Words(Protocol):
    """What expansion needs to know of the words that exist; see `Vocabulary`."""

    def frequency(self, word: str) -> int:
        """How many articles hold the word; 0 for one that is not known."""

    def absent(self, word: str) -> Collection[str]:
        """The fields that surely do not hold the word."""

    def starting_with(self, prefix: str, most: int) -> list[str]:
        """The commonest words that begin so, the word itself included."""

    def beginnings(self, candidates: Collection[str]) -> list[str]:
        """Those of the candidates that a word begins with."""

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
        self._lengths: dict[int, _Bucket] = {}
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
        last = bisect_left(self._words, prefix + "\U0010ffff", first)
        if last - first <= most:
            return self._words[first:last]
        return [self._words[place] for place in heapq.nlargest(most, range(first, last), self._counts.__getitem__)]

    def beginnings(self, candidates: Collection[str]) -> list[str]:
        """Those of the candidates that a word begins with."""
        places = ((bisect_left(self._words, one), one) for one in candidates)
        return [one for place, one in places if place < len(self._words) and self._words[place].startswith(one)]

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
            self._lengths[length] = _Bucket(words, length, pause)


def keys_of(known: Sequence[str]) -> list[tuple[str, ...]]:
    """For each normalised word, the fold keys under which it is found: its own, and the one without an article."""
    keys: list[tuple[str, ...]] = [(key,) if key else () for key in fold_keys(known)]
    bare = {i: other for i, word in enumerate(known) if (other := without_article(word)) != word}
    for i, key in zip(bare, fold_keys(list(bare.values())), strict=True):
        if key:
            keys[i] = (*keys[i], key)
    return keys


def near(word: str, candidates: Sequence[str], edits: int) -> list[tuple[str, int]]:
    """Those of the candidates that at most so many edits lead to (swapped letters are one), with their number."""
    from rapidfuzz import process  # after first paint: not needed to start
    from rapidfuzz.distance import OSA

    found = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=edits, limit=None)
    return [(candidate, int(distance)) for candidate, distance, _ in found]


class _Bucket:
    """Words of one length, with the words that hold each letter as the bits of one integer."""

    def __init__(self, words: list[str], length: int, pause: Callable[[], None] | None) -> None:
        self.words = words
        self.length = length
        self.letters: dict[int, int] = {}
        if len(words) <= _SMALL:
            return
        for start in range(0, len(words), _CHUNK):
            for letter, bits in _letter_bits(words[start : start + _CHUNK], length).items():
                self.letters[letter] = self.letters.get(letter, 0) | bits << start
            if pause:
                pause()

    def sharing_letters(self, word: str, edits: int) -> list[str]:
        """The words that `edits` may lead to, by their letters: each one that is missing was taken away or replaced,
        each new one put in or replaced. A word that is longer than the typed one had so many letters put in at least,
        and has fewer to miss; a shorter one fewer new ones.
        """
        if not self.letters:
            return self.words
        wanted = set(_counted(_low_bytes(word)))
        more = self.length - len(word)
        everything = (1 << len(self.words)) - 1
        misses = _more_than(edits - max(0, more), (everything ^ self.letters.get(letter, 0) for letter in wanted))
        unwanted = (bits for letter, bits in self.letters.items() if letter not in wanted)
        return self._marked(everything & ~(misses | _more_than(edits + min(0, more), unwanted)))

    def _marked(self, bits: int) -> list[str]:
        digits = bin(bits)[:1:-1]
        if bits.bit_count() * 20 > len(self.words):
            return list(compress(self.words, digits.encode().translate(_FLAGS)))
        found = []
        place = digits.find("1")
        while place >= 0:
            found.append(self.words[place])
            place = digits.find("1", place + 1)
        return found


def _more_than(edits: int, rows: Iterable[int]) -> int:
    """The columns with a one in more than `edits` (0 to 2) of the rows."""
    once = twice = more = 0
    for row in rows:
        more |= twice & row
        twice |= once & row
        once |= row
    return (once, twice, more)[edits]


def _counted(signs: bytes) -> Iterator[int]:
    """Each sign that is there, and `_TWICE` more for one that is there again."""
    for sign in set(signs):
        yield sign
        if signs.count(sign) > 1:
            yield sign + _TWICE


def _low_bytes(text: str) -> bytes:
    """One byte for each sign: enough to tell the letters of one script apart."""
    if text.isascii():
        return text.encode()
    return text.encode("utf-32-le", "surrogatepass")[::4]


def _letter_bits(words: Sequence[str], length: int) -> dict[int, int]:
    """For each letter, the words of equal length that hold it, the first word in the lowest bit; under `_TWICE` more
    those that hold it again.
    """
    signs = _low_bytes("".join(words))
    rows = {}
    for letter in set(signs):
        table = bytearray(256)
        table[letter] = 1
        held = signs.translate(bytes(table))
        once = twice = 0
        for column in range(length):
            lanes = int.from_bytes(held[column::length], "little")
            twice |= once & lanes
            once |= lanes
        rows[letter] = _packed(once, len(words))
        if twice:
            rows[letter + _TWICE] = _packed(twice, len(words))
    return rows


def _packed(lanes: int, count: int) -> int:
    """One bit for each of `count` bytes that are 0 or 1."""
    return int(lanes.to_bytes(count, "little")[::-1].translate(_DIGITS), 2)


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
