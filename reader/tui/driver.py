"""The terminal's driver: Textual's own, hardened for the other end of a bad line."""

import codecs
import os
import re
import selectors
from typing import Any, ClassVar, Final

from rich.segment import Segment
from textual._xterm_parser import XTermParser
from textual.color import Color
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import LineFilter

from reader.tui.signals import Departure
from reader.tui.thrift import thin

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
_POINTER: Final = "\x1b]22;"
"""Begins a sequence that terminals without a mouse may print."""


class ControlFilter(LineFilter):
    """Replaces in any text drawn what could steer the terminal; `clean` has removed it long before."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments with control characters shown as `�`."""
        if not any(_CONTROLS.search(segment.text) for segment in segments):
            return segments
        return [Segment(_CONTROLS.sub("�", text), style, control) for text, style, control in segments]


class PatientWriter(WriterThread):
    """Writes to the terminal; once that is gone, output is thrown away instead of piling up."""

    def run(self) -> None:
        """Write what is queued until told to stop; then all of it is out, also before the program is put to sleep."""
        gone = False
        while True:
            text = self._queue.get()
            if not gone:
                try:
                    if text is not None:
                        self._file.write(text)
                    if text is None or not self._queue.qsize():
                        self._file.flush()
                except (OSError, ValueError):
                    gone = True
            if text is None:
                return


class Driver(LinuxDriver):
    """Input that survives invalid bytes and notices its end, and output that gives up in time."""

    departure: ClassVar[Departure | None] = None
    quiet_mouse: ClassVar[bool] = False
    """Report the mouse only while a button is down: movement alone is not worth its bytes on a slow line."""

    def start_application_mode(self) -> None:
        """Enter the screen with a writer that outlives its terminal."""
        vars(linux_driver)["WriterThread"] = PatientWriter
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def _enable_mouse_support(self) -> None:
        """Ask for reports of the mouse."""
        super()._enable_mouse_support()
        if self._mouse and self.quiet_mouse:
            self.write("\x1b[?1003l\x1b[?1002h")

    def _disable_mouse_support(self) -> None:
        """Ask for no more reports of the mouse."""
        super()._disable_mouse_support()
        if self._mouse:
            self.write("\x1b[?1002l\x1b[?1016l")

    def write(self, data: str) -> None:
        """Send output, without what the terminal knows already and without the mouse pointer's shape."""
        if not data.startswith(_POINTER):
            super().write(thin(data))

    def set_mouse(self, on: bool) -> None:
        """Switch reports of the mouse while the program runs."""
        if on:
            self._mouse = True
            self._enable_mouse_support()
        else:
            self._disable_mouse_support()
            self._mouse = False
        self.flush()

    def run_input_thread(self) -> None:
        """Read keys until told to stop; at the end of input, depart."""
        parser = XTermParser(self._debug)
        decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.1):
                    try:
                        data = os.read(self.fileno, 4096)
                    except BlockingIOError:
                        continue
                    except OSError:
                        data = b""
                    if not data:
                        return self._hung_up()
                    if text := decode(data):  # nothing yet of a character that comes in two parts
                        self._dispatch(parser.feed(text))
                self._dispatch(parser.tick())
        return None

    def _dispatch(self, events: Any) -> None:
        """Hand parsed events on."""
        for event in events:
            self.process_message(event)

    def _hung_up(self) -> None:
        """Nobody is at the other end any more."""
        if self.departure is not None:
            self.departure.hang_up()
