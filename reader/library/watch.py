"""Noticing changes while the library is open, by looking: network folders send no events.

Each look asks every folder for its time of change, which tells of files that came, went or were replaced, and
some files in turn for theirs, which tells of files that were written in place.
"""

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from reader.library.catalogue import Catalogue
from reader.library.files import joined
from reader.library.refresh import Refresher
from reader.library.scan import list_folder, modified_times

_FILES_A_LOOK: Final = 500
_COARSE_NS: Final = 2_000_000_000


class Watch:
    """Looks at a folder for what changed since the last look. One look at a time."""

    def __init__(self, folder: Path, catalogue: Catalogue, refresher: Refresher) -> None:
        self._folder = folder
        self._catalogue = catalogue
        self._refresher = refresher
        self._last_file = -1

    def look(self, opened: Iterable[str]) -> None:
        """Have what changed read again, and note what went. `opened` names files to look at every time."""
        known = self._catalogue.inventory.folders()
        alive = {relative: entry for relative, entry in known.items() if entry[1] != -1}
        times = modified_times(self._folder, list(alive))
        if b"" in alive and b"" not in times:
            return  # the library itself is out of reach: a network folder that comes back
        self._look_at_files(opened)
        changed = [
            relative
            for relative, (_, modified_ns, digest) in alive.items()
            if not digest or times.get(relative) != modified_ns
        ]
        if b"" not in alive:
            changed.append(b"")
        if changed:
            self._look_at_folders(changed, known)

    def _look_at_folders(self, changed: list[bytes], known: dict[bytes, tuple[int, int, bytes]]) -> None:
        try:
            top = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError:
            return
        try:
            while changed:
                relative = changed.pop()
                number, before, digest = known.get(relative, (0, 0, b""))
                folder = list_folder(top, relative)
                if folder.failure and not _is_there(top, relative):
                    self._refresher.drop(number)
                    continue
                if folder.digest != digest or folder.modified_ns != before:
                    self._refresher.compare(folder, number, fresh=_is_fresh(folder.modified_ns))
                new = (joined(relative, os.fsencode(name)) for name in folder.folders)
                changed += [path for path in new if path not in known or known[path][1] == -1]
        finally:
            os.close(top)

    def _look_at_files(self, opened: Iterable[str]) -> None:
        """Some files in turn, so that every file has its turn while the library is open."""
        database = self._catalogue.database
        columns = "SELECT files.number, path, name, size, files.modified_ns FROM files "
        folder = "JOIN folders ON folders.number = folder "
        rows = database.rows(
            f"{columns}{folder} WHERE files.number > ? AND NOT gone AND NOT due ORDER BY 1 LIMIT ?",
            (self._last_file, _FILES_A_LOOK),
        )
        self._last_file = rows[-1][0] if len(rows) == _FILES_A_LOOK else -1
        for id in opened:
            rows += database.rows(
                f"{columns}{folder} WHERE files.number IN (SELECT file FROM articles WHERE id = ?)", (id,)
            )
        base = os.fsencode(self._folder)
        due = []
        for number, path, name, size, modified_ns in rows:
            try:
                status = os.lstat(base + b"/" + joined(path, name))
            except OSError:
                continue  # its folder tells
            if (status.st_size, status.st_mtime_ns) != (size, modified_ns):
                due.append(number)
        if due:
            with database.transaction():
                for number in due:
                    self._catalogue.inventory.mark_due("number = ?", (number,))


def _is_there(top: int, relative: bytes) -> bool:
    try:
        os.stat(relative or b".", dir_fd=top, follow_symlinks=False)
    except OSError:
        return False
    return True


def _is_fresh(modified_ns: int) -> bool:
    """Whether a folder changed so lately that its next change might show the same time."""
    return 0 <= time.time_ns() - modified_ns < _COARSE_NS
