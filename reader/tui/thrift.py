"""Saying the same to a terminal in fewer bytes; pure.

Textual begins and ends every piece of text with its full style. Most of that repeats what the terminal
already knows: here only the changes are kept, and line breaks that a cursor move makes needless are dropped.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

_SEQUENCE: Final = re.compile(
    r"(\x1b\[[0-9;]*m)|(\n?\x1b\[[0-9]*;?[0-9]*H)|(\x1b(?:\[[0-?]*[ -/]*[@-~]|[^\[]))|\n"
)
_RESET: Final = ("0", "")


class _Style(NamedTuple):
    """What a style sets: attributes such as "1" and "4", foreground and background as codes, "" for none."""

    attributes: frozenset[str] = frozenset()
    foreground: str = ""
    background: str = ""


_PLAIN: Final = _Style()


@lru_cache(2048)
def _style(codes: str) -> _Style | None:
    """The style that a terminal in its plain state takes on; None for codes that are not understood."""
    parts = codes.split(";")
    attributes: set[str] = set()
    foreground = background = ""
    while parts:
        part = parts.pop(0)
        if part in _RESET:
            attributes, foreground, background = set(), "", ""
        elif part in ("38", "48"):
            size = {"2": 4, "5": 2}.get(parts[0] if parts else "", 0)
            if not size or len(parts) < size:
                return None
            colour = ";".join([part, *parts[:size]])
            del parts[:size]
            foreground, background = (colour, background) if part == "38" else (foreground, colour)
        elif not part.isdigit():
            return None
        elif 30 <= int(part) <= 39 or 90 <= int(part) <= 97:
            foreground = "" if part == "39" else part
        elif 40 <= int(part) <= 49 or 100 <= int(part) <= 107:
            background = "" if part == "49" else part
        elif 1 <= int(part) <= 9:
            attributes.add(part)
        else:
            return None
    return _Style(frozenset(attributes), foreground, background)


@lru_cache(4096)
def _change(old: _Style, new: _Style) -> str:
    """The shortest sequence from one style to another."""
    if old == new:
        return ""
    whole = sorted(new.attributes) + [code for code in (new.foreground, new.background) if code]
    if old.attributes <= new.attributes:
        parts = sorted(new.attributes - old.attributes)
        if old.foreground != new.foreground:
            parts.append(new.foreground or "39")
        if old.background != new.background:
            parts.append(new.background or "49")
        change = ";".join(parts)
        if len(change) <= len(";".join(whole)) + 2:
            return f"\x1b[{change}m" if whole else "\x1b[0m"
    return "\x1b[" + ";".join(["0", *whole]) + "m" if old != _PLAIN else "\x1b[" + ";".join(whole) + "m"


def thin(output: str) -> str:
    """The same output in fewer bytes. It is taken to begin in the plain style, and ends in it.

    Styles are sent when text follows that needs them. Anything but text, styles and cursor moves is left as
    it is, with the style settled before it.
    """
    if "\x1b[" not in output:
        return output
    pieces: list[str] = []
    current, wanted = _PLAIN, _PLAIN
    at = 0
    for found in _SEQUENCE.finditer(output):
        if found.start() > at:
            pieces += (_change(current, wanted), output[at : found.start()])
            current = wanted
        at = found.end()
        style, move, other = found.groups()
        if style:
            taken = _style(style[2:-1])
            if taken is None:
                pieces += (_change(current, _PLAIN), style)
                return "".join(pieces) + output[at:]
            fresh = wanted == _PLAIN or style[2:3] in ("0", "m")
            wanted = taken if fresh else _over(wanted, style[2:-1])
        elif move:
            pieces.append(move.removeprefix("\n"))
        else:
            if other:
                pieces.append(_change(current, wanted))
                current = wanted
            pieces.append(found.group())
    if at < len(output):
        pieces += (_change(current, wanted), output[at:])
        current = wanted
    pieces.append(_change(current, wanted))
    return "".join(pieces)


def _over(old: _Style, codes: str) -> _Style:
    """A style laid over another that was not put back first."""
    joined = ";".join(
        [*sorted(old.attributes), *(code for code in (old.foreground, old.background) if code), codes]
    )
    return _style(joined) or old
