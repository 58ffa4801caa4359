"""Searching every article as one types: lines in context, the best article first, the place itself beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from reader.capture.article import Article
from reader.errors import DeskreaderError
from reader.search.answer import Answer, Hit, Result
from reader.text.clean import clean_line
from reader.tui.arrangement import WIDE
from reader.tui.found import FoundRows
from reader.tui.screens.base import KeyScreen
from reader.tui.widgets.editor import Prompt
from reader.tui.widgets.page import Page
from reader.tui.widgets.rows import RowList
from reader.tui.widgets.status import StatusLine

AHEAD = 12
"""Results whose hits are looked up at once, beyond those in view."""

AGAIN = 0.5
"""Seconds between two looks at whether there is more to be found."""


@dataclass(frozen=True, slots=True)
class Landing:
    """Where the search leads: an article, its hits, and the one to land on."""

    id: str
    query: str
    hits: tuple[Hit, ...]
    current: int | None


class SearchScreen(KeyScreen[Landing | None]):
    """The search. Its answer is where to land, or None."""

    PLACE: ClassVar[str] = "search"

    class Answered(Message):
        """The index answered. `generation` tells whether anybody still wants to know."""

        def __init__(self, generation: int, answer: Answer) -> None:
            super().__init__()
            self.generation, self.answer = generation, answer

    class HitsFound(Message):
        """The hits of some results were looked up."""

        def __init__(self, generation: int, found: list[tuple[Article | None, Result]]) -> None:
            super().__init__()
            self.generation, self.found = generation, found

    def __init__(self, query: str = "") -> None:
        super().__init__()
        self.prompt = Prompt(query, id="search-prompt")
        self.told = Static("", id="search-told", markup=False)
        self.list = RowList(id="search-list")
        self.preview = Page(id="preview")
        self.preview.can_focus = False
        self.status = StatusLine(id="search-status")
        self.found = FoundRows()
        self.answer: Answer | None = None
        self._generation = 0
        self._looking = False
        self._searched = 0

    def compose(self) -> ComposeResult:
        """The line to type in, the rows, and beside them the article."""
        with Horizontal(id="search-line"):
            yield Static("search ", id="search-title", markup=False)
            yield self.prompt
            yield self.told
        with Horizontal(id="search-desk"):
            yield self.list
            yield self.preview
        yield self.status

    def on_mount(self) -> None:
        """Ready to type."""
        desk = self.desk
        self.list.ascii = self.found.ascii = desk.settings.ascii
        self.preview.measure = desk.settings.measure
        self.prompt.history = desk.searched
        self.list.empty = "Type words, \"a phrase\", -without, outlet: tag: author: after: before: in:notes"
        self.focus_on(self.prompt)
        self.status.set_mode("SEARCH")
        self.show_state()
        self._share()
        if self.prompt.value:
            self.search(self.prompt.value)
        self.set_interval(AGAIN, self._ask_again)

    def _ask_again(self) -> None:
        """While the index grows, the answer grows with it."""
        if self.answer is not None and self.workspace.engine.size != self._searched:
            self.search(self.prompt.value)

    def on_resize(self, event: events.Resize) -> None:
        """Another width, other lines."""
        self._share()

    def _share(self) -> None:
        """Show the article beside the rows where there is room."""
        self.preview.display = self.app.size.width >= WIDE
        width = self.app.size.width
        self.found.width = width * 6 // 10 if self.preview.display else width
        self.found.lay_out()
        self.list.changed()

    @property
    def places(self) -> tuple[str, ...]:
        """In the line one types; among the rows keys are commands."""
        return ("prompt",) if self.prompt.has_focus else ("search",)

    # Asking

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search for what is typed now."""
        event.stop()
        self.search(event.value)

    def search(self, text: str) -> None:
        """Ask the index in a thread; a newer question wins."""
        self._generation += 1
        generation = self._generation
        workspace = self.workspace

        def ask() -> None:
            self._searched = workspace.engine.size
            answer = workspace.search(text, limit=200, cancelled=lambda: generation != self._generation)
            if generation == self._generation:
                self.post_message(self.Answered(generation, answer))

        self.in_thread(ask, "search")

    def on_search_screen_answered(self, event: Answered) -> None:
        """Show the articles at once, their lines as they are looked up."""
        if event.generation != self._generation:
            return
        self.answer = event.answer
        known = self.found.articles
        self.found = FoundRows(event.answer.results, self.found.width, self.desk.settings.ascii)
        self.found.articles = {result.id: known[result.id] for result in event.answer.results if result.id in known}
        asked = bool(event.answer.query.strip())
        self.list.empty = f"Nothing answers to “{clean_line(event.answer.query, 60)}”" if asked else self.list.empty
        self._look_up(event.answer.results[:AHEAD])
        if not event.answer.results:
            self._show_rows(0)

    def _look_up(self, results: Sequence[Result]) -> None:
        """Look up the hits of some results in a thread."""
        if not results or self.answer is None:
            return
        self._looking = True
        generation, query = self._generation, self.answer.query
        workspace, engine = self.workspace, self.workspace.engine

        def look_up() -> None:
            found: list[tuple[Article | None, Result]] = []
            for result in results:
                if generation != self._generation:
                    return
                try:
                    article = workspace.library.article(result.id)
                except DeskreaderError:
                    found.append((None, result))
                    continue
                found.append((article, Result(result.id, result.title, result.score, engine.hits(article, query))))
            self.post_message(self.HitsFound(generation, found))

        self.in_thread(look_up, "hits")

    def on_search_screen_hits_found(self, event: HitsFound) -> None:
        """Show the lines of the articles that were looked up."""
        if event.generation != self._generation:
            return
        first = not self.found.hits
        for article, result in event.found:
            self.found.hits[result.id] = result.hits
            if article is not None:
                self.found.articles[result.id] = article
        self._looking = False
        self._show_rows(0 if first else None)

    def _show_rows(self, index: int | None) -> None:
        """Lay the rows out; the cursor keeps its row unless an index is given."""
        self.found.lay_out()
        self.list.show(self.found, index, keep=index is None)
        self.show_state()
        self._show_preview()

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """Look up what comes into view, and show the article beside."""
        index = event.index
        if not self._looking:
            self._look_up(self.found.missing(index, index + self.list.size.height + AHEAD)[:AHEAD])
        self._show_preview()

    def on_row_list_selected(self, event: RowList.Selected) -> None:
        """A row was clicked."""
        self.land()

    def _show_preview(self) -> None:
        """The article of the row, at its hit."""
        if not self.preview.display:
            return
        index = self.list.index
        if index is None or index >= self.found.count:
            self.preview.show(None)
            return
        result = self.found.result_of(index)
        article = self.found.articles.get(result.id)
        if article is not self.preview.article:
            self.preview.show(article)
        if article is not None:
            self.preview.set_hits(self.found.hits.get(result.id, ()), self.found.hit_of(index))

    def show_state(self) -> None:
        """Say how much was found, how the query was understood, and which keys matter."""
        answer = self.answer
        if answer is not None and answer.query.strip():
            exact, near = self.found.tally()
            parts = [f"{answer.matched:,} article{'' if answer.matched == 1 else 's'}", f"{exact} exact"]
            parts += [f"{'~' if self.found.ascii else '≈'} {near}"] if near else []
            parts += [f"{answer.milliseconds:.0f} ms"] if self.app.size.width >= WIDE else []
            parts += [f"{answer.indexed:.0%} searched"] if answer.indexed < 1 else []
            self.told.update(" · ".join(parts))
            self.status.set_place(answer.notice or answer.reading)
        else:
            self.told.update("")
        keymap = self.desk.keymap
        wanted = (
            [("prompt.accept", "open"), ("prompt.next", "next"), ("prompt.rows", "rows"), ("prompt.leave", "leave")]
            if self.prompt.has_focus
            else [("open", "open"), ("search.tick", "tick"), ("search.tag", "tag ticked"), ("search.save", "save"),
                  ("back", "back")]
        )  # fmt: skip
        self.status.set_keys([(keymap.first(name, self.desk.settings.ascii), word) for name, word in wanted])

    def on_descendant_focus(self) -> None:
        """Other keys count now."""
        self.show_state()

    def land(self) -> None:
        """Leave for the place under the cursor."""
        index = self.list.index
        if index is None or index >= self.found.count:
            return
        result = self.found.result_of(index)
        self.prompt.remember()
        query = self.answer.query if self.answer is not None else ""
        self.dismiss(Landing(result.id, query, self.found.hits.get(result.id, ()), self.found.hit_of(index)))

    def tick(self) -> None:
        """Tick the line under the cursor, or take the tick away; an article's row ticks all its lines."""
        index = self.list.index
        if index is None:
            return
        keys = {(self.found.result_of(index).id, self.found.hit_of(index) or 0)}
        if isinstance(row := self.found.rows[index], int):
            id = self.found.results[row].id
            keys = {(id, at) for at in range(len(self.found.hits.get(id, ())))}
        if keys <= self.found.ticked:
            self.found.ticked -= keys
        else:
            self.found.ticked |= keys
        self.list.changed()
        self.list.move(1)
        self.status.set_place(f"{len(self.found.ticked)} ticked")
