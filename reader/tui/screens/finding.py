"""Finding in the open article, and the way from hit to hit; filtering the sources by a query."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from textual.message import Message

from reader.search.answer import Hit
from reader.text.span import Span
from reader.tui.screens.listing import ListingScreen
from reader.tui.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from reader.search.expansion import NameGroups

EVERY = 1_000_000
"""Articles that a filter finds at most."""
LONG: Final = 200_000
"""Code points from which on the words of an article are read only when something is sought in it."""


class FindingScreen(ReadingScreen):
    """The part of the main screen that finds in the article."""

    class Filtered(Message):
        """The articles that answer to the filter of the sources."""

        def __init__(self, text: str, ids: frozenset[str]) -> None:
            super().__init__()
            self.text, self.ids = text, ids

    class WordsRead(Message):
        """The words of a text were read: what is sought in it is found at once."""

        def __init__(self, text: str, groups: "NameGroups") -> None:
            super().__init__()
            self.text, self.groups = text, groups

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[str] = []
        self._groups: NameGroups | None = None
        self._words_of: str | None = None
        self._unfound: Callable[[], None] | None = None

    # Finding in the article

    def on_reading_screen_article_opened(self, event: ReadingScreen.ArticleOpened) -> None:
        """Read the words of the article beside the screen, so that the first find in it answers at once."""
        self._unfound = None
        if not isinstance(event.opened, str) and (self.kept or len(event.opened[0].text) < LONG):
            self._read_words(event.opened[0].text)

    def prepare_find(self) -> None:
        """Read the words of the open article, where that was put off, or where those of a long one may have been
        forgotten since.
        """
        text = self.article.text if self.article is not None else ""
        if text and (self._words_of != text or len(text) >= LONG):
            self._words_of = None
            self._read_words(text)

    def _read_words(self, text: str) -> None:
        """Read the words of a text in a thread."""

        def read() -> None:
            from reader.search.expansion import NO_GROUPS
            from reader.search.matching import prepare

            prepare(text)
            groups = NO_GROUPS
            try:
                groups = self.workspace.engine.groups
            finally:
                self.post_message(self.WordsRead(text, groups))

        self.in_thread(read)

    def on_finding_screen_words_read(self, event: WordsRead) -> None:
        """Light what was kept, and find what has been asked for meanwhile."""
        self._words_of, self._groups = event.text, event.groups
        if self.article is not None and self.article.text == event.text:
            if self.kept:
                self.light_kept()
            waiting, self._unfound = self._unfound, None
            if waiting is not None:
                waiting()

    def _found(self, text: str, within: Span | None) -> tuple[Hit, ...]:
        """The places of the open article that answer."""
        from reader.search.expansion import NO_GROUPS
        from reader.search.matching import find_in

        if self.article is None or not text.strip():
            return ()
        return tuple(find_in(self.article.text, text, within, self._groups or NO_GROUPS))

    def keep_hits(self) -> None:
        """Keep the hits lit in a look of their own while something else is sought."""
        if self.hits and self.sought not in self.kept:
            self.kept.append(self.sought)
        self.find("", self.page.position, None)
        self.light_kept()

    def forget_kept(self) -> bool:
        """Put all that was kept out; whether there was anything."""
        had, self.kept = bool(self.kept), []
        self.light_kept()
        return had

    def light_kept(self) -> None:
        """Light what was kept in the open article."""
        self.page.set_patterns([[hit.span for hit in self._found(text, None)] for text in self.kept])

    def find(
        self, text: str, start: int, within: Span | None, then: Callable[[], None] = lambda: None
    ) -> None:
        """Light every place that answers `text`, and bring the first from `start` on into view; `then` is called
        once that is done: at once, or when the words of a long article are read.
        """
        self.sought = text
        self.hits, self.hit_at = (), None
        self._unfound = None
        if text.strip() and self.article is not None and self._words_of != self.article.text:
            self._unfound = lambda: self.find(text, start, within, then)
            self.say_beside("reading …")
            self.show_state()
            return
        self.hits = self._found(text, within)
        starts = (at for at, hit in enumerate(self.hits) if span_of(hit).start >= start)
        self.hit_at = next(starts, 0 if self.hits else None)
        self.page.set_hits(self.hits, self.hit_at)
        found = f"hit {(self.hit_at or 0) + 1} of {len(self.hits):,}" if self.hits else "no hit"
        self.say_beside(found if text.strip() else "")
        self.show_state()
        then()

    @property
    def finding(self) -> bool:
        """Whether the answer to what is sought is still waited for."""
        return self._unfound is not None

    def step_hit(self, by: int) -> None:
        """Go to another hit; round at the ends."""
        if not self.hits:
            self.desk.say("Nothing is found yet; / finds in this article, s searches all of them")
            return
        self.hit_at = ((self.hit_at or 0) + by) % len(self.hits) if self.hit_at is not None else 0
        self.page.set_hits(self.hits, self.hit_at)
        if self.page.caret is not None:
            self.page.enter_caret(span_of(self.hits[self.hit_at]).start)
        self.show_state()

    def show_hits(self, hits: Sequence[Hit | Span], current: int | None) -> None:
        """Light the hits of a search in the open article."""
        self.hits, self.hit_at = tuple(hits), current
        self.page.set_hits(self.hits, current)
        self.show_state()

    # Filtering the sources

    def filter_sources(self, text: str) -> None:
        """Show the articles that answer to a query, and those whose title, outlet or authors have its words."""
        super().filter_sources(text)
        self._ask_filter()

    def listed(self, event: ListingScreen.SourcesListed) -> None:
        """What came may answer to the filter too."""
        super().listed(event)
        self._ask_filter()

    def _ask_filter(self) -> None:
        """Ask the index in a thread which articles answer to the filter."""
        text = self.sources.filter
        if not text.strip():
            return

        def changed() -> bool:
            return text != self.sources.filter

        def ask() -> None:
            if not changed():
                found = self.workspace.search(text, limit=EVERY, cancelled=changed, whole=True)
                self.post_message(self.Filtered(text, frozenset(result.id for result in found.results)))

        self.in_thread(ask)

    def on_finding_screen_filtered(self, event: Filtered) -> None:
        """Show what answers, unless something else is typed by now."""
        if event.text == self.sources.filter and event.ids != self.sources.answering:
            self.sources.answering = event.ids
            self.list_sources()


def span_of(hit: Hit | Span) -> Span:
    """Where a hit stands."""
    return hit.span if isinstance(hit, Hit) else hit
