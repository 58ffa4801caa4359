"""Hostile input on the command line: one clear line, the right exit status, never a traceback, never a wait."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from .conftest import Done, Run


def hostile(folder: Path) -> dict[str, Path]:
    """Files and folders that nobody should have to deal with."""
    folder.mkdir(exist_ok=True)
    made = {
        name: folder / name
        for name in ("pipe.txt", "empty.txt", "broken.txt", "angles.html", "nul.bin", "link.txt", "circle.txt",
                     "deep.json", "cut.epub", "sparse.txt", "evil\x1b[2J.txt", "wide.txt")
    }  # fmt: skip
    os.mkfifo(made["pipe.txt"])
    made["empty.txt"].touch()
    made["broken.txt"].write_bytes(b"Harbour Wire\n\nBroken \xff\xfe\x80 letters\n\n" + b"Words and words. \xc3 " * 40)
    made["angles.html"].write_bytes(b"<!--" * 50_000)
    made["nul.bin"].write_bytes(bytes(range(256)) * 16)
    made["link.txt"].symlink_to("/dev/zero")
    made["circle.txt"].symlink_to("circle.txt")
    made["deep.json"].write_bytes(b"[" * 100_000)
    made["wide.txt"].write_bytes("Zwei Bytes je Buchstabe, wie es einst üblich war.\n".encode("utf-16-le") * 5)
    made["evil\x1b[2J.txt"].write_bytes(b"")
    with zipfile.ZipFile(made["cut.epub"], "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    made["cut.epub"].write_bytes(made["cut.epub"].read_bytes()[:60])
    with made["sparse.txt"].open("wb") as file:
        file.truncate(20 << 30)
    return made


def civil(done: Done, *statuses: int) -> None:
    """No traceback, no control sequence, and one of the statuses that were promised."""
    assert "Traceback" not in done.err, done.err
    assert "\x1b" not in done.err + done.out
    assert done.status in statuses, (done.status, done.err)


UNREADABLE = ("pipe.txt", "empty.txt", "link.txt", "circle.txt", "cut.epub", "sparse.txt", "evil\x1b[2J.txt")


@pytest.mark.parametrize("command", ["show", "import", "diff"])
@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_said_in_one_line(run: Run, tmp_path: Path, command: str, name: str) -> None:
    path = hostile(tmp_path / "odd")[name]
    done = run(command, str(path), *([str(path)] if command == "diff" else []))
    civil(done, 1)
    told = [line for line in (done.err + done.out).splitlines() if "odd" in line]
    assert len(told) == 1, done
    assert len(done.err.splitlines()) <= 2


@pytest.mark.parametrize("name", ["broken.txt", "angles.html", "nul.bin", "deep.json", "wide.txt"])
def test_what_can_be_read_somehow_is_read_or_refused(run: Run, tmp_path: Path, name: str) -> None:
    path = hostile(tmp_path / "odd")[name]
    for command in (["show"], ["show", "--json"], ["show", "--raw"], ["import"]):
        civil(run(*command, str(path)), 0, 1)


@pytest.mark.parametrize(
    "path", ["/dev/null", "/dev/zero", "/dev/tty", "/proc/self/mem", "/nowhere/at/all", "", "x" * 5000]
)
def test_devices_and_nothing_at_all(run: Run, path: str) -> None:
    for command in ("show", "import", "diff"):
        done = run(command, path, *([path] if command == "diff" else []))
        civil(done, 1, 2)
        assert done.err.strip()


def test_a_library_of_hostile_files_is_listed_and_checked(run: Run, samples: Path) -> None:
    made = hostile(samples / "articles" / "odd")
    listed = run("list", "--json")
    civil(listed, 0)
    assert len(json.loads(listed.out)) >= 12
    checked = run("check")
    civil(checked, 1)
    for name in ("pipe.txt", "empty.txt", "link.txt", "sparse.txt", "circle.txt"):
        lines = [line for line in (checked.out + checked.err).splitlines() if f"odd/{name}" in line]
        assert len(lines) == 1, (name, checked)
    assert made


def test_a_folder_without_permission(run: Run, samples: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "one.txt").write_text("Words.\n", encoding="utf-8")
    closed.chmod(0)
    if os.access(closed, os.R_OK):
        pytest.skip("the superuser may read everything")
    try:
        for command in (["list", str(closed)], ["show", str(closed / "one.txt")], ["import", str(closed)],
                        ["-C", str(closed), "check"], ["diff", str(closed), str(closed)]):  # fmt: skip
            civil(run(*command), 1, 2)
    finally:
        closed.chmod(0o700)


@pytest.mark.parametrize("command", ["list", "check", "search word", "show x", "notes", "import x"])
def test_a_workspace_that_is_none(run: Run, tmp_path: Path, command: str) -> None:
    file = tmp_path / "file.txt"
    file.write_text("Words.\n", encoding="utf-8")
    for folder in (tmp_path / "nowhere", Path("/dev/null")):
        done = run("-C", str(folder), *command.split())
        civil(done, 1, 2)
        assert len(done.err.splitlines()) <= 2


def test_broken_standard_input(run: Run) -> None:
    civil(run("import", "-", stdin=""), 1)
    done = run("import", "-", stdin="\x00\x1b[2J" * 10)
    civil(done, 0, 1)


def test_folders_are_no_captures(run: Run, samples: Path) -> None:
    for command in ("show", "diff"):
        done = run(command, str(samples), *([str(samples)] if command == "diff" else []))
        civil(done, 1, 2)
