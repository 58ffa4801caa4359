"""Lists of articles under headings."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.library import listing as listings
from reader.library import orders
from reader.library.catalogue import Catalogue
from reader.library.listing import Listing, grouped
from reader.library.orders import Orders
from reader.library.parsing import Result, Summary

OUTLETS = ("Harbour Wire", "delta Observer", "", "The Lantern")


def fill(catalogue: Catalogue, count: int, seed: int = 1) -> None:
    """Articles of several outlets, folders and dates, one file each."""
    chance = random.Random(seed)
    with catalogue.database.transaction():
        for folder in range(3):
            catalogue.database.run(
                "INSERT INTO folders(path, modified_ns, digest) VALUES(?, 0, x'')", (f"f{folder}".encode(),)
            )
        for number in range(count):
            folder = chance.randrange(3)
            catalogue.inventory.keep_due(folder + 1, [(f"{number}.txt", 5, 5, 0o100000)])
            date = f"20{chance.randrange(10, 20)}-{chance.randrange(1, 13):02}-01" if number % 7 else ""
            summary = Summary(
                f"f{folder}/{number}.txt", f"Title {number}", chance.choice(OUTLETS), date, ("Ann Writer",),
                "en", 100, 0, "", "utf-8",
            )  # fmt: skip
            result = Result(b"", f"{number:064}", 5, 5, 10**18, summaries=(summary,))
            catalogue.inventory.keep_result(number + 1, result)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path / "cache" / "catalogue.db", tmp_path)
    yield made
    made.close()


@pytest.fixture
def list_all(catalogue: Catalogue, tmp_path: Path) -> Callable[[str], Listing]:
    return lambda name: Orders(catalogue, tmp_path / "cache").listing(name)


@pytest.mark.parametrize("name", listings.ORDERS)
def test_headings_cover_all_rows_without_gaps(
    catalogue: Catalogue, list_all: Callable[[str], Listing], name: str
) -> None:
    fill(catalogue, 300)
    found = list_all(name)
    assert len(found) == 300
    assert len({entry.id for entry in found}) == 300
    at = 0
    for group in found.groups:
        assert group.start == at
        assert group.count > 0
        at += group.count
    assert at == 300
    assert len({group.label for group in found.groups}) == len(found.groups)


def test_articles_stand_by_outlet_and_there_by_date_with_the_unknown_last(
    catalogue: Catalogue, list_all: Callable[[str], Listing]
) -> None:
    fill(catalogue, 200)
    found = list_all("outlet")
    assert [group.label for group in found.groups] == ["delta Observer", "Harbour Wire", "The Lantern", ""]
    for group in found.groups:
        rows = found[group.start : group.start + group.count]
        assert {entry.outlet for entry in rows} == {group.label}
        dates = [entry.published for entry in rows]
        assert dates == sorted(dates, reverse=True)
        assert found.group_at(group.start) == found.group_at(group.start + group.count - 1) == group


def test_a_list_from_the_file_is_the_list_that_was_made(
    catalogue: Catalogue, list_all: Callable[[str], Listing], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(catalogue, 250)
    made = list(list_all("date"))
    monkeypatch.setattr(Orders, "_make", None)
    again = list_all("date")
    assert list(again) == made
    assert again[0] == made[0]
    assert again[-1] == made[-1]
    assert again[100:140] == made[100:140]
    with pytest.raises(IndexError):
        again[250]


def test_every_article_is_found_in_its_place(catalogue: Catalogue, list_all: Callable[[str], Listing]) -> None:
    fill(catalogue, 260)
    for _ in range(2):
        found = list_all("outlet")
        for index, entry in enumerate(found):
            assert found.index_of(entry.id) == index
        assert found.index_of("nothing") is None


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"x" * 400, b'{"magic": "deskreader order 1"}\n'])
def test_a_damaged_file_of_an_order_is_made_anew(
    catalogue: Catalogue, list_all: Callable[[str], Listing], tmp_path: Path, damage: bytes
) -> None:
    fill(catalogue, 20)
    rows = list(list_all("outlet"))
    (tmp_path / "cache" / "order-outlet.bin").write_bytes(damage)
    assert list(list_all("outlet")) == rows


def test_a_small_list_is_always_up_to_date_and_a_big_one_when_it_was_made_anew(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(catalogue, 30)
    kept = Orders(catalogue, tmp_path / "cache")
    assert len(kept.listing("outlet")) == kept.count() == 30
    with catalogue.database.transaction():
        catalogue.inventory.mark_gone([1, 2])
    assert kept.count() is None
    monkeypatch.setattr(orders, "SMALL", 5)
    assert len(kept.listing("outlet")) == 30
    kept.keep_up(now=True)
    assert len(kept.listing("outlet")) == kept.count() == 28


def test_lists_are_narrowed(catalogue: Catalogue, list_all: Callable[[str], Listing]) -> None:
    fill(catalogue, 100)
    found = list_all("outlet")
    some = [entry.id for entry in found][::7]
    assert {entry.id for entry in found.only(some)} == set(some)
    assert {entry.id for entry in found.without(some)} == {entry.id for entry in found} - set(some)
    assert [entry.title for entry in found.matching("TITLE 42")] == ["Title 42"]
    assert {entry.outlet for entry in found.matching("lantern ann")} == {"The Lantern"}
    assert len(found.matching("100%")) == 0
    assert len(found.matching("")) == 100
    counts = found.counts([entry.id for entry in found])
    assert counts == {group.label: group.count for group in found.groups}
    assert sum(found.counts(some).values()) == len(some)


def test_the_caller_chooses_headings(catalogue: Catalogue) -> None:
    fill(catalogue, 10)
    ids = [entry.id for entry in Orders(catalogue, Path("/nowhere")).listing("added")]
    found = grouped(catalogue, [("one", ids[:2]), ("two", [ids[5], "unknown", ids[0]])])
    assert [(group.label, group.start, group.count) for group in found.groups] == [
        ("one", 0, 2),
        ("two", 2, 2),
    ]
    assert [entry.id for entry in found] == [ids[0], ids[1], ids[5], ids[0]]


def test_a_row_that_is_forgotten_keeps_its_place_empty(
    catalogue: Catalogue, list_all: Callable[[str], Listing]
) -> None:
    fill(catalogue, 5)
    found = list_all("added")
    id = found[2].id
    with catalogue.database.transaction():
        catalogue.inventory.mark_gone([3])
        catalogue.inventory.forget([id])
    again = Listing(catalogue, found._numbers)
    assert again[2].missing
    assert [entry.missing for entry in again] == [False, False, True, False, False]
