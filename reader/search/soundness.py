"""Whether an index on disk is what was written: each of its files ends with the check sum of what stands before.

The engine itself looks at them only where a search leads: a flipped bit would be a missing article, and nobody would
know. What was found sound, or was just written, is noted beside the files with size and time, so that the next start
reads only what is new or was touched.
"""

import contextlib
import json
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

_NOTED: Final = "sound.json"
_PARTS: Final = ("fast", "fieldnorm", "idx", "pos", "store", "term")
_END: Final = struct.Struct("<II")
_MAGIC: Final = 1337
_AT_ONCE: Final = 1 << 20


def is_sound(folder: Path) -> bool:
    """Whether every file that the index names is there, and as it was written. Raises OSError and ValueError where
    that cannot be found out.
    """
    noted = _noted(folder)
    while True:
        meta = (folder / "meta.json").read_bytes()
        try:
            if all(_stamp(path) == noted.get(path.name) or _as_written(path) for path in _files(folder, meta)):
                return True
        except FileNotFoundError:
            pass
        if (folder / "meta.json").read_bytes() == meta:  # else another process has put other files in their place
            return False


def vouch(folder: Path) -> None:
    """Note that the files which the index names now are sound; where that fails, the next start reads them."""
    with contextlib.suppress(OSError, ValueError):
        files = _files(folder, (folder / "meta.json").read_bytes())
        sound = {path.name: _stamp(path) for path in files}
        if sound != _noted(folder):
            fresh = folder / f"{_NOTED}.{os.getpid()}"
            fresh.write_text(json.dumps(sound), encoding="ascii")
            fresh.replace(folder / _NOTED)


def _files(folder: Path, meta: bytes) -> Iterator[Path]:
    """The files of each part of the index."""
    for segment in json.loads(meta)["segments"]:
        name = segment["segment_id"].replace("-", "")
        yield from (folder / f"{name}.{part}" for part in _PARTS)
        if segment["deletes"]:
            yield folder / f"{name}.{segment['deletes']['opstamp']}.del"


def _stamp(path: Path) -> list[int]:
    seen = path.stat()
    return [seen.st_size, seen.st_mtime_ns]


def _noted(folder: Path) -> dict[str, Any]:
    try:
        noted = json.loads((folder / _NOTED).read_bytes())
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _as_written(path: Path) -> bool:
    """Whether the check sum at the end of a file is that of all before it."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if size < _END.size:
            return False
        file.seek(size - _END.size)
        length, magic = _END.unpack(file.read())
        left = size - _END.size - length
        if magic != _MAGIC or left < 0:
            return False
        file.seek(left)
        said = json.loads(file.read(length))["crc"]
        file.seek(0)
        crc = 0
        while left > 0 and (some := file.read(min(left, _AT_ONCE))):
            crc = zlib.crc32(some, crc)
            left -= len(some)
        return bool(crc == said)
