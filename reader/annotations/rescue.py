"""What could not be saved where it belongs: a copy somewhere else, and the error that says where."""

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from reader.annotations.annotation import Annotation
from reader.annotations.files import Files
from reader.annotations.identity import digest, folder_name
from reader.annotations.layout import Layout
from reader.annotations.w3c import NotAnAnnotation, dumps, from_json, loads, to_json
from reader.errors import DeskreaderError

_REASONS: Final = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EROFS: "the folder is read-only",
    errno.EACCES: "there is no permission to write here",
    errno.EPERM: "there is no permission to write here",
    errno.EIO: "the disk reports an error",
    errno.ETIMEDOUT: "another process holds the notes and does not finish",
    errno.EFBIG: "the file would be too large",
    errno.ESTALE: "the network folder is gone",
}


def reason_of(error: OSError) -> str:
    """Why a call on the file system failed, in words."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


class SaveError(DeskreaderError):
    """A change was not saved. `rescue` is the file, or the folder of several, that keeps it instead.

    It is None where there was nothing to keep, or no other folder took it either: the message says which.
    """

    def __init__(self, error: OSError, root: Path, kept: Sequence[Path | None] = ()) -> None:
        paths = [path for path in kept if path]
        self.rescue = paths[0] if len(paths) == 1 else paths[0].parent if paths else None
        lost = "; nothing else could keep it either" if len(paths) < len(kept) else ""
        where = f"; kept in {self.rescue}" if self.rescue else ""
        super().__init__("Not saved", f"{reason_of(error)} ({root}){where}{lost}")


@dataclass(frozen=True, slots=True)
class Rescued:
    """A change that waits to be saved: the annotation as it was and as the analyst wanted it."""

    base: Annotation | None
    wanted: Annotation
    path: Path


class Rescue:
    """Folders outside the workspace, tried in order, where a change or a draft is kept in need."""

    def __init__(self, root: Path, files: Files, folder: Path | None) -> None:
        self._files = files
        below = folder_name(str(root.absolute()))
        self._folders = [one / below for one in ([folder] if folder else _usual_folders())]

    def layouts(self, creator: str) -> list[Layout]:
        """The folders laid out as a workspace is, for drafts."""
        return [Layout(folder, creator, self._files) for folder in self._folders]

    def keep(self, wanted: Annotation, base: Annotation | None) -> Path | None:
        """Write a rescue copy, durably; its path, or None where no folder takes it."""
        record: dict[str, Any] = {"wanted": to_json(wanted), "base": to_json(base) if base else None}
        data = dumps(record)
        for folder in self._folders:
            layout = Layout(folder, "", self._files)
            path = folder / "rescued" / f"{wanted.id}.{digest(data)[:8]}.json"
            with contextlib.suppress(OSError):
                _own(folder.parent)
                layout.files.make_folder(path.parent, 0o700)
                layout.replace(path, data, private=True)
                return path
        return None

    def waiting(self) -> list[Rescued]:
        """The changes that were kept and not taken back into the store yet, oldest first."""
        return sorted(self._read(), key=lambda rescued: rescued.wanted.modified)

    def _read(self) -> Iterable[Rescued]:
        for folder in self._folders:
            for name in self._files.names(folder / "rescued"):
                path = folder / "rescued" / name
                with contextlib.suppress(OSError, NotAnAnnotation, KeyError, TypeError, AttributeError):
                    record = loads(self._files.read(path)[0])
                    base = record.get("base")
                    yield Rescued(from_json(base) if base else None, from_json(record["wanted"]), path)


def _usual_folders() -> list[Path]:
    state = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return [
        Path(state).expanduser() / "deskreader" / "rescue",
        Path(tempfile.gettempdir()) / f"deskreader-rescue-{os.getuid()}",
    ]


def _own(folder: Path) -> None:
    """Make the folder, and refuse one that another user has put there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise PermissionError(errno.EACCES, "the folder belongs to somebody else", str(folder))
