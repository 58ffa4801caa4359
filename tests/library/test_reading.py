"""Read flags, positions, marks."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.durable import CannotSave, write_json
from reader.library.reading import RECENT_LIMIT, Mark, Reading


def test_everything_is_there_tomorrow(tmp_path: Path) -> None:
    reading = Reading(tmp_path)
    reading.set_read(["a.txt", "b.txt"])
    reading.set_read(["b.txt"], read=False)
    reading.set_position("a.txt", 1234)
    reading.set_mark("x", "a.txt", 99)
    reading.opened("b.txt")
    reading.opened("a.txt")
    reading.save()
    again = Reading(tmp_path)
    assert again.read() == {"a.txt"}
    assert again.unread(["a.txt", "b.txt", "c.txt"]) == ["b.txt", "c.txt"]
    assert again.position("a.txt") == 1234
    assert again.position("b.txt") == 0
    assert again.marks() == {"x": Mark("a.txt", 99)}
    assert again.recent() == ("a.txt", "b.txt")


def test_two_processes_merge_what_they_change(tmp_path: Path) -> None:
    one, other = Reading(tmp_path), Reading(tmp_path)
    one.set_read(["a"])
    other.set_read(["b"])
    one.set_position("a", 5)
    one.opened("a")
    one.save()
    other.opened("b")
    other.set_mark("m", "b", 7)
    third = Reading(tmp_path)
    assert third.read() == {"a", "b"}
    assert third.position("a") == 5
    assert third.recent() == ("b", "a")
    assert third.mark("m") == Mark("b", 7)


def test_marks_and_articles_can_go_and_move(tmp_path: Path) -> None:
    reading = Reading(tmp_path)
    reading.set_read(["old"])
    reading.set_position("old", 10)
    reading.set_mark("a", "old", 3)
    reading.set_mark("b", "other", 4)
    reading.delete_mark("b")
    reading.rename("old", "new")
    again = Reading(tmp_path)
    assert again.read() == {"new"}
    assert again.position("new") == 10
    assert again.position("old") == 0
    assert again.marks() == {"a": Mark("new", 3)}


@pytest.mark.parametrize("damage", [b"", b"{", b"[1, 2]", b"\xff\xfe", b'{"read": 5}', b"[" * 100_000, b'{"a": NaN}'])
def test_a_damaged_file_is_kept_aside_and_stops_nothing(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "state" / "reading.json"
    path.parent.mkdir()
    path.write_bytes(damage)
    reading = Reading(tmp_path)
    reading.set_read(["a"])
    assert Reading(tmp_path).read() == {"a"}
    if reading.problem:
        assert any(other.read_bytes() == damage for other in path.parent.glob("*.damaged-*"))


def test_the_list_of_recent_articles_is_short_and_without_repetition(tmp_path: Path) -> None:
    reading = Reading(tmp_path)
    for number in [*range(RECENT_LIMIT + 20), 50]:
        reading.opened(str(number))
    reading.save()
    recent = Reading(tmp_path).recent()
    assert recent == reading.recent()
    assert recent[:2] == ("50", str(RECENT_LIMIT + 19))
    assert len(recent) == len(set(recent)) == RECENT_LIMIT


def test_a_state_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    reading = Reading(tmp_path)
    with pytest.raises(CannotSave):
        reading.set_read(["a"])
    assert reading.is_read("a")


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["read", "positions", "marks", "recent", "x"]), inner)
        ),
    )
)
def test_whatever_the_file_holds_reading_begins(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    folder = tmp_path_factory.mktemp("reading")
    write_json(folder / "state" / "reading.json", value)
    reading = Reading(folder)
    reading.set_position("a", 1)
    reading.save()
    assert Reading(folder).position("a") == 1
