"""Where the captures came from: one line for each import, added and never changed."""

import contextlib
import json
import os
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reader.library.durable import CannotSave, locked
from reader.library.files import explain, shown


@dataclass(frozen=True, slots=True)
class Origin:
    """One import: of which bytes, from where, when they were captured and imported (UTC), under which name.

    `source` is an absolute path, an address, or "-"; `address` where redirects led in the end; `declared` the
    Content-Type that the server gave.
    """

    sha256: str
    source: str
    captured: str
    imported: str
    address: str = ""
    declared: str = ""
    name: str = ""


class Origins:
    """The file of imports at `path`, JSON Lines; several processes may add to it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._read_to = 0
        self._by_hash: dict[str, Origin] = {}
        self._by_source: dict[str, list[Origin]] = {}

    def add(self, origin: Origin) -> None:
        """Note an import, unless the same bytes from the same source are noted already. Raises `CannotSave`."""
        with self._lock:
            same = [one for one in self.from_source(origin.source) if one.sha256 == origin.sha256]
            if same:
                return
            line = json.dumps(asdict(origin), ensure_ascii=False, sort_keys=True) + "\n"
            try:
                with locked(self._path), self._path.open("ab+") as file:
                    if file.tell() and self._lacks_newline(file):
                        line = "\n" + line  # the last line was cut off by a full disk or a power cut
                    file.write(line.encode("utf-8", "surrogatepass"))
                    file.flush()
                    os.fsync(file.fileno())
            except OSError as error:
                raise CannotSave("Cannot save", f"{shown(self._path)}: {explain(error)[0]}") from error

    @staticmethod
    def _lacks_newline(file: Any) -> bool:
        file.seek(-1, os.SEEK_END)
        return bool(file.read(1) != b"\n")

    def of(self, sha256: str) -> Origin | None:
        """The first import of these bytes."""
        with self._lock:
            self._read_on()
            return self._by_hash.get(sha256)

    def from_source(self, source: str) -> list[Origin]:
        """The imports from a path or an address, the oldest first."""
        with self._lock:
            self._read_on()
            return list(self._by_source.get(source, ()))

    def _read_on(self) -> None:
        """Take in the lines that were added since the last time; a damaged line is passed over."""
        with contextlib.suppress(OSError), self._path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < self._read_to:
                self._read_to = 0
                self._by_hash.clear()
                self._by_source.clear()
            if size == self._read_to:
                return
            file.seek(self._read_to)
            data = file.read()
            whole = data[: data.rfind(b"\n") + 1]
            self._read_to += len(whole)
            for line in whole.splitlines():
                with contextlib.suppress(ValueError, TypeError, AttributeError, RecursionError):
                    row = json.loads(line)
                    origin = Origin(**{name: str(row.get(name, "")) for name in Origin.__slots__})
                    self._by_hash.setdefault(origin.sha256, origin)
                    self._by_source.setdefault(origin.source, []).append(origin)
