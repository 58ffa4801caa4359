"""The annotations of the folder in memory: read whole once, then only what changed."""

import errno
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from reader.annotations.annotation import Annotation
from reader.annotations.files import Stamp
from reader.annotations.layout import PRIVATE, TEMPORARY, Layout, is_annotation
from reader.annotations.migrations import read_annotation
from reader.annotations.w3c import SCHEMA, NotAnAnnotation
from reader.text.clean import clean_line

_SETTLES: Final = 2.5
"""Seconds after which a folder whose time did not change cannot have changed: some file systems count in 2 s."""

_UNSEEN: Final = Stamp(0, 0, 0, 0)
"""The stamp of what was written here and not looked at yet, so that the next look finds it changed."""

_LOOKED_AT_IN_TURN: Final = 16
"""Folders that each poll looks into without a sign of change, for files that were rewritten in place."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be used: which, why, and what the analyst may do about it."""

    path: Path
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Held:
    """An annotation with the file that it was read from and the schema number that it was written in."""

    annotation: Annotation
    path: Path
    stamp: Stamp | None
    schema: int = SCHEMA

    @property
    def newer(self) -> bool:
        """Whether a newer program wrote it, so that this one must not write it."""
        return self.schema > SCHEMA


@dataclass(slots=True)
class _Folder:
    stamp: Stamp
    noticed: float
    files: dict[str, Stamp] = field(default_factory=dict)


class Shelf:
    """What stands in `layout.annotations`.

    One thread at a time may follow and change it, the store sees to that; any other may ask meanwhile, and never
    waits for the disk.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._memory = threading.RLock()
        self._folders: dict[Path, dict[str, _Folder]] = {}
        self._held: dict[Path, Held] = {}
        self._by_id: dict[str, set[Path]] = {}
        self._by_article: dict[str, set[str]] = {}
        self._problems: dict[Path, Problem] = {}
        self._sorted: list[Held] = []
        self._changed: set[str] = set()
        self._turn: Iterable[tuple[Path, str]] = ()
        self.hidden = 0
        self.stale: set[Path] = set()

    def follow(self) -> set[str]:
        """Read what is new or changed since the last time; the ids that came, changed or went."""
        in_turn = self._in_turn()
        return set().union(*(self._follow_root(root, in_turn) for root in self._layout.read_from))

    def _follow_root(self, root: Path, in_turn: frozenset[tuple[Path, str]]) -> set[str]:
        changed: set[str] = set()
        try:
            stamps = self._layout.files.stamps(root, folders=True)
        except OSError as error:
            self._problem(root, error)
            return changed
        self._problems.pop(root, None)
        now, folders = time.monotonic(), self._folders.setdefault(root, {})
        for name in folders.keys() - stamps.keys():
            changed |= self._gone(root / name)
        for name, stamp in stamps.items():
            known = folders.get(name)
            settled = known and known.stamp == stamp and now - known.noticed > _SETTLES
            if not name.startswith(".") and (not settled or (root, name) in in_turn):
                noticed = known.noticed if known and known.stamp == stamp else now
                changed |= self._follow_folder(root / name, stamp, noticed)
        return changed

    def get(self, identity: str) -> Held | None:
        """The annotation with that id; of two files of one annotation, the one that was written last."""
        with self._memory:
            return self._best(self._by_id.get(identity, ()))

    def all(self) -> list[Held]:
        """Every annotation, oldest first."""
        with self._memory:
            if self._changed:
                rest = [held for held in self._sorted if held.annotation.id not in self._changed]
                found = (self._best(self._by_id.get(identity, ())) for identity in self._changed)
                self._sorted = sorted([*rest, *filter(None, found)], key=_age)
                self._changed = set()
            return self._sorted

    def of(self, article: str) -> list[Held]:
        """The annotations with a passage in the article, in its order; those on all of it first."""
        with self._memory:
            found = [held for identity in self._by_article.get(article, ()) if (held := self.get(identity))]
            return sorted(found, key=lambda held: _place(held.annotation, article))

    def copies(self, identity: str) -> list[Held]:
        """Every file that says to be the annotation, the best first."""
        with self._memory:
            paths = sorted(self._by_id.get(identity, ()), key=lambda path: _rank(self._held[path]), reverse=True)
            return [self._held[path] for path in paths]

    def doubles(self) -> list[Held]:
        """Files of annotations that stand in another file as well, which was written later."""
        with self._memory:
            return [copy for one, paths in self._by_id.items() if len(paths) > 1 for copy in self.copies(one)[1:]]

    def problems(self) -> list[Problem]:
        """The files that could not be used, and why."""
        with self._memory:
            return sorted(self._problems.values(), key=lambda problem: str(problem.path))

    def put(self, held: Held) -> None:
        """Take in what was just written."""
        with self._memory:
            self._drop(held.path)
            self._add(held)
            folders = self._folders.setdefault(held.path.parent.parent, {})
            folder = folders.setdefault(held.path.parent.name, _Folder(_UNSEEN, 0.0))
            folder.files[held.path.name] = held.stamp or _UNSEEN

    def drop(self, path: Path) -> None:
        """Forget a file that was just taken away."""
        with self._memory:
            self._drop(path)
            folder = self._folders.get(path.parent.parent, {}).get(path.parent.name)
            if folder:
                folder.files.pop(path.name, None)

    def read(self, path: Path) -> Held:
        """Read one file; raises OSError or NotAnAnnotation."""
        data, stamp = self._layout.files.read(path)
        annotation, schema = read_annotation(data)
        return Held(annotation, path, stamp, schema)

    def _follow_folder(self, path: Path, stamp: Stamp, noticed: float) -> set[str]:
        """Look at the files of a folder that had this stamp just before, first seen at `noticed`."""
        folders = self._folders[path.parent]
        known = folders.get(path.name)
        try:
            files = self._layout.files.stamps(path)
        except OSError as error:
            self._problem(path, error)
            return set()
        self._problems.pop(path, None)
        self._listed(files, path)
        found = {name: one for name, one in files.items() if is_annotation(name)}
        before = known.files if known else {}
        folders[path.name] = _Folder(stamp, noticed, found)
        changed = set()
        for name in before.keys() - found.keys():
            changed |= self._drop(path / name)
        for name, one in list(found.items()):
            if before.get(name) != one:
                changed |= self._take_in(path / name, found)
        return changed

    def _gone(self, path: Path) -> set[str]:
        changed: set[str] = set()
        for name in self._folders[path.parent].pop(path.name).files:
            changed |= self._drop(path / name)
        return changed

    def _take_in(self, path: Path, found: dict[str, Stamp]) -> set[str]:
        """Read a file that is new or changed.

        What cannot be read is a problem, the file stays as it is, and what was known of it before stays in
        memory.
        """
        old = self._held.get(path)
        try:
            held = self.read(path)
        except FileNotFoundError:
            found.pop(path.name, None)
            return self._drop(path)
        except PermissionError as error:
            if path.name.endswith(PRIVATE):
                self.hidden += 1
            else:
                self._problem(path, error)
            return self._drop(path, keep_problem=True)
        except (NotAnAnnotation, OSError) as error:
            self._problem(path, error)
            if isinstance(error, OSError):
                found.pop(path.name, None)
            return set()
        with self._memory:
            if old and old.annotation == held.annotation and old.schema == held.schema:
                self._held[path] = held
                self._changed.add(held.annotation.id)
                return set()
            self._drop(path)
            self._add(held)
        if held.newer:
            reason = f"was written by a newer Deskreader (schema {held.schema}, known here up to {SCHEMA})"
            self._problems[path] = Problem(path, reason, "it is shown and not changed; update to edit it")
        return {held.annotation.id}

    def _problem(self, path: Path, error: Exception) -> None:
        if isinstance(error, NotAnAnnotation):
            reason = error.message
            advice = "it is left as it is; `deskreader check --repair` looks for its last good state"
        else:
            code = error.errno if isinstance(error, OSError) else None
            reason = clean_line(str(error.strerror if isinstance(error, OSError) else error))
            advice = "it is left as it is" if code != errno.EIO else "it is tried again; the disk may be failing"
        self._problems[path] = Problem(path, reason, advice)

    def _add(self, held: Held) -> None:
        self._changed.add(held.annotation.id)
        self._held[held.path] = held
        self._by_id.setdefault(held.annotation.id, set()).add(held.path)
        for target in held.annotation.targets:
            self._by_article.setdefault(target.source, set()).add(held.annotation.id)

    def _drop(self, path: Path, keep_problem: bool = False) -> set[str]:
        with self._memory:
            return self._forget(path, keep_problem)

    def _forget(self, path: Path, keep_problem: bool) -> set[str]:
        if not keep_problem:
            self._problems.pop(path, None)
        held = self._held.pop(path, None)
        if held is None:
            return set()
        identity = held.annotation.id
        self._changed.add(identity)
        self._by_id[identity].discard(path)
        rest = [self._held[other].annotation for other in self._by_id[identity]]
        if not rest:
            del self._by_id[identity]
        still = {target.source for annotation in rest for target in annotation.targets}
        for source in {target.source for target in held.annotation.targets} - still:
            self._by_article[source].discard(identity)
            if not self._by_article[source]:
                del self._by_article[source]
        return {identity}

    def _best(self, paths: Iterable[Path]) -> Held | None:
        return max((self._held[path] for path in paths), key=_rank, default=None)

    def _listed(self, names: Iterable[str], folder: Path) -> None:
        if self._layout.is_own(folder):
            self.stale.update(folder for name in names if name.endswith(TEMPORARY) and name.startswith("."))

    def _in_turn(self) -> frozenset[tuple[Path, str]]:
        """Some folders, other ones each time, so that after a while all were looked into."""
        turn = iter(self._turn)
        chosen = list(islice(turn, _LOOKED_AT_IN_TURN))
        if not chosen:
            turn = iter([(root, name) for root, folders in self._folders.items() for name in folders])
        self._turn = turn
        return frozenset(chosen)


def _age(held: Held) -> tuple[str, str]:
    return held.annotation.created, held.annotation.id


def _rank(held: Held) -> tuple[str, bool, str]:
    return held.annotation.modified, held.annotation.private, str(held.path)


def _place(annotation: Annotation, article: str) -> tuple[int, int, str]:
    spans = [target.span for target in annotation.targets if target.source == article and target.span]
    first = min(spans, default=None)
    return (first.start, first.end, annotation.created) if first else (-1, -1, annotation.created)
