"""The line at the bottom: the status, and in its place the prompt while something is asked."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from reader.settings.commands import BY_NAME, commands_at
from reader.settings.keymap import show
from reader.tui.commands import action
from reader.tui.screens.base import KeyScreen
from reader.tui.widgets.drawn import Box
from reader.tui.widgets.status import StatusLine

if TYPE_CHECKING:
    from textual.widgets import Input

    from reader.tui.widgets.editor import Prompt
    from reader.tui.widgets.following import Following

FOLLOWING_AFTER: Final = 0.4
"""Seconds of hesitating in a sequence of keys after which what may follow is shown."""


class Question(NamedTuple):
    """Something asked in the bottom line: what to do with the answer, at every change, and when it is left."""

    accepted: Callable[[str], None]
    changed: Callable[[str], None] | None
    left: Callable[[], None] | None
    focus: Widget | None


class Asking(KeyScreen[None]):
    """A screen with a bottom line."""

    def __init__(self) -> None:
        super().__init__()
        self.status = StatusLine(id="status")
        self._question: Question | None = None
        self._waiting = ""

    def compose_bottom(self) -> ComposeResult:
        """The status line; the prompt takes its place when something is asked."""
        yield self.status

    @cached_property
    def label(self) -> Static:
        """What is asked."""
        return Static("", id="label", markup=False)

    @cached_property
    def said(self) -> Static:
        """What the line as typed so far comes to."""
        return Static("", id="said", markup=False)

    @cached_property
    def prompt(self) -> "Prompt":
        """Where the answer is typed; made when something is asked for the first time."""
        from reader.tui.widgets.editor import Prompt

        return Prompt(id="prompt")

    @property
    def asking(self) -> bool:
        """Whether an answer is being typed."""
        return self._question is not None

    def ask_line(
        self,
        label: str,
        accepted: Callable[[str], None],
        *,
        changed: Callable[[str], None] | None = None,
        left: Callable[[], None] | None = None,
        initial: str = "",
        words: Sequence[str] = (),
    ) -> None:
        """Ask for a line. `changed` hears of every change; `words` complete the last word at tab."""
        before = self.focused if self.focused is not self.prompt else None
        self._question = None
        if not self.prompt.is_attached:
            ask = Box(id="ask")
            self.mount(ask)
            ask.mount(self.label, self.prompt, self.said)
        self.label.update(label)
        self.say_beside("")
        self.prompt.value = initial
        self.prompt.cursor_position = len(initial)
        self.prompt.complete = lambda text: _completions(text, words)
        self._question = Question(accepted, changed, left, before)
        self.add_class("asking")
        self.focus_on(self.prompt)

    def on_input_changed(self, event: "Input.Changed") -> None:
        """The line changed."""
        event.stop()
        if self._question is not None and self._question.changed is not None:
            self._question.changed(event.value)

    def say_beside(self, words: str) -> None:
        """Say beside the line that is being typed what it comes to; its place stays as it is while one types."""
        if self.asking or self.said.is_attached:
            self.said.update(words, layout=False)

    def end_question(self, answer: str | None) -> None:
        """Take the answer, or None when the question was left."""
        question, self._question = self._question, None
        self.remove_class("asking")
        if question is None:
            return
        if question.focus is not None and question.focus.display:
            self.focus_on(question.focus)
        if answer is not None:
            self.prompt.remember()
            question.accepted(answer)
        elif question.left is not None:
            question.left()
        self.show_state()

    @cached_property
    def following(self) -> "Following":
        """What may follow an unfinished sequence; made when somebody hesitates for the first time."""
        from reader.tui.widgets.following import Following

        return Following()

    def _show_following(self) -> None:
        """Show what may follow, where the sequence is still unfinished."""
        typed = self.dispatcher.typed
        if not typed:
            return
        keys = [
            (show((key,), self.desk.settings.ascii), BY_NAME[name].help)
            for key, name in self.desk.keymap.following(self.places, typed)
        ]
        if not self.following.is_attached:
            self.mount(self.following)
        self.following.show(keys, self.size.width, self.size.height // 2)

    def show_state(self) -> None:
        """Say in the status line where one is."""
        self.status.set_keys(self.hints())

    def hints(self) -> list[tuple[str, str]]:
        """The keys that matter here, with their words; help is always among them."""
        ascii = self.desk.settings.ascii
        found = [
            (self.desk.keymap.first(command.name, ascii), command.hint)
            for command in commands_at(self.places)
            if command.hint and self.desk.keymap.keys.get(command.name)
        ]
        help = [pair for pair in found if pair[1] == "keys"]
        rest = [pair for pair in found if pair[1] != "keys"]
        return [*rest[:4], *help, *rest[4:]]

    def keys_pending(self) -> None:
        """Show what an unfinished sequence waits for."""
        dispatcher = self.dispatcher
        before, self._waiting = self._waiting, dispatcher.awaiting or dispatcher.digits
        if dispatcher.typed and not dispatcher.awaiting:
            self._waiting = f"{' '.join(dispatcher.typed)} …"
            self.set_timer(FOLLOWING_AFTER, self._show_following)
        elif "following" in self.__dict__:
            self.following.display = False
        if self._waiting:
            self.status.hold(self._waiting)
        elif self.status.message == before:
            self.status.dismiss()


def _completions(text: str, words: Sequence[str]) -> list[str]:
    """The line with its last word completed, in every way the known words allow."""
    head, separator, last = text.rpartition(" ")
    sign = last[:1] if last[:1] in "-#" else ""
    start = last[len(sign) :].casefold()
    return [f"{head}{separator}{sign}{word}" for word in words if start and word.casefold().startswith(start)]


@action("prompt.accept")
def accept(screen: Asking, count: int) -> None:
    """Take what is typed."""
    screen.end_question(screen.prompt.value)


@action("prompt.leave")
def leave(screen: Asking, count: int) -> None:
    """Leave without an answer."""
    screen.end_question(None)


@action("prompt.rows")
def complete(screen: Asking, count: int) -> None:
    """Complete the last word."""
    screen.prompt.action_complete()


@action("prompt.next", "prompt.previous")
def recall(screen: Asking, count: int) -> None:
    """An earlier line, or a later one."""
    screen.prompt.recall(-1)
