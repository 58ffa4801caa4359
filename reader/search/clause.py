"""What a query is made of: words, phrases and conditions, and how the screen says each."""

from dataclasses import dataclass
from typing import Final, TypeAlias

FIELDS: Final = {
    "title": "in the headline",
    "outlet": "published by",
    "author": "written by",
    "tag": "carries the tag",
    "pen": "marked with the pen",
    "by": "noted by",
    "in": "only in notes, comments, captions, title, body or boilerplate",
    "is": "unread, read, noted or marked",
    "after": "published on this day or later",
    "before": "published before this day",
    "near": "all words within so many words of each other",
}
"""Every field of the language with what it means, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word: as typed, and its normal form. `typing` when it is the last and may go on; `place` as in
    `in:`.
    """

    typed: str
    word: str
    typing: bool = False
    place: str | None = None

    @property
    def said(self) -> str:
        """The word for the screen."""
        return _placed(self.typed + ("…" if self.typing else ""), self.place)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Normalised words in order, as typed between quotation marks. `typing` when the last may go on."""

    typed: str
    words: tuple[str, ...]
    place: str | None = None
    typing: bool = False

    @property
    def said(self) -> str:
        """The phrase for the screen."""
        return _placed(f"“{self.typed}{'…' if self.typing else ''}”", self.place)


@dataclass(frozen=True, slots=True)
class Condition:
    """A demand on the article and not on its words: the field's name and the value as typed."""

    field: str
    value: str

    @property
    def said(self) -> str:
        """The demand for the screen."""
        if self.field == "is":
            return self.value
        if self.field == "after":
            return f"published {self.value} or later"
        return f"published before {self.value}" if self.field == "before" else f"{FIELDS[self.field]} {self.value}"

    @property
    def denied(self) -> str:
        """What is said of articles that are refused for it."""
        if self == Condition("is", "read"):
            return "unread"
        return f"without the tag {self.value}" if self.field == "tag" else f"not {self.said}"


def _placed(said: str, place: str | None) -> str:
    return f"{said} in the headline" if place == "title" else said


Atom: TypeAlias = Term | Phrase | Condition


@dataclass(frozen=True, slots=True)
class Clause:
    """Alternatives, of which one is wanted, or none where the clause is negative."""

    atoms: tuple[Atom, ...]
    negative: bool = False

    @property
    def said(self) -> str:
        """The clause for the screen."""
        if not self.negative:
            return " or ".join(atom.said for atom in self.atoms)
        return " or ".join(
            atom.denied if isinstance(atom, Condition) else f"without {atom.said}" for atom in self.atoms
        )
