"""Which lines of a page are its headline."""

import re

from reader.capture.article import REPEAT
from reader.capture.html_content import Content, words
from reader.capture.html_names import Part
from reader.capture.html_tree import Page, Run, heading_rank
from reader.capture.source import Facts

_LONGEST = 60
"""Words beyond which a heading is no headline."""


def titles_of(page: Page, content: Content, facts: Facts, first: int) -> dict[int, str]:
    """The runs that say the headline, by index, each with its rule.

    `first` is the index of the first line of running text, or -1. The headline found goes first among the
    candidates in `facts`, because what the reader sees is what the page is cited by.
    """
    best = _headline(page, content, [value for value, _ in facts.get("title", [])], first)
    if best is None:
        return {}
    value = " ".join(page.runs[best].text.removeprefix("• ").split())
    others = [one for one in facts.get("title", []) if one[0] != value]
    facts["title"] = [(value, "headline of the page"), *others]
    titles = {best: "headline of the page"}
    for i, run in enumerate(page.runs):
        if i != best and not run.image and _key(run.text) == _key(value) and not content.hidden[i]:
            titles[i] = f"{REPEAT} of the headline"
    return titles


def _headline(page: Page, content: Content, candidates: list[str], first: int) -> int | None:
    known = [key for key in map(_key, candidates) if key]
    heads = [
        i
        for i, run in enumerate(page.runs)
        if heading_rank(run) == 1 and not run.image and not content.hidden[i] and words(run.text) < _LONGEST
    ]
    for i in heads:
        key = _key(page.runs[i].text)
        if key and any(key in value or value in key for value in known):
            return i
    lower = [i for i, run in enumerate(page.runs) if len(run.text) > 10 and not run.image and _key(run.text) in known]
    if lower and heading_rank(page.runs[lower[0]]):
        return lower[0]
    near = [i for i in heads if i <= first + 1 and not _in_header(content, page.runs[i])]
    if near:
        return near[-1]
    return lower[0] if lower else None


def _in_header(content: Content, run: Run) -> bool:
    apart = content.apart(run)
    return apart is not None and apart[0] in (Part.HEADER, Part.MENU)


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
