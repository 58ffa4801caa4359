"""The three panes of the main screen as the commands see them: each moves, folds and opens in its own way."""

from collections.abc import Callable
from typing import Protocol

from reader.tui.sources import ArticleRow, GroupRow, Sources, short_date
from reader.tui.widgets.notes import NotesPane
from reader.tui.widgets.page import Page
from reader.tui.widgets.rows import Cell, Row, RowList


class PaneControl(Protocol):
    """What every pane can be told."""

    def move_rows(self, count: int) -> None:
        """Move by rows, down when positive."""

    def move_pages(self, count: int) -> None:
        """Move by pages."""

    def move_half_pages(self, count: int) -> None:
        """Move by half pages."""

    def move_to_end(self, last: bool) -> None:
        """Go to the end, or to the beginning."""

    def move_paragraphs(self, count: int) -> None:
        """Go to the next paragraph, group or note."""

    def open_current(self) -> None:
        """Open what the cursor is on."""

    def fold_current(self) -> None:
        """Fold or unfold what the cursor is on."""


class PageControl:
    """The page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def move_rows(self, count: int) -> None:
        """Scroll by lines."""
        self.page.scroll_rows(count)

    def move_pages(self, count: int) -> None:
        """Scroll by pages."""
        self.page.scroll_pages(count)

    def move_half_pages(self, count: int) -> None:
        """Scroll by half pages; in caret mode the caret goes along."""
        if self.page.in_caret_mode:
            rows = max(1, self.page.size.height // 2)
            self.page.motion("down" if count > 0 else "up", rows * abs(count))
        else:
            self.page.scroll_half_pages(count)

    def move_to_end(self, last: bool) -> None:
        """Go to the end or the beginning."""
        if last:
            self.page.to_bottom()
        else:
            self.page.to_top()

    def move_paragraphs(self, count: int) -> None:
        """Put the next paragraph at the top."""
        self.page.to_paragraph(count)

    def open_current(self) -> None:
        """Nothing to open on the page without a caret."""

    def fold_current(self) -> None:
        """Close or open the comment thread at the top of the page."""
        self.page.toggle_thread()


class SourcesControl:
    """The list of sources."""

    def __init__(self, list: RowList, sources: Sources, opened: Callable[[str], None]) -> None:
        self.list = list
        self.sources = sources
        self._opened = opened

    def move_rows(self, count: int) -> None:
        """Move the cursor."""
        self.list.move(count)

    def move_pages(self, count: int) -> None:
        """Move the cursor by pages."""
        self.list.move_pages(count)

    def move_half_pages(self, count: int) -> None:
        """Move the cursor by half pages."""
        self.list.move_half_pages(count)

    def move_to_end(self, last: bool) -> None:
        """First or last row."""
        if last:
            self.list.to_bottom()
        else:
            self.list.to_top()

    def move_paragraphs(self, count: int) -> None:
        """The next group."""
        for _ in range(abs(count)):
            at = self.sources.next_group(self.list.index or 0, 1 if count > 0 else -1)
            if at is not None:
                self.list.go(at)

    def open_current(self) -> None:
        """Open the article, or fold the group."""
        row = self.current
        if isinstance(row, ArticleRow):
            self._opened(row.source.id)
        elif row is not None:
            self.fold_current()

    def fold_current(self) -> None:
        """Fold or unfold the group, the cursor on its heading."""
        if self.list.index is not None:
            at = self.sources.fold(self.list.index)
            self.list.show(self.list.provider, at)

    @property
    def current(self) -> GroupRow | ArticleRow | None:
        """The row under the cursor."""
        index = self.list.index
        return self.sources.rows[index] if index is not None and index < len(self.sources.rows) else None


class SourceRows:
    """The rows of the sources as the list draws them."""

    def __init__(
        self, sources: Sources, open_id: Callable[[], str | None], notes: Callable[[str], int], ascii: bool
    ) -> None:
        self._sources = sources
        self._open_id = open_id
        self._notes = notes
        self._signs = ("v", ">", "o", ".") if ascii else ("▾", "▸", "●", "○")

    @property
    def count(self) -> int:
        """The number of rows."""
        return len(self._sources.rows)

    def row(self, index: int) -> Row:
        """One row, drawn when it comes into view."""
        row = self._sources.rows[index]
        unfolded, folded, dot, ring = self._signs
        if isinstance(row, GroupRow):
            told = f"{row.unread} {dot}" if row.unread else f"{row.size}  "
            sign = folded if row.folded else unfolded
            left = (Cell(sign + " ", "quiet"), Cell(row.label))
            return Row(left, (Cell(told, "quiet"),), heading=True, key=f"group:{row.key}")
        entry = row.source
        unread = self._sources.unread(entry.id)
        voice = "accent" if entry.id == self._open_id() else "" if unread else "quiet"
        about = short_date(entry.published).rsplit(" ", 1)[0] if self._sources.grouping == "date" else ""
        notes = self._notes(entry.id)
        told = " ".join(part for part in ("gone" if entry.gone else "", about, str(notes) if notes else "") if part)
        left = (Cell((dot if unread else ring) + " ", "quiet"), Cell(entry.title, voice))
        return Row(left, (Cell(told, "quiet"),) if told else (), indent=1, key=f"{row.group}\n{entry.id}")


class NotesControl:
    """The notes beside the page."""

    def __init__(self, notes: NotesPane, opened: Callable[[str], None]) -> None:
        self.notes = notes
        self._opened = opened

    def move_rows(self, count: int) -> None:
        """Go from note to note."""
        self.notes.move(count)

    def move_pages(self, count: int) -> None:
        """Scroll by pages."""
        self.notes.scroll_pages(count)

    def move_half_pages(self, count: int) -> None:
        """Scroll by half pages."""
        self.notes.scroll_half_pages(count)

    def move_to_end(self, last: bool) -> None:
        """First or last note."""
        self.notes.to_last() if last else self.notes.to_first()

    def move_paragraphs(self, count: int) -> None:
        """Go from note to note."""
        self.notes.move(count)

    def open_current(self) -> None:
        """Go to the passage on the page."""
        if self.notes.current is not None:
            self._opened(self.notes.current)

    def fold_current(self) -> None:
        """Notes do not fold."""


