"""The library as its users see it: entries, articles, changes, problems."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.capture.article import Article
from reader.errors import NothingFound, WrongUsage
from reader.library import ahead, refresh
from reader.library.entry import Changes
from reader.library.files import Unreadable
from reader.library.library import Library
from reader.library.parsing import itself
from reader.library.refresh import Take

from .captures import story
from .conftest import Write, refreshed

Open = Callable[[], Library]


def test_a_folder_becomes_entries_and_articles(library: Library, write: Write) -> None:
    write("ferry.txt", *story(1))
    write("north/quay.txt", *story(2))
    changes = refreshed(library)
    assert sorted(changes.added) == ["ferry.txt", "north/quay.txt"]
    assert library.count() == 2
    entry = library.entry("north/quay.txt")
    assert entry is not None
    assert entry.folder == "north"
    assert entry.title == story(2)[0]
    assert entry.words > 50
    article = library.article("north/quay.txt")
    assert article.sha256 == entry.sha256
    assert story(2)[3] in article.text
    assert library.raw("north/quay.txt") == (library.folder / "north/quay.txt").read_bytes()


def test_an_unchanged_library_is_not_read_again(
    open_library: Open, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        path = write(f"{number}.txt", *story(number))
        os.utime(path, ns=(10**18, 10**18))
    refreshed(open_library())

    def refuse(*_: object, **__: object) -> object:
        raise AssertionError("a file was read")

    again = open_library()
    monkeypatch.setattr(again._pool, "run", lambda tasks, cancelled: iter([refuse() for _ in tasks]))
    assert not refreshed(again)
    assert [entry.id for entry in again.entries()] == [f"{number}.txt" for number in range(5)]


def test_entries_are_there_before_the_folder_is_looked_at(open_library: Open, write: Write) -> None:
    write("a.txt", *story(1))
    refreshed(open_library())
    assert [entry.id for entry in open_library().entries()] == ["a.txt"]


def test_changes_are_told_one_by_one(library: Library, write: Write) -> None:
    write("stays.txt", *story(1))
    write("goes.txt", *story(2))
    write("changes.txt", *story(3))
    refreshed(library)
    (library.folder / "goes.txt").unlink()
    write("changes.txt", *story(4, 6))
    write("comes.txt", *story(5))
    changes = refreshed(library)
    assert changes.added == ("comes.txt",)
    assert changes.changed == ("changes.txt",)
    assert changes.removed == ("goes.txt",)
    assert {entry.id for entry in library.entries()} == {"stays.txt", "changes.txt", "comes.txt"}


def test_poll_sees_what_comes_changes_and_goes(library: Library, write: Write) -> None:
    write("a.txt", *story(1))
    refreshed(library)
    assert not library.poll()
    write("new/folder/b.txt", *story(2))
    assert library.poll().added == ("new/folder/b.txt",)
    write("new/folder/b.txt", *story(3, 6))
    assert library.poll().changed == ("new/folder/b.txt",)
    (library.folder / "new/folder/b.txt").unlink()
    (library.folder / "new/folder").rmdir()
    assert library.poll().removed == ("new/folder/b.txt",)
    assert [entry.id for entry in library.entries()] == ["a.txt"]


def test_poll_on_an_empty_library_needs_no_refresh(library: Library, write: Write) -> None:
    assert not library.poll()
    write("a.txt", *story(1))
    assert library.poll().added == ("a.txt",)


def test_a_library_out_of_reach_keeps_its_entries(library: Library, write: Write) -> None:
    write("a.txt", *story(1))
    refreshed(library)
    library.folder.rename(library.folder.with_name("elsewhere"))
    assert not library.poll()
    with pytest.raises(WrongUsage, match="cannot be read"):
        refreshed(library)
    assert library.count() == 1


def test_a_file_that_vanished_leaves_its_entry(library: Library, write: Write) -> None:
    path = write("a.txt", *story(1))
    refreshed(library)
    data = path.read_bytes()
    path.unlink()
    refreshed(library)
    assert library.count() == 0
    (vanished,) = library.vanished()
    assert vanished.missing
    assert vanished.title == story(1)[0]
    with pytest.raises(Unreadable):
        library.article("a.txt")
    path.write_bytes(data)
    assert refreshed(library).added == ("a.txt",)
    assert not library.vanished()


def test_a_file_that_moved_is_known_again(library: Library, write: Write) -> None:
    path = write("a.txt", *story(1))
    write("b.txt", *story(2))
    refreshed(library)
    (library.folder / "sub").mkdir()
    path.rename(library.folder / "sub" / "c.txt")
    refreshed(library)
    assert library.moved() == [("a.txt", "sub/c.txt")]
    library.rename("a.txt", "sub/c.txt")
    assert library.moved() == []
    assert library.vanished() == []


def test_an_interrupted_refresh_goes_on_where_it_stopped(
    open_library: Open, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        write(f"{number}.txt", *story(number))
    monkeypatch.setattr(refresh, "_STEP", 0.0)
    seen: list[str] = []
    going = open_library().refresh()
    while len(seen) < 5:
        seen += next(going).changes.added
    going.close()  # type: ignore[attr-defined]
    assert 0 < len(seen) < 40
    rest = refreshed(open_library()).added
    assert sorted([*seen, *rest]) == sorted(f"{number}.txt" for number in range(40))


def test_every_odd_thing_is_a_problem_with_reason_and_advice(library: Library, write: Write) -> None:
    write("good.txt", *story(1))
    (library.folder / "empty.txt").touch()
    os.mkfifo(library.folder / "pipe.txt")
    (library.folder / "link.txt").symlink_to("good.txt")
    with (library.folder / "sparse.txt").open("wb") as file:
        file.truncate(20_000_000_000)
    changes = refreshed(library)
    assert changes.added == ("good.txt",)
    problems = {problem.path: problem for problem in library.problems()}
    assert problems.keys() == {"empty.txt", "pipe.txt", "link.txt", "sparse.txt"}
    assert all(problem.reason and problem.advice for problem in problems.values())
    write("empty.txt", *story(2))
    assert refreshed(library).added == ("empty.txt",)
    assert "empty.txt" not in {problem.path for problem in library.problems()}


def test_names_that_are_no_characters_are_articles_too(library: Library) -> None:
    name = os.fsencode(library.folder) + b"/caf\xe9.txt"
    with open(name, "wb") as file:  # noqa: PTH123
        file.write("\n\n".join(story(1)).encode())
    assert refreshed(library).added == ("caf%E9.txt",)
    assert library.article("caf%E9.txt").id == "caf%E9.txt"


def test_a_damaged_catalogue_is_rebuilt(open_library: Open, write: Write, tmp_path: Path) -> None:
    write("a.txt", *story(1))
    first = open_library()
    refreshed(first)
    first.close()
    path = tmp_path / "state" / "cache" / "catalogue.db"
    for damage in (b"not a database at all", path.read_bytes()[:3000], b""):
        path.write_bytes(damage)
        library = open_library()
        refreshed(library)
        assert [entry.id for entry in library.entries()] == ["a.txt"]
        library.close()
    whole = bytearray(path.read_bytes())
    whole[4096:8192] = b"\xaa" * 4096
    path.write_bytes(whole)
    library = open_library()
    refreshed(library)
    refreshed(library)
    assert [entry.id for entry in library.entries()] == ["a.txt"]


def test_a_catalogue_of_another_version_is_rebuilt(open_library: Open, write: Write, tmp_path: Path) -> None:
    path = tmp_path / "state" / "cache" / "catalogue.db"
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE articles(something)")
        connection.execute("PRAGMA user_version=77")
    connection.close()
    write("a.txt", *story(1))
    assert refreshed(open_library()).added == ("a.txt",)


def test_without_a_place_for_the_catalogue_it_lives_in_memory(open_library: Open, write: Write, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    write("a.txt", *story(1))
    library = open_library()
    assert refreshed(library).added == ("a.txt",)
    assert library.count() == 1


def test_an_unknown_article_is_said_to_be_unknown(library: Library) -> None:
    for id in ("nothing.txt", "../../etc/passwd", ""):
        with pytest.raises(NothingFound):
            library.article(id)
        assert library.entry(id) is None


def test_articles_come_in_bulk(library: Library, write: Write) -> None:
    for number in range(12):
        write(f"{number}.txt", *story(number))
    refreshed(library)
    ids = [entry.id for entry in library.entries()]
    assert {article.id for article in library.articles([*ids, "unknown"])} == set(ids)


def test_the_articles_of_a_refresh_can_be_taken(library: Library, write: Write) -> None:
    write("a.txt", *story(1))
    taken: list[Article] = []
    refreshed(library, take=Take(itself, taken.extend))
    assert [article.id for article in taken] == ["a.txt"]


def test_a_process_that_was_made_ready_reads_what_comes(library: Library, write: Write) -> None:
    library.prepare(itself)
    assert not library._pool.started, "there is nothing to try it on"
    write("a.txt", *story(1))
    refreshed(library)
    library._pool.close()
    library.prepare(itself)
    library.prepare(itself)
    (process,) = [worker.process for worker in library._pool._workers]
    write("b.txt", *story(2))
    assert library.poll().added == ("b.txt",)
    assert [worker.process for worker in library._pool._workers] == [process]


def test_what_goes_while_others_are_read_is_told(
    library: Library, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh, "_STEP", 0.0)
    monkeypatch.setattr(refresh, "_FIRST", 0.0)
    monkeypatch.setattr(ahead, "LOOK", 0.0)
    old = write("old.txt", *story(1))
    refreshed(library)
    for number in range(20):
        write(f"{number}.txt", *story(number))
    told = Changes()
    for some in library.arrivals():
        told |= some
        old.unlink(missing_ok=True)
    assert told.removed == ("old.txt",)
    assert len(told.added) == 20


def test_an_opened_article_follows_its_file(library: Library, write: Write) -> None:
    write("a.txt", *story(1))
    refreshed(library)
    before = library.article("a.txt")
    assert library.article("a.txt") is before
    write("a.txt", *story(2))
    assert story(2)[0] in library.article("a.txt").text


def test_a_file_that_is_read_in_part_is_an_article_and_a_problem(library: Library, folder: Path) -> None:
    broken = folder / "wire.jsonl"
    broken.write_text('{"id": 1, "title": "One", "text": "The tide went out."}\n{"id": 2, "title"\n')
    refreshed(library)
    assert [entry.title for entry in library.entries()] == ["One"]
    (problem,) = library.problems()
    assert problem.path == "wire.jsonl"
    assert problem.reason.startswith("Line 2 is broken")
    broken.write_text('{"id": 1, "title": "One", "text": "The tide went out."}\n{"id": 2, "title": "Two"}\n')
    refreshed(library)
    assert {entry.title for entry in library.entries()} == {"One", "Two"}
    assert library.problems() == []


def test_what_comes_while_many_files_are_read_is_read_before_them(
    library: Library, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh, "_STEP", 0.0)
    monkeypatch.setattr(ahead, "LOOK", 0.0)
    for number in range(150):
        write(f"many/{number:03}.txt", *story(number))
    came: list[str] = []
    late: list[str] = []
    for progress in library.refresh():
        came += [*progress.changes.added, *(f"{id} again" for id in progress.changes.changed)]
        if len(came) > 10 and not late:
            late = ["late.txt", "new/later.txt", f"{came[0]} again"]
            write("late.txt", *story(500))
            write("new/later.txt", *story(501))
            write(came[0], *story(502))
    assert len(came) == len(set(came)) == 153
    assert max(map(came.index, late)) < 130
    assert library.problems() == []
