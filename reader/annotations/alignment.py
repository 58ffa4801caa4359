"""Which part of an old text became which part of a new one, word by word."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import Final

from rapidfuzz.distance import LCSseq, Levenshtein

from reader.annotations.folding import Folded
from reader.text.span import Span

_WHOLE: Final = 12_000_000
"""Product of the numbers of words up to which two stretches are compared whole (about 10 ms)."""

_SHINGLE: Final = 5
_GAP: Final = 3_000
"""Code points of a changed stretch up to which it is compared letter by letter."""


class Alignment:
    """The words of `old` that also stand, in the same order, in `new`.

    The common beginning and end are set aside; a long rest is cut at runs of five words that are unique in
    both texts (as patience diff does with lines); what remains is a longest common subsequence of words.
    """

    def __init__(self, old: Folded, new: Folded) -> None:
        self.old = old
        self.new = new
        self._starts: list[int] = []
        self._new_starts: list[int] = []
        self._kept: list[tuple[int, int, int]] = []  # old start, new start, length, of each word kept
        old_words = [old.text[start:end] for start, end in old.tokens]
        new_words = [new.text[start:end] for start, end in new.tokens]
        pairs = list(_pairs(old_words, new_words, 0, len(old_words), 0, len(new_words), True))
        for i, j in pairs:
            start, end = old.tokens[i]
            self._starts.append(start)
            self._new_starts.append(new.tokens[j][0])
            self._kept.append((start, new.tokens[j][0], end - start))
        self._solid = _in_runs(pairs)

    def kept(self, span: Span, into: Span) -> int:
        """Code points of the words of `span` that went into `into`."""
        index = max(0, bisect_right(self._starts, span.start) - 1)
        total = 0
        for old_start, new_start, length in islice(self._kept, index, None):
            if old_start >= span.end:
                break
            start, end = max(old_start, span.start), min(old_start + length, span.end)
            moved = new_start + start - old_start
            if start < end and into.start <= moved and moved + end - start <= into.end:
                total += end - start
        return total

    def origins(self, span: Span, passage: Span) -> tuple[int, int]:
        """Code points of the words in `span` of the new text that came from `passage`, and from elsewhere."""
        index = max(0, bisect_right(self._new_starts, span.start) - 1)
        own = others = 0
        for old_start, new_start, length in islice(self._kept, index, None):
            if new_start >= span.end:
                break
            start, end = max(new_start, span.start), min(new_start + length, span.end)
            if start < end:
                came = old_start + start - new_start
                if passage.start <= came and came + end - start <= passage.end:
                    own += end - start
                else:
                    others += end - start
        return own, others

    def bracket(self, span: Span) -> tuple[Span, Span]:
        """The stretches of the old and the new text between the nearest kept runs of words around `span`."""
        before = bisect_right(self._starts, span.start) - 1
        while before >= 0 and not (self._solid[before] and sum(self._kept[before][::2]) <= span.start):
            before -= 1
        after = bisect_left(self._starts, span.end)
        while after < len(self._kept) and not self._solid[after]:
            after += 1
        old_start = new_start = 0
        if before >= 0:
            start, moved, length = self._kept[before]
            old_start, new_start = start + length, moved + length
        old_end, new_end = len(self.old.text), len(self.new.text)
        if after < len(self._kept):
            old_end, new_end, _ = self._kept[after]
        return Span(old_start, old_end), Span(new_start, new_end)

    def place(self, span: Span) -> Span:
        """Where `span` of the old text went; empty where nothing of it is left."""
        start = self._boundary(span.start, opening=True)
        end = self._boundary(span.end, opening=False)
        return self.new.trimmed(Span(start, max(start, end)))

    def _boundary(self, at: int, opening: bool) -> int:
        index = bisect_right(self._starts, at if opening else at - 1) - 1
        old_before = new_before = 0
        if index >= 0:
            start, new_start, length = self._kept[index]
            if at < start + length or (not opening and at == start + length):
                return new_start + at - start
            old_before, new_before = start + length, new_start + length
        old_after, new_after = len(self.old.text), len(self.new.text)
        if index + 1 < len(self._kept):
            old_after, new_after, _ = self._kept[index + 1]
        gap_old, gap_new = self.old.text[old_before:old_after], self.new.text[new_before:new_after]
        if len(gap_old) * len(gap_new) > _GAP * _GAP:
            return new_after if opening else new_before
        return new_before + _moved(gap_old, gap_new, at - old_before, opening)


def _moved(old: str, new: str, at: int, opening: bool) -> int:
    """Where the boundary `at` of `old` lies in `new`; what was inserted right there stays outside."""
    for step in Levenshtein.opcodes(old, new):
        if step.tag == "insert":
            if step.src_start == at and not opening:
                return step.dest_start
        elif step.src_start <= at < step.src_end or (not opening and at == step.src_end):
            if step.tag == "delete":
                return step.dest_start
            return min(step.dest_start + at - step.src_start, step.dest_end)
    return len(new)


def _in_runs(pairs: list[tuple[int, int]]) -> list[bool]:
    """For each pair of words, whether it stands in a run that was kept whole."""
    solid: list[bool] = []
    length = 0
    for index, (i, j) in enumerate(pairs):
        length += 1
        if index + 1 == len(pairs) or pairs[index + 1] != (i + 1, j + 1):
            solid += [length >= _SHINGLE] * length
            length = 0
    return solid


def _pairs(
    old: list[str], new: list[str], low: int, high: int, new_low: int, new_high: int, cut: bool
) -> Iterator[tuple[int, int]]:
    """Pairs of indices of words kept, in order, between the given bounds."""
    while low < high and new_low < new_high and old[low] == new[new_low]:
        yield low, new_low
        low, new_low = low + 1, new_low + 1
    tail = 0
    shorter = min(high - low, new_high - new_low)
    while tail < shorter and old[high - tail - 1] == new[new_high - tail - 1]:
        tail += 1
    high, new_high = high - tail, new_high - tail
    if low < high and new_low < new_high:
        if (high - low) * (new_high - new_low) <= _WHOLE:
            for block in LCSseq.opcodes(old[low:high], new[new_low:new_high]):
                if block.tag == "equal":
                    for step in range(block.src_end - block.src_start):
                        yield low + block.src_start + step, new_low + block.dest_start + step
        elif cut:
            i, j = low, new_low
            for next_i, next_j in [*_landmarks(old, new, low, high, new_low, new_high), (high, new_high)]:
                yield from _pairs(old, new, i, next_i, j, next_j, False)
                i, j = next_i, next_j
    for step in range(tail):
        yield high + step, new_high + step


def _landmarks(
    old: list[str], new: list[str], low: int, high: int, new_low: int, new_high: int
) -> list[tuple[int, int]]:
    """Starts of runs of words that are unique in both texts, as many as keep their order."""
    there = _unique(new, new_low, new_high)
    here = _unique(old, low, high)
    pairs = sorted((position, there[run]) for run, position in here.items() if run in there)
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        place = bisect_right(ends, j)
        before.append(last[place - 1] if place else -1)
        ends[place : place + 1] = [j]
        last[place : place + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _unique(words: list[str], low: int, high: int) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    for index in range(low, high - _SHINGLE + 1):
        run = tuple(words[index : index + _SHINGLE])
        found[run] = -1 if run in found else index
    return {run: index for run, index in found.items() if index >= 0}
