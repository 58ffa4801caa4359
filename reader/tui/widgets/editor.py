"""Where one types: the editor of a note, and the one-line prompt of find, search and tags. Neither blinks."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input, TextArea

from reader.text.clean import clean, clean_line


class NoteEditor(TextArea):
    """A note being written. `key` names it in the journal of drafts."""

    DEFAULT_CSS = """
    NoteEditor { border: none; padding: 0 1; background: $background; color: $foreground; height: 1fr; }
    NoteEditor:focus { border: none; }
    NoteEditor .text-area--cursor-line { background: $background; }
    NoteEditor:ansi { background: ansi_default; color: ansi_default; }
    NoteEditor:ansi .text-area--cursor-line { background: ansi_default; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "submit", "save", id="editor.save", show=False),
        Binding("ctrl+g", "cancel", "discard", id="editor.discard", show=False),
    ]

    class Submitted(Message):
        """The note is finished."""

        def __init__(self, editor: "NoteEditor", text: str, changed: bool) -> None:
            super().__init__()
            self.editor, self.text, self.changed = editor, text, changed

        @property
        def control(self) -> "NoteEditor":
            """The editor."""
            return self.editor

    class Cancelled(Message):
        """The note is given up; `changed` tells whether anything would be lost."""

        def __init__(self, editor: "NoteEditor", text: str, changed: bool) -> None:
            super().__init__()
            self.editor, self.text, self.changed = editor, text, changed

        @property
        def control(self) -> "NoteEditor":
            """The editor."""
            return self.editor

    def __init__(self, text: str = "", *, key: str = "", **arguments: Any) -> None:
        super().__init__(clean(text), soft_wrap=True, show_line_numbers=False, tab_behavior="focus", **arguments)
        self.key = key
        self.original = self.text
        self.cursor_blink = False
        self.highlight_cursor_line = False

    def begin(self, key: str, text: str, *, original: str | None = None) -> None:
        """Begin with another note, the cursor at its end; `original` is the saved text where `text` is a
        draft of it.
        """
        self.key = key
        self.load_text(clean(text))
        self.original = clean(text if original is None else original)
        self.move_cursor(self.document.end)

    @property
    def changed(self) -> bool:
        """Whether something else stands here than at the beginning."""
        return self.text != self.original

    def action_submit(self) -> None:
        """Finish the note."""
        self.post_message(self.Submitted(self, self.text.strip("\n"), self.changed))

    def action_cancel(self) -> None:
        """Give the note up."""
        self.post_message(self.Cancelled(self, self.text, self.changed))

    async def _on_paste(self, event: events.Paste) -> None:
        """Pasted text comes from anywhere: it is cleaned at the door."""
        event.prevent_default()
        event.stop()
        if not self.read_only:
            self.insert(clean(event.text))


Completer = Callable[[str], Sequence[str]]
"""What could stand for the text typed so far, best first."""


class Prompt(Input):
    """One line to type in, with completion and the lines typed before."""

    DEFAULT_CSS = """
    Prompt, Prompt:focus { border: none; height: 1; padding: 0 1; }
    Prompt, Prompt:focus { background: $background; background-tint: $foreground 0%; color: $foreground; }
    Prompt:ansi, Prompt:ansi:focus { background: ansi_default; color: ansi_default; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "leave", id="prompt.leave", show=False),
        Binding("tab", "complete", "complete", id="prompt.rows", show=False),
    ]

    virtual_size = Reactive(Size(0, 0), layout=False)
    """A letter more does not lay out the screen: the line is as wide as its place, whatever stands in it."""

    class Cancelled(Message):
        """The prompt was left without an answer."""

        def __init__(self, prompt: "Prompt") -> None:
            super().__init__()
            self.prompt = prompt

        @property
        def control(self) -> "Prompt":
            """The prompt."""
            return self.prompt

    class Completed(Message):
        """A completion was asked for and there was none to put in: whoever listens may go to the rows
        below.
        """

        def __init__(self, prompt: "Prompt") -> None:
            super().__init__()
            self.prompt = prompt

        @property
        def control(self) -> "Prompt":
            """The prompt."""
            return self.prompt

    def __init__(self, value: str = "", *, complete: Completer | None = None, **arguments: Any) -> None:
        finished = " " if value[-1:].isspace() else ""  # the last word of a query is
        super().__init__(clean_line(value) + finished, select_on_focus=False, **arguments)
        self.complete = complete
        self.cursor_blink = False
        self.history: list[str] = []
        self._offered: tuple[Sequence[str], int] | None = None

    def offer(self, completions: Sequence[str], index: int = 0) -> None:
        """Put one of several completions in; the next tab puts in the next."""
        if completions:
            index %= len(completions)
            self._offered = (completions, index)
            self.value = clean_line(completions[index])
            self.cursor_position = len(self.value)

    def action_complete(self) -> None:
        """Put in the best completion of what was typed; again for the next best."""
        if self._offered is not None and self.value == clean_line(self._offered[0][self._offered[1]]):
            self.offer(self._offered[0], self._offered[1] + 1)
            return
        found = [text for text in (self.complete(self.value) if self.complete else ()) if text != self.value]
        if found:
            self.offer(found)
        else:
            self.post_message(self.Completed(self))

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.post_message(self.Cancelled(self))

    def remember(self) -> None:
        """Keep what is typed for `recall`."""
        if self.value and self.history[-1:] != [self.value]:
            self.history.append(self.value)

    def recall(self, by: int) -> None:
        """Put in an earlier line (`by` -1) or a later one."""
        lines = [*self.history, ""]
        at = lines.index(self.value) if self.value in lines else len(lines) - 1
        self.value = lines[max(0, min(at + by, len(lines) - 1))]
        self.cursor_position = len(self.value)

    def _on_paste(self, event: events.Paste) -> None:
        """Pasted text comes from anywhere: it is cleaned and made one line."""
        event.prevent_default()
        event.stop()
        if event.text:
            self.replace(clean_line(" ".join(event.text.split())), *sorted(self.selection))
