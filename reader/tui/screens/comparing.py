"""The boards that set annotations against each other: agreement of analysts, and tags against outlets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events

from reader.annotations.agreement import Agreement, Passage, agreements, copied, passages, taken
from reader.annotations.annotation import Annotation
from reader.annotations.coding import Matrix, tags_by, together
from reader.annotations.links import read_aloud
from reader.text.spelling import normalise
from reader.tui.screens.board import Board, Line
from reader.tui.screens.boards import short
from reader.tui.widgets.cells import clusters, width_of
from reader.tui.widgets.rows import Cell, Row

SETTLED: Final = "deskreader:settled"

ENOUGH: Final = 5
"""Passages from which on a measure of agreement beyond chance says something."""
"""Key under which an annotation names the colleagues' states that its analyst saw and did not follow."""


def settled(mine: Annotation, theirs: Annotation) -> bool:
    """Whether the analyst has seen what the colleague says there and kept to the own view."""
    kept = mine.extra.get(SETTLED)
    return isinstance(kept, list) and f"{theirs.id} {theirs.modified}" in kept


@dataclass(frozen=True, slots=True)
class Views:
    """The passages that several analysts marked, what is looked at when one types, and how far each pair agrees."""

    passages: list[Passage]
    found_by: list[str]
    pairs: list[Agreement]


class AgreementBoard(Board[Views]):
    """Passages that several analysts marked: what they say differently, first what is not settled."""

    NAME = "agreement:"
    EMPTY = "No passage was marked by two analysts"
    CAN: ClassVar[dict[str, str]] = {"take": "take theirs", "board.keep": "keep mine", "reply": "reply"}

    def gather(self) -> Views:
        """What was marked by several."""
        found = passages(self.workspace.store.all())
        said = (
            " ".join(f"{one.note} {one.targets[0].exact} {' '.join(one.tags)}" for one in passage.annotations)
            for passage in found
        )
        return Views(found, [normalise(words) for words in said], list(agreements(found)))

    def _sides(self, passage: Passage) -> tuple[Annotation | None, list[Annotation]]:
        """The analyst's own annotation of a passage, and the colleagues'."""
        mine = self.workspace.store.is_mine
        own = next((one for one in passage.annotations if mine(one)), None)
        return own, [one for one in passage.annotations if not mine(one)]

    def _open(self, passage: Passage) -> bool:
        """Whether a difference is not settled yet."""
        own, theirs = self._sides(passage)
        return not passage.agreed and not (own is not None and all(settled(own, one) for one in theirs))

    def lines_for(self, there: Views, text: str) -> list[Line]:
        """Each pair of analysts with how far they agree, then the passages."""
        lines = []
        for pair in there.pairs:
            kappa = "" if pair.kappa is None or pair.passages < ENOUGH else f", kappa {pair.kappa:.2f}"
            words = f"{' and '.join(pair.analysts)}: {pair.same} of {pair.passages} passages alike{kappa}"
            lines.append(Line(Row((Cell(words),), heading=True, selectable=False, key=f"pair {words}")))
        wanted = normalise(text).split()
        order = sorted(range(len(there.passages)), key=lambda at: not self._open(there.passages[at]))
        for at in order:
            passage = there.passages[at]
            first = passage.annotations[0]
            if not all(word in there.found_by[at] for word in wanted):
                continue
            words = "agreed" if passage.agreed else "differ: " + ", ".join(passage.differs)
            if not passage.agreed and not self._open(passage):
                words = "settled"
            left = (Cell(f"“{short(first.targets[0].exact)}”"), Cell(f"  {', '.join(passage.analysts)}", "quiet"))
            told = "\n".join([f"“{short(first.targets[0].exact, 200)}”", *map(self._said, passage.annotations)])
            row = Row(left, (Cell(words, "quiet" if passage.agreed else "warning"),), 1, key=f"passage {at}")
            lines.append(Line(row, self._sides(passage)[0] or first, told, passage.source, passage.span.start, at))
        return lines

    def _said(self, one: Annotation) -> str:
        """What one analyst says of a passage, on a line."""
        about = [*(f"#{tag}" for tag in one.tags), one.pen or "", one.reliability or "", str(one.credibility or "")]
        who = "you" if self.workspace.store.is_mine(one) else one.creator
        return f"{who}: {'  '.join(filter(None, [short(read_aloud(one.note), 200), *about])) or 'marked it'}"

    def act(self, name: str, lines: Sequence[Line]) -> None:
        """Take what a colleague says, keep to the own, or reply."""
        found = self.there.passages if self.there is not None else []
        sides = [side for line in lines if (side := self._sides(found[line.index]))[1]]
        keep = name == "board.keep"
        if name == "reply" and sides:
            self.dismiss(f"reply {sides[0][1][0].id}")
        elif keep and all(own is None for own, _theirs in sides):
            self.status.say("You have not marked this passage: nothing of yours to keep; & takes theirs")
        elif sides:
            words = "Yours is kept" if keep else "Theirs is taken; u undoes"
            self.change(lambda: self._settle(sides, keep), words)

    def _settle(self, sides: Sequence[tuple[Annotation | None, list[Annotation]]], keep: bool) -> None:
        """Take what colleagues say, or keep to the own."""
        store = self.workspace.store
        names = ", ".join(dict.fromkeys(one.creator for _own, theirs in sides for one in theirs))
        with store.step(f"keeping to what differs from {names}" if keep else f"taking what {names} noted"):
            for own, theirs in sides:
                if keep and own is not None:
                    seen = [f"{one.id} {one.modified}" for one in theirs]
                    store.edit(own, extra={**own.extra, SETTLED: seen})
                elif not keep:
                    now = own or store.add(copied(theirs[0]))
                    for one in theirs:
                        now = store.edit(now, **taken(now, one)) if taken(now, one) else now


class MatrixBoard(Board[Matrix]):
    """How often each tag stands in each outlet, in each month, or together with each other tag."""

    NAME = "tags:"
    EMPTY = "No tags yet. t tags an annotation."
    CAN: ClassVar[dict[str, str]] = {"board.left": "left", "board.right": "right", "board.group": "against"}
    KINDS: ClassVar[tuple[str, ...]] = ("outlet", "month", "folder", "other tags")

    def __init__(self) -> None:
        super().__init__()
        self.kind = "outlet"
        self.column = 0
        self.cell: tuple[str, frozenset[str]] = ("", frozenset())

    def gather(self) -> Matrix:
        """Count."""
        annotations = self.workspace.store.all()
        source_of = self.workspace.source_of

        def told(of: Callable[[str], str]) -> Callable[[str], str]:
            known: dict[str, str] = {}
            return lambda id: known[id] if id in known else known.setdefault(id, of(id))

        def outlet(id: str) -> str:
            source = source_of(id)
            return (source.outlet if source else "") or "no outlet"

        def month(id: str) -> str:
            source = source_of(id)
            return (source.published[:7] if source else "") or "no date"

        def folder(id: str) -> str:
            return id.rpartition("/")[0] or "no folder"

        ways = {"outlet": outlet, "month": month, "folder": folder}
        return tags_by(annotations, told(ways[self.kind])) if self.kind in ways else together(annotations)

    def on_resize(self, event: events.Resize) -> None:
        """As many columns as there is room for."""
        self.look_for(self.prompt.value)

    def take(self) -> None:
        """Leave with the cell in focus."""
        self.cell = self._cell()
        super().take()

    def lines_for(self, there: Matrix, text: str) -> list[Line]:
        """A row for each tag, the column in focus lit."""
        table = there
        self.column = min(self.column, max(0, len(table.columns) - 1))
        if not table.rows:
            return []
        width = self.app.size.width
        name = min(24, max(10, width // 4))
        cell = max(10 if width >= 60 else 7, min(20, (width - name - 4) // len(table.columns)))
        room = max(1, (width - name - 4) // cell)
        first = max(0, min(self.column - room + 1, len(table.columns) - room))
        first = self.column if first > self.column else first
        shown = table.columns[first : first + room]
        head = [Cell(_fitted("", name))]
        head += [Cell(_right(one, cell), "accent" if first + at == self.column else "") for at, one in enumerate(shown)]
        lines = [Line(Row(tuple(head), heading=True, selectable=False, key="head"))]
        words = normalise(text).split()
        for tag in table.rows:
            if not all(word in normalise(tag) for word in words):
                continue
            cells = [Cell(_fitted(f"#{tag}", name))]
            for at, column in enumerate(shown):
                count = table.count(tag, column)
                here = first + at == self.column
                figure = (f"[{count}]" if here else f" {count} ") if count else ("[·]" if here else " · ")
                cells.append(Cell(_right(figure, cell), "accent" if here else "" if count else "quiet"))
            column = table.columns[self.column]
            held = table.cells.get((tag, column), ())
            quotes = [f"“{short(each.target.exact or each.annotation.note, 100)}”" for each in held[:5]]
            told = "\n".join([f"#{tag} × {column}: {len(held)}", *quotes])
            lines.append(Line(Row(tuple(cells), key=tag), None, told))
        return lines

    def act(self, name: str, lines: Sequence[Line]) -> None:
        """Go to another column, or count against something else."""
        if name == "board.group":
            self.kind = self.KINDS[(self.KINDS.index(self.kind) + 1) % len(self.KINDS)]
            self.column = 0
            self.load()
            self.status.say(f"Tags against {self.kind}")
        elif self.there is not None and self.there.columns:
            step = 1 if name == "board.right" else -1
            self.column = max(0, min(self.column + step, len(self.there.columns) - 1))
            self.look_for(self.prompt.value)

    def _cell(self) -> tuple[str, frozenset[str]]:
        """The cell in focus in words, and the ids of its annotations."""
        table = self.there
        if self.line is None or table is None or not table.columns:
            return "", frozenset()
        place = self.line.row.key, table.columns[self.column]
        return " × ".join(place), frozenset(each.annotation.id for each in table.cells.get(place, ()))


def _fitted(text: str, width: int) -> str:
    """A text in exactly that many cells."""
    kept, room = "", width - 1
    for cluster in clusters(text):
        if cluster.width > room:
            break
        kept += cluster.shown
        room -= cluster.width
    return kept + " " * (width - width_of(kept))


def _right(text: str, width: int) -> str:
    """A text at the right of that many cells."""
    kept = _fitted(text, width).rstrip()
    return " " * (width - width_of(kept)) + kept
