"""Comments as a tree: who speaks, what is said, and what hangs below; pure."""

from collections.abc import Iterator
from typing import Final

from reader.capture.article import Article, Block, Kind
from reader.text.span import Span
from reader.tui.widgets.flow import Item
from reader.tui.widgets.pieces import View, counted, line_spans, pieces

DEEPEST: Final = 8
"""Replies deeper than this are drawn at this depth."""
_BESIDE_A_NAME: Final = frozenset(("", "avatar", "says", "said", "by", "photo", "profile", "picture"))
"""Words that stand beside the name of whoever comments and say nothing of what is said."""


def comment_items(article: Article, block: Block, replies: int, view: View) -> Iterator[Item]:
    """One comment: who speaks, then what is said, behind a rail as deep as the thread."""
    text = article.text
    depth = min(block.depth, DEEPEST)
    rail = view.sign("│ ", "| ") * depth
    closed = block.span.start in view.closed
    action = f"thread:{block.span.start}" if replies else ""
    sign = view.sign("· ", "- ") if not replies else view.sign("▸ ", "> ") if closed else view.sign("▾ ", "v ")
    lines = list(line_spans(text, block.span))
    name = _name_in(text, lines[0], block.author) if lines else None
    if name is not None:
        yield Item("author", text, name, lead=rail + sign, rail=rail, above=1, action=action)
        del lines[: 2 if len(lines) > 1 and lines[1].of(text) == name.of(text) else 1]
    else:
        label = block.author or "anonymous"
        yield Item("author", label, Span(0, len(label)), False, rail + sign, rail, above=1, action=action, limit=1)
    for line in lines:
        yield from pieces(text, line, "comment", lead=rail + "  ", rail=rail + "  ")
    if closed and replies:
        label = counted(replies, "reply", "replies")
        yield Item("fold", label, Span(0, len(label)), False, rail + "  " + sign, rail, action=action)


def _name_in(text: str, line: Span, author: str | None) -> Span | None:
    """The name in a line that says no more than who speaks: a number, "Avatar" or a date may stand
    beside it.
    """
    at = line.of(text).casefold().find(author.casefold()) if author else -1
    if author is None or at < 0 or line.length > len(author) + 40:
        return None
    beside = (line.of(text)[:at] + line.of(text)[at + len(author) :]).casefold()
    words = [word.strip(".,:·") for word in beside.split()]
    if all(word in _BESIDE_A_NAME or word.isdigit() for word in words):
        return Span(line.start + at, line.start + at + len(author))
    return line


def replies_to(blocks: tuple[Block, ...], index: int) -> int:
    """The number of comments that hang below the comment at `index`."""
    count = 0
    for block in blocks[index + 1 :]:
        if block.kind is Kind.COMMENT:
            if block.depth <= blocks[index].depth:
                break
            count += 1
    return count
