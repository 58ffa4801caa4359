"""The index on disk and, beside it, a small one in memory: together they hold what can be found.

Memory takes what the disk will not have just now (another process is writing, the disk is full, the folder is
read-only). What is newer in memory hides what is on disk, and is dropped once the disk holds it.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Final

from reader.errors import DeskreaderError
from reader.search.index import TantivyIndex, wipe
from reader.search.plan import (
    Among,
    Engine,
    EngineBusy,
    EngineDamaged,
    EngineFailed,
    Found,
    Plan,
    Record,
)

_MEMORY_BYTES: Final = 64_000_000
_TOGETHER: Final = 1_000
"""Articles found in memory that are written to disk together: each commit costs as much as reading some twenty."""


class Storage:
    """Everything that is indexed of one library. `notice` says what the reader should know; "" when all is well;
    `waits` whether a writer is open, and may have taken what is found only after the next `write` or `settle`; `lost`
    whether what was on disk was thrown away, until somebody who adds it again sets that back.
    """

    def __init__(self, folder: Path, make: Callable[[Path | None], Engine] = TantivyIndex) -> None:
        self.notice = ""
        self._folder = folder
        self._make = make
        self._lock = threading.RLock()
        self._memory: Engine | None = None
        self._newer: dict[str, str] = {}
        self._gone: set[str] = set()
        self._memory_bytes = 0
        self._waiting: list[Record] = []
        self._waiting_gone: list[str] = []
        self._later: dict[str, Record | None] = {}
        self.waits = self.lost = False
        self._disk = self._open()

    def engines(self) -> list[Engine]:
        """The indexes that answer, the one on disk first."""
        return [engine for engine in (self._disk, self._memory) if engine]

    def size(self) -> int:
        """How many articles can be found now; during a change, nearly."""
        return (self._disk.size() if self._disk else 0) + len(self._newer)

    def stamps(self) -> dict[str, str]:
        """The stamp of each article that can be found."""
        stamps = self._disk.stamps() if self._disk else {}
        for name in tuple(self._gone):
            stamps.pop(name, None)
        return stamps | self._newer

    def write(
        self,
        records: Iterable[Record],
        gone: list[str],
        cancelled: Callable[[], bool],
        small: bool,
        more: bool = False,
    ) -> Iterator[int]:
        """Adds and removes; yields the number added after each step, when that much is found. Never raises
        for the disk. With `more`, what is not enough for a step waits for the next call, or for `settle`: for the disk
        alone where it is a `small` number, which is found at once.
        """
        with self._lock:
            if small:
                records = _until(records, cancelled)
                yield from self._remember(records, gone, lambda: False)  # found at once, whatever the disk is doing
                self._later.update(dict.fromkeys(gone))
                self._later.update((record.id, record) for record in records)
                if not more or len(self._later) >= _TOGETHER:
                    self._catch_up()
            else:
                yield from self._write(records, (), gone, cancelled, more)

    def settle(self) -> bool:
        """Lets everything be found that is still waiting, and other processes write; whether anything was."""
        with self._lock:
            waited = self.waits
            if waited or self._later:
                self._catch_up()
            return waited

    def _catch_up(self) -> None:
        """Write what only memory has."""
        later, self._later = self._later, {}
        records = [record for record in later.values() if record]
        for _ in self._write((), records, [name for name, record in later.items() if not record], lambda: False):
            continue

    def _write(
        self,
        records: Iterable[Record],
        remembered: Sequence[Record],
        gone: list[str],
        cancelled: Callable[[], bool],
        more: bool = False,
    ) -> Iterator[int]:
        """On disk, batch by batch; what the disk does not take goes to memory, unless it is `remembered` there."""
        self._waiting_gone += gone
        for name in gone:
            self._later.pop(name, None)

        def kept() -> Iterator[Record]:
            for record in records:
                self._later.pop(record.id, None)
                self._waiting.append(record)
                yield record

        source = kept()
        count = 0
        self.waits = False
        try:
            written = self._on_disk().write(chain(source, remembered), gone, cancelled, bool(remembered), more)
            for count in written:
                self._forget([record.id for record in (*self._waiting, *remembered)], self._waiting_gone)
                self._let_go()
                yield count
            self.notice = ""
            self.waits = more and not cancelled()
        except (EngineBusy, EngineFailed, EngineDamaged) as error:
            newer = {record.id for record in remembered}
            waiting = [record for record in self._waiting if record.id not in newer]
            self._failed(error)
            for added in self._remember(chain(waiting, source), self._waiting_gone, cancelled):
                yield count + added
        finally:
            if not self.waits:
                self._let_go()

    def _let_go(self) -> None:
        """Forget what waited, part by part: while tens of thousands of articles are freed at once nobody computes."""
        while self._waiting:
            del self._waiting[-_TOGETHER:]
        self._waiting_gone.clear()

    def _on_disk(self) -> Engine:
        if self._disk is None:
            raise EngineFailed("The search index cannot be kept on disk")
        return self._disk

    def _failed(self, error: DeskreaderError) -> None:
        """Draws the consequence of a write that did not succeed."""
        if isinstance(error, EngineDamaged):
            self.rebuild()
        if not isinstance(error, EngineBusy):
            self.notice = f"{error.title}: new articles are searched in memory"

    def find(self, wanted: Plan, most: int, order: str) -> tuple[list[Found], int]:
        """The answers of both indexes as one; see `Engine.find`. Raises EngineDamaged."""
        hidden = tuple(sorted({*self._newer, *self._gone}))
        found: list[Found] = []
        matched = 0
        memory = self._memory
        for engine in self.engines():
            asked = wanted
            if hidden and engine is self._disk:
                asked = replace(wanted, must_not=(*wanted.must_not, Among("id", hidden)))
            some, count = engine.find(asked, most, order)
            found += some
            matched += count
        if memory:
            if order == "relevance":
                found.sort(key=lambda one: (-one.held, -one.score))
            else:
                found.sort(key=lambda one: one.published, reverse=order == "newest")
                found.sort(key=lambda one: not one.published)
        return found[:most], matched

    def refresh(self) -> bool:
        """Takes up what another process committed; whether there was anything. Raises EngineDamaged."""
        if not (self._disk and self._disk.refresh()):
            return False
        if self._newer and self._lock.acquire(blocking=False):
            try:
                held = self._disk.holds
                self._forget([name for name, stamp in self._newer.items() if held(name, stamp)], ())
            finally:
                self._lock.release()
        return True

    def rebuild(self) -> None:
        """Throws the index on disk away and begins an empty one: every article has to be added again."""
        with self._lock:
            if self._disk:
                self._disk.close()
            wipe(self._folder)
            self.lost = True
            self._gone.clear()
            self._disk = self._open()

    def close(self) -> None:
        """Lets go of both indexes; what still waits is not kept."""
        with self._lock:
            self.waits = False
            for engine in self.engines():
                engine.close()
            self._disk = self._memory = None

    def _forget(self, held: Iterable[str], gone: Iterable[str]) -> None:
        """Drops from memory what the disk holds, or no longer holds, by now."""
        self._gone.difference_update(gone)
        dropped = [name for name in held if self._newer.pop(name, None) is not None]
        if not self._newer:
            self._memory, self._memory_bytes = None, 0
        elif dropped and self._memory:
            for _ in self._memory.write((), dropped, small=True):
                continue

    def _open(self) -> Engine | None:
        for _ in range(2):
            try:
                return self._make(self._folder)
            except EngineDamaged as error:
                self.notice = f"{error.title}. {error.message}"
                wipe(self._folder)
            except DeskreaderError as error:
                self.notice = f"{error.title}: searching in memory. {error.message}"
                break
        return None

    def _remember(self, records: Iterable[Record], gone: list[str], cancelled: Callable[[], bool]) -> Iterator[int]:
        """Keeps in memory what the disk did not take, as far as it fits."""
        memory = self._memory = self._memory or self._make(None)
        self._gone.update(gone)
        for name in gone:
            self._newer.pop(name, None)

        def fitting() -> Iterator[Record]:
            for record in records:
                self._memory_bytes += sum(len(said) for _, said in record.texts)
                if self._memory_bytes > _MEMORY_BYTES:
                    self.notice = "Only a part of the articles is searched: the rest does not fit in memory"
                    return
                self._newer[record.id] = record.stamp
                self._gone.discard(record.id)
                yield record

        yield from memory.write(fitting(), gone, cancelled, small=True)


def _until(records: Iterable[Record], cancelled: Callable[[], bool]) -> list[Record]:
    """The records up to where the caller says stop."""
    taken = []
    for record in records:
        taken.append(record)
        if cancelled():
            break
    return taken
