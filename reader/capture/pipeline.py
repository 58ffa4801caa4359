"""From the bytes of a capture to its articles: decode, parse, clean, classify, and say what is known."""

import hashlib
from collections.abc import Mapping

from reader.capture.article import Article, Block, Kind, Metadata, Value
from reader.capture.classify import classify
from reader.capture.decode import decode
from reader.capture.document import Document, Line
from reader.capture.knowledge import Corrections, Learned
from reader.text.clean import clean, clean_line
from reader.text.span import Span, trimmed


def articles_of(
    id: str,
    path: str,
    data: bytes,
    *,
    encoding: str | None = None,
    learned: Learned | None = None,
    corrections: Corrections | Mapping[str, Corrections] | None = None,
) -> tuple[Article, ...]:
    """The articles that a file holds, in file order; raises `formats.CaptureError` where it holds none.

    `id` is the POSIX path relative to the library (`#fragment` is added where one file holds several articles),
    `encoding` the analyst's choice. `corrections` are those of the one article, or a mapping from article id.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    made = []
    try:
        from reader.capture import formats
        parsed = formats.parse(path.rsplit("/", 1)[-1], data, encoding)
        name_of, documents = parsed.encoding, parsed.documents
    except ImportError:
        decoded = decode(data, override=encoding)
        name_of = f"{decoded.encoding} (guess)" if decoded.guessed else decoded.encoding
        documents = (Document(tuple(Line(part) for part in clean(decoded.text).split("\n"))),)
    for document in documents:
        name = f"{id}#{document.fragment}" if document.fragment else id
        own = corrections.get(name) if isinstance(corrections, Mapping) else corrections
        made.append(_article(name, path, sha256, name_of, document, learned, own))
    return tuple(made)


def _article(
    id: str, path: str, sha256: str, encoding: str, document: Document,
    learned: Learned | None, corrections: Corrections | None,
) -> Article:
    lines = [Line(part, line.kind, line.rule, line.author, line.depth, line.confidence)
             for line in document.lines for part in clean(line.text).split("\n")]
    text = "\n".join(line.text for line in lines)
    held = [(line, span) for line, span in _placed(text, lines) if span.length]
    blocks = tuple(
        Block(verdict.kind, span, verdict.rule, verdict.author, verdict.depth)
        for (_, span), verdict in zip(held, classify([line for line, _ in held]), strict=True)
    )
    title = next((block for block in blocks if block.kind is Kind.TITLE), None)
    known = Value(clean_line(title.span.of(text)), title.rule, 0.5, title.span) if title else None
    return Article(id, path, sha256, text, blocks, Metadata(title=known), encoding)


def _placed(text: str, lines: list[Line]) -> list[tuple[Line, Span]]:
    placed = []
    position = 0
    for line in lines:
        placed.append((line, trimmed(text, Span(position, position + len(line.text)))))
        position += len(line.text) + 1
    return placed
