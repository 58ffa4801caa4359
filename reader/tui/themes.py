"""The looks: three of our own, one for terminals with few colours, Textual's, and those in theme files."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from textual.color import Color, ColorParseError
from textual.theme import Theme

from reader.settings.settings import Mistake, line_of, read_toml

_DESKREADER: Final = Theme(
    name="deskreader",
    primary="#e0b15e",
    secondary="#8fa7b8",
    accent="#e0b15e",
    warning="#e5a45b",
    error="#e8796f",
    success="#93c08a",
    foreground="#dcd8ce",
    background="#16181b",
    surface="#1b1e22",
    panel="#24282d",
    boost="#24282d",
    dark=True,
    variables={"quiet": "#878c91", "rule": "#33383e", "screen-selection-background": "#3d4a5c"},
)
_PAPER: Final = Theme(
    name="paper",
    primary="#8a4b1f",
    secondary="#4f6474",
    accent="#8a4b1f",
    warning="#96590b",
    error="#a8281d",
    success="#37702f",
    foreground="#262420",
    background="#f6f2e8",
    surface="#efeadd",
    panel="#e6dfcf",
    boost="#e6dfcf",
    dark=False,
    variables={"quiet": "#756f63", "rule": "#d2c9b4", "screen-selection-background": "#c9d6e4"},
)
_CONTRAST: Final = Theme(
    name="contrast",
    primary="#ffe100",
    secondary="#6fe7ff",
    accent="#ffe100",
    warning="#ffb000",
    error="#ff6b6b",
    success="#5cff7a",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1d1d1d",
    boost="#1d1d1d",
    dark=True,
    variables={"quiet": "#d0d0d0", "rule": "#ffffff", "screen-selection-background": "#0050c8"},
)
_PLAIN: Final = Theme(
    name="plain",
    ansi=True,
    primary="ansi_yellow",
    secondary="ansi_cyan",
    accent="ansi_yellow",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "quiet": "ansi_bright_black",
        "rule": "ansi_bright_black",
        "screen-selection-background": "ansi_blue",
        "screen-selection-foreground": "ansi_bright_white",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_white",
        "input-cursor-background": "ansi_white",
        "input-cursor-foreground": "ansi_black",
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_bright_white",
    },
)

OWN: Final = (_DESKREADER, _PAPER, _CONTRAST, _PLAIN)
"""Our themes, in the order they are offered; `plain` uses the terminal's own colours alone."""

_COLOURS: Final = (
    *("primary", "secondary", "accent", "warning", "error", "success"),
    *("foreground", "background", "surface", "panel", "boost"),
)
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?\Z|[a-z_]+\Z")


def read_themes(folders: Iterable[Path]) -> tuple[list[Theme], list[Mistake]]:
    """The themes of the folders' `*.toml` files (name, colours, `dark`), and what was wrong with any."""
    themes: list[Theme] = []
    mistakes: list[Mistake] = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            table, text = read_toml(path, mistakes)
            if table and (theme := _theme(path, text, table, mistakes)):
                themes.append(theme)
    return themes, mistakes


def _theme(path: Path, text: str, table: dict[str, Any], mistakes: list[Mistake]) -> Theme | None:
    """One theme file's theme, or None with a report; unknown entries and bad colours are left out."""
    good: dict[str, Any] = {}
    for key, value in table.items():
        if (key in _COLOURS and _parses(value)) or (key == "dark" and isinstance(value, bool)):
            good[key] = value
        elif key == "variables" and isinstance(value, dict):
            good[key] = {name: item for name, item in value.items() if _parses(item)}
        elif key != "name":
            known = "one of name, dark, variables, " + ", ".join(_COLOURS)
            expected = "a colour such as #e0b15e" if key in _COLOURS else known
            mistakes.append(Mistake(str(path), line_of(text, key), f"“{key}”: expected {expected}"))
    if "primary" not in good:
        mistakes.append(Mistake(str(path), 0, "a theme needs at least a `primary` colour; it is left out"))
        return None
    name = table.get("name", path.stem)
    return Theme(name=name if isinstance(name, str) else path.stem, **good)


def _parses(value: object) -> bool:
    """Whether it is a colour that Textual knows."""
    if not isinstance(value, str):
        return False
    try:
        Color.parse(value)
    except ColorParseError:
        return False
    return bool(_COLOUR.match(value))
