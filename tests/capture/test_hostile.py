"""Any bytes under any name become articles or a CaptureError, and nothing else."""

import gzip
import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.capture.formats import CaptureError, Parsed, parse
from reader.capture.pipeline import articles_of
from tests.capture import makers
from tests.capture.test_containers import MESSAGE, PAGES
from tests.capture.test_exports import ATOM, CSL, RSS

WHOLE = {
    "a.epub": makers.epub(),
    "a.docx": makers.docx([("Title", "Low Water"), ("", "The tide went out.")]),
    "a.pdf": makers.pdf([["Low water", "The tide went out."]], "Low water"),
    "a.warc": makers.warc(PAGES),
    "a.warc.gz": makers.warc(PAGES, squeezed=True),
    "a.eml": MESSAGE.encode(),
    "a.mbox": b"From ann@wire.example Tue Apr  2 10:11:12 2019\n" + MESSAGE.encode(),
    "a.mht": b"MIME-Version: 1.0\nSubject: x\nContent-Type: multipart/related;"
             b" boundary=x\n\n--x\nContent-Type: text/html\n\n<p>Hi</p>\n--x--\n",
    "a.rss": RSS.encode(),
    "a.atom": ATOM.encode(),
    "a.json": json.dumps(CSL).encode(),
    "a.jsonl": b'{"title": "One"}\n{"title": "Two"}\n',
    "a.csv": b"title,text\nOne,First\n",
    "a.ris": b"TY  - NEWS\nTI  - One\nER  - \n",
    "a.html": makers.page("Low water", "The tide went out."),
    "a.md": b"---\ntitle: One\n---\n# One\n\nText.\n",
    "a.txt": "One\n\nText à lire.\n".encode(),
}


def attempt(name: str, data: bytes, encoding: str | None = None) -> Parsed | CaptureError:
    try:
        parsed = parse(name, data, encoding)
    except CaptureError as error:
        return error
    assert parsed.documents
    if len(parsed.documents) > 1:
        names = [one.fragment for one in parsed.documents]
        assert all(names)
        assert len(set(names)) == len(names)
    return parsed


@pytest.mark.parametrize("name", WHOLE)
def test_the_files_themselves_are_read_the_same_each_time(name: str) -> None:
    parsed = parse(name, WHOLE[name])
    assert parsed == parse(name, WHOLE[name])
    assert parsed.format != "text" or name == "a.txt"


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from(sorted(WHOLE)), st.sampled_from([None, "utf-16", "cp1252", "no such"]))
def test_noise_under_any_name(data: bytes, name: str, encoding: str | None) -> None:
    attempt(name, data, encoding)
    attempt(name, WHOLE[name][:60] + data, encoding)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 2**32), st.integers(1, 12))
def test_damaged_files(name: str, seed: int, blows: int) -> None:
    chance = random.Random(seed)
    data = bytearray(WHOLE[name])
    for _ in range(blows):
        place = chance.randrange(len(data))
        blow = chance.choice(("byte", "cut", "double", "drop"))
        if blow == "byte":
            data[place] = chance.randrange(256)
        elif blow == "cut" and len(data) > 40 and chance.random() < 0.3:
            del data[place:]
        elif blow == "double":
            data[place:place] = data[place : place + chance.randrange(1, 60)]
        else:
            del data[place : place + chance.randrange(1, 20)]
        if not data:
            break
    attempt(name, bytes(data))


@pytest.mark.parametrize("name", WHOLE)
def test_every_truncation_of_a_file(name: str) -> None:
    whole = WHOLE[name]
    for end in range(0, len(whole), max(1, len(whole) // 40)):
        attempt(name, whole[:end])


@pytest.mark.parametrize("line", ["_".join("abc" * 23) + " (1)", *(f"Reply{gap * 1500}+" for gap in " \t")])
def test_lines_that_hold_up_a_careless_pattern_are_read_at_once(line: str) -> None:
    (article,) = articles_of("page.txt", "page.txt", line.encode())
    assert article.text == line


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32", "cp1256", "koi8-r"])
def test_texts_in_every_alphabet_and_encoding(encoding: str) -> None:
    page = "<!doctype html><html><body><h1>Tide</h1><p>The tide went out again today.</p></body></html>"
    parsed = parse("a.html", page.encode(encoding))
    assert parsed.format == "html"
    assert any("The tide went out" in line.text for line in parsed.documents[0].lines)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<html>" + b"<!--" * 50_000),
        ("a.html", b"<html>" + b"<div>" * 90_000 + b"deep"),
        ("a.html", b"<html><p " + b"a=1 " * 200_000 + b">x"),
        ("a.html", b"<html><p class='" + b"share " * 200_000 + b"'>x"),
        ("a.html", b"<html>" + b"&" * 1_000_000),
        ("a.html", b"<html>" + b"<" * 1_000_000),
        ("a.html", b"<html>" + b"<table><tr><td>" * 30_000),
        ("a.html", b"<html>" + b'<div class="comment" id="comment-1">x' * 30_000),
        ("a.html", b'<html><script type="application/ld+json">' + b"[" * 500_000),
        ("a.xml", b"<rss>" + b"<channel>" * 100_000),
        ("a.eml", b"From: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed;"
                  b" boundary=x\n\n" + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 1_500),
        ("a.eml", b"From: a\nSubject: =?utf-8?q?" + b"=C3" * 50_000 + b"?=\nDate: x\n\nText"),
        ("a.mbox", b"From a 2019\nX: y\n" * 15_000),
        ("a.warc", b"WARC/1.0\r\nContent-Length: 0\r\n\r\n" * 50_000),
        ("a.warc.gz", gzip.compress(b"WARC/1.0\r\n") * 5_000),
        ("a.csv", b"title,text\n" + b'"' * 200_001),
        ("a.ris", b"TY  - X\n" * 50_000),
        ("a.md", b"---\n" + b"- a\n" * 50_000),
        ("a.txt", b"\n" * 300_000),
    ],
    ids=range(19),
)  # fmt: skip
def test_shapes_that_hang_a_careless_parser(name: str, data: bytes) -> None:
    attempt(name, data)
