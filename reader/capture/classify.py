"""A verdict for each line of a capture: what it is, and the reason a person can read.

The line's own words decide where they can; comments are found by their shape; what is left is running text or not by
the trained classifier, and its place among the other lines says what else it is.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from reader.capture.article import REPEAT, Kind
from reader.capture.comments import Part, Remark, threads
from reader.capture.context import features
from reader.capture.document import SUPPOSED, Line
from reader.capture.furniture import date_line, is_byline, known_by_words, why_not_text
from reader.capture.headline import headline, text_start
from reader.capture.pictures import names_maker, paired, says_heading, tells_of
from reader.capture.runs import TEXT, Settled, settle
from reader.capture.shapes import Shape
from reader.capture.trees import likelihoods

_OFTEN: Final = 3
"""How often a page says a line that it gives to every picture as its description."""
_RUNNING: Final = frozenset({Kind.BODY, Kind.SUBHEAD, Kind.STANDFIRST})
_DOUBTED: Final = frozenset({Kind.BODY, Kind.BOILERPLATE})
_OF_PICTURES: Final = frozenset({Kind.CAPTION, Kind.CREDIT})
_SAID_ONCE: Final = frozenset({Kind.TITLE, Kind.CAPTION, Kind.BYLINE, Kind.DATE, Kind.CREDIT})
_GOES_ON: Final = ",;،"
_QUOTES: Final = "\"'“„«‘‚"
_BELOW_START: Final = 8
"""How many lines from the start of the text on may still say something about its headline."""
_LIKELY: Final = 0.7  # that likely to be text, a line that reads like the description of a picture may still be one
_UNDER_RELATED: Final = 15
"""How many lines below the heading of links to other articles still belong to it."""


SIGNED: Final = "the outlet signs in its own name"
"""The rule of a byline that names no person."""


class Verdict(NamedTuple):
    """What one line is and why; `confidence` from 0 to 1, `author` and `depth` as in `Block`, `thread` the comment."""

    kind: Kind
    rule: str
    confidence: float = 1.0
    author: str | None = None
    depth: int = 0
    thread: int = -1


def classify(shapes: Sequence[Shape], hints: Sequence[Line]) -> list[Verdict]:
    """One verdict for each line, in order; `hints` are the lines as their format marked them."""
    marked = [hint.kind is not None and hint.confidence > SUPPOSED for hint in hints]
    remarks = {} if any(hint.kind is Kind.COMMENT for hint in hints) else threads(shapes)
    remarks = {number: remark for number, remark in remarks.items() if not marked[number]}
    rest = [number for number in range(len(shapes)) if number not in remarks and hints[number].kind is not Kind.COMMENT]
    chances = [0.0] * len(shapes)
    lines = [shapes[number] for number in rest]
    rows = features(lines, [known_by_words(shape) for shape in lines])
    for number, chance in zip(rest, likelihoods(rows), strict=True):
        chances[number] = _with_hint(chance, hints[number])
    page = _Page(shapes, hints, chances, remarks, settle(shapes, chances))
    return _repeats(shapes, [page.verdict(number) for number in range(len(shapes))])


def _with_hint(chance: float, hint: Line) -> float:
    """The likelihood of running text, drawn towards what the page's mark-up says."""
    if hint.kind is None:
        return chance
    said = 1.0 if hint.kind in _RUNNING else 0.0
    return hint.confidence * said + (1.0 - hint.confidence) * chance


class _Page:
    """The lines of one page and what is known of each before its verdict."""

    def __init__(
        self,
        shapes: Sequence[Shape],
        hints: Sequence[Line],
        chances: Sequence[float],
        remarks: dict[int, Remark],
        settled: Settled,
    ) -> None:
        self.shapes, self.hints, self.chances, self.remarks = shapes, hints, chances, remarks
        self.settled = settled
        self.said = Counter([shape.key for shape in shapes])
        self.start = text_start(shapes, chances)
        text = [number for number, chance in enumerate(chances) if chance >= TEXT]
        self.first, self.last = (text[0], text[-1]) if text else (len(shapes), -1)
        paragraphs = [shape.blank_before for shape, chance in zip(shapes, chances, strict=True)
                      if chance >= TEXT and shape.size > 120 and not shape.mark]
        self.apart = len(paragraphs) >= 3 and sum(paragraphs) >= 0.7 * len(paragraphs)
        above = enumerate(shapes[: self.start + _BELOW_START])
        signed = frozenset(number for number, shape in above if is_byline(shape) or date_line(shape))
        known = {n for n, shape in enumerate(shapes) if n not in remarks and known_by_words(shape)}
        barred = signed | frozenset(remarks) | known
        marked = [n for n, hint in enumerate(hints) if hint.kind is Kind.TITLE]
        found = (
            (marked[0], hints[marked[0]].confidence)
            if marked
            else headline(shapes, chances, self.start, barred, signed)
        )
        self.title = found[0] if found else None
        self.sure = found[1] if found else 0.0

    def verdict(self, number: int) -> Verdict:
        """What line `number` is, and why."""
        hint = self.hints[number]
        remark = self.remarks.get(number)
        if remark is not None:
            return _of_remark(remark)
        if hint.kind is not None and (hint.confidence >= 0.9 or hint.kind not in _DOUBTED):
            return Verdict(hint.kind, hint.rule or "marked so by the page", hint.confidence, hint.author, hint.depth)
        if number == self.title:
            return Verdict(Kind.TITLE, "headline: before the text, in its words", self.sure)
        known = known_by_words(self.shapes[number])
        chance = self.chances[number]
        if known is not None and (known[0] in _OF_PICTURES or chance < 0.9):
            return Verdict(*known)
        if number in self.settled:
            return Verdict(Kind.BOILERPLATE, self.settled[number], 0.8)
        if self._echoed(number):
            return Verdict(Kind.CAPTION, "said twice in a row, like a picture's description and its caption", 0.9)
        if self._paired(number) or (number > 0 and self._paired(number - 1)):
            return Verdict(Kind.CAPTION, "two short lines by themselves, like a picture's description and caption", 0.8)
        if self.first < number < self.last and (why := self._pictured(number)):
            return Verdict(Kind.CAPTION, why, 0.7)
        if chance >= TEXT:
            return self._text(number, chance)
        return self._beside(number, 1.0 - chance)

    def _text(self, number: int, chance: float) -> Verdict:
        shape = self.shapes[number]
        if self.title is not None and shape.key == self.shapes[self.title].key:
            return Verdict(Kind.TITLE, "the headline again")
        if self._opening(number):
            if is_byline(shape):
                return Verdict(Kind.BYLINE, "names the author near the headline")
            if date_line(shape):
                return Verdict(Kind.DATE, "a date near the headline")
            if self._signature(number):
                return Verdict(Kind.BYLINE, SIGNED, 0.8)
        below = self.shapes[number + 1] if number + 1 < len(self.shapes) else None
        if (
            shape.size <= 100
            and not shape.mark
            and "\t" not in shape.text
            and shape.end in {"", "?", "!", ":"}
            and shape.text[-1] not in _GOES_ON
            and shape.sentences <= 1
            and below is not None
            and self.chances[number + 1] >= TEXT
            and below.size > shape.size
        ):
            return Verdict(Kind.SUBHEAD, "short line that heads a paragraph", chance)
        if "\t" in shape.text:
            return Verdict(Kind.BODY, "row of a table in the text", chance)
        if shape.mark and shape.size < 100:
            return Verdict(Kind.BODY, "item of a list in the text", chance)
        return Verdict(Kind.BODY, "running text", chance)

    def _echoed(self, number: int) -> bool:
        """Whether the same line stands again within the next two or the last two, as descriptions of pictures do."""
        shape = self.shapes[number]
        if self.said[shape.key] < 2 or shape.count < 3 or shape.size > 400:
            return False
        if self.title is not None and shape.key == self.shapes[self.title].key:
            return False
        around = (*self.shapes[max(0, number - 2) : number], *self.shapes[number + 1 : number + 3])
        return self.first <= number <= self.last and any(other.key == shape.key for other in around)

    def _paired(self, number: int) -> bool:
        """Whether the line and the next stand together, apart from all others, as those of a picture do.

        Says something only where blank lines part the paragraphs of the page.
        """
        if not self.apart or not self.first < number < self.last or self.shapes[number].blank_after:
            return False
        below = self.shapes[number + 2 : number + 3]
        one, two = self.shapes[number], self.shapes[number + 1]
        return paired(one, two, below) and known_by_words(two) is None

    def _pictured(self, number: int) -> str:
        """Why a line inside the text is the caption of a picture that the line above describes; empty if it is none."""
        shape, above, below = self.shapes[number], self.shapes[number - 1], self.shapes[number + 1]
        if shape.mark or shape.sentences > 2 or shape.size > 250 or shape.count < 2 or "\t" in shape.text:
            return ""
        known = known_by_words(above)
        described = (known is not None and known[0] is Kind.CAPTION) or (
            self.chances[number - 1] < TEXT and above.count >= 3 and self.said[above.key] >= _OFTEN
        )
        if self.apart and not shape.blank_before and described and shape.size >= 20:
            return "stands right under the description of a picture"
        if self._described(number):
            return "says in a sentence what the description of a picture above it names"
        if self._described(number + 1):
            return "describes a picture, as the caption below it shows"
        if says_heading(self.shapes, number):
            return "says the words of a heading close by again, like the description of a picture"
        if below.size < 80 and not below.end and below.mark != "•" and names_maker(shape):
            return "names a work and who made it"
        return ""

    def _described(self, number: int) -> bool:
        """Whether a line says in a sentence what the line above names as descriptions of pictures do."""
        return self.chances[number - 1] < _LIKELY and tells_of(self.shapes[number], self.shapes[number - 1])

    def _opening(self, number: int) -> bool:
        """Whether the line stands between a little above the headline and the first paragraphs."""
        top = self.title if self.title is not None else self.start
        return top - 6 <= number <= max(self.start, top) + 3

    def _beside(self, number: int, sure: float) -> Verdict:
        """What a line is that is not running text."""
        shape = self.shapes[number]
        title = self.title
        if title is not None and shape.key == self.shapes[title].key:
            return Verdict(Kind.TITLE, "the headline again")
        if self._opening(number):
            if is_byline(shape):
                return Verdict(Kind.BYLINE, "names the author near the headline")
            if date_line(shape):
                return Verdict(Kind.DATE, "a date near the headline")
            if self._signature(number):
                return Verdict(Kind.BYLINE, SIGNED, 0.8)
        kind, rule = why_not_text(shape)
        if rule:
            return Verdict(kind, rule, sure)
        after = self.last >= 0 and number == self.last + 1
        if after and shape.count <= 3 and shape.capitals >= 0.9 and not shape.mark and not shape.end:
            return Verdict(Kind.CREDIT, "a name right after the text, as of its source", sure)
        if title is not None and title - 4 <= number < title and shape.size < 40:
            return Verdict(Kind.BOILERPLATE, "short line above the headline, as of its section", sure)
        if self._under_related(number):
            return Verdict(Kind.RELATED, "under a heading of links to other articles", sure)
        if title is not None and title < number < self.start and shape.texty:
            return Verdict(Kind.BOILERPLATE, "a notice above the text", sure)
        if self.first < number < self.last and not shape.mark and shape.size >= 20 and shape.text[0] not in _QUOTES:
            return Verdict(Kind.CAPTION, "stands between paragraphs, like the description of a picture", sure)
        if shape.size < 60:
            where = (
                "above the text" if number < self.first else "after the text" if number > self.last else "in the text"
            )
            return Verdict(Kind.BOILERPLATE, f"short line among others {where}", sure)
        where = "above" if number < self.first else "after" if number > self.last else "beside"
        return Verdict(Kind.BOILERPLATE, f"stands {where} the article and reads unlike it", sure)

    def _signature(self, number: int) -> bool:
        """Whether a short line between headline and text is a name that the page says again: the outlet signs."""
        shape = self.shapes[number]
        if self.title is None or not self.title < number <= self.start or shape.count > 4 or shape.capitals < 0.9:
            return False
        if shape.end or shape.mark or shape.giveaway >= 0.5 or shape.size < 4:
            return False
        said = sum(shape.text in other.text for other in self.shapes)  # in its own line too
        return said > 2

    def _under_related(self, number: int) -> bool:
        for above in range(number - 1, max(-1, number - _UNDER_RELATED), -1):
            shape = self.shapes[above]
            if self.chances[above] >= TEXT:
                return False
            if shape.covered("related") >= 0.5 and shape.count <= 8:
                return True
        return False


def _of_remark(remark: Remark) -> Verdict:
    if remark.part not in _AROUND_COMMENTS:
        rule = "comment" if remark.depth == 0 else f"reply, level {remark.depth}"
        return Verdict(_COMMENT, rule, 1.0, remark.author, remark.depth, remark.number)
    return Verdict(Kind.BOILERPLATE, _AROUND_COMMENTS[remark.part])


_COMMENT: Final = Kind.COMMENT
_AROUND_COMMENTS: Final = {
    Part.LINK: "link under a comment", Part.FORM: "comment form", Part.HEADING: "heading of the comments"
}  # fmt: skip


def _repeats(shapes: Sequence[Shape], verdicts: list[Verdict]) -> list[Verdict]:
    """The verdicts, with titles, captions, bylines and dates that say the same again marked as repeats."""
    seen: set[tuple[Kind, str]] = set()
    titles = [number for number, verdict in enumerate(verdicts) if verdict.kind is Kind.TITLE]
    for number in titles[:1]:
        verdicts[number] = verdicts[number]._replace(rule="headline: before the text, in its words")
    for number, verdict in enumerate(verdicts):
        if verdict.kind not in _SAID_ONCE:
            continue
        key = (verdict.kind, shapes[number].key)
        if key in seen or (verdict.kind is Kind.TITLE and number != titles[0]):
            verdicts[number] = verdict._replace(rule=f"{REPEAT} of the {verdict.kind.value}")
        seen.add(key)
    return verdicts
