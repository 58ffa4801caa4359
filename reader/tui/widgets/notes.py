"""The notes pane: what was noted of this article, in the order of the text, as cards that wrap."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final, NamedTuple

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.annotations.annotation import Annotation, State
from reader.text.span import Span
from reader.tui.widgets.flow import Anchor, Flow, Item
from reader.tui.widgets.looks import ACCENT, QUIET, STRONG, Look
from reader.tui.widgets.paint import paint
from reader.tui.widgets.pencils import pen_style
from reader.tui.widgets.scroll import FlowView
from reader.tui.widgets.view import Spot

EMPTY: Final = "No notes yet. v selects, a writes one."
QUOTED_ROWS: Final = 2
"""Rows of a quotation on a card; the page shows all of it."""
_BADGES: Final = {State.MOVED: "moved", State.REVIEW: "look again", State.ORPHAN: "place lost"}


class Card(NamedTuple):
    """An annotation as the pane shows it.

    `where` says where it stands ("para 2"; "whole article"), `look` is the pen's colour, `mine` whether the
    analyst at the keyboard made it, `reason` says why the place must be looked at.
    """

    annotation: Annotation
    where: str = ""
    look: str = ""
    state: State = State.PLACED
    mine: bool = True
    reason: str = ""


class NotesPane(FlowView, can_focus=True):
    """The annotations of one article; one of them is the current one."""

    LOOKS: ClassVar[Mapping[str, Look]] = {
        "head": QUIET,
        "tags": QUIET,
        "empty": QUIET,
        "quote": Look("italic $text-muted", "italic ansi_bright_black"),
        "badge": Look("bold $warning", "bold ansi_yellow"),
        "bar": ACCENT,
        "current": STRONG,
    }

    class Highlighted(Message):
        """Another annotation is the current one."""

        def __init__(self, pane: "NotesPane", id: str) -> None:
            super().__init__()
            self.pane, self.id = pane, id

    class Opened(Message):
        """An annotation was chosen, by key or by click."""

        def __init__(self, pane: "NotesPane", id: str) -> None:
            super().__init__()
            self.pane, self.id = pane, id

    def __init__(self, *, empty: str = EMPTY, ascii: bool = False, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.cards: tuple[Card, ...] = ()
        self.empty = empty
        self.ascii = ascii
        self.current: str | None = None
        self._at = 0
        self._owner: list[int] = []

    # What is shown

    def show(self, cards: Sequence[Card], current: str | None = None) -> None:
        """Show the cards, in the order given; the current one stays the current one where it is still
        there.
        """
        self.cards = tuple(cards)
        ids = [card.annotation.id for card in self.cards]
        wanted = current if current in ids else self.current
        self.current = wanted if wanted in ids else None
        self._lay_out()
        self._bring_current()
        self.redraw()

    def highlight(self, id: str | None) -> None:
        """Make an annotation the current one and bring it into view, without a message (the page said so)."""
        self.current = id if any(card.annotation.id == id for card in self.cards) else None
        self._bring_current()
        self.redraw()

    def move(self, by: int) -> bool:
        """Go to the next card (the one before when negative); whether there is another."""
        if not self.cards:
            return False
        here, last = self._index(), len(self.cards) - 1
        at = here + by if here is not None else (0 if by > 0 else last)
        return self._go(max(0, min(at, last)))

    def to_first(self) -> bool:
        """Go to the first card."""
        return self._go(0)

    def to_last(self) -> bool:
        """Go to the last card."""
        return self._go(len(self.cards) - 1)

    def open(self) -> None:
        """Choose the current card."""
        if self.current is not None:
            self.post_message(self.Opened(self, self.current))

    def _go(self, index: int) -> bool:
        """Make a card the current one and say so."""
        if not 0 <= index < len(self.cards) or index == self._index():
            return False
        self._at, self.current = index, self.cards[index].annotation.id
        self._bring_current()
        self.redraw()
        self.post_message(self.Highlighted(self, self.current))
        return True

    # Layout and drawing

    @property
    def column(self) -> tuple[int, int]:
        """The cell at which the cards begin, and their width in cells."""
        left = 2 if self.size.width >= 12 else 0
        return left, max(1, min(72, self.size.width - left - (1 if left else 0)))

    def _lay_out(self) -> None:
        """The cards as items of the flow."""
        items: list[Item] = []
        self._owner = []
        for index, card in enumerate(self.cards):
            items.extend(_items(card, index > 0))
            self._owner.extend([index] * (len(items) - len(self._owner)))
        self._flow = Flow(items, self.column[1])

    def resized(self, width: int, height: int) -> None:
        """Wrap anew, the same card at the top."""
        top = self._top.item
        self._lay_out()
        self._top = self._flow.settled(Anchor(top, 0), height)
        self._bring_current()

    def _bring_current(self) -> None:
        """Bring the current card into view, as much of it as fits."""
        index = self._index()
        if index is None:
            self.stand(self._top)
            return
        first = self._owner.index(index)
        last = len(self._owner) - 1 - self._owner[::-1].index(index)
        end = Anchor(last, max(0, len(self._flow.rows(last)) - 1))
        self._bring(lambda: end, 0)
        self._bring(lambda: Anchor(first, sum(row.line < 0 for row in self._flow.rows(first))), 0)

    def _index(self) -> int | None:
        """The index of the current card; an annotation of several passages has several."""
        if self._at < len(self.cards) and self.cards[self._at].annotation.id == self.current:
            return self._at
        return next((at for at, card in enumerate(self.cards) if card.annotation.id == self.current), None)

    def draw(self, width: int, height: int) -> Sequence[Strip]:
        """The rows in view."""
        if not self.cards:
            flow = Flow([Item("empty", self.empty, Span(0, len(self.empty)), False)], self.column[1])
            return [paint(row, width, self.column[0], (), self.look) for row in flow.rows(0)]
        left, current = self.column[0], self._index()
        strips = []
        for anchor, row in self._flow.window(self._top, height):
            owner = self._owner[anchor.item]
            card = self.cards[owner]
            sign = None
            if row.line >= 0:
                if owner == current:
                    sign = ("#" if self.ascii else "▌"), "bar"
                elif row.item.voice == "quote":
                    sign = ("|" if self.ascii else "│"), f"sign:{card.look}"
            strips.append(paint(row, width, left, (), self.look, sign=sign))
        return strips

    def named_look(self, name: str) -> Style:
        """A voice, or a pen's colour."""
        kind, colon, colour = name.partition(":")
        if colon:
            return pen_style(kind, colour, self.rich_style, bool(self.app.native_ansi_color))
        return super().named_look(name)

    # Pointing and choosing

    def spots(self) -> list[Spot]:
        """The cards in view."""
        found: dict[int, Spot] = {}
        for y, (anchor, row) in enumerate(self._flow.window(self._top, self.size.height)):
            owner = self._owner[anchor.item]
            if row.line == 0 and owner not in found:
                found[owner] = Spot(self.column[0], y, f"note:{owner}")
        return list(found.values())

    def choose(self, action: str) -> None:
        """Make a card the current one and open it."""
        self._go(int(action.partition(":")[2]))
        self.open()

    def on_click(self, event: events.Click) -> None:
        """A click goes to a card and to its place on the page."""
        window = self._flow.window(self._top, self.size.height)
        if self.cards and event.y < len(window):
            self.choose(f"note:{self._owner[window[event.y][0].item]}")


def _items(card: Card, above: bool) -> list[Item]:
    """A card: where and who, the passage, the note."""
    note = card.annotation
    parts = (card.where, "" if card.mine else note.creator, *(f"#{tag}" for tag in note.tags))
    head = " · ".join(filter(None, parts))
    if note.private:
        head += " · private" if head else "private"
    if note.reliability or note.credibility:
        head += f" · graded {note.reliability or ''}{note.credibility or ''}"
    if note.kind != "note":
        head = f"{note.kind} · {head}" if head else note.kind
    items = [_item("head", head or "note", above=1 if above else 0, limit=1)]
    if card.state in _BADGES:
        reason = f": {card.reason}" if card.reason else ""
        items.append(_item("badge", _BADGES[card.state] + reason, limit=2))
    for target in note.targets:
        if target.exact:
            stance = f"{target.stance.value}: " if target.stance else ""
            items.append(_item("quote", f"{stance}“{' '.join(target.exact.split())}”", limit=QUOTED_ROWS))
    items.extend(_item("note", line) for line in _words(note.note).split("\n") if line.strip())
    return items


def _words(note: str) -> str:
    """What a note says; Enter follows its links."""
    if "[[" not in note:
        return note
    from reader.annotations.links import read_aloud

    return read_aloud(note)


def _item(voice: str, text: str, above: int = 0, limit: int = 0) -> Item:
    """A paragraph of a card."""
    return Item(voice, text, Span(0, len(text)), placed=False, above=above, limit=limit)
