"""Two captures of a page, word by word: what went and what came, with a few lines around."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from reader.text.spelling import normalise
from reader.tui.screens.pick import Pick
from reader.tui.widgets.cells import width_of
from reader.tui.widgets.rows import Cell, Row, Rows

if TYPE_CHECKING:
    from reader.library.versions import Change

AROUND: Final = 2
"""Lines without a change that are shown before and after one."""

_SIGNS: Final = {"+": ("{+", "+}", "accent"), "-": ("[-", "-]", "warning"), "=": ("", "", "")}
"""How what came and what went is marked; the voice only repeats it."""


def marked_lines(changes: "Iterable[Change]") -> list[list[Cell]]:
    """The changes as lines of text; each piece that came or went stands in marks on every line that it is on."""
    lines: list[list[Cell]] = [[]]
    for change in changes:
        opening, closing, voice = _SIGNS[change.sign]
        for number, part in enumerate(change.text.split("\n")):
            if number:
                lines.append([])
            if part.strip():
                lines[-1].append(Cell(f"{opening}{part}{closing}" if voice else part, voice))
            elif part and lines[-1]:
                lines[-1].append(Cell(part))
    return lines


def comparison_rows(changes: "Sequence[Change]", width: int) -> list[Row]:
    """What differs, in rows of at most `width` cells; stretches that are the same are counted on a heading."""
    lines = [line for line in marked_lines(changes) if line]
    shown: set[int] = set()
    for at, line in enumerate(lines):
        if any(cell.voice for cell in line):
            shown.update(range(at - AROUND, at + AROUND + 1))
    rows: list[Row] = []
    hidden = 0
    for at, line in enumerate(lines):
        if at not in shown:
            hidden += 1
            continue
        if hidden or not rows:
            rows.append(_same(hidden))
            hidden = 0
        rows.extend(Row(tuple(cells)) for cells in _wrapped(line, width))
    if rows and hidden:
        rows.append(_same(hidden))
    return rows


def _same(count: int) -> Row:
    """A heading for a stretch that is the same in both."""
    words = "from the beginning" if not count else f"{count} line{'' if count == 1 else 's'} the same"
    return Row((Cell(words, "quiet"),), heading=True)


def _wrapped(line: Sequence[Cell], width: int) -> list[list[Cell]]:
    """A line in rows, broken at spaces; a word that is wider than a row is left to be cut."""
    rows: list[list[Cell]] = [[]]
    used = 0
    for cell in line:
        words = cell.text.split(" ")
        held = ""
        for number, word in enumerate(words):
            piece = (" " if number else "") + word
            wide = width_of(piece)
            if used and used + wide > width:
                if held:
                    rows[-1].append(Cell(held, cell.voice))
                rows.append([])
                held, used, piece, wide = "", 0, word, width_of(word)
            held += piece
            used += wide
        if held:
            rows[-1].append(Cell(held, cell.voice))
    return rows


class Comparison(Pick):
    """How an older and a newer capture differ; typing looks for a word in it."""

    def __init__(self, title: str, changes: "Sequence[Change]") -> None:
        super().__init__(title, (), empty="Both have the same words", high=True)
        self._changes = changes

    def on_mount(self) -> None:
        """Ready to read: the keys move in the text."""
        super().on_mount()
        self.focus_on(self.list)

    def look_for(self, text: str) -> None:
        """Show the rows that have the words typed, or all of them."""
        words = normalise(text).split()
        rows = comparison_rows(self._changes, max(12, self.app.size.width - 6))
        told = [(row, normalise("".join(cell.text for cell in row.left))) for row in rows] if words else []
        self.list.show(Rows([row for row, line in told if all(word in line for word in words)] if words else rows))
        self.list.go(0)

    def take(self) -> None:
        """Nothing is chosen here: back to the page."""
        self.dismiss(None)
