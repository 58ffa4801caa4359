"""Where an annotated passage stands in the text of today.

Three states, each earned: *placed* or *moved* when the same words stand there and the context says that it is
this occurrence of them; *review* when the place is likely but its words changed, or several places could be
meant; *orphan* when nothing answers. Nothing is rewritten here: a placement is a proposal.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from reader.annotations.alignment import Alignment
from reader.annotations.annotation import State, Target
from reader.annotations.candidates import Old, best_copy, likely
from reader.annotations.folding import Folded
from reader.capture.article import Article
from reader.text.span import Span

_UNUSABLE: Final = 8
"""Quotations shorter than this (folded code points) are never looked for by likeness."""

_LIKE: Final = 0.66
"""Least likeness of a changed passage to its quotation: at most 34 % of its letters differ."""

_MARGIN: Final = 0.04
"""Two likely places whose scores differ by less are both possible, so neither is proposed as the one."""


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
        if target.span and target.text_sha256 == self._sha256 and target.span.of(self._text) == target.exact:
            return Placement(State.PLACED, target.span, 1.0, "the text has not changed")
        if not target.exact.strip():
            return Placement(State.ORPHAN, None, 0.0, "the quotation is empty")
        if self._new is None:
            self._new = Folded(self._text)
        old, alignment = self._known(target, old_text)
        copies = list(_occurrences(self._new.text, old))
        if copies:
            return self._same_words(target, old, alignment, copies)
        return self._changed(old, alignment)

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

    def _same_words(
        self, target: Target, old: Old, alignment: Alignment | None, copies: list[Span]
    ) -> Placement:
        assert self._new is not None
        choice = best_copy(old, self._new, alignment, copies)
        span = self._new.to_source(choice.span)
        others = tuple(self._new.to_source(other) for other in choice.others)
        if not choice.sure:
            return Placement(State.REVIEW, span, choice.score, choice.reason, others)
        if span == target.span and span.of(self._text) == target.exact:
            return Placement(State.PLACED, span, choice.score, "the text changed elsewhere")
        return Placement(State.MOVED, span, choice.score, choice.reason, others)

    def _changed(self, old: Old, alignment: Alignment | None) -> Placement:
        assert self._new is not None
        if len(old.quote) < _UNUSABLE:
            return Placement(State.ORPHAN, None, 0.0, "too short to be looked for by likeness")
        found = likely(old, self._new, alignment)
        if not found or found[0].likeness < _LIKE:
            score = found[0].score if found else 0.0
            return Placement(State.ORPHAN, None, score, "nothing like it is in the text")
        best, rest = found[0], found[1:]
        near = [other for other in rest if other.likeness >= _LIKE and best.score - other.score < _MARGIN]
        others = tuple(self._new.to_source(other.span) for other in near)
        reason = f"its words changed, and {len(near) + 1} places are alike" if near else "its words changed"
        return Placement(State.REVIEW, self._new.to_source(best.span), best.score, reason, others)


def place(target: Target, old_text: str | None, article: Article) -> Placement:
    """Where `target` stands in `article`; for many passages of one article `place_all` shares the work."""
    return Anchors(article.text, article.text_sha256).place(target, old_text)


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
    if target.span and target.span.of(old_text) == target.exact:
        return target.span
    whole = old_text.find(target.prefix + target.exact + target.suffix)
    if whole >= 0:
        start = whole + len(target.prefix)
        return Span(start, start + len(target.exact))
    if old_text.count(target.exact) == 1:
        start = old_text.index(target.exact)
        return Span(start, start + len(target.exact))
    return None


def _occurrences(text: str, old: Old) -> Iterator[Span]:
    """The places of the same words, whole words only where the quotation was whole words."""
    at = text.find(old.quote)
    while at >= 0:
        end = at + len(old.quote)
        opens = not old.opens_word or at == 0 or not text[at - 1].isalnum()
        closes = not old.closes_word or end == len(text) or not text[end].isalnum()
        if opens and closes:
            yield Span(at, end)
        at = text.find(old.quote, at + 1)
