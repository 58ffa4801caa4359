"""What lines that belong together say of each other: paragraphs that follow each other, rows of a table, lines made
from one pattern, reviews that customers sign, notices. It corrects what the classifier thinks of each by itself.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from reader.capture.shapes import Shape

TEXT: Final = 0.45
"""From this likelihood on a line is running text."""
_DOUBT: Final = 0.2
"""From this likelihood on a paragraph that directly follows running text is held to continue it."""
_EVEN: Final = 0.5
"""At least as likely is the text above which a headline is looked for."""
_OWN_WORDS: Final = 0.5
"""From this share of words of menus and forms on a line is one of theirs."""
_ROWS: Final = 3
"""So many lines with tabs in a row are a table."""
_OPENING: Final = 4
_SAME: Final = 5
"""So many lines that share their first four words are made from one pattern."""
_FEW: Final = 0.25
_SIGNED: Final = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+(?: [A-ZÀ-Þ][a-zà-ÿ]+)? [A-ZÀ-Þ]\.?")
"""How customers sign a review: "Anna L."."""
_REVIEWS: Final = 4

Settled = dict[int, str]
"""For lines that are not running text whatever the classifier thinks: why."""


def settle(shapes: Sequence[Shape], chances: list[float]) -> Settled:
    """Correct the likelihoods of running text in place, and say which lines are certainly none."""
    _find_some(shapes, chances)
    _continue_text(shapes, chances)
    _tables(shapes, chances)
    found = {**_notices(shapes, chances), **_reviews(shapes), **_patterns(shapes, chances)}
    for number in found:
        chances[number] = min(chances[number], TEXT / 2)
    return found


def _find_some(shapes: Sequence[Shape], chances: list[float]) -> None:
    """Take the lines that may be text where no line of the page is likely enough: short pages make it unsure.

    The paragraphs, where there are any; else what says a sentence; else what is more than a word or two: an article of
    one line is one.
    """
    if any(chance >= _EVEN for chance in chances):
        return
    plain = [n for n, shape in enumerate(shapes) if chances[n] and not shape.mark]
    paragraphs = [n for n in plain if shapes[n].texty and shapes[n].giveaway < 0.1]
    limit = min(_DOUBT, max((chances[n] for n in paragraphs), default=0.0) / 2)
    found = [n for n in paragraphs if chances[n] >= limit]
    own = [n for n in plain if shapes[n].giveaway < _OWN_WORDS]
    found = found or [n for n in own if shapes[n].sentences] or [n for n in own if shapes[n].count > 2]
    for number in found:
        chances[number] = _EVEN


def _continue_text(shapes: Sequence[Shape], chances: list[float]) -> None:
    """Raise doubtful paragraphs that directly follow running text: a text does not stop for one paragraph.

    The classifier learned from whole pages and is unsure of the last lines of short ones.
    """
    for number in range(1, len(shapes)):
        shape = shapes[number]
        if (
            _DOUBT <= chances[number] < TEXT <= chances[number - 1]
            and shape.end in {".", "?", "!"}
            and shape.size >= 35
            and shapes[number - 1].end
            and not shape.mark
            and shape.giveaway < 0.1
        ):
            chances[number] = TEXT


def _tables(shapes: Sequence[Shape], chances: list[float]) -> None:
    """Raise the rows of tables that stand in the text or right after it; those that list cookies are none of it."""
    tabbed = ["\t" in shape.text for shape in shapes]
    if True not in tabbed:
        return
    text = [number for number, chance in enumerate(chances) if chance >= TEXT]
    if not text:
        return
    start = 0
    while start < len(shapes):
        end = start
        while end < len(shapes) and tabbed[end]:
            end += 1
        inside = text[0] < start and (end <= text[-1] or chances[start - 1] >= TEXT)
        if end - start >= _ROWS and inside and not any(shape.covered("legal") for shape in shapes[start : start + 2]):
            for number in range(start, end):
                chances[number] = max(chances[number], TEXT)
        start = max(end, start + 1)


def _notices(shapes: Sequence[Shape], chances: Sequence[float]) -> Settled:
    """Paragraphs in the words of disclaimers, within the text or apart from it."""
    text = [number for number, chance in enumerate(chances) if chance >= TEXT]
    found: Settled = {}
    for place, number in enumerate(text):
        shape = shapes[number]
        if not shape.giveaway:
            continue
        share = shape.covered("notice") + shape.covered("legal")
        said = share * shape.count
        apart = place == len(text) - 1 or (place > 0 and number - text[place - 1] > 2)
        if shape.size > 60 and share >= 0.1 and (said >= 7 or (said >= 4 and apart)):
            found[number] = "a notice, as pages add to their texts"
    return found


def _is_signed(text: str) -> bool:
    return (text[-1] == "." or text[-1].isupper()) and _SIGNED.fullmatch(text) is not None


def _reviews(shapes: Sequence[Shape]) -> Settled:
    """Paragraphs over names that are a first name and an initial, where a page shows several of these."""
    signed = [n for n, shape in enumerate(shapes) if shape.size <= 30 and _is_signed(shape.text)]
    if len(signed) < _REVIEWS:
        return {}
    reason = "a review that a customer signs with an initial"
    return {near: reason for number in signed for near in (number - 1, number) if near >= 0 and not shapes[near].mark}


def _patterns(shapes: Sequence[Shape], chances: Sequence[float]) -> Settled:
    """Lines that begin as several others do of which hardly any is running text."""
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, shape in enumerate(shapes):
        if shape.count > _OPENING:
            alike[tuple(shape.words[:_OPENING])].append(number)
    return {
        number: "begins like others that are not part of the text"
        for numbers in alike.values()
        if len(numbers) >= _SAME and sum(chances[n] >= TEXT for n in numbers) <= _FEW * len(numbers)
        for number in numbers
        if chances[number] >= TEXT
    }
