"""What may follow the keys typed so far, in columns above the bottom line."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from rich.style import Style
from textual.strip import Strip

from reader.tui.widgets.cells import fit, width_of
from reader.tui.widgets.looks import QUIET, Look
from reader.tui.widgets.paint import strip_of
from reader.tui.widgets.view import LineView

COLUMN: Final = 38
"""Cells of a column at the least, where the pane has as many."""


class Following(LineView):
    """Keys and what each leads to, read downwards; those without room are counted."""

    DEFAULT_CSS = "Following { display: none; background: $background; }"
    LOOKS: ClassVar[Mapping[str, Look]] = {"key": Look("bold $accent", "bold ansi_cyan"), "quiet": QUIET}

    keys: Sequence[tuple[str, str]] = ()

    def show(self, keys: Sequence[tuple[str, str]], width: int, height: int) -> None:
        """Show keys with their words in at most `height` rows of `width` cells; none of them hides the pane."""
        self.keys = keys
        columns = max(1, width // COLUMN)
        self.display = bool(keys)
        self.styles.height = min(-(-len(keys) // columns), max(1, height)) + self.gutter.height
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Strip]:
        """The columns."""
        columns = max(1, width // COLUMN)
        shown = list(self.keys[: columns * height])
        if len(shown) < len(self.keys):
            shown[-1] = ("…", f"and {len(self.keys) - len(shown) + 1} more; : finds them all")
        rows = -(-len(shown) // columns)
        return [strip_of(self._row(shown[row::rows], width // columns)) for row in range(rows)]

    def _row(self, cells: Sequence[tuple[str, str]], width: int) -> list[tuple[str, Style]]:
        runs: list[tuple[str, Style]] = []
        for key, words in cells:
            told = fit(words, max(0, width - width_of(key) - 4))
            gap = " " * max(0, width - width_of(key) - width_of(told) - 3)
            runs += [(" ", self.look()), (key, self.look("key")), ("  ", self.look())]
            runs += [(told, self.look()), (gap, self.look())]
        return runs
