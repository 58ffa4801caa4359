"""A beat in the screen's event loop that tells how long nothing could be answered, and the program with one in it.

    python -m tests.heartbeat BEATS FOLDER

runs the program and, when it is left, writes to BEATS how late each beat of its screen was. What counts is how long
the loop was *held*: by a step of its own, or by a thread that kept the interpreter or a lock that a step waits for.
How long the screen's thread, or one that it waits for, stood in the queue for a processor is told by the kernel and
does not count, so that a busy machine does not decide. The kernel is asked without giving the interpreter away, which
would make every beat wait for its turn.
"""

import asyncio
import ctypes
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

EVERY: Final = 0.005
"""Seconds between two beats."""
TOLD: Final = Path("/proc/thread-self/schedstat")
"""Where the kernel tells how long a thread has run and waited for a processor; other systems have nothing like it."""


class Beat(NamedTuple):
    """How late a beat was, and since the one before: how long the screen's thread ran and stood in the queue for a
    processor, how long the other threads of Python stood there, and the longest step with its length; in seconds.
    """

    late: float
    ran: float
    queued: float
    others: float
    longest: float
    step: str

    @property
    def held(self) -> float:
        """Seconds for which the screen could answer nothing, whatever else the machine does."""
        here = self.late - self.queued
        return here - min(self.others, max(0.0, here - self.ran))


class Heart:
    """Beats in the event loop of the thread that begins it, until it is stopped."""

    def __init__(self) -> None:
        self.beats: list[Beat] = []
        self._threads: dict[int, _Thread] = {}
        self._handle: asyncio.TimerHandle | None = None
        self._longest, self._step = 0.0, ""
        self._run: Callable[[asyncio.Handle], None] = asyncio.Handle._run

    def begin(self) -> None:
        """The first beat comes soon."""
        self._me = threading.get_native_id()
        asyncio.Handle._run = lambda handle: self._timed(handle)  # type: ignore[method-assign]
        self._ask()
        self._plan()

    def stop(self) -> None:
        """No beat comes any more."""
        if self._handle is not None:
            self._handle.cancel()
        asyncio.Handle._run = self._run  # type: ignore[method-assign]

    def _timed(self, handle: asyncio.Handle) -> None:
        began = time.monotonic()
        self._run(handle)
        taken = time.monotonic() - began
        if taken > self._longest:
            self._longest, self._step = taken, repr(handle)[:300]

    def _plan(self) -> None:
        self._due = time.monotonic() + EVERY
        self._handle = asyncio.get_running_loop().call_later(EVERY, self._beat)

    def _beat(self) -> None:
        late = time.monotonic() - self._due
        spent = self._ask()
        ran, queued = spent.pop(self._me)
        others = sum(waited for _, waited in spent.values())
        self.beats.append(Beat(late, ran, queued, others, self._longest, self._step))
        self._longest, self._step = 0.0, ""
        self._plan()

    def _ask(self) -> dict[int, tuple[float, float]]:
        """Seconds that each thread of Python ran and stood in the queue since this was last asked."""
        threads = {thread.native_id: thread for thread in threading.enumerate() if thread.native_id}
        self._threads = {id: self._threads.get(id) or _Thread(id) for id in threads}
        return {id: thread.since() for id, thread in self._threads.items()}


class _Thread:
    """What the kernel tells of one thread."""

    def __init__(self, id: int) -> None:
        self._file = -1
        self._ran = self._queued = 0
        try:
            self._file = os.open(f"/proc/self/task/{id}/schedstat", os.O_RDONLY)
        except OSError:  # it has ended
            return
        self.since()

    def since(self) -> tuple[float, float]:
        """Seconds that it ran and stood in the queue since this was last asked."""
        length = _read(self._file, _told, len(_told), 0)
        if length <= 0:
            return 0.0, 0.0
        ran, queued = map(int, _told.raw[:length].split()[:2])
        before, self._ran, self._queued = (self._ran, self._queued), ran, queued
        return (ran - before[0]) / 1e9, (queued - before[1]) / 1e9

    def __del__(self) -> None:
        if self._file >= 0:
            os.close(self._file)


_read: Final = ctypes.PyDLL(None).pread
_told: Final = ctypes.create_string_buffer(128)


def beats_in(path: Path) -> list[Beat]:
    """The beats of a program that was left."""
    return [Beat(*beat) for beat in json.loads(path.read_text("utf-8"))]


def main() -> int:
    """Run the program with a heart from the first painted screen until it is left."""
    from reader.__main__ import main as run
    from reader.tui.background import Background

    path, heart = Path(sys.argv.pop(1)), Heart()
    begin, stop = Background.begin, Background.stop

    def begun(background: Any) -> None:
        begin(background)
        heart.begin()

    def stopped(background: Any) -> None:
        heart.stop()
        stop(background)

    Background.begin, Background.stop = begun, stopped  # type: ignore[method-assign]
    try:
        return run()
    finally:
        path.write_text(json.dumps(heart.beats), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
