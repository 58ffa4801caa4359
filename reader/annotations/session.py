"""One running program among several: its name, and a lock that tells the others whether it still runs."""

import contextlib
import secrets

from reader.annotations.layout import Layout

_SUFFIX = ".lock"


class Session:
    """This program's time with the store, from its first change to its end, whatever that end is."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._descriptor: int | None = None
        self.name = secrets.token_hex(6)

    def begin(self) -> None:
        """Hold this session's lock until the process ends; without one, the session only counts as over."""
        if self._descriptor is not None:
            return
        layout = self._layout
        with contextlib.suppress(OSError):
            layout.files.make_folder(layout.sessions, layout.folder_mode())
            path = layout.sessions / f"{self.name}{_SUFFIX}"
            self._descriptor = layout.files.take(path, layout.file_mode(False), wait=False)

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
        """Let the lock go, and its file."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                self._layout.files.remove(self._layout.sessions / f"{self.name}{_SUFFIX}")
            self._layout.files.give_back(self._descriptor)
            self._descriptor = None
