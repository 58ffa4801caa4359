"""Which key runs which command: the table's keys, a preset over them, the users' `keymap.toml` over both.

    preset = "vim"                 # standard, vim, emacs or arrows
    [keys]
    "go.top" = "g g"               # a sequence: keys joined by a space
    "page.down" = ["space", "pagedown"]
    "tour" = []                    # no key at all

A mistake in the file is left out and reported with its line.
"""

import difflib
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from reader.settings.commands import BY_NAME, COMMANDS
from reader.settings.settings import (
    KEY_PRESETS,
    Mistake,
    config_directory,
    line_of,
    read_toml,
)

KEYMAP_NAME: Final = "keymap.toml"

Sequence = tuple[str, ...]

NAMED_KEYS: Final = frozenset(
    ["space", "enter", "tab", "escape", "backspace", "delete", "insert"]
    + ["up", "down", "left", "right", "home", "end", "pageup", "pagedown"]
    + [f"f{number}" for number in range(1, 13)]
)
MODIFIERS: Final = ("ctrl", "alt", "shift")

PRESETS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "standard": {},
    "vim": {
        "go.top": ("g g", "home"),
        "caret.top": ("g g",),
        "page.down": ("space", "pagedown", "ctrl+f"),
        "page.up": ("b", "pageup", "ctrl+b"),
        "history.back": ("H", "ctrl+o"),
        "quit": ("ctrl+q", "Z Z"),
    },
    "emacs": {
        "move.down": ("ctrl+n", "down", "j"),
        "move.up": ("alt+p", "up", "k"),
        "page.down": ("ctrl+v", "space", "pagedown"),
        "page.up": ("alt+v", "b", "pageup"),
        "go.top": ("alt+<", "home", "g"),
        "go.bottom": ("alt+>", "end", "G"),
        "paragraph.next": ("alt+}", "}"),
        "paragraph.previous": ("alt+{", "{"),
        "caret.right": ("ctrl+f", "right", "l"),
        "caret.left": ("ctrl+b", "left", "h"),
        "caret.down": ("ctrl+n", "down", "j"),
        "caret.up": ("alt+p", "up", "k"),
        "caret.word": ("alt+f", "w"),
        "caret.back": ("alt+b", "b"),
        "caret.line-start": ("ctrl+a", "home", "0"),
        "caret.line-end": ("ctrl+e", "end", "$"),
        "find": ("ctrl+s", "/"),
        "palette": ("alt+x", "ctrl+p", ":"),
        "undo": ("ctrl+_", "u"),
        "quit": ("ctrl+x ctrl+c", "ctrl+q"),
        "caret.leave": ("ctrl+g", "escape", "q"),
    },
    "arrows": {
        "move.down": ("down",),
        "move.up": ("up",),
        "page.down": ("pagedown", "space"),
        "page.up": ("pageup", "backspace"),
        "go.top": ("home",),
        "go.bottom": ("end",),
        "article.next": ("ctrl+down", "J"),
        "article.previous": ("ctrl+up", "K"),
        "paragraph.next": ("ctrl+right", "}"),
        "paragraph.previous": ("ctrl+left", "{"),
        "caret.left": ("left",),
        "caret.right": ("right",),
        "caret.down": ("down",),
        "caret.up": ("up",),
        "caret.word": ("ctrl+right", "w"),
        "caret.back": ("ctrl+left", "b"),
        "caret.top": ("ctrl+home", "g"),
        "caret.bottom": ("ctrl+end", "G"),
        "find": ("ctrl+f", "/"),
        "history.back": ("alt+left", "H"),
        "history.forward": ("alt+right", "L"),
    },
}
"""What a preset binds in place of the table's keys."""


class Keymap:
    """The keys in force: `keys` gives each command's sequences, in the order they are shown."""

    def __init__(self, keys: Mapping[str, tuple[Sequence, ...]]) -> None:
        self.keys = keys

    @cached_property
    def _by_place(self) -> dict[str, dict[Sequence, str]]:
        """For every place, the command of each sequence."""
        table: dict[str, dict[Sequence, str]] = {}
        for command in COMMANDS:
            for place in command.where:
                for sequence in self.keys.get(command.name, ()):
                    table.setdefault(place, {}).setdefault(sequence, command.name)
        return table

    def command(self, places: Iterable[str], sequence: Sequence) -> str | None:
        """The command that the keys typed so far stand for, looking at the innermost place first."""
        for place in (*places, "everywhere"):
            name = self._by_place.get(place, {}).get(sequence)
            if name is not None:
                return name
        return None

    def following(self, places: Iterable[str], sequence: Sequence) -> tuple[tuple[str, str], ...]:
        """The keys that may follow an unfinished sequence, each with its command; empty when none does."""
        length = len(sequence)
        found: dict[str, str] = {}
        for place in (*places, "everywhere"):
            for keys, name in self._by_place.get(place, {}).items():
                if len(keys) > length and keys[:length] == sequence:
                    found.setdefault(keys[length], name)
        return tuple(found.items())

    def shown(self, name: str, limit: int = 9, ascii: bool = False) -> str:
        """The keys of a command as a reader sees them, such as `j ↓`; empty when it has none."""
        return "  ".join(show(sequence, ascii) for sequence in self.keys.get(name, ())[:limit])

    def first(self, name: str, ascii: bool = False) -> str:
        """The first key of a command, as shown."""
        return self.shown(name, 1, ascii)


_SIGNS: Final = {
    "down": "↓", "up": "↑", "left": "←", "right": "→", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home",
    "end": "End", "escape": "esc",
}  # fmt: skip
_ARROWS: Final = frozenset(("down", "up", "left", "right"))


def show(sequence: Sequence, ascii: bool = False) -> str:
    """A sequence as a reader sees it."""
    return " ".join(key if ascii and key in _ARROWS else _SIGNS.get(key, key) for key in sequence)


def load(
    folder_state: Path | None, environ: Mapping[str, str], preset: str = "standard"
) -> tuple[Keymap, list[Mistake]]:
    """The keys in force and what was left out: the table, the preset, the user's file, the workspace's."""
    mistakes: list[Mistake] = []
    chosen: dict[str, tuple[Sequence, ...]] = {}
    files = [config_directory(environ) / KEYMAP_NAME]
    if folder_state is not None:
        files.append(folder_state / KEYMAP_NAME)
    for path in files:
        preset = _read(path, preset, chosen, mistakes)
    keys = {command.name: tuple(_split(key) for key in command.keys) for command in COMMANDS}
    keys.update({name: tuple(_split(key) for key in own) for name, own in PRESETS[preset].items()})
    for name in chosen:
        for other in COMMANDS:
            if other.name not in chosen and set(other.where) & set(BY_NAME[name].where):
                keys[other.name] = tuple(item for item in keys[other.name] if not _hides(item, chosen[name]))
    keys.update(chosen)
    return Keymap(keys), mistakes


def _hides(sequence: Sequence, others: Iterable[Sequence]) -> bool:
    """Whether the sequence is the beginning of one of the others, or the other way round."""
    return any(sequence[: len(other)] == other[: len(sequence)] for other in others)


def _split(text: str) -> Sequence:
    """The keys of a written sequence."""
    return tuple(text.split())


def _read(path: Path, preset: str, chosen: dict[str, tuple[Sequence, ...]], mistakes: list[Mistake]) -> str:
    """Adds one file's keys to those chosen; the preset that counts after it."""
    table, text = read_toml(path, mistakes)
    own: dict[Sequence, str] = {}
    for key, value in table.items():
        line = line_of(text, key)
        if key == "preset" and value in KEY_PRESETS:
            preset = value
        elif key == "preset":
            mistakes.append(Mistake(str(path), line, "“preset” should be one of " + ", ".join(KEY_PRESETS)))
        elif key == "keys" and isinstance(value, dict):
            for name, keys in _flat(value):
                _take(path, line_of(text, name), name, keys, own, chosen, mistakes)
        else:
            mistakes.append(Mistake(str(path), line, f"unknown entry “{key}”; keys stand under [keys]"))
    return preset


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """The entries of a table with dotted names joined again, so that `go.top = …` works without quotes."""
    rows: list[tuple[str, Any]] = []
    for key, value in table.items():
        rows += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]
    return rows


def _take(
    path: Path,
    line: int,
    name: str,
    value: Any,
    own: dict[Sequence, str],
    chosen: dict[str, tuple[Sequence, ...]],
    mistakes: list[Mistake],
) -> None:
    """Binds one command's keys as the file says, or reports why not."""
    if name not in BY_NAME:
        near = difflib.get_close_matches(name, BY_NAME, n=1)
        hint = f"; is “{near[0]}” meant?" if near else "; `deskreader keys` lists them"
        mistakes.append(Mistake(str(path), line, f"unknown command “{name}”{hint}"))
        return
    written = [value] if isinstance(value, str) else value
    if not isinstance(written, list) or not all(isinstance(item, str) for item in written):
        mistakes.append(Mistake(str(path), line, f"the keys of “{name}” should be text or a list of texts"))
        return
    taken: list[Sequence] = []
    for item in written:
        sequence = _split(item)
        problem = key_problem(sequence) or _clash(sequence, name, own)
        if problem:
            mistakes.append(Mistake(str(path), line, f"“{item}” for “{name}”: {problem}"))
        else:
            own[sequence] = name
            taken.append(sequence)
    if taken or not written:
        chosen[name] = tuple(taken)


def _clash(sequence: Sequence, name: str, own: Mapping[Sequence, str]) -> str:
    """Why the sequence cannot stand beside another of the same file, or nothing."""
    for other, command in own.items():
        if command == name or not set(BY_NAME[command].where) & set(BY_NAME[name].where):
            continue
        if _hides(sequence, [other]):
            return f"“{' '.join(other)}” already runs “{command}” there"
    return ""


def key_problem(sequence: Sequence) -> str:
    """What is wrong with a written sequence of keys, or nothing."""
    if not sequence:
        return "no key is named"
    for key in sequence:
        *modifiers, last = key.split("+") if len(key) > 1 and not key.endswith("+") else [key]
        if any(modifier not in MODIFIERS for modifier in modifiers):
            return f"“{key}” is not a key; modifiers are {', '.join(MODIFIERS)}"
        if len(last) != 1 and last not in NAMED_KEYS:
            near = difflib.get_close_matches(last, NAMED_KEYS, n=1)
            return f"“{last}” is not a key" + (f"; is “{near[0]}” meant?" if near else "")
        if {"ctrl", "shift"} <= set(modifiers) or (modifiers == ["shift"] and len(last) == 1):
            return "terminals do not tell this key apart; write the capital letter itself"
    return ""
