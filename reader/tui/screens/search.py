"""Searching every article as one types: lines in context, the best article first, the place itself beside them."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static
from textual.widgets.input import Selection

from reader.capture.article import Article
from reader.search.answer import Hit
from reader.search.completion import Completion
from reader.search.matching import why
from reader.search.ordering import ORDERS
from reader.tui.arrangement import NARROW, WIDE
from reader.tui.found import Tick
from reader.tui.screens.answering import AGAIN, HINT, AnsweringScreen, Kept, Landing
from reader.tui.widgets.drawn import Box
from reader.tui.widgets.page import Page
from reader.tui.widgets.rows import RowList

__all__ = ["Kept", "Landing", "SearchScreen"]


class SearchScreen(AnsweringScreen):
    """The search. Its answer is where to land, or None. `kept` is an answer that was left, shown again."""

    DEFAULT_CSS = """
    #search-line { height: 1; layout: horizontal; }
    #search-desk { layout: horizontal; }
    #search-title { width: auto; height: 1; padding-left: 1; color: $accent; text-style: bold; }
    #search-prompt { width: 1fr; padding: 0; }
    #search-told { width: auto; max-width: 60%; height: 1; padding: 0 1; color: $text-muted; }
    #search-offer { height: 1; width: 1fr; color: $text-muted; }
    #search-list { width: 6fr; }
    #search-preview { width: 4fr; border-left: vkey $rule; }
    """
    PLACE: ClassVar[str] = "search"

    def __init__(self, query: str = "", kept: Kept | None = None) -> None:
        super().__init__(query or (kept.answer.query if kept is not None else ""))
        self.offer_line = Static("", id="search-offer", markup=False)
        self.beside = Box(id="search-preview")
        self.preview = Page(id="preview")
        self.preview.can_focus = False
        self.offers: tuple[Completion, ...] = ()
        self._offers_for = ""
        self._landing_for: str | None = None
        self._previewed: tuple[Article | None, tuple[Hit, ...], int | None] | None = None
        self.undo: Callable[[], str] | None = None
        self._kept = kept if not query else None

    def compose(self) -> ComposeResult:
        """The line to type in, the rows, and beside them the article."""
        with Box(id="search-line"):
            yield Static("search ", id="search-title", markup=False)
            yield self.prompt
            yield self.told
        yield self.offer_line
        with Box(id="search-desk"):
            yield self.list
            with self.beside:
                yield self.preview
        yield self.status

    def on_mount(self) -> None:
        """Ready to type."""
        desk = self.desk
        self.list.ascii = self.found.ascii = desk.settings.ascii
        self.preview.measure = desk.settings.measure
        self.prompt.history = desk.searched
        self.list.empty = HINT
        self.focus_on(self.prompt)
        self.status.set_mode("SEARCH")
        kept = self._kept
        if kept is not None:
            self.answer, self.found, self.order = kept.answer, kept.found, kept.found.order
            self.prompt.selection = Selection(0, len(self.prompt.value))
        self._share()
        if kept is not None:
            self.list.first = kept.first
            self.show_rows(kept.index)
        self.show_state()
        if self.prompt.value:
            self.search(self.prompt.value)
        self.set_interval(AGAIN, self.ask_again)

    def on_resize(self, event: events.Resize) -> None:
        """Another width, other lines."""
        self._share()
        self.told.update("")  # its place may be smaller now
        self.show_state()

    def _share(self) -> None:
        """Show the article beside the rows where there is room."""
        self.beside.display = self.app.size.width >= WIDE
        width = self.app.size.width
        self.found.width = width * 6 // 10 if self.beside.display else width
        self.found.lay_out()
        self.list.changed()

    @property
    def places(self) -> tuple[str, ...]:
        """In the line one types; among the rows keys are commands."""
        return ("prompt",) if self.prompt.has_focus else ("search",)

    # Completing

    def on_answering_screen_offered(self, event: AnsweringScreen.Offered) -> None:
        """Show how what is typed may go on: fields and their values by tab, known words by the right arrow."""
        here = event.query.strip()
        if event.query != self.prompt.value:  # found late: what may follow the present text may be known already
            return
        self.offers = tuple(offer for offer in event.offers if offer.text.strip() != here) if here else ()
        self._offers_for = event.query
        self._show_second_line()

    @property
    def can_complete(self) -> bool:
        """Whether the cursor stands where what is typed goes on, and something is known that may follow."""
        at_end = self.prompt.cursor_position >= len(self.prompt.value)
        return at_end and bool(self.offers) and self._offers_for == self.prompt.value

    @property
    def tab_completes(self) -> bool:
        """Whether tab completes what is typed: fields and their values; a word is left as it is."""
        return self.can_complete and (bool(self.offers[0].detail) or ":" in self.offers[0].text.split()[-1])

    def take_offer(self) -> None:
        """Put the first completion in."""
        self.prompt.value = self.offers[0].text
        self.prompt.cursor_position = len(self.prompt.value)

    def _show_second_line(self) -> None:
        """What may follow while one types; else the order, and what the reader should know."""
        ascii = self.desk.settings.ascii
        if self.can_complete and self.prompt.has_focus:
            key = self.desk.keymap.first("prompt.rows" if self.tab_completes else "prompt.complete", ascii)
            told = "   ".join(f"{one.label}  {one.detail}".rstrip() for one in self.offers)
            _put(self.offer_line, f" {key}  {told}")
        elif self.answer is not None and self.answer.asks:
            key = self.desk.keymap.first("search.order", ascii)
            order = self.answer.order if self.order == "relevance" else self.order
            words = [f"{ORDERS[order]} ({key} changes the order)"]
            words = [f"{len(self.found.ticked)} ticked ·", *words] if self.found.ticked else words
            words = [f"{self.answer.notice} ·", *words] if self.answer.notice else words
            _put(self.offer_line, " " + " ".join(words))
        else:
            _put(self.offer_line, "")

    # What is shown

    def show_preview(self) -> None:
        """The article of the row, at its hit."""
        if not self.beside.display:
            return
        index = self.list.index
        if index is None or index >= self.found.count:
            self.preview.show(None)
            return
        result = self.found.result_of(index)
        article = self.found.article_of(result.id)
        shown = article, self.found.hits_of(result.id), self.found.hit_of(index)
        if article is not self.preview.article:
            self.preview.show(article)
        elif shown == self._previewed:
            return
        self._previewed = shown
        if article is not None:
            self.preview.set_hits(*shown[1:])

    def show_state(self) -> None:
        """Say how much was found, how the query was understood, and which keys matter."""
        answer = self.answer
        ascii = self.desk.settings.ascii
        if answer is not None and answer.asks:
            parts = [f"{answer.whole:,} article{'' if answer.whole == 1 else 's'}"]
            width, rest = self.app.size.width, answer.matched - answer.whole
            exact, near = self.found.tally() or (0, 0)
            if width >= NARROW and rest:
                parts += [f"{rest:,} with a part"]
            if width >= WIDE or (width >= NARROW and not rest):
                parts += [f"{exact} exact"] if exact or near else []
                parts += [f"{'~' if ascii else '≈'} {near}"] if near else []
            parts += [f"{answer.milliseconds:.0f} ms"] if width >= WIDE else []
            parts += [f"{answer.indexed:.0%} searched"] if answer.indexed < 1 else []
            self._tell(" · ".join(parts))
        else:
            self._tell("")
        self.status.set_place(answer.reading if answer is not None else "")
        self._show_second_line()
        keymap = self.desk.keymap
        wanted = (
            [("prompt.accept", "open"), ("prompt.next", "next"), ("prompt.rows", "rows"), ("prompt.leave", "leave")]
            if self.prompt.has_focus
            else [("open", "open"), ("search.tick", "tick"), ("search.tag", "tag"), ("search.note", "note"),
                  ("search.why", "why"), ("search.all", "all"), ("back", "back"), ("help", "keys")]
        )  # fmt: skip
        self.status.set_keys([(keymap.first(name, ascii), word) for name, word in wanted])

    def on_descendant_focus(self) -> None:
        """Other keys count now."""
        self.show_state()

    def _tell(self, told: str) -> None:
        """Show what was found. Its place only grows: laying out the screen costs more than an answer does."""
        room = len(str(self.told.content))
        _put(self.told, told.rjust(room), layout=len(told) > room)

    # Going and ticking

    def on_row_list_selected(self, event: RowList.Selected) -> None:
        """A row was clicked."""
        self.land()

    def land(self) -> None:
        """Leave for the place under the cursor; where what is typed is not answered yet, as soon as it is."""
        typed = self.prompt.value
        answered = self.answer is not None and self.answer.query == typed
        self._landing_for = None if answered and not self._rows_are_old else typed
        if self._landing_for is not None:
            return
        index = self._row_in_focus()
        if index is None:
            return
        result = self.found.result_of(index)
        query = self.answer.query if self.answer is not None else ""
        self.leave(Landing(result.id, query, self.found.hits_of(result.id), self.found.hit_of(index)))

    @property
    def _rows_are_old(self) -> bool:
        """Whether the rows still show an earlier answer, since no line of the present one was looked up yet."""
        return self.answer is not None and bool(self.answer.results) and not self.found.looked

    def show_rows(self, index: int | None) -> None:
        """Lay the rows out, and go where somebody wanted to go before they were there."""
        super().show_rows(index)
        if self._landing_for == self.prompt.value:
            self.land()

    def leave(self, landing: Landing | None) -> None:
        """Leave, and keep the answer for when one comes back."""
        self.prompt.remember()
        if self.answer is not None and self.answer.query.strip():
            kept = Kept(self.answer, self.found, self.list.index, self.list.first)
            self.desk.main_screen.kept_search = kept
        self.dismiss(landing)

    def tick(self) -> None:
        """Tick the hits of the row under the cursor, or take the ticks away; an article's row ticks all its hits."""
        index = self._row_in_focus()
        if index is None:
            return
        keys = self.found.ticks_at(index)
        if keys <= self.found.ticked:
            self.found.ticked -= keys
        else:
            self.found.ticked |= keys
        self.list.changed()
        self.list.move(1)
        self.show_state()

    def _row_in_focus(self) -> int | None:
        """The row under the cursor; where there is none, that is said."""
        index = self.list.index
        if index is None or index >= self.found.count:
            self.desk.say("No hit is in focus")
            return None
        return index

    def chosen_hits(self) -> set[Tick]:
        """What an action is about: the ticked hits, else the first of the row under the cursor."""
        index = self.list.index
        if self.found.ticked or index is None or index >= self.found.count:
            return set(self.found.ticked)
        at = self.found.hit_of(index)
        return {(self.found.result_of(index).id, at)} if at is not None else set()

    def say_why(self) -> None:
        """Say why the hits of the row are there."""
        index = self._row_in_focus()
        if index is None:
            return
        reasons = dict.fromkeys(f"“{hit.word}”: {why(hit)}" for hit in self.found.hits_at(index))
        self.desk.say("; ".join(reasons) or "A note on this article answers, or it holds what the query asks of it")


def _put(line: Static, words: str, layout: bool = False) -> None:
    """Show other words in a line; the same ones are not drawn again."""
    if str(line.content) != words:
        line.update(words, layout=layout)
