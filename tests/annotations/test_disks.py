"""Real file systems that are full, read-only, or not ours to write."""

import contextlib
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from store_tools import TEXT, HandClock, draft, open_store

from reader.annotations.check import check
from reader.annotations.codebook import Code
from reader.annotations.codebook_file import CodebookFile
from reader.annotations.rescue import SaveError
from reader.annotations.store import Store
from reader.errors import Refused
from reader.workspace import Workspace


@contextlib.contextmanager
def mounted(folder: Path) -> Iterator[Path]:
    """A file system of 256 kB in memory, or a skipped test where this user must not mount one."""
    folder.mkdir()
    if os.getuid() or not shutil.which("mount"):
        pytest.skip("only root can mount a file system")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"mounting is not allowed here: {done.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def fill(folder: Path) -> Path:
    """Take the last free byte."""
    path = folder / "ballast"
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        for size in (4096, 512, 64, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(b"x" * size)
    return path


def open_on(disk: Path, tmp_path: Path) -> Store:
    return Store(disk / ".textual", "Ana", clock=HandClock(), rescue=tmp_path / "rescue")


def test_a_full_disk_is_said_and_survived(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk") as disk:
        store = open_on(disk, tmp_path)
        notes = [store.add(draft(f"note {number}"), TEXT) for number in range(5)]
        ballast = fill(disk)
        with pytest.raises(SaveError, match="the disk is full") as added:
            store.add(draft("one more " * 500))
        with pytest.raises(SaveError, match="the disk is full") as edited:
            store.edit(notes[0], note="changed " * 500)
        with pytest.raises(SaveError, match="the disk is full"):
            store.delete([one.id for one in notes])
        with pytest.raises(SaveError, match="the disk is full"):
            store.edit_all([(one, {"tags": ("cargo",) * 99}) for one in notes], "tag")
        draft_path = store.drafts.save("note", "typed " * 2000)
        assert tmp_path / "rescue" in draft_path.parents
        for failed in (added, edited):
            assert failed.value.rescue is not None
            assert failed.value.rescue.exists()
        store.close()
        again = open_on(disk, tmp_path)
        assert again.all() == tuple(notes)
        assert again.problems == ()
        assert [one.text for one in again.drafts.all()] == ["typed " * 2000]
        ballast.unlink()
        for rescued in again.rescued():
            again.recover(rescued)
        found = {one.note for one in again.all()}
        assert {"one more " * 500, "changed " * 500} <= found
        assert not again.rescued()
        assert [one for one in check(again.root, repair=True) if "left over" not in one.message] == []


def test_a_disk_that_fills_up_while_saving_never_harms_what_stands(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk") as disk:
        store = open_on(disk, tmp_path)
        kept = {}
        failed = False
        for number in range(10_000):
            try:
                one = store.add(draft(f"note {number} " + "x" * (number * 37 % 3000)))
                kept[one.id] = one
                if number % 3 == 2:
                    kept[one.id] = store.edit(one, tags=("cargo",))
            except SaveError:
                failed = True
                break
        assert failed
        assert len(kept) > 10
        again = open_on(disk, tmp_path)
        found = {one.id: one for one in again.all()}
        assert {identity: found.get(identity) for identity in kept} == kept
        assert again.problems == ()


def test_a_read_only_disk_is_said_and_survived(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk") as disk:
        store = open_on(disk, tmp_path)
        one = store.add(draft("first"), TEXT)
        store.close()
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        fresh = open_on(disk, tmp_path)
        assert fresh.all() == (one,)
        with pytest.raises(SaveError, match="read-only") as refused:
            fresh.edit(one, note="second")
        assert refused.value.rescue is not None
        with pytest.raises(SaveError, match="read-only"):
            fresh.undo()
        fresh.drafts.save("note", "typed")
        fresh.close()
        assert [found.text for found in open_on(disk, tmp_path).drafts.all()] == ["typed"]
        assert fresh.all() == (one,)
        assert fresh.poll() == set()
        assert check(fresh.root) == []
        assert "read-only" in check(fresh.root, repair=True)[0].message
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        (waiting,) = fresh.rescued()
        assert fresh.recover(waiting).note == "second"


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_of_somebody_else_is_read_and_not_written(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"))
    store.close()
    folders = [folder for folder in (store.root, *store.root.rglob("*")) if folder.is_dir()]
    for folder in folders:
        folder.chmod(0o555)
    try:
        fresh = open_store(tmp_path)
        assert fresh.all() == (one,)
        with pytest.raises(SaveError, match="permission"):
            fresh.edit(one, note="second")
        assert len(fresh.rescued()) == 1
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_without_any_place_to_write_the_error_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = Store(tmp_path / "file" / ".textual", "Ana", rescue=tmp_path / "file" / "rescue")
    assert store.all() == ()
    with pytest.raises(SaveError, match="nothing else could keep it") as refused:
        store.add(draft("first"))
    assert refused.value.rescue is None
    with pytest.raises(SaveError):
        store.drafts.save("note", "typed")


def test_the_notes_of_a_folder_that_cannot_be_written_are_shown_and_changed_elsewhere(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path / "home"), "USER": "Ana"}
    with mounted(tmp_path / "disk") as disk:
        (disk / "ferry.txt").write_text(TEXT, encoding="utf-8")
        store = open_on(disk, tmp_path)
        one, two = store.add(draft("first"), TEXT), store.add(draft("second"), TEXT)
        store.change_codebook(lambda book: book.put(Code("cargo", "what it carried")), "definition")
        store.close()
        theirs = Store(disk / ".textual", "Ben", rescue=tmp_path / "rescue").add(draft("of Ben"))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        workspace = Workspace.open(disk, environ)
        assert workspace.state.is_relative_to(tmp_path / "home")
        store = workspace.store
        assert set(store.all()) == {one, two, theirs}
        assert store.snapshot(hashlib.sha256(TEXT.encode()).hexdigest()) == TEXT
        edited = store.edit(one, note="first, changed")
        added = store.add(draft("third"))
        with pytest.raises(Refused, match="cannot be written"):
            store.delete(two.id)
        assert store.undo() == "note on “harbour master”"
        assert store.undo() is not None
        assert set(store.all()) == {replace(one, modified=store.all()[0].modified), two, theirs}
        assert store.redo() is not None
        assert store.redo() is not None
        workspace.close()
        again = Workspace.open(disk, environ)
        assert {note.note for note in again.store.all()} == {"first, changed", "third", "second", "of Ben"}
        assert [each.annotation.note for each in again.store.history(edited.id)].count("first") >= 1
        assert again.store.problems == ()
        assert CodebookFile(again.state, "Ana").load().get("cargo") == Code("cargo", "what it carried")
        again.store.delete(added.id)
        again.close()


def test_what_others_change_in_a_folder_that_is_only_read_is_seen(tmp_path: Path) -> None:
    there = Store(tmp_path / "shared", "Ben", rescue=tmp_path / "rescue")
    one = there.add(draft("first"))
    here = Store(tmp_path / "own", "Ana", rescue=tmp_path / "rescue", beside=tmp_path / "shared")
    mine = here.add(draft("mine"))
    two = there.edit(one, note="second")
    assert here.poll() == {one.id}
    assert here.all() == (two, mine)
    there.delete(one.id)
    (tmp_path / "shared" / "annotations" / "x").mkdir()
    (tmp_path / "shared" / "annotations" / "x" / ".left.json.00.tmp").write_bytes(b"half")
    assert here.poll() == {one.id}
    assert here.all() == (mine,)
    here.edit(mine, note="mine, changed")
    assert (tmp_path / "shared" / "annotations" / "x" / ".left.json.00.tmp").exists()
    assert there.all() == ()
