"""The codebook on disk: `codebook.json` in the workspace's folder, shared by its analysts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from reader.annotations.codebook import SCHEMA, Change, Codebook, from_json, to_json
from reader.annotations.files import Files, Stamp
from reader.annotations.layout import Layout
from reader.annotations.rescue import SaveError
from reader.annotations.w3c import NotAnAnnotation, dumps, loads
from reader.errors import Refused

NAME: Final = "codebook.json"


class CodebookFile:
    """The codebook below `root`; every change is on the disk when its method returns.

    `problem` says why the file could not be used, "" when it could.
    """

    def __init__(self, root: Path, creator: str, files: Files | None = None) -> None:
        self.path = root / NAME
        self.problem = ""
        self._layout = Layout(root, creator, files or Files())
        self._book = Codebook()
        self._stamp: Stamp | None = None
        self._newer = False
        self._broken = False

    def load(self) -> Codebook:
        """The codebook as it stands; an empty one where there is none or it cannot be read."""
        try:
            return self._standing()
        except OSError as error:
            self.problem = f"{NAME} cannot be read: {error.strerror}"
            return self._book

    def _standing(self) -> Codebook:
        """The codebook as it stands on the disk; raises OSError where that cannot be known."""
        try:
            if self._layout.files.stamp(self.path) == self._stamp:
                return self._book
            data, stamp = self._layout.files.read(self.path)
        except FileNotFoundError:
            self._book, self._stamp, self.problem = Codebook(), None, ""
            self._newer = self._broken = False
            return self._book
        self._take(data)
        self._stamp = stamp
        return self._book

    def change(self, change: Change) -> Codebook:
        """Carry out a change on what stands now; the codebook afterwards.

        Raises `Refused` when a newer program wrote the file, `SaveError` when it cannot be written. A file that
        cannot be understood is set aside first, never written over.
        """
        try:
            with self._layout.locked():
                return self.changed(change)
        except OSError as error:
            raise SaveError(error, self.path.parent, []) from error

    def changed(self, change: Change, note: Callable[[Any, Any], object] = lambda before, after: None) -> Codebook:
        """What `change` does, for a store that is locked: raises OSError. `note` gets what stood and what will."""
        book = self._standing()
        if self._newer:
            raise Refused("Made by a newer Deskreader", f"{NAME}; update this program to change it")
        wanted = change(book)
        if wanted == book:
            return book
        note(to_json(book), to_json(wanted))
        if self._broken:
            self._layout.set_aside(self.path)
        self._layout.replace(self.path, dumps(to_json(wanted)), private=False)
        self._stamp = None
        return self.load()

    def _take(self, data: bytes) -> None:
        self._newer = self._broken = False
        self.problem = ""
        try:
            found = loads(data)
        except NotAnAnnotation as error:
            found, self.problem = None, f"{NAME}: {error.message}"
        schema = found.get("schema") if isinstance(found, dict) else None
        book = from_json(found)
        if book is None:
            self._broken = True
            self.problem = self.problem or f"{NAME} is no codebook"
        elif isinstance(schema, int) and schema > SCHEMA:
            self._newer = True
            self.problem = f"{NAME} was written by a newer Deskreader; it is shown and not changed"
        self._book = book or Codebook()
