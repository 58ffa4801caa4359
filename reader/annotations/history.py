"""Earlier generations of one annotation: its file before each change, the last twenty of them."""

import contextlib
import errno
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reader.annotations.annotation import Annotation
from reader.annotations.layout import PRIVATE, Layout, is_annotation
from reader.annotations.migrations import read_annotation
from reader.annotations.w3c import NotAnAnnotation

GENERATIONS: Final = 20
"""Generations kept of one annotation, the one that stands not counted."""

_NOT_IN_NAMES: Final = re.compile(r"[^0-9TZ]")
_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EXDEV, errno.EMLINK, errno.EACCES, errno.ENOSYS})


@dataclass(frozen=True, slots=True)
class Generation:
    """One earlier state of an annotation and the file that keeps it."""

    annotation: Annotation
    path: Path


class History:
    """The generations below `layout.history`."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def keep(self, path: Path, annotation: Annotation, data: bytes) -> None:
        """Keep the file at `path`, which holds `annotation` as `data`, before it is replaced or taken away.

        The name says when that state was saved and which it was, so that histories written on two machines
        join without a conflict. A second name for the same file costs no space even on a full disk.
        Nothing is waited for: the step that is being written down keeps the same durably.
        """
        folder = self._layout.history / annotation.id
        private = path.name.endswith(PRIVATE)
        kept = folder / _name(annotation.modified, data, private)
        if kept.exists():
            return
        self._layout.files.make_folder(folder, self._layout.folder_mode(), durable=False)
        try:
            self._layout.files.link(path, kept)
        except FileExistsError:
            return
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            self._layout.replace(kept, data, private=private)
        self._prune(folder)

    def of(self, identity: str) -> list[Generation]:
        """The generations of one annotation, newest first; what cannot be read is left out."""
        folder = self._layout.history / identity
        found = []
        for name in reversed(self._names(folder)):
            with contextlib.suppress(OSError, NotAnAnnotation):
                data, _stamp = self._layout.files.read(folder / name)
                annotation, _schema = read_annotation(data)
                if annotation.id == identity:
                    found.append(Generation(annotation, folder / name))
        return found

    def holds_file(self, path: Path, annotation: Annotation) -> bool:
        """Whether just what stands in the file is kept as a generation of the annotation."""
        try:
            data, _stamp = self._layout.files.read(path)
        except OSError:
            return False
        names = (_name(annotation.modified, data, private) for private in (False, True))
        return any((self._layout.history / annotation.id / name).exists() for name in names)

    def _names(self, folder: Path) -> list[str]:
        return [name for name in self._layout.files.names(folder) if is_annotation(name)]

    def _prune(self, folder: Path) -> None:
        with contextlib.suppress(OSError):
            for name in self._names(folder)[:-GENERATIONS]:
                self._layout.files.remove(folder / name)


def _name(modified: str, data: bytes, private: bool) -> str:
    stamp = _NOT_IN_NAMES.sub("", modified)[:24] or "undated"
    return f"{stamp}-{hashlib.sha256(data).hexdigest()[:8]}{PRIVATE if private else '.json'}"
