"""What all screens share: keys that lead to commands, and a word for the reader."""

import asyncio
from collections.abc import Callable
from contextvars import copy_context
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar, cast

from textual import events
from textual.geometry import Region
from textual.reactive import Reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from reader.settings.commands import BY_NAME
from reader.tui.commands import find_action
from reader.tui.keys import Dispatcher, key_name
from reader.tui.widgets.drawn import Ground

if TYPE_CHECKING:
    from reader.tui.application import Application
    from reader.workspace import Workspace

Result = TypeVar("Result")

FREE: Final = frozenset({"Moving", "Panes", "Selecting", "Copying"})
"""Groups of commands that need not wait until a change is saved."""
AT_ONCE: Final = frozenset({"leave", "prompt.leave", "quit", "suspend", "refresh"})
"""Commands that wait for nothing."""


class KeyScreen(Ground, Screen[Result], inherit_bindings=False):
    """A screen whose keys come from the keymap. `PLACE` names it in the table of commands."""

    DEFAULT_CSS = """
    KeyScreen { background: $background; color: $foreground; layout: vertical; layers: base above; }
    """
    PLACE: ClassVar[str] = ""
    AUTO_FOCUS: ClassVar[str | None] = ""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """The widget in focus. The panes draw what that changes; the screen as a whole need not be sent again."""

    def __init__(self) -> None:
        super().__init__()
        self._dispatcher: Dispatcher | None = None
        self._at_once = False

    def on_mount(self) -> None:
        """Looks that need more than a theme."""
        self.set_class(self.desk.settings.colours == "none", "colourless")

    @property
    def desk(self) -> "Application":
        """The program that shows this screen."""
        return cast("Application", self.app)

    @property
    def workspace(self) -> "Workspace":
        """The open folder."""
        return self.desk.workspace

    @property
    def dispatcher(self) -> Dispatcher:
        """The keys typed so far."""
        if self._dispatcher is None:
            self._dispatcher = Dispatcher(self.desk.keymap, self.run_command)
        return self._dispatcher

    @property
    def places(self) -> tuple[str, ...]:
        """Where we are, in the words of the table of commands, innermost first."""
        return (self.PLACE,)

    @property
    def counting(self) -> bool:
        """Whether digits are a count for the next command."""
        return False

    @property
    def asks_for_letter(self) -> bool:
        """Whether the next key answers a question, whatever is in focus."""
        return self._dispatcher is not None and self._dispatcher.must_answer

    def must_wait(self, event: events.Key | events.Paste) -> bool:
        """Whether a key must wait: what acts on annotations, until the changes before it are saved and shown."""
        if not self.desk.saving.going_on or isinstance(event, events.Paste):
            return False
        if self.asks_for_letter:
            return True
        name = self.desk.keymap.command(self.places, (*self.dispatcher.typed, key_name(event)))
        return name is not None and BY_NAME[name].group not in FREE and name not in AT_ONCE

    def on_key(self, event: events.Key) -> None:
        """Run the command of the key, unless the widget in focus took it."""
        before = self.dispatcher.pending
        used: list[bool] = []
        self.desk.attempt(lambda: used.append(self.dispatcher.take(event, self.places, self.counting)))
        if used != [False]:
            event.stop()
            event.prevent_default()
        if before != self.dispatcher.pending:
            self.keys_pending()

    def in_thread(self, work: Callable[[], None]) -> None:
        """Do work beside the screen; it tells its result by a message, and a failure is told by itself.

        Textual's workers tell of every step of theirs by messages, several for each key that asks for something.
        """
        asyncio.get_running_loop().run_in_executor(None, copy_context().run, self.desk.guarded, work)

    def paint_at_once(self) -> None:
        """Paint what changes next without waiting for its turn: over a slow line frames are few, and this one answers
        a key whose letter was a frame of its own.
        """
        self._at_once = True
        self.check_idle()

    def on_idle(self) -> None:
        """Before Textual sets its timer for the next frame: paint now what shall not wait for it."""
        if self._at_once and self._dirty_widgets and self.is_current:
            self._at_once = False
            self._on_timer_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """A window shows through what lies below it; any other screen is one colour."""
        return Screen.render_lines(self, crop) if self.is_modal else super().render_lines(crop)

    def focus_on(self, widget: Widget) -> None:
        """Put a widget in focus at once, so that the very next key is its own."""
        self.set_focus(widget, scroll_visible=False)

    def keys_pending(self) -> None:
        """A sequence was begun or ended."""

    def await_letter(
        self, words: str, then: Callable[[str], None], left: Callable[[], None] | None = None
    ) -> None:
        """Hand the next letter typed to `then`, and say so meanwhile; any other key calls `left`."""
        self.dispatcher.await_letter(words, then, left)
        self.keys_pending()

    def offer(self, words: str, letters: str, then: Callable[[str], None]) -> None:
        """Offer something that one of `letters` takes; every other key does what it always does."""
        self.dispatcher.await_letter(words, then, only=letters)
        self.keys_pending()

    def run_command(self, name: str, count: int = 1) -> None:
        """Carry out a command by its name; expected failures are told."""
        function = find_action(name, self.PLACE)
        if function is None:
            self.desk.say(f"{BY_NAME[name].help}: not here")
            return
        self.desk.attempt(lambda: function(self, count))
