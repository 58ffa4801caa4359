"""Repairs of single files that lose nothing: what is taken out of its place is kept aside."""

import contextlib
import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from reader.annotations.annotation import Annotation
from reader.annotations.history import History
from reader.annotations.layout import PRIVATE, Layout, file_name, id_in
from reader.annotations.merge import merge
from reader.annotations.migrations import read_annotation, upgraded
from reader.annotations.w3c import NotAnAnnotation, dumps, from_json, loads, to_json

_CONFLICT: Final = re.compile(
    rb"^<{7}[^\n]*\n(?P<ours>.*?)(?:^\|{7}[^\n]*\n(?P<base>.*?))?^={7}\r?\n(?P<theirs>.*?)^>{7}[^\n]*\n?",
    re.MULTILINE | re.DOTALL,
)


class Repair:
    """Repairs in a locked store. Every method raises OSError and says in words what it did."""

    def __init__(self, layout: Layout, history: History) -> None:
        self._layout = layout
        self._history = history

    def set_aside(self, path: Path) -> str:
        """Move a file to the quarantine, where nothing reads it."""
        return f"moved to {self._layout.set_aside(path).relative_to(self._layout.root)}"

    def rename(self, path: Path) -> str:
        """Give an annotation's file the name that its content asks for, which must be free."""
        annotation, _schema = read_annotation(self._layout.files.read(path)[0])
        named = path.with_name(file_name(annotation.id, annotation.private))
        if named.name.endswith(PRIVATE):
            self.close(path)
        self._layout.move_all([(path, named)])
        return f"named {named.name}"

    def close(self, path: Path) -> str:
        """Take the rights of others from a private file."""
        self._layout.files.gate("close to others", path, lambda: path.chmod(0o600))
        return "closed to others"

    def unreadable(self, path: Path) -> str:
        """Set a file that cannot be read aside, and put what can be known of it in its place.

        A conflict that version control left in the file is joined from its two sides. Else the last state
        that was written down for undo, or the last generation, comes back.
        """
        data, _stamp = self._layout.files.read(path)
        found = self._joined(data) or self._last_known(id_in(path.name))
        done = self.set_aside(path)
        if found is None:
            return done
        self._layout.replace(path, dumps(to_json(found)), private=path.name.endswith(PRIVATE))
        return f"{done}; its last known state ({found.modified}) stands in its place"

    def _joined(self, data: bytes) -> Annotation | None:
        if not _CONFLICT.search(data):
            return None
        with contextlib.suppress(NotAnAnnotation):
            ours, theirs = (read_annotation(_side(data, side))[0] for side in ("ours", "theirs"))
            if ours.id == theirs.id:
                common = replace(ours, note="", tags=(), pen=None, reliability=None, credibility=None)
                return merge(common, ours, theirs).annotation
        return None

    def _last_known(self, identity: str) -> Annotation | None:
        states = [generation.annotation for generation in self._history.of(identity)[:1]]
        steps = self._layout.history / ".steps"
        files = self._layout.files
        for path in [steps / name / file for name in files.names(steps) for file in files.names(steps / name)]:
            with contextlib.suppress(OSError):
                for line in files.read(path, 1 << 30)[0].splitlines():
                    if identity.encode() in line:
                        states += _states(line, identity)
        return max(states, key=lambda annotation: annotation.modified, default=None)


def _side(data: bytes, side: str) -> bytes:
    return _CONFLICT.sub(lambda found: found[side] or b"", data)


def _states(line: bytes, identity: str) -> list[Annotation]:
    """The states of an annotation that one line of a step names."""
    found = []
    with contextlib.suppress(NotAnAnnotation, KeyError, TypeError):
        change = loads(line)["change"]
        for state in filter(None, (change["before"], change["after"])):
            annotation = from_json(upgraded(state))
            if annotation.id == identity:
                found.append(annotation)
    return found
