"""Settings: one frozen shape, read from files, environment and flags, none of which can stop the start.

Order, later wins: defaults, the user's configuration directory, the workspace's `config.toml`, the
environment, the flags of the command line. Whatever does not fit is left out and reported with file and line.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

CONFIG_NAME: Final = "config.toml"
PREFIX: Final = "DESKREADER_"
"""Environment variables are named after the setting: `DESKREADER_THEME=paper`."""

GROUPINGS: Final = ("outlet", "date", "tag", "story", "folder", "unread")
COLOURS: Final = ("auto", "none", "16", "256", "full")
KEY_PRESETS: Final = ("standard", "vim", "emacs", "arrows")
BORDERLESS_TERMINALS: Final = ("linux", "vt100", "vt102", "vt220", "ansi")
"""Terminal types whose fonts lack block and arrow signs."""


class Mistake(NamedTuple):
    """Something that was left out of a settings file: where it stands (line 0: all of it) and what it is."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


def _setting(default: Any, help: str, **rules: Any) -> Any:
    """A field with its one line of help and the rules that a value must keep."""
    return field(default=default, metadata={"help": help, **rules})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be chosen. Each field's metadata carries its help and the values it takes."""

    theme: str = _setting(
        "deskreader", "colour theme: deskreader, paper, contrast, plain or any of Textual's"
    )
    measure: int = _setting(66, "line length of the page, in cells", low=30, high=120)
    user: str = _setting("", "the name that new notes carry (the login name when empty)")
    mouse: bool = _setting(True, "whether the mouse is listened to")
    animation: bool = _setting(False, "whether scrolling is animated (never over a remote line)")
    colours: str = _setting("auto", "how many colours to use", choices=COLOURS)
    ascii: bool = _setting(False, "draw lines and signs in ASCII alone")
    remote: bool = _setting(False, "slow line: 15 frames a second, no animation (told from SSH_CONNECTION)")
    keys: str = _setting(
        "standard", "keys to start from; keymap.toml changes single ones", choices=KEY_PRESETS
    )
    grouping: str = _setting("outlet", "how the sources are grouped", choices=GROUPINGS)
    pen: str = _setting("", "name of the pen to start with (the first when empty)")
    right_align: bool = _setting(False, "set Arabic and Hebrew paragraphs at the right edge")
    comments: bool = _setting(False, "show comments unfolded")
    poll: int = _setting(1, "seconds between two looks at the folder for changes", low=1, high=3600)
    editor: str = _setting("", "program for long notes (VISUAL and EDITOR when empty)", user_only=True)


_WORDS: Final = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}
_FIELDS: Final = {item.name: item for item in fields(Settings)}


def config_directory(environ: Mapping[str, str]) -> Path:
    """The user's directory for Deskreader's settings, whether it exists or not."""
    base = environ.get("XDG_CONFIG_HOME", "")
    root = Path(base) if base.startswith("/") else Path(environ.get("HOME", "/nonexistent")) / ".config"
    return root / "deskreader"


def load(
    folder_state: Path | None, environ: Mapping[str, str], flags: Mapping[str, Any] | None = None
) -> tuple[Settings, list[Mistake]]:
    """The settings in force and everything that was left out on the way. Never raises.

    `folder_state` is the workspace's `.textual` folder; flags that are None are not given.
    """
    mistakes: list[Mistake] = []
    settings = _from_terminal(environ)
    settings = _from_file(settings, config_directory(environ) / CONFIG_NAME, True, mistakes)
    if folder_state is not None:
        settings = _from_file(settings, folder_state / CONFIG_NAME, False, mistakes)
    given = {name: environ[PREFIX + name.upper()] for name in _FIELDS if environ.get(PREFIX + name.upper())}
    settings = _apply(settings, given, lambda key: (f"${PREFIX}{key.upper()}", 0), True, mistakes)
    chosen = {name: value for name, value in (flags or {}).items() if value is not None and name in _FIELDS}
    settings = _apply(settings, chosen, lambda key: (f"--{key.replace('_', '-')}", 0), True, mistakes)
    if not settings.user:
        settings = replace(settings, user=environ.get("USER") or environ.get("LOGNAME") or "analyst")
    return settings, mistakes


def _from_terminal(environ: Mapping[str, str]) -> Settings:
    """The defaults as they suit this terminal: remote lines, colourless and ASCII-only ones."""
    term = environ.get("TERM", "")
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or "C.UTF-8"
    narrow_font = term in BORDERLESS_TERMINALS or "utf" not in locale.lower()
    colourless = environ.get("NO_COLOR") or term.startswith("vt")
    colours = "none" if colourless else "16" if term == "linux" else "auto"
    remote = bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
    return Settings(ascii=narrow_font, colours=colours, remote=remote)


def _from_file(settings: Settings, path: Path, own: bool, mistakes: list[Mistake]) -> Settings:
    """The settings with those of one TOML file laid over them; a file that is not there changes nothing."""
    table, text = read_toml(path, mistakes)
    return _apply(settings, table, lambda key: (str(path), line_of(text, key)), own, mistakes)


def read_toml(path: Path, mistakes: list[Mistake]) -> tuple[dict[str, Any], str]:
    """The table in a settings file and its text, both empty where there is none; a bad one is reported."""
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return {}, ""
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        mistakes.append(Mistake(str(path), 0, f"cannot be read: {reason}"))
        return {}, ""
    import tomllib  # most readers have no settings file

    try:
        return tomllib.loads(text), text
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        mistakes.append(_toml_mistake(path, error))
        return {}, ""


def _toml_mistake(path: Path, error: Exception) -> Mistake:
    """The parser's complaint with its line taken out of the sentence."""
    place = re.search(r"\(at line (\d+), column \d+\)", str(error))
    message = re.sub(r"\s*\(at [^)]*\)", "", str(error))
    line = int(place[1]) if place else 0
    return Mistake(str(path), line, f"not TOML: {message}; the whole file is left out")


def line_of(text: str, key: str) -> int:
    """The first line (from 1) on which `key` is set, or 0."""
    pattern = re.compile(rf"^\s*(\[+\s*)?[\"']?{re.escape(key)}[\"']?\s*[=\]]")
    return next((number for number, line in enumerate(text.split("\n"), 1) if pattern.match(line)), 0)


def _apply(
    settings: Settings, values: Mapping[str, Any], place: Any, own: bool, mistakes: list[Mistake]
) -> Settings:
    """The settings with those of `values` that fit; `own` tells the user's settings from a workspace's."""
    good: dict[str, Any] = {}
    for key, value in values.items():
        file, line = place(key)
        if key not in _FIELDS:
            near = difflib.get_close_matches(key, _FIELDS, n=1)
            hint = f"; is “{near[0]}” meant?" if near else ""
            mistakes.append(Mistake(file, line, f"unknown setting “{key}”{hint}"))
        elif _FIELDS[key].metadata.get("user_only") and not own:
            message = f"“{key}” names a program and counts only in your own configuration"
            mistakes.append(Mistake(file, line, message))
        else:
            fitted, expected = _fit(key, value)
            if expected:
                mistakes.append(Mistake(file, line, f"“{key}” should be {expected}, not {value!r}"))
            else:
                good[key] = fitted
    return replace(settings, **good)


def _fit(key: str, value: Any) -> tuple[Any, str]:
    """The value in the setting's type, or what was expected instead."""
    rules = _FIELDS[key].metadata
    default: object = _FIELDS[key].default
    if isinstance(default, bool):
        fitted = value if isinstance(value, bool) else _WORDS.get(str(value).lower())
        return fitted, "" if isinstance(fitted, bool) else "true or false"
    if isinstance(default, int):
        number = int(value) if isinstance(value, str) and value.lstrip("-").isdecimal() else value
        whole = isinstance(number, int) and not isinstance(number, bool)
        fits = whole and rules["low"] <= number <= rules["high"]
        return number, "" if fits else f"a whole number from {rules['low']} to {rules['high']}"
    if not isinstance(value, str | int) or isinstance(value, bool):
        return value, "text in quotes"
    choices = rules.get("choices")
    return str(value), "" if not choices or str(value) in choices else "one of " + ", ".join(choices)
