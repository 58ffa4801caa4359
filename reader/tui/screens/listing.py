"""The sources: reading the catalogue, grouping, filtering, and where the cursor of the list stands."""

from collections.abc import Sequence

from textual.message import Message

from reader.capture.article import Article
from reader.tui.background import WorkGoesOn
from reader.tui.panes import SourceRows
from reader.tui.remains import entries_left
from reader.tui.screens.asking import Asking
from reader.tui.sources import ArticleRow, Source, Sources
from reader.tui.widgets.rows import RowList


class ListingScreen(Asking):
    """The part of the main screen that lists what there is."""

    class SourcesListed(Message):
        """The catalogue was read: the articles, their tags, the number of annotations on each."""

        def __init__(self, entries: Sequence[Source], tags: dict[str, list[str]], notes: dict[str, int]) -> None:
            super().__init__()
            self.entries, self.tags, self.notes = entries, tags, notes

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
        """Read the catalogue in the background and show what it has."""
        if self._listing:
            self._list_again = True
            return
        self._listing = True
        self.in_thread(self._list_sources, "sources")

    def _list_sources(self) -> None:
        """In a thread: what there is."""
        workspace = self.workspace
        tags: dict[str, list[str]] = {}
        notes: dict[str, int] = {}
        entries: list[Source] = []
        try:
            entries = [
                Source(one.id, one.title, one.outlet, one.published, one.folder, one.words, one.authors)
                for one in workspace.library.entries("date")
            ]
            entries += [
                Source(one.id, one.title, one.outlet, one.published, one.folder, one.words, one.authors, gone=True)
                for one in entries_left(workspace, self._folder_known)
            ]
            for annotation in workspace.store.all():
                for id in {target.source for target in annotation.targets}:
                    notes[id] = notes.get(id, 0) + 1
                    known = tags.setdefault(id, [])
                    known.extend(tag for tag in annotation.tags if tag not in known)
        finally:
            self.post_message(self.SourcesListed(entries, tags, notes))

    def on_listing_screen_sources_listed(self, event: SourcesListed) -> None:
        """The catalogue was read; read it again where it changed meanwhile."""
        self._listing = False
        self.listed(event)
        if self._list_again:
            self._list_again = False
            self.list_sources()

    def listed(self, event: SourcesListed) -> None:
        """Show the articles there are."""
        self.sources.entries, self.sources.tags = event.entries, event.tags
        self._note_counts = event.notes
        self.refresh_sources()
        self.source_list.empty = "No captures here yet. Put text or HTML files into this folder."

    def refresh_sources(self) -> None:
        """Lay the rows out anew; the cursor keeps its row."""
        self.sources.rebuild()
        self.source_list.changed()
        self.show_state()

    def group_sources(self, name: str) -> None:
        """Group in another way, the open article in view."""
        self.sources.grouping = name
        self.sources.folded.clear()
        self.refresh_sources()
        self.show_in_sources()
        self.desk.say(f"Grouped by {name}")

    def filter_sources(self, text: str) -> None:
        """Show the articles whose title, outlet, authors or date have the words."""
        if text != self.sources.filter:
            self.sources.filter = text
            self.refresh_sources()

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
        self.show_state()
