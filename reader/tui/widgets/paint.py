"""From a wrapped row and what lies over it to a strip of styled cells."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.tui.widgets.cells import clusters, fit, is_simple, width_of
from reader.tui.widgets.flow import Row

Look = Callable[..., Style]
"""Names of voices and overlays to a style, the later over the earlier."""


class Overlay(NamedTuple):
    """A style laid over code points `start` to `end`; the later in a list lies on top."""

    start: int
    end: int
    name: str


def paint(
    row: Row,
    width: int,
    left: int,
    overlays: Sequence[Overlay],
    look: Look,
    *,
    right: int | None = None,
    sign: tuple[str, str] | None = None,
) -> Strip:
    """The row as a strip of at most `width` cells, its column beginning at cell `left`.

    `sign` is one cell drawn two cells left of the column, with its style; `right` is the cell at which the
    text ends when it is set at the right edge.
    """
    margin = text_cell(row, left, right) - width_of(row.prefix)
    runs: list[tuple[str, Style]] = []
    if sign is not None and left >= 2 and width > left - 2:
        runs += [(" " * (left - 2), look()), (sign[0], look(sign[1])), (" " * (margin - left + 1), look())]
    else:
        runs.append((" " * min(margin, width), look()))
    room = width - min(margin, width)
    if row.prefix and room > 0:
        prefix = fit(row.prefix, room, "")
        runs.append((prefix, look("rail")))
        room -= width_of(prefix)
    if row.span.length and room > 0:
        runs.extend(_text(row, room, overlays, look))
    return strip_of(runs)


def text_cell(row: Row, left: int, right: int | None = None) -> int:
    """The cell at which the text of a row begins, its column beginning at `left` or its text ending at
    `right`.
    """
    at = left + row.text_cell
    if right is not None:
        at = max(at, right - width_of(row.item.text[row.span.start : row.span.end]))
    return at


def strip_of(runs: Sequence[tuple[str, Style]]) -> Strip:
    """A strip of the runs, in as few segments as show the same."""
    return Strip([Segment(text, style) for text, style in joined(runs)])


def joined(runs: Sequence[tuple[str, Style]]) -> list[tuple[str, Style]]:
    """The runs with neighbours of one style made one, empty ones left out."""
    whole: list[tuple[str, Style]] = []
    for text, style in runs:
        if not text:
            continue
        if whole and (whole[-1][1] == style or (not whole[-1][0].strip() and _plain_space(whole[-1][1], style))):
            whole[-1] = (whole[-1][0] + text, style)
        else:
            whole.append((text, style))
    return whole


def _plain_space(first: Style, second: Style) -> bool:
    """Whether spaces in the first style look the same in the second."""
    return first.bgcolor == second.bgcolor and not any(
        (first.underline, second.underline, first.reverse, second.reverse, first.strike, second.strike)
    )


def _text(row: Row, room: int, overlays: Sequence[Overlay], look: Look) -> list[tuple[str, Style]]:
    """The runs of the row's own text, in at most `room` cells."""
    text, span, voice = row.item.text, row.span, row.item.voice
    part = text[span.start : span.end]
    over = [o for o in overlays if o.start < span.end and span.start < o.end] if row.item.placed else []
    more = "…" if row.more else ""
    if is_simple(part):
        if len(part) + len(more) > room:
            part = part[: room - len(more)]
        if not over:
            return [(part + more, look(voice))]
        cuts = sorted({0, len(part), *(c for o in over for c in (o.start - span.start, o.end - span.start))})
        cuts = [cut for cut in cuts if 0 <= cut <= len(part)]
        runs = [
            (part[a:b], look(voice, *(o.name for o in over if o.start <= span.start + a < o.end)))
            for a, b in pairwise(cuts)
        ]
        return [*runs, (more, look(voice))]
    runs = []
    for cluster in clusters(text, span.start, span.end):
        if cluster.width > room - len(more):
            if cluster.width > 1 and not runs:
                more = "?"
            break
        names = (o.name for o in over if o.start < cluster.end and cluster.start < o.end)
        runs.append((cluster.shown, look(voice, *names)))
        room -= cluster.width
    return [*runs, (more[:room], look(voice))]
