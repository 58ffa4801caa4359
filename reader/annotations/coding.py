"""Tags over the whole workspace: renamed, merged, split, counted, crossed with outlets and with each other."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final, Protocol

from reader.annotations.annotation import Annotation, Target
from reader.annotations.codebook import Change, Code, Codebook
from reader.annotations.w3c import urn
from reader.text.clean import clean_line

RECENT: Final = 9
"""Recent tags that are offered: one for each digit."""

Changes = list[tuple[Annotation, dict[str, Any]]]


class Notes(Protocol):
    """What is asked of the store."""

    def all(self) -> tuple[Annotation, ...]:
        """Every annotation."""

    def is_mine(self, annotation: Annotation) -> bool:
        """Whether this analyst may change it."""

    def edit_all(
        self, changes: Iterable[tuple[Annotation | str, Mapping[str, Any]]], label: str
    ) -> tuple[Annotation, ...]:
        """Change many annotations as one step."""

    def change_codebook(self, change: Change, label: str) -> Codebook:
        """Change the codebook."""

    def step(self, label: str) -> AbstractContextManager[None]:
        """What is changed within the block is one step."""


@dataclass(frozen=True, slots=True)
class Recoded:
    """What came of a change of tags: how many annotations were changed, how many of colleagues were left alone."""

    changed: int
    left: int
    label: str


def rename(notes: Notes, old: str, new: str) -> Recoded:
    """Give a tag another name on every annotation of this analyst and in the codebook, in one step."""
    new = clean_line(new)
    if not new or old == new:
        return Recoded(0, 0, "")
    label = f"rename of tag “{old}” to “{new}”"
    return _recode(notes, {old: (new,)}, label, lambda known: known.rename(old, new))


def merge(notes: Notes, names: Iterable[str], into: str) -> Recoded:
    """Make one tag of several, in one step; an annotation that had several of them has it once."""
    into = clean_line(into)
    names = [name for name in dict.fromkeys(names) if name != into]
    if not into or not names:
        return Recoded(0, 0, "")
    merged = f"“{names[0]}”" if len(names) == 1 else f"{len(names)} tags"
    label = f"merge of {merged} into “{into}”"
    return _recode(notes, dict.fromkeys(names, (into,)), label, lambda known: known.merge(names, into))


def split(notes: Notes, tag: str, choices: Mapping[str, Iterable[str]]) -> Recoded:
    """Put other tags in the place of `tag`: `choices` gives them by annotation id; what it does not name keeps it.

    The new tags stand under `tag` in the codebook.
    """
    chosen = {identity: tuple(map(clean_line, tags)) for identity, tags in choices.items()}
    plans = [(one, _replaced(one.tags, {tag: chosen[one.id]})) for one in notes.all() if one.id in chosen]
    parts = dict.fromkeys(part for tags in chosen.values() for part in tags if part and part != tag)

    def change(known: Codebook) -> Codebook:
        for part in parts:
            known = known if known.has(part) else known.put(Code(part, parent=tag))
        return known

    return _carry_out(notes, plans, f"split of tag “{tag}”", change)


def delete(notes: Notes, tag: str) -> Recoded:
    """Take a tag from every annotation of this analyst and out of the codebook, in one step."""
    return _recode(notes, {tag: ()}, f"deletion of tag “{tag}”", lambda known: known.drop(tag))


def _recode(notes: Notes, table: Mapping[str, tuple[str, ...]], label: str, change: Change) -> Recoded:
    return _carry_out(notes, [(one, _replaced(one.tags, table)) for one in notes.all()], label, change)


def _carry_out(
    notes: Notes, plans: list[tuple[Annotation, tuple[str, ...]]], label: str, change: Change
) -> Recoded:
    """Give the annotations their tags and change the codebook, in one step."""
    real = [(annotation, tags) for annotation, tags in plans if tags != annotation.tags]
    mine = [(annotation, {"tags": tags}) for annotation, tags in real if notes.is_mine(annotation)]
    with notes.step(label):
        notes.change_codebook(change, label)
        if mine:
            notes.edit_all(mine, label)
    return Recoded(len(mine), len(real) - len(mine), label)


def _replaced(tags: tuple[str, ...], table: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(new for tag in tags for new in table.get(tag, (tag,)) if new))


def counts(annotations: Iterable[Annotation]) -> Counter[str]:
    """How many annotations have each tag."""
    return Counter(tag for annotation in annotations for tag in annotation.tags)


def recent(annotations: Iterable[Annotation], creator: str, limit: int = RECENT) -> tuple[str, ...]:
    """The tags that the analyst used last, newest first."""
    own = sorted((one for one in annotations if one.creator == creator), key=lambda one: one.modified, reverse=True)
    return tuple(dict.fromkeys(tag for annotation in own for tag in annotation.tags))[:limit]


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage in a cell of a table: the annotation and its place in it."""

    annotation: Annotation
    target: Target


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table of passages: `cells` by row and column; rows and columns with the most passages first."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], tuple[Passage, ...]]

    def count(self, row: str, column: str) -> int:
        """Passages in a cell."""
        return len(self.cells.get((row, column), ()))


def tags_by(annotations: Iterable[Annotation], column_of: Callable[[str], str]) -> Matrix:
    """Tags against what `column_of` says of an article by its id: its outlet, its month, its folder.

    A reply counts where it stands in an article, not for the annotation that it answers.
    """
    cells: dict[tuple[str, str], list[Passage]] = {}
    for annotation in annotations:
        for target in annotation.targets:
            for tag in annotation.tags if not target.source.startswith(urn("")) else ():
                cells.setdefault((tag, column_of(target.source)), []).append(Passage(annotation, target))
    return _matrix(cells)


def together(annotations: Iterable[Annotation]) -> Matrix:
    """Tags against tags: the passages that have both, on one annotation or on two whose passages overlap."""
    cells: dict[tuple[str, str], list[Passage]] = {}
    texts: dict[tuple[str, str], list[Passage]] = {}
    for annotation in annotations:
        for target in annotation.targets:
            if annotation.tags and not target.source.startswith(urn("")):
                texts.setdefault((target.source, target.text_sha256), []).append(Passage(annotation, target))
    for held in texts.values():
        for passage in held:
            for one, other in combinations(sorted(passage.annotation.tags), 2):
                _both(cells, one, other, passage)
        placed = sorted((one for one in held if one.target.span), key=lambda one: (_start(one), one.annotation.id))
        for index, passage in enumerate(placed):
            for later in placed[index + 1 :]:
                if not (passage.target.span and later.target.span and passage.target.span.overlaps(later.target.span)):
                    if later.target.span and passage.target.span and later.target.span.start >= passage.target.span.end:
                        break
                    continue
                for one in passage.annotation.tags:
                    for other in later.annotation.tags:
                        if one != other and later.annotation.id != passage.annotation.id:
                            _both(cells, one, other, later)
    return _matrix(cells)


def _start(passage: Passage) -> int:
    return passage.target.span.start if passage.target.span else 0


def _both(cells: dict[tuple[str, str], list[Passage]], one: str, other: str, passage: Passage) -> None:
    for cell in ((one, other), (other, one)):
        held = cells.setdefault(cell, [])
        if passage not in held:
            held.append(passage)


def _matrix(cells: Mapping[tuple[str, str], list[Passage]]) -> Matrix:
    rows: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    for (row, column), held in cells.items():
        rows[row] += len(held)
        columns[column] += len(held)
    return Matrix(
        tuple(sorted(rows, key=lambda name: (-rows[name], name))),
        tuple(sorted(columns, key=lambda name: (-columns[name], name))),
        {cell: tuple(held) for cell, held in cells.items()},
    )
