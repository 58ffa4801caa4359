"""Bringing the catalogue up to date with the folder: look, compare, read what is due, learn from it.

Every step is written down as it is done, so that an interrupted refresh goes on where it stopped.
"""

import stat
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from reader import __version__
from reader.errors import WrongUsage
from reader.library.ahead import Ahead
from reader.library.catalogue import Catalogue
from reader.library.corrections import CorrectionBook
from reader.library.entry import Cancelled, Changes, Progress
from reader.library.files import explain, id_of, odd_kind, shown
from reader.library.inventory import UNSETTLED, DueFile, KnownFile, Outcome
from reader.library.outlets import Outlets
from reader.library.parsing import Result, Task, itself
from reader.library.scan import Folder, walk

if TYPE_CHECKING:
    from reader.capture.article import Article
    from reader.library.pool import Pool

_STEP: Final = 0.2
"""Seconds between two writes: what is read shows on screen that soon."""
_FIRST: Final = 0.05
"""Seconds until the first of them."""
_OPTIONAL: Final = ("pypdf",)
"""Libraries whose arrival makes readable what was a problem before."""

T = TypeVar("T")


class Take(NamedTuple, Generic[T]):
    """What is made of each article that is read, see `Task.make`, and who is given it."""

    make: "Callable[[Article], T]"
    give: Callable[[tuple[T, ...]], object]


@dataclass(slots=True)
class _Tally:
    added: list[str]
    changed: list[str]
    removed: list[str]
    relearned: list[str]

    def take(self) -> Changes:
        changes = Changes(tuple(self.added), tuple(self.changed), tuple(self.removed), tuple(self.relearned))
        for part in (self.added, self.changed, self.removed, self.relearned):
            part.clear()
        return changes


class Refresher:
    """Compares a folder with its catalogue and reads what is due, in the worker processes that `pool` gives.

    One refresh or `drain` at a time.
    """

    def __init__(self, folder: Path, catalogue: Catalogue, book: CorrectionBook, pool: "Callable[[], Pool]") -> None:
        self._folder = folder
        self._catalogue = catalogue
        self._inventory = catalogue.inventory
        self._book = book
        self._pool = pool
        self.outlets = Outlets(catalogue.database)
        self._tally = _Tally([], [], [], [])
        self._ahead = Ahead(self._inventory)

    def look(self, cancelled: Cancelled) -> Changes:
        """Compare the whole folder with the catalogue; files that are new or changed become due.

        Raises `WrongUsage` when the folder itself cannot be opened.
        """
        self._notice_new_program()
        known = self._inventory.folders()
        due = 0
        try:
            for folder in walk(self._folder, cancelled):
                number, _, digest = known.pop(folder.relative, (0, 0, b""))
                if digest != folder.digest or folder.failure:
                    due += self.compare(folder, number)
                    if due:
                        self._pool().expect(due)
        except OSError as error:
            reason, advice = explain(error)
            message = f"{shown(self._folder)}: {reason}. {advice}"
            raise WrongUsage("This folder cannot be read", message) from error
        if not cancelled():
            vanished = [number for number, modified_ns, _ in known.values() if modified_ns != -1]
            if vanished:
                with self._catalogue.database.transaction():
                    for number in vanished:
                        self._removed(self._inventory.drop_folder(number))
        return self.taken()

    def taken(self) -> Changes:
        """What changed since this was last asked."""
        return self._tally.take()

    def drop(self, number: int) -> None:
        """Note that a folder is gone with all that was in it; subfolders are dropped one by one."""
        if number:
            with self._catalogue.database.transaction():
                self._removed(self._inventory.drop_folder(number))

    def _notice_new_program(self) -> None:
        """Have all parsed again by another version, and the problems when a library was installed."""
        installed = " ".join(name for name in _OPTIONAL if find_spec(name))
        database = self._catalogue.database
        program = _program()
        if self._catalogue.fact("program") != program:
            with database.transaction():
                self._inventory.mark_due("1", again=True)
                database.run("DELETE FROM parsed")
                self._catalogue.remember("program", program)
        if self._catalogue.fact("installed") != installed:
            with database.transaction():
                self._inventory.mark_due("reason IS NOT NULL", again=True)
                self._catalogue.remember("installed", installed)

    def compare(self, folder: Folder, number: int, fresh: bool = False) -> int:
        """Compare one folder file by file; how many files are due. `number` is 0 for a folder that is new.

        A `fresh` one changed so lately that it is looked at once more.
        """
        known = self._inventory.files_of(number) if number else {}
        due = []
        odd = []
        for row in folder.rows:
            name, size, modified_ns, mode = row
            file = known.pop(name, None)
            reason = odd_kind(mode, size)
            if reason:
                if file is None or _differs(file, size, modified_ns, mode):
                    odd.append((row, reason))
            elif file is None or _differs(file, size, modified_ns, mode):
                due.append(row)
        gone = [file.number for file in known.values() if not file.gone]
        with self._catalogue.database.transaction():
            number = self._inventory.keep_folder(replace(folder, modified_ns=0) if fresh else folder)
            if not folder.failure:
                self._removed(self._inventory.mark_gone(gone))
            self._inventory.keep_due(number, due)
            for row, reason in odd:
                self._removed(self._inventory.keep_odd(number, row, *reason))
        return len(due)

    def _removed(self, ids: list[str]) -> None:
        if ids:
            self.outlets.unlearn(ids)
            self._tally.removed.extend(ids)

    def drain(
        self,
        cancelled: Cancelled,
        take: Take[Any] | None = None,
        look: Callable[[], object] | None = None,
    ) -> Iterator[Progress]:
        """Read the files that are due, then those that must be classified anew for it.

        While that lasts, `look` is called now and then; what it makes due is read before everything else.
        """
        done = 0
        self._ahead = Ahead(self._inventory, look)
        for _ in range(3):  # learning settles after one round; a contrary classifier must not keep it going
            total = done + self._inventory.due_count()
            yield Progress(done, total, changes=self.taken())
            for progress in self._read(self._inventory.due(), done, total, cancelled, take):
                done = progress.done
                yield progress
            if cancelled() or not self._settle_lessons():
                return

    def _settle_lessons(self) -> bool:
        if not self.outlets.unsettled:
            return False
        with self._catalogue.database.transaction():
            files = self.outlets.finish()
            for file in files:
                self._inventory.mark_due("number = ?", (file,), again=True)
        return bool(files)

    def _read(
        self, due: Iterable[DueFile], done: int, total: int, cancelled: Cancelled, take: Take[Any] | None
    ) -> Iterator[Progress]:
        underway: dict[bytes, DueFile] = {}
        finished: list[Result] = []
        last = time.monotonic() - _STEP + _FIRST
        for result in self._pool().run(self._tasks(due, underway, take.make if take else None), cancelled):
            finished.append(result)
            if time.monotonic() - last >= _STEP:
                done += len(finished)
                progress = Progress(done, total, id_of(result.relative))
                yield self._write(finished, underway, take, progress)
                finished = []
                total += self._ahead.look(underway)
                last = time.monotonic()
        if finished:
            done += len(finished)
            progress = Progress(done, total, id_of(finished[-1].relative))
            yield self._write(finished, underway, take, progress)

    def _tasks(
        self, due: Iterable[DueFile], underway: dict[bytes, DueFile], make: "Callable[[Article], Any] | None"
    ) -> Iterator[Task]:
        for file in self._ahead.ordered(due, underway):
            underway[file.relative] = file
            yield self.task(0 if file.first else file.number, file.relative, known=file.known, make=make)

    def task(
        self, number: int, relative: bytes, known: str = "", make: "Callable[[Article], Any] | None" = itself
    ) -> Task:
        """The order to read one file, with all that is known about its articles; `number` is 0 where there are none."""
        outlets = self._catalogue.outlets_of(number) if number else {}
        id = id_of(relative)
        names = set(outlets.values())
        encoding, corrections = self._book.for_file(id, outlets)
        return Task(
            self._folder,
            relative,
            f"{self._folder}/{id}",
            encoding,
            self.outlets.learned(names.pop()) if len(names) == 1 else None,
            corrections,
            known,
            make,
        )

    def prepare(self, make: "Callable[[Article], object]") -> None:
        """Have a worker process ready, by having it read a file that was read before."""
        pool = self._pool()
        for number, relative in self._catalogue.harmless() if not pool.started else ():
            for _ in pool.run([self.task(number, relative, make=make)]):
                continue

    def _write(
        self, results: list[Result], underway: dict[bytes, DueFile], take: Take[Any] | None, progress: Progress
    ) -> Progress:
        with self._catalogue.database.transaction():
            self._learn([self._keep(underway.pop(result.relative), result) for result in results])
            self._inventory.touch()
        if take is not None:
            for result in results:
                if result.made:
                    take.give(result.made)
        return progress._replace(changes=self._tally.take())

    def _keep(self, file: DueFile, result: Result) -> tuple[DueFile, Outcome]:
        outcome = self._inventory.keep_result(file.number, result)
        self._tally.added.extend(outcome.added)
        (self._tally.relearned if file.again else self._tally.changed).extend(outcome.changed)
        self._removed(outcome.removed)
        return file, outcome

    def _learn(self, outcomes: list[tuple[DueFile, Outcome]]) -> None:
        again = self.outlets.learn([page for _, outcome in outcomes for page in outcome.kept])
        corrected = self._book.outlets()
        for file, outcome in outcomes:
            # What is known of the outlet could change a page that was read before its outlet was known.
            changed = (number in again or summary.outlet in corrected for number, summary in outcome.kept)
            if not file.again and any(changed):
                self._inventory.mark_due("number = ?", (file.number,), again=True)


def _program() -> str:
    """What stands for the code that makes articles of files: what other code found is parsed again."""
    package = Path(__file__).parent.parent
    sources = (source for part in ("capture", "text") for source in (package / part).glob("*.py*"))
    newest = max((source.stat().st_mtime_ns for source in sources), default=0)
    return f"{__version__} {newest}"


def _differs(file: KnownFile, size: int, modified_ns: int, mode: int) -> bool:
    return (
        file.gone
        or file.size != size
        or file.modified_ns != modified_ns
        or file.modified_ns == UNSETTLED
        or stat.S_IFMT(file.mode) != stat.S_IFMT(mode)
    )
