"""What was read, how far, and the marks set on the way: one small file, shared by several processes."""

import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from reader.library.durable import locked, read_json, set_aside, write_json

SCHEMA: Final = 1
RECENT_LIMIT: Final = 100
"""Articles that the list of recently opened ones holds."""


class Mark(NamedTuple):
    """A place that the analyst named with a letter: an article and a code point in its text."""

    id: str
    position: int


@dataclass
class _State:
    read: dict[str, bool] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    marks: dict[str, Mark | None] = field(default_factory=dict)
    recent: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.read or self.positions or self.marks or self.recent)

    def apply(self, changes: "_State") -> None:
        """Lay newer changes over this state."""
        self.read.update(changes.read)
        self.positions.update(changes.positions)
        self.marks.update(changes.marks)
        newer = dict.fromkeys(reversed(changes.recent))
        self.recent = [*newer, *(id for id in self.recent if id not in newer)][:RECENT_LIMIT]


class Reading:
    """Read flags, reading positions, marks and recently opened articles of one workspace.

    Flags and marks are saved at once; positions wait for the next `save`, which the screen calls every second
    and when it ends. `problem` tells what was wrong with the file at the start, empty when nothing was.
    Safe to use from several threads; several processes merge what they change.
    """

    def __init__(self, state: Path) -> None:
        self._path = state / "state" / "reading.json"
        self._lock = threading.RLock()
        self._changes = _State()
        self.problem = ""
        self._saved = self._signature()
        self._state = self._load()

    def _signature(self) -> tuple[int, int, int]:
        try:
            status = self._path.stat()
        except OSError:
            return (0, 0, 0)
        return (status.st_ino, status.st_mtime_ns, status.st_size)

    def _load(self) -> _State:
        try:
            return _state_from(read_json(self._path))
        except ValueError as error:
            aside = set_aside(self._path)
            kept = f"; it was kept as {aside.name}" if aside else ""
            self.problem = f"{self._path.name} was damaged ({error}){kept}. Reading positions begin anew"
            return _State()

    def save(self) -> None:
        """Write what changed since the last time, over what other processes wrote. Raises `CannotSave`."""
        with self._lock:
            if not self._changes:
                return
            with locked(self._path):
                if self._signature() != self._saved:
                    state = self._load()
                    state.apply(self._changes)
                    self._state = state
                write_json(self._path, _json_of(self._state))
                self._saved = self._signature()
            self._changes = _State()

    def _change(self, **changes: Any) -> None:
        change = _State(**changes)
        self._state.apply(change)
        self._changes.apply(change)

    # Read or unread

    def is_read(self, id: str) -> bool:
        """Whether the article was read."""
        return self._state.read.get(id, False)

    def read(self) -> frozenset[str]:
        """The ids of all articles that were read."""
        with self._lock:
            return frozenset(id for id, read in self._state.read.items() if read)

    def unread(self, ids: Iterable[str]) -> list[str]:
        """Those of the ids that were not read, in their order."""
        read = self._state.read
        return [id for id in ids if not read.get(id, False)]

    def set_read(self, ids: Collection[str], read: bool = True) -> None:
        """Note articles as read or unread, and save."""
        with self._lock:
            self._change(read=dict.fromkeys(ids, read))
            self.save()

    # Positions

    def position(self, id: str) -> int:
        """The code point at which reading stopped; 0 for an article that was never opened."""
        return self._state.positions.get(id, 0)

    def set_position(self, id: str, position: int) -> None:
        """Note where reading stopped; written at the next `save`."""
        with self._lock:
            if self._state.positions.get(id, 0) != position:
                self._change(positions={id: max(0, position)})

    def opened(self, id: str) -> None:
        """Note that an article was opened, as the most recent one; written at the next `save`."""
        with self._lock:
            if not self._state.recent or self._state.recent[0] != id:
                self._changes.recent = [other for other in self._changes.recent if other != id] + [id]
                self._state.recent = [id, *(other for other in self._state.recent if other != id)][:RECENT_LIMIT]

    def recent(self) -> tuple[str, ...]:
        """Recently opened articles, the latest first."""
        with self._lock:
            return tuple(self._state.recent)

    # Marks

    def set_mark(self, letter: str, id: str, position: int) -> None:
        """Name a place by a letter, and save."""
        with self._lock:
            self._change(marks={letter: Mark(id, max(0, position))})
            self.save()

    def delete_mark(self, letter: str) -> None:
        """Take a mark away, and save."""
        with self._lock:
            self._change(marks={letter: None})
            self.save()

    def mark(self, letter: str) -> Mark | None:
        """The place that a letter names, if any."""
        return self._state.marks.get(letter)

    def marks(self) -> dict[str, Mark]:
        """All marks by letter, in the order of the alphabet."""
        with self._lock:
            return {letter: mark for letter, mark in sorted(self._state.marks.items()) if mark}

    def rename(self, old: str, new: str) -> None:
        """Carry everything over to the new id of an article that moved, and save."""
        with self._lock:
            state = self._state
            self._change(
                read={new: state.read[old], old: False} if old in state.read else {},
                positions={new: state.positions[old], old: 0} if old in state.positions else {},
                marks={
                    letter: Mark(new, mark.position) for letter, mark in state.marks.items() if mark and mark.id == old
                },
            )
            self.save()


def _json_of(state: _State) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "read": sorted(id for id, read in state.read.items() if read),
        "positions": {id: position for id, position in state.positions.items() if position},
        "marks": {letter: [mark.id, mark.position] for letter, mark in state.marks.items() if mark},
        "recent": state.recent,
    }


def _state_from(value: Any) -> _State:
    """The state in a file, without what has the wrong shape. Raises ValueError for another kind of file."""
    if value is None:
        return _State()
    if not isinstance(value, dict):
        raise ValueError("it holds no object")

    def items(name: str, kind: type) -> Any:
        found = value.get(name)
        return found if isinstance(found, kind) else kind()

    return _State(
        read={id: True for id in items("read", list) if isinstance(id, str)},
        positions={
            id: position
            for id, position in items("positions", dict).items()
            if isinstance(position, int) and position >= 0
        },
        marks={
            letter: Mark(mark[0], mark[1])
            for letter, mark in items("marks", dict).items()
            if isinstance(mark, list)
            and len(mark) == 2
            and isinstance(mark[0], str)
            and isinstance(mark[1], int)
            and mark[1] >= 0
        },
        recent=[id for id in items("recent", list) if isinstance(id, str)][:RECENT_LIMIT],
    )
