"""A list of annotations to act on: rows that are filtered, ticked and changed, with the one in focus told below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from reader.annotations.annotation import Annotation
from reader.tui.commands import action
from reader.tui.screens.pick import Pick
from reader.tui.widgets.rows import Row, Rows
from reader.tui.widgets.status import StatusLine


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a board with what it stands for.

    `told` is what is said of it below the list; `article` and `at` are where Enter leads, unless the annotation does.
    """

    row: Row
    annotation: Annotation | None = None
    told: str = ""
    article: str = ""
    at: int | None = None
    index: int = 0


class Board(Pick):
    """The list. What a kind of board can do stands in `CAN`: commands with their words for the status line."""

    NAME: ClassVar[str] = ""
    EMPTY: ClassVar[str] = "Nothing here"
    CAN: ClassVar[dict[str, str]] = {}

    def __init__(self) -> None:
        super().__init__(self.NAME, (), empty="Looking …", high=True)
        self.add_class("board")
        self.status = StatusLine(id="board-status")
        self.told = Static("", id="board-told", markup=False)
        self.lines: list[Line] = []
        self.ticked: set[str] = set()
        self.chosen: Line | None = None
        self._waiting = ""

    def compose(self) -> ComposeResult:
        """The line to filter by, the rows, what is told of the row in focus, the keys."""
        with Vertical(id="pick"):
            with Horizontal(id="pick-line"):
                yield Static(f"{self.name_of_list} ", id="pick-title", markup=False)
                yield self.prompt
            yield self.list
            yield self.told
            yield self.status

    def on_mount(self) -> None:
        """Find out what there is; the list itself is shown by what lies below."""
        self.load()
        self.show_state()

    @property
    def first_in_focus(self) -> Widget:
        """The rows."""
        return self.list

    @property
    def places(self) -> tuple[str, ...]:
        """In the line one types; in the rows keys are commands."""
        return ("prompt",) if self.prompt.has_focus else ("board", "list")

    # What a kind of board gives

    def load(self) -> None:
        """Find out what there is, and `put` it."""

    def lines_for(self, text: str) -> list[Line]:
        """The lines that answer to what is typed."""
        raise NotImplementedError

    def act(self, name: str, lines: Sequence[Line]) -> None:
        """Do what a command does to the lines that are ticked, or to the one in focus."""

    def words_on(self, line: Line) -> str:
        """What is said below of the line in focus."""
        return line.told

    # Showing

    def look_for(self, text: str) -> None:
        """Show the lines that answer to what is typed."""
        self.lines = self.lines_for(text)
        self.list.show(Rows([self._drawn(line) for line in self.lines]), keep=True)
        if self.list.index is None:
            self.list.go(0)
        self.tell_line()
        if self.is_mounted:
            self.show_state()

    def put(self) -> None:
        """Show what was found."""
        self.list.empty = self.EMPTY
        self.look_for(self.prompt.value)
        self.list.redraw()
        self.show_state()

    def _drawn(self, line: Line) -> Row:
        """A line as a row, with its tick."""
        return replace(line.row, ticked=True) if line.row.key in self.ticked else line.row

    @property
    def line(self) -> Line | None:
        """The line in focus."""
        index = self.list.index
        return self.lines[index] if index is not None and index < len(self.lines) else None

    def on_row_list_highlighted(self, event: Any) -> None:
        """Another row is in focus."""
        self.tell_line()

    def tell_line(self) -> None:
        """Say below what the row in focus is about."""
        self.told.update(self.words_on(self.line) if self.line is not None else "")

    def show_state(self) -> None:
        """The keys that matter, and how much there is."""
        rows = sum(1 for line in self.lines if line.row.selectable)
        ticked = f"{len(self.ticked)} ticked · " if self.ticked else ""
        self.status.set_mode(self.NAME.rstrip(":").upper())
        self.status.set_place(f"{ticked}{rows} row{'' if rows == 1 else 's'}")
        keymap, ascii = self.desk.keymap, self.desk.settings.ascii
        wanted = {"open": "go", **self.CAN, "find": "filter", "leave": "back"}
        if self.prompt.has_focus:
            wanted = {"prompt.accept": "go", "prompt.rows": "rows", "prompt.leave": "back"}
        self.status.set_keys([(keymap.first(name, ascii), word) for name, word in wanted.items()])

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Other keys count now."""
        self.show_state()

    def keys_pending(self) -> None:
        """Show what letter is awaited."""
        before, self._waiting = self._waiting, self.dispatcher.awaiting
        if self._waiting:
            self.status.say(self._waiting)
        elif self.status.message == before:
            self.status.dismiss()

    # Acting

    def take(self) -> None:
        """Leave for the place of the row in focus."""
        self.chosen = self.line
        if self.line is not None and self.line.row.selectable:
            self.dismiss(self.line.row.key)

    def meant(self) -> list[Line]:
        """The lines that are ticked, else the one in focus."""
        lines = [line for line in self.lines if line.row.key in self.ticked]
        return lines or [line for line in [self.line] if line is not None and line.row.selectable]

    def annotations(self, lines: Iterable[Line]) -> list[Annotation]:
        """The annotations of the lines as they stand now, each once."""
        ids = dict.fromkeys(line.annotation.id for line in lines if line.annotation is not None)
        return [one for id in ids if (one := self.workspace.store.get(id)) is not None]

    def own(self, annotations: Sequence[Annotation]) -> list[Annotation]:
        """Those of this analyst; says how many are colleagues' and stay as they are."""
        mine = [one for one in annotations if self.workspace.store.is_mine(one)]
        if len(mine) < len(annotations):
            self.desk.say(f"{len(annotations) - len(mine)} of a colleague are left as they are")
        return mine

    def changed(self) -> None:
        """Annotations changed: show them here and on the page."""
        self.ticked.clear()
        self.desk.main_screen.notes_changed(None)
        self.load()


def _run(name: str) -> None:
    """Declare a command that the kind of board carries out."""

    @action(name, on="list")
    def act(screen: Pick, count: int) -> None:
        if isinstance(screen, Board) and name in screen.CAN:
            lines = screen.meant()
            if lines or name in ("board.group", "board.left", "board.right"):
                screen.act(name, lines)
                screen.show_state()
        else:
            screen.desk.say("Not in this list")


for _name in ("group", "tag", "pen", "edit", "delete", "accept", "attach", "keep", "left", "right"):
    _run(f"board.{_name}")
_run("reply")
_run("take")


@action("board.tick", on="list")
def tick(screen: Pick, count: int) -> None:
    """Tick the row in focus, or take its tick away."""
    if isinstance(screen, Board) and screen.line is not None and screen.line.row.selectable:
        screen.ticked ^= {screen.line.row.key}
        screen.look_for(screen.prompt.value)
        screen.list.move(1)
        screen.show_state()


@action("board.tick-all", on="list")
def tick_all(screen: Pick, count: int) -> None:
    """Tick every row shown, or none where all are ticked."""
    if isinstance(screen, Board):
        keys = {line.row.key for line in screen.lines if line.row.selectable}
        screen.ticked = set() if keys <= screen.ticked else screen.ticked | keys
        screen.look_for(screen.prompt.value)
        screen.show_state()


@action("undo", on="list")
def undo(screen: Pick, count: int) -> None:
    """Undo the last change of annotations."""
    if isinstance(screen, Board):
        words = screen.workspace.store.undo()
        screen.changed()
        screen.desk.say(f"Undone: {words}" if words else "Nothing to undo")
