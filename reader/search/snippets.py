"""A hit in its context: one line for the list, the words beside it for sorting, a bar of where hits lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reader.search.answer import Hit
from reader.text.span import Span
from reader.text.spelling import words

_ELLIPSIS: Final = "…"
_FLAT: Final = str.maketrans({"\n": " ", "\t": " ", "\r": " ", "\u00a0": " "})
_NEIGHBOURHOOD: Final = 80


@dataclass(frozen=True, slots=True)
class Snippet:
    """One line of an article: `marks` are spans over `text`; `start` is the code point of the article it
    begins at.
    """

    text: str
    marks: tuple[Span, ...]
    start: int


@dataclass(frozen=True, slots=True)
class InContext:
    """A hit with the line to its left and right, for columns aligned on the hit."""

    left: str
    word: str
    right: str
    hit: Hit


def snippet(text: str, hits: Sequence[Hit], width: int) -> Snippet:
    """A line of at most `width` code points around the part of the text where most of the query stands.

    Line ends count as spaces; cut ends show an ellipsis. Without hits, the beginning of the text.
    """
    width = max(3, width)
    if not hits:
        line = " ".join(text[: width * 2].split())
        return Snippet(line if len(line) <= width else line[: width - 1] + _ELLIPSIS, (), 0)
    chosen = _densest(hits, width - 2)
    first, last = chosen[0].span.start, chosen[-1].span.end
    room = max(0, width - 2 - (last - first))
    start = max(0, first - room // 2)
    end = min(len(text), start + width - 2)
    start = max(0, end - (width - 2))
    start, end = _at_words(text, start, end, first, min(last, end))
    head = _ELLIPSIS if start > 0 else ""
    tail = _ELLIPSIS if end < len(text) else ""
    marks = tuple(
        Span(max(hit.span.start, start) - start + len(head), min(hit.span.end, end) - start + len(head))
        for hit in hits
        if hit.span.start < end and hit.span.end > start
    )
    return Snippet(head + text[start:end].translate(_FLAT) + tail, marks, start)


def in_context(text: str, hit: Hit, width: int) -> InContext:
    """The hit with up to `width` code points to either side, on one line."""
    left = " ".join(text[max(0, hit.span.start - width * 2) : hit.span.start].split())
    right = " ".join(text[hit.span.end : hit.span.end + width * 2].split())
    spaced_left = left + " " if text[hit.span.start - 1 : hit.span.start].isspace() else left
    spaced_right = " " + right if text[hit.span.end : hit.span.end + 1].isspace() else right
    return InContext(spaced_left[-width:] if width else "", hit.word, spaced_right[:width], hit)


def word_left(text: str, hit: Hit) -> str:
    """The normalised word before the hit, for sorting; "" at the beginning."""
    span = Span(max(0, hit.span.start - _NEIGHBOURHOOD), hit.span.start)
    found = words(text, span)
    return found[-1].normal if found else ""


def word_right(text: str, hit: Hit) -> str:
    """The normalised word after the hit, for sorting; "" at the end."""
    end = min(len(text), hit.span.end + _NEIGHBOURHOOD)
    found = words(text, Span(min(hit.span.end, end), end))
    return found[0].normal if found else ""


def density(length: int, hits: Sequence[Hit], buckets: int) -> tuple[int, ...]:
    """How many hits begin in each of `buckets` equal parts of a text of `length` code points."""
    counts = [0] * max(0, buckets)
    if counts and length > 0:
        for hit in hits:
            counts[min(len(counts) - 1, hit.span.start * len(counts) // length)] += 1
    return tuple(counts)


def _densest(hits: Sequence[Hit], width: int) -> list[Hit]:
    """The hits of the window that holds most different typed words, then most hits; the first such window."""
    best: list[Hit] = [hits[0]]
    best_score = (0, 0)
    right = 0
    for left, hit in enumerate(hits):
        right = max(right, left + 1)
        while right < len(hits) and hits[right].span.end - hit.span.start <= width:
            right += 1
        window = list(hits[left:right])
        score = (len({one.term for one in window}), len(window))
        if score > best_score:
            best, best_score = window, score
    return best


def _at_words(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """The window without cut words or space at its ends, as long as the hits stay inside."""
    if start > 0 and not text[start - 1].isspace():
        space = next((i for i in range(start, first) if text[i].isspace()), None)
        start = space + 1 if space is not None else start
    if end < len(text) and not text[end].isspace():
        space = next((i for i in range(end - 1, last - 1, -1) if text[i].isspace()), None)
        end = space if space is not None else end
    while start < first and text[start].isspace():
        start += 1
    while end > last and text[end - 1].isspace():
        end -= 1
    return start, end
