"""A column of items that are wrapped only where one looks: the page, and the notes beside it; pure.

A place in the flow is an `Anchor` (item, row of the item), so nothing needs the total height: a text of a
megabyte opens, scrolls and jumps by wrapping a screenful.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final, NamedTuple

from reader.text.span import Span
from reader.tui.widgets.cells import width_of
from reader.tui.widgets.wrap import wrap

_REMEMBERED: Final = 2000
"""Items whose rows are kept; a screen shows at most a few hundred."""


class Item(NamedTuple):
    """A paragraph of the column: `text[span]`, in a voice.

    `placed` tells whether `text` is the article's, so that its code points are places on the page; otherwise
    the text was composed. `lead` stands before the first row, `rail` before each other row (both in the quiet
    voice), `indent` cells to the left of them, `hang` cells that the first row reaches out to the left;
    `above` is the number of blank rows before it, `action` what choosing it does, `limit` the most rows it
    may take (0: any).
    """

    voice: str
    text: str
    span: Span
    placed: bool = True
    lead: str = ""
    rail: str = ""
    indent: int = 0
    hang: int = 0
    above: int = 0
    action: str = ""
    limit: int = 0


class Row(NamedTuple):
    """One row: `item.text[span]` after `prefix`, `indent` cells from the left. `line` is 0 for an item's
    first row.

    A blank row has a span without length. `more` tells that the item goes on but is cut here.
    """

    item: Item
    span: Span
    prefix: str
    indent: int
    line: int
    more: bool = False

    @property
    def text_cell(self) -> int:
        """The cell, from the left of the column, where the text begins."""
        return self.indent + width_of(self.prefix)


class Anchor(NamedTuple):
    """A row in the flow: its item, and which row of it."""

    item: int
    row: int


class Flow:
    """Items in one column, `width` cells wide, with `gutter` free cells at its left that a quotation mark may
    hang into.
    """

    def __init__(self, items: Sequence[Item], width: int, gutter: int = 0) -> None:
        self.items = items
        self.gutter = gutter
        self.width = max(1, width)
        self._rows: OrderedDict[int, list[Row]] = OrderedDict()
        placed = sorted((item.span.start, index) for index, item in enumerate(items) if item.placed)
        self._starts = [start for start, _ in placed]
        self._placed = [index for _, index in placed]

    def rows(self, index: int) -> list[Row]:
        """The rows of an item, blank ones above it included; wrapped when first asked for."""
        found = self._rows.get(index)
        if found is None:
            found = self._rows[index] = self._wrapped(self.items[index])
            if len(self._rows) > _REMEMBERED:
                self._rows.popitem(last=False)
        return found

    def _wrapped(self, item: Item) -> list[Row]:
        """The rows of one item at this width."""
        indent = min(item.indent, max(0, self.width - 12))
        rail = item.rail if self.width >= 16 else ""
        lead = item.lead if self.width >= 16 else ""
        hang = item.hang if indent + self.gutter > item.hang else 0
        room = self.width - indent
        spans = wrap(item.text, item.span, room - width_of(rail), room + hang - width_of(lead))
        nothing = Span(item.span.start, item.span.start)
        rows = [Row(item, nothing, "", 0, -1)] * item.above
        shown = spans[: item.limit] if item.limit else spans
        rows.extend(
            Row(item, span, rail if index else lead, indent - (0 if index else hang), index,
                more=index + 1 == len(shown) < len(spans))
            for index, span in enumerate(shown)
        )  # fmt: skip
        return rows

    def row(self, anchor: Anchor) -> Row:
        """The row at an anchor."""
        return self.rows(anchor.item)[anchor.row]

    def step(self, anchor: Anchor, count: int) -> Anchor:
        """The anchor `count` rows further on (back when negative), at most to the ends of the flow."""
        item, row = anchor
        if not self.items:
            return Anchor(0, 0)
        row += count
        while row < 0 and item > 0:
            item -= 1
            row += len(self.rows(item))
        while row >= len(self.rows(item)) and item + 1 < len(self.items):
            row -= len(self.rows(item))
            item += 1
        return Anchor(item, max(0, min(row, len(self.rows(item)) - 1)))

    def window(self, top: Anchor, height: int) -> list[tuple[Anchor, Row]]:
        """At most `height` rows from `top` on."""
        shown: list[tuple[Anchor, Row]] = []
        item, begin = top
        while item < len(self.items) and len(shown) < height:
            rows = self.rows(item)
            shown.extend((Anchor(item, index), rows[index]) for index in range(begin, len(rows)))
            item, begin = item + 1, 0
        return shown[:height]

    def last(self) -> Anchor:
        """The anchor of the last row."""
        if not self.items:
            return Anchor(0, 0)
        return Anchor(len(self.items) - 1, len(self.rows(len(self.items) - 1)) - 1)

    def settled(self, top: Anchor, height: int) -> Anchor:
        """`top`, moved up as far as needed for the last row to stand at the bottom and not higher."""
        if not self.items:
            return Anchor(0, 0)
        item = min(top.item, len(self.items) - 1)
        top = Anchor(item, min(max(0, top.row), len(self.rows(item)) - 1))
        missing = height - len(self.window(top, height))
        return self.step(top, -missing) if missing > 0 else top

    def ends_within(self, top: Anchor, height: int) -> bool:
        """Whether the last row is among the `height` rows from `top` on."""
        return len(self.window(top, height + 1)) <= height

    def at(self, position: int) -> Anchor | None:
        """The row that shows the code point, or the next one that is shown; None where nothing is placed."""
        if not self._placed:
            return None
        index = max(0, bisect_right(self._starts, position) - 1)
        item = self._placed[index]
        if position >= self.items[item].span.end and index + 1 < len(self._placed):
            gap_end = self._starts[index + 1]
            if position > self.items[item].span.end or gap_end == position:
                item = self._placed[index + 1]
        rows = self.rows(item)
        chosen = next((at for at, row in enumerate(rows) if row.line >= 0), 0)
        for at, row in enumerate(rows):
            if row.line >= 0 and row.span.start <= position:
                chosen = at
        return Anchor(item, chosen)

    def top_for(self, position: int) -> Anchor:
        """The row to stand at the top for a code point: the beginning, with what is composed there, for the
        first placed row.
        """
        found = self.at(position)
        if found is None:
            return Anchor(0, 0)
        first = min(self._placed)
        blank = sum(1 for row in self.rows(first) if row.line < 0)
        return Anchor(0, 0) if found <= (first, blank) else found

    def shows(self, position: int) -> bool:
        """Whether the code point is shown, not folded away (white space between rows counts as shown)."""
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and self.items[self._placed[index]].span.end >= position

    def placed_spans(self) -> list[Span]:
        """What is shown of the article, in text order."""
        return [self.items[index].span for index in self._placed]
