"""What is known about captures beyond the capture itself: what an outlet repeats, what the analyst corrected."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from reader.capture.article import Kind

_DIGITS: Final = re.compile(r"\d+")


def line_key(line: str) -> str:
    """The line as learning and corrections compare it: one-space, casefolded, and numbers made equal.

    Counters change from page to page ("12 comments", "3 comments"), so every run of digits counts as one `0`;
    a line without letters keeps its digits, for there is nothing else to know it by.
    """
    return numbers_alike(" ".join(line.split()).casefold())


def numbers_alike(text: str) -> str:
    """A line of one-space casefolded words as `line_key` has it."""
    if _DIGITS.search(text) is None:
        return text
    return _DIGITS.sub("0", text) if any(character.isalpha() for character in text) else text


@dataclass(frozen=True, slots=True)
class Learned:
    """What the other pages of the same outlet taught.

    `boilerplate` maps a `line_key` to a readable reason ("stands on 5 of 6 pages of Harbour Wire"). `outlet` is the
    outlet that the folder as a whole suggests for this page, with its basis in `outlet_basis`.
    """

    boilerplate: Mapping[str, str] = field(default_factory=dict)
    outlet: str | None = None
    outlet_basis: str = ""


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the analyst said; it wins over everything else.

    `lines` maps a `line_key` to the kind that such lines have. A metadata field is None where nothing was said, and
    empty where the analyst said that the article has none; `published` is an ISO date, whole or cut short.
    `always` names the fields and line keys that came from a correction for the whole outlet.
    """

    lines: Mapping[str, Kind] = field(default_factory=dict)
    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] | None = None
    published: str | None = None
    place: str | None = None
    always: frozenset[str] = frozenset()

    def basis(self, name: str) -> str:
        """The readable reason for a field or line key that these corrections decide."""
        return "corrected for this outlet" if name in self.always else "corrected by the analyst"
