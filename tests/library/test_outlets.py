"""What an outlet repeats is learned; what travels across outlets is not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.library.catalogue import Catalogue
from reader.library.outlets import PAGES
from reader.library.parsing import Summary
from reader.library.refresh import Outlets


@pytest.fixture
def catalogue() -> Iterator[Catalogue]:
    made = Catalogue(None, Path("/library"))
    yield made
    made.close()


def summary(id: str, outlet: str, lines: tuple[str, ...], title: str = "", folded: tuple[str, ...] = ()) -> Summary:
    return Summary(id, title or f"title of {id}", outlet, "", (), "", 0, 0, "", "utf-8", folded, lines)


def teach(catalogue: Catalogue, outlets: Outlets, number: int, page: Summary) -> None:
    with catalogue.database.transaction():
        catalogue.database.run(
            """INSERT OR REPLACE INTO articles(number, file, id, inside, title, outlet, published, authors,
            language, words, comments, added, url, encoding, page)
            VALUES(?, ?, ?, '', '', ?, '', '', '', 0, 0, '', '', '', '')""",
            (number, number, page.id, page.outlet),
        )
        outlets.learn([(number, page)])


def reasons(outlets: Outlets, outlet: str) -> dict[str, str]:
    outlets.finish()
    known = outlets.learned(outlet)
    return dict(known.boilerplate) if known else {}


def test_a_line_on_three_pages_of_one_outlet_is_its_own(catalogue: Catalogue) -> None:
    outlets = Outlets(catalogue.database)
    for number in range(5):
        lines = ("sign up for our letter", f"only {number}") if number < 3 else (f"only {number}",)
        teach(catalogue, outlets, number, summary(str(number), "Harbour Wire", lines))
        assert bool(reasons(outlets, "Harbour Wire")) == (number >= PAGES - 1)
    assert reasons(outlets, "Harbour Wire") == {"sign up for our letter": "stands on 3 of 5 pages of Harbour Wire"}


def test_a_line_that_travels_across_outlets_is_no_ones_own(catalogue: Catalogue) -> None:
    outlets = Outlets(catalogue.database)
    for number in range(12):
        teach(
            catalogue,
            outlets,
            number,
            summary(str(number), f"outlet {number // 2}", ("the story that travelled",)),
        )
    assert all(not reasons(outlets, f"outlet {number}") for number in range(6))


def test_pages_of_an_unknown_outlet_teach_nothing(catalogue: Catalogue) -> None:
    outlets = Outlets(catalogue.database)
    for number in range(6):
        teach(catalogue, outlets, number, summary(str(number), "", ("a line",)))
    assert reasons(outlets, "") == {}


def test_captures_of_the_same_page_count_as_one(catalogue: Catalogue) -> None:
    outlets = Outlets(catalogue.database)
    for number in range(6):
        teach(
            catalogue,
            outlets,
            number,
            summary(str(number), "Harbour Wire", ("a paragraph",), title="One story"),
        )
    assert reasons(outlets, "Harbour Wire") == {}


def test_a_page_that_changes_does_not_count_twice(catalogue: Catalogue) -> None:
    outlets = Outlets(catalogue.database)
    for number in range(6):
        teach(catalogue, outlets, 1, summary("same", "Harbour Wire", ("a paragraph", f"version {'x' * number}")))
    assert reasons(outlets, "Harbour Wire") == {}


def test_only_pages_that_a_lesson_changes_are_read_anew(catalogue: Catalogue) -> None:
    outlets = Outlets(catalogue.database)
    teach(catalogue, outlets, 1, summary("1", "W", ("menu",)))
    teach(catalogue, outlets, 2, summary("2", "W", (), folded=("menu",)))
    teach(catalogue, outlets, 3, summary("3", "W", ("else",)))
    assert outlets.finish() == []
    teach(catalogue, outlets, 4, summary("4", "W", ("menu",)))
    assert sorted(outlets.finish()) == [1, 4]
    assert outlets.finish() == []


def test_what_is_gone_teaches_no_longer(catalogue: Catalogue) -> None:
    outlets = Outlets(catalogue.database)
    for number in range(4):
        teach(catalogue, outlets, number, summary(str(number), "W", ("menu",)))
    assert reasons(outlets, "W")
    teach(catalogue, outlets, 3, summary("3", "W", (), folded=("menu",)))
    with catalogue.database.transaction():
        outlets.unlearn(["0", "1"])
        assert sorted(outlets.finish()) == [3]
    assert reasons(outlets, "W") == {}


pages = st.lists(
    st.tuples(
        st.integers(0, 5), st.sampled_from(["A", "B", ""]),
        st.frozensets(st.sampled_from("abcdefg"), max_size=5),
        st.sampled_from(["", "shared story"]),
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(pages, st.integers(1, 9))
def test_learning_step_by_step_is_learning_at_once(
    steps: list[tuple[int, str, frozenset[str], str]], batch: int
) -> None:
    catalogue = Catalogue(None, Path("/library"))
    outlets = Outlets(catalogue.database)
    taught = [
        (number, summary(f"{number}", outlet, tuple(sorted(lines)), title)) for number, outlet, lines, title in steps
    ]
    last = dict(taught)
    for start in range(0, len(taught), batch):
        with catalogue.database.transaction():
            outlets.learn(taught[start : start + batch])
    for outlet in ("A", "B"):
        counts: dict[str, set[str]] = {}
        for page in last.values():
            for line in page.open if page.outlet == outlet else ():
                counts.setdefault(line, set()).add(page.title)
        expected = {line: len(titles) for line, titles in counts.items() if len(titles) >= PAGES}
        assert {lesson.line: lesson.pages for lesson in outlets.lessons(outlet)} == expected
    catalogue.close()
