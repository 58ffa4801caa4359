"""What a capture becomes: one text, the blocks that partition it, and what is known about it."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final, Generic, NamedTuple, TypeVar

from reader.text.span import Span

T = TypeVar("T")


class Kind(StrEnum):
    """What a careful reader would call a block.

    Python 3.11 looks a member up ten times as slowly as a name: what goes through all lines of a page keeps the one
    that it asks for.
    """

    TITLE = "title"
    BYLINE = "byline"
    DATE = "date"
    STANDFIRST = "standfirst"
    SUBHEAD = "subhead"
    BODY = "body"
    CAPTION = "caption"
    RELATED = "related"
    CREDIT = "credit"
    COMMENT = "comment"
    BOILERPLATE = "boilerplate"


REPEAT: Final = "repeat"
"""First word of the rule of a block that says again what an earlier block of its kind says."""
OTHER_FIELD: Final = "other field"
"""First words of the rule of what a record says besides the article."""
FRONT_MATTER: Final = "front matter"
"""The rule of the fields above a Markdown text."""
STATED_ALREADY: Final = (OTHER_FIELD, FRONT_MATTER)
"""Rules of lines whose facts the format has stated: their other dates and names are none of the article's."""


class Block(NamedTuple):
    """A run of whole lines of the article's text.

    `rule` is the readable reason for `kind` ("share buttons", "comment form"): it answers "why is this
    folded?". `author` and `depth` (0 is a reply to the article) are for comments.
    """

    kind: Kind
    span: Span
    rule: str
    author: str | None = None
    depth: int = 0

    @property
    def repeats(self) -> bool:
        """Whether the block only repeats an earlier one of its kind, and so is shown once."""
        return self.rule.startswith(REPEAT)


class Placed(NamedTuple):
    """A non-blank line of the text in its place, with the block that holds it."""

    span: Span
    text: str
    block: Block


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """One fact about an article: the value, the rule and place it came from, and how sure that is (0 to 1)."""

    value: T
    basis: str
    confidence: float = 1.0
    span: Span | None = None


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date in ISO 8601 form, cut after the last known part: `2015-04-21`, `2015-04` or `2015`."""

    iso: str

    @property
    def precision(self) -> Precision:
        """Day, month or year, by the parts that are known."""
        return (Precision.YEAR, Precision.MONTH, Precision.DAY)[self.iso.count("-")]


class Metadata(NamedTuple):
    """What is known about an article; None is "unknown", never a guess."""

    title: Value[str] | None = None
    outlet: Value[str] | None = None
    authors: Value[tuple[str, ...]] | None = None
    published: Value[PartialDate] | None = None
    place: Value[str] | None = None
    url: Value[str] | None = None
    language: Value[str] | None = None


@dataclass(frozen=True)
class Article:
    """A capture, whole: `blocks` partition `text` (each non-blank line lies in exactly one of them).

    `id` is the POSIX path relative to the library, with `#fragment` where one file holds several articles;
    `path` is the file as the user would name it; `sha256` is that of the file's bytes, in hexadecimal;
    `encoding` names how the bytes were read, with "(guess)" where it was one.
    """

    id: str
    path: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata = field(default_factory=Metadata)
    encoding: str = "utf-8"

    @cached_property
    def text_sha256(self) -> str:
        """The SHA-256 of the text as UTF-8, in hexadecimal: what positions in annotations refer to."""
        import hashlib  # a screen is drawn before anything is hashed

        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def title(self) -> str:
        """The headline, or the last part of the id where none is known."""
        return self.metadata.title.value if self.metadata.title else self.id.rsplit("/", 1)[-1]

    def block_at(self, position: int) -> Block | None:
        """The block that holds the code point at `position`, or None between blocks."""
        return next((block for block in self.blocks if block.span.holds(position)), None)
