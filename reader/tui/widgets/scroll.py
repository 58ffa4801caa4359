"""Moving through a flow: by rows, pages, paragraphs, to a place, by wheel."""

from collections.abc import Callable
from typing import Any

from textual import events
from textual.reactive import var

from reader.tui.widgets.flow import Anchor, Flow
from reader.tui.widgets.view import LineView

WHEEL_ROWS = 3
"""Rows that one notch of the wheel moves."""


class FlowView(LineView):
    """A pane over a `Flow`, from the row at `_top` on."""

    position: var[int] = var(0, init=False)
    """The code point at the top of the pane; it stays the same through changes of size."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._flow = Flow((), 1)
        self._top = Anchor(0, 0)

    def moved(self) -> None:
        """Called when the pane stands at another row."""

    @property
    def at_end(self) -> bool:
        """Whether the last row is in view."""
        return self._flow.ends_within(self._top, self.size.height)

    def stand(self, top: Anchor) -> bool:
        """Put a row at the top, as far as the end of the flow allows; whether anything moved."""
        settled = self._flow.settled(top, self.size.height)
        changed = settled != self._top
        self._top = settled
        self.position = self._first_position()
        self.redraw()
        if changed:
            self.moved()
        return changed

    def _first_position(self) -> int:
        """The first placed code point at or below the top row."""
        for anchor, row in self._flow.window(self._top, max(4, self.size.height)):
            if row.item.placed and row.line >= 0 and anchor.item >= self._top.item:
                return row.span.start
        return self.position

    def scroll_rows(self, count: int) -> bool:
        """Move by rows, down when positive; whether anything moved."""
        return self.stand(self._flow.step(self._top, count))

    def scroll_pages(self, count: int) -> bool:
        """Move by panes, with two rows kept for the eye."""
        return self.scroll_rows(count * max(1, self.size.height - 2))

    def scroll_half_pages(self, count: int) -> bool:
        """Move by half panes."""
        return self.scroll_rows(count * max(1, self.size.height // 2))

    def to_top(self) -> bool:
        """Go to the beginning."""
        return self.stand(Anchor(0, 0))

    def to_bottom(self) -> bool:
        """Go to the end."""
        return self.stand(self._flow.last())

    def to_paragraph(self, by: int) -> bool:
        """Put the next paragraph (the one before when negative) at the top."""
        here = self._top
        step = 1 if by > 0 else -1
        for _ in range(abs(by)):
            item = here.item if step < 0 and here.row > self._lead_rows(here.item) else here.item + step
            here = Anchor(max(0, min(item, len(self._flow.items) - 1)), 0)
            here = Anchor(here.item, self._lead_rows(here.item))
        return self.stand(here)

    def _lead_rows(self, item: int) -> int:
        """The number of blank rows above an item."""
        if not self._flow.items:
            return 0
        return sum(1 for row in self._flow.rows(item) if row.line < 0)

    def bring(self, position: int, margin: int = 2) -> bool:
        """Bring the row of a code point into view, moving only when it is out of it; whether anything
        moved.
        """
        return self._bring(lambda: self._flow.at(position), margin)

    def _bring(self, where: Callable[[], Anchor | None], margin: int) -> bool:
        """Bring a row into view: a third from the top when it was out of view."""
        target = where()
        height = self.size.height
        if target is None or not height:
            return False
        self._top = self._flow.settled(self._top, height)
        margin = min(margin, max(0, (height - 1) // 2))
        shown = [anchor for anchor, _ in self._flow.window(self._top, height)]
        if target in shown:
            at = shown.index(target)
            if at < margin:
                return self.stand(self._flow.step(self._top, at - margin))
            if at >= height - margin:
                return self.stand(self._flow.step(self._top, at - (height - margin) + 1))
            return False
        if target == self._flow.step(self._top, -1):
            return self.stand(self._flow.step(target, -margin))
        if shown and target == self._flow.step(shown[-1], 1):
            return self.stand(self._flow.step(self._top, 1 + margin))
        return self.stand(self._flow.step(target, -(height // 3)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel, towards the end."""
        event.stop()
        self.scroll_rows(WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel, towards the beginning."""
        event.stop()
        self.scroll_rows(-WHEEL_ROWS)
