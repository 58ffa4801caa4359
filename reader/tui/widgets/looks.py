"""The looks of words in a pane: a few words each, in the colours of the theme.

A table here costs a start next to nothing, where the same in a style sheet is read, weighed and compared, rule by
rule, before anything is painted.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from rich.style import Style
from textual.color import Color

_LINES: Final = ("bold", "dim", "italic", "underline", "reverse", "strike")


class Look(NamedTuple):
    """A look such as `bold $accent on $primary 35%`: lines, a colour, `on` a background, each with its strength.

    `ansi` is the look where the terminal's own colours are kept, `bare` the lines where there are no colours at all;
    None is the same look as ever.
    """

    words: str
    ansi: str | None = None
    bare: str | None = None

    def style(self, variables: Mapping[str, str], paper: Color, *, ansi: bool, colourless: bool) -> Style:
        """The style on `paper`, with the theme's `variables`: what the look does not set, the style does not either."""
        if colourless and self.bare is not None:
            return _parsed(self.bare, variables, paper)
        return _parsed(self.words if self.ansi is None or not ansi else self.ansi, variables, paper)


QUIET: Final = Look("$text-muted", "ansi_bright_black")
STRONG: Final = Look("bold")
ACCENT: Final = Look("$accent", "ansi_cyan")
LABEL: Final = Look("bold reverse")
"""A letter on something that can be jumped to."""


def _parsed(words: str, variables: Mapping[str, str], paper: Color) -> Style:
    """The style that the words of a look stand for."""
    front, _, back = f" {words} ".partition(" on ")
    ground = _colour(back.split(), variables, paper)
    paper = paper if ground is None else paper + ground
    ink = _colour([word for word in front.split() if word not in _LINES], variables, paper)
    return Style(
        color=None if ink is None else (paper + ink).rich_color,
        bgcolor=None if ground is None else paper.rich_color,
        **{word: True for word in front.split() if word in _LINES},  # type: ignore[arg-type]
    )


def _colour(words: list[str], variables: Mapping[str, str], paper: Color) -> Color | None:
    """The colour of words such as `$primary 35%`; `auto`, as themes have it, is what can be read on `paper`."""
    said = [part for word in words for part in variables.get(word[1:], "auto").split() if word[0] == "$"]
    said += [word for word in words if word[0] != "$"]
    names = [word for word in said if not word.endswith("%")]
    if not names:
        return None
    strength = 1.0
    for word in said:
        if word.endswith("%"):
            strength *= float(word[:-1]) / 100
    if names[0] == "auto":
        return paper.get_contrast_text(strength)
    colour = Color.parse(names[0])
    return colour.multiply_alpha(strength) if strength < 1 else colour
