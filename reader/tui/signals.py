"""Leaving when the world asks for it: signals, a line that hung up, a terminal that takes no more output."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Final

GRACE: Final = 2.0
"""Seconds that the screen has to close in good order before the process ends without it."""

DISK: Final = 20.0
"""Seconds more that changes have which are being saved."""

LEAVING: Final = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)


class Departure:
    """Saves at once and leaves, at the latest `GRACE` seconds later, whatever the terminal does.

    `save` must be safe to call at any moment on the main thread; `leave` asks the program to end with a
    status; `restore` is what is left to do for the terminal when the program did not end by itself, and `finish`
    waits, for some seconds at most, for changes that are being saved in other threads.
    """

    def __init__(
        self,
        save: Callable[[], None],
        leave: Callable[[int], None],
        restore: Callable[[], None],
        finish: Callable[[float], object] = lambda seconds: None,
    ) -> None:
        self._save = save
        self._leave = leave
        self._restore = restore
        self._finish = finish
        self._left = threading.Event()
        self._asked = threading.Event()
        self.status = 0

    def install(self) -> None:
        """Take the signals over; only on the main thread. A signal that was ignored (`nohup`) stays so."""
        for number in LEAVING:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._received)

    def _received(self, number: int, frame: FrameType | None) -> None:
        """A signal came in."""
        self.begin(128 + number)

    def begin(self, status: int) -> None:
        """Save, and end the program with `status`; the second call changes nothing."""
        if self._asked.is_set():
            return
        self._asked.set()
        self.status = status
        threading.Thread(target=self._end, args=(status,), name="departure", daemon=True).start()
        with contextlib.suppress(Exception):
            self._save()
        with contextlib.suppress(Exception):
            self._leave(status)

    def hang_up(self) -> None:
        """The line is gone: as for SIGHUP. May be called from any thread."""
        if not self._asked.is_set():
            if signal.getsignal(signal.SIGHUP) == self._received:
                os.kill(os.getpid(), signal.SIGHUP)
            else:
                self.begin(128 + signal.SIGHUP)

    def done(self) -> None:
        """The program has ended by itself."""
        self._left.set()

    def _end(self, status: int) -> None:
        """End the process when it has not ended by itself in time."""
        if not self._left.wait(GRACE):
            with contextlib.suppress(Exception):
                self._finish(DISK)
            with contextlib.suppress(Exception):
                self._restore()
            os._exit(status)


def let_go() -> None:
    """Forget what a terminal that is gone did not take: it must not change the exit status."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is None:
            continue
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
