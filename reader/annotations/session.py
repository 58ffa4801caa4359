"""One running program among several: its name, and a lock that tells the others whether it still runs."""

import contextlib
import os
import secrets
import weakref
from pathlib import Path

from reader.annotations.files import Files
from reader.annotations.layout import Layout

_SUFFIX = ".lock"


class Session:
    """This program's time with the store, from its first change to its end, whatever that end is."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._descriptor: int | None = None
        self._finalizer: weakref.finalize[[Files, Path, int, int], Session] | None = None
        self.name = secrets.token_hex(6)

    def begin(self) -> None:
        """Hold this session's lock until the process ends; without one, the session only counts as over."""
        if self._descriptor is not None:
            return
        layout = self._layout
        with contextlib.suppress(OSError):
            layout.files.make_folder(layout.sessions, layout.folder_mode())
            path = layout.sessions / f"{self.name}{_SUFFIX}"
            self._descriptor = layout.files.take(path, layout.file_mode(False))
            if self._descriptor is not None:
                self._finalizer = weakref.finalize(self, _release, layout.files, path, self._descriptor, os.getpid())

    def is_live(self, name: str) -> bool:
        """Whether another session of that name is still running."""
        path = self._layout.sessions / f"{name}{_SUFFIX}"
        if name == self.name or not path.exists():
            return False
        try:
            descriptor = self._layout.files.take(path, self._layout.file_mode(False), wait=False)
        except OSError:
            return False
        if descriptor is not None:
            self._layout.files.give_back(descriptor)
        return descriptor is None

    def sweep(self) -> None:
        """Take away the lock files of sessions that are over; the store must be locked."""
        layout = self._layout
        with contextlib.suppress(OSError):
            for file in layout.files.names(layout.sessions):
                name = file.removesuffix(_SUFFIX)
                if name not in (file, self.name) and not self.is_live(name):
                    layout.files.remove(layout.sessions / file)

    def end(self) -> None:
        """Let the lock go, and its file; done by itself when the program ends in order."""
        if self._finalizer is not None:
            self._finalizer()
        self._descriptor = self._finalizer = None


def _release(files: Files, path: Path, descriptor: int, process: int) -> None:
    """Give a session's lock back, in the process that took it and in no child of it."""
    if os.getpid() == process:
        with contextlib.suppress(OSError):
            files.remove(path)
        with contextlib.suppress(OSError):
            files.give_back(descriptor)
