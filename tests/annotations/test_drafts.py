"""Notes being typed survive the program that they were typed in."""

import gc
from pathlib import Path

from store_tools import die, open_store


def test_a_draft_outlives_its_program(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.drafts.save("note:wire/ferry.txt#12", "who cou")
    store.drafts.save("note:wire/ferry.txt#12", "who counted?\nيعد")
    die(store)
    again = open_store(tmp_path)
    assert [(one.key, one.text) for one in again.drafts.all()] == [("note:wire/ferry.txt#12", "who counted?\nيعد")]
    again.drafts.save("note:wire/ferry.txt#12", "who counted what?")
    again.drafts.discard("note:wire/ferry.txt#12")
    assert again.drafts.all() == ()
    assert open_store(tmp_path).drafts.all() == ()


def test_drafts_of_a_running_program_are_not_offered_to_another(tmp_path: Path) -> None:
    here, there = open_store(tmp_path), open_store(tmp_path)
    here.drafts.save("note", "typed here")
    there.drafts.save("note", "typed there")
    assert [one.text for one in here.drafts.all()] == ["typed here"]
    assert [one.text for one in there.drafts.all()] == ["typed there"]
    there.drafts.discard("note")
    die(here)
    assert [one.text for one in there.drafts.all()] == ["typed here"]


def test_drafts_of_another_analyst_are_not_read(tmp_path: Path) -> None:
    ana = open_store(tmp_path)
    path = ana.drafts.save("note", "mine")
    die(ana)
    assert open_store(tmp_path, "Ben").drafts.all() == ()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_damaged_draft_hides_no_other(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.drafts.save("one", "kept").with_name("broken.1.json").write_text("{")
    assert [one.text for one in store.drafts.all()] == ["kept"]


def test_a_program_that_ends_in_order_leaves_no_lock(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.drafts.save("note", "typed")
    sessions = store.root / "history" / ".sessions"
    assert len(list(sessions.iterdir())) == 1
    del store
    gc.collect()
    assert list(sessions.iterdir()) == []
