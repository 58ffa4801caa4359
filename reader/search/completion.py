"""What a query may go on with, as one types: fields, their values, known words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from reader.search.clause import FIELDS
from reader.search.query import PLACES, STATES, joined, named
from reader.text.spelling import normalise

MOST: Final = 8
_SHORTEST_WORD: Final = 3
_PIECE: Final = re.compile(r'(?P<minus>-?)(?:(?P<field>[^\W\d_]+):(?P<quote>"?)(?P<value>[^"]*)|(?P<word>[^\s":]*))$')


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on: `text` is the whole query with it, `label` what the list shows, `detail` what it
    means.
    """

    text: str
    label: str
    detail: str = ""


def complete(
    text: str,
    values: Callable[[str, str], Sequence[tuple[str, int]]],
    words_like: Callable[[str], Sequence[str]] = lambda prefix: (),
) -> tuple[Completion, ...]:
    """The likeliest ways to go on at the end of the query, at most MOST.

    `values` gives the known values of a field ("outlet", "author", "tag", "pen", "by") that a beginning
    means, with counts; `words_like` the commonest words that begin so.
    """
    text = joined(text)
    match = _PIECE.search(text)
    if not match:
        return ()
    before = text[: match.start()]
    if match["field"]:
        return _of_field(before + match["minus"], named(match["field"]), match["value"], values)
    word = match["word"]
    if not word:
        return ()
    before += match["minus"]
    found = [
        Completion(f"{before}{name}:", f"{name}:", meaning)
        for name, meaning in FIELDS.items()
        if name.startswith(word.lower()) and name != word.lower()
    ]
    if len(word) >= _SHORTEST_WORD:
        known = [other for other in words_like(normalise(word)) if other != normalise(word)]
        found += [Completion(f"{before}{other} ", other) for other in known]
    return tuple(found[:MOST])


def _of_field(
    before: str, name: str, value: str, values: Callable[[str, str], Sequence[tuple[str, int]]]
) -> tuple[Completion, ...]:
    """The values of a field that begin as typed."""
    fixed = {"in": PLACES, "is": STATES}.get(name)
    if fixed is not None:
        matching = [one for one in fixed if one.startswith(value.lower())]
        return tuple(Completion(f"{before}{name}:{one} ", one) for one in matching)
    if name not in ("outlet", "author", "tag", "pen", "by"):
        return ()
    return tuple(
        Completion(f"{before}{name}:{_quoted(one)} ", one, f"{count} article{'s' if count != 1 else ''}")
        for one, count in values(name, value)[:MOST]
    )


def _quoted(value: str) -> str:
    """The value as the query language takes it."""
    plain = value.replace('"', "").replace("“", "").replace("”", "").replace("„", "")
    return f'"{plain}"' if re.search(r"\s", plain) else plain
