"""Discussions that no name gives away: boxes that each end in a button to answer."""

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from reader.capture.html_tree import Element, Page

FEWEST: Final = 3
"""Boxes that make a discussion."""

_ANSWER: Final = re.compile(
    r"(?i)\W*(?:reply|antworten?|répondre|responder|rispondi|odpowiedz|ответить|yanıtla|رد|پاسخ|回复|返信)\W*"
)
_LONGEST: Final = 24


def answered(page: Page) -> tuple[Element, list[Element]] | None:
    """The element that holds a page's discussion, and the box of each contribution in it, or None."""
    asks = [len(run.text) <= _LONGEST and _ANSWER.fullmatch(run.text) is not None for run in page.runs]
    if sum(asks) < FEWEST:
        return None
    count = [0, *accumulate(asks)]
    boxes: list[Element] = []
    for index, run in enumerate(page.runs):
        if not asks[index]:
            continue
        box = run.element
        while box.parent is not None and _within(count, box.parent) == 1:
            box = box.parent
        if box.last - box.first > 1:
            boxes.append(box)
    if len(boxes) < FEWEST:
        return None
    around = boxes[0]
    while around.parent is not None and not all(box.within(around) for box in boxes):
        around = around.parent
    return around, boxes


def _within(count: Sequence[int], element: Element) -> int:
    last = min(element.last, len(count) - 1)
    return count[last] - count[element.first] if last > element.first else 0
