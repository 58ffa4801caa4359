"""The sources: reading the catalogue, grouping, filtering, and where the cursor of the list stands."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Final

from textual.message import Message

from reader.capture.article import Article
from reader.tui.arranging import Arrangement, Wanted, arrange
from reader.tui.background import WorkGoesOn
from reader.tui.panes import SourceRows
from reader.tui.remains import entries_left
from reader.tui.screens.asking import Asking
from reader.tui.sources import ArticleRow, Sources
from reader.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from reader.library.entry import Entry

AT_START: Final = 0.05
"""Seconds that the first painting may wait for the catalogue."""


class ListingScreen(Asking):
    """The part of the main screen that lists what there is."""

    class SourcesListed(Message):
        """The catalogue was read and arranged; `notes` is the number of annotations on each article."""

        def __init__(self, arrangement: Arrangement, wanted: Wanted, notes: dict[str, int]) -> None:
            super().__init__()
            self.arrangement, self.wanted, self.notes = arrangement, wanted, notes

        @property
        def entries(self) -> "Sequence[Entry]":
            """All articles."""
            return self.arrangement.entries

    def __init__(self) -> None:
        super().__init__()
        self.sources = Sources()
        self.source_list = RowList(id="sources")
        self.article: Article | None = None
        self.working = ""
        self._note_counts: dict[str, int] = {}
        self._listing = False
        self._list_again = False
        self._folder_known = False
        self._looked = False
        self._noted = False
        self._reveal = False

    def prepare_sources(self) -> None:
        """Connect the list with what it shows."""
        settings = self.desk.settings
        self.sources.grouping = settings.grouping
        self.sources.unread = lambda id: not self.workspace.reading.is_read(id)
        self.source_list.ascii = settings.ascii
        self.source_list.empty = "Opening the folder …"
        self.source_list.show(
            SourceRows(
                self.sources,
                lambda: self.article.id if self.article is not None else None,
                lambda id: self._note_counts.get(id, 0),
                settings.ascii,
            )
        )

    def list_sources(self) -> None:
        """Read and arrange the catalogue in the background, and show what it has."""
        if self._listing:
            self._list_again = True
            return
        self._listing = True
        wanted = self._wanted
        self.in_thread(lambda: self._list_sources(wanted, self.post_message))

    def list_at_start(self) -> None:
        """Read the catalogue before anything is painted, so that one painting shows it; where it takes long, after."""
        self._listing = True
        wanted = self._wanted
        answer: Future[ListingScreen.SourcesListed] = Future()
        work = partial(self._list_sources, wanted, answer.set_result)
        Thread(target=self.desk.guarded, args=(work,), daemon=True).start()
        try:
            self.on_listing_screen_sources_listed(answer.result(AT_START))
        except TimeoutError:
            answer.add_done_callback(lambda read: self.post_message(read.result()))

    def count_notes(self) -> None:
        """From now on count the notes of each article."""
        self._noted = True
        self.list_sources()

    @property
    def _wanted(self) -> Wanted:
        """What is to be listed now."""
        return Wanted(self.sources.grouping, self.sources.filter, self.sources.answering)

    def _list_sources(self, wanted: Wanted, tell: Callable[[SourcesListed], object]) -> None:
        """In a thread: what there is, in the groups that are wanted.

        The first list does without the notes: reading them takes longer than all else on the first screen.
        """
        workspace = self.workspace
        tags: dict[str, list[str]] = {}
        notes: dict[str, int] = {}
        arrangement = Arrangement((), [], 0, 0)
        try:
            noted = self._noted or wanted.grouping == "tag"
            annotations = workspace.store.all() if noted else ()
            if annotations and not self._note_counts:
                self.desk.background.keep()  # thousands of notes, read just now
            for annotation in annotations:
                for id in {target.source for target in annotation.targets}:
                    notes[id] = notes.get(id, 0) + 1
                    for tag in annotation.tags:
                        if id not in tags.setdefault(tag, []):
                            tags[tag].append(id)
            if wanted.grouping == "story":
                wanted = wanted._replace(stories=self._stories())
            left = entries_left(workspace, self._folder_known) if noted else []
            wanted = wanted._replace(read=workspace.reading.read(), tags=tags, left=left)
            arrangement = arrange(workspace.library, wanted)
        finally:
            tell(self.SourcesListed(arrangement, wanted, notes))

    def _stories(self) -> list[list[str]]:
        """In a thread: the stories. Articles that nothing is known of are read for it once the folder was looked at,
        and it is told how far that is.
        """
        told = False

        def tell(done: int, total: int) -> None:
            nonlocal told
            told = True
            self.post_message(WorkGoesOn(f"stories: {done:,} of {total:,}"))

        found = self.workspace.upkeep.stories(
            lambda: self.sources.grouping != "story" or self.desk.background.stopped, whole=self._looked, tell=tell
        )
        if told:
            self.post_message(WorkGoesOn(""))
        return found

    def on_listing_screen_sources_listed(self, event: SourcesListed) -> None:
        """The catalogue was read; read it again where it, or what is wanted of it, changed meanwhile."""
        self._listing = False
        self.listed(event)
        if self._list_again:
            self._list_again = False
            self.list_sources()

    def listed(self, event: SourcesListed) -> None:
        """Show the articles there are."""
        sources = self.sources
        if (event.wanted.grouping, event.wanted.text) != (sources.grouping, sources.filter):
            return
        sources.entries = event.entries
        sources.unread_count, sources.outlet_count = event.arrangement.unread, event.arrangement.outlets
        self._note_counts = event.notes
        sources.show(event.arrangement.sections)
        self.source_list.changed()
        if self.source_list.index is None and (row := sources.next_article(-1, 1)) is not None:
            self.source_list.go(row)
        if self._reveal:
            self._reveal = False
            self.show_in_sources()
        self._tell_empty()
        self.show_state()

    def _tell_empty(self) -> None:
        """Say in an empty list why it is empty and what fills it."""
        if self.sources.filter:
            self.source_list.empty = "No article answers to the filter. Escape shows them all again."
        elif not self._looked:
            self.source_list.empty = "Looking for captures in this folder …"
        else:
            self.source_list.empty = "No captures here yet. I brings some in, or put files into this folder."
        self.source_list.redraw()

    def refresh_sources(self) -> None:
        """Arrange the rows anew; the cursor keeps its row."""
        self.list_sources()

    def group_sources(self, name: str) -> None:
        """Group in another way, the open article in view."""
        self.sources.grouping = name
        self.sources.folded.clear()
        self._reveal = True
        self.refresh_sources()
        self.desk.say(f"Grouped by {name}")

    def filter_sources(self, text: str) -> None:
        """Show the articles whose title, outlet, authors or date have the words."""
        if text != self.sources.filter:
            self.sources.filter = text
            self.sources.answering = frozenset()
            self.sources.layout()
            self.refresh_sources()

    def title_of(self, id: str) -> str:
        """What an article is called, or its id where nothing is known of it."""
        entry = self.workspace.library.entry(id)
        return entry.title if entry is not None and entry.title else id

    def show_in_sources(self) -> None:
        """Put the cursor of the list on the open article."""
        row = self.sources.reveal(self.article.id) if self.article is not None else None
        if row is not None:
            self.source_list.show(self.source_list.provider, row)

    def article_in_focus(self) -> str | None:
        """The article of the row under the cursor while the sources are in focus, else the open one."""
        if self.focused is self.source_list and self.source_list.index is not None:
            row = self.sources.rows[self.source_list.index]
            return row.source.id if isinstance(row, ArticleRow) else None
        return self.article.id if self.article is not None else None

    def on_work_goes_on(self, event: WorkGoesOn) -> None:
        """Say how far the work in the background is."""
        self.working = event.words
        if not event.words and not self._looked:
            self._looked = True
            self._tell_empty()
            if self.sources.grouping == "story":
                self.list_sources()
        self.show_state()
