"""The one line above a pane: its name, something about it, and whether it is in focus."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual.strip import Strip

from reader.tui.widgets.cells import fit, width_of
from reader.tui.widgets.looks import QUIET, Look
from reader.tui.widgets.paint import strip_of
from reader.tui.widgets.view import LineView


class Heading(LineView):
    """A line with a name at the left and a quiet word at the right; bright while its pane is in focus."""

    DEFAULT_CSS = "Heading { height: 1; }"
    LOOKS: ClassVar[Mapping[str, Look]] = {"quiet": QUIET, "name": Look("bold $accent"), "bar": Look("$accent")}

    def __init__(self, name: str, *, ascii: bool = False, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.words = name
        self.about: tuple[str, ...] = ()
        self.active = False
        self._ascii = ascii

    def say(self, *about: str, active: bool) -> None:
        """Other words at the right, the most important first: the last give way where room is short."""
        if (about, active) != (self.about, self.active):
            self.about, self.active = about, active
            self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Strip]:
        """The line."""
        bar = ("#" if self._ascii else "▌") if self.active else " "
        name = fit(self.words, max(0, width - 2))
        room = max(0, width - 3 - width_of(name))
        kept = next((n for n in range(len(self.about), 1, -1) if width_of(" · ".join(self.about[:n])) <= room), 1)
        about = fit(" · ".join(self.about[:kept]), room)
        gap = max(0, width - 2 - width_of(name) - width_of(about))
        return [
            strip_of(
                [
                    (bar, self.look("bar")),
                    (name, self.look("name") if self.active else self.look("quiet")),
                    (" " * gap, self.look()),
                    (about, self.look("quiet")),
                    (" ", self.look()),
                ]
            )
        ]
