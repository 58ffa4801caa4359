"""Older forms of an annotation's file, each brought to the next by one numbered step.

A file is read in whichever form it has and written in the newest when it changes. `MIGRATIONS[n]` turns the
JSON of schema n into that of schema n + 1. Schema 0 is what other programs write: the W3C model, without a
number.
"""

import io
import tarfile
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from reader.annotations.annotation import Annotation
from reader.annotations.identity import timestamp
from reader.annotations.layout import Layout
from reader.annotations.w3c import SCHEMA, SCHEMA_KEY, NotAnAnnotation, from_json, loads, schema_of, to_json

Migration = Callable[[dict[str, Any]], dict[str, Any]]


def _adopt(data: dict[str, Any]) -> dict[str, Any]:
    """From another program's W3C annotation to one in this program's plain form, its unknown keys kept."""
    return {**to_json(from_json(data)), SCHEMA_KEY: 1}


MIGRATIONS: Final[Mapping[int, Migration]] = {0: _adopt}


def upgraded(data: object) -> dict[str, Any]:
    """The JSON of a file in the newest schema; raises `NotAnAnnotation`. A newer one is left as it is."""
    if not isinstance(data, dict):
        raise NotAnAnnotation("the file holds no JSON object")
    number = schema_of(data)
    if number < 0:
        raise NotAnAnnotation(f"there is no schema {number}")
    for step in range(number, SCHEMA):
        data = MIGRATIONS[step](data)
    return data


def read_annotation(data: bytes) -> tuple[Annotation, int]:
    """The annotation in a file's bytes and the schema they were written in; raises `NotAnAnnotation`."""
    found = upgraded(loaded := loads(data))
    return from_json(found), schema_of(loaded)


def back_up(layout: Layout, paths: Iterable[Path], now: datetime) -> Path:
    """Pack files of the store, as they are, into one archive below `backups/`, durably; its path.

    The store must be locked. Raises OSError.
    """
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for path in paths:
            data, _stamp = layout.files.read(path)
            member = tarfile.TarInfo(str(path.relative_to(layout.root)))
            member.size = len(data)
            member.mtime = int(now.timestamp())
            member.mode = 0o600
            archive.addfile(member, io.BytesIO(data))
    folder = layout.root / "backups"
    layout.make_unversioned(folder)
    name = f"annotations-{timestamp(now).replace(':', '')}"
    taken = set(layout.files.names(folder))
    names = [f"{name}.tar.gz", *(f"{name}-{number}.tar.gz" for number in range(len(taken)))]
    path = folder / next(one for one in names if one not in taken)
    layout.replace(path, packed.getvalue(), private=True)
    return path
