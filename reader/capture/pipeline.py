"""From the bytes of a capture to its articles: decode, parse, clean, classify, and say what is known."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from reader.capture import formats
from reader.capture.article import Article, Block, Kind
from reader.capture.classify import Verdict, classify
from reader.capture.context import shapes_of
from reader.capture.document import Document, Line
from reader.capture.furniture import GLUED_ALT
from reader.capture.knowledge import Corrections, Learned, line_key
from reader.capture.metadata import describe
from reader.text.clean import clean
from reader.text.span import Span, trimmed


@dataclass(frozen=True, slots=True)
class Contents:
    """The articles that a file holds, in file order, and what of it could not be read, if anything."""

    articles: tuple[Article, ...]
    lost: formats.CaptureError | None = None


def articles_of(
    id: str,
    path: str,
    data: bytes,
    *,
    encoding: str | None = None,
    learned: Learned | None = None,
    corrections: Corrections | Mapping[str, Corrections] | None = None,
) -> tuple[Article, ...]:
    """The articles that a file holds, as `contents_of` reads them."""
    return contents_of(id, path, data, encoding=encoding, learned=learned, corrections=corrections).articles


def contents_of(
    id: str,
    path: str,
    data: bytes,
    *,
    encoding: str | None = None,
    learned: Learned | None = None,
    corrections: Corrections | Mapping[str, Corrections] | None = None,
) -> Contents:
    """What a file holds; raises `formats.CaptureError` where it holds no article.

    `id` is the POSIX path relative to the library (`#fragment` is added where one file holds several articles),
    `encoding` the analyst's choice. `corrections` are those of the one article, or a mapping from article id.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    parsed = formats.parse(path.rsplit("/", 1)[-1], data, encoding)
    made = []
    for document in parsed.documents:
        name = f"{id}#{document.fragment}" if document.fragment else id
        own = corrections.get(name) if isinstance(corrections, Mapping) else corrections
        made.append(_article(name, path, sha256, parsed.encoding, document, learned, own))
    return Contents(tuple(made), parsed.lost)


def _article(
    id: str,
    path: str,
    sha256: str,
    encoding: str,
    document: Document,
    learned: Learned | None,
    corrections: Corrections | None,
) -> Article:
    """The article that a document becomes: its text, the blocks that partition it, and what is known about it."""
    lines = [line for raw in document.lines for line in _cleaned(raw)]
    text = "\n".join(line.text for line in lines)
    pieces = list(_pieces(lines))
    shapes = shapes_of(piece.line.text if piece.line else "" for piece in pieces)
    held = [piece for piece in pieces if piece.line]
    verdicts = classify(shapes, [piece.line for piece in held if piece.line])
    if learned or corrections:
        verdicts = [
            _known(verdict, shape.raw, learned or Learned(), corrections or Corrections())
            for verdict, shape in zip(verdicts, shapes, strict=True)
        ]
    placed = [(trimmed(text, piece.span), verdict) for piece, verdict in zip(held, verdicts, strict=True)]
    blocks = tuple(_blocks(placed))
    sure = next((verdict.confidence for verdict in verdicts if verdict.kind is Kind.TITLE), 0.5)
    metadata = describe(text, blocks, document.facts, learned, corrections, max(0.3, round(sure, 2)))
    return Article(id, path, sha256, text, blocks, metadata, encoding)


def _cleaned(line: Line) -> list[Line]:
    """The line as it may be shown; a line break of another kind inside it makes it several."""
    text = clean(line.text)
    return [line] if text == line.text and "\n" not in text else [replace(line, text=t) for t in text.split("\n")]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line, or part of one, at its place in the text; `line` is None where it is blank."""

    span: Span
    line: Line | None


def _pieces(lines: list[Line]) -> Iterator[_Piece]:
    """The lines in their places; a line that begins with the run-in alt text of a picture becomes two pieces."""
    start = 0
    for line in lines:
        end = start + len(line.text)
        if not line.text.strip():
            yield _Piece(Span(start, end), None)
        elif (glued := GLUED_ALT.match(line.text)) and line.kind is None and len(line.text) > 2 * glued.end():
            alt = replace(line, text=glued.group(), kind=Kind.CAPTION, rule="alt text run into the paragraph")
            yield _Piece(Span(start, start + glued.end()), alt)
            yield _Piece(Span(start + glued.end(), end), replace(line, text=line.text[glued.end() :]))
        else:
            yield _Piece(Span(start, end), line)
        start = end + 1


def _known(verdict: Verdict, line: str, learned: Learned, corrections: Corrections) -> Verdict:
    """The verdict, as the analyst corrected it or the outlet's other pages teach it."""
    key = line_key(line)
    if key in corrections.lines:
        return Verdict(corrections.lines[key], corrections.basis(key))
    if key in learned.boilerplate and verdict.kind is not Kind.TITLE:
        return Verdict(Kind.BOILERPLATE, learned.boilerplate[key])
    return verdict


def _blocks(placed: list[tuple[Span, Verdict]]) -> Iterator[Block]:
    """The blocks: one for each line, save that a comment and a run of boilerplate of one reason are one each."""
    block: Block | None = None
    thread = -1
    for span, verdict in placed:
        if (
            block is not None
            and verdict.kind is block.kind
            and verdict.rule == block.rule
            and (
                (verdict.kind is Kind.COMMENT and verdict.thread == thread and thread >= 0)
                or (verdict.kind is Kind.BOILERPLATE and verdict.thread == thread)
            )
        ):
            block = block._replace(span=block.span.join(span))
            continue
        if block is not None:
            yield block
        block = Block(verdict.kind, span, verdict.rule, verdict.author, verdict.depth)
        thread = verdict.thread
    if block is not None:
        yield block
