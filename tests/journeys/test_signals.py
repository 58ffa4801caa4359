"""The end of the line in all its shapes: hang-ups, stalls, ends of input, sleep, and failures of our own."""

import contextlib
import os
import pty
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pty_terminal import PATIENCE, Terminal

Open = Callable[..., Terminal]

SOON = 10.0
"""Seconds that an end may take on a machine that is busy with other tests; the program's own limit is three."""
RESTORED = (b"?1049l", b"?25h", b"?2004l", b"?1000l", b"?1004l")
HOUSE = Path(__file__).parents[2]


def ready(terminal: Terminal) -> Terminal:
    """The program with an article open."""
    terminal.wait("Harbour Wire")
    terminal.keys("2")
    terminal.wait(lambda text: "READ" in text and "By " in text)
    return terminal


def children(pid: int) -> set[int]:
    """The processes that a process has started, and theirs."""
    found: set[int] = set()
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, path.read_text().split()):
                found |= {child} | children(child)
    return found


def gone(pids: set[int]) -> bool:
    """Whether none of the processes runs any more."""
    return not any(Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() for pid in pids)


def wait_gone(pids: set[int]) -> None:
    """Wait until none of the processes runs."""
    deadline = time.monotonic() + SOON
    while not gone(pids):
        assert time.monotonic() < deadline, f"still there: {pids}"
        time.sleep(0.02)


def comes(terminal: Terminal, wanted: bytes, since: int) -> None:
    """Read until the program has written something after its first `since` bytes."""
    deadline = time.monotonic() + PATIENCE
    while wanted not in terminal.raw[since:]:
        assert terminal.pump(0.05), "ended"
        assert time.monotonic() < deadline, f"waited in vain: {wanted!r}\n{terminal.text}"


def ended_unread(terminal: Terminal, patience: float = SOON) -> int:
    """Wait for the end without reading what the program writes; the exit status."""
    deadline = time.monotonic() + patience
    while True:
        pid, status, _ = os.wait4(terminal.pid, os.WNOHANG)
        if pid:
            code = os.waitstatus_to_exitcode(status)
            terminal.status = 128 - code if code < 0 else code
            return terminal.status
        assert time.monotonic() < deadline, "still running"
        time.sleep(0.02)


@pytest.mark.parametrize("pane", ["page", "search", "list"])
def test_a_dropped_line_ends_the_program_wherever_one_is(launch: Open, pane: str) -> None:
    terminal = ready(launch())
    if pane == "search":
        terminal.keys("s")
        terminal.wait("SEARCH")
        terminal.keys(*"hinge")
        terminal.wait("exact")
    elif pane == "list":
        terminal.keys("?")
        terminal.wait("keys that work here")
    helpers = children(terminal.pid)
    terminal.hang_up()
    assert terminal.ended(SOON) == 128 + signal.SIGHUP
    wait_gone(helpers)


def test_a_dropped_line_ends_a_program_that_was_told_to_ignore_it(launch: Open, samples: Path) -> None:
    script = f"trap '' HUP; exec {shlex.join([sys.executable, '-m', 'reader', str(samples)])}"
    environ = {
        "PATH": os.environ["PATH"], "HOME": str(samples.parent), "TERM": "xterm", "LANG": "C.UTF-8", "USER": "ana",
        "PYTHONPATH": str(HOUSE),
    }  # fmt: skip
    with Terminal(["sh", "-c", script], columns=100, rows=30, environ=environ) as terminal:
        ready(terminal)
        terminal.hang_up()
        assert terminal.ended(SOON) != 0


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_terminal_that_takes_no_more_output_holds_nobody(launch: Open, number: signal.Signals) -> None:
    terminal = ready(launch(columns=200, rows=60))
    helpers = children(terminal.pid)
    for _ in range(20):  # whole screens, unread: far more than the line holds
        os.write(terminal._fd, b"\x0c")
    terminal.signal(number)
    assert ended_unread(terminal) == 128 + number
    wait_gone(helpers)


def test_two_signals_are_one_departure(launch: Open) -> None:
    terminal = ready(launch())
    terminal.signal(signal.SIGTERM)
    with contextlib.suppress(ProcessLookupError):
        terminal.signal(signal.SIGINT)
    assert terminal.ended(SOON) in (128 + signal.SIGTERM, 128 + signal.SIGINT)  # whichever was seen first
    assert not [mode for mode in RESTORED if mode not in terminal.raw]


@pytest.fixture
def two_lines() -> Iterator[tuple[int, int, int, int]]:
    """Two pseudo terminals: (far end, near end) for input and for output."""
    ends = (*pty.openpty(), *pty.openpty())
    yield ends
    for end in ends:
        with contextlib.suppress(OSError):
            os.close(end)


def test_the_end_of_input_ends_the_program(samples: Path, own_home: Path, two_lines: tuple[int, int, int, int]) -> None:
    far_in, near_in, far_out, near_out = two_lines
    environ = {
        "PATH": os.environ["PATH"], "HOME": str(own_home), "TERM": "xterm", "LANG": "C.UTF-8", "USER": "ana",
        "COLUMNS": "100", "LINES": "30",
    }  # fmt: skip
    program = subprocess.Popen(
        [sys.executable, "-m", "reader", str(samples)], cwd=HOUSE, env=environ,
        stdin=near_in, stdout=near_out, stderr=near_out, start_new_session=True,
    )  # fmt: skip
    seen = bytearray()
    drawn = threading.Event()

    def read() -> None:
        with contextlib.suppress(OSError):
            while data := os.read(far_out, 65536):
                seen.extend(data)
                if b"Harbour" in seen:
                    drawn.set()

    threading.Thread(target=read, daemon=True).start()
    try:
        assert drawn.wait(PATIENCE), bytes(seen[-2000:])
        os.close(far_in)
        assert program.wait(SOON) != 0
    finally:
        program.kill()
        program.wait()
    deadline = time.monotonic() + SOON
    while not all(mode in seen for mode in RESTORED):
        assert time.monotonic() < deadline, bytes(seen[-500:])
        time.sleep(0.02)


def test_a_letter_that_comes_in_two_parts_is_one_letter(launch: Open) -> None:
    terminal = ready(launch())
    terminal.keys("a")
    terminal.wait("NOTE")
    for byte in "naïve café — ستة".encode():
        os.write(terminal._fd, bytes([byte]))
        terminal.pump(0.02)
    terminal.wait("naïve café")
    terminal.write(b"\xff\xc3\xe2\x80")
    terminal.keys(*" and on")
    terminal.wait("and on")
    terminal.keys("escape", "ctrl+q")
    assert terminal.ended(SOON) == 0


def test_sleep_and_waking(launch: Open, samples: Path, own_home: Path) -> None:
    shell = shutil.which("bash")
    if shell is None:
        pytest.skip("bash, whose jobs are needed, is not installed")
    environ = {
        "PATH": os.environ["PATH"], "HOME": str(own_home), "TERM": "xterm", "LANG": "C.UTF-8", "USER": "ana",
        "PYTHONPATH": str(HOUSE), "PS1": "prompt> ", "SSH_CONNECTION": "a",
    }  # fmt: skip
    with Terminal([shell, "--norc", "--noprofile", "-i"], columns=100, rows=30, environ=environ) as terminal:
        terminal.wait("prompt>")
        terminal.keys(shlex.join([sys.executable, "-m", "reader", str(samples)]), "enter")
        ready(terminal)
        for word in ("once", "twice"):
            before = len(terminal.raw)
            terminal.keys("ctrl+z")
            comes(terminal, b"prompt>", before)
            assert not [mode for mode in RESTORED if mode not in terminal.raw[before:]]
            terminal.keys(f"echo {word}-$((1+1))", "enter")
            terminal.wait(f"{word}-2")
            before = len(terminal.raw)
            terminal.keys("fg", "enter")
            comes(terminal, b"READ", before)
        terminal.keys("v")
        terminal.wait("CARET")
        before = len(terminal.raw)
        terminal.keys("q", "ctrl+q")
        comes(terminal, b"prompt>", before)
        terminal.keys("echo status-$?", "enter")
        terminal.wait("status-0")
        terminal.keys("exit", "enter")
        terminal.ended(SOON)


FAILURE = """
import sys
from reader.tui.screens.main import MainScreen
def fail(self):
    raise RuntimeError("it broke \\x1b]52;c;ZXZpbA==\\x07 here [@click=app.quit]")
setattr(MainScreen, {name!r}, fail)
from reader.__main__ import main
sys.exit(main([{folder!r}]))
"""


@pytest.mark.parametrize("name", ["compose", "share_screen"])
def test_a_failure_of_our_own_is_told_and_leaves_the_terminal_clean(
    samples: Path, own_home: Path, name: str
) -> None:
    environ = {
        "PATH": os.environ["PATH"], "HOME": str(own_home), "TERM": "xterm", "LANG": "C.UTF-8", "USER": "ana",
        "PYTHONPATH": str(HOUSE),
    }  # fmt: skip
    command = [sys.executable, "-c", FAILURE.format(name=name, folder=str(samples))]
    with Terminal(command, columns=100, rows=30, environ=environ) as terminal:
        assert terminal.ended(PATIENCE) not in (0, 127)
        assert not [mode for mode in RESTORED if mode not in terminal.raw]
        assert b"it broke" in terminal.raw
        assert b"\x1b]52" not in terminal.raw
