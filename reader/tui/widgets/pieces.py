"""Pieces of a page: how one looks at an article, and lines and paragraphs as items of a flow; pure."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from reader.capture.article import Article, Block
from reader.text.span import Span, trimmed
from reader.tui.widgets.flow import Item
from reader.tui.widgets.wrap import wrap

PIECE: Final = 4000
"""Code points of a paragraph that are wrapped at once; longer ones are laid out in pieces."""


class View(NamedTuple):
    """How an article is laid out: what is unfolded, which threads are closed, and the signs to draw with."""

    comments: bool = False
    furniture: bool = False
    raw: bool = False
    closed: frozenset[int] = frozenset()
    margin: int = 24
    comments_key: str = "c"
    furniture_key: str = "r"
    ascii: bool = False

    def sign(self, plain: str, fallback: str) -> str:
        """A sign, or its stand-in where only ASCII can be drawn."""
        return fallback if self.ascii else plain


def line_spans(text: str, span: Span, blank: bool = False) -> Iterator[Span]:
    """The lines inside `span`, without white space at their ends; empty ones only where asked for."""
    start = span.start
    while start <= span.end:
        stop = text.find("\n", start, span.end)
        stop = span.end if stop < 0 else stop
        line = trimmed(text, Span(start, stop))
        if blank or line.length:
            yield line
        start = stop + 1


def paragraph_spans(text: str, span: Span) -> list[Span]:
    """The paragraphs inside `span`; most blocks are one line and so one paragraph."""
    if text.find("\n", span.start, span.end) < 0:
        whole = trimmed(text, span)
        return [whole] if whole.length else []
    from reader.text.sentences import paragraphs  # its patterns are not needed to draw a first page

    return paragraphs(text, span)


def line_count(article: Article, block: Block) -> int:
    """The number of lines with something on them."""
    return sum(1 for _ in line_spans(article.text, block.span))


def pieces(
    text: str,
    span: Span,
    voice: str,
    *,
    lead: str = "",
    rail: str = "",
    indent: int = 0,
    hang: int = 0,
    above: int = 0,
) -> Iterator[Item]:
    """A paragraph, in one item or, where it is very long, in several that follow each other closely."""
    begin = span.start
    while span.end - begin > PIECE:
        cut = wrap(text, Span(begin, begin + PIECE), PIECE - 40)[0].end
        yield Item(voice, text, Span(begin, cut), True, lead, rail, indent, hang, above)
        begin, lead, hang, above = cut, rail, 0, 0
        while begin < span.end and text[begin].isspace():
            begin += 1
    yield Item(voice, text, Span(begin, span.end), True, lead, rail, indent, hang, above)


def fold(label: str, key: str, action: str, sign: str) -> Item:
    """The row that stands for something folded: what it hides and the key that opens it."""
    text = f"{label} · {key}" if key else label
    return Item("fold", text, Span(0, len(text)), False, sign + " ", "  ", above=1, action=action)


def gap(items: list[Item], voice: str) -> int:
    """No blank row between neighbours of one voice, one before anything else."""
    return 0 if items and items[-1].voice == voice else 1


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 comment", "60 comments"."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {many or one + 's'}"
