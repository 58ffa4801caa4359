"""Teasers of other articles: boxes beside each other, each with a headline that is a link and a few words."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from reader.capture.html_tree import Element, Page, heading_rank, word_set

LONGEST: Final = 45.0
"""Words of running text up to which a box is a teaser and not a section of the article."""

FEWEST: Final = 2
"""Boxes that make a list: one alone may be a section with a linked heading."""
FEWEST_LINKS: Final = 4
"""Boxes that make a list where the headlines are links and no headings."""
_HEADLINE: Final = 4
"""Words of a link that may be a headline."""
_BOXES: Final = word_set("div section article aside")


def teasers(page: Page, prose: Sequence[float]) -> set[int]:
    """The indices of the runs that stand in such boxes; `prose` is how much running text each run is, in words."""
    found = _boxed(page, prose, [run.link_share > 0.8 and heading_rank(run) > 1 for run in page.runs], FEWEST)
    links = [run.link_share > 0.95 and not run.image and run.text.count(" ") + 1 >= _HEADLINE for run in page.runs]
    for box in _boxed(page, prose, links, FEWEST_LINKS):
        if box.tag in _BOXES and links[box.first]:
            found.append(box)
    return {index for box in found for index in range(box.first, min(box.last, len(page.runs)))}


def _boxed(page: Page, prose: Sequence[float], heading: Sequence[bool], fewest: int) -> list[Element]:
    """The boxes, at least `fewest` beside each other, that hold one such heading and few words."""
    headings = [0, *accumulate(heading)]
    text = [0.0, *accumulate(prose)]

    def within(sums: Sequence[float], element: Element) -> float:
        last = min(element.last, len(page.runs))
        return sums[last] - sums[element.first] if last > element.first else 0

    boxes: dict[int, list[Element]] = {}
    for index, run in enumerate(page.runs):
        if not heading[index]:
            continue
        box = run.element
        while box.parent is not None and within(headings, box.parent) == 1:
            box = box.parent
        if box.parent is not None and box.last - box.first > 1 and within(text, box) < LONGEST:
            boxes.setdefault(box.parent.order, []).append(box)
    return [box for beside in boxes.values() if len(beside) >= fewest for box in beside]
