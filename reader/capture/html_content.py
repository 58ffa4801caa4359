"""Where on a page the article is: how much prose each element holds, and which holds the article's."""

import re
from collections.abc import Callable
from typing import Final

from reader.capture.html_names import Part, body_strength, part_of
from reader.capture.html_teasers import teasers
from reader.capture.html_threads import answered
from reader.capture.html_tree import Element, Page, Run, word_set

APART: Final = frozenset(
    {
        Part.COMMENTS,
        Part.SHARE,
        Part.RELATED,
        Part.MENU,
        Part.FOOTER,
        Part.SIDEBAR,
        Part.ADVERT,
        Part.SIGNUP,
        Part.BIOGRAPHY,
        Part.TAGS,
        Part.NOTICE,
        Part.FORM,
        Part.HEADER,
        Part.CONTENTS,
    }
)
"""Parts of a page that are no part of the article, even inside it."""

_END: Final = re.compile(r"[.!?…。！？؟।][\"'”’»)\]\s]*$|[:;,]$")
_WIDE_SCRIPT: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LISTED: Final = 0.9
"""Share of a page's prose from which on what looks like teasers is what the page is for."""
_GUARD: Final = 0.45
"""Share of a page's prose that something apart from the article never holds: what does is misnamed."""


TEXT_TAGS: Final = word_set("p li td th tr dd dt blockquote pre ol ul table h2 h3 h4 h5 h6")
"""Elements that hold text by their nature, where a short line is no button."""


def _holds_no_text(figure: Element, page: Page) -> bool:
    """Whether a figure is a picture, and not a table, a quotation or a listing set apart."""
    held = page.elements[figure.order + 1 : min(figure.end, figure.order + 40)]
    return not any(element.tag in ("table", "blockquote", "pre", "code") for element in held)


def words(text: str) -> float:
    """Length in words; scripts without spaces count three characters a word."""
    wide = len(_WIDE_SCRIPT.findall(text)) if not text.isascii() else 0
    return max(text.count(" ") + 1, wide / 3)


def prose(run: Run) -> float:
    """How much running text a line is, in words: nothing for a label, a menu entry or a list of links."""
    count = words(run.text)
    if run.image or run.link_share > 0.6 or count < 5:
        return 0.0
    ends = _END.search(run.text[-20:]) is not None
    if run.element.tag[0] == "h" and run.element.tag[1:].isdigit():
        return 0.0
    if count < 10 and not ends:
        return 0.0
    return count * (1 - run.link_share) * (1.0 if ends else 0.6)


class Content:
    """The article's place on a page.

    `container` is the element that holds it; `apart` gives, for a line, the part of the page that keeps it
    from being the article's, with the element that says so.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self.prose = [prose(run) for run in page.runs]
        self.teasers = teasers(page, self.prose)
        if sum(self.prose[i] for i in self.teasers) > _LISTED * sum(self.prose):
            self.teasers = set()  # a page of nothing else, or an article in small sections
        for i in self.teasers:
            self.prose[i] = 0.0
        self._whole = self._sums(self.prose)
        total = self._whole[-1]
        self._parts: dict[int, Part] = {}
        self._ignore_hidden = self._hidden_share(total) > _GUARD
        self.hidden = [run.element.hidden and not self._ignore_hidden for run in page.runs]
        named = [(element, part) for element in page.elements if (part := part_of(element)) is not None]
        self._bodies = [element for element in page.elements if body_strength(element)]
        self.thread = answered(page)
        if self.thread and part_of(self.thread[0]) is None:
            named.append((self.thread[0], Part.COMMENTS))
        for element, part in named:
            if part is Part.COMMENTS and not self._holds_article(element, total):
                self._parts[element.order] = part
        said = self._apart_from(None)
        self._whole = self._sums(
            [0.0 if said[run.element.order] else p for run, p in zip(page.runs, self.prose, strict=True)]
        )
        held: dict[tuple[str, ...], float] = {}
        for element, _ in named:
            held[element.names] = held.get(element.names, 0.0) + self._between(self._whole, element)
        for element, part in named:
            everywhere = held[element.names] if element.names else 0.0
            if part is not Part.COMMENTS and not self._misnamed(element, part, self._whole[-1], everywhere):
                self._parts[element.order] = part
        self._anywhere = self._apart_from(None)
        outside = [self.hidden[i] or self._anywhere[run.element.order] for i, run in enumerate(page.runs)]
        self._clean = self._sums([0.0 if out else self.prose[i] for i, out in enumerate(outside)])
        self.container = self._find()
        self._inside_apart = self._apart_from(self.container)
        self.figure = self._marked(lambda element: element.tag == "figure" and _holds_no_text(element, page))
        self.texted = self._marked(lambda element: element.tag in TEXT_TAGS)

    def part(self, element: Element) -> Part | None:
        """The part that the element itself is, where its name can be believed."""
        return self._parts.get(element.order)

    def apart(self, run: Run) -> tuple[Part, Element] | None:
        """The outmost part around a line, inside the container, that is not the article, or None."""
        return self._inside_apart[run.element.order]

    def regions(self, part: Part) -> list[Element]:
        """The outmost elements that are `part` and stand in nothing else that is apart."""
        elements = self._page.elements
        return [one for one in elements if self._anywhere[one.order] == (part, one)]

    def inside(self, run: Run) -> bool:
        """Whether a line stands in the container."""
        return self.container is not None and run.element.within(self.container)

    def prose_of(self, element: Element) -> float:
        """The running text inside an element, in words, without what is apart."""
        return self._between(self._clean, element)

    @staticmethod
    def _between(sums: list[float], element: Element) -> float:
        last = min(element.last, len(sums) - 1)
        return sums[last] - sums[element.first] if last > element.first else 0.0

    def _sums(self, values: list[float]) -> list[float]:
        sums = [0.0]
        for value in values:
            sums.append(sums[-1] + value)
        return sums

    def _hidden_share(self, total: float) -> float:
        hidden = sum(value for value, run in zip(self.prose, self._page.runs, strict=True) if run.element.hidden)
        return hidden / total if total else 0.0

    def _holds_article(self, element: Element, total: float) -> bool:
        """Whether what is named as comments holds the article as well."""
        held = self._between(self._whole, element)
        if held <= 0.2 * total:
            return False
        inside = self._page.elements[element.order : element.end]
        return body_strength(element) >= 2 or any(
            one.tag == "h1" or (body_strength(one) >= 2 and self._between(self._whole, one) > 0.5 * held)
            for one in inside
        )

    def _misnamed(self, element: Element, part: Part, total: float, everywhere: float) -> bool:
        """Whether an element holds too much of the page's prose, comments aside, to be what it is named.

        `everywhere` is what all elements of its name hold together.
        """
        held = self._between(self._whole, element)
        if body_strength(element) >= 2 and held > 0.2 * total:
            return True
        if part is Part.FORM and held > 0.9 * total:
            return True  # the whole page is one form, as some servers write it
        if part not in APART or max(held, everywhere) <= max(60, _GUARD * total):
            return False
        return not any(
            not element.within(other) and not other.within(element) and self._between(self._whole, other) > 0.3 * total
            for other in self._bodies
        )

    def _apart_from(self, stop: Element | None) -> list[tuple[Part, Element] | None]:
        """For each element, the outmost part around it that is apart, below `stop`; comments win over the rest."""
        found: list[tuple[Part, Element] | None] = []
        for element in self._page.elements:
            around = found[element.parent.order] if element.parent is not None else None
            part = self._parts.get(element.order)
            if element is stop:
                around = None
            elif part in APART and part is not None and (around is None or part is Part.COMMENTS):
                around = around if around is not None and around[0] is Part.COMMENTS else (part, element)
            found.append(around)
        return found

    def _marked(self, asked: Callable[[Element], bool]) -> list[bool]:
        """For each element, whether it or an element around it, inside the container, is as asked."""
        marks: list[bool] = []
        for element in self._page.elements:
            around = marks[element.parent.order] if element.parent is not None else False
            marks.append(element is not self.container and (around or asked(element)))
        return marks

    def _find(self) -> Element | None:
        """Go down from the root while one child holds most of the prose; names lower what counts as most."""
        elements = self._page.elements
        if not elements:
            return None
        here = next((one for one in elements if one.tag == "body"), elements[0])
        children: dict[int, list[Element]] = {}
        for element in elements:
            if element.parent is not None:
                children.setdefault(element.parent.order, []).append(element)
        named = self._named(here)
        here = named or here
        while True:
            best = max(children.get(here.order, ()), key=self.prose_of, default=None)
            held = self.prose_of(here)
            if (
                best is None
                or held <= 0
                or best.tag in ("p", "ul", "ol", "table", "blockquote", "pre", "dl", "li", "tr")
            ):
                return here
            share = self.prose_of(best) / held
            needed = 0.95 if body_strength(here) >= 2 else (0.7, 0.6, 0.5, 0.4)[body_strength(best)]
            if share < needed:
                return here
            here = best

    def _named(self, root: Element) -> Element | None:
        """The element whose name says that it is the article's text, if it holds enough of the prose."""
        total = self.prose_of(root)
        best: Element | None = None
        for element in self._page.elements:
            strength = body_strength(element)
            if strength < 2 or self._anywhere[element.order] is not None:
                continue
            held = self.prose_of(element)
            if held < (0.3 if strength == 3 else 0.45) * total or held < 20:
                continue
            if best is None or held > self.prose_of(best):
                best = element
        return best
