"""The boards: all notes, what must be looked at again, agreement of analysts, tags against outlets."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from reader.annotations.annotation import Annotation, State
from reader.annotations.browsing import GROUPINGS, grouped, parse, rows, select
from reader.annotations.browsing import Row as NoteRow
from reader.annotations.claims import outlet_of
from reader.annotations.codebook import Codebook
from reader.annotations.codebook_file import CodebookFile
from reader.annotations.review import Case, accepted, cases, context, urgent_first
from reader.annotations.w3c import urn
from reader.errors import DeskreaderError
from reader.text.spelling import normalise
from reader.tui.screens.board import Board, Line
from reader.tui.screens.tagging import TagPick, after_choice
from reader.tui.widgets.rows import Cell, Row

if TYPE_CHECKING:
    from reader.capture.article import Article

STATES = {State.ORPHAN: "place lost", State.REVIEW: "look again", State.MOVED: "moved"}

MOST = 2000
"""Rows after which a list of notes is cut: nobody goes through more, and every key lays them out anew."""


def short(text: str, most: int = 60) -> str:
    """A text on one line, cut."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def told_of(annotation: Annotation, mine: bool) -> str:
    """An annotation in full: its quotations, its note, its tags, who made it and when."""
    quotes = "\n".join(f"“{short(target.exact, 400)}”" for target in annotation.targets if target.exact)
    about = [f"#{tag}" for tag in annotation.tags]
    about += [annotation.pen or "", "yours" if mine else f"by {annotation.creator}"]
    about += ["private" if annotation.private else "", annotation.modified[:16].replace("T", " ")]
    return "\n".join(part for part in (quotes, annotation.note, "  ".join(filter(None, about))) if part)


class Cases(Message):
    """The passages that are not where they were."""

    def __init__(self, found: list[Case]) -> None:
        super().__init__()
        self.found = found


class CasesBoard(Board):
    """A board that looks, beside the screen, for passages that are not where they were."""

    def find_cases(self) -> None:
        """Look for them in a thread; `on_cases` gets them."""
        workspace = self.workspace

        def find() -> None:
            gone = lambda: not self.is_attached  # noqa: E731
            found = list(cases(workspace.store.all(), self.article_of, workspace.store.snapshot, gone))
            self.post_message(Cases(urgent_first(found)))

        self.in_thread(find, "cases")

    def article_of(self, id: str) -> "Article | None":
        """An article, or None where its capture is gone."""
        try:
            return self.workspace.library.article(id)
        except DeskreaderError:
            return None


class NotesBoard(CasesBoard):
    """Every annotation, filtered by words and fields, grouped, and acted on."""

    NAME = "notes:"
    EMPTY = "No notes. v selects a passage, a writes one; tag: pen: outlet: by: kind: state: in: since: until: filter"
    CAN: ClassVar[dict[str, str]] = {
        "board.tick": "tick", "board.group": "group", "board.tag": "tag", "board.pen": "pen", "board.edit": "edit",
        "board.delete": "delete", "reply": "reply", "take": "take",
    }  # fmt: skip

    def __init__(self, text: str = "", only: frozenset[str] | None = None) -> None:
        super().__init__()
        self.grouping = "article"
        self.prompt.value = text
        self._only = only
        self._states: dict[tuple[str, int], State] = {}
        self._rows: list[NoteRow] = []
        self._book = Codebook()

    def load(self) -> None:
        """The annotations there are; what moved is found out beside the screen."""
        self._read()
        self.find_cases()

    def _read(self) -> None:
        """The rows of what is there."""
        annotations = self.workspace.store.all()
        if self._only is not None:
            annotations = tuple(one for one in annotations if one.id in self._only)
        found = rows(annotations, self.workspace.source_of, self._states)
        named = ((row, outlet_of(row.target)) for row in found if not row.target.source.startswith(urn("")))
        self._rows = [replace(row, title=outlet, outlet=outlet) if outlet else row for row, outlet in named]
        self._book = CodebookFile(self.workspace.state, self.workspace.store.creator).load()
        self.put()

    def on_cases(self, event: Cases) -> None:
        """What moved is known."""
        self._states = {(case.annotation.id, case.index): case.placement.state for case in event.found}
        if self._states:
            self._read()

    def lines_for(self, text: str) -> list[Line]:
        """The passages for which every term typed holds, under their headings."""
        lines = []
        mine = self.workspace.store.is_mine
        for group in grouped(select(self._rows, parse(text), self._book), self.grouping):
            head = group.label or f"no {self.grouping}"
            told = (Cell(f"{len(group.rows)}", "quiet"),)
            lines.append(Line(Row((Cell(head),), told, heading=True, selectable=False, key=f"group {head}")))
            for row in group.rows:
                one = row.annotation
                quote = f"“{row.target.exact}”" if row.target.exact else "whole article"
                left = (Cell(short(one.note or quote, 200), "" if mine(one) else "quiet"),)
                about = [*(f"#{tag}" for tag in one.tags), one.pen or "", "" if mine(one) else one.creator]
                about += [STATES.get(row.state, "")]
                right = (Cell("  ".join(filter(None, about)), "quiet"),)
                at = one.targets.index(row.target)
                key = f"{one.id} {at} {head if self.grouping == 'tag' else ''}"
                about_it = f"{row.title} · {row.outlet}"
                lines.append(Line(Row(left, right, 1, key=key), one, about_it, row.target.source, row.start, at))
            if len(lines) > MOST:
                words = f"More than {MOST:,}: / and words, or tag: outlet: since: …, leave fewer"
                lines.append(Line(Row((Cell(words),), heading=True, selectable=False, key="more")))
                break
        return lines

    def words_on(self, line: Line) -> str:
        """The article, and the annotation in full."""
        one = line.annotation
        return line.told if one is None else f"{line.told}\n{told_of(one, self.workspace.store.is_mine(one))}"

    def act(self, name: str, lines: Sequence[Line]) -> None:
        """Group, tag, give a pen, edit or delete."""
        if name == "board.group":
            self.grouping = GROUPINGS[(GROUPINGS.index(self.grouping) + 1) % len(GROUPINGS)]
            self.look_for(self.prompt.value)
            self.desk.say(f"By {self.grouping}")
            self.status.say(f"Grouped by {self.grouping}")
            return
        found = self.annotations(lines)
        if name in ("reply", "take", "board.edit"):
            if found:
                self.dismiss(f"{name} {found[0].id}")
        elif (mine := self.own(found)):
            {"board.tag": self._tag, "board.pen": self._pen, "board.delete": self._delete}[name](mine)

    def _tag(self, found: Sequence[Annotation]) -> None:
        """Give or take a tag, in one step."""
        store = self.workspace.store
        shared = tuple(tag for tag in found[0].tags if all(tag in one.tags for one in found))

        def chosen(answer: str | None) -> None:
            if answer:
                changed = after_choice(shared, answer)
                gone, new = set(shared) - set(changed), [tag for tag in changed if tag not in shared]
                edits = [
                    (one, {"tags": (*(t for t in one.tags if t not in gone), *(t for t in new if t not in one.tags))})
                    for one in found
                ]
                store.edit_all(edits, f"tags of {len(found)} annotations")
                self.changed()

        self.desk.choose(TagPick(f"tag {len(found)}:", self.workspace, shared), chosen)

    def _pen(self, found: Sequence[Annotation]) -> None:
        """Give a pen, in one step."""

        def lettered(letter: str) -> None:
            pen = next((each for each in self.desk.pens if each.letter == letter), None)
            if pen is not None:
                edits = [(one, {"pen": pen.name}) for one in found]
                self.workspace.store.edit_all(edits, f"pen {pen.name} for {len(found)} annotations")
                self.changed()

        self.await_letter("pen: " + "  ".join(f"{each.letter} {each.name}" for each in self.desk.pens), lettered)

    def _delete(self, found: Sequence[Annotation]) -> None:
        """Delete, after asking, in one step."""

        def answered(letter: str) -> None:
            if letter in "yY":
                self.workspace.store.delete([one.id for one in found])
                self.changed()

        self.await_letter(f"Delete {len(found)}? y deletes, any other key keeps; u brings back", answered)


class ReviewBoard(CasesBoard):
    """Passages that moved, need review or are lost: the old quotation beside the best new place."""

    NAME = "review:"
    EMPTY = "Every annotation stands where it was put"
    CAN: ClassVar[dict[str, str]] = {
        "board.accept": "accept", "board.attach": "select place", "board.tick": "tick", "board.delete": "delete",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._cases: dict[str, Case] = {}

    def load(self) -> None:
        """Look for them."""
        self.find_cases()

    def on_cases(self, event: Cases) -> None:
        """They are found."""
        self._cases = {f"{case.annotation.id} {case.index}": case for case in event.found}
        self.put()

    def lines_for(self, text: str) -> list[Line]:
        """The passages with every word typed."""
        words = normalise(text).split()
        lines = []
        for key, case in self._cases.items():
            found_by = normalise(f"{case.target.exact} {case.annotation.note} {case.target.source}")
            if not all(word in found_by for word in words):
                continue
            left = (Cell(f"{STATES.get(case.placement.state, '')}: ", "warning"), Cell(f"“{short(case.target.exact)}”"))
            row = Row(left, (Cell(case.placement.reason, "quiet"),), key=key)
            span = case.placement.span
            lines.append(Line(row, case.annotation, self._told(case), case.target.source, span.start if span else None,
                              case.index))  # fmt: skip
        return lines

    def _told(self, case: Case) -> str:
        """What stood there, beside what stands there now."""
        was = case.target
        old = f"was  {short(was.prefix[-50:])}[{short(was.exact, 300)}]{short(was.suffix, 60)}"
        article = self.article_of(was.source)
        new = "now  nothing is like it"
        if article is not None and case.placement.span is not None:
            before, after = context(article.text, case.placement.span)
            here = short(case.placement.span.of(article.text), 300)
            new = f"now  {short(before[-50:])}[{here}]{short(after, 60)}"
        elif article is None:
            new = "now  the capture is gone"
        note = f"note {short(case.annotation.note, 120)}" if case.annotation.note else ""
        return "\n".join(part for part in (old, new, f"     {case.placement.reason}", note) if part)

    def act(self, name: str, lines: Sequence[Line]) -> None:
        """Take the places proposed, or select another."""
        if name == "board.attach" and lines[0].annotation is not None:
            self.dismiss(f"attach {lines[0].row.key}")
        elif name == "board.accept":
            self._accept([self._cases[line.row.key] for line in lines])
        elif name == "board.delete" and (mine := self.own(self.annotations(lines))):
            self.workspace.store.delete([one.id for one in mine])
            self.changed()

    def _accept(self, found: Sequence[Case]) -> None:
        """Take the places proposed, in one step that one undo takes back."""
        store = self.workspace.store
        mine = [case for case in found if store.is_mine(case.annotation)]
        real = [case for case in mine if case.placement.span is not None]
        with store.step(f"new places of {len(real)} passages"):
            for case in real:
                article = self.article_of(case.target.source)
                now = store.get(case.annotation.id)
                if article is not None and now is not None and now.targets == case.annotation.targets:
                    store.edit(now, text=article.text, **accepted(case, article))
                elif article is not None and now is not None:
                    again = Case(now, case.index, case.placement)
                    store.edit(now, text=article.text, **accepted(again, article))
        left = len(found) - len(real)
        self.changed()
        self.status.say(f"{len(real)} taken" + (f"; {left} have no place or are a colleague's" if left else ""))
