"""Opening files that nobody vouches for: ordinary ones, inside the folder, through no link, not too big."""

import errno
import os
import re
import stat
from pathlib import Path
from typing import Final, NamedTuple

from reader.errors import DeskreaderError
from reader.text.clean import clean, clean_line

SIZE_LIMIT: Final = 20_000_000
"""Bytes of one capture; what is larger is refused and named as a problem."""

_FOLDER_FLAGS: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_FILE_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CHUNK: Final = 1 << 20
_UNSAFE_BREAKS: Final = re.compile(r"[\n\t]")


class Unreadable(DeskreaderError):
    """A file that cannot be read; `reason` says why and `advice` what to do about it."""

    def __init__(self, name: str, reason: str, advice: str = "") -> None:
        super().__init__("Cannot read file", f"{name}: {reason}. {advice}".strip())
        self.reason = reason
        self.advice = advice

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[str, str, str]]:
        return Unreadable, (self.message, self.reason, self.advice)


class Contents(NamedTuple):
    """The bytes of a file and what the file system said of it at that moment."""

    data: bytes
    modified_ns: int


def joined(folder: bytes, name: bytes) -> bytes:
    """The path of a file below the library."""
    return folder + b"/" + name if folder and name else folder or name


def id_of(relative: bytes) -> str:
    """The name of a file below the library as an article id: safe to show, and the same for ever.

    An ordinary name is its own id. Where a name holds bytes that are not UTF-8 or characters that no terminal
    should be sent, those stand as `%XX`, and so does `%` itself.
    """
    text = os.fsdecode(relative)
    if text.isascii() and text.isprintable():
        return text
    if _is_safe(text):
        return text
    escaped = "".join(character if _keeps(character) else _percent(character) for character in text)
    if _is_safe(escaped):
        return escaped
    return "".join(character if character.isascii() else _percent(character) for character in escaped)


def _keeps(character: str) -> bool:
    return character != "%" and _is_safe(character)


def _is_safe(text: str) -> bool:
    return clean(text) == text and not _UNSAFE_BREAKS.search(text)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in os.fsencode(character))


def shown(path: str | os.PathLike[str]) -> str:
    """A path as it may be shown in a message."""
    return clean_line(os.fsdecode(os.fspath(path)), 4096)


def odd_kind(mode: int, size: int, limit: int = SIZE_LIMIT) -> tuple[str, str] | None:
    """Why a directory entry is not to be read, and what to do about it; None for an ordinary file."""
    if stat.S_ISREG(mode):
        if size > limit:
            return (
                f"larger than {limit // 1_000_000} MB ({size:,} bytes)",
                "Split it, or copy the part that matters into a file of its own.",
            )
        return ("the file is empty", "Capture the page again, or delete the file.") if size == 0 else None
    if stat.S_ISLNK(mode):
        return ("a link, and links are not followed", "Put a copy of the file itself into the folder.")
    if stat.S_ISFIFO(mode):
        return ("a named pipe, not a file", "Move it out of the library.")
    if stat.S_ISSOCK(mode):
        return ("a socket, not a file", "Move it out of the library.")
    if stat.S_ISBLK(mode) or stat.S_ISCHR(mode):
        return ("a device, not a file", "Move it out of the library.")
    return ("not an ordinary file", "Move it out of the library.")


def open_folder(root: int, relative: bytes) -> int:
    """A descriptor of the folder at `relative` below the folder open at `root`, no step of it through a link.

    Raises OSError; the caller closes the descriptor.
    """
    parts = relative.split(b"/") if relative else []
    if not {b"", b".", b".."}.isdisjoint(parts):
        raise OSError(errno.EINVAL, "not a path inside the folder")
    current = root
    for part in parts:
        try:
            following = os.open(part, _FOLDER_FLAGS, dir_fd=current)
        finally:
            if current != root:
                os.close(current)
        current = following
    return os.dup(root) if current == root else current


def read_inside(root: Path, relative: bytes, limit: int = SIZE_LIMIT) -> Contents:
    """The bytes of the regular file at `relative` below `root`. Raises `Unreadable`."""
    name = id_of(relative)
    folder_name, _, file_name = relative.rpartition(b"/")
    try:
        top = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            folder = open_folder(top, folder_name)
        finally:
            os.close(top)
        try:
            return _read_at(folder, file_name, name, limit)
        finally:
            os.close(folder)
    except OSError as error:
        raise Unreadable(name, *explain(error)) from error


def read_anywhere(path: Path, limit: int = SIZE_LIMIT) -> Contents:
    """The bytes of the file at a path that the user typed; links are followed. Raises `Unreadable`."""
    try:
        return _read_at(None, os.fsencode(path.resolve()), shown(path), limit)
    except (OSError, RuntimeError) as error:
        reason = explain(error) if isinstance(error, OSError) else ("its links lead in a circle", "")
        raise Unreadable(shown(path), *reason) from error


def _read_at(folder: int | None, name: bytes, label: str, limit: int) -> Contents:
    if name in (b"", b".", b".."):
        raise OSError(errno.EINVAL, "not a file name")
    descriptor = os.open(name, _FILE_FLAGS, dir_fd=folder)
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable(label, "a folder, not a file", "Name the files in it.")
        odd = odd_kind(status.st_mode, status.st_size, limit)
        if odd and status.st_size:
            raise Unreadable(label, *odd)
        if odd and not stat.S_ISREG(status.st_mode):
            raise Unreadable(label, *odd)
        parts: list[bytes] = []
        left = limit + 1
        while left and (part := os.read(descriptor, min(left, _CHUNK))):
            parts.append(part)
            left -= len(part)
        if not left:
            raise Unreadable(label, *(odd_kind(stat.S_IFREG, limit + 1, limit) or ("too large", "")))
        if not parts:
            raise Unreadable(label, *(odd_kind(stat.S_IFREG, 0) or ("empty", "")))
        return Contents(b"".join(parts), status.st_mtime_ns)
    finally:
        os.close(descriptor)


_REASONS: Final = {
    errno.ENOENT: ("the file is gone", "Capture it again, or ignore this."),
    errno.EACCES: ("no permission to read it", "Change its permissions (chmod u+r), or ask its owner."),
    errno.EPERM: ("no permission to read it", "Change its permissions (chmod u+r), or ask its owner."),
    errno.ELOOP: ("a link, and links are not followed", "Put a copy of the file itself into the folder."),
    errno.ENOTDIR: ("its folder is a link or no folder", "Put a copy of the folder itself into the library."),
    errno.ENXIO: ("a socket or a device, not a file", "Move it out of the library."),
    errno.ENAMETOOLONG: ("its path is too long for this system", "Move it to a folder nearer to the top."),
    errno.EINVAL: ("its name is not a path inside the folder", "Name a file inside the library."),
    errno.EIO: ("the disk failed while it was read", "Check the disk, or copy the file from a backup."),
}


def explain(error: OSError) -> tuple[str, str]:
    """An operating system error as a reason and an advice that a person can follow."""
    known = _REASONS.get(error.errno or 0)
    said = clean_line(error.strerror or type(error).__name__)
    return known or (f"the system says: {said}", "Try again later.")
