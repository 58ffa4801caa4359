"""A verdict for each line of a page, from where it stands, what it is named and how much it links."""

from typing import Final

from reader.capture.article import Kind
from reader.capture.document import Line
from reader.capture.html_comments import Comment, comment_of_runs
from reader.capture.html_content import TEXT_TAGS, Content, words
from reader.capture.html_names import Part
from reader.capture.html_phrases import APART_HEADING, BY, CREDIT, DATED, LIST_HEADING, NOTICE, POINTER, says
from reader.capture.html_title import titles_of
from reader.capture.html_tree import Element, Page, Run, heading_rank
from reader.capture.source import Facts

_SECTION: Final = 40.0
"""Words of running text from which on what stands under a heading is no list of other articles."""
_PART_KIND: Final = {Part.RELATED: Kind.RELATED, Part.CREDIT: Kind.CREDIT, Part.CAPTION: Kind.CAPTION}


class Reading:
    """One page being classified; the headline found goes first among the candidates in `facts`."""

    def __init__(self, page: Page, facts: Facts) -> None:
        self.page = page
        self.facts = facts
        self.content = Content(page)
        self.inside = [self.content.inside(run) for run in page.runs]
        self.apart = [self.content.apart(run) for run in page.runs]
        body = [
            i
            for i, run in enumerate(page.runs)
            if self.inside[i]
            and not self.apart[i]
            and self.content.prose[i] > 0
            and run.element.tag != "figcaption"
            and self._nearest(run.element) is not Part.STANDFIRST
        ]
        self.first = body[0] if body else 0
        self.last = body[-1] if body else -1
        self.comments: dict[int, tuple[Comment | None, bool]] = {}
        self._tail = self._apart_sections()
        for i in self.content.teasers:
            self._tail.setdefault(i, "teaser of another article")
        self._titles = titles_of(page, self.content, facts, self.first if body else -1)
        self._take_in_the_beginning()
        self._read_comments()

    def lines(self) -> list[Line]:
        """Every run as a line with its verdict."""
        return [self._line(i, run) for i, run in enumerate(self.page.runs)]

    def _take_in_the_beginning(self) -> None:
        """Take in text that stands between the headline and the box that holds the rest of the article."""
        container = self.content.container
        if container is None or not self._titles or min(self._titles) >= container.first:
            return
        heading = max(i for i in self._titles if i < container.first)
        around = next(one for one in container.chain() if self.page.runs[heading].element.within(one))
        for i in range(heading + 1, container.first):
            run = self.page.runs[i]
            free = self.apart[i] is None and not self.content.hidden[i] and run.element.tag != "figcaption"
            if free and self.content.prose[i] > 0 and run.element.within(around):
                self.inside[i] = True
                self.first = min(self.first, i)

    def _read_comments(self) -> None:
        container = self.content.container
        for region in self.content.regions(Part.COMMENTS):
            if container is None or not container.within(region):
                boxes = self.content.thread[1] if self.content.thread else ()
                self.comments.update(comment_of_runs(self.page, region, boxes))

    def _apart_sections(self) -> dict[int, str]:
        """Runs under a heading such as "Related articles", to the next of its rank or its box's end."""
        found: dict[int, str] = {}
        runs = self.page.runs
        for i, run in enumerate(runs):
            if (
                not self.inside[i]
                or i in found
                or i < self.first
                or len(run.text) > 80
                or not (listing := says(LIST_HEADING, run.text)) | says(APART_HEADING, run.text)
            ):
                continue
            level = heading_rank(run)
            if not level and run.strong < 0.9 * len(run.text.rstrip(": ")):
                continue
            box = self._box(run.element)
            end = min(box.last, len(runs)) if box is not None else i + 1
            section = [i]
            for j in range(i + 1, end):
                if level and 0 < heading_rank(runs[j]) <= level:
                    break
                if not level and (runs[j].element.tag in ("p", "h2", "h3", "h4") and self.content.prose[j] > 12):
                    break
                section.append(j)
            if not (listing and sum(self.content.prose[j] for j in section) > _SECTION):
                found.update(dict.fromkeys(section, f"under “{run.text.strip()}”"))
        return found

    def _box(self, element: Element) -> Element | None:
        """The largest element around a heading that holds little of the article, or the container."""
        content, box = self.content, element
        whole = content.prose_of(content.container) if content.container else 0.0
        for one in element.chain():
            if one is content.container:
                return box if box.last - box.first > 1 else one
            if content.prose_of(one) > 0.35 * whole:
                return box if box.last - box.first > 1 else one
            box = one
        return box

    def _line(self, i: int, run: Run) -> Line:
        if i in self.comments:
            return self._comment(i, run)
        kind, rule, confidence = self._verdict(i, run)
        return Line(run.text, kind, rule, None, 0, confidence)

    def _comment(self, i: int, run: Run) -> Line:
        comment, said = self.comments[i]
        if said:
            author, depth = (comment.author, comment.depth) if comment else (None, 0)
            return Line(run.text, Kind.COMMENT, "comment on the page", author, depth, 0.95)
        rule = "comment header" if comment else "comment heading or form"
        return Line(run.text, Kind.BOILERPLATE, rule, None, 0, 0.95)

    def _verdict(self, i: int, run: Run) -> tuple[Kind, str, float]:
        if i in self._titles:
            return Kind.TITLE, self._titles[i], 0.95
        if self.content.hidden[i]:
            return Kind.BOILERPLATE, "hidden on the page", 0.95
        lead = self._lead(i, run)
        if lead is not None:
            return lead
        if self.apart[i] is not None:
            part = self.apart[i][0]  # type: ignore[index]
            return _PART_KIND.get(part, Kind.BOILERPLATE), str(part), 0.9
        if not self.inside[i]:
            return self._outside(i, run)
        if i in self._tail:
            related = run.link_share > 0.5 or self._tail[i].startswith("teaser")
            return (Kind.RELATED if related else Kind.BOILERPLATE), self._tail[i], 0.9
        return self._within(i, run)

    def _lead(self, i: int, run: Run) -> tuple[Kind, str, float] | None:
        """Byline, date and standfirst, which stand near the headline and before the text."""
        near = i <= self.first + 1 and (not self._titles or i >= min(self._titles) - 12) and i >= self.first - 60
        if not near or run.image:
            return None
        count = words(run.text)
        part = self._nearest(run.element)
        if part is Part.STANDFIRST and count > 5 and run.link_share < 0.5:
            return Kind.STANDFIRST, "standfirst by its name", 0.85
        if i >= self.first or count > 25:
            return None
        if part in (Part.BYLINE, Part.DETAILS, Part.DATE) or says(BY, run.text):
            if part is Part.DATE and DATED.search(run.text):
                return Kind.DATE, "date line", 0.9
            if says(BY, run.text) or part is Part.BYLINE:
                return Kind.BYLINE, "byline", 0.85
            if DATED.search(run.text):
                return Kind.DATE, "date line", 0.75
            return Kind.BOILERPLATE, str(part), 0.7
        below = self.inside[i] or (self._titles and i > min(self._titles) and self.apart[i] is None)
        if below and count < 8 and DATED.search(run.text) and not heading_rank(run):
            return Kind.DATE, "date before the text", 0.6
        if (
            heading_rank(run) == 2
            and count > 9
            and self._titles
            and i > min(self._titles)
            and run.text.rstrip().endswith(".")
        ):
            return Kind.STANDFIRST, "second heading before the text", 0.7
        return None

    def _nearest(self, element: Element) -> Part | None:
        for number, one in enumerate(element.chain()):
            if one is self.content.container or number > 4:
                return None
            if (part := self.content.part(one)) is not None:
                return part
        return None

    def _outside(self, i: int, run: Run) -> tuple[Kind, str, float]:
        if run.image or self._nearest(run.element) in (Part.CAPTION, Part.CREDIT):
            if self._titles and min(self._titles) < i < self.first:
                return Kind.CAPTION, "picture above the text", 0.7
            return Kind.BOILERPLATE, "picture outside the article", 0.8
        if run.link_share > 0.6 and words(run.text) > 4:
            return Kind.RELATED, "link outside the article", 0.7
        return Kind.BOILERPLATE, "outside the article", 0.7 if self.content.prose[i] else 0.85

    def _within(self, i: int, run: Run) -> tuple[Kind, str, float]:
        """A line in the article's own element."""
        text, count = run.text, words(run.text)
        part = self._nearest(run.element)
        if run.image:
            return Kind.CAPTION, "alternative text of a picture", 0.9
        if part in (Part.CAPTION, Part.CREDIT):
            return _PART_KIND[part], str(part), 0.95
        if self.content.figure[run.element.order]:
            return Kind.CAPTION, "text of a figure", 0.85
        if says(NOTICE, text) and count < 12:
            return Kind.BOILERPLATE, "notice or button", 0.85
        if says(CREDIT, text) and count < 15:
            return Kind.CREDIT, "picture credit", 0.75
        if says(POINTER, text) and count < 30 and (run.link_share > 0.3 or text.rstrip().endswith(":")):
            return Kind.RELATED, "points to another article", 0.85
        level = heading_rank(run)
        if level:
            return self._heading_in_text(i, run)
        if run.link_share > 0.85 and self._only_links(i, run):
            return Kind.RELATED, "list of links", 0.75
        if part in (Part.BYLINE, Part.DATE, Part.DETAILS) and count < 20:
            return Kind.BOILERPLATE, str(part), 0.7
        if self.content.prose[i] or self.content.texted[run.element.order]:
            if (
                run.element.tag == "p"
                and count > 1
                and count < 12
                and run.strong > 0.9 * len(text.rstrip(":"))
                and not text.endswith((".", ","))
            ):
                return Kind.SUBHEAD, "bold line", 0.7
            return Kind.BODY, "in the article's element", 0.9 if self.content.prose[i] else 0.75
        if self.first < i < self.last:
            return Kind.BODY, "between lines of the article", 0.6
        return Kind.BOILERPLATE, "short line at the edge of the article", 0.7

    def _heading_in_text(self, i: int, run: Run) -> tuple[Kind, str, float]:
        if run.link_share > 0.8 and words(run.text) > 3 and not self._text_follows(i):
            return Kind.RELATED, "heading that is a link", 0.8
        if not self._text_follows(i):
            return Kind.BOILERPLATE, "heading with no text under it", 0.7
        if i < self.first and heading_rank(run) == 1:
            return Kind.TITLE, "headline of the page", 0.6
        return Kind.SUBHEAD, "heading in the article", 0.9

    def _text_follows(self, i: int) -> bool:
        for j in range(i + 1, min(i + 12, len(self.page.runs))):
            if not self.inside[j]:
                return False
            run = self.page.runs[j]
            if self.apart[j] or j in self._tail or run.image:
                continue
            if self.content.prose[j] > 0 or (
                run.element.tag in TEXT_TAGS and not heading_rank(run) and run.link_share < 0.8
            ):
                return True
        return False

    def _only_links(self, i: int, run: Run) -> bool:
        """Whether a line of link text stands among its like, and not in a list or a text of the article."""
        runs = self.page.runs
        near = [
            runs[j] for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < len(runs) and self.inside[j] and not runs[j].image
        ]
        linked = sum(one.link_share > 0.85 for one in near)
        return (
            linked >= 2
            or (linked >= 1 and i > self.last)
            or (i > self.last)
            or (run.element.tag in ("div", "span", "a") and linked >= 1)
        )
