"""From the bytes of a capture to its articles: decode, parse, clean, classify, and say what is known."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reader.capture import formats
from reader.capture.article import STATED_ALREADY, Article, Block, Kind
from reader.capture.classify import Verdict, classify
from reader.capture.context import shapes_of
from reader.capture.document import Document, Line
from reader.capture.furniture import GLUED_ALT
from reader.capture.knowledge import Corrections, Learned, line_key
from reader.capture.metadata import describe
from reader.text.clean import clean
from reader.text.span import Span, trimmed

_RUN_ON: Final = frozenset({Kind.BOILERPLATE, Kind.COMMENT})
"""Kinds whose lines make one block where they follow each other."""


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
    lines = _cleaned(document.lines)
    text = "\n".join([line.text for line in lines])
    pieces = list(_pieces(lines))
    shapes = shapes_of([piece[1].text if piece else "" for piece in pieces])
    held = [piece for piece in pieces if piece]
    verdicts = classify(shapes, [line for _, line in held])
    if learned or corrections:
        verdicts = [
            _known(verdict, shape.raw, learned or Learned(), corrections or Corrections())
            for verdict, shape in zip(verdicts, shapes, strict=True)
        ]
    placed = [(span, verdict) for (span, _), verdict in zip(held, verdicts, strict=True)]
    blocks = tuple(_blocks(placed))
    sure = next((verdict.confidence for verdict in verdicts if verdict.kind is Kind.TITLE), 0.5)
    metadata = describe(text, blocks, document.facts, learned, corrections, max(0.3, round(sure, 2)))
    return Article(id, path, sha256, text, blocks, metadata, encoding)


def _cleaned(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines as they may be shown; a line break of another kind inside one makes it several."""
    whole = "".join([line.text for line in lines])
    if clean(whole) == whole and "\n" not in whole:
        return lines
    return [line._replace(text=text) for line in lines for text in clean(line.text).split("\n")]


def _pieces(lines: Sequence[Line]) -> Iterator[tuple[Span, Line] | None]:
    """Each line with its place in the text, without the white space around it; None for a blank one.

    A line that begins with the run-in alt text of a picture becomes two.
    """
    start = 0
    for line in lines:
        text = line.text
        if not text or text.isspace():
            yield None
        elif line.kind is None and (glued := GLUED_ALT.match(text)) and len(text) > 2 * glued.end():
            alt = line._replace(text=glued.group(), kind=Kind.CAPTION, rule="alt text run into the paragraph")
            yield _span(start, alt.text), alt
            rest = line._replace(text=text[glued.end() :])
            yield _span(start + glued.end(), rest.text), rest
        else:
            yield (Span(start, start + len(text)) if text == text.strip() else _span(start, text)), line
        start += len(text) + 1


def _span(start: int, text: str) -> Span:
    """Where the text stands that begins at `start`, without the white space around it."""
    return trimmed(text, Span(0, len(text))).shifted(start)


def _known(verdict: Verdict, line: str, learned: Learned, corrections: Corrections) -> Verdict:
    """The verdict, as the analyst corrected it or the outlet's other pages teach it."""
    key = line_key(line)
    if key in corrections.lines:
        return Verdict(corrections.lines[key], corrections.basis(key))
    known = verdict.kind is Kind.TITLE or verdict.rule.startswith(STATED_ALREADY)
    if key in learned.boilerplate and not known:
        return Verdict(Kind.BOILERPLATE, learned.boilerplate[key])
    return verdict


def _blocks(placed: list[tuple[Span, Verdict]]) -> Iterator[Block]:
    """The blocks: one for each line, save that a comment and a run of boilerplate of one reason are one each."""
    block: Verdict | None = None
    start = end = 0
    for span, verdict in placed:
        if (
            block is not None
            and verdict.kind is block.kind
            and verdict.rule == block.rule
            and verdict.thread == block.thread
            and verdict.kind in _RUN_ON
            and (verdict.thread >= 0 or verdict.kind is Kind.BOILERPLATE)
        ):
            end = span.end
            continue
        if block is not None:
            yield Block(block.kind, Span(start, end), block.rule, block.author, block.depth)
        block, start, end = verdict, span.start, span.end
    if block is not None:
        yield Block(block.kind, Span(start, end), block.rule, block.author, block.depth)
