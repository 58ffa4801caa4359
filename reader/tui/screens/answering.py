"""Asking all articles: the answer of the index, then the lines of the articles, each as soon as it is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.message import Message
from textual.widgets import Input, Static

from reader.capture.article import Article
from reader.errors import DeskreaderError
from reader.search.answer import Answer, Hit, Result
from reader.search.completion import Completion, complete
from reader.search.ordering import ORDERS, ordered
from reader.text.clean import clean_line
from reader.text.span import Span
from reader.tui.found import APART, LINES, FoundRow, FoundRows, Looked
from reader.tui.screens.base import KeyScreen
from reader.tui.widgets.editor import Prompt
from reader.tui.widgets.rows import RowList
from reader.tui.widgets.status import StatusLine

if TYPE_CHECKING:
    from reader.workspace import Workspace

MOST: Final = 200
"""Articles that an answer shows."""
AHEAD: Final = 12
"""Results whose hits are looked up at once, beyond those in view."""
AGAIN: Final = 0.05
"""Seconds between two looks at whether there is more to be found."""
OTHERS: Final = 10
"""So many looks until one asks whether another process found more."""
HINT: Final = 'Type words, "a phrase", -without, outlet: tag: author: after: before: in:notes'
_NOTE: Final = 200
"""Code points of a note that a row may show."""


@dataclass(frozen=True, slots=True)
class Landing:
    """Where the search leads: an article, its hits, and the one to land on."""

    id: str
    query: str
    hits: tuple[Hit, ...]
    current: int | None


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was left, to come back to: its rows, the row of the cursor and the first in view."""

    answer: Answer
    found: FoundRows
    index: int | None
    first: int


class AnsweringScreen(KeyScreen[Landing | None]):
    """The part of the search that asks, and asks again while the index grows."""

    class Answered(Message):
        """The index answered. `generation` tells whether anybody still wants to know."""

        def __init__(self, generation: int, answer: Answer) -> None:
            super().__init__()
            self.generation, self.answer = generation, answer

    class HitsFound(Message):
        """The hits of some results were looked up."""

        def __init__(self, generation: int, looked: list[Looked]) -> None:
            super().__init__()
            self.generation, self.looked = generation, looked

    class Offered(Message):
        """How what is typed may go on."""

        def __init__(self, query: str, offers: tuple[Completion, ...]) -> None:
            super().__init__()
            self.query, self.offers = query, offers

    class Grown(Message):
        """There is more to be found than when the question was asked."""

    def __init__(self, query: str = "") -> None:
        super().__init__()
        self.prompt = Prompt(query, id="search-prompt")
        self.told = Static("", id="search-told", markup=False)
        self.list = RowList(id="search-list")
        self.status = StatusLine(id="search-status")
        self.found = FoundRows()
        self.answer: Answer | None = None
        self.order = "relevance"
        self._generation = 0
        self._looking = False
        self._asked_at: int | None = None
        self._looks = 0

    # Asking

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search for what is typed now."""
        event.stop()
        if self.status.message and not self.status.is_error:
            self.status.dismiss()  # how the query was read stands there
        if self.answer is None or event.value != self.answer.query:
            self.search(event.value)

    def search(self, text: str) -> None:
        """Ask the index in a thread; a newer question wins."""
        self._generation += 1
        self._looking = True
        self._asked_at = None
        generation, order, height = self._generation, self.order, self.list.size.height
        workspace = self.workspace

        def ask() -> None:
            if generation != self._generation:
                return
            asked_at = workspace.engine.changes
            asked = order if order in ("newest", "oldest") else "relevance"
            answer = workspace.search(text, limit=MOST, cancelled=lambda: generation != self._generation, order=asked)
            if order == "outlet":
                whole, rest = answer.results[: answer.whole], answer.results[answer.whole :]
                answer = answer._replace(results=(*ordered(whole, "outlet"), *ordered(rest, "outlet")))
            if generation == self._generation:
                self._asked_at = asked_at
                self.post_message(self.Answered(generation, answer))
                apart = order in APART
                self._look_up(generation, text, answer.results if apart else answer.results[:AHEAD], apart or height)
                engine = workspace.engine
                self.post_message(self.Offered(text, complete(text, engine.values, engine.words_like)))

        self.in_thread(ask)

    def ask_again(self) -> None:
        """While the index grows, here or by another process, the answer grows with it."""
        if self._asked_at is None or self._looking or not self.prompt.value.strip():
            return
        engine = self.workspace.engine
        self._looks += 1
        if engine.changes != self._asked_at:
            self.post_message(self.Grown())
        elif self._looks % OTHERS == 0:
            self.in_thread(engine.look)

    def on_answering_screen_grown(self, event: Grown) -> None:
        """Ask the same again, unless that is being done."""
        if self.answer is not None and self.answer.query == self.prompt.value:
            self.search(self.prompt.value)

    def cycle_order(self) -> None:
        """Show the same in the next order."""
        names = list(ORDERS)
        self.order = names[(names.index(self.order) + 1) % len(names)]
        if self.answer is not None:
            self.search(self.prompt.value)
        self.show_state()

    def on_answering_screen_answered(self, event: Answered) -> None:
        """Show the articles at once, their lines as they are looked up."""
        if event.generation != self._generation:
            return
        answer, before = event.answer, self.answer
        same = before is not None and before.query == answer.query
        known = self.found
        self.answer = answer
        self.found = FoundRows(answer.results, known.width, self.desk.settings.ascii, self.order, answer.whole)
        if same:
            self.found.ticked = known.ticked
            ids = {result.id for result in answer.results}
            self.found.looked = {id: looked for id, looked in known.looked.items() if id in ids}
        self.list.empty = HINT
        if answer.asks:
            self.list.empty = f"Nothing answers to “{clean_line(answer.query, 60)}”"
            if answer.indexed < 1:
                self.list.empty += f" in the {answer.indexed:.0%} that is indexed so far"
        if self.found.looked or not answer.results:
            self.show_rows(None if same and self.found.order == known.order else 0)

    def look_up(self, results: Sequence[Result]) -> None:
        """Look up the hits of some results in a thread."""
        if results and self.answer is not None:
            self._looking = True
            generation, query = self._generation, self.answer.query
            self.in_thread(lambda: self._look_up(generation, query, results))

    def _look_up(self, generation: int, query: str, results: Sequence[Result], rows: int | bool = True) -> None:
        """In a thread: look up the hits of results until they fill so many rows, or of all of them."""
        looked: list[Looked] = []
        filled = 0
        for result in results:
            if generation != self._generation:
                return
            looked.append(_looked(self.workspace, result, query))
            filled += 1 + min(LINES, len(looked[-1].hits)) + min(LINES, len(looked[-1].said))
            if rows is not True and filled >= rows:
                break
        self.post_message(self.HitsFound(generation, looked))

    def on_answering_screen_hits_found(self, event: HitsFound) -> None:
        """Show the lines of the articles that were looked up."""
        if event.generation != self._generation:
            return
        self._looking = False
        if not event.looked:
            return
        first, in_view = not self.found.looked, self._in_view()
        ahead = not any(looked.id in self.found.looked for looked in event.looked)
        for looked in event.looked:
            self.found.keep(looked)
        self.found.lay_out()
        if ahead and not first and self._in_view() == in_view:
            self.show_state()  # what was looked up stands further down
        else:
            self.show_rows(0 if first else None)

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """Look up what comes into view, and show the article beside."""
        index = event.index
        if not self._looking:
            self.look_up(self.found.missing(index, index + self.list.size.height + AHEAD)[:AHEAD])
        self.show_preview()

    def _in_view(self) -> list[FoundRow]:
        """The rows that the list shows now."""
        return self.found.rows[self.list.first : self.list.first + self.list.size.height]

    def show_rows(self, index: int | None) -> None:
        """Lay the rows out; the cursor keeps its row unless an index is given."""
        self.found.lay_out()
        self.list.show(self.found, index, keep=index is None)
        self.show_state()
        self.show_preview()
        self.list.call_next(self.paint_at_once)

    def show_state(self) -> None:
        """Say how much was found; the whole screen knows how."""

    def show_preview(self) -> None:
        """Show the article of the row; the whole screen knows how."""


def _looked(workspace: "Workspace", result: Result, query: str) -> Looked:
    """In a thread: the article of a result, its hits, which of them are annotated, and the notes that answer."""
    try:
        article = workspace.library.article(result.id)
    except DeskreaderError:
        return Looked(result.id)
    (full,) = workspace.engine.with_hits([result], query, lambda _: article)
    spans = _noted_spans(workspace, article) if full.hits else []
    noted = (at for at, hit in enumerate(full.hits) if any(span.overlaps(hit.span) for span in spans))
    notes = (workspace.store.get(id) for id in full.notes)
    said = tuple(" ".join([*note.note.split(), *(f"#{tag}" for tag in note.tags)])[:_NOTE] for note in notes if note)
    return Looked(result.id, article, full.hits, frozenset(noted), said)


def _noted_spans(workspace: "Workspace", article: Article) -> list[Span]:
    """Where annotations stand in an article now."""
    from reader.annotations.anchoring import place

    found = []
    for annotation in workspace.store.of(article.id):
        for target in annotation.targets:
            if target.source != article.id or not target.exact:
                continue
            same = target.text_sha256 == article.text_sha256
            span = place(target, None if same else workspace.store.snapshot(target.text_sha256), article).span
            found += [span] if span is not None else []
    return found
