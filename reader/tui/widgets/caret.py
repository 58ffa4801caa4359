"""A caret in the visible text and the selection that it draws out; pure.

The caret knows the article's text and the spans of it that are shown, in text order; it never rests on a code
point that is folded away. Motions up and down need rows and belong to the page.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Final

from reader.text.span import Span
from reader.tui.widgets.cells import width_of

MOTIONS: Final = (
    "left", "right", "word", "back", "end", "sentence-next", "sentence-previous", "paragraph-next",
    "paragraph-previous", "top", "bottom", "again", "again-back",
)  # fmt: skip
"""What `move` understands; `find`, `till`, `find-back` and `till-back` take a character as well."""
OBJECTS: Final = ("word", "sentence", "paragraph", "article")
"""What can be selected at once, from small to large."""
_CLOSERS: Final = {"“": "”", "«": "»", "„": "“", "‘": "’", '"': '"', "(": ")", "[": "]"}


class Caret:
    """A place in the text and, while something is selected, the place where the selection began.

    `visible` are the paragraphs shown, without overlap, in text order. `position` is always the first code
    point of a visible character. A selection holds both its ends, as in vim.
    """

    def __init__(self, text: str, visible: Sequence[Span], position: int = 0) -> None:
        self.text = text
        self.visible = [span for span in visible if span.length]
        self._starts = [span.start for span in self.visible]
        self.anchor: int | None = None
        self.by_paragraph = False
        self._sought: tuple[str, str] | None = None
        self._smaller: list[tuple[int | None, int]] = []
        self.position = self.nearest(position)

    # Where the caret may stand

    def nearest(self, position: int) -> int:
        """The visible character at or after a code point, or the last one."""
        if not self.visible:
            return 0
        index = max(0, bisect_right(self._starts, position) - 1)
        span = self.visible[index]
        if position < span.start:
            return span.start
        if position >= span.end:
            if index + 1 < len(self.visible):
                return self.visible[index + 1].start
            return self._start_of(span.end - 1)
        return self._start_of(position)

    def paragraph(self, position: int | None = None) -> Span:
        """The visible paragraph around a place (the caret's where it is None)."""
        at = self.position if position is None else position
        if not self.visible:
            return Span(0, 0)
        return self.visible[max(0, bisect_right(self._starts, at) - 1)]

    def _start_of(self, position: int) -> int:
        """The base of the character that the code point belongs to."""
        low = self.paragraph(position).start
        while position > low and width_of(self.text[position]) == 0:
            position -= 1
        return position

    def end_of(self, position: int) -> int:
        """The code point after the character at `position`, its marks included."""
        high = self.paragraph(position).end
        position += 1
        while position < high and width_of(self.text[position]) == 0:
            position += 1
        return position

    # The selection

    @property
    def selection(self) -> Span | None:
        """What is selected, or None."""
        if self.anchor is None or not self.visible:
            return None
        low, high = sorted((self.anchor, self.position))
        if self.by_paragraph:
            return self.paragraph(low).join(self.paragraph(high))
        return Span(low, self.end_of(high))

    def begin(self, by_paragraph: bool = False) -> None:
        """Begin a selection here; the same again ends it, the other kind changes it."""
        if self.anchor is not None and self.by_paragraph == by_paragraph:
            self.clear()
            return
        if self.anchor is None:
            self.anchor = self.position
        self.by_paragraph = by_paragraph

    def clear(self) -> None:
        """Select nothing; the caret stays."""
        self.anchor, self.by_paragraph = None, False
        self._smaller.clear()

    def take(self, span: Span) -> None:
        """Select a span, the caret at its end."""
        self.by_paragraph = False
        self.anchor = self.nearest(span.start)
        self.position = self.nearest(max(span.start, span.end - 1))

    def other_end(self) -> None:
        """Go to the other end of the selection."""
        if self.anchor is not None:
            self.anchor, self.position = self.position, self.anchor

    def object_at(self, name: str) -> Span:
        """The word, sentence, paragraph or article around the caret, or the quotation or bracket around
        it.
        """
        paragraph = self.paragraph()
        if name == "article" and self.visible:
            return Span(self.visible[0].start, self.visible[-1].end)
        if name == "quotation":
            return self._enclosed(paragraph)
        if name in ("word", "sentence"):
            from reader.text.sentences import sentences, words

            parts = (words if name == "word" else sentences)(self.text, paragraph)
            return next((part for part in parts if part.end > self.position), paragraph)
        return paragraph

    def _enclosed(self, paragraph: Span) -> Span:
        """The innermost pair of quotation marks or brackets around the caret, marks included."""
        best = paragraph
        for opener, closer in _CLOSERS.items():
            start = self.text.rfind(opener, paragraph.start, self.position + 1)
            end = self.text.find(closer, max(self.position, start + 1), paragraph.end)
            if start >= 0 and end >= 0 and end + 1 - start < best.length:
                best = Span(start, end + 1)
        return best

    def select(self, name: str) -> None:
        """Select an object around the caret; where it is selected already, take the next one too."""
        chosen = self.selection
        wanted = self.object_at(name)
        if chosen is not None and chosen.covers(wanted) and chosen.length >= wanted.length:
            after = self.nearest(chosen.end)
            while after < len(self.text) and self.text[after].isspace() and self._next(after) != after:
                after = self._next(after)
            if after >= chosen.end:
                self.position = after
                wanted = chosen.join(self.object_at(name))
        self.take(wanted)

    def expand(self) -> None:
        """Select the next larger thing around the selection: word, sentence, paragraph, article."""
        chosen = self.selection or Span(self.position, self.position)
        for name in OBJECTS:
            wanted = self.object_at(name)
            if wanted.covers(chosen) and wanted.length > chosen.length:
                self._smaller.append((self.anchor, self.position))
                self.take(wanted)
                return

    def shrink(self) -> None:
        """Back to what was selected before the last `expand`."""
        if self._smaller:
            self.anchor, self.position = self._smaller.pop()

    # Motions

    def move(self, name: str, count: int = 1, character: str = "") -> bool:
        """Move by a motion, `count` times; whether the caret stands somewhere else now."""
        before = self.position
        if character and name in ("find", "till", "find-back", "till-back"):
            self._sought = (name, character)
        for _ in range(max(1, count)):
            at = self.position
            self.position = self._moved(name, at)
            if self.position == at:
                break
        return self.position != before

    def _moved(self, name: str, at: int) -> int:
        """Where one step of a motion leads."""
        if not self.visible:
            return at
        if name in ("find", "till", "find-back", "till-back", "again", "again-back"):
            return self._seek(at, reverse=name == "again-back")
        from reader.text.sentences import sentences, words

        if self.anchor is not None and not self.by_paragraph:
            name = self._by_wholes(name, at)
        motion: Callable[[int], int] = {
            "left": self._previous,
            "right": self._next,
            "word": lambda p: self._after(p, words),
            "back": lambda p: self._before(p, words),
            "end": lambda p: self._end_after(p, words),
            "end-back": lambda p: self._end_before(p, words),
            "sentence-end": lambda p: self._end_after(p, sentences),
            "sentence-end-back": lambda p: self._end_before(p, sentences),
            "sentence-next": lambda p: self._after(p, sentences),
            "sentence-previous": lambda p: self._before(p, sentences),
            "paragraph-next": lambda p: self._neighbour(p, 1),
            "paragraph-previous": self._paragraph_back,
            "top": lambda _: self.visible[0].start,
            "bottom": lambda _: self._start_of(self.visible[-1].end - 1),
        }.get(name, lambda p: p)
        return self.nearest(motion(at))

    def _next(self, at: int) -> int:
        """The character after this one."""
        return self.nearest(self.end_of(at))

    def _previous(self, at: int) -> int:
        """The character before this one."""
        if at > self.paragraph(at).start:
            return self._start_of(at - 1)
        index = bisect_right(self._starts, at) - 2
        return self._start_of(self.visible[index].end - 1) if index >= 0 else at

    def _neighbour(self, at: int, by: int) -> int:
        """The start of a paragraph further on or back; the ends of the text beyond the last."""
        index = bisect_right(self._starts, at) - 1 + by
        if index >= len(self.visible):
            return self.visible[-1].end - 1
        return self.visible[max(0, index)].start

    def _paragraph_back(self, at: int) -> int:
        """The start of this paragraph, or of the one before when already there."""
        start = self.paragraph(at).start
        return start if at > start else self._neighbour(at, -1)

    def _after(self, at: int, parts: Callable[[str, Span | None], list[Span]]) -> int:
        """The start of the next part (word, sentence), in this paragraph or the next that has one."""
        for index in range(bisect_right(self._starts, at) - 1, len(self.visible)):
            for part in parts(self.text, self.visible[index]):
                if part.start > at:
                    return part.start
        return self.visible[-1].end - 1

    def _before(self, at: int, parts: Callable[[str, Span | None], list[Span]]) -> int:
        """The start of this part, or of the one before when already there."""
        for index in range(bisect_right(self._starts, at) - 1, -1, -1):
            for part in reversed(parts(self.text, self.visible[index])):
                if part.start < at:
                    return part.start
        return self.visible[0].start

    def _by_wholes(self, name: str, at: int) -> str:
        """The motion that moves the later end of a selection, so that it holds whole words and sentences."""
        assert self.anchor is not None
        if at >= self.anchor:
            name = {"word": "end", "sentence-next": "sentence-end"}.get(name, name)
        if at > self.anchor:
            name = {"back": "end-back", "sentence-previous": "sentence-end-back"}.get(name, name)
        return name

    def _end_after(self, at: int, parts: Callable[[str, Span | None], list[Span]]) -> int:
        """The last character of this part (word, sentence), or of the next when already there."""
        for index in range(bisect_right(self._starts, at) - 1, len(self.visible)):
            for part in parts(self.text, self.visible[index]):
                last = self._start_of(part.end - 1)
                if last > at:
                    return last
        return at

    def _end_before(self, at: int, parts: Callable[[str, Span | None], list[Span]]) -> int:
        """The last character of the part before; the start of this one where the selection begins in it."""
        for index in range(bisect_right(self._starts, at) - 1, -1, -1):
            for part in reversed(parts(self.text, self.visible[index])):
                last = self._start_of(part.end - 1)
                if last < at:
                    return last if self.anchor is None or last >= self.anchor else self._before(at, parts)
        return self.visible[0].start

    def _seek(self, at: int, reverse: bool) -> int:
        """To, or till, the next place in the paragraph of the character sought last."""
        if self._sought is None:
            return at
        name, character = self._sought
        back = name.endswith("back") != reverse
        till = name.startswith("till")
        span = self.paragraph(at)
        if back:
            found = self.text.rfind(character, span.start, max(span.start, at - 1 if till else at))
            return at if found < 0 else min(self.end_of(found), at) if till else found
        found = self.text.find(character, self.end_of(at) + (1 if till else 0), span.end)
        return at if found < 0 else self._start_of(found - 1) if till else found
