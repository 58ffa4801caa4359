"""Arranging the library in groups for the list of sources: by outlet, date, tag, folder or what is unread.

Everything is done on the library's ordered lists, which hold a number for each article and fetch nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.tui.sources import UNKNOWN_OUTLET, Section, month_in_words

if TYPE_CHECKING:
    from reader.library.entry import Entry
    from reader.library.library import Library
    from reader.library.listing import Listing

GONE: Final = "\0gone"
"""The key of the group of articles whose files are gone."""
_FIELDED: Final = re.compile(r"[:\"“”„]|(?:^|\s)-|\sOR\s")
"""A filter with any of these is a query that the index alone can answer."""


class Arrangement(NamedTuple):
    """The groups to show; `entries` are all articles, filtered or not."""

    entries: "Sequence[Entry]"
    sections: list[Section]
    unread: int
    outlets: int


class Wanted(NamedTuple):
    """How to arrange: the grouping, the filter with the articles that answer to it by their text, what was read.

    `tags` are the articles of each tag, `stories` those of each story, the most typical one first; `left` are the
    entries of articles whose files are gone.
    """

    grouping: str
    text: str = ""
    answering: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    tags: Mapping[str, Sequence[str]] = MappingProxyType({})
    stories: Sequence[Sequence[str]] = ()
    left: "Sequence[Entry]" = ()


class _Left:
    """Entries that the library lists no longer."""

    def __init__(self, entries: "Sequence[Entry]") -> None:
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> "Entry":
        return self._entries[index]

    def index_of(self, id: str) -> int | None:
        """The place of an entry."""
        return next((at for at, entry in enumerate(self._entries) if entry.id == id), None)


def arrange(library: "Library", wanted: Wanted) -> Arrangement:
    """The articles of a library in groups; costs one pass over row numbers where it filters, else none."""
    outlets = library.entries("outlet")
    name = wanted.grouping if wanted.grouping in ("outlet", "date", "folder") else "date"
    every = outlets if name == "outlet" else library.entries(name)
    shown = _filtered(every, wanted)
    read = list(wanted.read)
    if wanted.grouping == "tag":
        tags = sorted(wanted.tags.items(), key=lambda item: item[0].casefold())
        sections = _by_ids(library, shown, wanted, [(tag, tag, ids) for tag, ids in tags], "No tag")
    elif wanted.grouping == "story":
        sections = _by_ids(library, shown, wanted, list(_stories(library, wanted.stories)), "On their own")
    elif wanted.grouping == "unread":
        unread, done = shown.without(read), shown.only(read)
        sections = [
            Section("1", "Unread", unread, 0, len(unread)), Section("0", "Read", done, 0, len(done), len(done))
        ]  # fmt: skip
    else:
        counts = _read_counts(shown, read, filtered=shown is not every)
        sections = [
            Section(group.label, _label(name, group.label), shown, group.start, group.count, counts.get(group.label, 0))
            for group in shown.groups
        ]
    left = [entry for entry in wanted.left if not wanted.text or _says(entry, wanted.text)]
    sections.append(Section(GONE, "Gone, with notes", _Left(left), 0, len(left), len(left)))
    unread_count = len(outlets) - sum(outlets.counts(read).values())
    known = sum(1 for group in outlets.groups if group.label)
    return Arrangement(every, [one for one in sections if one.count], max(0, unread_count), known)


def _filtered(every: "Listing", wanted: Wanted) -> "Listing":
    """The articles that answer to the filter, by what is known of them or by their text."""
    if not wanted.text.strip():
        return every
    if _FIELDED.search(wanted.text):
        return every.only(list(wanted.answering))
    return every.matching(wanted.text, wanted.answering)


def _read_counts(shown: "Listing", read: Sequence[str], filtered: bool) -> dict[str, int]:
    """How many articles of each group were read."""
    return {one.label: one.count for one in shown.only(read).groups} if filtered else shown.counts(read)


def _by_ids(
    library: "Library",
    shown: "Listing",
    wanted: Wanted,
    groups: Sequence[tuple[str, str, Sequence[str]]],
    others: str,
) -> list[Section]:
    """A group for each key, label and ids, and one called `others` for the articles that are in none."""
    sections = []
    places: dict[str, int | None] = {}
    for key, label, ids in groups:
        for id in ids:
            if id not in places:
                places[id] = shown.index_of(id)
        there = sorted((place, id) for id in ids if (place := places[id]) is not None)
        listing = library.grouped([(label, [id for _, id in there])])
        sections.append(Section(key, label, listing, 0, len(listing), sum(id in wanted.read for _, id in there)))
    rest = shown.without(list(places))
    read = len(rest.only(list(wanted.read)))
    return [*sections, Section("", others, rest, 0, len(rest), read)]


def _stories(
    library: "Library", stories: Sequence[Sequence[str]]
) -> Iterator[tuple[str, str, Sequence[str]]]:
    """The stories, the largest first, each called by the headline of its most typical article."""
    for ids in sorted(stories, key=lambda ids: (-len(ids), ids[0])):
        entry = library.entry(ids[0])
        yield ids[0], entry.title if entry is not None and entry.title else ids[0], ids


def _label(grouping: str, label: str) -> str:
    """What a group is called on the screen."""
    if grouping == "date":
        return month_in_words(label)
    return label or {"outlet": UNKNOWN_OUTLET, "folder": "This folder"}[grouping]


def _says(entry: "Entry", text: str) -> bool:
    """Whether each word typed stands somewhere in what is known of an entry."""
    from reader.text.spelling import normalise

    told = normalise(f"{entry.title} {entry.outlet} {' '.join(entry.authors)} {entry.id}")
    return all(word in told for word in normalise(text).split())
