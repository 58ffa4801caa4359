"""From a key event to a command: names of keys, sequences, counts and awaited letters."""

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from textual.events import Key

from reader.settings.keymap import NAMED_KEYS, Keymap

_NAMES = {"underscore": "_", "minus": "-", "slash": "/", "backslash": "\\", "at": "@", "plus": "+"}


def key_name(event: Key) -> str:
    """The key as keymaps write it: the character itself, or a name with its modifiers."""
    *modifiers, last = event.key.split("+")
    if not modifiers and event.character and event.is_printable and event.character != " ":
        return event.character
    if len(last) > 1 and last not in NAMED_KEYS:
        last = _NAMES.get(last) or _character(last) or last
    return "+".join([*modifiers, last])


def _character(name: str) -> str:
    """The character of one of Textual's key names, such as `left_curly_bracket`."""
    try:
        return unicodedata.lookup(name.replace("_", " ").upper())
    except KeyError:
        return ""


class _Awaited(NamedTuple):
    """What to do with an awaited letter."""

    then: Callable[[str], None]
    left: Callable[[], None] | None
    only: str | None


class Dispatcher:
    """Keys typed so far and what they lead to; one for each screen.

    `run` carries out a command with a count. `pending` is what an unfinished sequence shows in the status line.
    """

    def __init__(self, keymap: Keymap, run: Callable[[str, int], None]) -> None:
        self.keymap = keymap
        self.run = run
        self.typed: tuple[str, ...] = ()
        self.digits = ""
        self.awaiting = ""
        self._awaiting: _Awaited | None = None

    @property
    def pending(self) -> str:
        """The count and keys typed so far, or what letter is awaited."""
        return self.awaiting or " ".join([*([self.digits] if self.digits else []), *self.typed])

    @property
    def must_answer(self) -> bool:
        """Whether any next key is the answer to a question."""
        return self._awaiting is not None and self._awaiting.only is None

    def await_letter(
        self,
        words: str,
        then: Callable[[str], None],
        left: Callable[[], None] | None = None,
        only: str | None = None,
    ) -> None:
        """Hand the next character to `then`; any other key gives up, and `left` is called.

        Where `only` names letters, another key does what it always does, and the question is forgotten.
        """
        self.awaiting, self._awaiting = words, _Awaited(then, left, only)

    def clear(self) -> bool:
        """Forget what was typed; whether there was anything."""
        had = bool(self.typed or self.digits or self._awaiting)
        self.typed, self.digits, self._awaiting, self.awaiting = (), "", None, ""
        return had

    def take(self, event: Key, places: tuple[str, ...], counting: bool) -> bool:
        """Deal with a key; whether it was used. `counting` lets digits count."""
        key = key_name(event)
        if self._awaiting is not None:
            awaited = self._awaiting
            self.clear()
            letter = " " if key == "space" else key
            if len(letter) == 1 and (awaited.only is None or letter in awaited.only):
                awaited.then(letter)
                return True
            if awaited.left is not None:
                awaited.left()
            if awaited.only is None or key == "escape":
                return True
        if key == "escape" and self.clear():
            return True
        if counting and not self.typed and key.isdecimal() and (self.digits or key != "0"):
            self.digits = (self.digits + key)[:4]
            return True
        sequence = (*self.typed, key)
        name = self.keymap.command(places, sequence)
        if name is not None:
            count = int(self.digits or 1)
            self.clear()
            self.run(name, count)
            return True
        if self.keymap.following(places, sequence):
            self.typed = sequence
            return True
        return self.clear()
