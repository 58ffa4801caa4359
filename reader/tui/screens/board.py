"""A list of annotations to act on: rows that are filtered, ticked and changed, with the one in focus told below."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from reader.annotations.annotation import Annotation
from reader.text.clean import clean_line
from reader.tui.screens.pick import Pick
from reader.tui.widgets.drawn import Box
from reader.tui.widgets.rows import Row
from reader.tui.widgets.status import StatusLine

T = TypeVar("T")

LOW: Final = 16
"""Rows of a screen below which a board takes all of it, and what is told of a row is cut to two."""


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


class Lines:
    """Lines as the list draws them, with the ticks that they have."""

    def __init__(self, lines: Sequence[Line], ticked: set[str]) -> None:
        self._lines = lines
        self._ticked = ticked

    @property
    def count(self) -> int:
        """The number of lines."""
        return len(self._lines)

    def row(self, index: int) -> Row:
        """One line, drawn when it comes into view."""
        row = self._lines[index].row
        return row._replace(ticked=True) if row.key in self._ticked else row


class Board(Pick, Generic[T]):
    """The list. What a kind of board can do stands in `CAN`: commands with their words for the status line.

    What there is, and the lines that answer to what is typed, are found in a thread; one question at a time, the
    latest next.
    """

    DEFAULT_CSS = """
    Board #pick { height: 100%; max-height: 100%; border-top: none; }
    Board.low #pick { height: 100%; max-height: 100%; }
    #board-told { height: auto; max-height: 8; width: 1fr; padding: 0 1; border-top: hkey $rule; }
    Board.low #board-told { max-height: 3; }
    """
    NAME: ClassVar[str] = ""
    EMPTY: ClassVar[str] = "Nothing here"
    CAN: ClassVar[dict[str, str]] = {}

    class Answered(Message):
        """What there is was found, and the lines that answer; None where that failed."""

        def __init__(self, question: int, answer: "tuple[Any, list[Line]] | None") -> None:
            super().__init__()
            self.question, self.answer = question, answer

    def __init__(self) -> None:
        super().__init__(self.NAME, (), empty="Looking …", high=True)
        self.status = StatusLine(id="board-status")
        self.told = Static("", id="board-told", markup=False)
        self.there: T | None = None
        self.lines: list[Line] = []
        self.ticked: set[str] = set()
        self.chosen: Line | None = None
        self._waiting = ""
        self._question = 0
        self._needed = 0
        self._asking = self._anew = False

    def compose(self) -> ComposeResult:
        """The line to filter by, the rows, what is told of the row in focus, the keys."""
        with Box(id="pick"):
            with Box(id="pick-line"):
                yield Static(f"{self.name_of_list} ", id="pick-title", markup=False)
                yield self.prompt
            yield self.list
            yield self.told
            yield self.status

    def on_mount(self) -> None:
        """Say what can be done; the list itself is shown by what lies below."""
        self.show_state()

    def on_resize(self, event: events.Resize) -> None:
        """On a low screen the rows have the room."""
        self.set_class(event.size.height < LOW, "low")

    def on_unmount(self) -> None:
        """Let go of the rows: a screen that was left is in memory until rubbish is looked for everywhere."""
        self.lines.clear()
        self.there = None

    def show_choices(self) -> None:
        """Find out what there is."""
        self.load()

    @property
    def first_in_focus(self) -> Widget:
        """The rows."""
        return self.list

    @property
    def places(self) -> tuple[str, ...]:
        """In the line one types; in the rows keys are commands."""
        return ("prompt",) if self.prompt.has_focus else ("board", "list")

    # What a kind of board gives

    def gather(self) -> T:
        """In a thread: what there is."""
        raise NotImplementedError

    def lines_for(self, there: T, text: str) -> list[Line]:
        """In a thread: the lines that answer to what is typed."""
        raise NotImplementedError

    def act(self, name: str, lines: Sequence[Line]) -> None:
        """Do what a command does to the lines that are ticked, or to the one in focus."""

    def words_on(self, line: Line) -> str:
        """What is said below of the line in focus."""
        return line.told

    # Finding and showing

    def load(self, *, needed: bool = True) -> None:
        """Find out anew what there is, and show it; keys go on meanwhile where it is not `needed`."""
        self._anew = True
        self._wonder(needed)

    def look_for(self, text: str) -> None:
        """Show the lines that answer to what is typed, as soon as they are found."""
        self._wonder(True)

    def _wonder(self, needed: bool) -> None:
        """Ask, unless something is being found already: then next."""
        self._question += 1
        if needed:
            self._needed, self.gathering = self._question, True
        if not self._asking:
            self._ask()

    def _ask(self) -> None:
        """Find the lines in a thread."""
        self._asking = True
        question, text, there = self._question, self.prompt.value, None if self._anew else self.there
        self._anew = False

        def find() -> None:
            answer = None
            try:
                found = self.gather() if there is None else there
                answer = found, self.lines_for(found, text)
            finally:
                self.post_message(self.Answered(question, answer))

        self.in_thread(find)

    def on_board_answered(self, event: Answered) -> None:
        """Show the lines; where something else is asked by now, find that."""
        self._asking = False
        if event.answer is not None:
            self.there, self.lines = event.answer
            typed = clean_line(self.prompt.value, 60).strip()
            self.list.empty = f"Nothing here answers to “{typed}”" if typed else self.EMPTY
            self.show_lines()
        self.gathering = event.question < self._needed
        if event.question < self._question:
            self._ask()

    def show_lines(self) -> None:
        """Show the lines with their ticks."""
        self.list.show(Lines(self.lines, self.ticked), keep=True)
        if self.list.index is None:
            self.list.go(0)
        self.list.redraw()
        self.tell_line()
        self.show_state()

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
        words = self.words_on(self.line) if self.line is not None else ""
        self.told.update(words)
        self.told.display = bool(words)

    def show_state(self) -> None:
        """The keys that matter, and how much there is."""
        rows = sum(1 for line in self.lines if line.row.selectable)
        shown = sum(1 for line in self.lines if line.row.key in self.ticked)
        ticked = f"{shown} ticked · " if shown else ""
        self.status.set_mode(self.NAME.rstrip(":").upper())
        self.status.set_place(f"{ticked}{rows} row{'' if rows == 1 else 's'}")
        keymap, ascii = self.desk.keymap, self.desk.settings.ascii
        first, rest = list(self.CAN.items())[:3], list(self.CAN.items())[3:]
        wanted = dict([("open", "go"), *first, ("help", "keys"), *rest, ("find", "filter"), ("leave", "back")])
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
            self.status.hold(self._waiting)
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

    def change(self, act: Callable[[], object], words: str) -> None:
        """Carry a change out beside the screen; it is shown here and on the page once it is saved."""

        def shown(_: object) -> None:
            self.changed()
            self.status.say(words)

        self.desk.saving.begin(act, shown)

    def changed(self) -> None:
        """Annotations changed: show them here and on the page."""
        self.ticked.clear()
        self.desk.main_screen.notes_changed(None)
        if self.is_attached:
            self.load()
