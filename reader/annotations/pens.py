"""Pens: a name, a letter to choose it by, a look and a meaning.

A look must be told apart in full colour, in sixteen colours and without any. So a pen has one of the eight
terminal colours, a line style, and a mark that stands in the margin where neither is to be had.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from reader.text.clean import clean_line

COLOURS: Final = ("yellow", "green", "red", "blue", "magenta", "cyan", "white", "none")
STYLES: Final = ("plain", "bold", "italic", "underline", "reverse")

_KEYS: Final = ("name", "letter", "colour", "style", "mark", "meaning")
_NAME_LIMIT: Final = 40
_MEANING_LIMIT: Final = 200


class Pen(NamedTuple):
    """How a kind of passage looks and what it means.

    `letter` chooses it in the palette; `colour` is one of `COLOURS`, drawn as a background by the theme;
    `style` one of `STYLES`, drawn with the colour and instead of it where there is none; `mark` is the
    one-cell sign in the margin.
    """

    name: str
    letter: str
    colour: str
    style: str
    mark: str
    meaning: str


DEFAULT_PENS: Final = (
    Pen("fact", "f", "yellow", "plain", "│", "a statement to rely on: who, what, where, when"),
    Pen("figure", "n", "cyan", "bold", "#", "a number, with what it counts"),
    Pen("doubt", "d", "red", "underline", "?", "contested, unlikely or contradicted elsewhere"),
    Pen("quote", "q", "green", "italic", "“", "somebody's words, to be cited"),
    Pen("lead", "l", "magenta", "reverse", "→", "worth following up"),
)


class PenMistake(NamedTuple):
    """What is wrong in a pens file, and where: `line` counts from 1, 0 is the file as a whole."""

    line: int
    message: str


def load_pens(text: str) -> tuple[tuple[Pen, ...], tuple[PenMistake, ...]]:
    """The pens of a TOML file of `[[pen]]` tables, and its mistakes; the defaults where it gives none.

    A pen with a mistake keeps what is right in it: a missing colour or letter is filled in, a pen without a
    name or with a name already taken is left out. Never raises.
    """
    if not text.strip():
        return DEFAULT_PENS, ()
    import tomllib  # most readers keep to the pens as they come

    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return DEFAULT_PENS, (PenMistake(_error_line(str(error)), f"not TOML: {clean_line(str(error))}"),)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[pen]]"]
    mistakes = [
        PenMistake(_line_of(text, key), f"unknown key {clean_line(key)!r}; only [[pen]] tables are read")
        for key in data
        if key != "pen"
    ]
    tables = data.get("pen", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        return DEFAULT_PENS, (
            *mistakes,
            PenMistake(_line_of(text, "pen"), "pens are written as [[pen]] tables"),
        )
    pens: list[Pen] = []
    for index, table in enumerate(tables):
        pen, wrong = _read_pen(table, pens)
        line = lines[index] if len(lines) == len(tables) else 0
        mistakes += [PenMistake(line, message) for message in wrong]
        if pen is not None:
            pens.append(pen)
    return tuple(pens) or DEFAULT_PENS, tuple(mistakes)


def _read_pen(table: Mapping[str, Any], known: Sequence[Pen]) -> tuple[Pen | None, list[str]]:
    name = table.get("name")
    if not isinstance(name, str) or not name.strip():
        return None, ["a pen needs a name"]
    name = clean_line(name, _NAME_LIMIT)
    if any(pen.name == name for pen in known):
        return None, [f"a second pen named {name!r} is left out"]
    wrong = [f"pen {name!r}: unknown key {clean_line(key)!r}" for key in table if key not in _KEYS]
    model = next(
        (pen for pen in DEFAULT_PENS if pen.name == name), DEFAULT_PENS[len(known) % len(DEFAULT_PENS)]
    )

    def one_of(key: str, allowed: Sequence[str], otherwise: str) -> str:
        value = table.get(key, otherwise)
        if value in allowed:
            return str(value)
        wrong.append(f"pen {name!r}: {key} is one of {', '.join(allowed)}")
        return otherwise

    colour = one_of("colour", COLOURS, model.colour)
    style = one_of("style", STYLES, model.style)
    mark = table.get("mark", model.mark)
    if not _is_sign(mark):
        wrong.append(f"pen {name!r}: mark is one visible character")
        mark = model.mark
    letter = table.get("letter", "")
    taken = {pen.letter for pen in known}
    if letter and (not _is_sign(letter) or letter in taken):
        reason = "is taken" if letter in taken else "is not one visible character"
        wrong.append(f"pen {name!r}: letter {clean_line(str(letter))!r} {reason}")
        letter = ""
    letter = letter or _free_letter(name, taken)
    meaning = table.get("meaning", "")
    if not isinstance(meaning, str):
        wrong.append(f"pen {name!r}: meaning is a text")
        meaning = ""
    return Pen(name, letter, colour, style, mark, clean_line(meaning, _MEANING_LIMIT)), wrong


def _is_sign(value: object) -> bool:
    return isinstance(value, str) and len(value) == 1 and value.isprintable() and not value.isspace()


def _free_letter(name: str, taken: set[str]) -> str:
    candidates = [one for one in name.lower() if one.isalnum()] + list("abcdefghijklmnopqrstuvwxyz0123456789")
    return next((one for one in candidates if one not in taken), "?")


def _line_of(text: str, key: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().startswith((key, f"[{key}", f'"{key}"')):
            return number
    return 0


def _error_line(message: str) -> int:
    _, found, rest = message.partition("line ")
    digits = rest.split(",")[0].split(")")[0].split()[0] if found and rest.strip() else ""
    return int(digits) if digits.isdecimal() else 0


def dump_pens(pens: Sequence[Pen]) -> str:
    """The pens as a TOML file that `load_pens` reads back as they were."""
    return "\n".join(
        "[[pen]]\n" + "".join(f"{key} = {_quoted(getattr(pen, key))}\n" for key in _KEYS) for pen in pens
    )


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in escaped) + '"'


def pen_named(pens: Sequence[Pen], name: str | None) -> Pen:
    """The pen of that name; an unknown or missing name is drawn like the first, under its own name."""
    for pen in pens:
        if pen.name == name:
            return pen
    first = pens[0] if pens else DEFAULT_PENS[0]
    return first if name is None else Pen(name, "", first.colour, first.style, first.mark, "")
