"""Text that a terminal may be shown: a stateless filter over characters, never a matcher of sequences.

An escape sequence that is cut off matches no pattern, so nothing here looks for sequences: each character is
kept, replaced by something visible, or dropped, whatever stands beside it.
"""

import re
from typing import Final
from unicodedata import category

MARKS_IN_A_ROW: Final = 6
"""Combining marks kept on one letter: Arabic and Vietnamese need three, more is a tower over other lines."""

_DROPPED: Final = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U000e0000-\U000e0fff"
)
_BROKEN: Final = "\x80-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_BREAKS: Final = "\r\x0c\x85\u2028\u2029"
_PICTURED: Final = "\x00-\x08\x0b\x0e-\x1f\x7f"

_SPECIAL: Final = re.compile(f"\r\n|[{_BREAKS}{_PICTURED}{_BROKEN}{_DROPPED}]")
_SUBSTITUTES: Final = re.compile(f"([{_PICTURED}])|([{_BROKEN}])|([{_DROPPED}])")
_MARK_RUNS: Final = re.compile(rf"[^\w\s\x00-\u02ff]{{{MARKS_IN_A_ROW + 1},}}")
"""Where a tower of combining marks could be: marks are neither letters nor space, and none lies below U+0300."""


def clean(text: str) -> str:
    """The text with every line break as LF, control characters made visible and invisible ones dropped.

    Tabs, joiners and single direction marks stay, because Persian, Arabic, Indic scripts and emoji need them.
    Cleaning twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    kept = _SPECIAL.sub(_substitute, text)
    return kept if kept.isascii() else _MARK_RUNS.sub(_shorten_marks, kept)


def clean_line(text: str, limit: int = 500) -> str:
    """The cleaned text as one line of at most `limit` code points; what is cut off leaves an ellipsis."""
    line = " ".join(clean(text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _substitute(match: re.Match[str]) -> str:
    found = match.group()
    if found == "\r\n" or found in _BREAKS:
        return "\n"
    kind = _SUBSTITUTES.match(found)
    if kind is None or kind.group(3):
        return ""
    if kind.group(2):
        return "\ufffd"
    return "\u2421" if found == "\x7f" else chr(0x2400 + ord(found))


def _shorten_marks(match: re.Match[str]) -> str:
    kept: list[str] = []
    run = 0
    for character in match.group():
        run = run + 1 if category(character).startswith("M") else 0
        if run <= MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)
