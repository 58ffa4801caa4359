"""Small articles for the tests of search."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from reader.capture.article import Article, Block, Kind, Metadata, PartialDate, Value
from reader.search.plan import Record
from reader.search.records import record_of
from reader.text.span import Span


def article(
    name: str,
    body: str,
    *,
    title: str = "",
    outlet: str = "",
    authors: tuple[str, ...] = (),
    published: str = "",
    more: Sequence[tuple[Kind, str]] = (),
) -> Article:
    """An article of a headline, a body and further blocks, each on lines of its own."""
    title = title or name
    parts = [(Kind.TITLE, title), (Kind.BODY, body), *more]
    text = "\n".join(part for _, part in parts)
    blocks = []
    at = 0
    for kind, part in parts:
        blocks.append(Block(kind, Span(at, at + len(part)), "made for a test"))
        at += len(part) + 1
    metadata = Metadata(
        title=Value(title, "test"),
        outlet=Value(outlet, "test") if outlet else None,
        authors=Value(authors, "test") if authors else None,
        published=Value(PartialDate(published), "test") if published else None,
    )
    return Article(name, name, hashlib.sha256(text.encode()).hexdigest(), text, tuple(blocks), metadata)


def records(articles: Iterable[Article]) -> Iterator[Record]:
    """What the index stores of articles."""
    return map(record_of, articles)
