"""What lies over the text of a page: marks, hits, patterns, selection and caret; pure."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from reader.annotations.annotation import State
from reader.search.answer import Hit, Match
from reader.text.span import Span
from reader.tui.widgets.flow import Row
from reader.tui.widgets.paint import Overlay


class Mark(NamedTuple):
    """A passage marked by an annotation.

    `look` is the pen's colour ("#e5c453") or a name of a colour ("yellow"), with a line style after a "+" if
    wished; `state` as in the store; `has_note` when something was written about it; `sign` is the pen's own in
    the margin; `mine` whether the analyst at the keyboard made it.
    """

    span: Span
    look: str
    id: str
    state: State = State.PLACED
    has_note: bool = False
    sign: str = ""
    mine: bool = True


class Layers:
    """The marks and hits over one article, from the lowest to the topmost: pens, hits, selection, caret."""

    def __init__(self) -> None:
        self.marks: Sequence[Mark] = ()
        self.current_mark: str | None = None
        self.hits: Sequence[tuple[Span, str]] = ()
        self.current_hit: int | None = None
        self.patterns: Sequence[tuple[Span, str]] = ()
        self._starts: list[int] = []
        self._longest = 0

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Other marks, kept in text order."""
        self.marks = tuple(sorted(marks, key=lambda mark: mark.span))
        if self.current_mark not in {mark.id for mark in self.marks}:
            self.current_mark = None

    def set_hits(self, hits: Sequence[Span | Hit], current: int | None = None) -> None:
        """Other hits, in text order; those that are not what was typed look different."""
        exact = (Match.EXACT, Match.PREFIX)
        self._set(
            [
                (hit.span, "hit" if hit.match in exact else "near") if isinstance(hit, Hit) else (hit, "hit")
                for hit in hits
            ]
        )
        self.current_hit = current if current is not None and 0 <= current < len(hits) else None

    def set_patterns(self, patterns: Sequence[Sequence[Span]]) -> None:
        """The places of searches that stay lit below the hits, each search in one of six looks."""
        self.patterns = sorted(
            (span, f"pattern-{index % 6 + 1}") for index, spans in enumerate(patterns) for span in spans
        )

    def _set(self, hits: list[tuple[Span, str]]) -> None:
        """Keep the hits so that those in view are found without looking at all."""
        self.hits = hits
        self._starts = [span.start for span, _ in hits]
        self._longest = max((span.length for span, _ in hits), default=0)

    def over(self, view: Span, marks: Sequence[Mark]) -> list[Overlay]:
        """What lies over the code points in view, the topmost last; `marks` are those in view."""
        found = [Overlay(mark.span.start, mark.span.end, f"pen:{mark.look}") for mark in marks]
        for index, mark in enumerate(marks):
            for other in marks[:index]:
                if common := mark.span.common(other.span):
                    found.append(Overlay(common.start, common.end, "overlap"))
        found.extend(
            Overlay(mark.span.start, mark.span.end, "mark-current") for mark in marks if mark.id == self.current_mark
        )
        found.extend(Overlay(span.start, span.end, name) for span, name in self.patterns if span.overlaps(view))
        first = bisect_left(self._starts, view.start - self._longest)
        for index in range(first, len(self.hits)):
            span, name = self.hits[index]
            if span.start >= view.end:
                break
            if span.end > view.start:
                found.append(Overlay(span.start, span.end, "hit-current" if index == self.current_hit else name))
        return found

    def sign(self, row: Row, marks: Sequence[Mark], ascii: bool = False) -> tuple[str, str] | None:
        """The sign in the margin of a row on which one of `marks` lies, and its look.

        `▌` is a passage with a note, `│` or the pen's sign a highlight, `┊` a colleague's; `?` asks for a review,
        `~` says that the passage moved.
        """
        if not row.item.placed or not row.span.length:
            return None
        lying = [mark for mark in marks if mark.span.overlaps(row.span)]
        if not lying:
            return None
        mark = max(lying, key=lambda mark: (mark.id == self.current_mark, mark.has_note))
        look = f"sign:{mark.look}"
        if mark.state in (State.REVIEW, State.MOVED):
            return ("?" if mark.state is State.REVIEW else "~"), look
        if not mark.mine and mark.id != self.current_mark:
            return (":" if ascii else "┊"), look
        if mark.has_note or mark.id == self.current_mark:
            return ("#" if ascii else "▌"), look
        own = mark.sign if mark.sign and (mark.sign.isascii() or not ascii) else ""
        return own or ("|" if ascii else "│"), look

    def neighbour(self, position: int, by: int, items: Sequence[Span]) -> int | None:
        """The index of the next span that begins after `position` (before it when `by` is negative); wraps
        around.
        """
        if not items:
            return None
        if by > 0:
            return next((index for index, span in enumerate(items) if span.start > position), 0)
        before = [index for index, span in enumerate(items) if span.start < position]
        return before[-1] if before else len(items) - 1
