"""Weighing the places where a passage could stand: copies of its words, and stretches that resemble it.

All spans here are in folded text.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import islice
from typing import Final

from rapidfuzz.distance import Levenshtein

from reader.annotations.alignment import Alignment
from reader.annotations.contexts import TINY, Context, agree, alike
from reader.annotations.folding import Folded
from reader.text.span import Span

CONVINCING: Final = 0.8
"""Agreement of context from which on a place needs no comparison with others."""

CLEAR: Final = 0.06
"""How much better than the next a place's score must be to be the one."""

_WIDTHS: Final = (64, 320, 1600)
"""Code points of context compared on either side; wider only while places cannot be told apart."""

_LIKE: Final = 0.66
"""Least likeness of a changed passage to its quotation: at most 34 % of its letters differ ..."""

_LIKE_HERE: Final = 0.4
"""... and where its context stands unchanged around it."""

_LEAD: Final = 0.05
"""How much better than another copy of the old text the passage must agree with a place."""

_BRACKET: Final = 600
"""Code points that may have changed around a passage for it to be found by what stands before and after."""

_COMPARED: Final = 48
"""Copies that are weighed, at most."""

_CONTENDING: Final = 12
"""Copies that are weighed by a wider context, at most."""

_MANY: Final = 100_000
"""Copies that are looked at, at most."""

_LETTERS: Final = 100_000_000
"""Product of two lengths up to which passages are compared letter by letter (about 10 ms), then word by word."""

_SEARCHED: Final = 4_000
"""Code points up to which a changed passage is looked for all over the text."""

_PLACES: Final = 6
"""Places that are fitted letter by letter, at most."""

_RUN: Final = 6
"""Letters of the runs by which a changed passage is looked for."""

_LARGE: Final = 50_000
_LONG: Final = 100
"""Code points of a text, and of a passage with its context, from which on not every run is looked for."""


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

    def occurrences(self, text: str) -> Iterator[Span]:
        """The places of the same words in a text, whole words only where the quotation was whole words."""
        start, end = self.span.start, self.span.end
        opens = self.quote[:1].isalnum() and not self.text.text[max(0, start - 1) : start].isalnum()
        closes = self.quote[-1:].isalnum() and not self.text.text[end : end + 1].isalnum()
        at = text.find(self.quote)
        while at >= 0:
            after = at + len(self.quote)
            split = opens and at and text[at - 1].isalnum()
            if not split and not (closes and text[after : after + 1].isalnum()):
                yield Span(at, after)
            at = text.find(self.quote, at + 1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that could be the passage, every part 0 to 1.

    `likeness` is that of the words alone, `context` that of what stands around within `width`, `origin` 1
    where the words came from the passage itself, 0 where they came from elsewhere in the old text, 0.5 where
    that is not known.
    """

    span: Span
    likeness: float
    context: float
    origin: float
    width: int

    @property
    def score(self) -> float:
        """How well all of it agrees."""
        return 0.4 * self.likeness + 0.4 * self.context + 0.2 * self.origin

    @property
    def resembles(self) -> bool:
        """Whether its words are near enough to the quotation's, given where they stand."""
        return self.likeness >= (_LIKE_HERE if self.context >= CONVINCING else _LIKE)


class Scales:
    """Weighs places of a new text for one passage of an old one."""

    def __init__(self, old: Old, new: Folded, alignment: Alignment | None) -> None:
        self.old = old
        self.new = new
        self.alignment = alignment
        self._contexts: dict[tuple[bool, Span, int], tuple[Context, Context]] = {}

    def weigh(self, span: Span, width: int = _WIDTHS[0]) -> Candidate:
        """What speaks for `span` as the passage's place."""
        there = span.of(self.new.text)
        likeness = self._likeness(span)
        context = self._agreement(self.old.span, span, width)
        if self.alignment is None:
            return Candidate(span, likeness, context, 0.5, width)
        own, others = self.alignment.origins(span, self.old.span)
        letters = max(1, len(there.replace(" ", "")))
        return Candidate(span, likeness, context, 0.5 + (own - others) / letters / 2, width)

    def copies(self) -> list[Candidate]:
        """The places of the same words, best first; at most a few dozen, those with the likeliest context."""
        spans = self._nearest(list(islice(self.old.occurrences(self.new.text), _MANY)))
        best: list[Candidate] = []
        found = (False, 0.0)
        for width in _WIDTHS if self.old.whole else _WIDTHS[:1]:
            ranked = _ranked(self.weigh(span, width) for span in spans)
            spans = [one.span for one in ranked[:_CONTENDING]]
            if not ranked:
                break
            clear = len(ranked) == 1 or ranked[0].score - ranked[1].score >= CLEAR
            if not best or (clear, ranked[0].context) > found:
                best, found = ranked, (clear, ranked[0].context)
            if clear and ranked[0].context >= CONVINCING:
                break
        return best

    @cached_property
    def rivals(self) -> list[Span]:
        """The other places of the same words in the old text."""
        found = (span for span in self.old.occurrences(self.old.text.text) if span != self.old.span)
        return list(islice(found, _COMPARED)) if self.old.whole else []

    def is_another(self, found: Candidate, by: float) -> bool:
        """Whether the context of another copy agrees with the place better than the passage's own, by so much."""
        own = self._agreement(self.old.span, found.span, _WIDTHS[0])
        return self._rivalled(found.span, _WIDTHS[0], own + by - TINY)

    def leads(self, found: Candidate) -> bool:
        """Whether at some width no other copy's context agrees with the place nearly as well as the passage's own."""
        own = ((width, self._agreement(self.old.span, found.span, width)) for width in _WIDTHS)
        return not self.rivals or any(not self._rivalled(found.span, width, most - _LEAD) for width, most in own)

    def _rivalled(self, span: Span, width: int, level: float) -> bool:
        """Whether the context of another copy agrees with a place to that level; most are far from it."""
        there = self._around(self.new, span, width)
        return any(agree(self._around(self.old.text, copy, width), there, level) for copy in self.rivals)

    def has_twin(self) -> bool:
        """Whether the old text has the passage's whole line, or lines, once more."""
        own = self._line(self.old.span)
        return any(self._line(span) == own for span in self.rivals)

    def worse_side(self, found: Candidate) -> float:
        """Agreement of what stands right before, or right after, whichever agrees less."""
        return min(self._sides(self.old.span, found.span, _WIDTHS[0]))

    def bracketed(self, found: Candidate) -> bool:
        """Whether the words stand once between what was kept before and after, as they did before."""
        if self.alignment is None:
            return False
        was, there = self.alignment.bracket(self.old.span)
        if not there.covers(found.span) or there.length > len(self.old.quote) + _BRACKET:
            return False
        once = len(list(self.old.occurrences(there.of(self.new.text)))) == 1
        return once and len(list(self.old.occurrences(was.of(self.old.text.text)))) == 1

    def likely(self, everywhere: bool) -> list[Candidate]:
        """Stretches that resemble the quotation, best first: where it went word by word, or anywhere."""
        spans: list[Span] = []
        if self.alignment is not None:
            spans.append(self.alignment.place(self.old.span))
            if spans[0].length:
                followed = self.weigh(spans[0])
                everywhere = everywhere and not (followed.resembles and followed.context >= CONVINCING)
        if everywhere and len(self.old.quote) <= _SEARCHED:
            alone = Old(Folded(self.old.quote), Span(0, len(self.old.quote)), False)
            spans += [*_resembling(self.old.around(_WIDTHS[0]), self.new), *_resembling(alone, self.new)]
        found: list[Candidate] = []
        for one in _ranked(self.weigh(span) for span in dict.fromkeys(spans) if span.length):
            if one.resembles and not any(one.span.overlaps(other.span) for other in found):
                found.append(one)
        return found

    def _likeness(self, span: Span) -> float:
        quote, there = self.old.quote, span.of(self.new.text)
        if quote == there or len(quote) * len(there) <= _LETTERS or self.alignment is None:
            return Levenshtein.normalized_similarity(quote, there)
        return self.alignment.kept(self.old.span, span) / max(len(quote.replace(" ", "")), len(there.replace(" ", "")))

    def _line(self, span: Span) -> str:
        source, there = self.old.text.source, self.old.text.to_source(span)
        end = source.find("\n", there.end)
        return source[source.rfind("\n", 0, there.start) + 1 : end if end >= 0 else len(source)].strip()

    def _agreement(self, was: Span, there: Span, width: int) -> float:
        return sum(self._sides(was, there, width)) / 2

    def _sides(self, was: Span, there: Span, width: int) -> tuple[float, float]:
        """How alike the contexts of a place in the old and of one in the new text are, before and after."""
        old, new = self._around(self.old.text, was, width), self._around(self.new, there, width)
        return alike(old[0], new[0]), alike(old[1], new[1])

    def _around(self, text: Folded, span: Span, width: int) -> tuple[Context, Context]:
        """What stands before and after a place, remembered."""
        key = text is self.new, span, width
        found = self._contexts.get(key)
        if found is None:
            before = text.text[max(0, span.start - width) : span.start]
            found = self._contexts[key] = Context(before), Context(text.text[span.end : span.end + width])
        return found

    def _nearest(self, copies: list[Span]) -> list[Span]:
        if len(copies) <= _COMPARED:
            return copies
        text, at = self.old.text.text, self.old.span
        left, right = text[max(0, at.start - 8) : at.start], text[at.end : at.end + 8]
        expected = self.alignment.place(at).start if self.alignment else at.start

        def promise(copy: Span) -> tuple[int, int]:
            before = self.new.text[max(0, copy.start - 8) : copy.start]
            after = self.new.text[copy.end : copy.end + 8]
            return (before == left) + (after == right), -abs(copy.start - expected)

        return nlargest(_COMPARED, copies, key=promise)


def _ranked(candidates: Iterator[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda one: -one.score)


def _resembling(old: Old, new: Folded) -> list[Span]:
    """Where short runs of the passage's letters, context included, gather: the quotation's place in each."""
    needle = old.text.text
    votes: Counter[int] = Counter()  # how many runs say that the needle begins at this position
    for offset in range(
        0, max(1, len(needle) - _RUN + 1), _RUN if len(new.text) >= _LARGE else 1 + (len(needle) > _LONG)
    ):
        run, at, hits = needle[offset : offset + _RUN], -1, 0
        while hits < _COMPARED and (at := new.text.find(run, at + 1)) >= 0:
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
