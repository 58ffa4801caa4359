"""What the system says of changes is heard at once, and nobody depends on it."""

import sys
import threading
import time
from pathlib import Path

import pytest

from reader.library import events
from reader.library.events import Events

from .conftest import Library, Write, refreshed

LONG = 20.0
linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems say nothing")


@linux
def test_what_is_written_in_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "harbour").mkdir()
    heard = Events(tmp_path)
    heard.heed([b"", b"harbour"])
    (tmp_path / "harbour" / "a.txt").write_text("The ferry ran.")
    assert heard.wait(LONG)
    assert heard.written() == (b"harbour/a.txt",)
    with (tmp_path / "harbour" / "a.txt").open("a") as file:
        file.write(" It sank.")
        file.flush()
        assert not heard.wait(0.05)
    assert heard.wait(LONG)
    assert heard.written() == (b"harbour/a.txt",)
    (tmp_path / "new").mkdir()
    assert heard.wait(LONG)
    assert heard.written() == (b"new",)
    heard.heed([b"", b"harbour", b"new"])
    (tmp_path / "harbour" / "a.txt").rename(tmp_path / "new" / "b.txt")
    assert heard.wait(LONG)
    assert b"new/b.txt" in heard.written()
    heard.close()


@linux
def test_a_folder_that_went_and_came_is_heard_of_again(tmp_path: Path) -> None:
    heard = Events(tmp_path)
    for _ in range(2):
        (tmp_path / "harbour").mkdir()
        heard.heed([b"harbour"])
        (tmp_path / "harbour" / "a.txt").write_text("The ferry ran.")
        assert heard.wait(LONG)
        assert heard.written() == (b"harbour/a.txt",)
        (tmp_path / "harbour" / "a.txt").unlink()
        (tmp_path / "harbour").rmdir()
        while heard.wait(0.2):
            pass
    heard.close()


def test_who_waits_is_woken_and_waits_no_more(tmp_path: Path) -> None:
    heard = Events(tmp_path)
    heard.heed([b""])
    began = time.monotonic()
    threading.Timer(0.05, heard.wake).start()
    assert not heard.wait(LONG)
    assert not heard.wait(LONG)
    assert time.monotonic() - began < LONG
    heard.close()


@pytest.mark.parametrize("missing", ["library", "system", "folders"])
def test_nothing_is_heard_where_the_system_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(24, "too many")

    if missing == "library":
        monkeypatch.setitem(sys.modules, "inotify_simple", None)
    elif missing == "system":
        monkeypatch.setattr("inotify_simple.INotify.__init__", refuse)
    else:
        monkeypatch.setattr(events, "MOST", 0)
    heard = Events(tmp_path)
    heard.heed([b""])
    (tmp_path / "a.txt").write_text("The ferry ran.")
    assert not heard.wait(0.02)
    assert heard.written() == ()
    heard.close()


@linux
def test_a_file_written_in_place_is_read_again_at_once(library: Library, write: Write) -> None:
    for number in range(3):
        write(f"{number}.txt", "Ferry", f"It ran {number} times that day, people at the quay said on Friday.")
    refreshed(library)
    library.poll()
    library._watch._last_file = 1 << 40  # it is not this file's turn
    library.wait(0)
    write("1.txt", "Ferry", "It ran no more, people at the quay said on Friday, and nobody knew why.")
    library.wait(LONG)
    assert library.poll().changed == ("1.txt",)
    library.wake()
    library.wait(LONG)
