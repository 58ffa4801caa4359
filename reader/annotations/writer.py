"""Carrying changes out on the disk, while the store is locked: log, generation, new file, trash."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reader.annotations.annotation import Annotation
from reader.annotations.history import History
from reader.annotations.layout import Layout, file_name, id_in
from reader.annotations.shelf import Held, Shelf
from reader.annotations.steps import Change, Step, Steps
from reader.annotations.w3c import NotAnAnnotation, dumps, to_json


@dataclass(slots=True)
class OpenStep:
    """A step under way: several changes that one undo takes back. `step` is there after the first change."""

    label: str
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One annotation as it stands now and as it shall stand; None where it does not stand.

    `path` says where a new file goes when that is known.
    """

    old: Held | None
    new: Annotation | None
    path: Path | None = None


class Writer:
    """Writes what the store has decided. Every method needs the store to be locked; all raise OSError."""

    def __init__(self, layout: Layout, shelf: Shelf, history: History, steps: Steps) -> None:
        self._layout = layout
        self._shelf = shelf
        self._history = history
        self._steps = steps

    def standing(self, identity: str, path: Path | None = None) -> Held | None:
        """The annotation as its file says at this moment, whatever memory says; None where no file stands.

        A file that can no longer be read is set aside, so that nothing ever overwrites it.
        """
        places = {held.path: None for held in self._shelf.copies(identity)}
        for known in [*places, *([path] if path else [])]:
            places |= {known.with_name(file_name(identity, private)): None for private in (False, True)}
        found = []
        for place in places:
            try:
                found.append(self._shelf.read(place))
            except FileNotFoundError:
                self._shelf.drop(place)
            except NotAnAnnotation:
                if self._layout.is_own(place):
                    self.set_aside(place)
        for held in found:
            self._shelf.put(held)
        return self._shelf.get(identity) if found else None

    def set_aside(self, path: Path) -> Path:
        """Move a file that cannot be read to the quarantine, under a name that is free; where it went."""
        free = self._layout.set_aside(path)
        self._shelf.drop(path)
        return free

    def clear_doubles(self) -> None:
        """Take away files that an interrupted move left behind: what they say is in the history."""
        doubles = [one for one in self._shelf.doubles() if self._layout.is_own(one.path)]
        self._clear([one.path for one in doubles if self._history.holds_file(one.path, one.annotation)])

    def carry_out(self, label: str, plans: Sequence[Plan], step: OpenStep | None) -> None:
        """Write the step down, then make its changes; each is durable when this returns."""
        places = [self._place(plan) for plan in plans]
        changes = [
            Change(
                str(place.relative_to(self._layout.annotations)),
                to_json(plan.old.annotation) if plan.old else None,
                to_json(plan.new) if plan.new else None,
            )
            for plan, place in zip(plans, places, strict=True)
        ]
        self.note(label, changes, step)
        self.make(plans)

    def note(self, label: str, changes: Sequence[Change], step: OpenStep | None) -> None:
        """Write changes down, durably, as a step or as more of the one under way."""
        if step is None or step.step is None:
            begun = self._steps.begin(step.label if step else label, changes)
            if step:
                step.step = begun
        else:
            self._steps.extend(step.step, changes)

    def make(self, plans: Sequence[Plan]) -> None:
        """Make the changes without writing a step down: what undo and redo do."""
        self._put([(plan, self._place(plan), plan.new) for plan in plans if plan.new is not None])
        gone = [plan.old.annotation.id for plan in plans if plan.new is None and plan.old is not None]
        self._throw_away([copy for identity in gone for copy in self._shelf.copies(identity)])

    def _place(self, plan: Plan) -> Path:
        """The file that a plan writes or takes away."""
        annotation = plan.new or (plan.old.annotation if plan.old else None)
        assert annotation is not None
        if plan.old is not None and self._layout.is_own(plan.old.path):
            return plan.old.path.with_name(file_name(annotation.id, annotation.private)) if plan.new else plan.old.path
        if plan.path is not None and self._layout.is_own(plan.path):
            return plan.path.with_name(file_name(annotation.id, annotation.private))
        return self._layout.path_for(annotation.id, annotation.source, annotation.private)

    def _put(self, items: Sequence[tuple[Plan, Path, Annotation]]) -> None:
        for plan, _path, _new in items:
            if plan.old is not None:
                self._keep(plan.old.path)
        self._layout.replace_all([(path, dumps(to_json(new)), new.private) for _plan, path, new in items])
        left: list[Path] = []
        for plan, path, new in items:
            stamp = None
            with contextlib.suppress(OSError):
                stamp = self._layout.files.stamp(path)
            copies = (copy.path for copy in self._shelf.copies(new.id))
            left += [copy for copy in copies if copy != path and self._layout.is_own(copy)]
            self._shelf.put(Held(new, path, stamp))
            if plan.old is None:
                left += self._thrown(path)
        self._clear(left)

    def _clear(self, paths: Sequence[Path]) -> None:
        """Take away files whose annotation now stands elsewhere, each kept as a generation."""
        for path in paths:
            self._keep(path)
            self._layout.files.remove(path)
            self._shelf.drop(path)
        self._layout.files.sync_folders(path.parent for path in paths)

    def _thrown(self, path: Path) -> list[Path]:
        """The files in the trash that an annotation at `path` has come back from."""
        names = (file_name(id_in(path.name), private) for private in (False, True))
        thrown = [self._layout.trash_path(path.with_name(name)) for name in names]
        return [one for one in thrown if one.exists()]

    def _throw_away(self, gone: Sequence[Held]) -> None:
        moves = [(held.path, self._layout.trash_path(held.path)) for held in gone]
        for _path, thrown in moves:
            if thrown.exists():
                self._keep(thrown)
        self._layout.move_all(moves)
        for held in gone:
            self._shelf.drop(held.path)

    def _keep(self, path: Path) -> None:
        """Keep the file as a generation; one that is gone or cannot be read has none to keep."""
        with contextlib.suppress(FileNotFoundError, NotAnAnnotation):
            held = self._shelf.read(path)
            self._history.keep(path, held.annotation, self._layout.files.read(path)[0])


def same(one: Annotation | None, other: Annotation | None) -> bool:
    """Whether two states of an annotation say the same, the time of their saving aside."""
    if one is None or other is None:
        return one is other
    return replace(one, modified="") == replace(other, modified="")


def parsed(data: dict[str, Any] | None) -> Annotation | None:
    """The annotation in the JSON of a step's change."""
    from reader.annotations.migrations import upgraded
    from reader.annotations.w3c import from_json

    return None if data is None else from_json(upgraded(data))
