"""Several threads and several processes on one library, and a cache that is taken away."""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.library.database import Database
from reader.library.library import Library

from .captures import story
from .conftest import Write, refreshed

Open = Callable[[], Library]


def test_readers_and_a_writer_in_one_process(library: Library, write: Write) -> None:
    for number in range(60):
        write(f"{number}.txt", *story(number))
    ended = threading.Event()
    failures: list[BaseException] = []

    def read() -> None:
        try:
            while not ended.is_set():
                for entry in library.entries("date"):
                    assert entry.id
                library.count()
                library.problems()
                library.poll()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    refreshed(library)
    ended.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert library.count() == 60


def test_two_refreshes_of_one_library_at_once(open_library: Open, write: Write) -> None:
    for number in range(40):
        write(f"{number}.txt", *story(number))
    libraries = [open_library(), open_library()]
    threads = [threading.Thread(target=refreshed, args=(library,)) for library in libraries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for library in [*libraries, open_library()]:
        assert sorted(entry.id for entry in library.entries()) == sorted(f"{number}.txt" for number in range(40))
        assert library.problems() == []


def test_the_cache_may_be_deleted_at_any_time(
    library: Library, open_library: Open, write: Write, tmp_path: Path
) -> None:
    write("a.txt", *story(1))
    refreshed(library)
    shutil.rmtree(tmp_path / "state" / "cache")
    assert library.article("a.txt").id == "a.txt"
    write("b.txt", *story(2))
    assert library.poll().added == ("b.txt",)
    assert [entry.id for entry in library.entries("added")] == ["b.txt", "a.txt"]
    assert sorted(refreshed(open_library()).added) == ["a.txt", "b.txt"]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "x.db", "CREATE TABLE t(a);", 3)
    yield made
    made.close()


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:

    def fail() -> None:
        with database.transaction():
            database.run("INSERT INTO t VALUES(1)")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert database.rows("SELECT * FROM t") == []
    with database.transaction():
        database.run_many("INSERT INTO t VALUES(?)", [(1,), (2,)])
    assert database.column("SELECT a FROM t") == [1, 2]
    assert list(database.chunks("SELECT a FROM t", 1)) == [[(1,)], [(2,)]]


def test_who_reads_does_not_wait_for_the_end_of_a_transaction(database: Database) -> None:
    read: list[tuple[int]] = []
    with database.transaction():
        database.run_many("INSERT INTO t VALUES(?)", [(number,) for number in range(1_000)])
        reading = threading.Thread(target=lambda: read.extend(database.rows("SELECT count(*) FROM t")), daemon=True)
        reading.start()
        reading.join(60)
    assert read == [(1_000,)]


def test_who_writes_waits_for_the_end_of_a_transaction(database: Database) -> None:
    writing = threading.Thread(target=database.run, args=("DELETE FROM t",), daemon=True)
    with database.transaction():
        writing.start()
        database.run("INSERT INTO t VALUES(1)")
        assert database.rows("SELECT a FROM t") == [(1,)]
    writing.join(60)
    assert database.rows("SELECT a FROM t") == []


def test_on_a_full_disk_it_goes_on_in_memory(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    database.run("INSERT INTO t VALUES(1)")
    database.run("PRAGMA max_page_count = 2")
    rows = [("x" * 10_000,) for _ in range(5)]
    with database.transaction():
        database.run_many("INSERT INTO t VALUES(?)", rows)
    assert database.in_memory
    assert database.column("SELECT count(*) FROM t") == [6]


def test_damage_found_while_it_is_open_empties_it(database: Database, tmp_path: Path) -> None:
    database.run_many("INSERT INTO t VALUES(?)", [("x" * 100,) for _ in range(1000)])
    database.close()
    data = bytearray((tmp_path / "x.db").read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    (tmp_path / "x.db").write_bytes(data)
    again = Database(tmp_path / "x.db", "CREATE TABLE t(a);", 3)
    assert again.rows("SELECT * FROM t") == []
    again.run("INSERT INTO t VALUES(5)")
    assert again.rows("SELECT * FROM t") == [(5,)]
    with pytest.raises(sqlite3.OperationalError):
        again.rows("SELECT * FROM nothing")
    again.close()
