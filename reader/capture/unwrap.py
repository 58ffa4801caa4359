"""Text whose paragraphs were broken at a fixed width, as mail programs and text browsers do: made whole again."""

import re
from collections.abc import Sequence
from typing import Final

_NARROW: Final = 45
_WIDE: Final = 110
"""Between these widths, in code points, texts are broken."""
_FEWEST: Final = 6
"""So many lines at least have to go on in the next before a text counts as broken."""
_SHARE: Final = 0.8
"""So many of them have to end where the next word would have been too long."""
_FULL: Final = 0.6
"""A line shorter than this share of the width ends its paragraph, however long the next word is."""
_ITEM: Final = re.compile(r"\s*(?:[•‣◦▪●○■*>|+-]\s|\(?\d{1,3}[.)]\s|[a-z][.)]\s|[>|]|[-=_*~]{2})")
"""How a line begins that starts anew: the item of a list, words of another mail, a rule."""

_PARTED: Final = re.compile(r"[^\W\d_]-$")
"""How a line ends whose last word goes on below."""


def unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines with those that were broken at the text's width joined, or as they are where it has no such width."""
    width = _width(lines)
    if not width:
        return list(lines)
    made: list[str] = []
    last = ""
    for line in lines:
        if made and _goes_on(last, line, width):
            glue = "" if _PARTED.search(last.rstrip()) and line.lstrip()[:1].islower() else " "
            made[-1] = f"{made[-1].rstrip()}{glue}{line.strip()}"
        else:
            made.append(line)
        last = line
    return made


def _width(lines: Sequence[str]) -> int:
    """The width at which the text was broken, in code points; 0 where it was not."""
    pairs: list[tuple[int, int, int]] = []
    above = 0
    for number, line in enumerate(lines):
        if _NARROW <= above <= _WIDE and 0 < len(line) <= _WIDE:
            text = line.lstrip()
            if text and text[0].isalpha() and not text[0].isupper():
                pairs.append((above, _first_word(text), len(text)))
        above = len(lines[number].rstrip())
    if len(pairs) < _FEWEST:
        return 0
    width = sorted(length for length, *_ in pairs)[int(0.95 * (len(pairs) - 1))]
    full = sum(length + 1 + word > width for length, word, _ in pairs)
    through = sum(following >= _FULL * width for *_, following in pairs)
    if full < _SHARE * len(pairs) or through < _FEWEST / 2:
        return 0
    longer = sum(len(line) > width + 2 for line in lines)
    return width if full >= 2 * longer else 0


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether the next line goes on with this one: its first word would not have fitted here."""
    length, text = len(line.rstrip()), following.strip()
    if not text or not _FULL * width <= length or len(following.rstrip()) > width + 2 or _ITEM.match(following):
        return False
    return length + 1 + _first_word(text) > width


def _first_word(text: str) -> int:
    end = text.find(" ")
    return len(text) if end < 0 else end
