"""Where an annotated passage stands in the text of today.

Three states, each earned: *placed* or *moved* when the same words stand there and the context says that it is
this occurrence of them; *review* when the place is likely but its words changed, or several places could be
meant; *orphan* when nothing answers. Nothing is rewritten here: a placement is a proposal.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reader.annotations.alignment import Alignment
from reader.annotations.annotation import State, Target
from reader.annotations.candidates import CLEAR, CONVINCING, Candidate, Old, Scales
from reader.annotations.folding import Folded
from reader.capture.article import Article
from reader.text.span import Span

_UNUSABLE: Final = 8
"""Quotations shorter than this (folded code points) are never looked for by likeness."""

_MARGIN: Final = 0.04
"""Two changed places whose scores differ by less are both possible."""

_TWIN: Final = 0.5
"""Least agreement of either side of the context where the passage's whole line stood twice."""

_AGREES: Final = 0.35
"""Least agreement of context for a copy that is not the only one, or short."""

_ANOTHER: Final = 0.3
"""How much better another copy of the old text must fit the place found for the passage to be gone."""

_AGREES_ALONE: Final = 0.6
"""Least agreement of context where the old text is not known."""

_RIVALS: Final = 12
"""Copies for which it is asked whether they are another copy of the old text."""

_DISTINCT: Final = 24
"""Folded code points from which on a quotation is unlikely to be said twice by chance."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A proposal: `span` in code points of today's text (None for an orphan and for a whole article).

    `score` (0 to 1) is how well passage and context agree, `reason` says why the state is what it is,
    `others` are further places that could be meant, best first.
    """

    state: State
    span: Span | None
    score: float
    reason: str
    others: tuple[Span, ...] = ()


class Anchors:
    """Places passages in one text; what is learned of it and of its older versions is kept between calls."""

    def __init__(self, text: str, text_sha256: str) -> None:
        self._text = text
        self._sha256 = text_sha256
        self._new: Folded | None = None
        self._old: dict[str, Folded] = {}
        self._alignments: dict[str, Alignment] = {}

    def place(self, target: Target, old_text: str | None = None) -> Placement:
        """Where `target` stands now; `old_text` is the text that it was made on, where that was kept."""
        if target.span is None and not target.exact:
            return Placement(State.PLACED, None, 1.0, "the whole article")
        if target.text_sha256 == self._sha256 and target.stands_in(self._text):
            return Placement(State.PLACED, target.span, 1.0, "the text has not changed")
        if not target.exact.strip():
            return Placement(State.ORPHAN, None, 0.0, "the quotation is empty")
        if self._new is None:
            self._new = Folded(self._text)
        old, alignment = self._known(target, old_text)
        return self._decide(target, Scales(old, self._new, alignment))

    def _known(self, target: Target, old_text: str | None) -> tuple[Old, Alignment | None]:
        """What is known of the passage as it was, and how the whole text it stood in became today's."""
        assert self._new is not None
        if old_text is not None:
            span = _span_in(old_text, target)
            if span is not None:
                key = target.text_sha256 or old_text
                folded = self._old.get(key)
                if folded is None or folded.source != old_text:
                    folded = self._old[key] = Folded(old_text)
                    self._alignments[key] = Alignment(folded, self._new)
                return Old(folded, folded.trimmed(folded.from_source(span)), True), self._alignments[key]
        folded = Folded(target.prefix + target.exact + target.suffix)
        start = len(target.prefix)
        span = folded.trimmed(folded.from_source(Span(start, start + len(target.exact))))
        return Old(folded, span, False), None

    def _decide(self, target: Target, scales: Scales) -> Placement:
        copies = scales.copies()
        taken = {one.span for one in copies[:_RIVALS] if scales.is_another(one, _ANOTHER)}
        free = [one for one in copies if one.span not in taken]
        sure = bool(free) and free[0].context >= CONVINCING
        long = len(scales.old.quote) >= _UNUSABLE
        changed = [
            one
            for one in scales.likely(everywhere=long and not sure)
            if not any(one.span.overlaps(copy.span) and one.likeness == 1 for copy in copies)
        ]
        bracketed = next((one for one in copies if scales.bracketed(one)), None)
        ranked = sorted([*free, *changed], key=lambda one: (one is not bracketed, -one.score))
        others = tuple(scales.new.to_source(one.span) for one in [*ranked[1:], *copies] if one not in ranked[:1])
        if not ranked:
            reason = "nothing like it is in the text"
            if copies:
                reason = "gone; what says the same stood elsewhere before"
            elif not long:
                reason = "too short to be looked for by likeness"
            return Placement(State.ORPHAN, None, 0.0, reason, others)
        best, rest = ranked[0], ranked[1:]
        span = scales.new.to_source(best.span)
        state, reason = _judge(scales, best, rest) if best in free else (State.REVIEW, _changed(best, rest))
        if state is State.MOVED and span == target.span and span.of(self._text) == target.exact:
            return Placement(State.PLACED, span, best.score, "the text changed elsewhere", others)
        return Placement(state, span, best.score, reason, others)


def _changed(best: Candidate, rest: list[Candidate]) -> str:
    near = sum(best.score - one.score < _MARGIN for one in rest)
    return f"its words changed, and {near + 1} places are alike" if near else "its words changed"


def _judge(scales: Scales, best: Candidate, rest: list[Candidate]) -> tuple[State, str]:
    """Whether the best copy of the words may be taken for the passage, and why."""
    old = scales.old
    near = scales.weigh(best.span).context
    if len(old.quote) < _UNUSABLE and near < CONVINCING:
        return State.REVIEW, "the same words, but in another context"
    if scales.bracketed(best):
        return State.MOVED, "the same words stand there"
    if not scales.leads(best) or (scales.has_twin() and scales.worse_side(best) < _TWIN):
        return State.REVIEW, "this may be the other place that said the same"
    if rest and best.score - rest[0].score < CLEAR:
        return State.REVIEW, "several places say the same and stand alike"
    needed = _AGREES if rest or scales.rivals or len(old.quote) < _DISTINCT else 0.0
    if near < (needed if old.whole else _AGREES_ALONE):
        return State.REVIEW, "the same words, but in another context"
    return State.MOVED, "the same words stand there"


@lru_cache(maxsize=2)
def _anchors(text: str, text_sha256: str) -> Anchors:
    return Anchors(text, text_sha256)


def place(target: Target, old_text: str | None, article: Article) -> Placement:
    """Where `target` stands in `article`; what was learned of the last two articles is kept."""
    return _anchors(article.text, article.text_sha256).place(target, old_text)


def place_all(
    targets: Iterable[tuple[Target, str | None]],
    article: Article,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Placement]:
    """The placement of each (passage, old text), in order; ends early once `cancelled()` is true."""
    anchors = Anchors(article.text, article.text_sha256)
    for target, old_text in targets:
        if cancelled():
            return
        yield anchors.place(target, old_text)


def _span_in(old_text: str, target: Target) -> Span | None:
    """Where the quotation stands in the text it was made on; looked for when the stored position is wrong."""
    if target.stands_in(old_text):
        return target.span
    whole = old_text.find(target.prefix + target.exact + target.suffix)
    if whole >= 0:
        start = whole + len(target.prefix)
        return Span(start, start + len(target.exact))
    if old_text.count(target.exact) == 1:
        start = old_text.index(target.exact)
        return Span(start, start + len(target.exact))
    return None
