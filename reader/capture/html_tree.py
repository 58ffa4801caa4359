"""What an HTML page is to everything that judges it: runs of visible text, each with its element."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final


def word_set(words: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(words.split())


_NAMING: Final = (
    "id",
    "class",
    "role",
    "itemprop",
    "rel",
    "data-testid",
    "data-component",
    "data-qa",
    "property",
    "aria-label",
    "data-type",
    "name",
)
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HIDDEN_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_FOR_SCREEN_READERS: Final = word_set(
    "sr-only screen-reader-text visually-hidden visuallyhidden element-invisible u-hidden screenreader"
    " assistive-text hidden-visually a11y-hidden show-for-sr"
)


BULLET: Final = "• "
"""What stands before an item of a list that has no number."""

_OWN_LIMIT: Final = 200
"""Code points of its own text that an element remembers: a name or a date is shorter."""


@dataclass(slots=True, eq=False)
class Element:
    """An element of the page; `names` are its class, id, role and the like, with dashes between words.

    `order` is its place among the page's elements, `end` that of the first element after all that it holds; `first`
    and `last` are the indices of the runs that it holds, the last one excluded. `own` is the beginning of the text
    that stands in it and in no element inside it.
    """

    tag: str
    parent: "Element | None"
    attributes: dict[str, str]
    depth: int
    names: tuple[str, ...]
    hidden: bool = False
    first: int = 0
    last: int = 0
    order: int = 0
    end: int = 0
    own: str = ""

    def chain(self) -> "Iterator[Element]":
        """The element and those around it, inmost first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    def add(self, text: str) -> None:
        """Note text that stands in the element itself."""
        if len(self.own) < _OWN_LIMIT:
            self.own += text[:_OWN_LIMIT]

    def within(self, other: "Element") -> bool:
        """Whether this is `other` or lies inside it."""
        return other.order <= self.order < other.end


@dataclass(slots=True, eq=False)
class Run:
    """One line of visible text; `linked` and `strong` count its code points inside links and bold type."""

    text: str
    element: Element
    linked: int = 0
    strong: int = 0
    image: bool = False

    @property
    def link_share(self) -> float:
        """How much of the line is link text, 0 to 1."""
        return min(1.0, self.linked / max(1, len(self.text.removeprefix(BULLET))))


@dataclass(slots=True)
class Page:
    """A page read: its runs in reading order, its elements in document order, and what its head says."""

    runs: list[Run] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    metas: list[dict[str, str]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    title: str = ""
    language: str = ""

    def said(self, element: Element) -> str:
        """The beginning of what stands in an element, where its line may hold more than that."""
        held = self.elements[element.order : min(element.end, element.order + 12)]
        return " ".join(" ".join(one.own for one in held if one.own).split())


def heading_rank(run: Run) -> int:
    """The rank of the heading that a line is, 1 to 6, or 0."""
    for number, one in enumerate(run.element.chain()):
        if len(one.tag) == 2 and one.tag[0] == "h" and one.tag[1].isdigit():
            return int(one.tag[1])
        if number > 3 or one.tag in ("p", "div", "li", "td"):
            return 0
    return 0


def names_of(attributes: dict[str, str]) -> tuple[str, ...]:
    """The words that an element is named with, in one spelling: lower case, dashes between words."""
    if not attributes:
        return ()
    found: list[str] = []
    for attribute in _NAMING:
        value = attributes.get(attribute)
        if value and len(value) < 2000:
            parts = value.split()[:20] if attribute != "aria-label" else ["-".join(value.split()[:5])]
            found += [_CAMEL.sub("-", part).lower().replace("_", "-") for part in parts]
    return tuple(found)


def is_hidden(element: Element) -> bool:
    """Whether the element itself is kept from sight; style sheets are not read."""
    attributes = element.attributes
    if not attributes:
        return False
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    if _HIDDEN_STYLE.search(attributes.get("style", "")):
        return True
    return any(name in _FOR_SCREEN_READERS for name in element.names)
