"""The base of every pane: a widget made of rows, which sends a terminal only the rows that changed.

Textual repaints a whole widget when it scrolls. Over a slow line that is most of what is sent, so a
`LineView` compares each new row with the one on the screen and repaints only up to the last cell that
differs.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, NamedTuple, Self

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip

from reader.tui.widgets.cells import is_simple
from reader.tui.widgets.drawn import DrawnOnce
from reader.tui.widgets.looks import LABEL, Look


class Spot(NamedTuple):
    """Something on the screen that can be chosen: its cell in the pane, and what choosing it means to the
    pane.
    """

    x: int
    y: int
    action: str


class LineView(DrawnOnce):
    """Rows over a model; a subclass implements `draw` and calls `redraw` after each change."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = "LineView { width: 1fr; height: 1fr; }"
    LOOKS: ClassVar[Mapping[str, Look]] = {}
    """The looks that `look` lays one over the other, by name."""

    def __init__(self, *, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._strips: list[Strip] = []
        self._filtered: list[Strip] = []
        self._fresh = False
        self._drawn = Size(0, 0)
        self._waiting = False
        self._stale = True
        self._looks: dict[tuple[str, ...], Style] = {}
        self._labels: dict[tuple[int, int], str] = {}

    # What a subclass says

    def draw(self, width: int, height: int) -> Sequence[Strip]:
        """The rows of the pane, each at most `width` cells; missing ones are blank."""
        raise NotImplementedError

    def spots(self) -> list[Spot]:
        """What can be chosen on the screen now, from top to bottom."""
        return []

    def choose(self, action: str) -> None:
        """Do what a spot's `action` says."""

    # Drawing

    def redraw(self) -> None:
        """Draw again when the present message is dealt with; several calls make one drawing."""
        self._stale = True
        if not self._waiting and self.is_mounted:
            self._waiting = True
            self.call_next(self._redraw)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """As Textual's, but where it would send the whole pane again although the size is the same (as when
        the focus comes and goes) only what differs is sent.
        """
        if repaint and self._fresh and self._drawn == self.size and not (regions or layout or recompose):
            self.redraw()
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _redraw(self) -> None:
        """Compare the new rows with the old and repaint what differs."""
        self._waiting = False
        if not self._fresh or self._drawn != self.size:
            self._fresh = False
            self.refresh()
            return
        if not self._stale:
            return  # painted meanwhile
        old = self._strips
        self._compute()
        regions = list(_changed(old, self._strips))
        if regions:
            self.refresh(*regions)

    def _compute(self) -> None:
        """Fill `_strips` with exactly as many rows as the pane has, each exactly as wide."""
        width, height = self.size
        if self._drawn != self.size:
            self.resized(width, height)
        base = self.look()
        strips = list(self.draw(width, height))[:height] if width and height else []
        strips.extend([Strip.blank(width, base)] * (height - len(strips)))
        for (x, y), label in self._labels.items():
            if y < height and x < width:
                strips[y] = _overlaid(strips[y], x, label, self.look("label"), width)
        # What stays is the same object, for which Textual remembers how it was cut and coloured.
        old, now = self._strips, [strip.adjust_cell_length(width, base) for strip in strips]
        now[: len(old)] = [was if was == strip else strip for was, strip in zip(old, now, strict=False)]
        for was, strip in zip(old, now, strict=False):
            if was is not strip:
                _let_go(was)
        self._strips, self._filtered = now, []
        self._fresh, self._stale, self._drawn = True, False, self.size

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of `crop`. They have all their cells and colours: without a rule beside them nothing is added."""
        if self.styles.gutter:
            return super().render_lines(crop)
        rows = self._rows()
        if not self._filtered:
            self._filtered, background = rows, self.background_colors[1]
            for filter in self.get_line_filters():
                self._filtered = [strip.apply_filter(filter, background) for strip in self._filtered]
        strips = self._filtered[crop.y : crop.bottom]
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """One row, as Textual asks for it."""
        rows = self._rows()
        return rows[y] if y < len(rows) else Strip.blank(self.size.width, self.look())

    def _rows(self) -> list[Strip]:
        """The rows at this size, drawn if they were not."""
        if not self._fresh or self._drawn != self.size:
            self._compute()
        return self._strips

    def look(self, *names: str) -> Style:
        """The style of a voice with others laid over it, by their names."""
        found = self._looks.get(names)
        if found is None:
            found = self.rich_style
            for name in names:
                found += self.named_look(name)
            self._looks[names] = found = Style(
                color=_own(found.color), bgcolor=_own(found.bgcolor), bold=found.bold or None,
                dim=found.dim or None, italic=found.italic or None, underline=found.underline or None,
                reverse=found.reverse or None, strike=found.strike or None,
            )  # fmt: skip
        return found

    def named_look(self, name: str) -> Style:
        """What one look adds; nothing where there is none of that name."""
        look = LABEL if name == "label" else self.LOOKS.get(name)
        if look is None:
            return Style.null()
        return look.style(
            self.app.theme_variables,
            self.background_colors[1],
            ansi=self.app.native_ansi_color,
            colourless=self.screen.has_class("colourless"),
        )

    def notify_style_update(self) -> None:
        """Colours may have changed, or only the focus: draw again, and send what differs."""
        self._looks.clear()
        super().notify_style_update()
        self.redraw()

    def on_resize(self, event: events.Resize) -> None:
        """Another size: mostly the rows of that size were drawn before it is told."""
        if self._drawn != self.size:
            self.redraw()

    def resized(self, width: int, height: int) -> None:
        """For subclasses that keep a place while the size changes; called before the first drawing at a size."""

    # Letters on targets

    def label(self, labels: dict[tuple[int, int], str]) -> None:
        """Lay letters over cells (column, row), or take them away again with an empty mapping."""
        self._labels = labels
        self.redraw()


def _let_go(strip: Strip) -> None:
    """Break the circles in which Textual holds a row that is shown no more: a cut that leaves it whole is remembered in
    the row itself, which only a search for rubbish would find, and that holds up every key.
    """
    strip._divide_cache.clear()
    coloured, cut = strip._filter_cache, strip._crop_cache
    for made in (*map(coloured.get, coloured.keys()), *map(cut.get, cut.keys())):
        if made is not None:
            _let_go(made)


def _own(colour: Color | None) -> Color | None:
    """The colour, or None where it is the terminal's own: what need not be said is not sent."""
    return None if colour is None or colour.is_default else colour


def _changed(old: Sequence[Strip], new: Sequence[Strip]) -> Iterable[Region]:
    """The cells that differ, a region for each row."""
    for y, strip in enumerate(new):
        if y >= len(old):
            yield Region(0, y, strip.cell_length, 1)
        elif old[y] != strip:
            yield Region(0, y, strip.cell_length - _same_end(old[y], strip), 1)


def _same_end(old: Strip, new: Strip) -> int:
    """How many cells at the right end are alike; 0 where they cannot be told quickly."""
    if old.cell_length != new.cell_length or not (is_simple(old.text) and is_simple(new.text)):
        return 0
    same = 0
    ours, theirs = list(old), list(new)
    while ours and theirs:
        left, right = ours.pop(), theirs.pop()
        if left.style != right.style:
            break
        length = min(len(left.text), len(right.text))
        matched = 0
        while matched < length and left.text[-1 - matched] == right.text[-1 - matched]:
            matched += 1
        same += matched
        if matched < length:
            break
        if len(left.text) > length:
            ours.append(Segment(left.text[:-length], left.style))
        if len(right.text) > length:
            theirs.append(Segment(right.text[:-length], right.style))
    return same


def _overlaid(strip: Strip, x: int, label: str, style: Style, width: int) -> Strip:
    """The row with a label over the cells from `x` on."""
    label = label[: max(0, width - x)]
    strip = strip.adjust_cell_length(width)
    before, _, after = strip.crop(0, x), None, strip.crop(x + cell_len(label), width)
    return Strip.join([before, Strip([Segment(label, style)]), after])
