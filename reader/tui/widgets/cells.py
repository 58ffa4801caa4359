"""Text in terminal cells: what each code point shows as, how wide that is, and cutting to a width.

Nothing here trusts its input: whatever a terminal would obey or could not agree on with us is shown as a sign
of known width or left out, so that a row is never wider than it was counted.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from rich.cells import get_character_cell_size

SIMPLE: Final = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u0482\u2010-\u2027]*")
"""Text whose code points each show as themselves in one cell: most text, and quick to know."""

_UNSETTLED: Final = re.compile("[\u200d-\u200f\u061c\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]")
"""Joiners and variants: terminals disagree on how wide they make their neighbours, so they are not sent."""


class Cluster(NamedTuple):
    """Code points `start` to `end` of a text that share cells: a base and the marks on it.

    `shown` is what is printed for them, `width` its cells (0 to 2).
    """

    start: int
    end: int
    shown: str
    width: int


@lru_cache(4096)
def _shown(character: str) -> tuple[str, int]:
    """What is printed for one code point, and its cells."""
    code = ord(character)
    if code < 0x20:
        return (" ", 1) if character in "\t\n" else (chr(0x2400 + code), 1)
    if 0x7F <= code < 0xA0 or 0xD800 <= code <= 0xDFFF:
        return "\u00b7", 1
    if character in "\u00a0\u2028\u2029\u202f":
        return " ", 1
    if 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069 or _UNSETTLED.match(character):
        return "", 0
    return character, get_character_cell_size(character)


def is_simple(text: str) -> bool:
    """Whether each code point is one cell and shows as itself."""
    return SIMPLE.fullmatch(text) is not None


def clusters(text: str, start: int = 0, end: int | None = None) -> list[Cluster]:
    """The clusters of `text[start:end]`: every code point lies in exactly one, zero-width ones with their
    base.
    """
    stop = len(text) if end is None else end
    found: list[Cluster] = []
    for index in range(start, stop):
        shown, width = _shown(text[index])
        if width == 0 and found:
            last = found[-1]
            found[-1] = Cluster(last.start, index + 1, last.shown + shown, last.width)
        else:
            found.append(Cluster(index, index + 1, shown if width else "", width))
    return found


def shown(text: str) -> str:
    """The text as it is printed: one line, nothing that a terminal would obey."""
    return text if is_simple(text) else "".join(_shown(character)[0] for character in text)


def width_of(text: str) -> int:
    """The cells that `shown(text)` takes."""
    return len(text) if is_simple(text) else sum(_shown(character)[1] for character in text)


def fit(text: str, width: int, more: str = "…") -> str:
    """The text as printed, cut to at most `width` cells; `more` ends it where something was cut."""
    if width <= 0:
        return ""
    if width_of(text) <= width:
        return shown(text)
    room = width - width_of(more)
    if room < 0:
        return more[:width]
    kept: list[str] = []
    for cluster in clusters(text, 0, min(len(text), room * 8 + 8)):
        room -= cluster.width
        if room < 0:
            break
        kept.append(cluster.shown)
    return "".join(kept).rstrip() + more


def ending(text: str, width: int) -> str:
    """The end of the text as printed, of at most `width` cells, filled up with spaces before it."""
    kept: list[str] = []
    room = width
    for cluster in reversed(clusters(text, max(0, len(text) - width * 8))):
        if cluster.width > room:
            break
        room -= cluster.width
        kept.append(cluster.shown)
    return " " * room + "".join(reversed(kept))


def code_points(text: str, width: int) -> int:
    """How many code points of a text like this one about `width` cells show."""
    return width if is_simple(text) or not text else width * len(text) // max(1, width_of(text))


def pad(text: str, width: int) -> str:
    """`fit`, filled up with spaces to exactly `width` cells."""
    cut = fit(text, width)
    return cut + " " * (width - width_of(cut))
