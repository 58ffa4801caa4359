"""Finding in the open article, and the way from hit to hit."""

from collections.abc import Sequence

from reader.search.answer import Hit
from reader.text.span import Span
from reader.tui.screens.reading import ReadingScreen


class FindingScreen(ReadingScreen):
    """The part of the main screen that finds in the article."""

    def find(self, text: str, start: int, within: Span | None) -> None:
        """Light every place that answers `text`, and bring the first from `start` on into view."""
        self.sought = text
        self.hits, self.hit_at = (), None
        if text.strip() and self.article is not None:
            from reader.search.matching import find_in

            self.hits = tuple(find_in(self.article.text, text, within))
            starts = (at for at, hit in enumerate(self.hits) if span_of(hit).start >= start)
            self.hit_at = next(starts, 0 if self.hits else None)
        self.page.set_hits(self.hits, self.hit_at)
        self.show_state()

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


def span_of(hit: Hit | Span) -> Span:
    """Where a hit stands."""
    return hit.span if isinstance(hit, Hit) else hit
