"""Ordered and grouped lists of articles that cost the same for a thousand and for a million rows.

A list is an array of row numbers, kept on disk as it is in memory and mapped, not read. The rows themselves
are fetched for the part that is looked at.
"""

import bisect
import mmap
from array import array
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, overload

from reader.library.catalogue import Catalogue
from reader.library.entry import Entry

PAGE: Final = 128
"""Rows that are fetched together."""
_PAGES: Final = 64

GONE: Final = Entry("", "", "", 0, 0, "", missing=True)
"""Stands for a row that was forgotten after the list was made."""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and the rows below it: `count` of them from `start` on; the label "" is "not known"."""

    label: str
    start: int
    count: int


class Order(NamedTuple):
    """One way to order all articles: SQL terms to sort by, and the SQL expression of a group's label."""

    terms: str
    label: str = "''"
    unknown_last: bool = True


ORDERS: Final = {
    "outlet": Order("outlet COLLATE NOCASE, published DESC, title, number", "outlet"),
    "date": Order("published DESC, outlet COLLATE NOCASE, title, number", "substr(published, 1, 7)"),
    "folder": Order("inside, id", "inside", unknown_last=False),
    "title": Order("title COLLATE NOCASE, number"),
    "added": Order("number DESC", "substr(added, 1, 10)"),
}
"""The orders that the library keeps ready."""


class Numbers:
    """Row numbers in order, either in memory or in a mapped file, with the headings above them."""

    def __init__(self, values: "array[int] | memoryview", groups: Sequence[Group], mapped: mmap.mmap | None = None):
        self.values = values
        self.groups = tuple(groups)
        self._mapped = mapped

    def position(self, number: int) -> int | None:
        """Where a row stands, if it does."""
        if self._mapped is None:
            try:
                return array("I", self.values).index(number)
            except ValueError:
                return None
        pattern = array("I", [number]).tobytes()
        first = len(self._mapped) - 4 * len(self.values)
        at = self._mapped.find(pattern, first)
        while at >= 0 and (at - first) % 4:
            at = self._mapped.find(pattern, at + 1)
        return None if at < 0 else (at - first) // 4


class Listing(Sequence[Entry]):
    """Articles in an order, under headings; it stays as it is while the library changes."""

    def __init__(self, catalogue: Catalogue, numbers: Numbers, label: str = "''") -> None:
        self._catalogue = catalogue
        self._numbers = numbers
        self._label = label
        self._pages: OrderedDict[int, list[Entry]] = OrderedDict()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The headings with their counts, in order; they cover all rows."""
        return self._numbers.groups

    def __len__(self) -> int:
        return len(self._numbers.values)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> list[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | list[Entry]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self._page(index // PAGE)[index % PAGE]

    def __iter__(self) -> Iterator[Entry]:
        for start in range(0, len(self), 500):
            numbers = list(self._numbers.values[start : start + 500])
            found = self._catalogue.entries_by_number(numbers)
            yield from (found.get(number, GONE) for number in numbers)

    def _page(self, page: int) -> list[Entry]:
        rows = self._pages.get(page)
        if rows is None:
            numbers = list(self._numbers.values[page * PAGE : (page + 1) * PAGE])
            found = self._catalogue.entries_by_number(numbers)
            rows = [found.get(number, GONE) for number in numbers]
            self._pages[page] = rows
            if len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
        return rows

    def group_at(self, index: int) -> Group:
        """The heading above a row."""
        starts = [group.start for group in self.groups]
        return self.groups[bisect.bisect_right(starts, index) - 1]

    def index_of(self, id: str) -> int | None:
        """The row of an article, None when it is not in the list."""
        number = self._catalogue.numbers([id]).get(id)
        return None if number is None else self._numbers.position(number)

    def counts(self, ids: Sequence[str]) -> dict[str, int]:
        """How many of these articles stand below each heading, by its label; for the heads of groups."""
        labels = self._catalogue.labels(self._label, ids)
        shown = {group.label.casefold(): group.label for group in self.groups}
        return dict(Counter(shown[label.casefold()] for label in labels if label.casefold() in shown))

    def only(self, ids: Sequence[str]) -> "Listing":
        """The same list with these articles alone."""
        wanted = frozenset(self._catalogue.numbers(ids).values())
        return self._kept([number in wanted for number in self._numbers.values])

    def without(self, ids: Sequence[str]) -> "Listing":
        """The same list without these articles: the unread ones, given those that were read."""
        unwanted = frozenset(self._catalogue.numbers(ids).values())
        return self._kept([number not in unwanted for number in self._numbers.values])

    def matching(self, text: str, also: Iterable[str] = ()) -> "Listing":
        """The same list with those alone whose title, outlet, author or id hold each word of `text`, or are `also`
        wanted.
        """
        wanted = self._catalogue.numbers_matching(text) | set(self._catalogue.numbers(list(also)).values())
        return self._kept([number in wanted for number in self._numbers.values])

    def _kept(self, flags: list[bool]) -> "Listing":
        values = self._numbers.values
        numbers: array[int] = array("I")
        groups = []
        for group in self.groups:
            start = len(numbers)
            part = range(group.start, group.start + group.count)
            numbers.extend(values[position] for position in part if flags[position])
            if len(numbers) > start:
                groups.append(Group(group.label, start, len(numbers) - start))
        return Listing(self._catalogue, Numbers(numbers, groups), self._label)


def grouped(catalogue: Catalogue, groups: Sequence[tuple[str, Sequence[str]]]) -> Listing:
    """A list under headings that the caller chose, with the ids below each; unknown ids are left out."""
    numbers: array[int] = array("I")
    made = []
    for label, ids in groups:
        start = len(numbers)
        known = catalogue.numbers(ids)
        numbers.extend(known[id] for id in ids if id in known)
        made.append(Group(label, start, len(numbers) - start))
    return Listing(catalogue, Numbers(numbers, made))
