"""Tags keep their meaning when they are renamed, merged and split over the whole workspace."""

import errno
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.agreement import reply
from reader.annotations.codebook import Code, Codebook, from_json, to_json
from reader.annotations.codebook_file import NAME, CodebookFile
from reader.annotations.coding import counts, delete, merge, recent, rename, split, tags_by, together
from reader.annotations.files import Files
from reader.annotations.rescue import SaveError
from reader.annotations.store import Store
from reader.errors import Refused
from tests.annotations.making import note, passage

T = TypeVar("T")


def store(root: Path, creator: str = "ana") -> Store:
    """A store with a clock that stands."""
    return Store(root, creator, clock=lambda: datetime(2019, 3, 6, tzinfo=UTC), rescue=root.parent / "rescue")


NAMES = st.sampled_from(["a", "b", "c", "d", "e"])
BOOKS = st.lists(st.builds(Code, NAMES, st.text("xy", max_size=2), st.just(""), NAMES | st.just("")), max_size=6).map(
    lambda codes: _put_all(codes)
)


def _put_all(codes: list[Code]) -> Codebook:
    book = Codebook()
    for code in codes:
        book = book.put(code)
    return book


@given(BOOKS, st.lists(NAMES), NAMES)
def test_a_codebook_never_loses_a_name_or_closes_a_circle(book: Codebook, names: list[str], into: str) -> None:
    for changed in (book, book.merge(names, into), book.rename(into, "z"), book.drop(into)):
        listed = [code.name for code, _ in changed.tree(["new"])]
        assert sorted(listed) == sorted({*(code.name for code in changed.codes), "new"})
        for code in changed.codes:
            assert code.name not in changed.above(code.parent)
    merged = book.merge(names, into)
    assert all(merged.get(name) is not None for name in names)


@given(BOOKS)
def test_a_codebook_survives_its_file(book: Codebook) -> None:
    assert from_json(json.loads(json.dumps(to_json(book)))) == book


def test_unknown_keys_of_the_file_are_kept() -> None:
    data = {"schema": 1, "owner": "x", "codes": [{"name": "a", "weight": 2, "definition": "d"}]}
    book = from_json(data)
    assert book is not None
    assert to_json(book) == data


@pytest.mark.parametrize("data", [None, [], {"codes": 3}, "x"])
def test_what_is_no_codebook_is_none(data: object) -> None:
    assert from_json(data) is None


def test_entries_that_are_none_are_passed_over() -> None:
    book = from_json({"codes": [3, {}, {"name": " "}, {"name": "a", "formerly": 3}, {"name": "a"}]})
    assert book == Codebook((Code("a"),))


def test_the_tree_shows_each_tag_below_its_parent() -> None:
    book = _put_all([Code("loss"), Code("ship", parent="loss"), Code("cargo", parent="loss")])
    shown = [(code.name, depth) for code, depth in book.tree(["weather"])]
    assert shown == [("loss", 0), ("cargo", 1), ("ship", 1), ("weather", 0)]


def test_the_file_is_shared_and_never_written_over_blindly(tmp_path: Path) -> None:
    one, other = CodebookFile(tmp_path, "ana"), CodebookFile(tmp_path, "ben")
    one.change(lambda book: book.put(Code("a", "first")))
    other.change(lambda book: book.put(Code("b", "second")))
    assert [code.name for code in one.load().codes] == ["a", "b"]
    (tmp_path / NAME).write_text("{broken", encoding="utf-8")
    assert one.load() == Codebook()
    assert NAME in one.problem
    one.change(lambda book: book.put(Code("c")))
    assert one.problem == ""
    assert [code.name for code in other.load().codes] == ["c"]
    assert any(path.is_file() and path.read_bytes() == b"{broken" for path in tmp_path.rglob("*"))


def test_a_book_that_cannot_be_read_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    CodebookFile(tmp_path, "ana").change(lambda book: book.put(Code("a", "first")))
    for call in ("stamp", "read"):
        book = CodebookFile(tmp_path, "ana", BadFiles(call))
        with pytest.raises(SaveError, match="the disk reports an error"):
            book.change(lambda known: known.put(Code("b")))
        assert CodebookFile(tmp_path, "ana").load() == Codebook((Code("a", "first"),))


class BadFiles(Files):
    """A disk that fails at one kind of call on the codebook."""

    def __init__(self, call: str) -> None:
        super().__init__()
        self.call = call

    def gate(self, call: str, path: Path, act: Callable[[], T]) -> T:
        if call == self.call and path.name == NAME:
            raise OSError(errno.EIO, "Input/output error", str(path))
        return act()


def test_a_newer_file_is_shown_and_not_changed(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('{"schema": 99, "codes": [{"name": "a"}]}', encoding="utf-8")
    book = CodebookFile(tmp_path, "ana")
    assert book.load().has("a")
    with pytest.raises(Refused):
        book.change(lambda known: known.put(Code("b")))
    assert "99" in (tmp_path / NAME).read_text(encoding="utf-8")


def test_a_rename_is_one_step_and_leaves_colleagues_notes_alone(tmp_path: Path) -> None:
    notes, book = store(tmp_path), CodebookFile(tmp_path, "ana")
    for number in (1, 2, 3):
        notes.add(note(number, tags=("denial", "owner") if number < 3 else ("owner",)))
    store(tmp_path, "ben").add(note(4, creator="ben"))
    notes.poll()
    book.change(lambda known: known.put(Code("denial", "says it is not so")))
    done = rename(notes, "denial", "refusal")
    assert (done.changed, done.left) == (2, 1)
    assert counts(notes.all()) == {"owner": 4, "refusal": 2, "denial": 1}
    assert book.load().get("refusal") == Code("refusal", "says it is not so", formerly=("denial",))
    assert notes.undo() == done.label
    assert counts(notes.all())["denial"] == 3
    assert book.load() == Codebook((Code("denial", "says it is not so"),))
    assert notes.redo() == done.label
    assert book.load().get("refusal") == Code("refusal", "says it is not so", formerly=("denial",))
    assert counts(notes.all())["refusal"] == 2


def test_undo_of_a_definition_leaves_what_a_colleague_defined_since(tmp_path: Path) -> None:
    notes, book = store(tmp_path), CodebookFile(tmp_path, "ben")
    notes.change_codebook(lambda known: known.put(Code("a", "first")).put(Code("b", "second")), "definition of tags")
    book.change(lambda known: known.put(Code("b", "another meaning")).put(Code("c", "third")))
    notes.close()
    again = store(tmp_path)
    assert again.undo() == "definition of tags"
    assert book.load() == Codebook((Code("b", "another meaning"), Code("c", "third")))
    assert again.redo() == "definition of tags"
    assert book.load() == Codebook((Code("a", "first"), Code("b", "another meaning"), Code("c", "third")))


@given(BOOKS, BOOKS)
def test_a_change_of_the_codebook_is_taken_back_whole(before: Codebook, after: Codebook) -> None:
    assert after.taken_back(before, after) == before
    assert before.taken_back(after, before) == after


def test_a_book_that_cannot_be_written_leaves_every_tag_as_it_was(tmp_path: Path) -> None:
    notes = store(tmp_path)
    notes.add(note(1, tags=("denial",)))
    (tmp_path / NAME).write_text('{"schema": 99, "codes": []}', encoding="utf-8")
    with pytest.raises(Refused):
        rename(notes, "denial", "refusal")
    assert counts(notes.all()) == {"denial": 1}


def test_a_merge_gives_each_note_the_tag_once(tmp_path: Path) -> None:
    notes = store(tmp_path)
    notes.add(note(1, tags=("ship", "boat", "loss")))
    assert merge(notes, ["ship", "boat"], "vessel").changed == 1
    assert notes.all()[0].tags == ("vessel", "loss")
    assert merge(notes, ["vessel"], "vessel").changed == 0


def test_a_split_goes_by_choice_and_a_deletion_everywhere(tmp_path: Path) -> None:
    notes, book = store(tmp_path), CodebookFile(tmp_path, "ana")
    for number in (1, 2):
        notes.add(note(number, tags=("loss",)))
    split(notes, "loss", {note(1).id: ["loss of cargo"]})
    assert [one.tags for one in notes.all()] == [("loss of cargo",), ("loss",)]
    part = book.load().get("loss of cargo")
    assert part is not None
    assert part.parent == "loss"
    delete(notes, "loss")
    assert [one.tags for one in notes.all()] == [("loss of cargo",), ()]


def test_recent_tags_come_newest_first_and_are_ones_own() -> None:
    held = [note(1, tags=("a", "b"), modified="2019-01-01"), note(2, tags=("c", "a"), modified="2019-01-02")]
    held.append(note(3, creator="ben", tags=("z",), modified="2019-01-03"))
    assert recent(held, "ana") == ("c", "a", "b")


def test_tags_against_outlets_lead_to_their_passages() -> None:
    held = [note(1, tags=("a",)), note(2, passage("sank", "other.txt"), tags=("a", "b"))]
    table = tags_by(held, lambda article: "Harbour Wire" if article.startswith("harbour") else "Gull Post")
    assert table.rows == ("a", "b")
    assert table.count("a", "Gull Post") == 1
    assert table.count("b", "Harbour Wire") == 0
    assert table.cells[("a", "Harbour Wire")][0].annotation.id == note(1).id


def test_tags_stand_together_on_one_note_or_on_overlapping_passages() -> None:
    held = [
        note(1, passage("Idris Vale, denied"), tags=("a", "b")),
        note(2, passage("denied it"), tags=("c",)),
        note(3, passage("sank"), tags=("d",)),
    ]
    table = together(held)
    assert table.count("a", "b") == table.count("b", "a") == 1
    assert table.count("a", "c") == 1
    assert table.count("c", "d") == 0


def test_a_reply_counts_where_it_stands_and_not_for_what_it_answers() -> None:
    answer = replace(reply(note(1), "who says so?"), id="2", tags=("doubt", "gate"))
    for table in (tags_by([answer], lambda article: article), together([answer])):
        assert [len(held) for held in table.cells.values()] == [1, 1]
