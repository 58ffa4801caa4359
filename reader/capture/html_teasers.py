"""Teasers of other articles: boxes beside each other, each with a heading that is a link and a few words."""

from typing import Final

from reader.capture.html_content import Content
from reader.capture.html_title import heading_rank
from reader.capture.html_tree import Element, Page

LONGEST: Final = 45.0
"""Words of running text up to which a box is a teaser and not a section of the article."""

FEWEST: Final = 2
"""Boxes that make a list: one alone may be a section with a linked heading."""


def teasers(page: Page, content: Content) -> set[int]:
    """The indices of the runs that stand in such boxes, inside the article's container."""
    container = content.container
    if container is None:
        return set()
    linked = [0]
    for run in page.runs:
        linked.append(linked[-1] + (run.link_share > 0.8 and heading_rank(run) > 1))

    def count(element: Element) -> int:
        last = min(element.last, len(page.runs))
        return linked[last] - linked[element.first] if last > element.first else 0

    boxes: dict[int, list[Element]] = {}
    for index, run in enumerate(page.runs):
        if linked[index + 1] == linked[index] or not run.element.within(container):
            continue
        box = run.element
        while box.parent is not None and box.parent is not container and count(box.parent) == 1:
            box = box.parent
        if box.parent is not None and box.last - box.first > 1 and content.prose_of(box) < LONGEST:
            boxes.setdefault(box.parent.order, []).append(box)
    return {
        index
        for beside in boxes.values()
        if len(beside) >= FEWEST
        for box in beside
        for index in range(box.first, min(box.last, len(page.runs)))
    }
