"""The reading half of the store: the annotations as they stand, and what changed since the last look."""

import contextlib
import threading
from pathlib import Path

from reader.annotations.annotation import Annotation
from reader.annotations.files import Files
from reader.annotations.history import Generation, History
from reader.annotations.layout import Layout, is_annotation
from reader.annotations.shelf import Held, Problem, Shelf
from reader.annotations.w3c import NotAnAnnotation


class View:
    """The annotations below `root` for the analyst `creator`. Safe for threads.

    What `all`, `of` and `get` tell is in memory: they wait for the first reading, and never for a change that is
    being saved.
    """

    def __init__(self, root: Path, creator: str, files: Files, beside: Path | None = None) -> None:
        self.root = root
        self.creator = creator
        self._files = files
        self._layout = Layout(root, creator, files, beside)
        self._shelf = Shelf(self._layout)
        self._history = History(self._layout)
        self._lock = threading.RLock()
        self._loaded = False

    def load(self) -> None:
        """Read every annotation; done by itself at the first look."""
        with self._lock:
            self._shelf.follow()
            self._loaded = True

    def poll(self) -> set[str]:
        """Take in what other programs changed since the last look; the ids of the annotations concerned."""
        with self._lock:
            self._look()
            return self._shelf.follow()

    def all(self) -> tuple[Annotation, ...]:
        """Every annotation, oldest first."""
        self._look()
        return tuple(held.annotation for held in self._shelf.all() if self._shown(held))

    def of(self, article: str) -> tuple[Annotation, ...]:
        """The annotations with a passage in the article, in the order of its text."""
        self._look()
        return tuple(held.annotation for held in self._shelf.of(article) if self._shown(held))

    def get(self, identity: str) -> Annotation | None:
        """The annotation with that id."""
        self._look()
        held = self._shelf.get(identity)
        return held.annotation if held and self._shown(held) else None

    def is_mine(self, annotation: Annotation) -> bool:
        """Whether this analyst may change the annotation."""
        return annotation.creator == self.creator

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The files that could not be used, and why."""
        with self._lock:
            self._look()
            twice = [
                Problem(copy.path, "stands twice and says something else there", "`deskreader check` names both files")
                for copy in self._shelf.doubles()
                if not self._history.holds_file(copy.path, copy.annotation)
            ]
            return (*self._shelf.problems(), *twice)

    def history(self, identity: str) -> tuple[Generation, ...]:
        """The earlier generations of one annotation, newest first."""
        with self._lock:
            return tuple(self._history.of(identity))

    def trash(self) -> tuple[Annotation, ...]:
        """What was deleted and lies in the trash, the latest change first; what cannot be read is left out."""
        return tuple(held.annotation for held in self._thrown() if self._shown(held))

    def snapshot(self, sha256: str) -> str | None:
        """The text that passages with this SHA-256 refer to, or None where it was not kept."""
        return self._layout.snapshot(sha256)

    def _shown(self, held: Held) -> bool:
        """What others keep to themselves is not shown, even where the system would let its file be read."""
        return not held.annotation.private or self.is_mine(held.annotation)

    def _thrown(self) -> list[Held]:
        found = []
        files = self._layout.files
        with self._lock:
            for name in files.names(self._layout.trash):
                for file in filter(is_annotation, files.names(self._layout.trash / name)):
                    with contextlib.suppress(OSError, NotAnAnnotation):
                        found.append(self._shelf.read(self._layout.trash / name / file))
        return sorted(found, key=lambda held: held.annotation.modified, reverse=True)

    def _look(self) -> None:
        if not self._loaded:
            with self._lock:
                if not self._loaded:
                    self.load()
