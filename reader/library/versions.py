"""Earlier captures of the same page: kept beside the notes, listed, read again, and compared word by word."""

import difflib
import hashlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from reader.errors import NothingFound
from reader.library.durable import locked, read_json, write_bytes, write_json

_TOKENS: Final = re.compile(r"\w+|\s+|[^\w\s]")
_LINES_AT_MOST: Final = 20_000
_WORDS_AT_MOST: Final = 6_000


@dataclass(frozen=True, slots=True)
class Version:
    """One capture of a page.

    `id` is the article under which it can be opened, `sha256` that of its bytes, `captured` the UTC time of
    the capture, `current` whether it is what the library shows under `id`.
    """

    id: str
    sha256: str
    captured: str
    source: str = ""
    current: bool = False


class Archive:
    """Files that a newer capture took the place of, in `folder`: one folder for each article."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _place(self, id: str) -> Path:
        return self._folder / hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:24]

    def keep(self, version: Version, data: bytes, name: str) -> None:
        """Keep the bytes of an earlier capture, once. Raises `CannotSave`."""
        place = self._place(version.id)
        index = place / "versions.json"
        with locked(index):
            known = self.of(version.id)
            write_bytes(place / f"{version.sha256}{_ending(name)}", data)
            if all(one.sha256 != version.sha256 for one in known):
                rows = [asdict(one) for one in (*known, version)]
                write_json(index, {"schema": 1, "article": version.id, "versions": rows})

    def of(self, id: str) -> list[Version]:
        """The earlier captures of an article, in the order in which they were kept."""
        try:
            value = read_json(self._place(id) / "versions.json")
            rows = value["versions"] if value else []
            return [
                Version(id, row["sha256"], row["captured"], row["source"])
                for row in rows
                if re.fullmatch("[0-9a-f]{64}", row["sha256"]) and isinstance(row["captured"], str)
            ]
        except (ValueError, KeyError, TypeError):
            return []

    def find(self, id: str, sha256: str) -> tuple[Path, bytes]:
        """Folder and name of the file with an earlier capture. Raises `NothingFound`."""
        place = self._place(id)
        for found in place.glob(f"{sha256}*") if re.fullmatch("[0-9a-f]{64}", sha256) else ():
            return place, found.name.encode()
        raise NothingFound("No such version", f"{id} has no earlier capture {sha256[:12]}")


def _ending(name: str) -> str:
    """The ending of a file name as far as it is harmless: formats are told apart by it."""
    found = re.search(r"\.[A-Za-z0-9]{1,8}(?:\.gz)?$", name)
    return found.group().lower() if found else ""


@dataclass(frozen=True, slots=True)
class Change:
    """A run of text of two versions; `sign` is "+" (only new), "-" (only old) or "=" (both)."""

    sign: str
    text: str


def word_diff(old: str, new: str) -> tuple[Change, ...]:
    """How `new` differs from `old`, word by word.

    The runs marked "=" and "-" make up the old text, those marked "=" and "+" the new one.
    """
    return tuple(_joined(_line_changes(old.splitlines(True), new.splitlines(True))))


def _line_changes(old: list[str], new: list[str]) -> Iterator[Change]:
    big = len(old) > _LINES_AT_MOST or len(new) > _LINES_AT_MOST
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=big).get_opcodes():
        if tag == "equal":
            yield Change("=", "".join(old[a:b]))
        else:
            yield from _word_changes("".join(old[a:b]), "".join(new[c:d]))


def _word_changes(old: str, new: str) -> Iterator[Change]:
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    if len(before) > _WORDS_AT_MOST or len(after) > _WORDS_AT_MOST:
        yield from (Change("-", old), Change("+", new))
        return
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change("=", "".join(before[a:b]))
        else:
            yield from (Change("-", "".join(before[a:b])), Change("+", "".join(after[c:d])))


def _joined(changes: Iterator[Change]) -> Iterator[Change]:
    """The changes without empty ones, and those with the same sign in one."""
    whole = (change for change in changes if change.text)
    for sign, run in itertools.groupby(whole, key=lambda change: change.sign):
        yield Change(sign, "".join(change.text for change in run))
