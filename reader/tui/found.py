"""What a search found, as rows: articles, each with its hits in context; made only for rows that are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from reader.capture.article import Article
from reader.search.answer import Hit, Match, Result
from reader.search.snippets import Snippet, snippet
from reader.text.span import Span
from reader.tui.sources import short_date
from reader.tui.widgets.rows import Cell, Row

LINES: Final = 3
"""Lines in context that an article shows; its heading tells of the others."""
_BUCKETS: Final = 8
_BARS: Final = " ▁▂▃▄▅▆▇"
_ASCII_BARS: Final = " .:-=+*#"
_EXACT: Final = (Match.EXACT, Match.PREFIX)
_REASONS: Final = {
    Match.SPELLING: "other spelling",
    Match.EDIT: "near spelling",
    Match.GROUP: "same name",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line in context: the result it belongs to, and the hits of the article that it shows."""

    result: int
    first: int
    hits: tuple[Hit, ...]


@dataclass
class FoundRows:
    """The rows of one answer. `articles` holds those whose hits were looked up already."""

    results: Sequence[Result] = ()
    width: int = 80
    ascii: bool = False
    ticked: set[tuple[str, int]] = field(default_factory=set)
    articles: dict[str, Article] = field(default_factory=dict)
    hits: dict[str, tuple[Hit, ...]] = field(default_factory=dict)
    rows: list[int | Line] = field(default_factory=list)

    def lay_out(self) -> None:
        """The rows of what is known by now: an index stands for the article of a result."""
        self.rows = []
        for index, result in enumerate(self.results):
            self.rows.append(index)
            article = self.articles.get(result.id)
            if article is not None:
                self.rows.extend(_lines(index, self.hits.get(result.id, ()), self.width - 12)[:LINES])

    @property
    def count(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def row(self, index: int) -> Row:
        """One row, made when it comes into view."""
        row = self.rows[index]
        return self._heading(row) if isinstance(row, int) else self._line(row)

    def result_of(self, index: int) -> Result:
        """The result that a row belongs to."""
        row = self.rows[index]
        return self.results[row if isinstance(row, int) else row.result]

    def hit_of(self, index: int) -> int | None:
        """The index of the row's first hit in its article; of the article's first for a heading."""
        row = self.rows[index]
        if isinstance(row, int):
            return 0 if self.hits.get(self.results[row].id) else None
        return row.first

    def missing(self, first: int, last: int) -> list[Result]:
        """The results of a range of rows whose hits were not looked up yet."""
        wanted = {self.result_of(index).id: self.result_of(index) for index in range(first, min(last, self.count))}
        return [result for id, result in wanted.items() if id not in self.hits]

    def tally(self) -> tuple[int, int]:
        """How many exact and how many approximate hits are known by now."""
        matches = [hit.match for hits in self.hits.values() for hit in hits]
        exact = sum(1 for match in matches if match in _EXACT)
        return exact, len(matches) - exact

    def _heading(self, index: int) -> Row:
        """The row of an article."""
        result = self.results[index]
        about = "  ".join(part for part in (result.outlet, short_date(result.published)) if part)
        hits = self.hits.get(result.id)
        right = [Cell(about, "quiet")] if about else []
        article = self.articles.get(result.id)
        if hits and article is not None:
            right += [Cell(f"  {len(hits):>3} ", "quiet"), Cell(self._bar(article, hits), "accent")]
        return Row((Cell(result.title),), tuple(right), heading=True, key=result.id)

    def _bar(self, article: Article, hits: Sequence[Hit]) -> str:
        """Where in the article the hits lie."""
        counts = [0] * _BUCKETS
        for hit in hits:
            counts[min(_BUCKETS - 1, hit.span.start * _BUCKETS // max(1, len(article.text)))] += 1
        signs = _ASCII_BARS if self.ascii else _BARS
        most = max(counts)
        return "".join(signs[-(-count * (len(signs) - 1) // most)] for count in counts)

    def _line(self, line: Line) -> Row:
        """The row of a line in context; what is not exactly what was typed says so."""
        result = self.results[line.result]
        shown = snippet(self.articles[result.id].text, line.hits, max(20, self.width - 12))
        exact, near = _marks(shown, line.hits)
        reasons = sorted({_REASONS[hit.match] for hit in line.hits if hit.match in _REASONS})
        approximate = not exact and bool(near)
        sign = ("~ " if self.ascii else "≈ ") if approximate else "  "
        right = (Cell(reasons[0], "quiet"),) if approximate and reasons and self.width >= 70 else ()
        left = (Cell(sign, "accent"), Cell(shown.text, "", exact, near))
        return Row(
            left, right, indent=1, ticked=(result.id, line.first) in self.ticked, key=f"{result.id}\n{line.first}"
        )


def _lines(index: int, hits: Sequence[Hit], width: int) -> list[Line]:
    """Hits grouped into lines: those that one line can show together."""
    lines: list[Line] = []
    at = 0
    while at < len(hits):
        end = at + 1
        while end < len(hits) and hits[end].span.end - hits[at].span.start < max(20, width * 2 // 3):
            end += 1
        lines.append(Line(index, at, tuple(hits[at:end])))
        at = end
    return lines


def _marks(shown: Snippet, hits: Sequence[Hit]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The places in the line that are exactly what was typed, and those that are not."""
    head = 1 if shown.start > 0 else 0
    exact_starts = {hit.span.start for hit in hits if hit.match in _EXACT}
    exact: list[Span] = []
    near: list[Span] = []
    for mark in shown.marks:
        (exact if mark.start - head + shown.start in exact_starts else near).append(mark)
    return tuple(exact), tuple(near)
