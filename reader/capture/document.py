"""What a format parser hands on: visible lines in reading order, with what the markup says of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from reader.capture.article import Kind

SUPPOSED: Final = 0.6
"""Confidence of a line that its format only supposes to be text: comments and furniture in it are looked for."""


class Line(NamedTuple):
    """One line of visible text, not yet cleaned; `kind` is None where the format says nothing of it.

    `rule`, `author` and `depth` are as in `Block`. `confidence` (0 to 1) is how far the classifier of plain
    text should trust `kind`.
    """

    text: str
    kind: Kind | None = None
    rule: str = ""
    author: str | None = None
    depth: int = 0
    confidence: float = 1.0


def supposed(texts: Iterable[str]) -> list[Line]:
    """Lines of what a format says is a text, such as a letter, so that a short one is not taken for furniture."""
    return [Line(text, Kind.BODY, "text", confidence=SUPPOSED) if text.strip() else Line(text) for text in texts]


@dataclass(frozen=True, slots=True)
class Document:
    """One article as its format gives it.

    `facts` maps a metadata field (`title outlet authors published place url language`) to candidates, best
    first, each a pair (value, basis); authors are separated by newlines, dates in any spelling. `fragment` is a
    stable name of the article inside its file, empty when the file holds one article.
    """

    lines: tuple[Line, ...]
    facts: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    fragment: str = ""
