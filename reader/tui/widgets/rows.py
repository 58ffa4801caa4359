"""A list of rows over a provider: it asks for the rows in view and no others, so that a million start like
ten.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from reader.text.span import Span
from reader.tui.widgets.cells import fit
from reader.tui.widgets.looks import ACCENT, QUIET, STRONG, Look
from reader.tui.widgets.paint import strip_of
from reader.tui.widgets.row import Cell, Provider, Row, Rows, draw_row
from reader.tui.widgets.scroll import WHEEL_ROWS
from reader.tui.widgets.view import LineView, Spot
from reader.tui.widgets.wrap import wrap

__all__ = ["Cell", "Provider", "Row", "RowList", "Rows"]


class RowList(LineView, can_focus=True):
    """A list with a cursor. Keys are bound by whoever mounts it, to the methods here."""

    LOOKS: ClassVar[Mapping[str, Look]] = {
        "quiet": QUIET,
        "empty": QUIET,
        "accent": ACCENT,
        "bar": ACCENT,
        "strong": STRONG,
        "warning": Look("$warning"),
        "cursor": Look("on $primary 35%", "reverse on ansi_default", bare="reverse"),
        "hit": Look("bold underline $accent", "bold underline ansi_yellow", bare="bold underline"),
        "near": Look("underline $accent", "underline ansi_yellow"),
    }

    index: var[int | None] = var(None, init=False)
    """The row of the cursor; None in an empty list."""

    class Highlighted(Message):
        """The cursor stands on another row."""

        def __init__(self, list: "RowList", index: int) -> None:
            super().__init__()
            self.list, self.index = list, index

        @property
        def control(self) -> "RowList":
            """The list."""
            return self.list

    class Selected(Message):
        """A row was chosen, by key or by click."""

        def __init__(self, list: "RowList", index: int) -> None:
            super().__init__()
            self.list, self.index = list, index

        @property
        def control(self) -> "RowList":
            """The list."""
            return self.list

    def __init__(self, provider: Provider | None = None, *, empty: str = "", ascii: bool = False, **arguments: Any):
        super().__init__(**arguments)
        self.provider: Provider = provider or Rows()
        self.empty = empty
        self.ascii = ascii
        self.first = 0

    # What is shown

    def show(self, provider: Provider, index: int | None = 0, *, keep: bool = False) -> None:
        """Show other rows, the cursor at `index`; with `keep`, at the row with the same key and on the same
        line.
        """
        key, line = self._key(), (self.index or 0) - self.first
        self.provider = provider
        if keep and key:
            found = self._find(key, self.index or 0)
            if found is not None:
                self.first = found - line
                self._put(found, tell=False)
                return
        self._put(index if index is not None and not keep else self.index if keep else index, tell=not keep)

    def changed(self) -> None:
        """The provider's rows are others now; the cursor stays on its row as far as its key is still
        there.
        """
        self.show(self.provider, self.index, keep=True)

    def _key(self) -> str:
        """The key of the row under the cursor, remembered from when it was drawn."""
        return self._cursor_key

    _cursor_key: str = ""

    def _find(self, key: str, near: int) -> int | None:
        """The index of the row with a key, looked for around `near`; far away rows are not searched."""
        count = self.provider.count
        for distance in range(min(count, 2000)):
            for index in {near - distance, near + distance}:
                if 0 <= index < count and self.provider.row(index).key == key:
                    return index
        return None

    # The cursor

    def move(self, count: int) -> bool:
        """Move the cursor by selectable rows; whether it moved."""
        if self.index is None:
            return False
        step, moved = (1 if count > 0 else -1), self.index
        index: int | None = moved
        for _ in range(abs(count)):
            index = self._selectable(moved + step, step)
            if index is None:
                break
            moved = index
        return self._put(moved)

    def move_pages(self, count: int) -> bool:
        """Move the cursor by panes."""
        return self._jump((self.index or 0) + count * max(1, self.size.height - 1), 1 if count > 0 else -1)

    def move_half_pages(self, count: int) -> bool:
        """Move the cursor by half panes."""
        return self._jump((self.index or 0) + count * max(1, self.size.height // 2), 1 if count > 0 else -1)

    def to_top(self) -> bool:
        """To the first row."""
        return self._jump(0, 1)

    def to_bottom(self) -> bool:
        """To the last row."""
        return self._jump(self.provider.count - 1, -1)

    def to_heading(self, by: int) -> bool:
        """To the next heading (the one before when negative)."""
        index = (self.index or 0) + by
        while 0 <= index < self.provider.count:
            if self.provider.row(index).heading:
                return self._put(index)
            index += by
        return self._jump(index, by)

    def go(self, index: int) -> bool:
        """Put the cursor on a row."""
        return self._jump(index, 1)

    def select(self) -> None:
        """Choose the row under the cursor."""
        if self.index is not None:
            self.post_message(self.Selected(self, self.index))

    def _jump(self, index: int, step: int) -> bool:
        """Put the cursor on the nearest selectable row, looking on in the direction of `step` first."""
        index = max(0, min(index, self.provider.count - 1))
        near = self._selectable(index, step)
        return self._put(near if near is not None else self._selectable(index, -step))

    def _selectable(self, index: int, step: int) -> int | None:
        """The first selectable row from `index` on; None where there is none."""
        while 0 <= index < self.provider.count:
            if self.provider.row(index).selectable:
                return index
            index += step
        return None

    def _put(self, index: int | None, tell: bool = True) -> bool:
        """Put the cursor on a row that exists and bring it into view; whether it is another row."""
        count = self.provider.count
        before = self.index
        if not count:
            index = None
        elif index is not None:
            index = max(0, min(index, count - 1))
            if not self.provider.row(index).selectable:
                index = self._selectable(index, 1) if self._selectable(index, 1) is not None else index
        self.index = index
        self._cursor_key = self.provider.row(index).key if index is not None else ""
        self._scroll()
        self.redraw()
        if index is not None and tell:
            self.post_message(self.Highlighted(self, index))
        return before != index

    def _scroll(self) -> None:
        """Choose the first row in view so that the cursor is seen and no line is wasted at the end."""
        height = max(1, self.size.height)
        if self.index is not None:
            self.first = max(min(self.first, self.index), self.index - height + 1)
            if self.index and self.first == self.index and not self.provider.row(self.index - 1).selectable:
                self.first -= 1
        self.first = max(0, min(self.first, self.provider.count - height))

    def resized(self, width: int, height: int) -> None:
        """The cursor stays in view."""
        self._scroll()

    # Drawing

    def draw(self, width: int, height: int) -> Sequence[Strip]:
        """The rows in view."""
        if not self.provider.count:
            rows = wrap(self.empty, Span(0, len(self.empty)), width - 2) if self.empty else []
            return [strip_of([(fit(" " + row.of(self.empty), width), self.look("empty"))]) for row in rows[:height]]
        last = min(self.provider.count, self.first + height)
        # The screen knows it at once, the widget when the event of it came.
        cursor = "cursor" if self.screen.focused is self else "cursor-away"
        return [
            draw_row(self.provider.row(index), width, self.look, cursor if index == self.index else "", self.ascii)
            for index in range(self.first, last)
        ]

    def named_look(self, name: str) -> Style:
        """A voice, or a colour."""
        if name.startswith("#"):
            return Style(color=name)
        return super().named_look(name)

    def on_focus(self) -> None:
        """The cursor brightens."""
        self.redraw()

    def on_blur(self) -> None:
        """The cursor fades."""
        self.redraw()

    # Pointing and choosing

    def spots(self) -> list[Spot]:
        """Every selectable row in view."""
        last = min(self.provider.count, self.first + self.size.height)
        return [
            Spot(1 + self.provider.row(index).indent, index - self.first, f"row:{index}")
            for index in range(self.first, last)
            if self.provider.row(index).selectable
        ]

    def choose(self, action: str) -> None:
        """Go to a row and choose it."""
        self.go(int(action.partition(":")[2]))
        self.select()

    def on_click(self, event: events.Click) -> None:
        """A click goes to a row; on the row of the cursor, or twice, it chooses."""
        index = self.first + event.y
        if index < self.provider.count and self.provider.row(index).selectable:
            again = index == self.index
            self.go(index)
            if again or event.chain >= 2:
                self.select()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self.move(WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self.move(-WHEEL_ROWS)
