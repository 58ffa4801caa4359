"""Where the analyst's work lies in a workspace, with which permissions, and how one file of it is replaced.

annotations/<article>/<id>.json            shared; <id>.private.json for the analyst's eyes only
annotations/.trash/  annotations/.quarantine/
history/<id>/                              earlier generations of one annotation
history/.steps/<analyst>/                  what undo and redo go by
snapshots/<sha256>.txt.gz                  the texts that annotations were made on
drafts/<analyst>/                          notes being typed
"""

import contextlib
import errno
import functools
import gzip
import hashlib
import secrets
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from reader.annotations.files import Files
from reader.annotations.identity import folder_name

PRIVATE: Final = ".private.json"
"""End of the name of a file that only its analyst may read, so that version control can be told to leave it
out.
"""

TEMPORARY: Final = ".tmp"

_OPEN_AT_ONCE: Final = 128
"""Files that are open for writing at the same time: well below what a process may have."""

_LEFT_OUT: Final = b"""# What is private or passing stays on this machine.
*.private.json
*.tmp
.lock
.steps/
.sessions/
"""


class Layout:
    """The folders below one workspace's `root`, as the analyst `creator` uses them through `files`.

    `beside` is another such root whose annotations and texts are read and never written: that of a folder that
    cannot be written, whose analyst's work is kept below `root`.
    """

    def __init__(self, root: Path, creator: str, files: Files, beside: Path | None = None) -> None:
        self.root = root
        self.files = files
        self.annotations = root / "annotations"
        self.trash = self.annotations / ".trash"
        self.quarantine = self.annotations / ".quarantine"
        self.history = root / "history"
        self.steps = self.history / ".steps" / folder_name(creator)
        self.sessions = self.history / ".sessions"
        self.snapshots = root / "snapshots"
        self.drafts = root / "drafts" / folder_name(creator)
        self.read_from = [self.annotations, *([beside / "annotations"] if beside else [])]
        self._snapshots = [self.snapshots, *([beside / "snapshots"] if beside else [])]
        self._modes: tuple[int, int] | None = None
        self._prepared = False

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Make the folders where they are missing and hold the one lock of the store for the length of a
        block.
        """
        if not self._prepared or not self.annotations.is_dir():
            self._prepare()
        with self.files.locked(self.annotations / ".lock", self.file_mode(False)):
            yield

    def is_own(self, path: Path) -> bool:
        """Whether a file of an annotation may be written: it does not lie beside."""
        return path.is_relative_to(self.root)

    def path_for(self, identity: str, article: str, private: bool) -> Path:
        """Where a new annotation of an article belongs."""
        return self.annotations / folder_name(article) / file_name(identity, private)

    def trash_path(self, path: Path) -> Path:
        """Where a file of `annotations` goes when it is deleted."""
        return self.trash / path.parent.name / path.name

    def file_mode(self, private: bool) -> int:
        """Permission bits of a new file: those of the workspace for shared ones, the owner's for private
        ones.
        """
        return 0o600 if private else self._shared_modes()[1]

    def folder_mode(self, private: bool = False) -> int:
        """Permission bits of a new folder."""
        return 0o700 if private else self._shared_modes()[0]

    def replace(self, path: Path, data: bytes, *, private: bool) -> None:
        """Put `data` at `path`, durably: whoever reads finds the old bytes or the new ones, never a part.

        The folder must be locked. Raises `OSError`; the old file then stands as it was, unless only the last
        step, the folder's own fsync, failed.
        """
        self.replace_all([(path, data, private)])

    def replace_all(self, items: Sequence[tuple[Path, bytes, bool]]) -> None:
        """What `replace` does, for many files (path, bytes, private), with as few waits for the disk as that takes.

        Each file is old or new at any moment; after an error some may be new.
        """
        temporary: dict[Path, Path] = {}
        try:
            self.files.make_folders((path.parent for path, _data, _private in items), self.folder_mode())
            for first in range(0, len(items), _OPEN_AT_ONCE):
                group = items[first : first + _OPEN_AT_ONCE]
                for path, _data, _private in group:
                    temporary[path] = path.with_name(f".{path.name}.{secrets.token_hex(6)}{TEMPORARY}")
                self._write_new([(temporary[path], data, private) for path, data, private in group])
            for path in list(temporary):
                self.files.rename(temporary[path], path)
                del temporary[path]
        except OSError:
            for left in temporary.values():
                with contextlib.suppress(OSError):
                    self.files.remove(left)
            raise
        self.files.sync_folders(path.parent for path, _data, _private in items)

    def write_new(self, path: Path, data: bytes, *, private: bool) -> None:
        """Write a file that must be new and wait until its bytes stand on the disk."""
        self._write_new([(path, data, private)])

    def append(self, path: Path, data: bytes) -> None:
        """Write at the end of a file that stands, and wait until the bytes stand on the disk."""
        with contextlib.ExitStack() as opened:
            descriptor = self.files.open_end(path)
            opened.callback(self.files.close, descriptor, path)
            self.files.write(descriptor, path, data)
            self.files.sync(descriptor, path)

    def move_all(self, moves: Sequence[tuple[Path, Path]]) -> None:
        """Move files, from their old path to their new one, to other folders of the store, durably."""
        self.files.make_folders((new.parent for _old, new in moves), self.folder_mode())
        for old, new in moves:
            self.files.rename(old, new)
        self.files.sync_folders(path.parent for old, new in moves for path in (new, old))

    def make_unversioned(self, folder: Path) -> None:
        """Make a folder of the store that version control leaves out whole."""
        self.files.make_folder(folder, self.folder_mode())
        if not (folder / ".gitignore").exists():
            self.replace(folder / ".gitignore", b"*\n", private=False)

    def set_aside(self, path: Path) -> Path:
        """Move a file that cannot be used to the quarantine, under a name that is free; where it went."""
        folder = self.quarantine / path.parent.name
        taken = set(self.files.names(folder))
        tries = [path.name, *(f"{path.name}.{number}" for number in range(1, len(taken) + 2))]
        free = folder / next(name for name in tries if name not in taken)
        self.move_all([(path, free)])
        return free

    def keep_snapshots(self, texts: str | Iterable[str]) -> None:
        """Keep the text, or the texts, that annotations refer to, each once, under its SHA-256."""
        missing: dict[Path, bytes] = {}
        for text in [texts] if isinstance(texts, str) else texts:
            data = text.encode("utf-8", "surrogatepass")
            path = self.snapshots / f"{hashlib.sha256(data).hexdigest()}.txt.gz"
            if path not in missing and not path.exists():
                missing[path] = gzip.compress(data, mtime=0)
        self.replace_all([(path, packed, False) for path, packed in missing.items()])

    def snapshot(self, sha256: str) -> str | None:
        """The text with that SHA-256, or None where it was not kept or no longer has that sum."""
        for folder in self._snapshots:
            with contextlib.suppress(OSError, EOFError, zlib.error):
                packed, _stamp = self.files.read(folder / f"{sha256}.txt.gz")
                data = gzip.decompress(packed)
                if hashlib.sha256(data).hexdigest() == sha256:
                    return data.decode("utf-8", "surrogatepass")
        return None

    def clear_temporary(self, folder: Path) -> list[str]:
        """Take away temporary files in a folder; while the store is locked nobody is writing one, so all are
        stale.
        """
        stale = [name for name in self.files.names(folder) if name.startswith(".") and name.endswith(TEMPORARY)]
        for name in stale:
            self.files.remove(folder / name)
        return stale

    def _write_new(self, items: Sequence[tuple[Path, bytes, bool]]) -> None:
        """Write files that must be new, then wait until the bytes of all of them stand on the disk."""
        waits = []
        with contextlib.ExitStack() as opened:
            for path, data, private in items:
                descriptor = self.files.create(path, self.file_mode(private))
                opened.callback(self.files.close, descriptor, path)
                self.files.write(descriptor, path, data)
                waits.append(functools.partial(self.files.sync, descriptor, path))
            self.files.together(waits)

    def _prepare(self) -> None:
        for folder in (self.annotations, self.trash, self.history, self.snapshots):
            if folder.is_symlink():
                raise OSError(errno.ELOOP, "a folder of notes is a link, which is not followed", str(folder))
            self.files.make_folder(folder, self.folder_mode())
        for folder in (self.history / ".steps", self.steps):
            self.files.make_folder(folder, self.folder_mode(private=folder == self.steps))
        with self.files.locked(self.annotations / ".lock", self.file_mode(False)):
            for folder in (self.annotations, self.history):
                if not (folder / ".gitignore").exists():
                    self.replace(folder / ".gitignore", _LEFT_OUT, private=False)
        self._prepared = True

    def _shared_modes(self) -> tuple[int, int]:
        """Modes like those of the workspace's own folder, so that a folder shared by a group stays shared."""
        if self._modes is None:
            above = next(folder for folder in (self.root, *self.root.parents) if folder.is_dir())
            mode = self.files.mode(above) if above == self.root else self.files.mode(above) & ~0o1022
            self._modes = mode | 0o700, (mode & 0o666) | 0o600
        return self._modes


def file_name(identity: str, private: bool) -> str:
    """The name of an annotation's file."""
    return f"{identity}{PRIVATE if private else '.json'}"


def id_in(name: str) -> str:
    """The annotation's id in its file's name, which is all up to the first dot."""
    return name.partition(".")[0]


def is_annotation(name: str) -> bool:
    """Whether a file of that name holds an annotation: not hidden, and JSON."""
    return name.endswith(".json") and not name.startswith(".")
