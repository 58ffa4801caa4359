"""Notes go out in the forms of other programs and come back whole."""

import csv
import io
import json
import zipfile
from contextlib import suppress
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotations.annotation import Annotation, Stance, Target
from reader.annotations.codebook import Code, Codebook
from reader.annotations.exchange import FORMATS, read_notes, write_notes
from reader.annotations.exchange.guarded import xml
from reader.annotations.exchange.material import NotReadable, from_utf16, units
from reader.annotations.exchange.qdpx import codes
from reader.annotations.exchange.tables import guarded, unguarded
from reader.errors import DeskreaderError, WrongUsage
from reader.text.span import Span
from tests.annotations.making import TEXT, annotations, note, passage, source_of, text_of

READABLE = [form for form in FORMATS if form != "markdown"]


@pytest.mark.parametrize("form", READABLE)
@given(held=st.lists(annotations(), max_size=4, unique_by=lambda one: one.id))
@settings(max_examples=60, deadline=None)
def test_every_form_gives_back_what_it_was_given(form: str, held: list[Annotation]) -> None:
    back = read_notes("notes", write_notes(form, held, source_of, text_of))
    assert sorted(back, key=lambda one: one.id) == sorted(held, key=lambda one: one.id)


@pytest.mark.parametrize("form", READABLE)
def test_writing_what_was_read_changes_nothing(form: str) -> None:
    held = [note(1), note(2, Target("harbour/ferry.txt"), note="whole", tags=()), note(3, passage("🚢"))]
    data = write_notes(form, held, source_of, text_of)
    assert write_notes(form, read_notes("x", data), source_of, text_of) == data


@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_file_raises_anything_but_a_reason(data: bytes) -> None:
    for opening in (b"", b"PK\x03\x04", b"{", b"[", b"TY  - NEWS\nN1  - ", b"article,quote\n", b"Highlight,Note\n"):
        with suppress(DeskreaderError):
            read_notes("x", opening + data)


@given(
    rows=st.lists(
        st.dictionaries(
            st.sampled_from(["id", "uri", "target", "text", "tags", "user", "created"]),
            st.none() | st.integers() | st.text(max_size=4) | st.lists(st.text(max_size=3), max_size=2),
        )
    )
)
def test_no_row_from_elsewhere_raises_anything_but_a_reason(rows: list[dict[str, object]]) -> None:
    with suppress(DeskreaderError):
        read_notes("x", json.dumps(rows).encode())


def test_an_unknown_form_is_refused_with_the_known_ones() -> None:
    with pytest.raises(WrongUsage, match="qdpx"):
        write_notes("pdf", [])
    with pytest.raises(NotReadable):
        read_notes("x.txt", b"just words")


def test_a_collection_holds_its_page() -> None:
    collection = json.loads(write_notes("collection", [note(1), note(2)]))
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == 2
    assert collection["first"]["partOf"] == collection["id"]
    assert collection["last"] == collection["first"]["id"]
    assert "@context" not in collection["first"]
    assert json.loads(write_notes("collection", []))["total"] == 0


def test_hypothesis_counts_in_utf16() -> None:
    (row,) = json.loads(write_notes("hypothesis", [note()], source_of, text_of))["rows"]
    position, quote = row["target"][0]["selector"]
    start = TEXT.index("denied it") + 1  # the ship is two units
    assert (position["start"], position["end"]) == (start, start + 9)
    assert quote["exact"] == "denied it"
    assert row["uri"] == "https://harbourwire.example/ferry?id=1&x=2"


def test_offsets_of_the_service_are_taken_where_they_fit() -> None:
    (row,) = json.loads(write_notes("hypothesis", [note()], source_of, text_of))["rows"]
    del row["deskreader"]
    find, texts = (lambda _: "harbour/ferry.txt"), {"harbour/ferry.txt": TEXT}.get
    (found,) = read_notes("x", json.dumps([row]).encode(), find, texts)
    assert found.targets == (passage("denied it"),)
    del row["target"][0]["selector"][1]
    (found,) = read_notes("x", json.dumps([row]).encode(), find, texts)
    assert found.targets == (passage("denied it"),)
    row["target"][0]["selector"][0]["end"] = 10**9
    (found,) = read_notes("x", json.dumps([row]).encode(), find, texts)
    assert found.targets == (Target("harbour/ferry.txt"),)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), st.data())
def test_utf16_offsets_lead_back(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    first = units(text[: span.start])
    assert from_utf16(text, first, first + units(span.of(text))) == span


def test_an_offset_within_a_character_is_none() -> None:
    assert from_utf16("🚢", 1, 2) is None
    assert from_utf16("a", 0, 5) is None


def test_rows_of_the_hypothesis_service_come_in_and_go_out_again() -> None:
    row = {
        "id": "abcDEF",
        "uri": "https://harbourwire.example/ferry?id=1&x=2",
        "user": "acct:leyla@hypothes.is",
        "text": "Is that so?",
        "tags": ["doubt"],
        "created": "2020-01-01T00:00:00.000000+00:00",
        "updated": "2020-01-02T00:00:00.000000+00:00",
        "group": "__world__",
        "permissions": {"read": ["group:__world__"]},
        "flagged": False,
        "target": [{"source": "x", "selector": [{"type": "TextQuoteSelector", "exact": "denied it"}]}],
    }
    data = json.dumps({"total": 1, "rows": [row]}).encode()
    (found,) = read_notes("x", data, lambda address: "harbour/ferry.txt" if "ferry" in address else None)
    assert (found.creator, found.note, found.tags, found.private) == ("leyla", "Is that so?", ("doubt",), False)
    assert found.targets == (Target("harbour/ferry.txt", exact="denied it"),)
    (again,) = json.loads(write_notes("hypothesis", [found]))["rows"]
    assert {key: value for key, value in again.items() if key != "deskreader"} == row


@given(st.text(max_size=8) | st.sampled_from(["=1+1", "'=x", "＝1", "\t", "''-"]))
def test_a_cell_is_never_a_formula_and_comes_back(cell: str) -> None:
    safe = guarded(cell)
    assert safe[:1] not in set("=+-@\t\r＝＋－＠") or not safe
    assert unguarded(safe) == cell


def test_a_table_edited_in_a_spreadsheet_is_taken_over() -> None:
    data = write_notes("csv", [note()], source_of).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    assert rows[0]["outlet"] == "Harbour Wire"
    rows[0]["note"], rows[0]["tags"] = "Settled", "denial; closed"
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    (found,) = read_notes("x.csv", out.getvalue().encode())
    assert (found.note, found.tags) == ("Settled", ("denial", "closed"))
    assert found.targets == note().targets


def test_a_plain_table_needs_an_article_and_a_quotation() -> None:
    (found,) = read_notes("x.csv", b"article,quote,note,mood\r\na.txt,it sank,why?,grim\r\n")
    assert found.targets == (Target("a.txt", exact="it sank"),)
    assert found.note == "why?"
    assert b"grim" in write_notes("csv", [found])


def test_a_claim_has_a_row_for_each_passage() -> None:
    claim = note(
        1, passage("sank", stance=Stance.SUPPORTS), passage("denied it", stance=Stance.CONTRADICTS), kind="claim"
    )
    data = write_notes("csv", [claim])
    assert data.count(b"\r\n") == 3
    assert read_notes("x", data) == (claim,)


def test_readwise_gives_and_takes() -> None:
    header = b"Highlight,Book Title,Book Author,Note,Color,Tags,Location,Highlighted at"
    data = header + b'\r\nIt sank,Ferry lost,Mara,hm,blue,"a, b",3,2020-01-01\r\n'
    (found,) = read_notes("x.csv", data, lambda name: "harbour/ferry.txt" if name == "Ferry lost" else None)
    assert found.source == "harbour/ferry.txt"
    assert found.tags == ("a", "b")
    again = write_notes("readwise", [found]).decode()
    assert "Book Author" in again
    assert "blue" in again


def test_zotero_notes_without_their_attribute_still_say_what_was_quoted() -> None:
    data = write_notes("zotero", [note()], source_of).decode()
    assert "TI  - Ferry lost *near* Port Ansel" in data
    assert data.count("AU  - ") == 2
    bare = data[: data.index(" data-deskreader")] + data[data.index('"><p>“') + 1 :]
    (found,) = read_notes("x.ris", bare.encode())
    assert found.targets[0].exact == "denied it"
    assert found.note == "Ask *him* again\n\nand soon."
    assert found.tags == ("denial", "owner")


def test_a_zotero_highlight_is_read() -> None:
    cited = '<span class="citation">(<span>Quill, p. 1</span>)</span>'
    highlight = f'<p><span class="highlight" data-annotation="x">“it sank”</span> {cited} why?</p>'
    (found,) = read_notes("x", f"TY  - NEWS\r\nTI  - Ferry\r\nN1  - {highlight}\r\nER  - \r\n".encode())
    assert (found.targets[0].exact, found.note, found.source) == ("it sank", "why?", "Ferry")


def test_a_project_holds_texts_codes_and_selections() -> None:
    with zipfile.ZipFile(io.BytesIO(write_notes("qdpx", [note()], source_of, text_of))) as archive:
        root = ElementTree.fromstring(archive.read("project.qde"))
        space = {"q": "urn:QDA-XML:project:1.0"}
        source = root.find(".//q:TextSource", space)
        assert source is not None
        name = source.attrib["plainTextPath"].removeprefix("internal://")
        text = archive.read(f"Sources/{name}").decode()
    selection = source.find("q:PlainTextSelection", space)
    assert selection is not None
    assert text[int(selection.attrib["startPosition"]) : int(selection.attrib["endPosition"])] == "denied it"
    codes = {code.attrib["guid"]: code.attrib["name"] for code in root.iter("{urn:QDA-XML:project:1.0}Code")}
    used = [one.attrib["targetGUID"] for one in selection.iter("{urn:QDA-XML:project:1.0}CodeRef")]
    assert [codes[one] for one in used] == ["denial", "owner"]


def without_own_file(data: bytes) -> bytes:
    """The project as another program would write it again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as other:
        for name in archive.namelist():
            if name != "deskreader.json":
                other.writestr(name, archive.read(name))
    return out.getvalue()


def test_a_project_of_another_program_is_read() -> None:
    data = without_own_file(write_notes("qdpx", [note(), note(2, passage("مغلق"))], source_of, text_of))
    found = read_notes("x.qdpx", data)
    assert [one.id for one in found] == [note().id, note(2).id]
    assert found[0].targets[0] == passage("denied it")
    assert (found[0].note, found[0].tags, found[0].creator) == (note().note, note().tags, "ana")
    assert found[1].targets[0].exact == "مغلق"


def test_a_project_holds_the_codebook() -> None:
    book = Codebook((Code("loss"), Code("denial", "says it is not so", "red", "loss"), Code("owner", parent="denial")))
    data = write_notes("qdpx", [note(tags=("denial", "other"))], source_of, text_of, book)
    back = codes(data)
    assert [(code.name, depth) for code, depth in back.tree()] == [
        ("loss", 0),
        ("denial", 1),
        ("owner", 2),
        ("other", 0),
    ]
    assert back.get("denial") == book.get("denial")
    (found,) = read_notes("x", without_own_file(data))
    assert found.tags == ("denial", "other")


def test_a_project_without_texts_still_holds_the_quotations() -> None:
    found = read_notes("x", without_own_file(write_notes("qdpx", [note(), note(2, passage("sank"))])))
    assert [one.targets[0].exact for one in found] == ["denied it", "sank"]


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize("data", [BOMB, b"<a><b></a>", b"", b"<a>" * 500, b"\xff\xfe"])
def test_crafted_xml_is_refused(data: bytes) -> None:
    with pytest.raises(NotReadable):
        xml("x", data)


@pytest.mark.parametrize("name", ["../out", "/etc/x", "a/../../b", "C:/x"])
def test_an_archive_that_reaches_outside_is_refused(name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, b"x")
    with pytest.raises(NotReadable):
        read_notes("x.qdpx", out.getvalue())


def test_an_archive_that_unpacks_to_far_more_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b"0" * 5_000_000)
    with pytest.raises(NotReadable, match="far more"):
        read_notes("x.qdpx", out.getvalue())


def test_the_report_cites_every_quotation_and_runs_nothing() -> None:
    hostile = Target("a.txt", exact="# <script>x</script> [a](javascript:b)\n- `c`")
    claim = note(
        3, passage("sank", stance=Stance.SUPPORTS), kind="claim", note="It sank", reliability="B", credibility=2
    )
    report = write_notes("markdown", [note(1), note(2, hostile, note="<b>mine</b>"), claim], source_of).decode()
    assert "> denied it\n>\n> — Harbour Wire, “Ferry lost \\*near\\* Port Ansel”, by Mara Quill" in report
    assert "### It sank" in report
    assert "**Supports**" in report
    assert "grade: B2" in report
    assert "\\<script>" not in report.replace("\\<script\\>", "")
    assert "[a](" not in report
    assert "\\<b>mine" in report


@given(st.lists(annotations(), max_size=3))
@settings(deadline=None)
def test_any_notes_make_a_report(held: list[Annotation]) -> None:
    assert write_notes("markdown", held).startswith(b"# Notes\n")
