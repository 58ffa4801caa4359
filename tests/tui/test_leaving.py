"""Leaving on a real pseudo terminal: by key, by signal, by a dropped line, with bytes that are no text."""

import re
import signal
import sys
from pathlib import Path

import pytest

from reader.annotations.store import Store
from tests.pty_terminal import Terminal

from .desk import folder

COMMAND = [sys.executable, "-m", "reader"]


def start(root: Path, columns: int = 80, rows: int = 24, **more: str) -> Terminal:
    """The program over a folder, on a terminal, with an article open."""
    environ = {
        "PATH": "/usr/bin:/bin", "HOME": str(root.parent), "TERM": "xterm-256color", "LANG": "C.UTF-8", "USER": "ana",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        **more,
    }  # fmt: skip
    terminal = Terminal([*COMMAND, str(root)], columns=columns, rows=rows, environ=environ)
    terminal.wait("March 2024")
    return terminal


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_signal_saves_what_is_typed_and_leaves_the_terminal_clean(tmp_path: Path, number: signal.Signals) -> None:
    root = folder(tmp_path)
    with start(root) as terminal:
        terminal.keys("2", "a")
        terminal.keys(*"half a thought")
        terminal.wait("half a thought")
        terminal.signal(number)
        assert terminal.ended() == 128 + number
        for mode in (b"?1049l", b"?25h", b"?2004l", b"?1003l", b"?1004l"):
            assert mode in terminal.raw
    (draft,) = Store(root / ".textual", "ana").drafts.all()
    assert draft.text == "half a thought"


def test_a_dropped_line_in_the_middle_of_a_note_loses_nothing(tmp_path: Path) -> None:
    root = folder(tmp_path)
    with start(root) as terminal:
        terminal.keys("2", "a")
        terminal.keys(*"gone in the fog")
        terminal.wait("gone in the fog")
        terminal.hang_up()
        assert terminal.ended() != 0
    with start(root) as terminal:
        terminal.wait("gone in the fog")
        terminal.keys("y")
        terminal.wait("esc save")
        terminal.keys("!", "escape")
        terminal.wait("gone in the fog!")
        terminal.keys("ctrl+q")
        assert terminal.ended() == 0
    (kept,) = Store(root / ".textual", "ana").all()
    assert kept.note == "gone in the fog!"


def test_bytes_that_are_no_text_do_no_harm(tmp_path: Path) -> None:
    with start(folder(tmp_path)) as terminal:
        terminal.write(b"\xff\xfe\xc3\x28\x80")
        terminal.keys("?")
        terminal.wait("keys that work here")
        terminal.keys("ctrl+q")
        assert terminal.ended() == 0


def test_nothing_is_written_when_nothing_happens(tmp_path: Path) -> None:
    with start(folder(tmp_path)) as terminal:
        terminal.keys("2")
        terminal.settle(2.5)
        before = terminal.sent
        terminal.pump(2.5)
        assert terminal.sent == before
        terminal.keys("ctrl+q")
        assert terminal.ended() == 0


@pytest.mark.parametrize("name", ["xterm", "screen", "tmux-256color", "linux", "vt100"])
def test_every_terminal_shows_the_three_panes_and_leaves_in_order(tmp_path: Path, name: str) -> None:
    with start(folder(tmp_path), 100, 30, TERM=name) as terminal:
        terminal.keys("2", "v", "s")
        terminal.wait("SELECT")
        assert "SOURCES" in terminal.text
        if name in ("linux", "vt100"):
            assert terminal.text.isascii() or "…" in terminal.text
        terminal.keys("q", "ctrl+q")
        assert terminal.ended() == 0


def test_without_colour_nothing_is_coloured(tmp_path: Path) -> None:
    with start(folder(tmp_path), 100, 30, NO_COLOR="1") as terminal:
        terminal.keys("2", "v", "s")
        terminal.wait("SELECT")
        looks = {int(part) for look in re.findall(rb"\x1b\[([0-9;]+)m", terminal.raw) for part in look.split(b";")}
        assert not looks & {*range(30, 39), *range(40, 49), *range(90, 98), *range(100, 108)}
        assert 7 in looks
        terminal.keys("q", "ctrl+q")
        assert terminal.ended() == 0
