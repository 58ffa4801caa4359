"""Several programs and several analysts on one folder."""

import os
import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from store_tools import draft, files_below, open_store

from reader.annotations.merge import RULE
from reader.annotations.rescue import SaveError
from reader.errors import Refused


def test_what_another_window_adds_changes_and_deletes_is_seen(tmp_path: Path) -> None:
    here, there = open_store(tmp_path), open_store(tmp_path)
    assert here.all() == ()
    one = there.add(draft("first"))
    assert here.poll() == {one.id}
    two = there.edit(one, note="second")
    assert here.poll() == {one.id}
    assert here.all() == (two,)
    there.delete(one.id)
    assert here.poll() == {one.id}
    assert here.all() == ()
    assert here.poll() == set()


def test_ones_own_changes_are_no_news(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("first"))
    store.edit(one, note="second", private=True)
    store.undo()
    assert store.poll() == set()


def test_edits_of_one_annotation_in_two_windows_are_joined(tmp_path: Path) -> None:
    here, there = open_store(tmp_path), open_store(tmp_path)
    one = here.add(draft("seen", tags=("quay",)))
    there.poll()
    there.edit(one.id, note="seen by two", tags=("quay", "crew"))
    joined = here.edit(one.id, note="seen at noon", tags=("quay", "cargo"), pen="key")
    assert joined.note == f"seen at noon{RULE}seen by two"
    assert (joined.tags, joined.pen) == (("quay", "cargo", "crew"), "key")
    (notice,) = here.take_notices()
    assert "both versions are kept" in notice
    assert here.take_notices() == ()
    assert open_store(tmp_path).all() == (joined,)


def test_an_edit_begun_before_another_one_arrived_does_not_overwrite_it(tmp_path: Path) -> None:
    here, there = open_store(tmp_path), open_store(tmp_path)
    seen = here.add(draft("seen"))
    there.edit(seen.id, note="seen by two")
    here.poll()
    assert here.edit(seen, note="seen at noon").note == f"seen at noon{RULE}seen by two"


def test_an_edit_brings_back_what_was_deleted_elsewhere(tmp_path: Path) -> None:
    here, there = open_store(tmp_path), open_store(tmp_path)
    one = here.add(draft("seen"))
    there.delete(one.id)
    two = here.edit(one.id, note="seen at noon")
    assert open_store(tmp_path).all() == (two,)
    assert here.take_notices()
    trash = tmp_path / ".textual" / "annotations" / ".trash"
    assert files_below(trash) == []


def test_undo_takes_back_ones_own_window_first_and_refuses_what_others_changed(tmp_path: Path) -> None:
    here, there = open_store(tmp_path), open_store(tmp_path)
    one = here.add(draft("here"))
    two = there.add(draft("there"))
    there.edit(one.id, note="changed there")
    with pytest.raises(Refused, match="changed since"):
        here.undo()
    assert here.undo() is None
    assert there.undo()
    assert there.undo() == "note on “harbour master”"
    assert [found.id for found in open_store(tmp_path).all()] == [one.id]
    assert there.redo()
    assert {found.id for found in open_store(tmp_path).all()} == {one.id, two.id}


def test_undo_of_a_bulk_step_is_all_or_nothing(tmp_path: Path) -> None:
    here, there = open_store(tmp_path), open_store(tmp_path)
    notes = [here.add(draft(str(number))) for number in range(4)]
    here.edit_all([(one, {"tags": ("cargo",)}) for one in notes], "tag 4 passages")
    there.edit(notes[2].id, pen="key")
    with pytest.raises(Refused, match="1 of 4"):
        here.undo()
    assert {one.tags for one in open_store(tmp_path).all()} == {("cargo",)}


def test_edit_all_changes_all_or_none(tmp_path: Path) -> None:
    ana, ben = open_store(tmp_path), open_store(tmp_path, "Ben")
    mine, theirs = ana.add(draft("mine")), ben.add(draft("theirs"))
    ana.poll()
    with pytest.raises(Refused, match="Ben"):
        ana.edit_all([(mine, {"pen": "key"}), (theirs, {"pen": "key"})], "mark")
    assert {one.pen for one in open_store(tmp_path).all()} == {None}


def test_a_private_annotation_is_closed_to_others_and_left_out_of_version_control(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("secret", private=True))
    (path,) = (tmp_path / ".textual" / "annotations").glob("*/*.json")
    assert path.name == f"{one.id}.private.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "*.private.json" in (tmp_path / ".textual" / "annotations" / ".gitignore").read_text()
    store.edit(one, private=False)
    assert [found.name for found in path.parent.iterdir()] == [f"{one.id}.json"]
    store.edit(one.id, private=True)
    store.delete(one.id)
    assert store.undo()
    assert [found.name for found in path.parent.iterdir()] == [f"{one.id}.private.json"]
    below = [found for found in (tmp_path / ".textual").rglob("*") if found.is_file()]
    secret = [found for found in below if b"secret" in found.read_bytes() and found.name != f"{one.id}.json"]
    assert len(secret) > 1
    assert all(stat.S_IMODE(found.stat().st_mode) == 0o600 for found in secret if "private" in found.name)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_a_colleague_on_the_same_machine_sees_what_is_shared_and_not_what_is_private(tmp_path: Path) -> None:
    root = tmp_path / ".textual"
    root.mkdir()
    root.chmod(0o777)
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o055)
    ana = open_store(tmp_path)
    shared, _private = ana.add(draft("shared")), ana.add(draft("secret", private=True))
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.setuid(65534)
            ben = open_store(tmp_path, "Ben")
            own = ben.add(draft("of Ben"))
            found = sorted(one.note for one in ben.all())
            os.write(writing, f"{','.join(found)} {len(ben.problems)} {own.creator}".encode())
        except BaseException as error:
            os.write(writing, repr(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        assert pipe.read() == "of Ben,shared 0 Ben"
    os.waitpid(child, 0)
    ana.poll()
    assert {one.note for one in ana.all()} == {"shared", "secret", "of Ben"}
    assert ana.get(shared.id) == shared


def test_threads_share_a_store(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    one = store.add(draft("seen"))

    def work(name: int) -> None:
        for number in range(5):
            store.add(draft(f"{name}.{number}"))
            seen = store.get(one.id)
            assert seen
            store.edit(seen, tags=(*seen.tags, f"{name}.{number}"))
            store.poll()

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = {found.id: found for found in open_store(tmp_path).all()}
    assert len(found) == 21
    assert len(found[one.id].tags) == 20
    for _step in range(40):
        assert store.undo()
    assert [(left.note, left.tags) for left in store.all()] == [("seen", ())]


def test_a_rewritten_file_is_noticed_even_where_its_folder_shows_no_change(tmp_path: Path) -> None:
    here = open_store(tmp_path)
    one = here.add(draft("first"))
    (path,) = (tmp_path / ".textual" / "annotations").glob("*/*.json")
    path.write_text(path.read_text().replace('"first"', '"by hand"'))
    assert here.poll() == {one.id}
    assert here.all() == (replace(one, note="by hand"),)


def test_a_lock_that_is_never_given_back_is_an_error_and_the_change_is_rescued(tmp_path: Path) -> None:
    here = open_store(tmp_path)
    one = here.add(draft("first"))
    here._files.lock_seconds = 0.05
    with open_store(tmp_path)._layout.locked(), pytest.raises(SaveError, match="another process") as caught:
        here.edit(one, note="second")
    assert caught.value.rescue is not None
    assert caught.value.rescue.exists()
    (waiting,) = here.rescued()
    assert here.recover(waiting).note == "second"
    assert here.rescued() == ()


def test_what_a_colleague_keeps_private_is_not_shown_though_the_system_would_let_it_be_read(tmp_path: Path) -> None:
    here, there = open_store(tmp_path), open_store(tmp_path, "Ben")
    one = there.add(draft("secret", private=True))
    two = there.add(draft("gone", private=True))
    there.delete(two.id)
    here.poll()
    assert here.all() == here.of(one.source) == here.trash() == ()
    assert here.get(one.id) is None
    assert there.all() == (one,)
    there.edit(one, private=False)
    here.poll()
    assert [each.note for each in here.all()] == ["secret"]
