"""Half-open spans of code points over one text."""

from typing import NamedTuple, Self


class _Bounds(NamedTuple):
    start: int
    end: int


class Span(_Bounds):
    """The code points `text[start:end]`; ordered by start, then end. Raises ValueError for one that ends too soon.

    A pair, because every line of every page has one: a class with fields takes twice as long to make.
    """

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Self:
        """A span from two offsets of code points."""
        if not 0 <= start <= end:
            raise ValueError(f"not a span: {start}..{end}")
        return tuple.__new__(cls, (start, end))

    @property
    def length(self) -> int:
        """Number of code points covered."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """The part of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def holds(self, position: int) -> bool:
        """Whether the code point at `position` lies inside."""
        return self.start <= position < self.end

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def join(self, other: "Span") -> "Span":
        """The smallest span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def common(self, other: "Span") -> "Span | None":
        """The part that both cover, or None where they share nothing."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None

    def shifted(self, by: int) -> "Span":
        """The same length, `by` code points further on."""
        return Span(self.start + by, self.end + by)


def trimmed(text: str, span: Span) -> Span:
    """The span without the white space at its two ends."""
    part = span.of(text)
    bare = part.lstrip()
    left = len(part) - len(bare)
    right = len(bare.rstrip())
    return Span(span.start + left, span.start + left + right) if right < len(part) else span
