"""The program on the screen: what all its screens share."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.filter import Monochrome, NoColor
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES, Theme

from reader.annotations.pens import Pen, load_pens, pen_named
from reader.errors import DeskreaderError
from reader.settings.keymap import load as load_keymap
from reader.settings.settings import config_directory
from reader.text.clean import clean_line
from reader.tui import clipboard
from reader.tui.background import Background
from reader.tui.driver import ControlFilter, Driver
from reader.tui.messages import Messages
from reader.tui.saving import Saving
from reader.tui.screens.main import MainScreen
from reader.tui.signals import Departure, let_go
from reader.tui.terminal import few_colours, mouse_wanted, reset_terminal
from reader.tui.themes import OWN, read_themes
from reader.tui.turns import InTurn
from reader.tui.widgets.status import StatusLine

if TYPE_CHECKING:
    from textual.driver import Driver as AnyDriver

    from reader.tui.screens.pick import Pick
    from reader.workspace import Workspace

UNEXPECTED = "This should not have happened"
"""How a defect is told."""
LATER = 0.3
"""Seconds from the first painted screen until the work in the background begins."""


def _unexpected(error: Exception) -> str:
    """A defect in words; what is open stays open."""
    return f"{UNEXPECTED}: {type(error).__name__}: {clean_line(str(error), 200)}"


class Application(InTurn, inherit_bindings=False):
    """Deskreader on a terminal."""

    CSS_PATH = "styles.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []
    TITLE = "Deskreader"

    def __init__(self, workspace: "Workspace", *, environ: dict[str, str] | None = None, **arguments: Any) -> None:
        self.workspace = workspace
        self.settings = workspace.settings
        self.environ = dict(os.environ) if environ is None else environ
        self.messages = Messages()
        self.own_themes = self._load_themes()
        # Before Textual makes its stylesheet: a theme that is put on later has every style read a second time.
        self.set_reactive(App.theme, self._theme_to_start())
        super().__init__(**arguments)
        # Words to the reader stand in the status line: Textual's own widgets for them would be laid out for nothing.
        self._disable_notifications = self._disable_tooltips = True
        if self.settings.colours == "none":
            # Shades of grey are colours too, and Textual would choose them for a theme that is not the terminal's.
            self._filters = [each for each in self._filters if not isinstance(each, Monochrome)] + [NoColor()]
        self._filters.append(ControlFilter())
        if self.settings.remote or not self.settings.animation:
            self.animation_level = "none"
        self.keymap, mistakes = load_keymap(workspace.state, self.environ, self.settings.keys)
        for words in (*workspace.notices, *map(str, mistakes)):
            self.messages.hold(words)
        self.departure: Departure | None = None
        self.pens, self.pen = self._load_pens()
        self.background = Background(self)
        self.saving = Saving(self)
        self.mouse_on = mouse_wanted(self.settings, self.environ)
        self.searched: list[str] = []

    # Looks

    def _load_pens(self) -> tuple[tuple[Pen, ...], Pen]:
        """The workspace's pens and the one to start with."""
        try:
            text = (self.workspace.state / "pens.toml").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            text = ""
        pens, mistakes = load_pens(text)
        for mistake in mistakes:
            self.messages.hold(f"{self.workspace.state / 'pens.toml'}:{mistake.line}: {mistake.message}")
        return pens, pen_named(pens, self.settings.pen or None)

    def _load_themes(self) -> dict[str, Theme]:
        """Our themes and those of the theme files, by name."""
        folders = [config_directory(self.environ) / "themes", self.workspace.state / "themes"]
        found, mistakes = read_themes(folders)
        for mistake in mistakes:
            self.messages.hold(str(mistake))
        return {theme.name: theme for theme in (*OWN, *found)}

    def _theme_to_start(self) -> str:
        """The theme that was chosen, or the plain one where colours are few."""
        wanted = self.settings.theme
        if wanted == "deskreader" and few_colours(self.settings, self.environ):
            return "plain"
        if wanted in self.own_themes or wanted in BUILTIN_THEMES:
            return wanted
        self.messages.hold(f"No theme is called {wanted}; T shows those there are")
        return "deskreader"

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Textual's themes and our own, by name."""
        return {**super().available_themes, **self.own_themes}

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours that our styles use and not every theme sets."""
        return {"quiet": "#878c91", "rule": "#444a50"}

    # Start and end

    def open(self) -> int:
        """Run on the terminal until the reader leaves; the exit status."""
        driver: Any = Driver
        restore = lambda: reset_terminal(sys.__stderr__.fileno() if sys.__stderr__ else 2)  # noqa: E731
        self.departure = Departure(self.save_all, self._leave_soon, restore, self.saving.finish)
        driver.departure = self.departure
        driver.quiet_mouse = self.settings.remote
        self.departure.install()
        try:
            status = self.run(mouse=self.mouse_on)
        finally:
            self.departure.done()
        self.saving.finish()
        self.save_all()
        if self.departure.status:
            let_go()
        return self.departure.status or (self.return_code or 0 if status is None else status)

    def get_driver_class(self) -> "type[AnyDriver]":
        """Our hardened driver on a terminal, Textual's choice elsewhere."""
        chosen = super().get_driver_class()
        return Driver if chosen.__name__ == "LinuxDriver" else chosen

    def get_default_screen(self) -> Screen[Any]:
        """The main screen, so that only one screen is ever painted at the start."""
        return MainScreen()

    @property
    def main_screen(self) -> MainScreen:
        """The screen below all others."""
        screen = self.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """The screens that are seen below the one on top: none, unless that is a window. Textual asks for them, and
        would have all of the one on top drawn and sent again whenever something changes in the one below it.
        """
        return super()._background_screens if self.screen.is_modal else []

    def on_mount(self) -> None:
        """Draw everything again after a pause."""
        self.app_resume_signal.subscribe(self, lambda _: self.repaint())

    def begin_work(self) -> None:
        """The first screen is painted: soon work in the background, which does not hold up what is being read."""
        self.set_timer(LATER, self.background.begin)

    def repaint(self) -> None:
        """Draw every cell again: something else had the terminal."""
        self.screen.refresh(repaint=True, layout=True)

    def _leave_soon(self, status: int) -> None:
        """Ask the program to end; called from a signal."""
        loop = getattr(self, "_loop", None)
        if loop is not None:
            loop.call_soon_threadsafe(self.leave, status)

    def leave(self, status: int = 0) -> None:
        """Save and end the program, once all changes are on the disk."""
        self.saving.finish()
        self.save_all()
        self.background.stop()
        self.exit(status, return_code=status)

    def save_all(self) -> None:
        """Save what is not saved at every change: the place, the draft. Never raises."""
        for screen in self.screen_stack if self._running else ():
            save = getattr(screen, "save", None)
            if save is not None:
                with contextlib.suppress(DeskreaderError, OSError):
                    save()
        with contextlib.suppress(DeskreaderError, OSError):
            self.workspace.reading.save()

    # Words to the reader

    def say(self, words: str, *, error: bool = False) -> None:
        """Tell the reader something in the status line; an error stays until it is dismissed."""
        self.messages.add(words, error=error)
        for line in self.screen.query(StatusLine):
            if error:
                line.error(words)
            else:
                line.say(words)

    def guarded(self, work: Callable[[], None]) -> None:
        """Do work in a thread; whatever fails is told, and the program goes on."""
        try:
            work()
        except DeskreaderError as error:
            self._tell_failure(str(error))
        except Exception as error:
            self._tell_failure(_unexpected(error))

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do something that may be refused, from an answer; whether it was done. A refusal is told."""
        try:
            work()
        except DeskreaderError as error:
            self.say(str(error), error=True)
        except Exception as error:
            self.say(_unexpected(error), error=True)
        else:
            return True
        return False

    def choose(self, pick: "Pick", chosen: Callable[[str | None], None]) -> None:
        """Show a list and do something with what is chosen."""

        def answered(key: str | None) -> None:
            self.attempt(lambda: chosen(key))

        self.push_screen(pick, answered)

    def _tell_failure(self, words: str) -> None:
        """Tell a failure from a thread, at the start as soon as there is a screen, and not while the program ends."""
        if not self._running:
            self.messages.hold(words)
        elif not self._exit:
            self.call_later(self.say, words, error=True)

    def dismiss(self) -> bool:
        """Put the message away; whether there was one."""
        shown = [line for line in self.screen.query(StatusLine) if line.message]
        for line in shown:
            line.dismiss()
        return bool(shown)

    # The terminal

    def copy(self, text: str) -> None:
        """Send text towards the analyst's clipboard."""
        write = self._driver.write if self._driver is not None else lambda _: None
        self.say(clipboard.send(text, self.environ, write))

    def toggle_mouse(self) -> None:
        """Listen to the mouse, or leave it to the terminal."""
        self.mouse_on = not self.mouse_on
        if isinstance(self._driver, Driver):
            self._driver.set_mouse(self.mouse_on)
        self.say("The mouse is listened to" if self.mouse_on else "The mouse is the terminal's again")

    def edit_outside(self, text: str) -> str | None:
        """The text after the analyst's own editor, or None where there is none."""
        from reader.tui.editing import edit_in

        try:
            return edit_in(self, self.settings.editor, self.environ, text)
        except DeskreaderError as error:
            self.say(str(error), error=True)
            return None

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None: our own palette shows every command."""
        return ()
