"""Copying to the analyst's own clipboard, at the other end of the line."""

import base64
import subprocess
from collections.abc import Callable, Mapping
from typing import Final

LIMIT: Final = 74_000
"""Bytes of text that common terminals still accept in one OSC 52."""

_PIECE: Final = 240
"""Characters of a control string that GNU screen passes through at once."""


def send(text: str, environ: Mapping[str, str], write: Callable[[str], None]) -> str:
    """Send `text` towards the clipboard and return what to tell the reader.

    Inside tmux by `tmux load-buffer -w -`, since a default tmux drops OSC 52; otherwise OSC 52 through
    `write`, wrapped for GNU screen where it runs. Nothing acknowledges it, so the word is "sent".
    """
    words = f"{len(text.split())} words" if len(text.split()) > 1 else "one word"
    if environ.get("TMUX") and _to_tmux(text):
        return f"Sent to the clipboard through tmux: {words}"
    data = text.encode()
    if len(data) > LIMIT:
        return f"Not sent: {len(data):,} bytes are more than a terminal takes ({LIMIT:,})"
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode()}\x07"
    write(_through_screen(sequence) if environ.get("STY") else sequence)
    return f"Sent to the terminal's clipboard: {words}"


def _to_tmux(text: str) -> bool:
    """Whether tmux took the text."""
    try:
        command = ["tmux", "load-buffer", "-w", "-"]
        done = subprocess.run(command, input=text.encode(), timeout=2, capture_output=True, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def _through_screen(sequence: str) -> str:
    """The sequence in pieces that GNU screen hands to the terminal behind it."""
    pieces = (sequence[start : start + _PIECE] for start in range(0, len(sequence), _PIECE))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
