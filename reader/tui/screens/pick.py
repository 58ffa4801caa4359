"""Choosing from a list by typing: commands, help, themes, marks, tags, problems and every other list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.events import Key, Paste
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from reader.text.clean import clean_line
from reader.text.span import Span
from reader.text.spelling import normalise
from reader.tui.commands import action
from reader.tui.keys import key_name
from reader.tui.screens.base import AT_ONCE, KeyScreen
from reader.tui.widgets.drawn import Box
from reader.tui.widgets.editor import Prompt
from reader.tui.widgets.rows import Cell, Row, RowList

NEARLY: Final = 2000
"""Choices among which it is looked for what is nearly typed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: `key` is the answer, `label` what it is called, `about` what is known of it.

    `right` stands at the right edge; `found_by` is what typing looks at (label and about when empty); `heading`
    rows cannot be chosen.
    """

    key: str
    label: str
    about: str = ""
    right: str = ""
    found_by: str = ""
    voice: str = ""
    heading: bool = False


class Choices:
    """Choices as the list draws them, with the words that were typed lit."""

    def __init__(self, choices: Sequence[Choice], words: Sequence[str] = ()) -> None:
        self._choices = choices
        self._words = words

    @property
    def count(self) -> int:
        """The number of choices."""
        return len(self._choices)

    def row(self, index: int) -> Row:
        """One choice, drawn when it comes into view."""
        return _row(self._choices[index], self._words)


class Pick(KeyScreen[str | None], ModalScreen[str | None]):
    """A list over the lower part of the screen with a line to type in; the answer is a choice's key, or None.

    Choices that take time to find are given as a function, which is called in a thread; keys that need them wait.
    Where there is none at all `empty` says so, and `unfound` where none answers to what is typed.
    `moved` hears of the choice under the cursor; with `free` one may type something new: what is
    only nearly called so is not offered, and a line that matches nothing is itself the answer.
    """

    DEFAULT_CSS = """
    Pick { background: transparent; align: left bottom; }
    #pick { dock: bottom; height: 14; max-height: 80%; background: $background; border-top: hkey $rule; }
    Pick.high #pick { height: 80%; }
    #pick-line { height: 1; layout: horizontal; }
    #pick-title { width: auto; max-width: 60%; height: 1; padding-left: 1; color: $accent; text-style: bold; }
    #pick-prompt { width: 1fr; padding: 0; }
    """
    PLACE: ClassVar[str] = "list"

    class Gathered(Message):
        """The choices were found."""

        def __init__(self, choices: Sequence[Choice]) -> None:
            super().__init__()
            self.choices = choices

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice] | Callable[[], Sequence[Choice]],
        *,
        empty: str = "Nothing here",
        unfound: str = "Nothing here answers to “{}”",
        typed: str = "",
        at: str = "",
        moved: Callable[[str], None] | None = None,
        free: bool = False,
        high: bool = False,
    ) -> None:
        super().__init__()
        self.set_class(high, "high")
        self.name_of_list = title
        self._gather = choices if callable(choices) else None
        self.choices = [] if callable(choices) else list(choices)
        self._looked_at: list[str] = []
        self.found: list[Choice] = []
        self.gathering = callable(choices)
        self._first = at
        self._moved = moved
        self._free = free
        self.prompt = Prompt(typed, id="pick-prompt")
        self._empty = empty
        self._unfound = unfound
        self.list = RowList(empty="Looking …" if self.gathering else empty, id="pick-list")

    def compose(self) -> ComposeResult:
        """The line to type in above the rows."""
        with Box(id="pick"):
            with Box(id="pick-line"):
                yield Static(f"{self.name_of_list} ", id="pick-title", markup=False)
                yield self.prompt
            yield self.list

    def on_mount(self) -> None:
        """Show everything, ready to type."""
        self.list.ascii = self.desk.settings.ascii
        self.focus_on(self.first_in_focus)
        if self._gather is not None:
            self.in_thread(self._find)
        else:
            self.show_choices()

    def _find(self) -> None:
        """In a thread: find the choices."""
        choices: Sequence[Choice] = ()
        try:
            choices = self._gather() if self._gather is not None else ()
        finally:
            self.post_message(self.Gathered(choices))

    def on_pick_gathered(self, event: Gathered) -> None:
        """The choices are there."""
        self.gathering = False
        self.choices = list(event.choices)
        self.show_choices()
        self.list.redraw()

    def show_choices(self) -> None:
        """Show what there is, the cursor where it shall begin."""
        self.look_for(self.prompt.value)
        at = next((index for index, each in enumerate(self.found) if each.key == self._first), None)
        if at is not None:
            self.list.go(at)

    def must_wait(self, event: Key | Paste) -> bool:
        """Whatever needs the rows waits for them; typing goes on."""
        name = None
        if self.gathering and isinstance(event, Key):
            name = self.desk.keymap.command(self.places, (key_name(event),))
        return (name is not None and name not in AT_ONCE) or super().must_wait(event)

    @property
    def first_in_focus(self) -> Widget:
        """What takes the first keys."""
        return self.prompt

    @property
    def places(self) -> tuple[str, ...]:
        """In the line one types; in the rows keys are commands."""
        return ("prompt",) if self.prompt.has_focus else ("list",)

    @property
    def current(self) -> Choice | None:
        """The choice under the cursor."""
        index = self.list.index
        return self.found[index] if index is not None and index < len(self.found) else None

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what answers to the line."""
        event.stop()
        self.look_for(event.value)

    def look_for(self, text: str) -> None:
        """Show the choices that have every word typed, or where there is none those that have nearly; those whose
        name begins with it first.
        """
        words = normalise(text).split()
        self.found = list(self.choices)
        if words:
            if len(self._looked_at) != len(self.choices):
                self._looked_at = [_told(each) for each in self.choices]
            rest = [(each, told) for each, told in zip(self.choices, self._looked_at, strict=True) if not each.heading]
            self.found = [each for each, told in rest if all(word in told for word in words)]
            if not self.found and not self._free and len(rest) <= NEARLY:
                self.found = [each for each, told in rest if _nearly_has(told, words)]
            self.found.sort(key=lambda each: not normalise(each.label).startswith(words[0]))
        if not self.gathering:
            typed = clean_line(text, 60).strip()
            self.list.empty = self._unfound.format(typed) if typed and not self._free else self._empty
        self.list.show(Choices(self.found, words))
        self.list.go(0)

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """Tell where the cursor is."""
        if self._moved is not None and self.current is not None:
            self._moved(self.current.key)

    def on_row_list_selected(self, event: RowList.Selected) -> None:
        """A click chose a row."""
        self.take()

    def take(self) -> None:
        """Answer with the choice under the cursor, or with what is typed where that is allowed."""
        if self.current is not None and not self.current.heading:
            self.dismiss(self.current.key)
        elif self._free and self.prompt.value.strip():
            self.dismiss(self.prompt.value.strip())


def _told(choice: Choice) -> str:
    """What typing looks at."""
    return normalise(choice.found_by or f"{choice.label} {choice.about} {choice.right}")


def _nearly_has(told: str, words: Sequence[str]) -> bool:
    """Whether a choice has every word in another spelling, or a word that the letters typed shorten."""
    from reader.search.matching import find_in

    return all(find_in(told, word) or any(_shortens(word, whole) for whole in told.split()) for word in words)


def _shortens(typed: str, whole: str) -> bool:
    """Whether the letters typed stand in the word in their order, the first at its beginning."""
    letters = iter(whole)
    return typed[:1] == whole[:1] and all(letter in letters for letter in typed)


def _row(choice: Choice, words: Sequence[str]) -> Row:
    """A choice as a row of the list, what was typed lit where it stands."""
    marks = []
    label = choice.label
    folded = label.casefold()
    for word in words:
        at = folded.find(word)
        if at >= 0 and len(folded) == len(label):
            marks.append(Span(at, at + len(word)))
    left = [Cell(label, choice.voice, tuple(sorted(marks)))]
    if choice.about:
        left.append(Cell(f"  {choice.about}", "quiet"))
    right = (Cell(choice.right, "quiet"),) if choice.right else ()
    return Row(tuple(left), right, heading=choice.heading, selectable=not choice.heading, key=choice.key)


@action("prompt.next", on="list")
def down(screen: Pick, count: int) -> None:
    """The next row, the line still in focus."""
    screen.list.move(1)


@action("prompt.previous", on="list")
def up(screen: Pick, count: int) -> None:
    """The row before."""
    screen.list.move(-1)


@action("prompt.page-down", on="list")
def prompt_page_down(screen: Pick, count: int) -> None:
    """A page of rows down."""
    screen.list.move_pages(1)


@action("prompt.page-up", on="list")
def prompt_page_up(screen: Pick, count: int) -> None:
    """A page of rows up."""
    screen.list.move_pages(-1)


@action("prompt.accept", "open", on="list")
def take(screen: Pick, count: int) -> None:
    """Take the row under the cursor."""
    screen.take()


@action("prompt.leave", "leave", on="list")
def leave(screen: Pick, count: int) -> None:
    """Leave without an answer."""
    screen.dismiss(None)


@action("prompt.rows", "focus.next", "focus.previous", on="list")
def switch(screen: Pick, count: int) -> None:
    """From the line to the rows, and back."""
    screen.focus_on(screen.list if screen.prompt.has_focus else screen.prompt)


@action("find", on="list")
def find(screen: Pick, count: int) -> None:
    """Back to the line."""
    screen.focus_on(screen.prompt)
