"""Older forms of an annotation's file, each brought to the next by one numbered step.

A file is read in whichever form it has and written in the newest when it changes. `MIGRATIONS[n]` turns the
JSON of schema n into that of schema n + 1. Schema 0 is what other programs write: the W3C model, without a
number.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from reader.annotations.annotation import Annotation
from reader.annotations.w3c import SCHEMA, SCHEMA_KEY, NotAnAnnotation, from_json, loads, schema_of, to_json

Migration = Callable[[dict[str, Any]], dict[str, Any]]


def _adopt(data: dict[str, Any]) -> dict[str, Any]:
    """From another program's W3C annotation to one in this program's plain form, its unknown keys kept."""
    return {**to_json(from_json(data)), SCHEMA_KEY: 1}


MIGRATIONS: Final[Mapping[int, Migration]] = {0: _adopt}


def upgraded(data: object) -> dict[str, Any]:
    """The JSON of a file in the newest schema; raises `NotAnAnnotation`. A newer one than this is left as it
    is.
    """
    if not isinstance(data, dict):
        raise NotAnAnnotation("the file holds no JSON object")
    for number in range(schema_of(data), SCHEMA):
        data = MIGRATIONS[number](data)
    return data


def read_annotation(data: bytes) -> tuple[Annotation, int]:
    """The annotation in a file's bytes and the schema that they were written in; raises `NotAnAnnotation`."""
    found = loads(data)
    number = schema_of(found) if isinstance(found, dict) else 0
    return from_json(found if number >= SCHEMA else upgraded(found)), number
