"""Names that the analyst accepted as one: `names.toml`, a list of groups of spellings."""

from pathlib import Path
from typing import Final

from reader.settings.settings import Mistake, line_of, read_toml

NAMES: Final = "names.toml"


def load_names(state: Path) -> tuple[tuple[tuple[str, ...], ...], list[Mistake]]:
    """The accepted groups (`groups = [["Daesh", "ISIS"], …]`) and what had to be left out. Never raises."""
    path = state / NAMES
    mistakes: list[Mistake] = []
    table, text = read_toml(path, mistakes)
    mistakes += [
        Mistake(str(path), line_of(text, key), f"unknown key “{key}”; “groups” is meant for accepted names")
        for key in table
        if key not in ("groups", "refused")
    ]
    groups = []
    for number, group in enumerate(table.get("groups", []), 1):
        if isinstance(group, list) and len(group) > 1 and all(isinstance(name, str) and name.strip() for name in group):
            groups.append(tuple(group))
        else:
            message = f"group {number} should be a list of two or more names in quotes"
            mistakes.append(Mistake(str(path), line_of(text, "groups"), message))
    return tuple(groups), mistakes
