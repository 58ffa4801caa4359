"""The index on disk and, beside it, a small one in memory: together they hold what can be found.

Memory takes what the disk will not have just now (another process is writing, the disk is full, the folder is
read-only). What is newer in memory hides what is on disk, and is dropped once the disk holds it.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
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


class Storage:
    """Everything that is indexed of one library. `notice` says what the reader should know; "" when all
    is well.
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
    ) -> Iterator[int]:
        """Adds and removes; yields the number added after each step, when that much is found. Never raises
        for the disk.
        """
        with self._lock:
            if small:
                yield from self._write_few(_until(records, cancelled), gone)
            else:
                yield from self._write_many(records, gone, cancelled)

    def _write_few(self, records: list[Record], gone: list[str]) -> Iterator[int]:
        """In memory first, where they are found at once, whatever the disk is doing; then on disk."""
        yield from self._remember(records, gone, lambda: False)
        try:
            for _ in self._on_disk().write(records, gone, small=True):
                continue
        except (EngineBusy, EngineFailed, EngineDamaged) as error:
            self._failed(error)
        else:
            self._forget([record.id for record in records], gone)
            self.notice = ""

    def _write_many(self, records: Iterable[Record], gone: list[str], cancelled: Callable[[], bool]) -> Iterator[int]:
        """On disk, batch by batch; what the disk does not take goes to memory."""
        waiting: list[Record] = []

        def kept() -> Iterator[Record]:
            for record in records:
                waiting.append(record)
                yield record

        source = kept()
        count = 0
        try:
            for count in self._on_disk().write(source, gone, cancelled):
                self._forget([record.id for record in waiting], gone)
                waiting.clear()
                yield count
            self.notice = ""
        except (EngineBusy, EngineFailed, EngineDamaged) as error:
            self._failed(error)
            for more in self._remember(chain(list(waiting), source), gone, cancelled):
                yield count + more

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
                found.sort(key=lambda one: -one.score)
            else:
                found.sort(key=lambda one: one.published, reverse=order == "newest")
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
            self._gone.clear()
            self._disk = self._open()

    def close(self) -> None:
        """Lets go of both indexes."""
        with self._lock:
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
