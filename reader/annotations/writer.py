"""Carrying changes out on the disk, while the store is locked: log, generation, new file, trash."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reader.annotations.annotation import Annotation
from reader.annotations.history import History
from reader.annotations.layout import Layout, file_name
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
                self.set_aside(place)
        for held in found:
            self._shelf.put(held)
        return self._shelf.get(identity) if found else None

    def set_aside(self, path: Path) -> Path:
        """Move a file that cannot be read to the quarantine, under a name that is free; where it went."""
        folder = self._layout.quarantine / path.parent.name
        taken = set(self._layout.files.names(folder))
        tries = [path.name, *(f"{path.name}.{number}" for number in range(1, len(taken) + 2))]
        free = folder / next(name for name in tries if name not in taken)
        self._layout.move(path, free)
        self._shelf.drop(path)
        return free

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
        if step is None or step.step is None:
            begun = self._steps.begin(step.label if step else label, changes)
            if step:
                step.step = begun
        else:
            self._steps.extend(step.step, changes)
        self.make(plans)

    def make(self, plans: Sequence[Plan]) -> None:
        """Make the changes without writing a step down: what undo and redo do."""
        for plan in plans:
            if plan.new is not None:
                self._put(plan, self._place(plan), plan.new)
            elif plan.old is not None:
                for copy in self._shelf.copies(plan.old.annotation.id):
                    self._throw_away(copy)

    def _place(self, plan: Plan) -> Path:
        """The file that a plan writes or takes away."""
        annotation = plan.new or (plan.old.annotation if plan.old else None)
        assert annotation is not None
        if plan.old is not None:
            return (
                plan.old.path.with_name(file_name(annotation.id, annotation.private))
                if plan.new
                else plan.old.path
            )
        if plan.path is not None:
            return plan.path.with_name(file_name(annotation.id, annotation.private))
        return self._layout.path_for(annotation.id, annotation.source, annotation.private)

    def _put(self, plan: Plan, path: Path, new: Annotation) -> None:
        layout = self._layout
        if plan.old is not None:
            self._keep(plan.old.path)
        layout.replace(path, dumps(to_json(new)), private=new.private)
        stamp = None
        with contextlib.suppress(OSError):
            stamp = layout.files.stamp(path)
        others = [copy.path for copy in self._shelf.copies(new.id) if copy.path != path]
        self._shelf.put(Held(new, path, stamp))
        for other in others:
            self._keep(other)
            layout.files.remove(other)
            layout.files.sync_folder(other.parent)
            self._shelf.drop(other)
        if plan.old is None:
            self._empty_trash(path)

    def _empty_trash(self, path: Path) -> None:
        """Take what has come back out of the trash."""
        identity = path.name.partition(".")[0]
        for private in (False, True):
            thrown = self._layout.trash_path(path.with_name(file_name(identity, private)))
            if thrown.exists():
                self._keep(thrown)
                self._layout.files.remove(thrown)

    def _throw_away(self, held: Held) -> None:
        thrown = self._layout.trash_path(held.path)
        if thrown.exists():
            self._keep(thrown)
        self._layout.move(held.path, thrown)
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
