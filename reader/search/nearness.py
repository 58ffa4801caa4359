"""Words that are a few letters away from a typed one, found without comparing it to each.

Words are kept by length, with one long integer for each letter whose bits say which words lack that letter, and one
for those that do not hold it twice. A few operations on whole integers leave the words that miss at most as many
letters, and bring at most as many new ones, as edits are allowed; no true match is lost, and only those are compared
letter by letter, as each of them costs several times what it takes to pass over a thousand.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from itertools import compress
from typing import Final

_SMALL: Final = 400
_CHUNK: Final = 2_000
_TWICE: Final = 256
_DIGITS: Final = b"01" + bytes(254)
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_FLAGS: Final = bytes(sign == ord("1") for sign in range(256))


def near(word: str, candidates: Sequence[str], edits: int) -> list[tuple[str, int]]:
    """Those of the candidates that at most so many edits lead to (swapped letters are one), with their number."""
    from rapidfuzz import process  # after first paint: not needed to start
    from rapidfuzz.distance import OSA

    found = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=edits, limit=None)
    return [(candidate, int(distance)) for candidate, distance, _ in found]


class Bucket:
    """Words of one length, with those that lack each letter, and those of each variety (so many different letters), as
    the bits of one integer.
    """

    def __init__(self, words: list[str], length: int, pause: Callable[[], None] | None = None) -> None:
        self.words = words
        self.length = length
        self._everything = (1 << len(words)) - 1
        self._lacking: dict[int, int] = {}
        self._varieties: dict[int, int] = {}
        if len(words) <= _SMALL:
            return
        for start in range(0, len(words), _CHUNK):
            letters, varieties = _letter_bits(words[start : start + _CHUNK], length)
            for letter, bits in letters.items():
                self._lacking[letter] = self._lacking.get(letter, self._everything) ^ bits << start
            for variety, bits in varieties.items():
                self._varieties[variety] = self._varieties.get(variety, 0) | bits << start
            if pause:
                pause()

    def sharing_letters(self, word: str, edits: int) -> list[str]:
        """The words that at most `edits` (one or two) may lead to, by their letters: each one that is missing was taken
        away or replaced, each new one put in or replaced. A word that is longer than the typed one had so many letters
        put in at least, and has fewer to miss; a shorter one fewer new ones.
        """
        if not self._lacking:
            return self.words
        wanted = set(_counted(_low_bytes(word)))
        more = self.length - len(word)
        once = twice = thrice = 0
        for letter in wanted:
            row = self._lacking.get(letter, self._everything)
            thrice |= twice & row
            twice |= once & row
            once |= row
        within = [self._everything ^ missed for missed in (once, twice, thrice)]
        found = 0
        for variety, bits in self._varieties.items():
            new = variety - len(wanted)  # and one for each that is missing
            misses = min(edits - max(0, more), edits + min(0, more) - new)
            if misses >= 0:
                found |= bits & within[misses]
        return self._marked(found)

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


def _letter_bits(words: Sequence[str], length: int) -> tuple[dict[int, int], dict[int, int]]:
    """For each letter, the words of equal length that hold it, the first word in the lowest bit, and under `_TWICE`
    more those that hold it again; and for each variety, as `_counted` counts it, the words that have it.
    """
    signs = _low_bytes("".join(words))
    rows = {}
    variety = 0
    for letter in set(signs):
        held = signs.translate(_only(letter))
        once = twice = 0
        for column in range(length):
            lanes = int.from_bytes(held[column::length], "little")
            twice |= once & lanes
            once |= lanes
        rows[letter] = _packed(once, len(words))
        if twice:
            rows[letter + _TWICE] = _packed(twice, len(words))
        variety += once + twice
    varieties = variety.to_bytes(len(words), "little")
    return rows, {
        one: _packed(int.from_bytes(varieties.translate(_only(one)), "little"), len(words)) for one in set(varieties)
    }


@lru_cache(maxsize=256)
def _only(sign: int) -> bytes:
    """The table that makes one of a sign, and zero of all others."""
    table = bytearray(256)
    table[sign] = 1
    return bytes(table)


def _packed(lanes: int, count: int) -> int:
    """One bit for each of `count` bytes that are 0 or 1."""
    return int(lanes.to_bytes(count, "little")[::-1].translate(_DIGITS), 2)




def slips_at(word: str, place: int, letters: Collection[str]) -> list[str]:
    """What a word is after one slip at one of its letters: that one left out, swapped with the next, or one of
    `letters` put before it or in its place. The word itself may be among them.
    """
    head, tail, rest = word[:place], word[place:], word[place + 1 :]
    slips = [head + rest]
    if rest:
        slips.append(head + rest[0] + tail[0] + rest[1:])
    for letter in letters:
        slips += (head + letter + tail, head + letter + rest)
    return slips


def letters_for(word: str) -> str:
    """The letters that may get into a word by a slip."""
    return _LATIN if word.isascii() else "".join(sorted(set(word)))
