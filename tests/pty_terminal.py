"""A real terminal for tests: the program runs on a pseudo terminal of the kernel, and pyte draws what it sends."""

import contextlib
import fcntl
import os
import pty
import resource
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

PATIENCE = 60.0
"""Seconds after which a wait gives up. A wait ends as soon as what it waits for is there."""


class Terminal:
    """A program on a pseudo terminal of `columns` x `rows` cells.

    `sent` counts the bytes that the program wrote, `raw` keeps them all, `heard` is the monotonic time of the last,
    `screen` is what a person would see.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environ: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.screen = _Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self.heard = 0.0
        self.status: int | None = None
        self.usage: resource.struct_rusage | None = None
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            try:
                signal.signal(signal.SIGHUP, signal.SIG_DFL)  # tests that are run under nohup hand it on ignored
                if cwd is not None:
                    os.chdir(cwd)
                os.execvpe(command[0], list(command), {**(environ or os.environ)})
            finally:
                os._exit(127)
        self.resize(columns, rows)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def sent(self) -> int:
        """Bytes that the program has written so far."""
        return len(self.raw)

    @property
    def text(self) -> str:
        """The screen as lines of text."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size and tell the program."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)

    def keys(self, *keys: str) -> None:
        """Press keys: each argument is typed as it stands, or names a key (`enter`, `escape`, `up`, `ctrl+d`)."""
        for key in keys:
            self.write(NAMED.get(key) or (_control(key) if key.startswith("ctrl+") else key.encode()))

    def write(self, data: bytes) -> None:
        """Send bytes as they are."""
        while data:
            data = data[os.write(self._fd, data) :]
            self.pump(0)

    def pump(self, seconds: float = 0.0) -> bool:
        """Read what the program has written, waiting at most `seconds` for the first byte; False at its end."""
        while True:
            ready, _, _ = select.select([self._fd], [], [], seconds)
            if not ready:
                return True
            try:
                data = os.read(self._fd, 65536)
            except OSError:
                data = b""
            if not data:
                return False
            self.heard = time.monotonic()
            self.raw += data
            self._stream.feed(data)
            self._answer(data)
            seconds = 0.0

    def _answer(self, data: bytes) -> None:
        """Answer the questions that a terminal is asked at the start, as xterm would."""
        for question, answer in ((b"\x1b[c", b"\x1b[?62;22c"), (b"\x1b[6n", b"\x1b[1;1R")):
            if question in data:
                os.write(self._fd, answer)

    def wait(self, until: str | Callable[[str], bool], patience: float = PATIENCE) -> str:
        """Read until the screen holds a text, or answers a question; returns the screen."""
        answers = until if callable(until) else lambda text: until in text
        deadline = time.monotonic() + patience
        while not answers(self.text):
            alive = self.pump(0.05)
            if answers(self.text):
                break
            if not alive or time.monotonic() > deadline:
                wanted = until if isinstance(until, str) else until.__doc__ or until
                raise AssertionError(f"{'ended' if not alive else 'waited in vain'}: {wanted!r}\n{self.text}")
        return self.text

    def settle(self, quiet: float = 0.4, patience: float = PATIENCE) -> str:
        """Read until nothing was written for `quiet` seconds; returns the screen."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            before = self.sent
            if not self.pump(quiet) or self.sent == before:
                break
        return self.text

    def hang_up(self) -> None:
        """Close the terminal's end, as a dropped line does; the kernel sends SIGHUP."""
        os.close(self._fd)
        self._fd = -1

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def ended(self, patience: float = PATIENCE) -> int:
        """Wait for the end and return the exit status (128 + n for signal n)."""
        deadline = time.monotonic() + patience
        while self.status is None:
            if self._fd >= 0:
                self.pump(0.02)
            else:
                time.sleep(0.02)
            pid, status, usage = os.wait4(self.pid, os.WNOHANG)
            if pid:
                self.usage = usage
                self.status = os.waitstatus_to_exitcode(status)
                if self.status < 0:
                    self.status = 128 - self.status
            elif time.monotonic() > deadline:
                raise AssertionError(f"still running\n{self.text}")
        if self._fd >= 0:
            self.pump(0)
        return self.status

    def kill(self) -> None:
        """End the program if it still runs, and close the terminal."""
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            with contextlib.suppress(AssertionError, ChildProcessError):
                self.ended(10)
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


class _Screen(pyte.Screen):
    """pyte's screen, deaf to the two sequences that it takes for others."""

    def report_device_status(self, mode: int, private: bool = False, **_: object) -> None:
        """Left to the terminal, which writes the answer."""

    def select_graphic_rendition(self, *attrs: int, private: bool = False) -> None:
        """Colours and weights; xterm's key mode (`CSI > 4 ; 1 m`) shares the letter and is none."""
        if not private:
            super().select_graphic_rendition(*attrs)


NAMED = {
    "enter": b"\r", "escape": b"\x1b", "tab": b"\t", "backspace": b"\x7f", "space": b" ",
    "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D",
    "home": b"\x1b[H", "end": b"\x1b[F", "pageup": b"\x1b[5~", "pagedown": b"\x1b[6~",
}  # fmt: skip


def _control(key: str) -> bytes:
    return bytes([ord(key[-1].upper()) & 0x1F])
