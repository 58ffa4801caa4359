"""What a page shows of an article, paragraph by paragraph; pure.

Every paragraph keeps its place in the article's text. What is folded is counted and named on a row of its
own.
"""

from collections.abc import Iterator
from typing import Final

from reader.capture.article import Article, Block, Kind, Metadata, PartialDate
from reader.text.span import Span, trimmed
from reader.tui.widgets.cells import pad, width_of
from reader.tui.widgets.flow import Item
from reader.tui.widgets.pieces import (
    View,
    counted,
    fold,
    gap,
    line_count,
    line_spans,
    paragraph_spans,
    pieces,
)
from reader.tui.widgets.threads import comment_items, replies_to

__all__ = ["View", "byline", "compose", "date_in_words", "hidden_by"]

OPENING_QUOTES: Final = "\"'“‘«„‚‹"
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def date_in_words(date: PartialDate) -> str:
    """`2015-04-21` as "21 April 2015"; a month or a year alone where no more is known."""
    year, *rest = date.iso.split("-")
    if not rest:
        return year
    month = int(rest[0])
    name = _MONTHS[month - 1] if 1 <= month <= 12 else rest[0]
    return " ".join([*(str(int(day)) for day in rest[1:]), name, year])


def byline(metadata: Metadata) -> str:
    """Who wrote it, where it stood, when: the parts that are known, on one line."""
    parts: list[str] = []
    if metadata.authors and metadata.authors.value:
        *others, last = metadata.authors.value
        parts.append("By " + (f"{', '.join(others)} and {last}" if others else last))
    if metadata.outlet:
        parts.append(metadata.outlet.value)
    if metadata.published:
        unsure = " (?)" if metadata.published.confidence < 0.5 else ""
        parts.append(date_in_words(metadata.published.value) + unsure)
    if metadata.place:
        parts.append(metadata.place.value)
    return " · ".join(" ".join(part.split()) for part in parts)


def compose(article: Article, view: View) -> list[Item]:
    """The paragraphs of the page, from the headline down; for the raw view, every line with its kind and
    rule.
    """
    if view.raw:
        return list(_raw(article, view))
    items = list(_head(article))
    comments = [block for block in article.blocks if block.kind is Kind.COMMENT and not block.repeats]
    told = False
    inside: int | None = None
    for index, block in enumerate(article.blocks):
        if _is_furniture(article, block):
            if view.furniture:
                items.extend(_lines(article, block, "boilerplate", gap(items, "boilerplate")))
        elif block.kind is Kind.COMMENT:
            if not told:
                told = True
                sign = view.sign("▾", "v") if view.comments else view.sign("▸", ">")
                items.append(fold(counted(len(comments), "comment"), view.comments_key, "comments", sign))
            if inside is not None and block.depth > inside:
                continue
            inside = None
            if view.comments:
                replies = replies_to(article.blocks, index)
                items.extend(comment_items(article, block, replies, view))
                if replies and block.span.start in view.closed:
                    inside = block.depth
        elif not _in_head(article, block):
            items.extend(_block(article, block, view, items))
    hidden = sum(line_count(article, block) for block in article.blocks if _is_furniture(article, block))
    if hidden:
        sign = view.sign("▾", "v") if view.furniture else view.sign("▸", ">")
        label = counted(hidden, "line") + " of page furniture"
        items.append(fold(label, view.furniture_key, "furniture", sign))
    return items


def hidden_by(article: Article, position: int) -> str:
    """What must be unfolded to see the code point: "comments", "furniture" or nothing."""
    block = article.block_at(position)
    if block is None:
        return ""
    if _is_furniture(article, block):
        return "furniture"
    return "comments" if block.kind is Kind.COMMENT else ""


def _title_block(article: Article) -> Block | None:
    """The block whose words are the headline, where the text has one."""
    block = next((b for b in article.blocks if b.kind is Kind.TITLE and not b.repeats), None)
    if block is None or article.metadata.title is None:
        return block
    words = " ".join(block.span.of(article.text).split())
    return block if " ".join(article.metadata.title.value.split()) in words else None


def _head(article: Article) -> Iterator[Item]:
    """The headline and the byline."""
    block = _title_block(article)
    if block is not None:
        yield from pieces(article.text, trimmed(article.text, block.span), "title", above=1)
    else:
        yield Item("title", article.title, Span(0, len(article.title)), placed=False, above=1)
    line = byline(article.metadata)
    if line:
        yield Item("byline", line, Span(0, len(line)), placed=False, limit=1)


def _in_head(article: Article, block: Block) -> bool:
    """Whether the block is shown as the headline."""
    return block.kind is Kind.TITLE and block is _title_block(article)


def _is_furniture(article: Article, block: Block) -> bool:
    """Whether the block is folded: page furniture, repeats, and what the composed byline says already."""
    if block.kind is Kind.BOILERPLATE or block.repeats:
        return True
    return block.kind in (Kind.BYLINE, Kind.DATE) or (block.kind is Kind.TITLE and not _in_head(article, block))


def _block(article: Article, block: Block, view: View, items: list[Item]) -> Iterator[Item]:
    """A block of the article itself."""
    text, kind = article.text, block.kind
    if kind is Kind.CAPTION:
        for part in paragraph_spans(text, block.span):
            yield from pieces(text, part, "caption", lead="[caption] ", rail="  ", indent=2, above=1)
    elif kind in (Kind.RELATED, Kind.CREDIT):
        lead = view.sign("→ ", "> ") if kind is Kind.RELATED else ""
        above = gap(items, kind.value)
        for line in line_spans(text, block.span):
            yield from pieces(text, line, kind.value, lead=lead, rail=" " * len(lead), above=above)
            above = 0
    else:
        voice = kind.value if kind in (Kind.STANDFIRST, Kind.SUBHEAD) else "body"
        for part in paragraph_spans(text, block.span):
            hang = 1 if text[part.start] in OPENING_QUOTES else 0
            yield from pieces(text, part, voice, hang=hang, above=1)


def _raw(article: Article, view: View) -> Iterator[Item]:
    """Every line of the capture, with what it was taken for and why in the margin."""
    margin, bar = view.margin, view.sign("│ ", "| ")
    rail = " " * margin + bar if margin else ""
    before, end = "", 0
    for block in article.blocks:
        yield from _blank_lines(article.text, end, block.span.start, rail)
        told = f"{block.kind.value} {block.rule}"
        room = 0 if not margin else margin - 1
        lead = pad(told if width_of(told) <= room else block.kind.value, room) + " " + bar if margin else ""
        if width_of(told) > room and told != before:  # a reason that is cut short is none
            label = block.rule if margin else f"{block.kind.value}: {block.rule}"
            yield Item("rule", label, Span(0, len(label)), placed=False, limit=3)
        for line in line_spans(article.text, block.span, blank=True):
            voice = "boilerplate" if block.kind is Kind.BOILERPLATE or block.repeats else "body"
            for piece in pieces(article.text, line, voice, lead=lead, rail=rail):
                yield piece
                lead = rail
        before, end = told, block.span.end
    yield from _blank_lines(article.text, end, len(article.text), rail)


def _blank_lines(text: str, start: int, end: int, rail: str) -> Iterator[Item]:
    """The empty lines between two blocks (the break that ends the earlier one is not one of them)."""
    for line in list(line_spans(text, Span(start, end), blank=True))[1:-1]:
        yield Item("body", text, Span(line.start, line.start), lead=rail)


def _lines(article: Article, block: Block, voice: str, above: int) -> Iterator[Item]:
    """The lines of a block, close together."""
    for line in line_spans(article.text, block.span):
        yield from pieces(article.text, line, voice, above=above)
        above = 0
