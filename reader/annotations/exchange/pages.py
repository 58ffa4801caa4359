"""W3C `AnnotationPage` and `AnnotationCollection`."""

import json
from collections.abc import Callable
from typing import Any

from reader.annotations.annotation import Annotation
from reader.annotations.exchange.material import LARGEST, Material
from reader.annotations.identity import id_for
from reader.annotations.w3c import CONTEXT, NotAnAnnotation, dumps, from_json, loads, page, urn


def write_page(annotations: list[Annotation], _: Material) -> bytes:
    """All annotations as one page."""
    return dumps(page(annotations))


def write_collection(annotations: list[Annotation], _: Material) -> bytes:
    """All annotations as a collection with one page, which stands in it."""
    only = page(annotations)
    if not annotations:  # the model allows a collection without pages, not a page without a collection
        return dumps({"@context": CONTEXT, "id": urn(id_for("empty")), "type": "AnnotationCollection", "total": 0})
    address = urn(id_for(str(only["id"])))
    del only["@context"]
    first = {**only, "partOf": address, "startIndex": 0}
    collection = {
        "@context": CONTEXT,
        "id": address,
        "type": "AnnotationCollection",
        "label": "Deskreader annotations",
        "total": len(annotations),
        "first": first,
        "last": only["id"],
    }
    return dumps(collection)


def read(data: bytes, _: Callable[[str], str | None]) -> tuple[Annotation, ...] | None:
    """The annotations of a page, a collection, a list, one annotation, or one annotation a line; else None.

    Members that are no annotations are passed over; a file with members of which none is one is not W3C.
    """
    items = _items(json_of(data))
    if items is None:
        return None
    found = [annotation for item in items if (annotation := _annotation(item)) is not None]
    return tuple(found) if found or not items else None


def json_of(data: bytes) -> Any:
    """The JSON of a file, as a list where each line is a value; None where it is no JSON."""
    if len(data) > LARGEST or data.lstrip()[:1] not in (b"{", b"["):
        return None
    try:
        return loads(data)
    except NotAnAnnotation:
        pass
    try:
        return [json.loads(line) for line in data.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None


def _items(found: Any) -> list[Any] | None:
    if isinstance(found, list):
        return found
    if not isinstance(found, dict):
        return None
    kind = found.get("type")
    if kind == "Annotation":
        return [found]
    if kind == "AnnotationPage":
        items = found.get("items")
        return items if isinstance(items, list) else []
    if kind == "AnnotationCollection":
        first = found.get("first")
        return _items(first) if isinstance(first, dict) else []
    return None


def _annotation(item: Any) -> Annotation | None:
    try:
        return from_json(item)
    except (NotAnAnnotation, RecursionError):
        return None
