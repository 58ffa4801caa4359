"""Caret mode: a caret and a selection over a flow of placed text, moved by keys."""

from typing import Any

from textual.message import Message

from reader.text.span import Span
from reader.tui.widgets.caret import Caret
from reader.tui.widgets.cells import clusters, width_of
from reader.tui.widgets.flow import Anchor, Row
from reader.tui.widgets.paint import Overlay, text_cell
from reader.tui.widgets.scroll import FlowView

_BY_ROW = ("up", "down", "line-start", "line-end")


class Selecting(FlowView):
    """A flow with a caret. The subclass gives `text`, and the column in which rows are drawn."""

    text: str = ""
    """The text that places are code points of."""

    class CaretChanged(Message, namespace="page"):
        """Caret mode was entered (`position` is its code point), the caret moved, or it was left (None)."""

        def __init__(self, page: "Selecting", position: int | None) -> None:
            super().__init__()
            self.page, self.position = page, position

        @property
        def control(self) -> "Selecting":
            """The page whose caret it is."""
            return self.page

    class SelectionChanged(Message, namespace="page"):
        """Another passage is selected, or none."""

        def __init__(self, page: "Selecting", span: Span | None) -> None:
            super().__init__()
            self.page, self.span = page, span

        @property
        def control(self) -> "Selecting":
            """The page on which it is selected."""
            return self.page

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.caret: Caret | None = None
        self._goal: int | None = None
        self._told: Span | None = None
        self._last_caret: int | None = None

    # Where the subclass draws

    @property
    def column(self) -> tuple[int, int]:
        """The cell at which the text column begins, and its width in cells."""
        return 0, max(1, self.size.width)

    def right_edge(self, row: Row) -> int | None:
        """The cell at which a row that is set at the right ends; None for the others."""
        return None

    # Caret mode

    @property
    def in_caret_mode(self) -> bool:
        """Whether keys move a caret rather than the page."""
        return self.caret is not None

    @property
    def selection(self) -> Span | None:
        """The passage selected, by keys or by mouse."""
        return self.caret.selection if self.caret else None

    def enter_caret(self, position: int | None = None) -> bool:
        """Show the caret, at `position` or where it was last or is likely wanted, if that is in view; whether
        there is text for one.
        """
        visible = self._flow.placed_spans()
        if not any(span.length for span in visible):
            return False
        if position is None:
            shown = [row.span for _, row in self._flow.window(self._top, self.size.height) if row.item.placed]
            likely = (self._last_caret, self.likely_place())
            in_view = [one for one in likely if one is not None and any(span.holds(one) for span in shown)]
            top = next((span.start for span in shown if span.length), self.position)
            position = in_view[0] if in_view else top
        self.caret = Caret(self.text, visible, position or 0)
        self._goal = None
        self._caret_moved()
        return True

    def likely_place(self) -> int | None:
        """A place that a caret would be wanted at, as far as the subclass knows one."""
        return None

    def leave_caret(self) -> None:
        """Hide the caret; nothing is selected any more."""
        if self.caret is not None:
            self._forget_caret()
            self.post_message(self.CaretChanged(self, None))
            self._tell_selection()
            self.redraw()

    def _forget_caret(self) -> None:
        """Leave caret mode without a word, for another text."""
        self._last_caret = self.caret.position if self.caret else None
        self.caret, self._goal = None, None

    def _refit_caret(self) -> None:
        """The same caret and selection over what is visible now."""
        old = self.caret
        if old is not None:
            self.caret = Caret(self.text, self._flow.placed_spans(), old.position)
            self.caret.anchor = None if old.anchor is None else self.caret.nearest(old.anchor)
            self.caret.by_paragraph = old.by_paragraph

    def motion(self, name: str, count: int = 1, character: str = "") -> bool:
        """Move the caret by a motion of `caret.MOTIONS` or by rows; whether it moved."""
        if self.caret is None:
            return False
        if name in _BY_ROW:
            moved = self._by_row(name, count)
        else:
            moved = self.caret.move(name, count, character)
            self._goal = None
        self._caret_moved()
        return moved

    def begin_selection(self, by_paragraph: bool = False) -> None:
        """Begin a selection at the caret, or end it (`v`, and `V` for whole paragraphs)."""
        self._change(lambda caret: caret.begin(by_paragraph))

    def select_object(self, name: str) -> None:
        """Select the word, sentence, paragraph, quotation or article around the caret; again for the next one
        too.
        """
        self._change(lambda caret: caret.select(name))

    def select_span(self, span: Span) -> None:
        """Select a span and show it."""
        if self.caret is None:
            self.enter_caret(span.start)
        self._change(lambda caret: caret.take(span))

    def other_end(self) -> None:
        """Go to the other end of the selection."""
        self._change(lambda caret: caret.other_end())

    def expand_selection(self) -> None:
        """Select the next larger thing."""
        self._change(lambda caret: caret.expand())

    def shrink_selection(self) -> None:
        """Undo the last `expand`."""
        self._change(lambda caret: caret.shrink())

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        self._change(lambda caret: caret.clear())

    def selection_in_words(self) -> str:
        """What is selected, for the status line: "2 sentences, 31 words"; empty when nothing is."""
        span = self.selection
        if span is None:
            return ""
        from reader.text.sentences import sentences, words

        number = len(words(self.text, span))
        whole = [s for s in sentences(self.text, span) if s.length]
        parts = [f"{number} word{'' if number == 1 else 's'}"]
        if span.of(self.text).rstrip()[-1:] in ".!?…”\"'»。؟" and number > 1:
            parts.insert(0, f"{len(whole)} sentence{'' if len(whole) == 1 else 's'}")
        return ", ".join(parts)

    def _change(self, change: Any) -> None:
        """Do something to the caret, if there is one, and show it."""
        if self.caret is not None:
            change(self.caret)
            self._goal = None
            self._caret_moved()

    def _caret_moved(self) -> None:
        """Keep the caret in view and tell where it is."""
        if self.caret is not None:
            self.bring(self.caret.position, margin=0)
            self.post_message(self.CaretChanged(self, self.caret.position))
        self._tell_selection()
        self.redraw()

    def _tell_selection(self) -> None:
        """Say so when another passage is selected."""
        if self.selection != self._told:
            self._told = self.selection
            self.post_message(self.SelectionChanged(self, self._told))

    def _by_row(self, name: str, count: int) -> bool:
        """Up and down keep the cell, the ends of a row are those on the screen."""
        assert self.caret is not None
        anchor = self._flow.at(self.caret.position)
        if anchor is None:
            return False
        row, before = self._flow.row(anchor), self.caret.position
        if name == "line-start":
            self.caret.position, self._goal = self.caret.nearest(row.span.start), None
        elif name == "line-end":
            self.caret.position, self._goal = self.caret.nearest(max(row.span.start, row.span.end - 1)), None
        else:
            goal = self._goal if self._goal is not None else self._cell_of(row, self.caret.position)
            for _ in range(max(1, count)):
                following = self._next_text_row(anchor, 1 if name == "down" else -1)
                if following is None:
                    break
                anchor = following
            self.caret.position = self.caret.nearest(self._position_in(self._flow.row(anchor), goal))
            self._goal = goal
        return self.caret.position != before

    def _next_text_row(self, anchor: Anchor, by: int) -> Anchor | None:
        """The nearest row below (above) that shows the article's text."""
        while True:
            following = self._flow.step(anchor, by)
            if following == anchor:
                return None
            anchor = following
            row = self._flow.row(anchor)
            if row.item.placed and row.span.length:
                return anchor

    # Cells and code points

    def _cell_of(self, row: Row, position: int) -> int:
        """The cell in the pane at which a code point of the row is drawn."""
        return self._text_cell(row) + width_of(row.item.text[row.span.start : position])

    def _text_cell(self, row: Row) -> int:
        """The cell in the pane at which the text of a row begins."""
        return text_cell(row, self.column[0], self.right_edge(row))

    def _position_in(self, row: Row, cell: int) -> int:
        """The code point of the row at a cell of the pane, or the nearest one."""
        at = self._text_cell(row)
        found = row.span.start
        for cluster in clusters(row.item.text, row.span.start, row.span.end):
            if at > cell:
                break
            found, at = cluster.start, at + cluster.width
        return found

    def selection_overlays(self) -> list[Overlay]:
        """The selection and, above it, the caret."""
        found = []
        if (span := self.selection) is not None:
            found.append(Overlay(span.start, span.end, "selection"))
        if self.caret is not None:
            at = self.caret.position
            found.append(Overlay(at, self.caret.end_of(at), "caret"))
        return found
