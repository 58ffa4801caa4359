"""Weighing the places where a passage could stand: copies of its words, and stretches that resemble it.

All spans here are in folded text.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from typing import Final

from rapidfuzz.distance import Levenshtein

from reader.annotations.alignment import Alignment
from reader.annotations.folding import Folded
from reader.text.span import Span

_WIDTHS: Final = (64, 320, 1600)
"""Code points of context compared on either side; wider only while copies cannot be told apart."""

_CLEAR: Final = 0.1
"""How much better than the next a copy's context must be."""

_AGREES: Final = 0.3
"""Least agreement of context for the only copy of a short quotation."""

_DISTINCT: Final = 24
"""Folded code points from which on a quotation is unlikely to be said twice by chance."""

_COMPARED: Final = 48
_PLACES: Final = 6
_GRAM: Final = 6
_LARGE: Final = 50_000


@dataclass(frozen=True)
class Old:
    """The passage as it was: its place in the folded old text, or in its stored context when not `whole`."""

    text: Folded
    span: Span
    whole: bool

    @cached_property
    def quote(self) -> str:
        """The folded quotation."""
        return self.span.of(self.text.text)

    def around(self, width: int) -> "Old":
        """The passage with only so many code points of context."""
        start = max(0, self.span.start - width)
        text = Folded(self.text.text[start : self.span.end + width])
        return Old(text, self.span.shifted(-start), False)

    @property
    def opens_word(self) -> bool:
        """Whether the quotation began at the beginning of a word."""
        start = self.span.start
        return self.quote[:1].isalnum() and not self.text.text[max(0, start - 1) : start].isalnum()

    @property
    def closes_word(self) -> bool:
        """Whether the quotation ended at the end of a word."""
        end = self.span.end
        return self.quote[-1:].isalnum() and not self.text.text[end : end + 1].isalnum()


@dataclass(frozen=True, slots=True)
class Choice:
    """The best of several copies; `sure` when nothing else could be meant."""

    span: Span
    score: float
    sure: bool
    reason: str
    others: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Likely:
    """A stretch that resembles the passage: `likeness` of the words alone, `score` with context."""

    span: Span
    likeness: float
    score: float


def agreement(one: Folded, at: Span, other: Folded, there: Span, width: int = _WIDTHS[0]) -> float:
    """How alike the contexts of two passages are, 0 to 1: the mean of the two sides."""
    left = _alike(
        one.text[max(0, at.start - width) : at.start], other.text[max(0, there.start - width) : there.start]
    )
    right = _alike(one.text[at.end : at.end + width], other.text[there.end : there.end + width])
    return (left + right) / 2


def _alike(one: str, other: str) -> float:
    one, other = one.strip(), other.strip()
    if not one and not other:
        return 1.0
    return Levenshtein.normalized_similarity(one, other)


def best_copy(old: Old, new: Folded, alignment: Alignment | None, copies: list[Span]) -> Choice:
    """Which copy of the quotation's words is the passage."""
    copies = _nearest(old, new, alignment, copies)
    for width in _WIDTHS:
        ranked = sorted(((_weight(old, new, alignment, copy, width), copy) for copy in copies), reverse=True)
        (score, best), rest = ranked[0], ranked[1:]
        clear = not rest or score - rest[0][0] >= _CLEAR
        if clear or not old.whole:
            break
    others = tuple(copy for _, copy in rest)
    if not clear:
        return Choice(best, score, False, f"{len(copies)} places say the same and stand alike", others)
    rival = _rival(old, new, best) if old.whole else 0.0
    if rival > agreement(old.text, old.span, new, best):
        return Choice(best, score, False, "this may be the other place that said the same", others)
    needed = _AGREES if rest or rival or not old.whole or len(old.quote) < _DISTINCT else 0.0
    if score < needed:
        return Choice(best, score, False, "the same words, but in another context", others)
    return Choice(best, score, True, "the same words stand there", others)


def _weight(old: Old, new: Folded, alignment: Alignment | None, copy: Span, width: int) -> float:
    score = agreement(old.text, old.span, new, copy, width)
    if alignment is None:
        return score
    return 0.7 * score + 0.3 * alignment.kept(old.span, copy) / max(1, len(old.quote.replace(" ", "")))


def _nearest(old: Old, new: Folded, alignment: Alignment | None, copies: list[Span]) -> list[Span]:
    """At most a few dozen copies, those with the likeliest surroundings."""
    if len(copies) <= _COMPARED:
        return copies
    text, at = old.text.text, old.span
    left, right = text[max(0, at.start - 8) : at.start], text[at.end : at.end + 8]
    expected = alignment.place(at).start if alignment else at.start

    def promise(copy: Span) -> tuple[int, int]:
        before, after = new.text[max(0, copy.start - 8) : copy.start], new.text[copy.end : copy.end + 8]
        return (before == left) + (after == right), -abs(copy.start - expected)

    return nlargest(_COMPARED, copies, key=promise)


def _rival(old: Old, new: Folded, best: Span) -> float:
    """The best agreement that any other copy in the old text has with the place found in the new one."""
    found, seen, at = 0.0, 0, old.text.text.find(old.quote)
    while at >= 0 and seen < 4 * _COMPARED:
        if at != old.span.start:
            seen += 1
            found = max(found, agreement(old.text, Span(at, at + len(old.quote)), new, best))
        at = old.text.text.find(old.quote, at + 1)
    return found


def likely(old: Old, new: Folded, alignment: Alignment | None) -> list[Likely]:
    """Stretches that resemble the quotation, best first."""
    spans: list[Span] = []
    if alignment is not None:
        span = alignment.place(old.span)
        if span.length and alignment.kept(old.span, span) * 2 >= len(old.quote.replace(" ", "")):
            spans.append(span)
    around = old.around(_WIDTHS[0])
    alone = Old(Folded(old.quote), Span(0, len(old.quote)), False)
    spans += _resembling(around, new) + _resembling(alone, new)
    weighed: list[Likely] = []
    for one in sorted((_weigh(old, new, span) for span in set(spans)), key=lambda one: -one.score):
        if not any(one.span.overlaps(other.span) for other in weighed):
            weighed.append(one)
    return weighed


def _weigh(old: Old, new: Folded, span: Span) -> Likely:
    likeness = Levenshtein.normalized_similarity(old.quote, span.of(new.text))
    return Likely(span, likeness, 0.6 * likeness + 0.4 * agreement(old.text, old.span, new, span))


def _resembling(old: Old, new: Folded) -> list[Span]:
    """Where short runs of the passage's letters, context included, gather: the quotation's place in each."""
    needle = old.text.text
    votes: Counter[int] = Counter()  # how many runs say that the needle begins at this position
    step = 1 if len(new.text) < _LARGE else _GRAM
    for offset in range(0, max(1, len(needle) - _GRAM + 1), step):
        gram, at, hits = needle[offset : offset + _GRAM], -1, 0
        while hits < _COMPARED and (at := new.text.find(gram, at + 1)) >= 0:
            votes[at - offset] += 1
            hits += 1
    size = max(16, len(needle) // 2)
    buckets: Counter[int] = Counter()
    for start, count in votes.items():
        buckets[start // size] += count
        buckets[start // size - 1] += count
    found: list[Span] = []
    for bucket, _ in buckets.most_common(_PLACES):
        near = [start for start in votes if bucket * size <= start < (bucket + 2) * size]
        strong = [start for start in near if votes[start] >= 3] or near
        low = max(0, min(strong) - 1)
        window = Folded(new.text[low : max(strong) + len(needle) + 1])
        span = Alignment(old.text, window).place(old.span)
        if span.length:
            found.append(span.shifted(low))
    return found
