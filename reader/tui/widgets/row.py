"""A row of a list: its parts, and how they share the cells of a line; pure but for the styles."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple, Protocol

from rich.style import Style
from textual.strip import Strip

from reader.text.span import Span
from reader.tui.widgets.cells import clusters, shown, width_of
from reader.tui.widgets.paint import Look, joined, strip_of

_LEAST: Final = 8
"""Cells that the text of a row keeps before what stands at its right is left out."""
_ROOMY: Final = 20
"""Cells from which on a row keeps its last cell free, off the rule beside it."""


class Cell(NamedTuple):
    """A piece of a row: text in a voice ("", "quiet", "accent", "strong", "warning") or a pen's colour
    ("#e5c453").

    `marks` are spans over `text` that are lit as hits, those in `near` as approximate ones.
    """

    text: str
    voice: str = ""
    marks: tuple[Span, ...] = ()
    near: tuple[Span, ...] = ()


class Row(NamedTuple):
    """A row of a list: cells at the left, cells at the right, `indent` cells of space before them.

    A `heading` is strong; `selectable` is False for rows that the cursor passes over; `ticked` puts a sign
    before it. `key` is a name by which the list finds the row again when it changes.
    """

    left: tuple[Cell, ...]
    right: tuple[Cell, ...] = ()
    indent: int = 0
    heading: bool = False
    selectable: bool = True
    ticked: bool = False
    key: str = ""


class Provider(Protocol):
    """What a list shows. `row` is asked for rows in view only and must be quick."""

    @property
    def count(self) -> int:
        """The number of rows."""

    def row(self, index: int) -> Row:
        """The row at an index below `count`."""


class Rows:
    """A provider over rows that are there already."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self.rows = rows

    @property
    def count(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def row(self, index: int) -> Row:
        """The row at an index."""
        return self.rows[index]


def draw_row(row: Row, width: int, look: Look, cursor: str = "", ascii: bool = False) -> Strip:
    """One row in exactly `width` cells; `cursor` is the look that lies over the row of the cursor."""
    over = (cursor,) if cursor else ()
    whole, width = width, max(1, width - 1) if width >= _ROOMY else width
    bar = ("#" if ascii else "▌") if cursor else " "
    tick = ("* " if ascii else "● ") if row.ticked else ""
    head: list[tuple[str, Style]] = [
        (bar[:width], look(*over, "bar")),
        (" " * row.indent + tick, look(*over)),
    ]
    right = _runs(row.right, over, False, look)
    wide = sum(width_of(text) for text, _ in right)
    room = width - 1 - row.indent - width_of(tick)
    if wide and room - wide - 1 >= _LEAST:
        room -= wide + 2
        tail = [("  ", look(*over)), *right]
    else:
        tail = []
    body = _cut(_runs(row.left, over, row.heading, look), max(0, room))
    used = sum(width_of(text) for text, _ in body)
    runs = [*head, *body, (" " * max(0, room - used), look(*over)), *tail]
    runs.append((" " * (whole - width), look(*over)))
    return strip_of(_cut(joined(runs), whole, ""))


def _runs(cells: Sequence[Cell], over: tuple[str, ...], strong: bool, look: Look) -> list[tuple[str, Style]]:
    """The cells as styled text."""
    runs: list[tuple[str, Style]] = []
    for cell in cells:
        names = tuple(name for name in (("strong",) if strong else ()) + ((cell.voice,) if cell.voice else ()))
        edges = sorted({0, len(cell.text), *(e for s in (*cell.marks, *cell.near) for e in (s.start, s.end))})
        edges = [edge for edge in edges if edge <= len(cell.text)]
        for start, end in pairwise(edges):
            lit = "hit" if any(s.holds(start) for s in cell.marks) else ""
            lit = lit or ("near" if any(s.holds(start) for s in cell.near) else "")
            style = look(*over, *names, *((lit,) if lit else ()))
            runs.append((shown(cell.text[start:end]), style))
    return runs


def _cut(runs: Sequence[tuple[str, Style]], room: int, more: str = "…") -> list[tuple[str, Style]]:
    """The runs in at most `room` cells, `more` at the end of what was cut."""
    if sum(width_of(text) for text, _ in runs) <= room:
        return list(runs)
    room -= width_of(more)
    kept: list[tuple[str, Style]] = []
    for text, style in runs:
        part: list[str] = []
        for cluster in clusters(text):
            if cluster.width > room:
                return [*kept, ("".join(part) + (more if room >= 0 else ""), style)]
            part.append(cluster.shown)
            room -= cluster.width
        kept.append(("".join(part), style))
    return kept
