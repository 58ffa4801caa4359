"""An annotation in memory: passages, what the analyst says of them, and who said it when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from reader.text.span import Span


class Stance(StrEnum):
    """How a passage bears on a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    UNCLEAR = "unclear"


class State(StrEnum):
    """Where an annotation stands in the text of today."""

    PLACED = "placed"
    MOVED = "moved"
    REVIEW = "review"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class Target:
    """A passage of an article, or the whole article when `span` is None.

    `exact` is the quotation, `prefix` and `suffix` up to 64 code points of what stands around it, `span` its
    code points in the text whose SHA-256 is `text_sha256`. `extra` holds the keys of the file that this
    program does not know.
    """

    source: str
    text_sha256: str = ""
    span: Span | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    stance: Stance | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def stands_in(self, text: str) -> bool:
        """Whether the stored position holds the quotation, all of it and nothing else: a file may say anything."""
        span = self.span
        return span is not None and span.end <= len(text) and span.of(text) == self.exact


@dataclass(frozen=True, slots=True)
class Annotation:
    """One thing that an analyst noted, about one passage, several, or a whole article.

    `id` is a UUID version 7; `created` and `modified` are UTC in ISO 8601 with milliseconds; `note` is
    Markdown and empty for a highlight; `pen` is a pen's name. `kind` is "note", "claim" (several passages
    with a stance each), "link" (passages that belong together), "grade" (reliability of a source) or "reply"
    (to an annotation, which is its last target). `extra` holds unknown keys.
    """

    id: str
    creator: str
    created: str
    modified: str
    targets: tuple[Target, ...]
    note: str = ""
    tags: tuple[str, ...] = ()
    pen: str | None = None
    kind: str = "note"
    reliability: str | None = None
    credibility: int | None = None
    private: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def source(self) -> str:
        """The article of the first passage."""
        return self.targets[0].source
