"""Small JSON files that survive crashes, power cuts, damage and several writers."""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from reader.errors import DeskreaderError
from reader.library.files import Unreadable, explain, read_anywhere, shown

_LIMIT: Final = 200_000_000
"""Bytes of a state file: a million articles with a long name each."""


class CannotSave(DeskreaderError):
    """Something could not be written; what is on disk is as it was before."""


def read_json(path: Path) -> Any:
    """What the file holds; None when there is none. Raises ValueError when it is not whole, plain JSON."""
    try:
        data = read_anywhere(path, _LIMIT).data
    except Unreadable as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return None
        raise ValueError(error.reason) from error
    try:
        return json.loads(data, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def write_json(path: Path, value: Any) -> None:
    """Replace the file by `value`, whole or not at all: once this returns it outlives a power cut.

    Raises `CannotSave`.
    """
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"
    write_bytes(path, text.encode("utf-8", "surrogatepass"))


def write_bytes(path: Path, data: bytes) -> None:
    """Replace the file by these bytes, whole or not at all. Raises `CannotSave`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name[:100]}.{os.urandom(6).hex()}.new")
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        sync_folder(path.parent)
    except OSError as error:
        reason, _ = explain(error)
        raise CannotSave("Cannot save", f"{shown(path)}: {reason}. Free some space, or ask for rights") from error


def sync_folder(folder: Path) -> None:
    """Have a folder remember the names in it after a power cut. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other processes from changing the file at `path` meanwhile. Raises `CannotSave`.

    The lock is on a file of its own, because the locked file itself is replaced at every change.
    """
    lock = path.with_name(path.name + ".lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise CannotSave("Cannot save", f"{shown(lock)}: {explain(error)[0]}") from error
    try:
        _wait_for_lock(descriptor, lock)
        yield
    finally:
        os.close(descriptor)


def _wait_for_lock(descriptor: int, lock: Path) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise CannotSave("Cannot save", f"{shown(lock)} is held by another process") from None
            time.sleep(0.01)
        except OSError:
            return  # a network folder without locks: replacing is still atomic


def set_aside(path: Path) -> Path | None:
    """Move a damaged file out of the way, keeping it; its new place, or None when it cannot be moved."""
    for number in range(1, 1000):
        aside = path.with_name(f"{path.name}.damaged-{number}")
        if not aside.exists():
            try:
                path.rename(aside)
            except OSError:
                return None
            return aside
    return None
