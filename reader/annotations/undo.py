"""Taking steps back and making them again, each wholly or not at all."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from reader.annotations.codebook import Codebook, from_json
from reader.annotations.codebook_file import NAME, CodebookFile
from reader.annotations.identity import Clock, later_stamp
from reader.annotations.layout import Layout, id_in
from reader.annotations.steps import Change, Step, Steps
from reader.annotations.w3c import NotAnAnnotation
from reader.annotations.writer import Plan, Writer, parsed, same
from reader.errors import Refused

_SAFE_NAME: Final = re.compile(r"[^/.][^/]*/[^/.][^/]*\.json")


class Undo:
    """Undo and redo over the analyst's steps. Both need the store to be locked and raise OSError."""

    def __init__(self, steps: Steps, writer: Writer, book: CodebookFile, layout: Layout, clock: Clock) -> None:
        self._steps = steps
        self._writer = writer
        self._book = book
        self._layout = layout
        self._clock = clock
        self._passed: set[tuple[int, str]] = set()

    def undo(self) -> str | None:
        """Take back the last step that had an effect; its label, or None when no step is left."""
        for step in self._steps.to_undo():
            if (step.number, step.session) in self._passed:
                continue
            label, changes = self._content(step)
            plans = self._plans(step, label, changes, undoing=True)
            other_book = self._turn_book(changes[::-1], undoing=True)
            self._writer.make(plans)
            self._steps.turn(step, undone=True)
            if plans or other_book:
                return label
        return None

    def redo(self) -> str | None:
        """Make the step again that was taken back last; its label, or None when there is none."""
        step = self._steps.to_redo()
        if step is None:
            return None
        label, changes = self._content(step)
        plans = self._plans(step, label, changes, undoing=False)
        self._turn_book(changes, undoing=False)
        self._writer.make(plans)
        self._steps.turn(step, undone=False)
        return label

    def _content(self, step: Step) -> tuple[str, list[Change]]:
        label, changes = self._steps.content(step)
        return label, [change for change in changes if change.name == NAME or _SAFE_NAME.fullmatch(change.name)]

    def _turn_book(self, changes: Sequence[Change], *, undoing: bool) -> bool:
        """Take back what the step changed in the codebook, or make it again; whether that changed anything."""
        stood = self._book.load()
        for change in changes:
            if change.name == NAME:
                old, new = (from_json(side) or Codebook() for side in (change.before, change.after))
                before, after = (old, new) if undoing else (new, old)
                self._book.changed(partial(Codebook.taken_back, before=before, after=after))
        return self._book.load() != stood

    def _plans(self, step: Step, label: str, changes: Sequence[Change], *, undoing: bool) -> list[Plan]:
        """What is left to do for the whole step, which an interrupted attempt may have done in part."""
        plans, refused = [], 0
        for change in _joined([one for one in changes if one.name != NAME]):
            expected, wanted = (change.after, change.before) if undoing else (change.before, change.after)
            path = self._layout.annotations / change.name
            old = self._writer.standing(id_in(path.name), path)
            now = old.annotation if old else None
            try:
                before, after = parsed(expected), parsed(wanted)
            except NotAnAnnotation:
                refused += 1
                continue
            if same(now, after):
                continue
            if not same(now, before) or (old and old.newer):
                refused += 1
                continue
            if after is not None:
                stamps = [one.modified for one in (before, now) if one]
                after = replace(after, modified=later_stamp(self._clock(), after.modified, *stamps))
            plans.append(Plan(old, after, path))
        if refused:
            self._passed.add((step.number, step.session))
            subject = f"{refused} of {len(changes)} annotations were" if len(changes) > 1 else "the annotation was"
            raise Refused(
                "Not undone" if undoing else "Not made again",
                f"{label}: {subject} changed since by another window; nothing was touched",
            )
        return plans[::-1] if undoing else plans


def _joined(changes: Sequence[Change]) -> list[Change]:
    """Several changes of one annotation within a step as one, from its first state to its last."""
    joined: dict[str, Change] = {}
    for change in changes:
        identity = id_in(change.name.rpartition("/")[2])
        first = joined.get(identity)
        joined[identity] = replace(first, after=change.after) if first else change
    return list(joined.values())
