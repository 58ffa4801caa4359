"""Bringing captures in."""

import http.server
import io
import os
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.library import importer
from reader.library.importer import Step, bring_in
from reader.library.library import Library

from .captures import story
from .conftest import Write, refreshed


def bring(library: Library, *sources: object, stdin: bytes = b"") -> list[Step]:
    return list(bring_in(library, [str(source) for source in sources], io.BytesIO(stdin)))


def text(number: int, length: int = 4) -> str:
    return "\n\n".join(story(number, length)) + "\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    made = tmp_path / "from"
    (made / "north").mkdir(parents=True)
    (made / "a.txt").write_text(text(1))
    (made / "north" / "b.txt").write_text(text(2))
    return made


def test_files_and_folders_are_copied_with_their_provenance(library: Library, source: Path) -> None:
    os.utime(source / "a.txt", (1_000_000_000, 1_000_000_000))
    steps = bring(library, source / "a.txt", source / "north")
    assert [(step.outcome, step.id) for step in steps] == [("added", "a.txt"), ("added", "b.txt")]
    assert library.raw("a.txt") == (source / "a.txt").read_bytes()
    assert {entry.id for entry in library.entries()} == {"a.txt", "b.txt"}
    origin = library.history.origin("a.txt")
    assert origin is not None
    assert origin.source == str(source / "a.txt")
    assert origin.captured == "2001-09-09T01:46:40Z"
    assert origin.imported > origin.captured
    assert library.history.captured("a.txt") == origin.captured


def test_a_folder_keeps_its_subfolders(library: Library, source: Path) -> None:
    assert [step.id for step in bring(library, source)] == ["a.txt", "north/b.txt"]


def test_an_import_can_be_repeated(library: Library, source: Path) -> None:
    bring(library, source)
    (source / "renamed.txt").write_bytes((source / "a.txt").read_bytes())
    assert {(step.outcome, step.id) for step in bring(library, source)} == {
        ("present", "a.txt"),
        ("present", "north/b.txt"),
    }
    assert library.count() == 2


def test_an_import_can_be_interrupted(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "_BATCH", 4)
    for number in range(10):
        (tmp_path / f"{number}.txt").write_text(text(number))
    sources = [str(tmp_path / f"{number}.txt") for number in range(10)]
    going = bring_in(library, sources)
    for _ in range(5):
        next(going)
    going.close()  # type: ignore[attr-defined]
    assert library.count() == 5
    assert not list(library.folder.glob(".*"))
    rest = [step.outcome for step in bring(library, *sources)]
    assert rest == ["present"] * 5 + ["added"] * 5


def test_two_captures_of_one_name_are_both_kept(library: Library, source: Path) -> None:
    other = "A mine in the hills\n\nThe old mine above Tarn was opened again in May, and forty people work in it."
    (source / "north" / "a.txt").write_text(other)
    assert [step.id for step in bring(library, source / "a.txt", source / "north" / "a.txt")] == ["a.txt", "a-2.txt"]
    assert "The old mine above Tarn" in library.article("a-2.txt").text


def test_a_newer_capture_takes_the_place_of_the_older_one(library: Library, source: Path) -> None:
    os.utime(source / "a.txt", (1_000_000_000, 1_000_000_000))
    bring(library, source / "a.txt")
    old = library.raw("a.txt")
    (source / "a.txt").write_text(text(1) + "\nOne more paragraph was added in the evening of the same day.\n")
    (step,) = bring(library, source / "a.txt")
    assert (step.outcome, step.id) == ("version", "a.txt")
    assert b"One more paragraph" in library.raw("a.txt")
    versions = library.versions("a.txt")
    assert [version.current for version in versions] == [True, False]
    assert versions[1].captured == "2001-09-09T01:46:40Z"
    assert versions[1].source == str(source / "a.txt")
    earlier = library.history.article(versions[1])
    assert earlier.id == "a.txt"
    assert "One more paragraph" not in earlier.text
    assert earlier.text.split() == old.decode().split()
    assert library.history.article(versions[0]).text == library.article("a.txt").text


def test_an_older_capture_is_kept_beside_the_newer_one(library: Library, source: Path) -> None:
    newer = text(1) + "\nOne more paragraph was added in the evening of the same day.\n"
    (source / "north" / "a.txt").write_text(newer)
    bring(library, source / "north" / "a.txt")
    os.utime(source / "a.txt", (1_000_000_000, 1_000_000_000))
    (step,) = bring(library, source / "a.txt")
    assert (step.outcome, step.id) == ("version", "a.txt")
    assert b"One more paragraph" in library.raw("a.txt")
    assert [version.current for version in library.versions("a.txt")] == [True, False]
    assert bring(library, source / "a.txt")[0].outcome in ("version", "present")
    assert len(library.versions("a.txt")) == 2


def test_what_cannot_be_read_is_said_and_not_copied(library: Library, source: Path) -> None:
    os.mkfifo(source / "pipe.txt")
    (source / "empty.txt").touch()
    (source / "link.txt").symlink_to("a.txt")
    steps = {
        Path(step.source).name: step
        for step in bring(library, source, source / "gone.txt", "ftp://x/y", "file:///etc/passwd")
    }
    failed = {name for name, step in steps.items() if step.failed}
    assert failed == {"pipe.txt", "empty.txt", "link.txt", "gone.txt", "y", "passwd"}
    assert all(steps[name].message for name in failed)
    assert library.count() == 2
    assert sorted(path.name for path in library.folder.iterdir()) == ["a.txt", "north"]


def test_standard_input_becomes_an_article_once(library: Library) -> None:
    (step,) = bring(library, "-", stdin=text(3).encode())
    assert step.outcome == "added"
    assert story(3)[0] in library.article(step.id).text
    assert bring(library, "-", stdin=text(3).encode())[0].outcome == "present"
    assert bring(library, "-", stdin=b"")[0].failed


@pytest.mark.parametrize(
    "name", ["a\x1b[31m.txt", "x\n.txt", "-rf.txt", ".hidden.txt", "caf\udce9.txt", "a" * 240 + ".txt"]
)
def test_hostile_names_become_plain_ones(library: Library, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(text(1))
    (step,) = bring(library, path)
    assert step.outcome == "added"
    assert step.id.isprintable()
    assert step.id[0] not in "-."
    assert len(step.id.encode()) <= 125
    assert library.entry(step.id) is not None


class Pages(http.server.BaseHTTPRequestHandler):
    """A small site on the loopback."""

    body = ""

    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/story/ferry.html?x=1")
        elif self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
        elif self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
        elif self.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "9999")
            self.end_headers()
            self.wfile.write(b"<html><p>The ferry ran at")
            return
        elif self.path == "/gone":
            self.send_response(404)
        else:
            data = type(self).body.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
            return
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def page(number: int, more: str = "") -> str:
    title, *rest = story(number)
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>" + "".join(
        f"<p>{line}</p>" for line in [*rest, more]
    )


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    Pages.body = page(1)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_is_fetched_and_a_newer_one_is_its_version(library: Library, site: str) -> None:
    (step,) = bring(library, f"{site}/moved")
    assert (step.outcome, step.id) == ("added", "127.0.0.1-ferry-x=1.html")
    origin = library.history.origin(step.id)
    assert origin is not None
    assert origin.source == f"{site}/moved"
    assert origin.address == f"{site}/story/ferry.html?x=1"
    assert bring(library, f"{site}/moved")[0].outcome == "present"
    Pages.body = page(1, "A paragraph that came later, after the ferry had left the port at last.")
    assert [(one.outcome, one.id) for one in bring(library, f"{site}/moved")] == [("version", step.id)]
    assert len(library.versions(step.id)) == 2


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/away", "leads to what is no web page"),
        ("/loop", "without end"),
        ("/gone", "404"),
        (":nonsense", "not a web address"),
        ("/cut", "before the page was whole"),
    ],
)
def test_a_page_that_cannot_be_fetched_is_said(library: Library, site: str, path: str, words: str) -> None:
    (step,) = bring(library, f"{site}{path}")
    assert step.failed
    assert words in step.message


def test_pages_that_once_answered_with_the_same_words_stay_two(library: Library, site: str) -> None:
    (first,) = bring(library, f"{site}/one")
    (second,) = bring(library, f"{site}/two")
    assert (second.outcome, second.id) == ("present", first.id)
    Pages.body = page(2)
    assert [one.outcome for one in bring(library, f"{site}/two")] == ["added"]
    assert [one.outcome for one in bring(library, f"{site}/one")] == ["present"]
    assert library.history.address(library.article(first.id)) == f"{site}/one"


def test_without_a_server_or_a_name_it_is_said_plainly(
    library: Library, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> object:
        import socket

        raise socket.gaierror(-2, "Name or service not known")

    assert "cannot be reached" in bring(library, "http://127.0.0.1:1/x")[0].message
    monkeypatch.setattr("socket.getaddrinfo", unknown)
    assert "no network" in bring(library, "http://harbour.invalid/x")[0].message


def test_watched_libraries_do_not_see_half_of_an_import(
    library: Library, open_library: Callable[[], Library], source: Path, write: Write
) -> None:
    write("old.txt", *story(9))
    other = open_library()
    refreshed(other)
    seen = []
    for _ in bring_in(library, [str(source)]):
        seen += other.poll().added
    seen += other.poll().added
    assert sorted(seen) == ["a.txt", "north/b.txt"]


def test_what_a_killed_import_left_behind_goes_with_the_next(library: Library, source: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = importer.staged_name(gone.pid, 7)
    mine, elsewhere = importer.staged_name(os.getpid(), 10**6), f".incoming-00000000-{gone.pid}-7"
    for name in (left, mine, elsewhere):
        (library.folder / name).write_text("half of a page")
    bring(library, source)
    assert sorted(path.name for path in library.folder.glob(".incoming-*")) == sorted([mine, elsewhere])


@pytest.mark.parametrize("name", ["हिन्दी समाचार.txt", "he\u0301e\u0301.txt", "مُقاومة.txt"])
def test_names_keep_their_signs(library: Library, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("The ferry ran at noon.")
    (step,) = bring(library, path)
    assert step.id == unicodedata.normalize("NFC", name)


def test_a_file_that_is_not_there_is_said_to_be_none(library: Library) -> None:
    (step,) = bring(library, "www.wire.example/page")
    assert "no such file" in step.message
    assert "https://" in step.message


def test_a_later_state_of_an_export_takes_the_place_of_the_earlier_one(library: Library, tmp_path: Path) -> None:
    rows = [f"Ferry {number},The ferry ran at {number} today." for number in range(4)]
    path = tmp_path / "export.csv"
    path.write_text("\n".join(["title,text", *rows[:2]]))
    assert [one.outcome for one in bring(library, path)] == ["added"]
    before = {entry.id for entry in library.entries()}
    path.write_text("\n".join(["title,text", *rows[:3]]))
    os.utime(path, (time.time() + 5, time.time() + 5))
    (step,) = bring(library, path)
    assert (step.outcome, step.id) == ("version", "export.csv")
    assert before < {entry.id for entry in library.entries()}
    assert library.count() == 3
    path.write_text("\n".join(["title,text", *rows[2:]]))
    os.utime(path, (time.time() + 9, time.time() + 9))
    assert [one.outcome for one in bring(library, path)] == ["added"]
    assert before < {entry.id for entry in library.entries()}
