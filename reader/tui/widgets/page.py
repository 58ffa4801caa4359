"""The page: one article, set for reading, with everything that lies over its text.

The page is a `Flow` of paragraphs, wrapped only where one looks. Every place is a code point of the article's
text: where the page stands, what is marked, found and selected, and where a click lands.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, ClassVar, Final

from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from reader.capture.article import Article, Block, Kind
from reader.text.span import Span
from reader.tui.widgets.flow import Anchor, Flow, Item, Row
from reader.tui.widgets.layers import Layers, Mark
from reader.tui.widgets.layout import View, compose, hidden_by
from reader.tui.widgets.looks import Look
from reader.tui.widgets.marked import Marked
from reader.tui.widgets.paint import paint
from reader.tui.widgets.pencils import PAGE_LOOKS, pen_style

__all__ = ["Mark", "Page"]

MEASURE: Final = 66
"""Cells of a line of body text, where the pane allows it."""
CHARACTERS_A_MINUTE: Final = 1_300
"""Speed of an attentive reader, for the minutes that are left."""
_WIDE_ENOUGH: Final = 48
"""Cells below which the raw view puts a line's kind above it instead of beside it."""


class Page(Marked, can_focus=True):
    """An article on the screen."""

    LOOKS: ClassVar[Mapping[str, Look]] = PAGE_LOOKS

    class Moved(Message):
        """The page stands elsewhere: the code point at its top, and the share (0 to 1) that has been seen."""

        def __init__(self, page: "Page", position: int, fraction: float) -> None:
            super().__init__()
            self.page, self.position, self.fraction = page, position, fraction

    class FoldToggled(Message):
        """Something was unfolded or folded: "comments", "furniture", "raw" or "thread"."""

        def __init__(self, page: "Page", what: str) -> None:
            super().__init__()
            self.page, self.what = page, what

    def __init__(self, *, measure: int = MEASURE, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.article: Article | None = None
        self.view = View()
        self.measure = measure
        self.right_align = False
        self._items: list[Item] = []
        self._composed: tuple[Article | None, View] | None = None
        self._proper: tuple[list[int], list[int]] | None = None
        self._wanted = 0

    # What is shown

    def show(self, article: Article | None, marks: Sequence[Mark] = (), position: int | None = None) -> None:
        """Show an article from `position` on (its beginning where None); folds close, hits and
        selection go.
        """
        self.article, self.text, self._proper = article, article.text if article else "", None
        self.view = self.view._replace(raw=False, furniture=False, closed=frozenset())
        self.pencil = Layers()
        self.pencil.set_marks(marks)
        self._forget_caret()
        self._last_caret = None
        self._flow, self._top = Flow((), 1), Anchor(0, 0)
        self.position = self._wanted = position or 0
        if self.size.width:
            self._rewrap()
            self.position = self._first_position()
            self.moved()

    def configure(
        self, *, measure: int | None = None, right_align: bool | None = None, view: View | None = None
    ) -> None:
        """Another measure (cells), right alignment of right-to-left text, or another `View`; the place is
        kept.
        """
        self.measure = self.measure if measure is None else measure
        self.right_align = self.right_align if right_align is None else right_align
        self.view = view or self.view
        self._rewrap()

    def folds(self, what: str) -> bool:
        """Whether the article has what is folded as "comments" or as "furniture"."""
        article = self.article
        return article is not None and any(hidden_by(article, block.span.start) == what for block in article.blocks)

    def toggle_comments(self) -> bool:
        """Show or fold the comments; whether they are shown now."""
        return self._unfold("comments", self.view._replace(comments=not self.view.comments, raw=False))

    def toggle_furniture(self) -> bool:
        """Show or fold menus, repeats and the like in their places; whether they are shown now."""
        return self._unfold("furniture", self.view._replace(furniture=not self.view.furniture, raw=False))

    def toggle_raw(self) -> bool:
        """Show every line of the capture with its kind and rule, or the page again; whether raw now."""
        return self._unfold("raw", self.view._replace(raw=not self.view.raw))

    def toggle_thread(self, position: int | None = None) -> bool:
        """Close or open the replies to the comment at a place (the caret's or the top's where None); whether
        it did.
        """
        here = self.caret.position if self.caret else self.position
        block = self.article.block_at(here if position is None else position) if self.article else None
        if block is None or block.kind is not Kind.COMMENT:
            return False
        return self._unfold("thread", self.view._replace(closed=self.view.closed ^ {self._thread(block).span.start}))

    def _thread(self, block: Block) -> Block:
        """The comment whose replies are meant at `block`: itself, or the one it answers when it has none."""
        comments = [b for b in self.article.blocks if b.kind is Kind.COMMENT] if self.article else []
        index = comments.index(block)
        if index + 1 < len(comments) and comments[index + 1].depth > block.depth:
            return block
        return next((b for b in reversed(comments[:index]) if b.depth < block.depth), block)

    def _unfold(self, what: str, view: View) -> bool:
        """Lay out anew with the same text at the top where it is still shown."""
        self.view = view
        self._rewrap()
        self.moved()
        self.post_message(self.FoldToggled(self, what))
        return bool(getattr(view, what, True))

    # Places

    def go(self, position: int) -> None:
        """Put a code point at the top, unfolding what hides it."""
        self._open(position)
        self.stand(self._flow.top_for(position))

    def reveal(self, span: Span) -> None:
        """Bring a span into view, unfolding what hides it; nothing moves when it is in view."""
        self._open(span.start)
        self.bring(span.start)

    def _open(self, position: int) -> None:
        """Unfold what hides a code point."""
        if self.article is None or self.view.raw or self._flow.shows(position):
            return
        what = hidden_by(self.article, position)
        if what:
            view = self.view._replace(closed=frozenset())
            self._unfold(what, view._replace(comments=True) if what == "comments" else view._replace(furniture=True))

    @property
    def fraction(self) -> float:
        """The share of the article, 0 to 1, that lies above the bottom of the pane."""
        if self.article is None or not self.text or self.at_end:
            return 1.0
        rows = [row for _, row in self._flow.window(self._top, self.size.height) if row.item.placed]
        return max((row.span.end for row in rows), default=0) / len(self.text)

    def minutes_left(self) -> int:
        """The minutes it takes to read what is not yet seen of the article proper; at least 1 until the
        end.
        """
        if self.article is None or self.at_end:
            return 0
        if self._proper is None:
            self._proper = _article_proper(self.article)
        ends, after = self._proper
        at = bisect_right(ends, self.position)
        if at == len(ends):
            return 1
        inside = min(ends[at] - self.position, after[at] - after[at + 1])
        return max(1, round((inside + after[at + 1]) / CHARACTERS_A_MINUTE))

    def moved(self) -> None:
        """Tell where the page stands."""
        self.post_message(self.Moved(self, self.position, self.fraction))

    # Layout and drawing

    @property
    def column(self) -> tuple[int, int]:
        """The cell at which the text column begins, and its width in cells."""
        width = self.size.width
        gutter = 3 if width >= 24 else 1 if width >= 4 else 0
        wide = max(1, min(self.measure if not self.view.raw else width, width - gutter - (1 if gutter else 0)))
        return max(gutter, (width - wide) // 2), wide

    def _lay_out(self) -> None:
        """Lay the article out at the present width; its paragraphs are made once for each view of it."""
        if not self.size.width:
            return
        left, wide = self.column
        if self.view.raw:
            self.view = self.view._replace(margin=min(30, wide // 3) if wide >= _WIDE_ENOUGH else 0)
        if self._composed is None or self._composed[0] is not self.article or self._composed[1] != self.view:
            self._composed = (self.article, self.view)
            self._items = compose(self.article, self.view) if self.article else []
        self._flow = Flow(self._items, wide, left)
        self._refit_caret()

    def _rewrap(self) -> None:
        """Lay out again and stand at the same code point."""
        at_top = self._top == Anchor(0, 0) and not self._wanted
        keep, self._wanted = self._wanted or self.position, 0
        self._lay_out()
        anchor = Anchor(0, 0) if at_top else self._flow.top_for(keep)
        self._top = self._flow.settled(anchor, self.size.height)
        self.redraw()

    def resized(self, width: int, height: int) -> None:
        """Keep the paragraph in view; the place does not drift when sizes come in a storm."""
        if self.column[1] != self._flow.width:
            self._rewrap()
        else:
            anchor = self._top if self._top == Anchor(0, 0) else self._flow.top_for(self.position)
            self._top = self._flow.settled(anchor, height)
        self.moved()

    def right_edge(self, row: Row) -> int | None:
        """Right-to-left paragraphs end at the right edge when that is asked for."""
        if not self.right_align or not row.item.placed or not _runs_right_to_left(row):
            return None
        return sum(self.column)

    def draw(self, width: int, height: int) -> Sequence[Strip]:
        """The rows in view with everything that lies over them."""
        left, _ = self.column
        rows = [row for _, row in self._flow.window(self._top, height)]
        spans = [row.span for row in rows if row.item.placed]
        view = Span(min(s.start for s in spans), max(s.end for s in spans) + 1) if spans else Span(0, 0)
        marks = [mark for mark in self.pencil.marks if mark.span.overlaps(view)]
        overlays = [*self.pencil.over(view, marks), *self.selection_overlays()]
        return [
            paint(row, width, left, overlays, self.look, right=self.right_edge(row),
                  sign=self.pencil.sign(row, marks, self.view.ascii))
            for row in rows
        ]  # fmt: skip

    def named_look(self, name: str) -> Style:
        """Pens have any colour; everything else is in the table of looks."""
        kind, _, colour = name.partition(":")
        if colour:
            return pen_style(kind, colour, self.rich_style, bool(self.app.native_ansi_color))
        return super().named_look(name)

    def choose(self, action: str) -> None:
        """Unfold, go to a mark, or set the caret at a place."""
        kind, _, value = action.partition(":")
        if kind == "comments":
            self.toggle_comments()
        elif kind == "furniture":
            self.toggle_furniture()
        elif kind == "thread":
            self.toggle_thread(int(value))
        elif kind == "mark":
            self.go_mark(value)
        elif kind == "place":
            self.enter_caret(int(value))


def _article_proper(article: Article) -> tuple[list[int], list[int]]:
    """Where the blocks end that one reads an article for, and how many code points of such blocks stand from each of
    them on (0 after the last).
    """
    kinds = (Kind.BODY, Kind.STANDFIRST, Kind.SUBHEAD, Kind.CAPTION)
    spans = [block.span for block in article.blocks if block.kind in kinds]
    after = [*accumulate((span.length for span in reversed(spans)), initial=0)][::-1]
    return [span.end for span in spans], after


def _runs_right_to_left(row: Row) -> bool:
    """Whether the first letter of the paragraph is written from right to left."""
    for character in row.item.text[row.item.span.start : row.item.span.start + 80]:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False
