"""Archives opened without trust: limits on members, sizes and ratio, and names that stay inside."""

import io
import stat
import zipfile
import zlib
from typing import Final

from reader.capture.source import CaptureError

TOTAL_LIMIT: Final = 100_000_000
"""Bytes that everything read from one file may unpack to."""

RATIO_LIMIT: Final = 100
"""How many times its own size an archive may unpack to."""

MEMBER_LIMIT: Final = 2_000

_SMALL: Final = 1_000_000
"""Bytes below which the ratio says nothing: a short page of spaces is no attack."""

_ADVICE: Final = "Unpack it yourself and put the pages you need into the folder"


class Archive:
    """The members of a zip file, by name. Raises CaptureError for an archive that is damaged or dangerous."""

    def __init__(self, data: bytes, what: str) -> None:
        self._what = what
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._members = {member.filename: member for member in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, UnicodeError) as error:
            advice = "Download it again"
            raise CaptureError(f"This {what} is cut short or damaged ({error})", advice) from None
        if len(self._members) > MEMBER_LIMIT:
            raise CaptureError(f"This {what} holds more than {MEMBER_LIMIT:,} members", _ADVICE)
        total = sum(member.file_size for member in self._members.values())
        if total > TOTAL_LIMIT or (total > _SMALL and total > RATIO_LIMIT * len(data)):
            raise CaptureError(f"This {what} unpacks to {total:,} bytes, which looks like an attack", _ADVICE)
        for name, member in self._members.items():
            parts = name.replace("\\", "/").split("/")
            if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
                raise CaptureError(f"This {what} holds a name that leads out of it ({name[:80]})", _ADVICE)
            if stat.S_ISLNK(member.external_attr >> 16):
                raise CaptureError(f"This {what} holds a link ({name[:80]})", _ADVICE)

    def names(self) -> list[str]:
        """The members' names, in the order of the archive."""
        return list(self._members)

    def holds(self, name: str) -> bool:
        """Whether there is a member of this name."""
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a member; raises CaptureError where it is not there or cannot be read."""
        try:
            with self._zip.open(self._members[name]) as member:
                return member.read(TOTAL_LIMIT)
        except KeyError:
            raise CaptureError(f"This {self._what} lacks {name[:80]}", "Download it again") from None
        except RuntimeError:
            raise CaptureError(f"This {self._what} is encrypted", "Save it without a password") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            advice = "Download it again"
            raise CaptureError(f"This {self._what} is cut short or damaged ({error})", advice) from None


def unpacked(data: bytes, kind: int, limit: int = TOTAL_LIMIT) -> tuple[bytes, bytes, bool]:
    """One compressed stream unpacked, the bytes after it, and whether it is whole.

    `kind` is zlib's window size with its format.

    Raises CaptureError where it is damaged or unpacks to more than `limit` bytes.
    """
    unpacker = zlib.decompressobj(kind)
    try:
        text = unpacker.decompress(data, limit)
    except zlib.error as error:
        raise CaptureError(f"Compressed data are damaged ({error})", "Download the file again") from None
    if unpacker.unconsumed_tail:
        raise CaptureError(f"Compressed data unpack to more than {limit:,} bytes", _ADVICE)
    return text, unpacker.unused_data, unpacker.eof
