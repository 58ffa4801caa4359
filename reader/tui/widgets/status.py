"""The status line: what mode this is, where one is, and the keys that matter here; messages too."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from rich.style import Style
from textual.strip import Strip
from textual.timer import Timer

from reader.tui.widgets.cells import fit, width_of
from reader.tui.widgets.looks import QUIET, STRONG, Look
from reader.tui.widgets.paint import strip_of
from reader.tui.widgets.view import LineView

SHOWN: Final = 5.0
"""Seconds that a message stays; errors stay until they are dismissed."""


class StatusLine(LineView):
    """One row at the bottom: mode at the left, place in the middle, keys at the right; or a message."""

    DEFAULT_CSS = "StatusLine { height: 1; }"
    LOOKS: ClassVar[Mapping[str, Look]] = {
        "mode": Look("bold $accent", "bold ansi_cyan"),
        "key": STRONG,
        "quiet": QUIET,
        "error": Look("bold $error", "bold ansi_red"),
    }

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.mode = ""
        self.place = ""
        self.keys: Sequence[tuple[str, str]] = ()
        self.message = ""
        self.is_error = False
        self._timer: Timer | None = None

    def set_mode(self, mode: str) -> None:
        """Name the mode: READ, SELECT, NOTE."""
        self._set("mode", mode)

    def set_place(self, place: str) -> None:
        """Say where one is: "Bridge crews find … 34 %  3 min left"."""
        self._set("place", place)

    def set_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """The keys that matter here, each with its word; those that do not fit are left out, last first."""
        if tuple(keys) != tuple(self.keys):
            self.keys = tuple(keys)
            self.redraw()

    def say(self, message: str) -> None:
        """Show a message for a while; an error that is shown is not pushed away by it."""
        if not self.is_error:
            self._show(message)

    def hold(self, message: str) -> None:
        """Show a message until another comes or it is dismissed: a question waits as long as the reader does."""
        self._show(message, lasting=True)

    def error(self, message: str) -> None:
        """Show an error until it is dismissed."""
        self._show(message, error=True, lasting=True)

    def dismiss(self) -> bool:
        """Take the message away; whether there was one."""
        had = bool(self.message)
        self._stop_timer()
        self.message, self.is_error = "", False
        self.redraw()
        return had

    def _show(self, message: str, *, error: bool = False, lasting: bool = False) -> None:
        """Show a message, and let it go by itself unless it lasts."""
        self._stop_timer()
        self.message, self.is_error = message, error
        if not lasting:
            self._timer = self.set_timer(SHOWN, self.dismiss)
        self.redraw()

    def _stop_timer(self) -> None:
        """The earlier message no longer decides when the line is cleared."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _set(self, name: str, value: str) -> None:
        """Another text, drawn only when it is another."""
        if getattr(self, name) != value:
            setattr(self, name, value)
            self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Strip]:
        """The one row."""
        runs: list[tuple[str, Style]] = []
        mode = fit(f" {self.mode}  " if self.mode else " ", width)
        runs.append((mode, self.look("mode")))
        room = max(0, width - width_of(mode) - 1)
        if self.message:
            runs.append((fit(self.message, room), self.look("error") if self.is_error else self.look()))
            return [strip_of(runs)]
        least = min(width_of(self.place), max(12, room // 3))
        tail: list[tuple[str, Style]] = []
        used = 0
        for key, word in self.keys:
            size = width_of(key) + width_of(word) + 3
            if used + size + least + 1 > room:
                break
            used += size
            tail += [("  ", self.look()), (fit(key, room), self.look("key")), (" ", self.look())]
            tail.append((fit(word, room), self.look("quiet")))
        place = fit(self.place, room - used - (1 if used else 0))
        runs += [(place, self.look()), (" " * (room - used - width_of(place)), self.look()), *tail]
        return [strip_of(runs)]
