"""Hints of the system that something changed in the folder, so that the next look need not be waited for.

Only hints: network folders send none, other systems have none, a folder may be one too many to be watched. What
changed is found out by looking (see `watch`), and somebody who hears nothing looks all the same.
"""

import os
import select
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from reader.library.files import joined

MOST: Final = 4_000
"""Folders that are watched: systems allow some thousand for all programs of one user."""
WRITTEN: Final = 1_000
"""Files that were written and are told at once; others have their turn (see `watch`)."""
_GATHER: Final = 10
"""Milliseconds in which what follows an event is taken along with it."""


class Events:
    """Waits for changes in folders below `folder`; one thread waits at a time, any thread may `wake` it."""

    def __init__(self, folder: Path) -> None:
        self._base = os.fsencode(folder)
        self._woken, self._waker = os.pipe()
        self._waiting = threading.Lock()
        self._written: dict[bytes, None] = {}
        self._folders: dict[int, bytes] = {}
        self._known: set[bytes] = set()
        self._source: Any = None
        self._mask = 0
        if sys.platform == "linux":
            try:
                from inotify_simple import INotify, flags
            except ImportError:
                return
            self._mask = flags.CLOSE_WRITE | flags.MOVED_TO | flags.MOVED_FROM | flags.CREATE | flags.DELETE
            self._mask |= flags.ONLYDIR | flags.DONT_FOLLOW
            self._is_folder = int(flags.ISDIR)
            self._created = int(flags.CREATE)
            try:
                self._source = INotify()
            except OSError:
                return  # as many programs wait for events as the system allows

    def heed(self, folders: Iterable[bytes]) -> None:
        """Hear of changes in these folders, given as paths below the library, as far as the system lets us."""
        for folder in folders:
            if folder in self._known or self._source is None or len(self._known) >= MOST:
                continue
            self._known.add(folder)
            try:
                self._folders[self._source.add_watch(joined(self._base, folder), self._mask)] = folder
            except OSError:
                continue

    def wait(self, seconds: float) -> bool:
        """Whether something changed in a folder, as soon as it does; False where nothing did in the time, when woken,
        and while another thread waits.
        """
        if not self._waiting.acquire(blocking=False):
            return False
        try:
            return self._heard(seconds)
        finally:
            self._waiting.release()

    def written(self) -> tuple[bytes, ...]:
        """The files that were written since this was last asked, as paths below the library, as many as are told."""
        self.wait(0)
        written, self._written = self._written, {}
        return tuple(written)

    def _heard(self, seconds: float) -> bool:
        heard = [self._woken] + ([self._source.fileno()] if self._source is not None else [])
        ready = select.select(heard, [], [], seconds)[0]
        if not ready or self._woken in ready:
            return False
        select.select([self._woken], [], [], _GATHER / 1000)
        changed = False
        for watch, mask, _, name in self._source.read(0):
            if mask & self._created and not mask & self._is_folder:
                continue  # that it was written is told as well
            changed = True
            if name and watch in self._folders:
                if len(self._written) < WRITTEN:
                    self._written[joined(self._folders[watch], os.fsencode(name))] = None
            elif not name and self._folders.get(watch) in self._known:
                self._known.discard(self._folders.pop(watch))  # the folder went; another may come in its place
        return changed

    def wake(self) -> None:
        """End a `wait` now, and every later one."""
        os.write(self._waker, b"!")

    def close(self) -> None:
        """Let go of the system's part; nobody may be waiting."""
        for one in (self._woken, self._waker):
            os.close(one)
        if self._source is not None:
            self._source.close()
