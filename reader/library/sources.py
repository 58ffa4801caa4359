"""Where captures come from: files, folders, web addresses and standard input, each read as bytes within limits."""

import hashlib
import os
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final
from unicodedata import category, normalize

from reader.library.entry import Cancelled
from reader.library.fetch import FetchError, fetch, name_for
from reader.library.files import SIZE_LIMIT, Unreadable, explain, id_of, odd_kind, read_anywhere, read_inside, shown
from reader.library.provenance import Origin
from reader.library.scan import walk
from reader.text.clean import clean_line

_UNFIT: Final = re.compile(r"[^\w.,+=@()&'\- ]+")
_NAME_LIMIT: Final = 120


@dataclass(slots=True)
class Capture:
    """A capture on its way in: `name` is the path that it should have below the library."""

    origin: Origin
    name: str
    data: bytes
    staged: bytes = b""


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that gave no capture, and why, and what to do about it."""

    source: str
    message: str


def captures(sources: Iterable[str], stdin: IO[bytes] | None, cancelled: Cancelled) -> Iterator[Capture | Failure]:
    """What each source gives, or why it gives nothing; a folder gives every file in it."""
    for source in sources:
        if cancelled():
            return
        try:
            if not source.strip("\0"):
                yield Failure("(nothing)", "no file, folder or address is named. Name one, or - for standard input.")
            elif source == "-":
                yield _from_stdin(stdin)
            elif re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", source):
                fetched = fetch(source, cancelled=cancelled)
                origin = _origin(source, fetched.data, time.time_ns(), fetched.address, fetched.declared)
                yield Capture(origin, _fit(name_for(fetched, source)), fetched.data)
            elif Path(source).is_dir():
                yield from _from_folder(Path(source), cancelled)
            elif not os.path.lexists(source):
                yield Failure(shown(source), "there is no such file. Check the name; a web address begins with https://")
            else:
                contents = read_anywhere(Path(source))
                origin = _origin(str(Path(source).absolute()), contents.data, contents.modified_ns)
                yield Capture(origin, _fit(Path(source).name), contents.data)
        except (Unreadable, FetchError) as error:
            yield Failure(shown(source), f"{error.reason}. {error.advice}".strip())
        except (OSError, ValueError) as error:  # a path that cannot even be looked at
            reason = explain(error) if isinstance(error, OSError) else ("not a path", "Check how it is written.")
            yield Failure(shown(source), ". ".join(reason))


def _from_stdin(stdin: IO[bytes] | None) -> Capture | Failure:
    data = stdin.read(SIZE_LIMIT + 1) if stdin else b""
    odd = odd_kind(0o100000, len(data))
    if odd:
        return Failure("-", ". ".join(odd))
    ending = ".html" if re.match(rb"\s*<(?:!doctype html|html)", data[:200], re.IGNORECASE) else ".txt"
    origin = _origin("-", data, time.time_ns())
    return Capture(origin, f"input-{origin.captured[:10]}-{origin.sha256[:8]}{ending}", data)


def _from_folder(folder: Path, cancelled: Cancelled) -> Iterator[Capture | Failure]:
    """The files of a folder with the subfolders that they stand in; links are not followed."""
    base = folder.absolute()
    for inside in walk(folder, cancelled):
        if inside.failure:
            yield Failure(shown(base / os.fsdecode(inside.relative)), ". ".join(inside.failure))
        for name, size, _, mode in sorted(inside.rows):
            relative = inside.relative + b"/" + os.fsencode(name) if inside.relative else os.fsencode(name)
            path = str(base / os.fsdecode(relative))
            try:
                odd = odd_kind(mode, size)
                if odd:
                    raise Unreadable(shown(path), *odd)
                contents = read_inside(folder, relative)
            except Unreadable as error:
                yield Failure(shown(path), f"{error.reason}. {error.advice}".strip())
                continue
            parts = [_fit(part) for part in id_of(relative).split("/")]
            yield Capture(_origin(path, contents.data, contents.modified_ns), "/".join(parts), contents.data)


def _origin(source: str, data: bytes, captured_ns: int, address: str = "", declared: str = "") -> Origin:
    return Origin(
        hashlib.sha256(data).hexdigest(),
        shown(source),
        _time(captured_ns),
        _time(time.time_ns()),
        clean_line(address, 2000),
        clean_line(declared, 200),
    )


def _time(nanoseconds: int) -> str:
    return datetime.fromtimestamp(nanoseconds // 1_000_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _fitting(unfit: re.Match[str]) -> str:
    """What stands for characters that no name should have: the accents and vowel signs among them are kept."""
    signs = "".join(letter for letter in unfit[0] if category(letter).startswith("M"))
    return signs if len(signs) == len(unfit[0]) else f"{signs}-"


def _fit(name: str) -> str:
    """A file name that is easy to type and safe everywhere, its ending kept."""
    plain = _UNFIT.sub(_fitting, normalize("NFC", name.replace("\x00", ""))).strip("- .") or "capture"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 8:
        stem, dot, ending = plain, "", ""
    while len(f"{stem}{dot}{ending}".encode()) > _NAME_LIMIT:
        stem = stem[:-1]
    return f"{stem}{dot}{ending}"
