"""All notes, filtered by what is typed, sorted and grouped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.annotation import State, Target
from reader.annotations.browsing import GROUPINGS, grouped, parse, rows, select
from reader.annotations.codebook import Code, Codebook
from tests.annotations.making import note, passage, source_of

HELD = [
    note(1, passage("denied it"), tags=("denial",), pen="doubt", created="2019-03-05T10:00:00.000Z"),
    note(2, passage("sank"), tags=("loss", "ship"), pen="fact", note="", created="2019-04-01T10:00:00.000Z"),
    note(3, Target("other.txt"), tags=(), pen=None, note="whole article", creator="ben", kind="grade"),
]
ROWS = rows(HELD, source_of, {(HELD[1].id, 0): State.REVIEW})
BOOK = Codebook((Code("loss"), Code("denial", parent="loss")))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", "123"),
        ("tag:denial", "1"),
        ("tag:loss", "12"),
        ("-tag:loss", "3"),
        ("pen:fact", "2"),
        ('outlet:"harbour wire"', "12"),
        ("by:ben", "3"),
        ("state:review", "2"),
        ("kind:grade", "3"),
        ("since:2019-04", "2"),
        ("until:2019-03", "13"),
        ("until:2019", "123"),
        ("since:soon", ""),
        ("whole", "3"),
        ("DENIED him", "1"),
        ("in:other", "3"),
        ("-whole -denied", "2"),
        ("mood:grim", ""),
    ],
)
def test_what_is_typed_selects(typed: str, found: str) -> None:
    assert "".join(row.annotation.id[-1] for row in select(ROWS, parse(typed), BOOK)) == found


@given(st.text('ab:"- tag:in:', max_size=20))
def test_nothing_typed_is_an_error(typed: str) -> None:
    assert parse(typed).text == typed
    assert set(select(ROWS, parse(typed))) <= set(ROWS)


@pytest.mark.parametrize("by", GROUPINGS)
def test_every_row_stands_under_a_heading(by: str) -> None:
    groups = grouped(ROWS, by)
    assert {row.annotation.id for group in groups for row in group.rows} == {one.id for one in HELD}
    labels = [group.label for group in groups]
    assert len(set(labels)) == len(labels)
    assert "" not in labels[:-1]


def test_a_note_with_two_tags_stands_under_both_and_one_without_comes_last() -> None:
    assert [(group.label, len(group.rows)) for group in grouped(ROWS, "tag")] == [
        ("denial", 1),
        ("loss", 1),
        ("ship", 1),
        ("", 1),
    ]
    assert [group.label for group in grouped(ROWS, "month")] == ["2019-04", "2019-03"]
