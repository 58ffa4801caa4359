"""What a page shows of an article, paragraph by paragraph; pure.

Every paragraph keeps its place in the article's text. What is folded is counted and named on a row of its
own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reader.capture.article import Article, Block, Kind, Metadata, PartialDate
from reader.text.sentences import paragraphs
from reader.text.span import Span, trimmed
from reader.tui.widgets.cells import pad
from reader.tui.widgets.flow import Item
from reader.tui.widgets.wrap import wrap

PIECE: Final = 4000
"""Code points of a paragraph that are wrapped at once; longer ones are laid out in pieces."""
DEEPEST: Final = 8
"""Replies deeper than this are drawn at this depth."""
OPENING_QUOTES: Final = "\"'“‘«„‚‹"
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
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
                items.extend(_lines(article, block, "boilerplate", _gap(items, "boilerplate")))
        elif block.kind is Kind.COMMENT:
            if not told:
                told = True
                sign = view.sign("▾", "v") if view.comments else view.sign("▸", ">")
                items.append(_fold(_count(len(comments), "comment"), view.comments_key, "comments", sign))
            if inside is not None and block.depth > inside:
                continue
            inside = None
            if view.comments:
                replies = _replies(article.blocks, index)
                items.extend(_comment(article, block, replies, view))
                if replies and block.span.start in view.closed:
                    inside = block.depth
        elif not _in_head(article, block):
            items.extend(_block(article, block, view, items))
    hidden = sum(_line_count(article, block) for block in article.blocks if _is_furniture(article, block))
    if hidden:
        sign = view.sign("▾", "v") if view.furniture else view.sign("▸", ">")
        label = _count(hidden, "line") + " of page furniture"
        items.append(_fold(label, view.furniture_key, "furniture", sign))
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
        yield from _pieces(article.text, trimmed(article.text, block.span), "title", above=1)
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
        for part in paragraphs(text, block.span):
            yield from _pieces(text, part, "caption", lead="[caption] ", rail="  ", indent=2, above=1)
    elif kind in (Kind.RELATED, Kind.CREDIT):
        lead = view.sign("→ ", "> ") if kind is Kind.RELATED else ""
        above = _gap(items, kind.value)
        for line in _line_spans(text, block.span):
            yield from _pieces(text, line, kind.value, lead=lead, rail=" " * len(lead), above=above)
            above = 0
    else:
        voice = kind.value if kind in (Kind.STANDFIRST, Kind.SUBHEAD) else "body"
        for part in paragraphs(text, block.span):
            hang = 1 if text[part.start] in OPENING_QUOTES else 0
            yield from _pieces(text, part, voice, hang=hang, above=1)


def _comment(article: Article, block: Block, replies: int, view: View) -> Iterator[Item]:
    """One comment: who speaks, then what is said, behind a rail as deep as the thread."""
    text = article.text
    depth = min(block.depth, DEEPEST)
    rail = view.sign("│ ", "| ") * depth
    closed = block.span.start in view.closed
    action = f"thread:{block.span.start}" if replies else ""
    sign = "" if not replies else view.sign("▸ ", "> ") if closed else view.sign("▾ ", "v ")
    lines = list(_line_spans(text, block.span))
    author = block.author or "anonymous"
    if lines and block.author and _names(lines[0].of(text), block.author):
        yield Item("author", text, lines.pop(0), lead=rail + sign, rail=rail, above=1, action=action)
    else:
        yield Item("author", author, Span(0, len(author)), False, rail + sign, rail, above=1, action=action, limit=1)
    for line in lines:
        yield from _pieces(text, line, "comment", lead=rail + "  ", rail=rail + "  ")
    if closed and replies:
        label = _count(replies, "reply", "replies")
        yield Item("fold", label, Span(0, len(label)), False, rail + "  " + sign, rail, action=action)


def _names(line: str, author: str) -> bool:
    """Whether a line says no more than who speaks (a number, an avatar's name and a date may stand
    beside).
    """
    return author.casefold() in line.casefold() and len(line) <= len(author) + 40


def _replies(blocks: tuple[Block, ...], index: int) -> int:
    """The number of comments that hang below the comment at `index`."""
    count = 0
    for block in blocks[index + 1 :]:
        if block.kind is Kind.COMMENT:
            if block.depth <= blocks[index].depth:
                break
            count += 1
    return count


def _raw(article: Article, view: View) -> Iterator[Item]:
    """Every line of the capture, with what it was taken for and why in the margin."""
    margin, bar = view.margin, view.sign("│ ", "| ")
    rail = " " * margin + bar if margin else ""
    end = 0
    for block in article.blocks:
        yield from _blank_lines(article.text, end, block.span.start, rail)
        lead = pad(f"{block.kind.value} {block.rule}", margin - 1) + " " + bar if margin else ""
        if not margin:
            label = f"{block.kind.value}: {block.rule}"
            yield Item("rule", label, Span(0, len(label)), placed=False, limit=1)
        for line in _line_spans(article.text, block.span, blank=True):
            voice = "boilerplate" if block.kind is Kind.BOILERPLATE or block.repeats else "body"
            for piece in _pieces(article.text, line, voice, lead=lead, rail=rail):
                yield piece
                lead = rail
        end = block.span.end
    yield from _blank_lines(article.text, end, len(article.text), rail)


def _blank_lines(text: str, start: int, end: int, rail: str) -> Iterator[Item]:
    """The empty lines between two blocks (the break that ends the earlier one is not one of them)."""
    for line in list(_line_spans(text, Span(start, end), blank=True))[1:-1]:
        yield Item("body", text, Span(line.start, line.start), lead=rail)


def _lines(article: Article, block: Block, voice: str, above: int) -> Iterator[Item]:
    """The lines of a block, close together."""
    for line in _line_spans(article.text, block.span):
        yield from _pieces(article.text, line, voice, above=above)
        above = 0


def _line_spans(text: str, span: Span, blank: bool = False) -> Iterator[Span]:
    """The lines inside `span`, without white space at their ends; empty ones only where asked for."""
    start = span.start
    while start <= span.end:
        stop = text.find("\n", start, span.end)
        stop = span.end if stop < 0 else stop
        line = trimmed(text, Span(start, stop))
        if blank or line.length:
            yield line
        start = stop + 1


def _line_count(article: Article, block: Block) -> int:
    """The number of lines with something on them."""
    return sum(1 for _ in _line_spans(article.text, block.span))


def _pieces(
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


def _fold(label: str, key: str, action: str, sign: str) -> Item:
    """The row that stands for something folded: what it hides and the key that opens it."""
    text = f"{label} · {key}" if key else label
    return Item("fold", text, Span(0, len(text)), False, sign + " ", "  ", above=1, action=action)


def _gap(items: list[Item], voice: str) -> int:
    """No blank row between neighbours of one voice, one before anything else."""
    return 0 if items and items[-1].voice == voice else 1


def _count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 comment", "60 comments"."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {many or one + 's'}"
