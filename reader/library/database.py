"""One SQLite file that may be lost at any time: damaged or from another version, it is made anew."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

T = TypeVar("T")

_WAIT: Final = 10.0
"""Seconds to wait for another process that is writing."""
_ROWS: Final = 200
"""Rows that are written in one go: a few milliseconds in which nobody reads."""
_SIDE_FILES: Final = ("", "-journal", "-wal", "-shm")


class Database:
    """A connection that all threads share, one statement at a time, and one who writes at a time.

    Who reads waits for one statement at most, however long a transaction is, and may see what is written so far in it:
    a list on the screen is fetched while thousands of articles are noted. The file is a cache: nothing is synchronised,
    so power loss may damage it, and damage empties it. Where no file can be written it lives in memory.
    """

    def __init__(self, path: Path | None, schema: str, version: int) -> None:
        self._path = path
        self._schema = schema
        self._version = version
        self._lock = threading.RLock()
        self._writing = threading.RLock()
        self._connection = self._open()

    @property
    def in_memory(self) -> bool:
        """Whether nothing outlives this process, because the file could not be written."""
        return self._path is None

    def _open(self) -> sqlite3.Connection:
        if self._path is not None:
            for _ in range(2):
                try:
                    self._path.parent.mkdir(parents=True, exist_ok=True)
                    return self._prepared(self._connect(str(self._path)))
                except sqlite3.OperationalError as error:
                    if "locked" in str(error) or not self._remove():
                        break
                except sqlite3.DatabaseError:
                    if not self._remove():
                        break
                except OSError:
                    break
            self._path = None
        return self._prepared(self._connect(":memory:"))

    def _connect(self, name: str) -> sqlite3.Connection:
        return sqlite3.connect(name, timeout=_WAIT, check_same_thread=False, isolation_level=None)

    def _prepared(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        try:
            connection.execute("PRAGMA journal_mode=TRUNCATE")
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("PRAGMA cache_size=-16000")
            connection.execute("PRAGMA temp_store=MEMORY")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version != self._version:
                if connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                    raise sqlite3.DatabaseError("made by another version")
                connection.executescript(f"BEGIN IMMEDIATE; {self._schema} COMMIT;")
                connection.execute(f"PRAGMA user_version={self._version}")
        except BaseException:
            connection.close()
            raise
        return connection

    def _remove(self) -> bool:
        assert self._path is not None
        try:
            for suffix in _SIDE_FILES:
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows that a query finds; none when the database proves to be damaged, and is made anew."""
        return self._guarded(lambda: self._connection.execute(statement, values).fetchall(), [])

    def row(self, statement: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row that a query finds, if any."""
        found = self.rows(statement, values)
        return found[0] if found else None

    def column(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """The first column of all rows that a query finds."""

        def fetch() -> list[Any]:
            cursor = self._connection.cursor()
            cursor.row_factory = lambda _, row: row[0]
            return cursor.execute(statement, values).fetchall()

        return self._guarded(fetch, [])

    def chunks(self, statement: str, size: int) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a long query in pieces, between which other threads may read and write."""
        cursor = self._guarded(lambda: self._connection.execute(statement), None)
        while cursor is not None:
            rows = self._guarded(lambda: cursor.fetchmany(size), [])
            if not rows:
                return
            yield rows

    @contextlib.contextmanager
    def transaction(self) -> Iterator["Database"]:
        """Everything inside is written together, or not at all where it raises."""
        with self._writing:
            self._guarded(lambda: self._connection.execute("BEGIN IMMEDIATE"), None)
            try:
                yield self
            except BaseException:
                with self._lock, contextlib.suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise
            with contextlib.suppress(sqlite3.Error):
                self._guarded(lambda: self._connection.execute("COMMIT"), None)

    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Carry out one statement; the number of the row that it inserted."""
        with self._writing:
            return self._guarded(lambda: self._connection.execute(statement, values).lastrowid or 0, 0)

    def run_many(self, statement: str, values: Iterator[Sequence[Any]] | Sequence[Sequence[Any]]) -> None:
        """Carry out one statement for each row of values."""
        source = iter(values)
        with self._writing:
            while part := list(islice(source, _ROWS)):
                self._guarded(partial(self._many, statement, part), None)

    def _many(self, statement: str, values: list[Sequence[Any]]) -> None:
        self._connection.executemany(statement, values)

    def _guarded(self, work: Callable[[], T], otherwise: Any) -> T:
        with self._lock:
            try:
                return work()
            except sqlite3.OperationalError as error:
                if not _is_beyond_writing(error):
                    raise
                self._move_to_memory()
                return work()
            except sqlite3.DatabaseError as error:
                if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
                    raise
                self._renew()
                return otherwise  # type: ignore[no-any-return]

    def _renew(self) -> None:
        self._connection.close()
        if self._path is not None and not self._remove():
            self._path = None
        self._connection = self._open()

    def _move_to_memory(self) -> None:
        """Go on in memory with what is there: a full disk must not stop the reader."""
        inside = self._connection.in_transaction
        memory = self._connect(":memory:")
        with contextlib.suppress(sqlite3.Error):
            self._connection.execute("ROLLBACK")
        try:
            self._connection.backup(memory)
        except sqlite3.Error:
            memory.close()
            memory = self._connect(":memory:")
        self._connection.close()
        self._path = None
        self._connection = self._prepared(memory)
        if inside:
            self._connection.execute("BEGIN")

    def close(self) -> None:
        """Close the file; the object is not used after this."""
        with self._writing, self._lock:
            self._connection.close()


def _is_beyond_writing(error: sqlite3.OperationalError) -> bool:
    said = str(error)
    return any(word in said for word in ("readonly", "full", "disk I/O", "unable to open"))
