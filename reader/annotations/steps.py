"""What undo and redo go by: each step of an analyst as one file that says what it changed, from what, to
what.

The file is written before the change and lies under the analyst's folder, one line of JSON a change. Its name
carries its number, its session and whether it stands or was taken back, so that the state of the whole list
is a list of names, and changing it is one rename, which two programs of one analyst cannot tear.

    <number>-<session>.done.jsonl
    <number>-<session>.<number of the undo>-<session of the undo>.undone.jsonl
"""

import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from reader.annotations.layout import Layout
from reader.annotations.session import Session
from reader.annotations.w3c import NotAnAnnotation, dumps, loads
from reader.text.clean import clean_line

KEPT: Final = 500
"""Steps kept for one analyst; older ones can no longer be undone."""

_MOST_BYTES: Final = 1 << 30
"""The largest step that is read, in bytes: it holds every annotation of a bulk action twice."""

_NAME: Final = re.compile(
    r"(?P<number>\d{10})-(?P<session>[0-9a-f]+)\."
    r"(?:(?P<by_number>\d{10})-(?P<by_session>[0-9a-f]+)\.)?(?P<state>done|undone)\.jsonl"
)


@dataclass(frozen=True, slots=True)
class Change:
    """One file of a step: its name below `annotations/`, or that of the codebook, its JSON before and after, None
    where there was no file.
    """

    name: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Step:
    """A step by its number and session; `by` is the number and session of what last took it back or made it
    again.
    """

    number: int
    session: str
    undone: bool = False
    by: tuple[int, str] | None = None

    @property
    def name(self) -> str:
        """The name of the step's file."""
        by = f"{self.by[0]:010d}-{self.by[1]}." if self.by else ""
        return f"{self.number:010d}-{self.session}.{by}{'undone' if self.undone else 'done'}.jsonl"

    @property
    def latest(self) -> int:
        """The number of the last thing that happened to the step."""
        return self.by[0] if self.by else self.number

    @property
    def hands(self) -> str:
        """The session that made it, took it back or made it again last."""
        return self.by[1] if self.by else self.session


class Steps:
    """The analyst's steps. Every method needs the store to be locked."""

    def __init__(self, layout: Layout, session: Session) -> None:
        self._layout = layout
        self._session = session

    def begin(self, label: str, changes: Iterable[Change]) -> Step:
        """Write down a new step with its first changes, durably."""
        standing = self.standing()
        step = Step(self._next(standing), self._session.name)
        lines: list[dict[str, Any]] = [
            {"label": label},
            *({"change": _change_json(change)} for change in changes),
        ]
        self._layout.replace(self._path(step), b"".join(map(_line, lines)), private=True)
        self._prune(standing)
        return step

    def extend(self, step: Step, changes: Iterable[Change]) -> None:
        """Write further changes of a step that is under way, durably."""
        data = b"".join(_line({"change": _change_json(change)}) for change in changes)
        self._layout.append(self._path(step), data)

    def standing(self) -> list[Step]:
        """Every step, oldest first."""
        found = (_NAME.fullmatch(name) for name in self._layout.files.names(self._layout.steps))
        steps = {}
        for match in found:
            if match:
                by = (int(match["by_number"]), match["by_session"]) if match["by_number"] else None
                step = Step(int(match["number"]), match["session"], match["state"] == "undone", by)
                steps[step.number, step.session] = step
        return sorted(steps.values(), key=lambda step: (step.number, step.session))

    def to_undo(self) -> list[Step]:
        """The steps that stand, the one to take back first in front: this session's, then those of sessions
        over.
        """
        steps = [step for step in self.standing() if not step.undone]
        mine = [step for step in steps if step.hands == self._session.name]
        others = [step for step in steps if step.hands != self._session.name]
        live = {name for name in {step.hands for step in others} if self._session.is_live(name)}
        return mine[::-1] + [step for step in others[::-1] if step.hands not in live]

    def to_redo(self) -> Step | None:
        """The step taken back last, unless a new one was made since."""
        steps = self.standing()
        undone = [step for step in steps if step.undone]
        mine = [step for step in undone if step.hands == self._session.name]
        own = [step.number for step in steps if step.session == self._session.name]
        if mine:
            last = max(mine, key=lambda step: step.latest)
            return last if last.latest > max(own, default=0) else None
        if own or not undone:
            return None
        last = max(undone, key=lambda step: step.latest)
        newest = max(step.number for step in steps)
        return last if last.latest > newest and not self._session.is_live(last.hands) else None

    def content(self, step: Step) -> tuple[str, list[Change]]:
        """What a step is called and what it changed, in order; a torn line was never carried out."""
        data, _stamp = self._layout.files.read(self._path(step), _MOST_BYTES)
        label, changes = "", []
        for line in data.splitlines():
            with contextlib.suppress(NotAnAnnotation, KeyError, TypeError, AttributeError):
                record = loads(line)
                label = clean_line(record.get("label", label))
                if "change" in record:
                    change = record["change"]
                    changes.append(Change(str(change["name"]), change["before"], change["after"]))
        return label, changes

    def turn(self, step: Step, *, undone: bool) -> None:
        """Note durably that a step was taken back or made again."""
        turned = replace(step, undone=undone, by=(self._next(self.standing()), self._session.name))
        self._layout.files.rename(self._path(step), self._path(turned))
        self._layout.files.sync_folder(self._layout.steps)

    def _path(self, step: Step) -> Path:
        return self._layout.steps / step.name

    def _next(self, standing: list[Step]) -> int:
        return 1 + max((max(step.number, step.latest) for step in standing), default=0)

    def _prune(self, standing: list[Step]) -> None:
        with contextlib.suppress(OSError):
            for step in standing[: max(0, len(standing) + 1 - KEPT)]:
                self._layout.files.remove(self._path(step))
            self._layout.clear_temporary(self._layout.steps)


def _change_json(change: Change) -> dict[str, Any]:
    return {"name": change.name, "before": change.before, "after": change.after}


def _line(record: dict[str, Any]) -> bytes:
    """One record on a line of its own, whatever a torn write left before it."""
    return b"\n" + b" ".join(dumps(record).split(b"\n")) + b"\n"
