"""What each command does: functions grouped by subject, found by the command's name.

A function takes the screen on which the key was pressed and a count (1 unless digits were typed before).
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

Action = Callable[[Any, int], None]

ACTIONS: dict[str, dict[str, Action]] = {}
"""For each command, its function on each kind of screen (by place; `` is any)."""


def action(*names: str, on: str = "main") -> Callable[[Action], Action]:
    """Declare that a function is what the commands do on the screens of that place."""

    def declare(function: Action) -> Action:
        for name in names:
            ACTIONS.setdefault(name, {})[on] = function
        return function

    return declare


MODULES = (
    *("annotating", "boards", "bringing", "choosing", "coding", "copying", "correcting", "finding", "hits"),
    *("judging", "keeping", "lists", "marking", "moving", "program", "searching", "selecting", "ticking", "viewing"),
)
"""The modules of this package that declare functions."""


@cache
def load_actions() -> None:
    """Import every module that declares functions: beside the first screen, or at the first key."""
    for module in MODULES:
        import_module(f"{__name__}.{module}")
    _loaded = True


def find_action(name: str, place: str) -> Action | None:
    """The function of a command on a screen of that place."""
    load_actions()
    known = ACTIONS.get(name, {})
    return known.get(place) or known.get("")
