"""Bringing captures into the library: from files, folders, web addresses and standard input.

An import can be interrupted and repeated: what is there already is skipped, and a file is in the library whole
or not at all. A newer capture of a page takes the place of the older one, which is kept as its earlier version.
"""

import contextlib
import hashlib
import itertools
import os
import re
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from reader.errors import DeskreaderError
from reader.library.durable import CannotSave, sync_folder, write_bytes
from reader.library.entry import Cancelled, never
from reader.library.files import explain
from reader.library.inventory import page_of
from reader.library.parsing import Result, Task
from reader.library.sources import Capture, Failure, captures
from reader.library.versions import Version

if TYPE_CHECKING:
    from reader.library.library import Library

_BATCH: Final = 32
_BATCH_BYTES: Final = 64_000_000
_STAGED: Final = ".incoming-"
_STALE: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one capture: `outcome` is "added", "present", "version" or "failed".

    `source` is where it came from, `id` the article's (empty where it failed), `message` why and what to do.
    """

    source: str
    id: str
    outcome: str
    message: str = ""

    @property
    def failed(self) -> bool:
        """Whether the capture is not in the library now."""
        return self.outcome == "failed"


def bring_in(
    library: "Library", sources: Iterable[str], stdin: IO[bytes] | None = None, cancelled: Cancelled = never
) -> Iterator[Step]:
    """Copy captures into the library: paths of files and folders, http(s) addresses, "-" for standard input.

    What fails is a step too, and the others go on. Close the iterator to stop; raises `DeskreaderError` only
    when the library itself cannot be used.
    """
    for _ in library.refresh(cancelled):
        pass
    _sweep(library.folder)
    importer = _Importer(library)
    for batch in _batches(captures(sources, stdin, cancelled)):
        if cancelled():
            return
        yield from importer.bring(batch)


def _batches(incoming: Iterator[Capture | Failure]) -> Iterator[list[Capture | Failure]]:
    batch: list[Capture | Failure] = []
    held = 0
    for capture in incoming:
        batch.append(capture)
        held += len(capture.data) if isinstance(capture, Capture) else 0
        if len(batch) >= _BATCH or held > _BATCH_BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _sweep(folder: Path) -> None:
    """Remove what an import that was killed left behind; another one may be at work just now."""
    for path in folder.glob(f"{_STAGED}*"):
        with contextlib.suppress(OSError):
            if _is_over(path.name) or time.time() - path.stat().st_ctime > _STALE:
                path.unlink()


def _is_over(name: str) -> bool:
    """Whether the import that staged a file ran on this machine and is gone; of another machine's nothing is known."""
    found = re.fullmatch(re.escape(f"{_STAGED}{_machine()}-") + r"(\d+)-\d+", name)
    if found is None:
        return False
    try:
        os.kill(int(found[1]), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False
    return False


def staged_name(process: int, number: int) -> str:
    """The name of a file on its way in, which tells whose it is and which the library does not see."""
    return f"{_STAGED}{_machine()}-{process}-{number}"


def _machine() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


class _Importer:
    """Brings batches of captures into one library."""

    def __init__(self, library: "Library") -> None:
        self._library = library
        self._history = library.history
        self._names = itertools.count()
        self._unread: set[str] = set()

    def bring(self, batch: list[Capture | Failure]) -> Iterator[Step]:
        """Parse a batch outside the library, then let in what is readable and new, in the order given."""
        waiting: dict[str, Capture] = {}
        for capture in batch:
            if isinstance(capture, Failure) or capture.origin.sha256 in waiting:
                continue
            if not self._history.holding(capture.origin.sha256):
                self._stage(capture)
                waiting[capture.origin.sha256] = capture
        try:
            tasks = [Task(self._library.folder, one.staged, one.name) for one in waiting.values()]
            read = {result.relative: result for result in self._history.parse(tasks)}
            results = {sha256: read[one.staged] for sha256, one in waiting.items()}
            for capture in batch:
                if isinstance(capture, Failure):
                    yield Step(capture.source, "", "failed", capture.message)
                else:
                    if capture.origin.sha256 in waiting:
                        capture.staged = waiting[capture.origin.sha256].staged
                    yield self._let_in(capture, results)
        finally:
            for one in waiting.values():
                self._path(one.staged).unlink(missing_ok=True)
            self._catch_up()

    def _catch_up(self) -> None:
        """Have the library read what was let in."""
        if self._unread:
            self._library.poll()
            self._unread.clear()

    def _path(self, relative: bytes) -> Path:
        return self._library.folder / os.fsdecode(relative)

    def _stage(self, capture: Capture) -> None:
        """Write a capture into the library under a name that the library does not see."""
        capture.staged = staged_name(os.getpid(), next(self._names)).encode()
        write_bytes(self._path(capture.staged), capture.data)
        captured = datetime.fromisoformat(capture.origin.captured).timestamp()
        with contextlib.suppress(OSError):
            os.utime(self._path(capture.staged), (captured, captured))

    def _let_in(self, capture: Capture, results: dict[str, Result]) -> Step:
        source, origin = capture.origin.source, capture.origin
        if origin.sha256 in self._unread:
            self._catch_up()
        present = self._history.holding(origin.sha256)
        if present:
            self._history.origins.add(replace(origin, name=present))
            return Step(source, present, "present", "it is in the library already")
        result = results[origin.sha256]
        if result.reason:
            return Step(source, "", "failed", f"{result.reason}. {result.advice}".strip())
        try:
            summary = result.summaries[0] if len(result.summaries) == 1 else None
            traces = {capture.name, origin.source, page_of(summary) if summary else ""} - {"", "-"}
            if not traces.isdisjoint(self._unread):
                self._catch_up()
            older = self._history.same_page(summary, origin, capture.name) if summary else ""
            if older:
                return self._renew(capture, older, older)
            fragments = {one.id.partition("#")[2] for one in result.summaries}
            file, article = self._history.same_export(fragments, origin, capture.name)
            if file:
                return self._renew(capture, file, article)
            name = self._place(capture)
            self._history.origins.add(replace(origin, name=name))
            self._unread.update(traces, [origin.sha256])
            return Step(source, name, "added")
        except OSError as error:
            return Step(source, "", "failed", ". ".join(explain(error)))
        except CannotSave as error:
            return Step(source, "", "failed", error.message)
        except DeskreaderError as error:
            return Step(source, "", "failed", error.message or error.title)

    def _place(self, capture: Capture) -> str:
        """Give a staged capture its name, or the next one that is free; the name."""
        wanted = PurePosixPath(capture.name)
        for number in itertools.count(1):
            name = str(wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}") if number > 1 else wanted)
            target = self._library.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                target.hardlink_to(self._path(capture.staged))
            except FileExistsError:
                continue
            except OSError:
                if os.path.lexists(target):
                    continue
                self._path(capture.staged).rename(target)  # a file system without links
            sync_folder(target.parent)
            return name
        raise AssertionError("unreachable")

    def _renew(self, capture: Capture, older: str, article: str) -> Step:
        """Let a newer capture of a page take the place of the older one, or keep an older one beside it.

        `article` is the older one's, or one of those that its file holds.
        """
        origin = replace(capture.origin, name=older)
        held = self._history.captured(article)
        self._history.origins.add(origin)
        if held > origin.captured:
            version = Version(older, origin.sha256, origin.captured, origin.source)
            self._history.keep_version(version, capture.data)
            message = f"older than {older}; kept as its earlier version"
            return Step(origin.source, older, "version", message)
        data = self._library.raw(article)
        sha256 = hashlib.sha256(data).hexdigest()
        known = self._history.origins.of(sha256)
        self._history.keep_version(Version(older, sha256, held, known.source if known else ""), data)
        file = self._history.file(article)
        self._path(capture.staged).replace(file)
        sync_folder(file.parent)
        self._library.poll()
        return Step(origin.source, older, "version", f"a newer capture of {older}; the older one is kept")
