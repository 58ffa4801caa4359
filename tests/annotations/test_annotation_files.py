"""The W3C form of annotations: round trips that lose nothing, and what other programs write."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from reader.annotations.annotation import Annotation, Stance, Target
from reader.annotations.identity import folder_name, id_for, is_id, later_stamp, moment, new_id, timestamp
from reader.annotations.migrations import read_annotation, upgraded
from reader.annotations.naming import cleaned
from reader.annotations.passages import address_of, source_of
from reader.annotations.w3c import NotAnAnnotation, dumps, from_json, loads, page, to_json
from reader.text.span import Span

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
LINES = st.text("abc éü يعد ñ#-", max_size=12)
NAMES = LINES.filter(str.strip)
IDS = st.integers(0, 2**40).map(lambda number: new_id(datetime.fromtimestamp(number / 1000, UTC)))
SPANS = st.tuples(st.integers(0, 10**7), st.integers(0, 500)).map(lambda pair: Span(pair[0], sum(pair)))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | LINES,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(LINES, inner, max_size=2),
    max_leaves=4,
)
EXTRAS = st.dictionaries(st.sampled_from(("rights", "generator", "x:odd", "audience")), VALUES.filter(bool), max_size=2)
SOURCES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
TARGETS = st.builds(
    Target,
    source=SOURCES,
    text_sha256=st.sampled_from(("", "0" * 64, "a1" * 32)),
    span=st.none() | SPANS,
    exact=TEXTS,
    prefix=TEXTS,
    suffix=TEXTS,
    stance=st.none() | st.sampled_from(Stance),
    extra=EXTRAS,
)
ANNOTATIONS = st.builds(
    Annotation,
    id=IDS,
    creator=NAMES,
    created=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(timestamp),
    modified=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(timestamp),
    targets=st.lists(TARGETS, min_size=1, max_size=3).map(tuple),
    note=TEXTS,
    tags=st.lists(NAMES, max_size=3).map(tuple),
    pen=st.none() | NAMES,
    kind=st.sampled_from(("note", "claim", "link", "grade", "reply")),
    reliability=st.none() | st.sampled_from("ABCDEF"),
    credibility=st.none() | st.integers(1, 6),
    private=st.booleans(),
    extra=EXTRAS,
).map(cleaned)


@given(ANNOTATIONS)
def test_an_annotation_comes_back_from_its_file_as_it_was(annotation: Annotation) -> None:
    assert read_annotation(dumps(to_json(annotation))) == (annotation, 1)


@given(ANNOTATIONS)
def test_the_file_meets_the_model(annotation: Annotation) -> None:
    data = to_json(annotation)
    assert data["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert data["type"] == "Annotation"
    assert data["id"].startswith("urn:uuid:")
    assert data["creator"]["type"] == "Person"
    assert data["motivation"] in {"commenting", "highlighting", "tagging", "assessing", "linking", "replying"}
    for body in data.get("body", []):
        assert body["type"] == "TextualBody"
        assert body["purpose"] in ("commenting", "tagging")
    for target in data["target"]:
        assert target["type"] == "SpecificResource"
        assert isinstance(target["source"], str)
        assert not any(one.isspace() for one in target["source"])
        assert {one["type"] for one in target.get("selector", [])} <= {"TextQuoteSelector", "TextPositionSelector"}


def grown(data: Any, path: list[int], keys: dict[str, Any]) -> None:
    """Put unknown keys into the object that the path leads to."""
    for step in path:
        inner = [
            value for value in (data.values() if isinstance(data, dict) else data) if isinstance(value, (dict, list))
        ]
        if not inner:
            break
        data = inner[step % len(inner)]
    if isinstance(data, dict):
        data.update(keys)


@given(
    ANNOTATIONS, st.lists(st.integers(0, 5), max_size=4), EXTRAS.map(lambda keys: {f"z{k}": v for k, v in keys.items()})
)
def test_unknown_keys_at_any_place_of_the_file_are_written_again(
    annotation: Annotation, path: list[int], keys: dict[str, Any]
) -> None:
    data = to_json(annotation)
    grown(data, path, keys)
    once = from_json(json.loads(dumps(data)))
    assert from_json(to_json(once)) == once
    assert to_json(once) == to_json(from_json(to_json(once)))
    written = json.dumps(to_json(once))
    assert all(json.dumps(key) in written for key in keys) or json.dumps(data) == json.dumps(to_json(annotation))


@given(
    st.recursive(
        VALUES,
        lambda inner: st.dictionaries(
            st.sampled_from(
                (
                    "id",
                    "type",
                    "target",
                    "body",
                    "selector",
                    "source",
                    "creator",
                    "value",
                    "purpose",
                    "exact",
                    "start",
                    "end",
                    "state",
                    "cached",
                    "motivation",
                    "created",
                    "styleClass",
                    "deskreader:schema",
                    "deskreader:kind",
                )
            ),
            inner
            | st.sampled_from(("Annotation", "TextualBody", "TextQuoteSelector", "TextPositionSelector", "tagging")),
            max_size=6,
        ),
    )
)
def test_no_json_makes_reading_fail_in_another_way(data: Any) -> None:
    for tried in (data, {"type": "Annotation", "id": "urn:x", "target": data, "body": data, "creator": data}):
        try:
            found = from_json(upgraded(tried))
        except NotAnAnnotation:
            continue
        assert read_annotation(dumps(to_json(found)))[0] == found


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[1]", b"null", b'{"type": "Annotation"}', b"\xff\xfe", b"[" * 100_000, b'{"a": NaN}',
     b'{"type": "Annotation", "id": "x", "target": [], "deskreader:schema": 1}',
     b'{"type": "Annotation", "id": "x", "target": "y", "deskreader:schema": -1}'],
)  # fmt: skip
def test_what_is_no_annotation_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(NotAnAnnotation):
        read_annotation(data)


def test_annotations_of_other_programs_are_understood() -> None:
    data = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"x": "https://example.org/x#"}],
        "id": "https://example.org/notes/7",
        "type": "Annotation",
        "motivation": ["bookmarking", "commenting"],
        "creator": {"id": "https://example.org/ana", "type": "Person", "nickname": "Ana"},
        "created": "2020-02-03T04:05:06Z",
        "bodyValue": "worth a second look",
        "target": {"source": "https://example.org/ferry", "selector": {"type": "TextQuoteSelector", "exact": "ferry"}},
    }
    found = from_json(data)
    assert found.id == id_for("https://example.org/notes/7")
    assert (found.creator, found.note, found.modified) == ("Ana", "worth a second look", "2020-02-03T04:05:06Z")
    assert (found.source, found.targets[0].exact) == ("https://example.org/ferry", "ferry")
    again = to_json(found)
    assert again["canonical"] == data["id"]
    assert again["creator"] == data["creator"]
    assert again["@context"] == data["@context"]
    assert again["motivation"] == ["commenting", "bookmarking"]
    assert upgraded(data) == again


def test_a_page_has_one_address_for_the_same_annotations() -> None:
    one = Annotation(id_for("x"), "Ana", "", "", (Target("a"),))
    assert page([one]) == page([one])
    assert page([one])["id"] != page([replace(one, modified="2020-01-01T00:00:00.000Z")])["id"]
    assert page([])["items"] == []


@given(SOURCES)
def test_an_address_leads_back_to_its_article(source: str) -> None:
    assert source_of(address_of(source)) == source


@pytest.mark.parametrize(
    "source", ["a b/c#2", "caf\udce9.txt", "100%.txt", "what?.txt", "c:/x", "https://example.org/a%20b"]
)
def test_odd_names_of_articles_survive(source: str) -> None:
    assert source_of(loads(dumps(address_of(source)))) == source


@given(st.text(max_size=300))
def test_folder_names_are_safe(text: str) -> None:
    name = folder_name(text)
    assert name == folder_name(text)
    assert len(name.encode()) <= 200
    assert not {"/", "\0", "."} & set(name)
    assert folder_name(text + "x") != name


def test_ids_sort_by_age_and_times_never_go_back() -> None:
    start = datetime(2021, 1, 1, tzinfo=UTC)
    ids = [new_id(start + timedelta(milliseconds=number)) for number in range(50)]
    assert ids == sorted(ids)
    assert all(is_id(one) and one[14] == "7" and one[19] in "89ab" for one in ids)
    assert later_stamp(start, timestamp(start + timedelta(days=1))) > timestamp(start + timedelta(days=1))
    assert moment("nonsense") is None
