"""Damage is seen, reported, left alone by the store, and repaired by `check` only where nothing can be lost."""

import hashlib
import json
import os
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from store_tools import TEXT, draft, files_below, open_store, target

from reader.annotations.annotation import Annotation
from reader.annotations.check import check
from reader.annotations.merge import RULE
from reader.annotations.store import Store
from reader.annotations.w3c import dumps, to_json
from reader.errors import Refused
from reader.text.span import Span


def file_of(store: Store, annotation: Annotation) -> Path:
    (path,) = (store.root / "annotations").glob(f"[!.]*/{annotation.id}*.json")
    return path


def test_a_sound_store_has_no_faults(tmp_path: Path) -> None:
    assert check(tmp_path / ".textual") == []
    store = open_store(tmp_path)
    one = store.add(draft("first", private=True), TEXT)
    store.edit(one, note="second")
    store.delete(one.id)
    store.undo()
    before = files_below(store.root)
    assert check(store.root) == []
    assert check(store.root, repair=True) == []
    assert files_below(store.root) == before


@pytest.mark.parametrize("content", [b"", b"{", b"\0" * 300, b"[]", b'{"type": "Annotation"}', b"[" * 99_999])
def test_an_unreadable_file_is_reported_left_alone_and_repaired_from_what_is_known(
    content: bytes, tmp_path: Path
) -> None:
    store = open_store(tmp_path)
    other = store.add(draft("another"))
    one = store.add(draft("first"))
    two = store.edit(one, note="second")
    path = file_of(store, one)
    path.write_bytes(content)
    fresh = open_store(tmp_path)
    assert fresh.all() == (other,)
    (problem,) = fresh.problems
    assert problem.path == path
    (finding,) = check(store.root)
    assert finding.path.endswith(path.name)
    assert path.read_bytes() == content
    (finding,) = check(store.root, repair=True)
    assert finding.repaired
    assert fresh.poll() == {one.id}
    assert fresh.get(one.id) == two
    assert fresh.problems == ()
    (aside,) = (store.root / "annotations" / ".quarantine").glob("*/*")
    assert aside.read_bytes() == content
    assert check(store.root) == []


@pytest.mark.parametrize("span", [Span(0, 4), Span(len(TEXT) - 6, len(TEXT) + 40)])
def test_a_place_that_does_not_hold_the_quotation_is_reported(span: Span, tmp_path: Path) -> None:
    store = open_store(tmp_path)
    passage = replace(target(TEXT[-6:]), text_sha256=hashlib.sha256(TEXT.encode()).hexdigest())
    store.add(replace(draft(), targets=(passage,)), TEXT)
    assert check(store.root) == []
    store.add(replace(draft(), targets=(replace(passage, span=span),)), TEXT)
    (finding,) = check(store.root)
    assert "quotes other words" in finding.message


def test_an_edit_never_overwrites_what_it_cannot_read(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"))
    file_of(store, one).write_bytes(b"scribbled over")
    store.poll()
    assert store.get(one.id) == one
    two = store.edit(one.id, note="second")
    assert open_store(tmp_path).all() == (two,)
    (aside,) = (store.root / "annotations" / ".quarantine").glob("*/*")
    assert aside.read_bytes() == b"scribbled over"


def test_a_conflict_left_by_version_control_is_joined(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first", tags=("quay",)))
    path = file_of(store, one)
    ours = dumps(to_json(replace(one, note="ours", tags=("quay", "crew"))))
    theirs = dumps(to_json(replace(one, note="theirs", tags=("cargo", "quay"))))
    path.write_bytes(b"<<<<<<< HEAD\n" + ours + b"=======\n" + theirs + b">>>>>>> their branch\n")
    assert open_store(tmp_path).all() == ()
    (finding,) = check(store.root, repair=True)
    assert finding.repaired
    (joined,) = open_store(tmp_path).all()
    assert joined.note == f"ours{RULE}theirs"
    assert set(joined.tags) == {"quay", "crew", "cargo"}


def test_a_newer_schema_is_shown_and_not_changed(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"))
    path = file_of(store, one)
    path.write_bytes(dumps({**to_json(one), "deskreader:schema": 99, "deskreader:future": [1]}))
    before = path.read_bytes()
    for fresh in (store, open_store(tmp_path)):
        fresh.poll()
        (found,) = fresh.all()
        assert found.note == "first"
        assert "newer" in fresh.problems[0].reason
        with pytest.raises(Refused, match="newer"):
            fresh.edit(found, note="second")
        with pytest.raises(Refused, match="newer"):
            fresh.delete(found.id)
    assert check(store.root, repair=True)[0].repaired is False
    assert path.read_bytes() == before


def test_files_of_other_programs_are_migrated_with_a_backup_first(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"))
    plain = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://example.org/7",
        "type": "Annotation",
        "creator": "Ana",
        "bodyValue": "by another program",
        "target": "wire/ferry.txt",
    }
    path = store.root / "annotations" / "other" / "seven.json"
    path.parent.mkdir()
    path.write_text(json.dumps(plain))
    store.poll()
    (found,) = (known for known in store.all() if known.id != one.id)
    backup = store.migrate()
    assert backup is not None
    with tarfile.open(backup) as archive:
        member = archive.extractfile("annotations/other/seven.json")
        assert member
        assert json.loads(member.read()) == plain
    assert [kept.name for kept in path.parent.iterdir()] == [f"{found.id}.json"]
    assert store.get(found.id) == found
    assert set(open_store(tmp_path).all()) == {one, found}
    assert store.migrate() is None
    assert store.edit(found.id, note="now ours").extra["canonical"] == "https://example.org/7"


def test_what_does_not_belong_is_reported_and_not_followed(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"))
    path = file_of(store, one)
    os.mkfifo(path.with_name("0190a5e0-0000-7000-8000-000000000001.json"))
    path.with_name("0190a5e0-0000-7000-8000-000000000002.json").symlink_to(path)
    path.with_name("notes.txt").write_text("mine")
    (store.root / "annotations" / "loop").symlink_to(store.root)
    (store.root / "annotations" / "stray.json").write_text("{}")
    fresh = open_store(tmp_path)
    assert fresh.all() == (one,)
    before = files_below(store.root)
    assert len(check(store.root, repair=True)) == 5
    assert files_below(store.root) == before


def test_names_modes_and_leftovers_are_put_right(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one, two = store.add(draft("first")), store.add(draft("secret", private=True))
    first, second = file_of(store, one), file_of(store, two)
    first.rename(first.with_name("copy of a note.json"))
    second.rename(second.with_name(f"{two.id}.json"))
    second.with_name(f"{two.id}.json").chmod(0o644)
    first.with_name(f".{one.id}.json.0123456789ab.tmp").write_text("half a no")
    assert len(check(store.root)) == 4
    assert all(finding.repaired for finding in check(store.root, repair=True))
    assert check(store.root) == []
    assert first.exists()
    assert second.stat().st_mode & 0o077 == 0
    assert set(open_store(tmp_path).all()) == {one, two}


def test_leftovers_of_a_killed_save_go_with_the_next_change(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"))
    left = file_of(store, one).with_name(f".{one.id}.json.0123456789ab.tmp")
    left.write_text("half a no")
    fresh = open_store(tmp_path)
    fresh.load()
    assert left.exists()
    fresh.edit(one.id, note="second")
    assert not left.exists()


def test_two_files_of_one_annotation(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"))
    path = file_of(store, one)
    earlier = path.read_bytes()
    two = store.edit(one, note="second")
    hidden = path.with_name(f"{one.id}.private.json")
    hidden.write_bytes(earlier)
    assert open_store(tmp_path).all() == (two,)
    assert open_store(tmp_path).problems == ()
    hidden.write_bytes(dumps(to_json(replace(one, note="said elsewhere"))))
    fresh = open_store(tmp_path)
    assert fresh.all() == (two,)
    assert "twice" in fresh.problems[0].reason
    assert not any(
        finding.repaired for finding in check(store.root, repair=True) if "something else" in finding.message
    )
    third = fresh.edit(two, note="third")
    assert open_store(tmp_path).all() == (third,)
    assert "said elsewhere" in {generation.annotation.note for generation in fresh.history(one.id)}


def test_a_damaged_text_is_set_aside_and_kept_anew(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"), TEXT)
    (path,) = (store.root / "snapshots").iterdir()
    path.write_bytes(b"no gzip")
    (finding,) = check(store.root, repair=True)
    assert finding.repaired
    store.edit(one, note="second", text=TEXT)
    assert store.snapshot(path.name.removesuffix(".txt.gz")) == TEXT


def test_the_history_keeps_twenty_generations_and_every_one_can_be_read(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("0"))
    for number in range(1, 31):
        store.edit(one.id, note=str(number))
    assert [generation.annotation.note for generation in store.history(one.id)] == [str(n) for n in range(29, 9, -1)]


def test_a_step_that_was_damaged_is_passed_over(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"))
    store.edit(one, note="second")
    store.close()
    steps = sorted((store.root / "history" / ".steps").glob("*/*.jsonl"))
    steps[-1].write_bytes(b"\x00\x01{")
    fresh = open_store(tmp_path)
    with pytest.raises(Refused):
        fresh.undo()
    assert [found.note for found in fresh.all()] == ["second"]
