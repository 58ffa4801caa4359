"""Walking the library's folder: one pass, one digest a folder, so that what did not change costs little."""

import marshal
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from reader.library.entry import Cancelled, never
from reader.library.files import explain, open_folder

Row = tuple[str, int, int, int]
"""A directory entry that is no folder: name, bytes, time of change in nanoseconds, file type of its mode."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What stands in one folder. `relative` is its path below the library, empty for the library itself.

    `digest` stands for all of `rows`; `modified_ns` was read before them. `failure` is a reason and an advice
    when the folder could not be listed.
    """

    relative: bytes
    modified_ns: int
    rows: list[Row] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    digest: bytes = b""
    failure: tuple[str, str] | None = None


def walk(root: Path, cancelled: Cancelled = never) -> Iterator[Folder]:
    """Every folder of the library, the library itself first; names that begin with a dot are not part of it.

    Links are listed, not followed. Raises OSError only when the library itself cannot be opened.
    """
    top = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        waiting = [b""]
        while waiting and not cancelled():
            folder = list_folder(top, waiting.pop())
            prefix = folder.relative + b"/" if folder.relative else b""
            waiting += [prefix + os.fsencode(name) for name in sorted(folder.folders, reverse=True)]
            yield folder
    finally:
        os.close(top)


def list_folder(top: int, relative: bytes) -> Folder:
    """One folder below the folder open at `top`; never raises for what it finds there."""
    try:
        descriptor = open_folder(top, relative)
    except OSError as error:
        return Folder(relative, 0, failure=explain(error))
    rows: list[Row] = []
    folders: list[str] = []
    try:
        modified_ns = os.fstat(descriptor).st_mtime_ns
        with os.scandir(descriptor) as entries:
            for entry in entries:
                name = entry.name
                if name[0] == ".":
                    continue
                try:
                    status = entry.stat(follow_symlinks=False)
                except OSError:
                    continue  # deleted between the listing and now
                mode = status.st_mode
                if stat.S_ISDIR(mode):
                    folders.append(name)
                else:
                    rows.append((name, status.st_size, status.st_mtime_ns, stat.S_IFMT(mode)))
    except OSError as error:
        return Folder(relative, 0, failure=explain(error))
    finally:
        os.close(descriptor)
    digest = blake2b(marshal.dumps(rows, 2), digest_size=16).digest()
    return Folder(relative, modified_ns, rows, folders, digest)


def modified_times(root: Path, folders: list[bytes]) -> dict[bytes, int]:
    """The time of change of each folder in nanoseconds; a folder that is gone is left out."""
    times: dict[bytes, int] = {}
    base = os.fsencode(root)
    for relative in folders:
        try:
            status = os.lstat(base + b"/" + relative if relative else base + b"/.")
        except OSError:
            continue
        if stat.S_ISDIR(status.st_mode):
            times[relative] = status.st_mtime_ns
    return times
