"""The boards: all notes, what must be looked at again, agreement of analysts, tags against outlets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from reader.annotations.annotation import Annotation, State
from reader.annotations.browsing import GROUPINGS, grouped, parse, rows, select
from reader.annotations.browsing import Row as NoteRow
from reader.annotations.claims import outlet_of
from reader.annotations.codebook import Codebook
from reader.annotations.codebook_file import CodebookFile
from reader.annotations.links import read_aloud
from reader.annotations.review import Case, accepted, cases, context, urgent_first
from reader.annotations.w3c import urn
from reader.errors import DeskreaderError
from reader.text.spelling import normalise
from reader.tui.messages import when
from reader.tui.screens.board import Board, Line
from reader.tui.screens.tagging import TagPick, after_choice
from reader.tui.widgets.rows import Cell, Row

if TYPE_CHECKING:
    from reader.capture.article import Article
    from reader.workspace import Workspace

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
    about += ["private" if annotation.private else "", when(annotation.modified)]
    return "\n".join(part for part in (quotes, read_aloud(annotation.note), "  ".join(filter(None, about))) if part)


def _within(before: str, here: str, after: str) -> str:
    """A passage in brackets between what stands around it."""
    left, right = before[-50:], after[:60]
    left = short(left) + (" " if left[-1:].isspace() else "")
    return f"{left}[{here}]{' ' if right[:1].isspace() else ''}{short(right)}"


def article_of(workspace: "Workspace", id: str) -> "Article | None":
    """An article, or None where its capture is gone."""
    try:
        return workspace.library.article(id)
    except DeskreaderError:
        return None


def find_cases(workspace: "Workspace", gone: Callable[[], bool]) -> list[Case]:
    """In a thread: the passages that are not where they were; ends early when nobody wants to know any more."""
    store = workspace.store
    return urgent_first(cases(store.all(), lambda id: article_of(workspace, id), store.snapshot, gone))


class Cases(Message):
    """The passages that are not where they were."""

    def __init__(self, found: list[Case]) -> None:
        super().__init__()
        self.found = found


@dataclass(frozen=True, slots=True)
class Noted:
    """The passages of all notes, and the codebook by which they are filtered."""

    rows: list[NoteRow]
    book: Codebook


class NotesBoard(Board[Noted]):
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

    def load(self, *, needed: bool = True) -> None:
        """The annotations there are; what moved is found out beside, for it takes longer."""
        super().load(needed=needed)
        workspace = self.workspace

        def find() -> None:
            self.post_message(Cases(find_cases(workspace, lambda: not self.is_attached)))

        self.in_thread(find)

    def on_cases(self, event: Cases) -> None:
        """What moved is known."""
        states = {(case.annotation.id, case.index): case.placement.state for case in event.found}
        if states != self._states:
            self._states = states
            super().load(needed=False)

    def gather(self) -> Noted:
        """A row for every passage."""
        workspace = self.workspace
        annotations = workspace.store.all()
        if self._only is not None:
            annotations = tuple(one for one in annotations if one.id in self._only)
        found = rows(annotations, workspace.source_of, self._states)
        named = ((row, outlet_of(row.target)) for row in found if not row.target.source.startswith(urn("")))
        shown = [replace(row, title=outlet, outlet=outlet) if outlet else row for row, outlet in named]
        return Noted(shown, CodebookFile(workspace.state, workspace.store.creator).load())

    def lines_for(self, there: Noted, text: str) -> list[Line]:
        """The passages for which every term typed holds, under their headings."""
        lines = []
        mine, grouping = self.workspace.store.is_mine, self.grouping
        for group in grouped(select(there.rows, parse(text), there.book), grouping):
            head = group.label or f"no {grouping}"
            told = (Cell(f"{len(group.rows)}", "quiet"),)
            lines.append(Line(Row((Cell(head),), told, heading=True, selectable=False, key=f"group {head}")))
            for row in group.rows:
                one = row.annotation
                quote = f"“{row.target.exact}”" if row.target.exact else "whole article"
                left = (Cell(short(read_aloud(one.note) or quote, 200), "" if mine(one) else "quiet"),)
                about = ["" if one.kind == "note" else one.kind, *(f"#{tag}" for tag in one.tags), one.pen or ""]
                about += ["" if mine(one) else one.creator, STATES.get(row.state, "")]
                right = (Cell("  ".join(filter(None, about)), "quiet"),)
                at = one.targets.index(row.target)
                key = f"{one.id} {at} {head if grouping == 'tag' else ''}"
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
                label = f"tags of {len(found)} annotations"
                self.change(lambda: store.edit_all(edits, label), f"Changed: {label}; u undoes")

        self.desk.choose(TagPick(f"tag {len(found)}:", self.workspace, shared), chosen)

    def _pen(self, found: Sequence[Annotation]) -> None:
        """Give a pen, in one step."""

        def lettered(letter: str) -> None:
            pen = next((each for each in self.desk.pens if each.letter == letter), None)
            if pen is not None:
                edits = [(one, {"pen": pen.name}) for one in found]
                label = f"pen {pen.name} for {len(found)} annotations"
                self.change(lambda: self.workspace.store.edit_all(edits, label), f"Now {label}; u undoes")

        self.await_letter("pen: " + "  ".join(f"{each.letter} {each.name}" for each in self.desk.pens), lettered)

    def _delete(self, found: Sequence[Annotation]) -> None:
        """Delete, after asking, in one step."""

        def answered(letter: str) -> None:
            if letter in "yY":
                words = f"{len(found)} deleted; u brings back"
                self.change(lambda: self.workspace.store.delete([one.id for one in found]), words)

        self.await_letter(f"Delete {len(found)}? y deletes, any other key keeps; u brings back", answered)


class ReviewBoard(Board[list[tuple[str, Line]]]):
    """Passages that moved, need review or are lost: the old quotation beside the best new place."""

    NAME = "review:"
    EMPTY = "Every annotation stands where it was put"
    CAN: ClassVar[dict[str, str]] = {
        "board.accept": "accept", "board.attach": "select place", "board.tick": "tick", "board.delete": "delete",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._cases: dict[str, Case] = {}

    def gather(self) -> list[tuple[str, Line]]:
        """A line for every such passage, each with what typing looks at."""
        found = find_cases(self.workspace, lambda: not self.is_attached)
        self._cases = {f"{case.annotation.id} {case.index}": case for case in found}
        article_by = lru_cache(maxsize=2)(lambda id: article_of(self.workspace, id))
        lines = []
        for key, case in self._cases.items():
            left = (Cell(f"{STATES.get(case.placement.state, '')}: ", "warning"), Cell(f"“{short(case.target.exact)}”"))
            row = Row(left, (Cell(case.placement.reason, "quiet"),), key=key)
            span, source = case.placement.span, case.target.source
            told = self._told(case, article_by(source))
            found_by = normalise(f"{case.target.exact} {case.annotation.note} {source}")
            at = span.start if span else None
            lines.append((found_by, Line(row, case.annotation, told, source, at, case.index)))
        return lines

    def lines_for(self, there: list[tuple[str, Line]], text: str) -> list[Line]:
        """The passages with every word typed."""
        words = normalise(text).split()
        return [line for found_by, line in there if all(word in found_by for word in words)]

    def _told(self, case: Case, article: "Article | None") -> str:
        """What stood there, beside what stands there now."""
        was = case.target
        old = f"was  {_within(was.prefix, short(was.exact, 300), was.suffix)}"
        new = ""
        if article is not None and case.placement.span is not None:
            before, after = context(article.text, case.placement.span)
            here = short(case.placement.span.of(article.text), 300)
            new = f"now  {_within(before, here, after)}"
        elif article is None:
            new = "now  the capture is gone"
        note = f"note {short(case.annotation.note, 120)}" if case.annotation.note else ""
        reason = f"{'     ' if new else 'now  '}{case.placement.reason}"
        return "\n".join(part for part in (old, new, reason, note) if part)

    def act(self, name: str, lines: Sequence[Line]) -> None:
        """Take the places proposed, or select another."""
        if name == "board.attach" and lines[0].annotation is not None:
            self.dismiss(f"attach {lines[0].row.key}")
        elif name == "board.accept":
            self._accept([self._cases[line.row.key] for line in lines])
        elif name == "board.delete" and (mine := self.own(self.annotations(lines))):
            words = f"{len(mine)} deleted; u brings back"
            self.change(lambda: self.workspace.store.delete([one.id for one in mine]), words)

    def _accept(self, found: Sequence[Case]) -> None:
        """Take the places proposed, in one step that one undo takes back."""
        store = self.workspace.store
        mine = [case for case in found if store.is_mine(case.annotation)]
        real = [case for case in mine if case.placement.span is not None]
        left = len(found) - len(real)
        told = f"{len(real)} taken" + (f"; {left} have no place or are a colleague's" if left else "; u undoes")

        def take() -> None:
            changed: dict[str, Annotation] = {}
            texts: dict[str, str] = {}
            for case in real:
                article = article_of(self.workspace, case.target.source)
                now = changed.get(case.annotation.id) or store.get(case.annotation.id)
                if article is not None and now is not None:
                    changed[now.id] = replace(now, **accepted(replace(case, annotation=now), article))
                    texts[article.id] = article.text
            edits = [(id, {"targets": one.targets}) for id, one in changed.items()]
            store.edit_all(edits, f"new places of {len(real)} passages", text=texts.values())

        self.change(take, told)
