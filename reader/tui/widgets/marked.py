"""Marks and hits over a flow: showing them, going from one to the next, and choosing them."""

from collections.abc import Sequence
from typing import Any

from textual.message import Message

from reader.search.answer import Hit
from reader.text.span import Span
from reader.tui.widgets.layers import Layers, Mark
from reader.tui.widgets.pointing import Pointing
from reader.tui.widgets.view import Spot


class Marked(Pointing):
    """A flow with marked passages and hits over its text. The subclass says how a span is brought into
    view.
    """

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.pencil = Layers()
        self._mark_at = 0

    class MarkReached(Message, namespace="page"):
        """A marked passage was gone to or clicked."""

        def __init__(self, page: "Marked", id: str) -> None:
            super().__init__()
            self.page, self.id = page, id

    def reveal(self, span: Span) -> None:
        """Bring a span into view."""
        self.bring(span.start)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Other marks over the same text; nothing moves."""
        self.pencil.set_marks(marks)
        self.redraw()

    def set_hits(self, hits: Sequence[Span | Hit], current: int | None = None) -> None:
        """Light the places that were found; `current` is the index of the one gone to, which is brought into
        view.
        """
        self.pencil.set_hits(hits, current)
        if self.pencil.current_hit is not None:
            self.reveal(self.pencil.hits[self.pencil.current_hit][0])
        self.redraw()

    def set_patterns(self, patterns: Sequence[Sequence[Span]]) -> None:
        """Light the places of several searches at once, each search in a look of its own (six, then
        again).
        """
        self.pencil.set_patterns(patterns)
        self.redraw()

    def go_mark(self, id: str) -> None:
        """Bring a marked passage into view (of several with one annotation the first) and make it the
        current.
        """
        ids = [mark.id for mark in self.pencil.marks]
        if id in ids:
            self._go_to(ids.index(id))
        else:
            self.pencil.current_mark = None
            self.redraw()

    def next_mark(self, by: int) -> bool:
        """Go to the next mark (the one before when negative), from the current one or from where one is."""
        marks = self.pencil.marks
        if not marks:
            return False
        if (here := self._current_index()) is not None:
            self._go_to((here + by) % len(marks))
        else:
            start = self.caret.position if self.caret else self.position - (1 if by > 0 else 0)
            self._go_to(self.pencil.neighbour(start, by, [mark.span for mark in marks]) or 0)
        return True

    def _current_index(self) -> int | None:
        """The index of the current mark; an annotation may have several passages."""
        marks, id = self.pencil.marks, self.pencil.current_mark
        if self._mark_at < len(marks) and marks[self._mark_at].id == id:
            return self._mark_at
        return next((index for index, mark in enumerate(marks) if mark.id == id), None)

    def _go_to(self, index: int) -> None:
        """Make a mark the current one, bring it into view and say so."""
        mark = self.pencil.marks[index]
        self._mark_at, self.pencil.current_mark = index, mark.id
        self.reveal(mark.span)
        self.post_message(self.MarkReached(self, mark.id))
        self.redraw()

    def cycle_marks(self, position: int | None = None) -> bool:
        """Where marks overlap, make the next of them the current one; whether there is one."""
        at = self._current_index()
        if position is None and self.caret is not None:
            position = self.caret.position
        elif position is None:
            position = self.pencil.marks[at].span.start if at is not None else self.position
        over = [index for index, mark in enumerate(self.pencil.marks) if mark.span.holds(position)]
        if not over:
            return False
        self._go_to(over[(over.index(at) + 1) % len(over)] if at in over else over[0])
        return True

    def likely_place(self) -> int | None:
        """Where the current hit begins: a search is often the way to a passage that is then selected."""
        current = self.pencil.current_hit
        return self.pencil.hits[current][0].start if current is not None else None

    # What can be chosen

    def clicked(self, position: int) -> None:
        """A click on a marked passage goes to its annotation."""
        self.cycle_marks(position)

    def spots(self) -> list[Spot]:
        """Folds, threads, marked passages and paragraphs in view."""
        found: list[Spot] = []
        seen: set[str] = set()
        for y, (_, row) in enumerate(self._flow.window(self._top, self.size.height)):
            if row.line == 0 and row.item.action:
                found.append(Spot(self._text_cell(row), y, row.item.action))
            elif row.item.placed and row.span.length:
                if row.line == 0:
                    found.append(Spot(self._text_cell(row), y, f"place:{row.span.start}"))
                for mark in self.pencil.marks:
                    if mark.span.overlaps(row.span) and mark.id not in seen:
                        seen.add(mark.id)
                        at = max(mark.span.start, row.span.start)
                        found.append(Spot(self._cell_of(row, at), y, f"mark:{mark.id}"))
        return found
