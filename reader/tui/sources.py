"""The sources as rows: articles under their group, in a grouping, filtered, some groups folded; no drawing."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

UNKNOWN_OUTLET: Final = "Outlet unknown"
_FIELDED: Final = re.compile(r"[:\"“”„]|(?:^|\s)-|\sOR\s")
"""A filter with any of these is a query that the index alone can answer."""
_NOTHING: Final[Mapping[str, Sequence[str]]] = {}


@dataclass(frozen=True, slots=True)
class Source:
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


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The heading of a group: how many articles it has, how many of them are unread, whether it is folded."""

    key: str
    label: str
    count: int
    unread: int
    folded: bool


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article under its group."""

    source: Source
    group: str


SourceRow = GroupRow | ArticleRow


@dataclass
class Sources:
    """The rows of the sources pane. `unread` answers for an id; `tags` are by id; `answering` answer to the filter."""

    entries: Sequence[Source] = ()
    grouping: str = "outlet"
    unread: Callable[[str], bool] = lambda id: True
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)
    filter: str = ""
    answering: frozenset[str] = frozenset()
    folded: set[str] = field(default_factory=set)
    rows: list[SourceRow] = field(default_factory=list)
    _groups: list[tuple[str, str, list[Source]]] = field(default_factory=list)
    unread_count: int = 0
    outlet_count: int = 0
    _index: dict[str, int] = field(default_factory=dict)
    _headings: dict[str, int] = field(default_factory=dict)

    def rebuild(self) -> None:
        """Sort the articles into groups anew, and the groups into rows."""
        wanted = _words(self.filter) if self.filter else []
        fielded = bool(_FIELDED.search(self.filter))
        groups: dict[str, list[Source]] = {}
        for entry in self.entries:
            if wanted and entry.id not in self.answering and (fielded or not _matches(entry, wanted)):
                continue
            for key in self._keys(entry):
                groups.setdefault(key, []).append(entry)
        reverse = self.grouping in ("date", "unread")
        ordered = sorted(groups, key=lambda key: _order(key, reverse), reverse=reverse)
        self._groups = [(key, self._label(key), _by_date(groups[key])) for key in ordered]
        self.layout()

    def layout(self) -> None:
        """The rows of the groups as they are folded now."""
        self.rows, self._index, self._headings = [], {}, {}
        self.unread_count = sum(1 for entry in self.entries if self.unread(entry.id))
        self.outlet_count = len({entry.outlet for entry in self.entries})
        for key, label, entries in self._groups:
            folded = key in self.folded and not self.filter
            unread = sum(1 for entry in entries if self.unread(entry.id))
            self._headings[key] = len(self.rows)
            self.rows.append(GroupRow(key, label, len(entries), unread, folded))
            if not folded:
                for entry in entries:
                    self._index.setdefault(entry.id, len(self.rows))
                    self.rows.append(ArticleRow(entry, key))

    def read_changed(self) -> None:
        """Count what is unread anew, after an article was read; the rows stay where they are."""
        self.unread_count = sum(1 for entry in self.entries if self.unread(entry.id))
        for key, _, entries in self._groups:
            at = self._headings[key]
            row = self.rows[at]
            if isinstance(row, GroupRow):
                self.rows[at] = replace(row, unread=sum(1 for entry in entries if self.unread(entry.id)))

    def _keys(self, entry: Source) -> Iterable[str]:
        """The groups that an article stands in."""
        if self.grouping == "outlet":
            return (entry.outlet,)
        if self.grouping == "date":
            return (entry.published[:7],)
        if self.grouping == "tag":
            return self.tags.get(entry.id) or ("",)
        if self.grouping == "folder":
            return (entry.folder,)
        return ("1" if self.unread(entry.id) else "0",)

    def _label(self, key: str) -> str:
        """What a group is called on the screen."""
        if self.grouping == "unread":
            return "Unread" if key == "1" else "Read"
        if self.grouping == "date":
            return _month(key)
        unknown = {"outlet": UNKNOWN_OUTLET, "tag": "No tag", "folder": "This folder"}
        return key or unknown.get(self.grouping, "Other")

    def index_of(self, id: str) -> int | None:
        """The row of an article, or None while its group is folded or it is filtered out."""
        return self._index.get(id)

    def next_article(self, row: int, step: int, wanted: Callable[[str], bool] | None = None) -> int | None:
        """The nearest row from `row` on, in steps of 1 or -1, with an article that is wanted."""
        at = row + step
        while 0 <= at < len(self.rows):
            here = self.rows[at]
            if isinstance(here, ArticleRow) and (wanted is None or wanted(here.source.id)):
                return at
            at += step
        return None

    def next_group(self, row: int, step: int) -> int | None:
        """The nearest group heading from `row` on."""
        at = row + step
        while 0 <= at < len(self.rows):
            if isinstance(self.rows[at], GroupRow):
                return at
            at += step
        return None

    def group_of(self, row: int) -> int:
        """The row of the heading above `row`, or of the heading itself."""
        while row > 0 and not isinstance(self.rows[row], GroupRow):
            row -= 1
        return row

    def fold(self, row: int, folded: bool | None = None) -> int:
        """Fold or unfold the group of a row (turn it over when None); the row of its heading."""
        heading = self.rows[self.group_of(row)]
        assert isinstance(heading, GroupRow)
        fold = not heading.folded if folded is None else folded
        (self.folded.add if fold else self.folded.discard)(heading.key)
        self.layout()
        return next(
            (at for at, each in enumerate(self.rows) if isinstance(each, GroupRow) and each.key == heading.key), 0
        )

    def reveal(self, id: str) -> int | None:
        """The row of an article, its group unfolded for it; None when it is not among the rows."""
        if id not in self._index:
            for key, _, entries in self._groups:
                if key in self.folded and any(entry.id == id for entry in entries):
                    self.folded.discard(key)
                    self.layout()
                    break
        return self._index.get(id)


def _words(text: str) -> list[str]:
    """The words of a filter, in the form in which they are compared."""
    from reader.text.spelling import normalise

    return normalise(text).split()


def _matches(entry: Source, wanted: Sequence[str]) -> bool:
    """Whether each word typed stands somewhere in the title, outlet, authors or date."""
    from reader.text.spelling import normalise

    told = normalise(f"{entry.title} {entry.outlet} {' '.join(entry.authors)} {entry.published} {entry.id}")
    return all(word in told for word in wanted)


def _order(key: str, reverse: bool) -> tuple[bool, str]:
    """Groups by name, what is unknown last."""
    return (bool(key) if reverse else not key, key.casefold())


def _by_date(entries: list[Source]) -> list[Source]:
    """Newest first, those without a date last, then by title."""
    entries.sort(key=lambda entry: entry.title.casefold())
    entries.sort(key=lambda entry: entry.published, reverse=True)
    return entries


_MONTHS: Final = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September",
                  "October", "November", "December")  # fmt: skip


def _month(key: str) -> str:
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
