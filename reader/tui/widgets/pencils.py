"""The looks of the page: quiet voices as component classes, pens in any colour."""

from functools import lru_cache
from typing import Final

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color, ColorParseError

VOICES: Final = (
    "title", "byline", "standfirst", "subhead", "body", "caption", "related", "credit", "comment", "author",
    "boilerplate", "fold", "rail", "rule",
)  # fmt: skip
"""The voices of a page, one component class each."""
LAYERS: Final = (
    "hit", "near", "hit-current", "pattern-1", "pattern-2", "pattern-3", "pattern-4", "pattern-5",
    "pattern-6", "overlap", "mark-current", "selection", "caret",
)  # fmt: skip
"""What lies over the text, one component class each."""

PAGE_CSS: Final = """
Page { width: 1fr; height: 1fr; background: $background; color: $foreground; }
Page > .page--title { text-style: bold; }
Page > .page--byline, Page > .page--credit, Page > .page--related, Page > .page--rule { color: $text-muted; }
Page > .page--standfirst { text-style: italic; }
Page > .page--subhead { text-style: bold; }
Page > .page--caption { color: $text-muted; text-style: italic; }
Page > .page--author { text-style: bold; color: $text-muted; }
Page > .page--boilerplate, Page > .page--rail { color: $text-disabled; }
Page > .page--fold { color: $text-muted; }
Page > .page--hit { background: $warning 40%; text-style: underline; }
Page > .page--near { background: $warning 20%; text-style: underline; }
Page > .page--hit-current { background: $warning; color: $background; text-style: bold; }
Page > .page--pattern-1 { color: $warning; text-style: underline; }
Page > .page--pattern-2 { color: $success; text-style: underline; }
Page > .page--pattern-3 { color: $error; text-style: underline; }
Page > .page--pattern-4 { color: $primary; text-style: underline; }
Page > .page--pattern-5 { color: $secondary; text-style: underline; }
Page > .page--pattern-6 { color: $accent; text-style: underline; }
Page > .page--overlap { text-style: underline; }
Page > .page--mark-current { text-style: bold; }
Page > .page--selection { background: $primary 60%; color: $text; }
Page > .page--caret { text-style: reverse; }
Page:ansi { background: ansi_default; color: ansi_default; }
Page:ansi > .page--hit { background: ansi_yellow; color: ansi_black; }
Page:ansi > .page--near { background: ansi_default; color: ansi_yellow; text-style: underline; }
Page:ansi > .page--hit-current { background: ansi_bright_yellow; color: ansi_black; text-style: bold; }
Page:ansi > .page--selection { background: ansi_blue; color: ansi_bright_white; }
Page:ansi > .page--byline, Page:ansi > .page--credit, Page:ansi > .page--related, Page:ansi > .page--caption,
Page:ansi > .page--author, Page:ansi > .page--boilerplate, Page:ansi > .page--rail, Page:ansi > .page--fold,
Page:ansi > .page--rule { color: ansi_bright_black; }
"""

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
