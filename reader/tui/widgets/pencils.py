"""The looks of the page: quiet voices in a table, pens in any colour."""

from functools import lru_cache
from typing import Final

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color, ColorParseError

from reader.tui.widgets.looks import QUIET, STRONG, Look

_LIGHT: Final = Look("italic $text-muted", "italic ansi_bright_black")
_FAINT: Final = Look("$text-disabled", "ansi_bright_black")

PAGE_LOOKS: Final = {
    "title": STRONG,
    "byline": QUIET,
    "standfirst": Look("italic"),
    "subhead": STRONG,
    "caption": _LIGHT,
    "related": QUIET,
    "credit": QUIET,
    "author": Look("bold $text-muted", "bold ansi_bright_black"),
    "boilerplate": _FAINT,
    "fold": QUIET,
    "rail": _FAINT,
    "rule": QUIET,
    "hit": Look("underline on $warning 40%", "underline ansi_black on ansi_yellow", bare="bold underline"),
    "near": Look("underline on $warning 20%", "underline ansi_yellow on ansi_default", bare="underline"),
    "hit-current": Look("bold $background on $warning", "bold ansi_black on ansi_bright_yellow", bare="reverse"),
    "pattern-1": Look("underline $warning"),
    "pattern-2": Look("underline $success"),
    "pattern-3": Look("underline $error"),
    "pattern-4": Look("underline $primary"),
    "pattern-5": Look("underline $secondary"),
    "pattern-6": Look("underline $accent"),
    "overlap": Look("underline"),
    "mark-current": STRONG,
    "selection": Look("$text on $primary 60%", "ansi_bright_white on ansi_blue", bare="reverse"),
    "caret": Look("reverse"),
}
"""The voices of a page, and what lies over its text."""

_NAMED: Final = {"yellow": "#e5c453", "green": "#8fc98f", "red": "#e38a8a", "blue": "#8ab4e8"}
_ANSI: Final = ("red", "green", "yellow", "blue", "magenta", "cyan")
_LINES: Final = ("bold", "italic", "underline", "reverse")
_STRENGTH: Final = 0.38
"""How much of a pen's colour the paper takes on: enough to tell pens apart, little enough to read."""


@lru_cache(512)
def pen_style(kind: str, colour: str, paper: Style, ansi: bool) -> Style:
    """The style of a pen's passage (`kind` "pen") or of its sign in the margin ("sign") on `paper`.

    A line style may follow the colour after a "+": it tells pens apart where colours are few or none. Where the
    terminal's own colours are kept, the nearest of them is taken. A pen without a colour that can be read
    underlines.
    """
    colour, _, line = colour.partition("+")
    if kind == "pen" and line in _LINES:
        return pen_style(kind, colour, paper, ansi) + Style.parse(line)
    try:
        shade = Color.parse(_NAMED.get(colour, colour))
    except ColorParseError:
        return Style(underline=kind == "pen")
    if ansi:
        name = _nearest(shade)
        return Style(color="black", bgcolor=name) if kind == "pen" else Style(color=name)
    if kind == "sign":
        return Style(color=shade.rich_color)
    ground = Color.from_rich_color(paper.bgcolor) if _is_set(paper.bgcolor) else Color(20, 20, 20)
    return Style(bgcolor=ground.blend(shade, _STRENGTH).rich_color)


def _is_set(colour: RichColor | None) -> bool:
    """Whether a colour has numbers of its own."""
    return colour is not None and colour.triplet is not None


def _nearest(shade: Color) -> str:
    """The one of six terminal colours with the nearest hue; grey is yellow, as a marker is."""
    hue, saturation, _ = shade.hsl
    if saturation < 0.1:
        return "yellow"
    hues = {"red": 0.0, "yellow": 1 / 6, "green": 1 / 3, "cyan": 1 / 2, "blue": 2 / 3, "magenta": 5 / 6}
    return min(_ANSI, key=lambda name: min(abs(hues[name] - hue), 1 - abs(hues[name] - hue)))
