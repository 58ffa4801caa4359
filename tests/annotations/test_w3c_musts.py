"""What the Web Annotation Data Model says must be, of every annotation, page and collection that is written."""

import json
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotations.annotation import Annotation
from reader.annotations.exchange import write_notes
from tests.annotations.making import annotations

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def listed(value: object) -> list[Any]:
    """One value or many, as many."""
    return value if isinstance(value, list) else [value]


def is_address(value: object) -> bool:
    """Whether the value is one absolute IRI."""
    return isinstance(value, str) and bool(ADDRESS.fullmatch(value))


def check_annotation(one: dict[str, Any]) -> None:
    """The musts of sections 3 and 4."""
    assert CONTEXT in listed(one["@context"])
    assert is_address(one["id"])
    assert "Annotation" in listed(one["type"])
    assert one["target"]
    assert not ("body" in one and "bodyValue" in one)
    for key in ("created", "modified"):
        assert key not in one or MOMENT.fullmatch(one[key])
    for body in listed(one.get("body", [])):
        if "TextualBody" in listed(body.get("type")):
            assert isinstance(body["value"], str)
    for target in listed(one["target"]):
        assert isinstance(target, str) or len(listed(target.get("source", target.get("id")))) == 1
        for selector in listed(target.get("selector", [])) if isinstance(target, dict) else []:
            if selector["type"] == "TextPositionSelector":
                assert 0 <= selector["start"] <= selector["end"]
            if selector["type"] == "TextQuoteSelector":
                assert isinstance(selector["exact"], str)


def check_page(page: dict[str, Any], total: int) -> None:
    """The musts of section 5.2."""
    assert is_address(page["id"])
    assert "AnnotationPage" in listed(page["type"])
    assert len(page["items"]) == total
    for item in page["items"]:
        check_annotation(item)


@given(st.lists(annotations(), max_size=4, unique_by=lambda one: one.id))
@settings(deadline=None)
def test_pages_and_collections_are_what_they_must_be(held: list[Annotation]) -> None:
    page = json.loads(write_notes("w3c", held))
    assert page["@context"] == CONTEXT
    check_page(page, len(held))
    collection = json.loads(write_notes("collection", held))
    assert collection["@context"] == CONTEXT
    assert is_address(collection["id"])
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == len(held)
    if held:
        check_page(collection["first"], len(held))
        assert collection["first"]["partOf"] == collection["id"]
        assert collection["first"]["startIndex"] == 0
        assert is_address(collection["last"])
