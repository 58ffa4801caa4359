"""Every call that the store makes on the file system, each through one gate where faults can be injected.

The calls raise `OSError` and nothing else. A file is opened without following links and only when it is a
regular one, so that no link leads outside, no pipe hangs and no device fills the memory.
"""

import contextlib
import errno
import fcntl
import functools
import itertools
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

T = TypeVar("T")

MOST_BYTES: Final = 20_000_000
"""The largest file that is read, in bytes; what is larger is no annotation."""

_AT_ONCE: Final = 128
"""Waits for the disk that go on at the same time; it writes down together what is asked of it together."""

_FIRST_WAIT: Final = 0.0005
_LONGEST_WAIT: Final = 0.02


class Stamp(NamedTuple):
    """What tells one state of a file from the next: inode, size in bytes, last change in nanoseconds."""

    inode: int
    size: int
    modified: int
    changed: int


class Files:
    """The file system. `lock_seconds` is how long a lock is waited for before that is an error."""

    def __init__(self, lock_seconds: float = 15.0) -> None:
        self.lock_seconds = lock_seconds

    def gate(self, call: str, path: Path, act: Callable[[], T]) -> T:
        """Carry out one call; a subclass may fail it, or end the process before or after it."""
        return act()

    def read(self, path: Path, most: int = MOST_BYTES) -> tuple[bytes, Stamp]:
        """The bytes of a regular file of at most `most` bytes, and its stamp from before they were read."""
        return self.gate("read", path, lambda: _read(path, most))

    def stamp(self, path: Path) -> Stamp:
        """The stamp of a file or folder, a link not followed."""
        return self.gate("stamp", path, lambda: _stamp(path.lstat()))

    def mode(self, path: Path) -> int:
        """The permission bits of a file or folder."""
        return self.gate("mode", path, lambda: stat.S_IMODE(path.stat().st_mode))

    def names(self, folder: Path) -> list[str]:
        """The names in a folder, sorted; none when there is no such folder."""

        def act() -> list[str]:
            try:
                return sorted(os.listdir(folder))  # noqa: PTH208
            except (FileNotFoundError, NotADirectoryError):
                return []

        return self.gate("names", folder, act)

    def stamps(self, folder: Path, *, folders: bool = False) -> dict[str, Stamp]:
        """The stamp of every regular file in a folder, or of every folder in it."""

        def act() -> dict[str, Stamp]:
            found = {}
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        with contextlib.suppress(FileNotFoundError):
                            wanted = entry.is_dir if folders else entry.is_file
                            if wanted(follow_symlinks=False):
                                found[entry.name] = _stamp(entry.stat(follow_symlinks=False))
            except (FileNotFoundError, NotADirectoryError):
                return {}
            return found

        return self.gate("stamps", folder, act)

    def make_folder(self, folder: Path, mode: int, *, durable: bool = True) -> None:
        """Make a folder and those above it, each new one with these permission bits."""
        self.make_folders([folder], mode, durable=durable)

    def make_folders(self, folders: Iterable[Path], mode: int, *, durable: bool = True) -> None:
        """What `make_folder` does, for many."""
        changed: list[Path] = []
        for folder in folders:
            missing = list(itertools.takewhile(lambda above: not above.is_dir(), (folder, *folder.parents)))
            for one in reversed(missing):
                self._make(one, mode)
            changed += [one.parent for one in missing]
        if durable:
            self.sync_folders(changed)

    def _make(self, folder: Path, mode: int) -> None:

        def act() -> None:
            with contextlib.suppress(FileExistsError):
                folder.mkdir()
                with contextlib.suppress(PermissionError):
                    folder.chmod(mode)

        self.gate("make folder", folder, act)

    def create(self, path: Path, mode: int) -> int:
        """Open a file that must be new for writing; its descriptor."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC

        def act() -> int:
            descriptor = os.open(path, flags, mode)
            with contextlib.suppress(OSError):
                os.fchmod(descriptor, mode)
            return descriptor

        return self.gate("create", path, act)

    def open_end(self, path: Path) -> int:
        """Open a file that stands for writing at its end; its descriptor."""
        flags = os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        return self.gate("open end", path, lambda: os.open(path, flags))

    def write(self, descriptor: int, path: Path, data: bytes) -> None:
        """Write all of the bytes."""

        def act() -> None:
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]

        self.gate("write", path, act)

    def sync(self, descriptor: int, path: Path) -> None:
        """Wait until what was written stands on the disk."""
        self.gate("sync", path, lambda: os.fsync(descriptor))

    def close(self, descriptor: int, path: Path) -> None:
        """Close the descriptor."""
        self.gate("close", path, lambda: os.close(descriptor))

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name, in place of what had that name."""
        self.gate("rename", new, lambda: os.replace(old, new))  # noqa: PTH105

    def link(self, old: Path, new: Path) -> None:
        """Give a file a second name, which must be free."""
        self.gate("link", new, lambda: os.link(old, new, follow_symlinks=False))

    def remove(self, path: Path) -> None:
        """Take a name away; nothing happens when it is not there."""
        self.gate("remove", path, lambda: path.unlink(missing_ok=True))

    def sync_folder(self, folder: Path) -> None:
        """Wait until the names in a folder stand on the disk; file systems that cannot say are believed."""

        def act() -> None:
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                os.fsync(descriptor)
            except OSError as error:
                if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                    raise
            finally:
                os.close(descriptor)

        self.gate("sync folder", folder, act)

    def sync_folders(self, folders: Iterable[Path]) -> None:
        """Wait until the names in all of these folders stand on the disk, each once."""
        self.together([functools.partial(self.sync_folder, folder) for folder in dict.fromkeys(folders)])

    def together(self, waits: Sequence[Callable[[], None]]) -> None:
        """Wait for the disk in several ways at once; of several errors the first is raised, after all have ended."""
        if len(waits) == 1:
            waits[0]()
        elif waits:
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(min(len(waits), _AT_ONCE), thread_name_prefix="disk") as threads:
                begun = [threads.submit(wait) for wait in waits]
            for ended in begun:
                ended.result()

    def take(self, path: Path, mode: int, *, wait: bool = True) -> int | None:
        """Lock a lock file for this process alone; its descriptor, or None when it is taken and `wait` is
        off.

        Raises `TimeoutError` when the lock stays taken. The file is never replaced or removed while it is
        used, so every process locks the same inode; the lock ends with the process, however that ends.
        """

        def act() -> int | None:
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
            try:
                descriptor = os.open(path, flags)
            except FileNotFoundError:
                descriptor = os.open(path, flags | os.O_CREAT, mode)
            try:
                if self._flock(descriptor, wait):
                    return descriptor
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)
            return None

        return self.gate("lock", path, act)

    def give_back(self, descriptor: int) -> None:
        """Unlock what `take` locked."""
        os.close(descriptor)

    @contextlib.contextmanager
    def locked(self, path: Path, mode: int) -> Iterator[None]:
        """Hold the lock for the length of a block."""
        descriptor = self.take(path, mode)
        try:
            yield
        finally:
            if descriptor is not None:
                self.give_back(descriptor)

    def _flock(self, descriptor: int, wait: bool) -> bool:
        deadline, pause = time.monotonic() + self.lock_seconds, _FIRST_WAIT
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except OSError as error:
                if error.errno not in (errno.EWOULDBLOCK, errno.EACCES, errno.EINTR):
                    raise
            if not wait:
                return False
            if time.monotonic() > deadline:
                raise TimeoutError(errno.ETIMEDOUT, "another process is saving and does not finish")
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_WAIT)


def _stamp(found: os.stat_result) -> Stamp:
    return Stamp(found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _read(path: Path, most: int) -> tuple[bytes, Stamp]:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        if found.st_size > most:
            raise OSError(errno.EFBIG, "larger than any annotation", str(path))
        parts: list[bytes] = []
        total = 0
        while total <= most:
            wanted = max(found.st_size - total, 0) + 1
            part = os.read(descriptor, wanted)
            parts.append(part)
            total += len(part)
            if len(part) < wanted:
                return b"".join(parts), _stamp(found)
        raise OSError(errno.EFBIG, "larger than any annotation", str(path))
    finally:
        os.close(descriptor)
