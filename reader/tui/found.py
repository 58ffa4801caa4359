"""What a search found, as rows: articles, each with its hits in context; made only for rows that are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from reader.capture.article import Article
from reader.search.answer import Hit, Match, Result
from reader.search.ordering import beside
from reader.search.snippets import Snippet, density, in_context, snippet
from reader.text.span import Span
from reader.tui.sources import short_date
from reader.tui.widgets.cells import code_points, ending, fit
from reader.tui.widgets.row import Cell, Row

LINES: Final = 3
"""Lines in context that an article shows; its heading tells of the others."""
APART: Final = ("left", "right")
"""The orders that take articles apart: every hit stands on its own, all of them under each other."""
EVERY: Final = 1_000_000
"""More articles than any answer shows."""
_TELLS: Final = 70
"""Cells from which on a line says at its right why it is there."""
_BUCKETS: Final = 8
_BARS: Final = " ▁▂▃▄▅▆▇"
_ASCII_BARS: Final = " .:-=+*#"
_EXACT: Final = (Match.EXACT, Match.PREFIX)
_REASONS: Final = {
    Match.SPELLING: "other spelling",
    Match.EDIT: "near spelling",
    Match.GROUP: "same name",
}

Tick = tuple[str, int]
"""A hit by its article's id and its place among the hits of that article."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line in context: the result it belongs to, and the hits of the article that it shows."""

    result: int
    first: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a note that answers: the result it belongs to, and what the note says."""

    result: int
    words: str


@dataclass(frozen=True, slots=True)
class Rest:
    """The row above the articles that hold only a part of what is sought: the first of them."""

    result: int


FoundRow = int | Line | Said | Rest


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked up of one result: its article, its hits, which of them are annotated, notes that answer."""

    id: str
    article: Article | None = None
    hits: tuple[Hit, ...] = ()
    noted: frozenset[int] = frozenset()
    said: tuple[str, ...] = ()


@dataclass
class FoundRows:
    """The rows of one answer, whose first `whole` results hold all that is sought. `looked` holds what was looked up
    already; an `order` of APART shows hits alone.
    """

    results: Sequence[Result] = ()
    width: int = 80
    ascii: bool = False
    order: str = "relevance"
    whole: int = EVERY
    ticked: set[Tick] = field(default_factory=set)
    looked: dict[str, Looked] = field(default_factory=dict)
    rows: list[FoundRow] = field(default_factory=list)

    def lay_out(self) -> None:
        """The rows of what is known by now: an index stands for the article of a result."""
        self.rows = []
        if self.order in APART:
            self._lay_out_apart()
            return
        for index, result in enumerate(self.results):
            if index == self.whole:
                self.rows.append(Rest(index))
            self.rows.append(index)
            looked = self.looked.get(result.id)
            if looked is not None and looked.article is not None:
                width = code_points(looked.article.text[:400], self._line_width)
                self.rows.extend(_telling(_lines(index, looked.hits, width)))
                self.rows.extend(Said(index, words) for words in looked.said[:LINES])

    def _lay_out_apart(self) -> None:
        """Every hit in a row of its own, by the word beside it."""
        numbers = {result.id: number for number, result in enumerate(self.results)}
        known = [one._replace(hits=self.hits_of(one.id)) for one in self.results if self.article_of(one.id)]
        places = {(one.id, hit.span): at for one in known for at, hit in enumerate(one.hits)}
        for place in beside(known, self.order, self._text_of):
            at = places[place.result.id, place.hit.span]
            self.rows.append(Line(numbers[place.result.id], at, (place.hit,)))

    def _text_of(self, id: str) -> str:
        article = self.article_of(id)
        return article.text if article is not None else ""

    @property
    def _line_width(self) -> int:
        """Cells of a line in context, beside its sign and, where there is room for it, what is told at the right."""
        return max(20, self.width - (12 if self.width >= _TELLS else 6))

    @property
    def count(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def article_of(self, id: str) -> Article | None:
        """The article, where it was looked up and could be opened."""
        looked = self.looked.get(id)
        return looked.article if looked is not None else None

    def hits_of(self, id: str) -> tuple[Hit, ...]:
        """The hits of an article that are known by now."""
        looked = self.looked.get(id)
        return looked.hits if looked is not None else ()

    def row(self, index: int) -> Row:
        """One row, made when it comes into view."""
        row = self.rows[index]
        if isinstance(row, int):
            return self._heading(row)
        if isinstance(row, Rest):
            words = "These hold only a part of it" if row.result else "No article holds all of it; these hold a part"
            return Row((Cell(words, "quiet"),), selectable=False)
        return self._said(row) if isinstance(row, Said) else self._line(row)

    def result_of(self, index: int) -> Result:
        """The result that a row belongs to."""
        row = self.rows[index]
        return self.results[row if isinstance(row, int) else row.result]

    def hit_of(self, index: int) -> int | None:
        """The index of the row's first hit in its article; of the article's first for a heading."""
        row = self.rows[index]
        if isinstance(row, Line):
            return row.first
        return 0 if self.hits_of(self.result_of(index).id) else None

    def hits_at(self, index: int) -> tuple[Hit, ...]:
        """The hits that a row shows, all of the article for its heading."""
        row = self.rows[index]
        return row.hits if isinstance(row, Line) else self.hits_of(self.result_of(index).id)

    def ticks_at(self, index: int) -> set[Tick]:
        """What ticking a row ticks: the hits that it shows."""
        row, id = self.rows[index], self.result_of(index).id
        first = row.first if isinstance(row, Line) else 0
        return {(id, first + at) for at in range(len(self.hits_at(index)))}

    def passages(self, ticks: set[Tick]) -> list[tuple[Article, Span]]:
        """The passages of ticked hits, article by article."""
        found = []
        for id, at in sorted(ticks):
            looked = self.looked.get(id)
            if looked is not None and looked.article is not None and at < len(looked.hits):
                found.append((looked.article, looked.hits[at].span))
        return found

    def keep(self, looked: Looked) -> None:
        """Take what was looked up; ticks in an article that changed meanwhile are gone, as their places are."""
        before = self.looked.get(looked.id)
        same = before is None or [hit.span for hit in before.hits] == [hit.span for hit in looked.hits]
        if not same:
            self.ticked = {tick for tick in self.ticked if tick[0] != looked.id}
        self.looked[looked.id] = looked

    def missing(self, first: int, last: int) -> list[Result]:
        """The results of a range of rows whose hits were not looked up yet."""
        wanted = {self.result_of(index).id: self.result_of(index) for index in range(first, min(last, self.count))}
        return [result for id, result in wanted.items() if id not in self.looked]

    def tally(self) -> tuple[int, int] | None:
        """How many exact and how many approximate hits there are; None while not all of them were looked up."""
        if any(result.id not in self.looked for result in self.results):
            return None
        matches = [hit.match for result in self.results for hit in self.hits_of(result.id)]
        exact = sum(1 for match in matches if match in _EXACT)
        return exact, len(matches) - exact

    def _heading(self, index: int) -> Row:
        """The row of an article."""
        result = self.results[index]
        about = "  ".join(part for part in (result.outlet, short_date(result.published)) if part)
        right = [Cell(about, "quiet")] if about else []
        looked = self.looked.get(result.id)
        if looked is not None and looked.hits and looked.article is not None:
            bar = self._bar(looked.article, looked.hits)
            right += [Cell(f"  {len(looked.hits):>3} ", "quiet"), Cell(bar, "accent")]
        return Row((Cell(result.title),), tuple(right), heading=True, key=result.id)

    def _bar(self, article: Article, hits: Sequence[Hit]) -> str:
        """Where in the article the hits lie."""
        counts = density(len(article.text), hits, _BUCKETS)
        signs = _ASCII_BARS if self.ascii else _BARS
        most = max(1, *counts)
        return "".join(signs[-(-count * (len(signs) - 1) // most)] for count in counts)

    def _said(self, said: Said) -> Row:
        """The row of a note that answers."""
        result = self.results[said.result]
        sign = "# " if self.ascii else "▌ "
        return Row((Cell(sign, "accent"), Cell(said.words)), (Cell("note", "quiet"),), indent=1,
                   key=f"{result.id}\nnote {said.words}")  # fmt: skip

    def _line(self, line: Line) -> Row:
        """The row of a line in context; what is not exactly what was typed says so, and what is annotated
        stands back.
        """
        id = self.results[line.result].id
        exact = any(hit.match in _EXACT for hit in line.hits)
        shown_hits = set(range(line.first, line.first + len(line.hits)))
        noted = bool(self.looked[id].noted & shown_hits)
        back = self.looked[id].noted >= shown_hits
        sign = "  " if exact else "~ " if self.ascii else "≈ "
        sign = ("# " if self.ascii else "▌ ") if noted else sign
        reasons = sorted({_REASONS[hit.match] for hit in line.hits if hit.match in _REASONS})
        told = "annotated" if noted else reasons[0] if not exact and reasons else ""
        if self.order in APART:
            cell, told = self._aligned(line), self.results[line.result].outlet
        else:
            text = self._text_of(id)
            around = text[max(0, line.hits[0].span.start - 80) : line.hits[-1].span.end + 80]
            shown = snippet(text, line.hits, code_points(around, self._line_width))
            cell = Cell(shown.text, "", *_marks(shown, line.hits))
        if back:
            cell = Cell(cell.text, "quiet", (), (*cell.marks, *cell.near))
        right = (Cell(told, "quiet"),) if told and self.width >= _TELLS else ()
        left = (Cell(sign, "quiet" if back else "accent"), cell)
        return Row(left, right, indent=1, ticked=(id, line.first) in self.ticked, key=f"{id}\n{line.first}")

    def _aligned(self, line: Line) -> Cell:
        """A hit with what stands beside it, all hits under each other."""
        hit = line.hits[0]
        side = max(8, (self.width - 34) // 2)
        shown = in_context(self._text_of(self.results[line.result].id), hit, side)
        before = ending(shown.left, side)
        mark = (Span(len(before), len(before) + len(shown.word)),)
        cell = Cell(before + shown.word + fit(shown.right, side), "", mark)
        return cell if hit.match in _EXACT else Cell(cell.text, "", (), mark)


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


def _telling(lines: list[Line]) -> list[Line]:
    """The lines that an article shows, in the order of its text: those that bring another typed word before others."""
    if len(lines) <= LINES:
        return lines
    seen: set[str] = set()
    telling: list[Line] = []
    others: list[Line] = []
    for line in lines:
        terms = {hit.term for hit in line.hits}
        (others if terms <= seen else telling).append(line)
        seen |= terms
    return sorted([*telling, *others][:LINES], key=lambda line: line.first)


def _marks(shown: Snippet, hits: Sequence[Hit]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The places in the line that are exactly what was typed, and those that are not."""
    head = 1 if shown.start > 0 else 0
    exact_starts = {hit.span.start for hit in hits if hit.match in _EXACT}
    exact: list[Span] = []
    near: list[Span] = []
    for mark in shown.marks:
        (exact if mark.start - head + shown.start in exact_starts else near).append(mark)
    return tuple(exact), tuple(near)
