"""What the forms of exchange share: what they need to know of articles, citations, the annotation that travels
along, UTF-16 offsets."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol

from reader.annotations.annotation import Annotation, Target
from reader.annotations.codebook import Codebook
from reader.annotations.w3c import NotAnAnnotation, from_json
from reader.errors import DeskreaderError
from reader.text.clean import clean, clean_line
from reader.text.span import Span

LARGEST: Final = 100_000_000
"""Bytes of the largest file that is read."""


class NotReadable(DeskreaderError):
    """A file of notes that cannot be taken over: which, and why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__("Notes not readable", f"{clean_line(name)}: {reason}")


class Source(Protocol):
    """What a citation says of an article; "" for what is not known."""

    @property
    def title(self) -> str:
        """The headline."""

    @property
    def outlet(self) -> str:
        """Who published it."""

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote it."""

    @property
    def published(self) -> str:
        """When, in ISO 8601, cut after the last known part."""

    @property
    def url(self) -> str:
        """Where it stood on the web."""


def nothing(_: str) -> None:
    """Knows nothing."""


@dataclass(frozen=True, slots=True)
class Articles:
    """Where a reader finds articles: called with a web address or title, it gives the id; `text_of` an id's text."""

    named: Callable[[str], str | None] = nothing
    text_of: Callable[[str], str | None] = nothing

    def __call__(self, name: str) -> str | None:
        """The id of the article with that address or title."""
        return self.named(name)


@dataclass(frozen=True, slots=True)
class Material:
    """Where a writer finds what is known of an article (by its id), the text with a SHA-256, and the codebook."""

    source_of: Callable[[str], Source | None] = nothing
    text_of: Callable[[str], str | None] = nothing
    codebook: Codebook = field(default_factory=Codebook)

    def citation(self, article: str) -> str:
        """One line that names the article: outlet, headline, authors, date, file."""
        source = self.source_of(article)
        if source is None:
            return article
        by = f"by {', '.join(source.authors)}" if source.authors else ""
        parts = (source.outlet, f"“{source.title}”" if source.title else "", by, source.published)
        return f"{', '.join(part for part in parts if part)} ({article})"

    def utf16(self, target: Target) -> tuple[int, int] | None:
        """Start and end of the passage in UTF-16 units, or None where its text is not known."""
        text = self.text_of(target.text_sha256) if target.text_sha256 else None
        if text is None or target.span is None or target.span.end > len(text):
            return None
        start = units(text[: target.span.start])
        return start, start + units(target.span.of(text))


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) + sum(one > "\uffff" for one in text) if not text.isascii() else len(text)


def from_utf16(text: str, start: int, end: int) -> Span | None:
    """The code points between two UTF-16 offsets, or None where they lie outside or within a character."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    if not 0 <= start <= end <= len(encoded) // 2:
        return None
    try:
        first = len(encoded[: 2 * start].decode("utf-16-le"))
        return Span(first, first + len(encoded[2 * start : 2 * end].decode("utf-16-le")))
    except UnicodeDecodeError:
        return None


def carried(data: object, **changes: Any) -> Annotation | None:
    """The annotation that travelled along, with the fields that the other program changed; None where none did.

    A change that only says what the annotation says already, white space aside, is none.
    """
    try:
        annotation = from_json(data)
    except NotAnAnnotation:
        return None
    real: dict[str, Any] = {}
    for name, value in changes.items():
        old = getattr(annotation, name)
        if isinstance(value, str) and isinstance(old, str):
            if clean(value).split() != old.split():
                real[name] = clean(value)
        elif value != old:
            real[name] = value
    return replace(annotation, **real) if real else annotation


def tags_from(text: str, separator: str = ";") -> tuple[str, ...]:
    """Tags as they are written in one cell."""
    return tuple(dict.fromkeys(tag for part in text.split(separator) if (tag := clean_line(part))))


def quotation_of(annotation: Annotation) -> Target:
    """The passage that stands for the annotation where a form has room for one only."""
    return next((target for target in annotation.targets if target.exact), annotation.targets[0])
