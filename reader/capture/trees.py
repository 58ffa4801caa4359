"""The trained part of the classifier: how likely each line is to be part of the article's running text.

The weights are gradient-boosted trees, trained on pages of the open web by `tests/benchmarks/train_lines.py` and kept
as a table of numbers in `weights.json`. They judge each line by its `context.features`.
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

_EARLY: Final = 10
"""After each so many trees a clear answer stands: the rest only refine it."""
_CLEAR: Final = 2.5


def likelihoods(rows: Sequence[Sequence[float]]) -> list[float]:
    """For each row of `context.features`: how likely (0 to 1) the line belongs to the article's running text."""
    forest = _forest()
    return [_chance(forest(row)) for row in rows]


def _chance(total: float) -> float:
    return 1.0 / (1.0 + exp(-total)) if total > -30.0 else 0.0


@cache
def _forest() -> Forest:
    """The trees as one function, which judges a row about three times as fast as a walk from node to node.

    Each tree becomes one conditional expression over the row's numbers; nothing but numbers comes from the table.
    """
    table = json.loads(files("reader.capture").joinpath("weights.json").read_bytes())
    places = {name: number for number, name in enumerate(FEATURES)}
    columns = [places[name] for name in table["columns"]]
    row = ", ".join(f"x{number}" for number in range(len(FEATURES)))
    lines = ["def total(row):", f" {row} = row", " total = 0.0"]
    for count, tree in enumerate(table["trees"]):
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
