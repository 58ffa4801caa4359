"""The trained part of the classifier: how likely each line is to be part of the article's running text.

The weights are gradient-boosted trees, trained on pages of the open web by `tests/benchmarks/train_lines.py` and kept
as a table of numbers in `weights.json`. A first set of trees judges each line by its `context.features`; a second
judges it again by these and by what the first said of the lines around it.
"""

import json
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any, Final

from reader.capture.context import FEATURES

Forest = Callable[[Sequence[float]], float]
"""The sum of what its trees say of a row."""

NEAR: Final = 4
"""How many lines to each side the second set of trees sees one by one."""
_WIDE: Final = (6, 15)
_EARLY: Final = 40
"""After each so many trees a clear answer stands: the rest only refine it."""
_CLEAR: Final = 2.5


WIDENED: Final = (
    "guess",
    *(f"guess {side}{step}" for step in range(1, NEAR + 1) for side in "-+"),
    *(f"guesses {side}{width}" for width in _WIDE for side in "-+"),
    "guessed before", "guessed through", "guess back", "guess ahead",
)  # fmt: skip
"""Names of the columns that `widened` adds, in order."""


def likelihoods(rows: Sequence[Sequence[float]]) -> list[float]:
    """For each row of `context.features`: how likely (0 to 1) the line belongs to the article's running text."""
    first, second = _forests()
    guesses = [_chance(first(row)) for row in rows]
    if second is None:
        return guesses
    return [_chance(second(row)) for row in widened(rows, guesses)]


def widened(rows: Sequence[Sequence[float]], guesses: Sequence[float]) -> list[list[float]]:
    """The rows with what was first guessed of each line, of its neighbours and of the page before and after it."""
    total = len(rows)
    sizes = [row[0] for row in rows]
    mass = [guess * size for guess, size in zip(guesses, sizes, strict=True)]
    before = [0.0]
    for value in mass:
        before.append(before[-1] + value)
    length = [0.0]
    for size in sizes:
        length.append(length[-1] + size)
    everything = before[-1] or 1.0
    back, ahead = _trail(guesses), _trail(guesses[::-1])[::-1]
    found: list[list[float]] = []
    for number, row in enumerate(rows):
        wide = [*row, guesses[number]]
        for step in range(1, NEAR + 1):
            wide.append(guesses[number - step] if number >= step else 0.0)
            wide.append(guesses[number + step] if number + step < total else 0.0)
        for width in _WIDE:
            low, high = max(0, number - width), min(total, number + width + 1)
            wide.append((before[number] - before[low]) / ((length[number] - length[low]) or 1.0))
            wide.append((before[high] - before[number + 1]) / ((length[high] - length[number + 1]) or 1.0))
        wide += [before[number] / everything, before[number + 1] / everything, back[number], ahead[number]]
        found.append(wide)
    return found


def _trail(guesses: Sequence[float]) -> list[float]:
    """For each line, how many lines back the last likely one lies (40 at most)."""
    found: list[float] = []
    last = 40.0
    for guess in guesses:
        found.append(last)
        last = 1.0 if guess > 0.5 else min(40.0, last + 1)
    return found


def _chance(total: float) -> float:
    return 1.0 / (1.0 + exp(-total)) if total > -30.0 else 0.0


@cache
def _forests() -> tuple[Forest, Forest | None]:
    table = json.loads(files("reader.capture").joinpath("weights.json").read_bytes())
    places = {name: number for number, name in enumerate((*FEATURES, *WIDENED))}
    columns = [places[name] for name in table["columns"]]
    second = _compiled(table["second"], columns, len(places)) if table["second"] else None
    return _compiled(table["first"], columns, len(FEATURES)), second


def _compiled(trees: Sequence[Any], columns: Sequence[int], width: int) -> Forest:
    """One function of all the trees: it judges a row about three times as fast as a walk from node to node.

    Each tree becomes one conditional expression over the row's numbers; nothing but numbers comes from the table.
    """
    row = ", ".join(f"x{number}" for number in range(width))
    lines = ["def total(row):", f" {row} = row", " total = 0.0"]
    for count, tree in enumerate(trees):
        if count and count % _EARLY == 0:
            lines.append(f" if not {-_CLEAR} < total < {_CLEAR}: return total")
        lines.append(f" total += {_expression(tree, columns)}")
    made: dict[str, Forest] = {}
    exec("\n".join([*lines, " return total"]), made)
    return made["total"]


def _expression(tree: Any, columns: Sequence[int]) -> str:
    """A tree (a leaf's number, or a column with a limit and the trees for up to it and above it) as an expression."""
    if not isinstance(tree, list):
        return repr(float(tree))
    number, limit, low, high = tree
    low, high = _expression(low, columns), _expression(high, columns)
    return f"({low} if x{columns[number]} <= {float(limit)!r} else {high})"
