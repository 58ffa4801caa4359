"""Real file systems that are full, read-only, or not ours to write."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_tools import TEXT, HandClock, draft, open_store

from reader.annotations.check import check
from reader.annotations.rescue import SaveError
from reader.annotations.store import Store


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
