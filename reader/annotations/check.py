"""Verify a whole store file by file, and repair what can be proved to lose nothing."""

import contextlib
import gzip
import hashlib
import stat
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reader.annotations.files import Files
from reader.annotations.history import History
from reader.annotations.layout import PRIVATE, TEMPORARY, Layout, file_name, is_annotation
from reader.annotations.repair import Repair
from reader.annotations.rescue import reason_of
from reader.annotations.shelf import Held, Shelf
from reader.annotations.w3c import SCHEMA, NotAnAnnotation, loads
from reader.text.clean import clean_line

_BY_HAND: Final = "nothing was changed; compare the files by hand"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: the file (relative to the store), what is wrong, what may or was done about it."""

    path: str
    message: str
    advice: str = ""
    repaired: bool = False


def check(root: Path, *, repair: bool = False, files: Files | None = None) -> list[Finding]:
    """Every fault of the store below `root`, repaired where `repair` is on and nothing can be lost by it.

    What is taken out of its place goes to the quarantine, never away. Raises `DeskreaderError` for nothing: a
    store that cannot be locked is a finding, and is then only looked at.
    """
    layout = Layout(root, "", files or Files())
    if not layout.annotations.is_dir():
        return []
    if not repair:
        return list(_Check(layout, False).findings())
    try:
        with layout.locked():
            return list(_Check(layout, True).findings())
    except OSError as error:
        refused = Finding(layout.annotations.name, f"cannot be repaired: {reason_of(error)}")
        return [refused, *_Check(layout, False).findings()]


class _Check:
    """One pass over a store. With `repair` on, the store must be locked."""

    def __init__(self, layout: Layout, repair: bool) -> None:
        self._layout = layout
        self._repairing = repair
        self._shelf = Shelf(layout)
        self._history = History(layout)
        self._repair = Repair(layout, self._history)
        self._texts: dict[str, str | None] = {}

    def findings(self) -> Iterator[Finding]:
        """Every fault, folder by folder."""
        annotations = self._layout.annotations
        folders = [annotations / name for name in self._layout.files.names(annotations) if not name.startswith(".")]
        for folder in [path for path in folders if path.is_dir() and not path.is_symlink()]:
            yield from self._temporary(folder)
            for name in self._layout.files.names(folder):
                if not name.startswith("."):
                    yield from self._annotation_file(folder / name)
        for path in folders:
            if path.is_symlink() or not path.is_dir():
                yield self._found(path, "does not belong here: it is no folder of annotations")
        self._shelf.follow()
        for held in self._shelf.all():
            yield from self._annotation(held)
            yield from self._copies(held)
        yield from self._kept()
        yield from self._snapshots()
        yield from self._step_files()

    def _annotation_file(self, path: Path) -> Iterator[Finding]:
        if not is_annotation(path.name) or path.is_symlink() or not path.is_file():
            yield self._found(path, "does not belong here: it is no annotation's file")
            return
        try:
            held = self._shelf.read(path)
        except NotAnAnnotation as error:
            yield self._try(path, f"cannot be read: {error.message}", "set aside", self._repair.unreadable)
            return
        except OSError as error:
            if not (isinstance(error, PermissionError) and path.name.endswith(PRIVATE)):
                yield self._found(path, f"cannot be opened: {reason_of(error)}")
            return
        annotation = held.annotation
        if held.schema > SCHEMA:
            yield self._found(path, f"was written by a newer Deskreader (schema {held.schema})", "update to edit it")
        named = path.with_name(file_name(annotation.id, annotation.private))
        if held.schema <= SCHEMA and path != named and not named.exists():
            message = "has not the name that its id and its privacy ask for"
            yield self._try(path, message, f"named {named.name}", self._repair.rename)
            path = named if named.exists() else path
        with contextlib.suppress(OSError):
            mode = stat.S_IMODE(path.lstat().st_mode)
            if annotation.private and mode & 0o077:
                message = "is private and may be read by others"
                yield self._try(path, message, "closed to others", self._repair.close)

    def _annotation(self, held: Held) -> Iterator[Finding]:
        """Whether the text of its passages is kept and says what they quote."""
        for target in held.annotation.targets:
            if not target.text_sha256:
                continue
            text = self._text(target.text_sha256)
            if text is None:
                yield self._found(held.path, "the text that it was made on is not kept", "it is found by its quotation")
            elif target.span and not target.stands_in(text):
                yield self._found(held.path, "quotes other words than stand at its place", "place it again by hand")

    def _copies(self, best: Held) -> Iterator[Finding]:
        for copy in self._shelf.copies(best.annotation.id)[1:]:
            if copy.annotation == best.annotation or self._history.holds_file(copy.path, copy.annotation):
                message = f"is an earlier copy of {best.path.name}"
                yield self._try(copy.path, message, "set aside", self._repair.set_aside)
            else:
                yield self._found(copy.path, f"says something else under the id of {best.path.name}", _BY_HAND)

    def _kept(self) -> Iterator[Finding]:
        """Generations and what was thrown away: whether each can be read."""
        parts = [self._layout.trash, self._layout.history]
        for folder in [part / name for part in parts for name in self._layout.files.names(part)]:
            if folder.name.startswith(".") or not folder.is_dir():
                continue
            yield from self._temporary(folder)
            for name in filter(is_annotation, self._layout.files.names(folder)):
                path = folder / name
                try:
                    self._shelf.read(path)
                except NotAnAnnotation as error:
                    message = f"cannot be read: {error.message}"
                    yield self._try(path, message, "set aside", self._repair.set_aside)
                except OSError as error:
                    if not isinstance(error, PermissionError):
                        yield self._found(path, f"cannot be opened: {reason_of(error)}")

    def _snapshots(self) -> Iterator[Finding]:
        folder = self._layout.snapshots
        yield from self._temporary(folder)
        for name in self._layout.files.names(folder):
            sha256 = name.removesuffix(".txt.gz")
            if name.startswith(".") or name == sha256 or self._text(sha256) is not None:
                continue
            path = folder / name
            with contextlib.suppress(OSError):
                if _is_damaged(self._layout.files.read(path)[0], sha256):
                    message = "is not the text that its name stands for"
                    yield self._try(path, message, "set aside", self._repair.set_aside)

    def _step_files(self) -> Iterator[Finding]:
        steps = self._layout.history / ".steps"
        for folder in [steps / name for name in self._layout.files.names(steps)]:
            with contextlib.suppress(PermissionError):
                yield from self._temporary(folder)
                for name in self._layout.files.names(folder):
                    if name.endswith(".jsonl"):
                        yield from self._step_file(folder / name)

    def _step_file(self, path: Path) -> Iterator[Finding]:
        try:
            lines = [line for line in self._layout.files.read(path, 1 << 30)[0].splitlines() if line.strip()]
        except OSError as error:
            if not isinstance(error, PermissionError):
                yield self._found(path, f"cannot be opened: {reason_of(error)}", "this step cannot be undone")
            return
        for line in lines[:-1]:
            try:
                loads(line)
            except NotAnAnnotation as error:
                yield self._found(path, f"holds a damaged line: {error.message}", "part of this step cannot be undone")
                return

    def _temporary(self, folder: Path) -> Iterator[Finding]:
        for name in self._layout.files.names(folder):
            if name.startswith(".") and name.endswith(TEMPORARY):
                path = folder / name
                message = "is left over from a save that did not finish"
                yield self._try(path, message, "removed", self._layout.files.remove)

    def _text(self, sha256: str) -> str | None:
        if sha256 not in self._texts:
            self._texts[sha256] = self._layout.snapshot(sha256)
        return self._texts[sha256]

    def _found(self, path: Path, message: str, advice: str = "") -> Finding:
        return Finding(clean_line(str(path.relative_to(self._layout.root)), 1000), message, advice)

    def _try(self, path: Path, message: str, does: str, act: Callable[[Path], str | None]) -> Finding:
        """A fault that can be repaired: repaired if that is asked for, and then what became of the file."""
        found = self._found(path, message, f"`deskreader check --repair`: {does}")
        if not self._repairing:
            return found
        try:
            done = act(path) or does
        except OSError as error:
            return Finding(found.path, message, f"not repaired: {reason_of(error)}")
        return Finding(found.path, message, done, repaired=True)


def _is_damaged(packed: bytes, sha256: str) -> bool:
    try:
        return hashlib.sha256(gzip.decompress(packed)).hexdigest() != sha256
    except (OSError, EOFError, zlib.error):
        return True
