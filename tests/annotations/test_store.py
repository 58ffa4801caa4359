"""One analyst, one program: what is saved stands in its file, and undo and redo walk over it."""

import json
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar

import pytest
from store_tools import TEXT, draft, files_below, open_store, target

from reader.annotations.annotation import Annotation
from reader.annotations.files import Files
from reader.annotations.rescue import SaveError
from reader.annotations.w3c import from_json
from reader.errors import NothingFound, Refused

T = TypeVar("T")

SOME_ID: Final = "0190a5e0-0000-7000-8000-000000000000"


def read_back(tmp_path: Path) -> dict[str, Annotation]:
    """What another program finds in the folder."""
    found = {}
    for path in (tmp_path / ".textual" / "annotations").glob("[!.]*/*.json"):
        annotation = from_json(json.loads(path.read_bytes()))
        found[annotation.id] = annotation
    return found


def test_what_was_added_stands_in_a_file_of_its_own(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("who counted?", tags=("cargo",), pen="doubt"))
    two = store.add(draft(quote="forty-one crates"))
    assert one.creator == "Ana"
    assert read_back(tmp_path) == {one.id: one, two.id: two}
    assert store.all() == (one, two)
    assert open_store(tmp_path).all() == (one, two)


def test_the_file_reads_as_plain_json_with_sorted_keys(tmp_path: Path) -> None:
    one = open_store(tmp_path).add(draft("wer zählt? من يعد؟"))
    (path,) = (tmp_path / ".textual" / "annotations").glob(f"*/{one.id}.json")
    text = path.read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert "من يعد؟" in text
    assert text == json.dumps(json.loads(text), sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def test_an_edit_changes_its_fields_and_keeps_the_former_state(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"))
    two = store.edit(one.id, note="second", tags=("cargo", "cargo", "quay"))
    assert (two.note, two.tags, two.created) == ("second", ("cargo", "quay"), one.created)
    assert two.modified > one.modified
    assert read_back(tmp_path) == {one.id: two}
    assert [generation.annotation for generation in store.history(one.id)] == [one]


def test_who_only_looks_does_not_wait_for_a_slow_disk(tmp_path: Path) -> None:
    reached, go_on = threading.Event(), threading.Event()

    class SlowDisk(Files):
        def gate(self, call: str, path: Path, act: Callable[[], Any]) -> Any:
            if reached.is_set() or call != "sync" or "annotations" not in str(path):
                return super().gate(call, path, act)
            reached.set()
            assert go_on.wait(20)
            return super().gate(call, path, act)

    one = open_store(tmp_path).add(draft("first"))
    store = open_store(tmp_path, files=SlowDisk())
    assert store.all() == (one,)
    seen: list[object] = []
    saving = threading.Thread(target=store.edit, args=(one.id,), kwargs={"note": "second"})
    saving.start()
    assert reached.wait(20)
    looking = threading.Thread(target=lambda: seen.extend([store.all(), store.of(one.source), store.get(one.id)]))
    looking.start()
    looking.join(5)
    waited = looking.is_alive()
    go_on.set()
    saving.join()
    looking.join()
    assert not waited
    assert seen == [(one,), (one,), one], "it stands as it was until it is saved"
    assert [one.note for one in store.all()] == ["second"]


def test_an_edit_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"))
    before = files_below(tmp_path)
    assert store.edit(one.id, note="first") == one
    assert files_below(tmp_path) == before


def test_deleting_moves_to_the_trash_in_one_step(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    kept, *gone = (store.add(draft(f"note {number}")) for number in range(4))
    store.delete(one.id for one in gone)
    assert store.all() == (kept,)
    trash = tmp_path / ".textual" / "annotations" / ".trash"
    assert {path.stem for path in trash.glob("*/*.json")} == {one.id for one in gone}
    assert store.undo() == "deletion of 3 annotations"
    assert {one.note for one in store.all()} == {f"note {number}" for number in range(4)}
    assert not list(trash.glob("*/*.json"))


def test_undo_and_redo_walk_over_every_change_across_restarts(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"))
    store.edit(one.id, note="second")
    store.edit(one.id, tags=("cargo",))
    store.close()
    store = open_store(tmp_path)
    assert store.undo() == "change of tags of “harbour master”"
    store.close()
    store = open_store(tmp_path)
    assert store.undo() == "change of note of “harbour master”"
    assert [(found.note, found.tags) for found in store.all()] == [("first", ())]
    assert store.undo() == "note on “harbour master”"
    assert store.all() == ()
    assert store.undo() is None
    for _again in range(3):
        assert store.redo()
    assert store.redo() is None
    assert [(found.id, found.note, found.tags) for found in store.all()] == [(one.id, "second", ("cargo",))]


def test_a_new_change_ends_what_could_be_redone(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"))
    store.edit(one.id, note="second")
    store.undo()
    store.add(draft("another"))
    assert store.redo() is None


def test_a_bulk_step_is_one_undo(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    notes = [store.add(draft(str(number))) for number in range(12)]
    with store.step("tag 12 passages"):
        for one in notes:
            store.edit(one.id, tags=("cargo",))
        store.edit(notes[0].id, pen="doubt")
        store.delete(notes[1].id)
    assert store.undo() == "tag 12 passages"
    assert [replace(one, modified="") for one in store.all()] == [replace(one, modified="") for one in notes]
    assert store.redo() == "tag 12 passages"
    assert [one.tags for one in store.all()] == [("cargo",)] * 11


def test_annotations_of_an_article_come_in_the_order_of_its_text(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    late = store.add(draft(quote="the quay"))
    early = store.add(draft(quote="ferry"))
    other = store.add(draft(source="wire/other.txt"))
    both = store.add(replace(draft(quote="at noon"), targets=(target("at noon"), target("crates", "wire/third.txt"))))
    assert store.of("wire/ferry.txt") == (early, both, late)
    assert store.of("wire/other.txt") == (other,)
    assert store.of("wire/third.txt") == (both,)
    assert store.of("nowhere") == ()


def test_the_text_is_kept_once_beside_the_notes(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.add(draft("one"), TEXT)
    store.add(draft("two"), TEXT)
    (path,) = (tmp_path / ".textual" / "snapshots").iterdir()
    assert store.snapshot(path.name.removesuffix(".txt.gz")) == TEXT
    path.write_bytes(path.read_bytes()[:-9])
    assert store.snapshot(path.name.removesuffix(".txt.gz")) is None


def test_refusals_say_why_and_change_nothing(tmp_path: Path) -> None:
    ana, ben = open_store(tmp_path), open_store(tmp_path, "Ben")
    one = ana.add(draft("mine"))
    ben.poll()
    before = files_below(tmp_path / ".textual" / "annotations")
    with pytest.raises(Refused, match="Ana"):
        ben.edit(one.id, note="yours")
    with pytest.raises(Refused, match="Ana"):
        ben.delete([one.id])
    with pytest.raises(NothingFound):
        ben.edit("0190a5e0-0000-7000-8000-000000000000", note="?")
    with pytest.raises(Refused):
        ana.add(one)
    with pytest.raises(TypeError):
        ana.edit(one.id, creator="Ben")
    assert files_below(tmp_path / ".textual" / "annotations") == before
    assert ben.all() == (one,)


def test_text_is_cleaned_at_the_door(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("a\x1b[31mb", tags=("x\ny", " "), pen="p\x07"))
    assert one.tags == ("x y",)
    assert "\x1b" not in one.note
    assert open_store(tmp_path).all() == (one,)


def test_an_unknown_key_anywhere_in_the_file_survives_an_edit(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first", tags=("cargo",)))
    (path,) = (tmp_path / ".textual" / "annotations").glob(f"*/{one.id}.json")
    data = json.loads(path.read_bytes())
    data["rights"] = "ours"
    data["creator"]["email"] = "ana@example.org"
    data["target"][0]["odd"] = [1, {"x": None}]
    data["target"][0]["selector"].append({"type": "XPathSelector", "value": "/p"})
    data["target"][0]["selector"][0]["more"] = True
    data["body"][1]["confidence"] = 0.5
    data["body"].append({"type": "Image", "id": "https://example.org/a.png"})
    path.write_text(json.dumps(data))
    store.edit(one.id, note="second")
    after = json.loads(path.read_bytes())
    data["body"][0]["value"] = "second"
    data["modified"] = after["modified"]
    assert after == data


def test_the_trash_gives_back_and_an_earlier_generation_can_stand_again(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"))
    store.edit(one, note="second", tags=("cargo",))
    store.delete(one.id)
    (thrown,) = store.trash()
    assert thrown.note == "second"
    back = store.bring_back(one.id)
    assert store.all() == (back,)
    assert store.trash() == ()
    (first,) = (kept for kept in store.history(one.id) if kept.annotation.note == "first")
    assert store.restore(first).tags == ()
    assert open_store(tmp_path).all()[0].note == "first"
    assert store.undo()
    assert store.undo() == "return of note on “harbour master”"
    assert [gone.id for gone in store.trash()] == [one.id]
    with pytest.raises(NothingFound):
        store.bring_back("0190a5e0-0000-7000-8000-000000000000")


def test_what_would_be_too_long_to_read_again_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("x" * 2_000_000))
    assert open_store(tmp_path).all() == (one,)
    before = files_below(tmp_path)
    with pytest.raises(Refused, match="Too long"):
        store.edit(one, note="x" * 4_000_000)
    assert files_below(tmp_path) == before


def test_folders_that_are_links_are_not_written_through(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / ".textual").mkdir()
    (tmp_path / ".textual" / "annotations").symlink_to(elsewhere)
    with pytest.raises(SaveError, match="link"):
        open_store(tmp_path).add(draft("first"))
    assert list(elsewhere.iterdir()) == []


def test_a_store_whose_folder_was_taken_away_starts_anew(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"))
    shutil.rmtree(tmp_path / ".textual")
    assert store.poll() == {one.id}
    two = store.add(draft("second"))
    assert store.all() == open_store(tmp_path).all() == (two,)


def test_many_are_added_as_one_step_that_one_undo_takes_back(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    kept = store.add(draft("before"))
    drafts = [(draft(f"note {number}", source=f"wire/{number % 3}.txt"), f"text {number % 3}") for number in range(700)]
    added = store.add_all(iter(drafts), "what was found")
    assert open_store(tmp_path).all() == store.all() == (kept, *added)
    assert sorted(one.note for one in added) == sorted(f"note {number}" for number in range(700))
    assert len(list((tmp_path / ".textual" / "snapshots").glob("*.gz"))) == 3
    assert store.undo() == "what was found"
    assert store.all() == open_store(tmp_path).all() == (kept,)
    assert store.redo() == "what was found"
    assert len(open_store(tmp_path).all()) == 701


def test_adding_many_refuses_an_id_that_is_taken_and_adds_none_of_them(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"))
    for drafts in ([draft("second"), one], [replace(one, id=SOME_ID), replace(one, id=SOME_ID, note="twice")]):
        with pytest.raises(Refused, match="Already there"):
            store.add_all([(each, "") for each in drafts], "several")
        assert open_store(tmp_path).all() == (one,)


class TogetherFiles(Files):
    """A disk that ends each wait for it only when so many waits have begun."""

    def __init__(self, at_once: int) -> None:
        super().__init__()
        self.begun: dict[str, threading.Barrier] = {}
        self.at_once = at_once

    def gate(self, call: str, path: Path, act: Callable[[], T]) -> T:
        there = path if call == "sync folder" else path.parent
        if self.at_once and call.startswith("sync") and there.name.startswith("several"):
            self.begun.setdefault(call, threading.Barrier(self.at_once)).wait(10)
        return act()


def test_a_bulk_action_waits_for_the_disk_once_for_all_of_its_files(tmp_path: Path) -> None:
    files = TogetherFiles(0)
    store = open_store(tmp_path, files=files)
    drafts = [draft(f"note {number}", source=f"several {number}.txt") for number in range(8)]
    one_by_one = [store.add(each) for each in drafts]
    files.at_once = 8
    edited = store.edit_all([(one, {"tags": ("bulk",)}) for one in one_by_one], "tags")
    added = store.add_all([(each, "") for each in drafts], "more")
    assert set(open_store(tmp_path).all()) == {*edited, *added}


def test_a_text_that_was_half_kept_by_a_program_that_died_is_cleared_away(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.add(draft("first"), TEXT)
    left = tmp_path / ".textual" / "snapshots" / ".abc.txt.gz.0011.tmp"
    left.write_bytes(b"half")
    store.add(draft("second"), TEXT)
    assert left.exists()
    open_store(tmp_path).add(draft("third"), TEXT)
    assert not left.exists()
