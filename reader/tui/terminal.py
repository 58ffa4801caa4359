"""What the terminal at the other end can do, settled before Textual is imported.

Textual reads its frame rate, colours and scrolling from the environment at import; `prepare` puts them there.
"""

import os
from collections.abc import Mapping, MutableMapping
from typing import Final

from reader.settings.settings import Settings

RESET: Final = (
    "\x1b[?2004l"  # bracketed paste
    "\x1b[?7h"  # line wrap
    "\x1b[?2048l"  # resize reports
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # mouse
    "\x1b[?1004l"  # focus reports
    "\x1b[<u"  # kitty keys
    "\x1b[?2026l"  # held updates
    "\x1b[?1049l"  # the other screen
    "\x1b[?25h\x1b[0m"  # cursor, colours
)
"""Undoes every mode that the program turns on."""

REMOTE_FRAMES: Final = "15"
"""Frames a second over a slow line: more are never seen there, and each costs bytes."""

_SYSTEMS: Final = {"none": "standard", "16": "standard", "256": "256", "full": "truecolor"}


def prepare(settings: Settings, environ: MutableMapping[str, str] = os.environ) -> None:
    """Set what Textual reads at import; what the user set for Textual by hand stays."""
    environ.setdefault("TEXTUAL_COLOR_SYSTEM", colour_system(settings, environ))
    if settings.colours == "none":
        environ.setdefault("NO_COLOR", "1")
    if settings.remote:
        environ.setdefault("TEXTUAL_FPS", REMOTE_FRAMES)
    if settings.remote or not settings.animation:
        environ.setdefault("TEXTUAL_ANIMATIONS", "none")
        environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")


def colour_system(settings: Settings, environ: Mapping[str, str]) -> str:
    """Rich's name for how many colours to send: fewer over a slow line, where each change costs bytes."""
    if settings.colours != "auto":
        return _SYSTEMS[settings.colours]
    term = environ.get("TERM", "")
    if "256" not in term and environ.get("COLORTERM", "") not in ("truecolor", "24bit"):
        return "standard"
    return "256" if settings.remote or not environ.get("COLORTERM") else "truecolor"


def few_colours(settings: Settings, environ: Mapping[str, str]) -> bool:
    """Whether only the terminal's own sixteen colours, or none, are used."""
    return settings.colours == "none" or colour_system(settings, environ) == "standard"


def mouse_wanted(settings: Settings, environ: Mapping[str, str]) -> bool:
    """Whether to ask for reports of the mouse at the start.

    Not in GNU screen: while it watches for the mouse it keeps a lone Escape to itself until the next key.
    """
    return settings.mouse and (not environ.get("STY") or bool(environ.get("TMUX")))


def reset_terminal(fileno: int) -> None:
    """Undo on `fileno` what a killed program may have left, and let it echo again. Never blocks."""
    import termios

    try:
        os.set_blocking(fileno, False)
        os.write(fileno, RESET.encode())
    except OSError:
        pass
    finally:
        try:
            os.set_blocking(fileno, True)
            modes = termios.tcgetattr(fileno)
            modes[0] |= termios.ICRNL | termios.IXON
            modes[1] |= termios.OPOST
            modes[3] |= termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN
            termios.tcsetattr(fileno, termios.TCSANOW, modes)
        except (OSError, termios.error):
            pass
