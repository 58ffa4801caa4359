"""The sources as rows: groups of articles, some of them folded, fetched only where one looks; no drawing."""

import builtins
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, overload

if TYPE_CHECKING:
    from reader.library.entry import Entry

UNKNOWN_OUTLET: Final = "Outlet unknown"


class Source(NamedTuple):
    """What a row shows of one article.

    `published` is an ISO 8601 date cut after its last known part, or ""; `gone` says that its file is no longer
    there, only the notes on it.
    """

    id: str
    title: str
    outlet: str = ""
    published: str = ""
    folder: str = ""
    words: int = 0
    authors: tuple[str, ...] = ()
    gone: bool = False


class GroupRow(NamedTuple):
    """The heading of a group: how many articles it has, how many of them are unread, whether it is folded."""

    key: str
    label: str
    size: int
    unread: int
    folded: bool


class ArticleRow(NamedTuple):
    """One article under its group."""

    source: Source
    group: str


SourceRow = GroupRow | ArticleRow


class Listed(Protocol):
    """Articles in an order; only those that are looked at are fetched."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> "Entry": ...

    def index_of(self, id: str) -> int | None:
        """The place of an article, None when it is not among them."""


@dataclass(slots=True)
class Section:
    """A group: `count` articles of a listing from `start` on, `read` of which were read."""

    key: str
    label: str
    listing: Listed
    start: int
    count: int
    read: int = 0


class Sources:
    """The rows of the sources pane: groups with their articles, of which only those in view are fetched.

    `unread` answers for an id; `entries` are all articles in no group; `answering` are articles that the filter
    finds by their text.
    """

    def __init__(self) -> None:
        self.grouping = "outlet"
        self.unread: Callable[[str], bool] = lambda id: True
        self.filter = ""
        self.answering: frozenset[str] = frozenset()
        self.folded: set[str] = set()
        self.entries: Sequence[Entry] = ()
        self.unread_count = self.outlet_count = 0
        self.sections: list[Section] = []
        self._heads: list[int] = []
        self._count = 0

    @property
    def rows(self) -> "SourceList":
        """The rows, as a sequence."""
        return SourceList(self)

    def show(self, sections: list[Section]) -> None:
        """Show other groups."""
        self.sections = sections
        self.layout()

    def layout(self) -> None:
        """Where each group begins, folded or not."""
        self._heads, at = [], 0
        for section in self.sections:
            self._heads.append(at)
            at += 1 + (0 if self._is_folded(section) else section.count)
        self._count = at

    def _is_folded(self, section: Section) -> bool:
        """A filter shows what it finds in folded groups too."""
        return section.key in self.folded and not self.filter

    def __len__(self) -> int:
        return self._count

    def row(self, row: int) -> SourceRow:
        """The row at a place."""
        at = bisect_right(self._heads, row) - 1
        section = self.sections[at]
        if row == self._heads[at]:
            unread = max(0, section.count - section.read)
            return GroupRow(section.key, section.label, section.count, unread, self._is_folded(section))
        return ArticleRow(source_of(section.listing[section.start + row - self._heads[at] - 1]), section.key)

    def note_read(self, id: str) -> None:
        """An article was read that was not: the counts say so, the rows stay where they are."""
        self.unread_count = max(0, self.unread_count - 1)
        for at, _ in self._places(id):
            self.sections[at].read += 1

    def _places(self, id: str) -> Iterator[tuple[int, int]]:
        """The groups that an article stands in, and its place in each."""
        known: dict[int, int | None] = {}
        for at, section in enumerate(self.sections):
            listing = builtins.id(section.listing)
            if listing not in known:
                known[listing] = section.listing.index_of(id)
            position = known[listing]
            if position is not None and section.start <= position < section.start + section.count:
                yield at, position - section.start

    def index_of(self, id: str) -> int | None:
        """The row of an article, or None while its group is folded or it is filtered out."""
        found = next(self._places(id), None)
        if found is None or self._is_folded(self.sections[found[0]]):
            return None
        return self._heads[found[0]] + 1 + found[1]

    def next_article(self, row: int, step: int, wanted: Callable[[str], bool] | None = None) -> int | None:
        """The nearest row from `row` on, in steps of 1 or -1, with an article that is wanted.

        With `wanted`, which is about what is unread, groups without an unread article are passed over.
        """
        at = row + step
        while 0 <= at < self._count:
            number = bisect_right(self._heads, at) - 1
            section, head = self.sections[number], self._heads[number]
            if wanted is not None and section.read >= section.count:
                at = head - 1 if step < 0 else head + 1 + (0 if self._is_folded(section) else section.count)
                continue
            if at != head:
                entry = section.listing[section.start + at - head - 1]
                if wanted is None or wanted(entry.id):
                    return at
            at += step
        return None

    def next_group(self, row: int, step: int) -> int | None:
        """The nearest group heading from `row` on."""
        at = bisect_right(self._heads, row) if step > 0 else bisect_left(self._heads, row) - 1
        return self._heads[at] if 0 <= at < len(self._heads) else None

    def group_of(self, row: int) -> int:
        """The row of the heading above `row`, or of the heading itself."""
        return self._heads[bisect_right(self._heads, row) - 1]

    def fold(self, row: int, folded: bool | None = None) -> int:
        """Fold or unfold the group of a row (turn it over when None); the row of its heading."""
        at = bisect_right(self._heads, row) - 1
        key = self.sections[at].key
        fold = key not in self.folded if folded is None else folded
        (self.folded.add if fold else self.folded.discard)(key)
        self.layout()
        return self._heads[at]

    def reveal(self, id: str) -> int | None:
        """The row of an article, its group unfolded for it; None when it is not among the rows."""
        found = next(self._places(id), None)
        if found is not None and self._is_folded(self.sections[found[0]]):
            self.folded.discard(self.sections[found[0]].key)
            self.layout()
        return self.index_of(id)


class SourceList(Sequence[SourceRow]):
    """The rows of the sources as a sequence."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def __len__(self) -> int:
        return len(self._sources)

    @overload
    def __getitem__(self, index: int) -> SourceRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[SourceRow]: ...
    def __getitem__(self, index: int | slice) -> SourceRow | list[SourceRow]:
        if isinstance(index, slice):
            return [self._sources.row(at) for at in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._sources.row(index % len(self))


def source_of(entry: "Entry") -> Source:
    """What a row shows of an entry of the catalogue."""
    return Source(
        entry.id, entry.title, entry.outlet, entry.published, entry.folder, entry.words, entry.authors, entry.missing
    )


_MONTHS: Final = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September",
                  "October", "November", "December")  # fmt: skip


def month_in_words(key: str) -> str:
    """A month or year in words."""
    if not key:
        return "Date unknown"
    year, _, month = key.partition("-")
    number = int(month) if month.isdecimal() and 1 <= int(month) <= 12 else 0
    return f"{_MONTHS[number]} {year}".strip()


def short_date(published: str) -> str:
    """A date as a list shows it: `3 Mar 2024`, `Mar 2024` or `2024`."""
    parts = published.split("-")
    if len(parts) > 1 and parts[1].isdecimal() and 1 <= int(parts[1]) <= 12:
        month = _MONTHS[int(parts[1])][:3]
        day = [str(int(parts[2]))] if len(parts) > 2 and parts[2].isdecimal() else []
        return " ".join([*day, month, parts[0]])
    return parts[0]
