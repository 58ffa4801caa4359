"""The JSON that other programs may rely on, and how it is printed."""

import json
import sys
from typing import Any

from reader.capture.article import Article, Block, PartialDate, Value
from reader.search.answer import Hit, Result


def article(value: Article) -> dict[str, Any]:
    """An article: text, blocks as code points over it, and each fact with its basis and confidence."""
    known = value.metadata
    fields = ("title", "outlet", "authors", "published", "place", "url", "language")
    return {
        "id": value.id,
        "path": value.path,
        "sha256": value.sha256,
        "encoding": value.encoding,
        "text": value.text,
        "metadata": {name: fact(getattr(known, name)) for name in fields},
        "blocks": [block(item) for item in value.blocks],
    }


def fact(known: "Value[Any] | None") -> dict[str, Any] | None:
    """A fact, or None for one that is not known."""
    if known is None:
        return None
    value = known.value
    shape: dict[str, Any] = {"value": value, "basis": known.basis, "confidence": round(known.confidence, 2)}
    if isinstance(value, PartialDate):
        shape |= {"value": value.iso, "precision": value.precision.value}
    elif isinstance(value, tuple):
        shape["value"] = list(value)
    if known.span is not None:
        shape |= {"start": known.span.start, "end": known.span.end}
    return shape


def block(value: Block) -> dict[str, Any]:
    """A block of an article."""
    return {
        "kind": value.kind.value,
        "start": value.span.start,
        "end": value.span.end,
        "rule": value.rule,
        "author": value.author,
        "depth": value.depth,
    }


def result(value: Result) -> dict[str, Any]:
    """One article that answers a search."""
    return {
        "id": value.id,
        "title": value.title,
        "score": round(value.score, 4),
        "hits": [hit(item) for item in value.hits],
    }


def hit(value: Hit) -> dict[str, Any]:
    """A place that answers a search."""
    return {
        "start": value.span.start,
        "end": value.span.end,
        "word": value.word,
        "match": value.match.value,
        "term": value.term,
    }


def dump(value: Any) -> None:
    """Print one JSON value on one line."""
    json.dump(value, sys.stdout, ensure_ascii=not _utf8())
    print()


def _utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def narrate(words: str) -> None:
    """Say something that is no data."""
    print(words, file=sys.stderr)


def entry(value: Any) -> dict[str, Any]:
    """A row of the library."""
    shape = {name: getattr(value, name) for name in value._fields}
    return {name: list(item) if isinstance(item, tuple) else item for name, item in shape.items()}
