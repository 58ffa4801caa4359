"""Breaking a paragraph into rows of at most so many cells; pure."""

import re
from typing import Final

from reader.text.span import Span
from reader.tui.widgets.cells import Cluster, clusters, is_simple

_INNER_BREAK: Final = re.compile(r"(?<=\w)[-–](?=[^\W\d])|[—/?&=](?=\w)")
"""Signs inside a word that a row may end with; never a minus or a range of numbers."""
_NEVER_FIRST: Final = frozenset("、。，．）」』】？！：；)]}”’»!?:;,.…")
"""Signs that do not begin a row, even between wide characters."""


def wrap(text: str, span: Span, width: int, first: int | None = None) -> list[Span]:
    """The rows of `text[span]`, each at most `width` cells (the first at most `first`), in code points.

    Each row is what is shown: white space at a break lies between two rows. Every other code point is in
    exactly one row, unless a character is wider than the whole width, which then stands alone. Never empty.
    """
    width, first = max(1, width), max(1, width if first is None else first)
    part = text[span.start : span.end]
    if is_simple(part):
        if len(part) <= first:
            return [span]
        return _wrap_simple(part, span.start, width, first)
    return _wrap_clusters(clusters(text, span.start, span.end), text, span, width, first)


def _wrap_simple(part: str, base: int, width: int, first: int) -> list[Span]:
    """Rows of text in which a code point is a cell."""
    rows: list[Span] = []
    room, length = first, len(part)
    begin = length - len(part.lstrip(" "))
    while length - begin > room:
        cut = part.rfind(" ", begin, begin + room + 1)
        inner = 0
        if begin + room - max(cut, begin) > 6:
            inner = max((found.end() for found in _INNER_BREAK.finditer(part, begin, begin + room)), default=0)
        end = max(cut, inner) if max(cut, inner) > begin else begin + room
        rows.append(Span(base + begin, base + begin + len(part[begin:end].rstrip(" "))))
        begin = end
        while begin < length and part[begin] == " ":
            begin += 1
        room = width
    if begin < length or not rows:
        rows.append(Span(base + begin, base + length))
    return [row for row in rows if row.length] or [Span(base, base)]


def _wrap_clusters(parts: list[Cluster], text: str, span: Span, width: int, first: int) -> list[Span]:
    """Rows of any text: marks stay with their base, wide characters may part from each other."""
    rows: list[Span] = []
    begin = 0
    while begin < len(parts) and text[parts[begin].start] in " \t\n":
        begin += 1
    room, used, index, brk = first, 0, begin, begin
    while index < len(parts):
        part = parts[index]
        if used + part.width > room and index > begin:
            end = brk if brk > begin else index
            if text[part.start].isspace():
                end = index
            _add(rows, text, parts[begin].start, parts[end - 1].end)
            begin = end
            while begin < len(parts) and text[parts[begin].start] in " \t\n":
                begin += 1
            index, used, room, brk = begin, 0, width, begin
            continue
        used += part.width
        index += 1
        if _may_break(parts, index, text):
            brk = index
    if begin < len(parts):
        _add(rows, text, parts[begin].start, parts[-1].end)
    return rows or [Span(span.start, span.start)]


def _may_break(parts: list[Cluster], index: int, text: str) -> bool:
    """Whether a row may end before the cluster at `index`."""
    before = text[parts[index - 1].start]
    if before in " \t\n":
        return True
    if index >= len(parts):
        return False
    after = text[parts[index].start]
    if after in _NEVER_FIRST:
        return False
    wide = parts[index - 1].width == 2 or parts[index].width == 2
    return wide or (before in "-–—/" and after.isalpha() and index > 1)


def _add(rows: list[Span], text: str, start: int, end: int) -> None:
    """Append the row without the white space at its end."""
    while end > start and text[end - 1] in " \t\n":
        end -= 1
    if end > start:
        rows.append(Span(start, end))
