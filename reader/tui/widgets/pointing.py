"""The mouse over a flow: click, double click, drag and wheel, giving the same spans as the caret."""

from typing import Any

from textual import events

from reader.tui.widgets.flow import Row
from reader.tui.widgets.selecting import Selecting


class Pointing(Selecting):
    """A flow in which places can be pointed at."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._dragging: int | None = None
        self._pressed: tuple[int, int] | None = None

    def clicked(self, position: int) -> None:
        """Called when a place was clicked and nothing was selected by it."""

    def row_at(self, y: int) -> Row | None:
        """The row on a line of the pane."""
        window = self._flow.window(self._top, self.size.height)
        return window[y][1] if 0 <= y < len(window) else None

    def position_at(self, x: int, y: int) -> int | None:
        """The code point at a cell of the pane; the nearest of its row, None where no text is."""
        row = self.row_at(y)
        return self._position_in(row, x) if row is not None and row.item.placed and row.span.length else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to drag, or act on a fold."""
        if event.button == 1:
            self._pressed = (event.x, event.y)
            self._dragging = self.position_at(event.x, event.y)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Draw the selection out; at an edge the page moves along."""
        if self._dragging is None or self._pressed is None or event.button == 0:
            return
        if self._pressed == (event.x, event.y):
            return
        if not 0 <= event.y < self.size.height:
            self.scroll_rows(1 if event.y >= self.size.height else -1)
        here = self.position_at(event.x, max(0, min(event.y, self.size.height - 1)))
        if here is not None:
            if self.caret is None:
                self.enter_caret(self._dragging)
            if self.caret is not None:
                self.caret.anchor, self.caret.position = self._dragging, self.caret.nearest(here)
                self.caret.by_paragraph = False
                self._tell_selection()
                self.redraw()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """The drag is over."""
        self.release_mouse()
        if self.selection is not None and self._pressed != (event.x, event.y):
            self._caret_moved()
        self._dragging = None

    def on_click(self, event: events.Click) -> None:
        """One click goes there or acts, two take the word, three the paragraph; a drag is no click."""
        if self._pressed is not None and self._pressed != (event.x, event.y):
            return
        row = self.row_at(event.y)
        position = self.position_at(event.x, event.y)
        if event.chain == 1 and row is not None and row.item.action:
            self.choose(row.item.action)
        elif position is not None and event.chain >= 2:
            self.enter_caret(position)
            self.select_object("word" if event.chain == 2 else "paragraph")
        elif position is not None:
            if self.caret is not None:
                self.caret.clear()
                self.caret.position = self.caret.nearest(position)
                self._caret_moved()
            self.clicked(position)
