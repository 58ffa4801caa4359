"""Every bad file becomes an article or a problem: nothing hangs, nothing crashes, nothing is passed over in silence."""

import gzip
import io
import os
import random
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.library.library import Library
from reader.text.clean import clean

from .captures import story
from .conftest import Write, refreshed

CONTAINER = """<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="%s" media-type="application/oebps-package+xml"/></rootfiles></container>"""


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def epub_bomb() -> bytes:
    return zipped(
        **{
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": (CONTAINER % "a.opf").encode(),
            "a.opf": b" " * 30_000_000,
        }
    )


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]><rss><title>&l11;</title></rss>'.encode()


FILES: dict[str, Callable[[], bytes]] = {
    "broken-utf8.txt": lambda: "Häfen und Städte\n\n".encode("latin-1") * 30 + b"\xc3\x28\xa0\xa1 words",
    "utf16-without-mark.txt": lambda: "\n\n".join(story(1)).encode("utf-16-le"),
    "comments.html": lambda: b"<!--" * 50_000,
    "open-tags.html": lambda: b"<div>" * 40_000 + b"words",
    "attributes.html": lambda: b"<p " + b"a=b " * 100_000 + b">words",
    "bomb.epub": epub_bomb,
    "bomb.docx": lambda: zipped(**{"word/document.xml": b"<a>" * 8_000_000, "[Content_Types].xml": b"<a/>"}),
    "traversal.epub": lambda: zipped(
        **{
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": (CONTAINER % "../../../etc/passwd").encode(),
            "../../../../tmp/evil": b"x",
        }
    ),
    "truncated.epub": lambda: epub_bomb()[:2000],
    "deep.json": lambda: b"[" * 200_000,
    "deep.jsonl": lambda: b'{"title": ' * 40_000,
    "laughs.rss": laughs,
    "encrypted.pdf": lambda: (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt<</Filter/Standard/V 5/R 6>>>>\n%%EOF"
    ),
    "noise.pdf": lambda: b"%PDF-1.4\n" + random.Random(1).randbytes(50_000),
    "noise.warc.gz": lambda: gzip.compress(b"WARC/1.0\r\n" + random.Random(2).randbytes(20_000)),
    "bomb.warc.gz": lambda: gzip.compress(b"\0" * 30_000_000, 9),
    "noise.bin": lambda: random.Random(3).randbytes(20_000),
    "nulls.txt": lambda: b"\0" * 1_000_000,
    "one-line.txt": lambda: b"word " * 80_000,
    "one-word.txt": lambda: b"a" * 400_000,
    "lines.txt": lambda: b"a\n" * 300_000,
    "escapes.txt": lambda: b"\x1b]0;title\x07\x1b[31mHeadline\x1b[0m\n\n\x9b31m words \x1bP bad",
    "marks.txt": lambda: ("e" + "\u0301" * 100_000).encode(),
    "nested.eml": lambda: b"Subject: a\n" + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 5_000,
    "fields.csv": lambda: b'title,text\n"' + b"a," * 100_000,
    "front.md": lambda: b"---\n" + b"a: &a [*a]\n" * 10_000 + b"---\n# Title\n\nWords.",
    "image.jpg": lambda: b"\xff\xd8\xff\xe0" + random.Random(4).randbytes(5_000),
}  # fmt: skip


@pytest.fixture
def hostile(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, make in FILES.items():
        (folder / name).write_bytes(make())
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "outside.txt").symlink_to("/etc/hostname")
    (folder / "dangling.txt").symlink_to("nowhere")
    (folder / "loop").symlink_to(".")
    with (folder / "sparse.txt").open("wb") as file:
        file.truncate(20_000_000_000)
    (folder / "empty.txt").touch()
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
    return folder


def test_every_bad_file_is_an_article_or_a_problem(library: Library, hostile: Path, write: Write) -> None:
    write("good.txt", *story(1))
    library._pool.time_limit = 2.0
    refreshed(library)
    entries = {entry.id.partition("#")[0] for entry in library.entries()}
    problems = {problem.path: problem for problem in library.problems()}
    assert "good.txt" in entries
    assert {
        "pipe.txt",
        "zero.txt",
        "outside.txt",
        "dangling.txt",
        "loop",
        "sparse.txt",
        "empty.txt",
        "socket.txt",
    } <= problems.keys()
    assert entries | problems.keys() == {path.name for path in hostile.iterdir()}
    assert not entries & problems.keys()
    for problem in problems.values():
        assert problem.reason
        assert problem.advice
        assert clean(problem.reason + problem.advice) == problem.reason + problem.advice
    for entry in library.entries():
        article = library.article(entry.id)
        assert clean(article.text) == article.text
        assert clean(entry.title + entry.outlet) == entry.title + entry.outlet


def test_a_second_look_reads_no_problem_again(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("noise.bin", "image.jpg", "escapes.txt"):
        (folder / name).write_bytes(FILES[name]())
        os.utime(folder / name, ns=(10**18, 10**18))
    os.mkfifo(folder / "pipe.txt")
    refreshed(library)
    assert len(library.problems()) == 3
    monkeypatch.setattr(library._pool, "run", lambda tasks, cancelled: iter([pytest.fail(str(one)) for one in tasks]))
    assert not refreshed(library)
    monkeypatch.undo()
    assert not refreshed(library, again=True).added
