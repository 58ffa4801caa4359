"""The list of sources: groups in every grouping, folded, filtered, counted; only what is in view is fetched."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reader.library.entry import Entry
from reader.library.library import Library
from reader.tui.arranging import GONE, Wanted, arrange
from reader.tui.sources import ArticleRow, GroupRow, Section, Sources

STORY = """{outlet}

{title}

By {author}

{date}

The crews went out before dawn and came back with their baskets full, the harbour master said on Monday.

Nobody could say how long the boats would stay, for the wind had turned and the pilots were asleep.
"""


class Counted:
    """Articles that know how many of them were fetched."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.fetched = 0

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> Entry:
        self.fetched += 1
        return Entry(f"{index}.txt", f"{index}.txt", "", 1, 1, f"Article {index}")

    def index_of(self, id: str) -> int | None:
        """The number in the id."""
        number = int(id.removesuffix(".txt"))
        return number if number < self._count else None


SIZES = some.lists(some.integers(1, 6), max_size=6)


def grouped(sizes: list[int]) -> tuple[Sources, Counted]:
    """Groups of these sizes."""
    listing = Counted(sum(sizes))
    sources = Sources()
    starts = [sum(sizes[:at]) for at in range(len(sizes))]
    sources.show([Section(f"g{at}", f"G{at}", listing, start, sizes[at]) for at, start in enumerate(starts)])
    return sources, listing


@given(SIZES, some.lists(some.integers(0, 40), max_size=6))
def test_rows_and_places_agree_whatever_is_folded(sizes: list[int], folds: list[int]) -> None:
    sources, _ = grouped(sizes)
    for row in folds:
        if sources.rows:
            at = sources.fold(row % len(sources))
            assert isinstance(sources.row(at), GroupRow)
    rows = list(sources.rows)
    assert len(rows) == len(sources)
    for row, shown in enumerate(rows):
        if isinstance(shown, ArticleRow):
            assert sources.index_of(shown.source.id) == row
        heading = rows[sources.group_of(row)]
        assert isinstance(heading, GroupRow)
        key = shown.key if isinstance(shown, GroupRow) else shown.group
        assert heading.key == key
        following = sources.next_group(row, 1)
        assert following == next((at for at in range(row + 1, len(rows)) if isinstance(rows[at], GroupRow)), None)
        previous = sources.next_group(row, -1)
        assert previous == next((at for at in range(row - 1, -1, -1) if isinstance(rows[at], GroupRow)), None)
        for step in (1, -1):
            places = range(row + 1, len(rows)) if step > 0 else range(row - 1, -1, -1)
            wanted = next((at for at in places if isinstance(rows[at], ArticleRow)), None)
            assert sources.next_article(row, step) == wanted
    for id in (f"{number}.txt" for number in range(sum(sizes))):
        assert sources.reveal(id) is not None


def test_a_million_articles_are_not_walked_through() -> None:
    sources, listing = grouped([400_000, 500_000, 100_000])
    sources.row(900_002)
    sources.index_of("999999.txt")
    sources.next_group(3, 1)
    sources.fold(5)
    sources.reveal("17.txt")
    sources.note_read("17.txt")
    assert listing.fetched < 5
    for section in sources.sections[:2]:
        section.read = section.count
    assert sources.next_article(-1, 1, lambda id: True) == 900_003
    assert listing.fetched < 8


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Six articles of two outlets."""
    folder = tmp_path / "articles"
    for number in range(6):
        place = folder / ("north" if number % 2 else "south") / f"{number}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        outlet = ("Harbour Wire", "River Post")[number // 3]
        title = ("Bread", "Salt", "Ferries", "Bolts", "Ropes", "Lamps")[number] + " for the harbour"
        text = STORY.format(outlet=outlet, title=title, author="Ida Roth", date=f"{number + 1} March 2024")
        place.write_text(text, encoding="utf-8")
    made = Library(folder, tmp_path / ".textual")
    for _ in made.refresh():
        pass
    return made


Groups = dict[str, list[str]]


@pytest.fixture
def groups(library: Library) -> Callable[..., Groups]:
    """Arranges the library and names the articles of each group."""

    def call(grouping: str, **more: object) -> Groups:
        found = arrange(library, Wanted(grouping, **more))  # type: ignore[arg-type]
        assert len(found.entries) == 6
        return {
            one.label: [one.listing[at].title.partition(" ")[0] for at in range(one.start, one.start + one.count)]
            for one in found.sections
        }

    return call


def test_every_grouping(library: Library, groups: Callable[..., Groups]) -> None:
    every = {"Bread", "Salt", "Ferries", "Bolts", "Ropes", "Lamps"}
    for grouping in ("outlet", "date", "tag", "folder", "unread"):
        assert {title for titles in groups(grouping).values() for title in titles} == every
    assert set(groups("folder")) == {"north", "south"}
    assert list(groups("date")) == ["March 2024"]
    ids = {entry.title.partition(" ")[0]: entry.id for entry in library.entries()}
    read = frozenset((ids["Salt"], ids["Lamps"]))
    assert set(groups("unread", read=read)["Read"]) == {"Salt", "Lamps"}
    tags = {"food": [ids["Bread"], ids["Salt"]], "iron": [ids["Bolts"], ids["Salt"], "elsewhere.txt"]}
    tagged = groups("tag", tags=tags)
    assert {label: sorted(titles) for label, titles in tagged.items()} == {
        "food": ["Bread", "Salt"], "iron": ["Bolts", "Salt"], "No tag": ["Ferries", "Lamps", "Ropes"],
    }  # fmt: skip
    gone = Entry("x.txt", "x.txt", "", 0, 0, "Old news", missing=True)
    assert groups("outlet", left=(gone,))["Gone, with notes"] == ["Old"]
    library.close()


def test_a_filter_keeps_what_answers_by_name_or_by_text(library: Library, groups: Callable[..., Groups]) -> None:
    ids = {entry.title.partition(" ")[0]: entry.id for entry in library.entries()}

    def shown(text: str, *answering: str) -> set[str]:
        found = groups("date", text=text, answering=frozenset(ids[name] for name in answering))
        return {title for titles in found.values() for title in titles}

    assert shown("rope") == {"Ropes"}
    assert shown("rope", "Bolts") == {"Ropes", "Bolts"}
    assert shown("outlet:x", "Bolts") == {"Bolts"}
    assert shown("nothing like it") == set()
    library.close()


def test_counts_say_what_is_unread(library: Library) -> None:
    ids = [entry.id for entry in library.entries()]
    found = arrange(library, Wanted("folder", read=frozenset(ids[:2])))
    assert found.unread == 4
    assert sum(one.read for one in found.sections) == 2
    assert all(one.key != GONE for one in found.sections)
    sources = Sources()
    sources.unread_count = found.unread
    sources.show(found.sections)
    sources.note_read(ids[3])
    assert sources.unread_count == 3
    assert sum(one.read for one in found.sections) == 3
    library.close()
