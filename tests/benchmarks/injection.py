"""A file system that fails, or ends the process, at a chosen call."""

import errno
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from reader.annotations.files import Files

T = TypeVar("T")

KINDS: Final = ("kill before", "kill after", "torn", "torn full", "ENOSPC", "EIO", "EROFS", "EDQUOT")
"""What can happen at a call. The torn ones write half of the bytes, then end the process or find the disk
full.
"""


class FaultyFiles(Files):
    """Counts its calls; at number `at` (from 0) the fault of that kind happens, or nothing when it does not
    fit.

    With `lasting`, an error of the disk comes again at every later call that writes. `log` names every call.
    """

    def __init__(self, at: int = -1, kind: str = "", *, lasting: bool = False, kill: bool = True) -> None:
        super().__init__(lock_seconds=5)
        self.at = at
        self.kind = kind
        self.lasting = lasting
        self.kill = kill
        self.count = 0
        self.log: list[str] = []
        self.struck = False
        self._counting = threading.Lock()

    def gate(self, call: str, path: Path, act: Callable[[], T]) -> T:
        """Carry out one call, or what was chosen for it."""
        with self._counting:
            number, self.count = self.count, self.count + 1
            self.log.append(call)
        again = self.lasting and self.struck and call in _WRITING
        if number != self.at and not again:
            return act()
        if self.kind.startswith("kill"):
            self.struck = True
            if self.kind == "kill after":
                act()
            self._end()
        if self.kind.startswith("E") and (call in _WRITING or self.kind == "EIO"):
            self.struck = True
            raise OSError(getattr(errno, self.kind), os.strerror(getattr(errno, self.kind)), str(path))
        return act()

    def write(self, descriptor: int, path: Path, data: bytes) -> None:
        """Write all of the bytes, or half of them."""
        if self.kind.startswith("torn") and self.count == self.at:
            self.count += 1
            self.struck = True
            os.write(descriptor, data[: len(data) // 2])
            if self.kind == "torn":
                self._end()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        super().write(descriptor, path, data)

    def _end(self) -> None:
        if not self.kill:
            raise Killed
        os.kill(os.getpid(), signal.SIGKILL)


class Killed(BaseException):
    """Stands for the end of the process where a test wants to go on."""


_WRITING: Final = frozenset(
    {
        "create",
        "open end",
        "write",
        "sync",
        "close",
        "rename",
        "link",
        "remove",
        "make folder",
        "sync folder",
        "lock",
    }
)
