"""The page: opening an article, the way to the next one, and the way back."""

from collections.abc import Callable
from time import monotonic

from textual.message import Message

from reader.capture.article import Article
from reader.errors import DeskreaderError
from reader.search.answer import Hit
from reader.text.span import Span
from reader.tui.background import CatalogueChanged
from reader.tui.placing import PlacedNote, Places
from reader.tui.remains import article_or_what_is_left
from reader.tui.screens.listing import ListingScreen
from reader.tui.sources import ArticleRow
from reader.tui.trail import Place, Trail
from reader.tui.widgets.layers import Mark
from reader.tui.widgets.page import Page
from reader.tui.widgets.pieces import View

FIRST = 0.06
"""Seconds from the first painted screen until an article is opened: first that screen reaches the reader."""
PATIENCE = 3.0
"""Seconds that the first look at a new folder may take before an article is opened without knowing them all."""

Opened = tuple[Article, list[PlacedNote]]


class ReadingScreen(ListingScreen):
    """The part of the main screen that reads."""

    class ArticleOpened(Message):
        """An article was read, or could not be. `generation` tells whether it is still wanted."""

        def __init__(self, generation: int, opened: Opened | str, then: Callable[[], None]) -> None:
            super().__init__()
            self.generation, self.opened, self.then = generation, opened, then

    def __init__(self) -> None:
        super().__init__()
        self.page = Page(id="page")
        self.trail = Trail()
        self.placed: list[PlacedNote] = []
        self._places: Places | None = None
        self.hits: tuple[Hit | Span, ...] = ()
        self.hit_at: int | None = None
        self.sought = ""
        self._generation = 0
        self._first_opened = False
        self._all_known: bool | None = None
        self._began = monotonic()
        self._wanted_id = ""
        self._wanted_position: int | None = None

    def listed(self, event: ListingScreen.SourcesListed) -> None:
        """Show the articles there are; the first time, open one."""
        super().listed(event)
        if self._all_known is None:
            self._all_known = bool(event.entries)
        waited = self._all_known or monotonic() - self._began > PATIENCE
        if not self._first_opened and event.entries and waited:
            self._first_opened = True
            self.call_after_refresh(self.set_timer, FIRST, self._open_first)

    def _open_first(self) -> None:
        """Open where reading stopped the last time; on a first run the first article, still unread.

        A reader who was quicker, and opened an article meanwhile, keeps it.
        """
        if self._wanted_id:
            return
        first = self.workspace.first
        recent = next((id for id in self.workspace.reading.recent() if self._is_there(id)), None)
        if first is not None and self._is_there(first):
            self.open_article(first)
        elif recent is not None:
            self.open_article(recent, focus=False)
        elif (row := self.sources.next_article(-1, 1)) is not None:
            entry = self.sources.rows[row]
            assert isinstance(entry, ArticleRow)
            self.open_article(entry.source.id, focus=False, reading=False)

    def _is_there(self, id: str) -> bool:
        """Whether the library has an article whose file is there."""
        entry = self.workspace.library.entry(id)
        return entry is not None and not entry.missing

    def open_neighbour(self, step: int, wanted: Callable[[str], bool] | None = None) -> bool:
        """Open the next article of the list (the one before when -1) that is wanted."""
        at = self.sources.reveal(self.article.id) if self.article is not None else None
        start = at if at is not None else self.source_list.index if self.source_list.index is not None else -1
        row = self.sources.next_article(start, step, wanted)
        if row is None:
            if wanted is None:
                self.desk.say("No article further on" if step > 0 else "No article before this one")
            return False
        entry = self.sources.rows[row]
        assert isinstance(entry, ArticleRow)
        self.open_article(entry.source.id, focus=False)
        return True

    def on_catalogue_changed(self, event: CatalogueChanged) -> None:
        """The catalogue has news: list anew, and show the open article as it is now."""
        self._all_known = self._all_known or event.changes is None
        self._folder_known = self._folder_known or event.changes is None
        self.list_sources()
        if event.changes and self.article is not None:
            changes = event.changes
            if self.article.id in changes.removed:
                self.desk.say("The file of this article is gone; its notes stay in the list, at the end")
            elif self.article.id == self._wanted_id and self.article.id in (*changes.changed, *changes.relearned):
                self.open_article(self.article.id, self.page.position, focus=False, reading=False)

    # Opening and moving about

    @property
    def places_of(self) -> Places:
        """Finds where annotations stand."""
        if self._places is None:
            self._places = Places(self.workspace)
        return self._places

    @property
    def headline(self) -> str:
        """The headline of the open article."""
        return self.article.title if self.article is not None else ""

    @property
    def place(self) -> Place | None:
        """Where one is: the open article and the code point at the top of the page, or at the caret."""
        if self.article is None:
            return None
        at = self.page.caret.position if self.page.caret is not None else self.page.position
        return Place(self.article.id, at)

    def remember_place(self) -> None:
        """Note where one is, before a jump."""
        if self.place is not None:
            self.trail.leave(self.place)

    def open_article(
        self,
        id: str,
        position: int | None = None,
        *,
        focus: bool = True,
        reading: bool = True,
        remember: bool = True,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Open an article at a code point, or where reading it stopped; `then` is called once it is shown.

        `reading` notes it as read and recent.
        """
        if remember and (self.article is None or self.article.id != id):
            self.remember_place()
        self._generation += 1
        generation = self._generation

        def shown() -> None:
            if focus:
                self.focus_pane("page")
            then()

        def load() -> None:
            opened: Opened | str
            try:
                article = article_or_what_is_left(self.workspace, id)
                opened = (article, self.places_of.of(article, lambda: generation != self._generation))
                if reading:
                    self.workspace.reading.opened(id)
                    if not self.workspace.reading.is_read(id):
                        self.workspace.reading.set_read([id])
                        self.app.call_later(self.sources.note_read, id)
            except DeskreaderError as error:
                opened = str(error)
            self.post_message(self.ArticleOpened(generation, opened, shown))

        self._wanted_id = id
        self._wanted_position = self.workspace.reading.position(id) if position is None else position
        self.in_thread(load)

    def on_reading_screen_article_opened(self, event: ArticleOpened) -> None:
        """Show the article, unless another is wanted by now."""
        if event.generation != self._generation:
            return
        if isinstance(event.opened, str):
            self.desk.say(event.opened, error=True)
            return
        again = self.article is not None and self.article.id == event.opened[0].id
        view, caret = self.page.view, self.page.caret
        self.article, self.placed = event.opened
        self.hits, self.hit_at = (), None
        self.page.show(self.article, self.marks(), self._wanted_position)
        if again:
            self._look_as_before(view, caret.position if caret is not None else None)
        self.show_in_sources()
        self.show_notes(None)
        self.desk.attempt(event.then)
        self.show_state()

    def _look_as_before(self, view: View, caret: int | None) -> None:
        """Show an article that was read anew as it was shown: raw or set, unfolded or not, the caret in place."""
        if view.raw or view.furniture:
            self.page.configure(view=self.page.view._replace(raw=view.raw, furniture=view.furniture))
        if caret is not None:
            self.page.enter_caret(caret)

    def go(self, place: Place, *, remember: bool = True) -> None:
        """Go to a place, in this article or another."""
        if self.article is not None and self.article.id == place.id:
            if remember:
                self.remember_place()
            self.page.go(place.position)
        else:
            self.open_article(place.id, place.position, remember=remember)

    def on_page_moved(self, event: Page.Moved) -> None:
        """Note where reading is."""
        if self.article is not None and event.page is self.page:
            self.workspace.reading.set_position(self.article.id, event.position)
            self.show_state()

    def focus_pane(self, name: str) -> None:
        """Put a pane in focus; the whole screen knows how."""

    def marks(self) -> list[Mark]:
        """The passages of the article that are marked."""
        return []

    def show_notes(self, current: str | None) -> None:
        """Show the notes of the article; the whole screen knows how."""

