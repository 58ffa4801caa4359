"""The façade that both front ends use: it opens a folder and wires the rooms together; it decides nothing itself."""

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from reader.errors import DeskreaderError, NothingFound, Refused
from reader.settings import folders
from reader.settings.folders import ARTICLES, STATE
from reader.settings.settings import Settings, load

if TYPE_CHECKING:
    from reader.annotations.annotation import Annotation
    from reader.annotations.store import Store
    from reader.capture.article import Article
    from reader.library.entry import Changes, Entry, Progress
    from reader.library.library import Library
    from reader.library.reading import Reading
    from reader.search.answer import Answer, Result
    from reader.search.engine import Search
    from reader.search.storybook import Storybook
    from reader.text.span import Span
    from reader.upkeep import Upkeep

Cancelled = Callable[[], bool]

_MAKING = RLock()

if TYPE_CHECKING:
    _room = cached_property
else:

    class _room(cached_property):
        """A room that is made once, whichever thread asks for it first: two indexes would not know of each other."""

        def __get__(self, instance, owner=None):
            with _MAKING:
                return super().__get__(instance, owner)


def _never() -> bool:
    return False


class Workspace:
    """A folder of captures with all that an analyst keeps beside it.

    `root` is the folder that was opened, `captures` where its articles are, `state` where settings, notes and caches
    live, `first` the article to open when a single capture was named, `notices` what should be said at the start. The
    rooms are made when they are first asked for, so that a screen can be drawn before them.
    """

    def __init__(
        self, root: Path, captures: Path, state: Path, settings: Settings, notices: Iterable[str] = ()
    ) -> None:
        self.root = root
        self.captures = captures
        self.state = state
        self.settings = settings
        self.notices = list(notices)
        self.first: str | None = None
        self._told = 0

    @classmethod
    def open(
        cls, folder: Path | None, environ: Mapping[str, str], flags: Mapping[str, Any] | None = None
    ) -> "Workspace":
        """Open `folder`, the folder of a single capture, this folder, or the samples.

        Raises WrongUsage where there is no such folder or it cannot be read.
        """
        notices: list[str] = []
        first = None
        if folder is None:
            folder = Path.cwd()
            if not folders.has_something(folder):
                folder = folders.samples(environ)
                notices.append("Nothing to read here: these are the sample articles. `deskreader FOLDER` opens yours")
        elif folder.is_file():
            folder, first = folder.parent, folder.name
        root = folders.readable(folder)
        if root.name == ARTICLES and (root.parent / STATE).is_dir():
            root = root.parent
        captures = root / ARTICLES if (root / ARTICLES).is_dir() else root
        state, words = folders.state_folder(root, environ)
        settings, mistakes = load(state, environ, flags or {})
        workspace = cls(root, captures, state, settings, [*notices, *words, *map(str, mistakes)])
        workspace.first = first
        return workspace

    # Rooms

    @_room
    def library(self) -> "Library":
        """The captures and what is known of them."""
        from reader.library.library import Library

        return Library(self.captures, self.state)

    @_room
    def reading(self) -> "Reading":
        """What was read, how far, and the marks set on the way."""
        from reader.library.reading import Reading

        return Reading(self.state)

    @_room
    def store(self) -> "Store":
        """The annotations."""
        from reader.annotations.store import Store

        inside = self.root / STATE
        beside = inside if inside != self.state and (inside / "annotations").is_dir() else None
        return Store(self.state, self.settings.user, beside=beside)

    @_room
    def engine(self) -> "Search":
        """The search engine over articles and notes."""
        from reader.search.engine import Search
        from reader.settings.names import load_names

        groups, mistakes = load_names(self.state)
        self.notices += map(str, mistakes)
        return Search(self.state, groups=groups)

    def close(self) -> None:
        """Let go of files and processes; everything is saved already."""
        for room in ("engine", "library", "store"):
            if room in self.__dict__:
                self.__dict__[room].close()

    # Articles

    @_room
    def upkeep(self) -> "Upkeep":
        """What keeps catalogue, index and notes in step with the folder."""
        from reader.upkeep import Upkeep

        return Upkeep(
            self.library, lambda: self.engine, lambda: self.store, lambda: self.reading, lambda: self.storybook
        )

    @_room
    def storybook(self) -> "Storybook":
        """What articles are known by, to find those on one event."""
        from reader.search.storybook import Storybook

        return Storybook(self.state / "cache" / "stories.jsonl")

    def refresh(self, cancelled: Cancelled) -> "Iterator[Progress]":
        """Bring the catalogue up to date with the folder, in steps, and index what was read on the way."""
        return self.upkeep.refresh(cancelled)

    def update_index(self, cancelled: Cancelled) -> Iterator[tuple[int, int]]:
        """Index what the index does not have as the library has it; yields how many are done, and of how many."""
        return self.upkeep.update_index(cancelled)

    def poll(self) -> "Changes":
        """What changed in the folder since the last look; what came or changed can be searched for at once."""
        return self.upkeep.poll()

    def bring_up_to_date(self, *, index: bool = True) -> None:
        """Catalogue and index as the folder is now; returns when that is done."""
        for _ in self.upkeep.refresh(_never, index=index):
            pass
        if index:
            for _ in self.upkeep.update_index():
                pass

    # Search

    def search(
        self, text: str, *, limit: int = 100, cancelled: Cancelled = _never, order: str = "relevance",
        whole: bool = False
    ) -> "Answer":  # fmt: skip
        """The articles that answer a query, all of it where `whole`, notes and tags included; see `with_hits`."""
        from reader.search.engine import Scope

        self._tell_notes()
        marks = self.reading.marks().values() if "is:" in text else ()
        scope = Scope(self.reading.read(), frozenset(mark.id for mark in marks)) if "is:" in text else None
        return self.engine.search(text, limit=limit, cancelled=cancelled, order=order, scope=scope, whole=whole)

    def with_hits(self, results: "Sequence[Result]", text: str) -> "Iterator[Result]":
        """The results one by one with their places; an article that cannot be opened has none."""

        def fetch(id: str) -> "Article":
            try:
                return self.library.article(id)
            except DeskreaderError as error:
                raise KeyError(id) from error

        return self.engine.with_hits(results, text, fetch)

    def _tell_notes(self) -> None:
        """Give the engine the notes anew when any of them changed since it last had them."""
        from reader.search.notes import NoteText

        notes = self.store.all()
        state = hash(frozenset((note.id, note.modified) for note in notes))
        if state != self._told:
            self._told = state
            self.engine.set_notes(
                NoteText(target.source, note.id, note.note, note.tags, note.pen or "", note.creator)
                for note in notes
                for target in note.targets
            )

    # Names of things

    def id_of(self, name: str) -> str:
        """The id of the article that a path or an id names; raises NothingFound where there is none."""
        path = Path(name)
        with contextlib.suppress(OSError, RuntimeError, ValueError):  # no name of a file: an id, or part of one
            if path.is_file() and path.resolve().is_relative_to(self.captures):
                return path.resolve().relative_to(self.captures).as_posix()
        return name

    def article_named(self, name: str) -> "Article":
        """The article that an id, a path, or the unmistakable end of an id names.

        Raises NothingFound where none is meant and Refused where several are.
        """
        wanted = self.id_of(name)
        try:
            return self.library.article(wanted)
        except NothingFound:
            self.bring_up_to_date(index=False)
            ends = [entry.id for entry in self.library.entries() if entry.id.endswith(wanted) or wanted in entry.id]
            if not ends:
                raise
            if len(ends) > 1:
                raise Refused("Several articles are meant", f"{name}: {', '.join(ends[:5])}") from None
            return self.library.article(ends[0])

    # Annotations

    def annotate(
        self,
        article: "Article",
        span: "Span | None",
        *,
        note: str = "",
        tags: tuple[str, ...] = (),
        pen: str | None = None,
    ) -> "Annotation":
        """Save a new annotation on a passage, or on the whole article when `span` is None."""
        from reader.annotations.selectors import draft_on

        pen = pen or (self.settings.pen or None if span else None)
        return self.store.add(draft_on(article, span, note, tags, pen), article.text)

    def annotate_all(
        self,
        passages: "Iterable[tuple[Article, Span | None]]",
        label: str,
        *,
        note: str = "",
        tags: tuple[str, ...] = (),
    ) -> "tuple[Annotation, ...]":
        """Save a new annotation on each passage, all as one step called `label`."""
        from reader.annotations.selectors import draft_on

        pen = self.settings.pen or None
        drafts = ((draft_on(one, span, note, tags, pen if span else None), one.text) for one, span in passages)
        return self.store.add_all(drafts, label)

    def annotation_named(self, name: str) -> "Annotation":
        """The annotation with that id, or whose id alone begins (or ends) so."""
        name = name.removeprefix("urn:uuid:")
        found = [one for one in self.store.all() if one.id.startswith(name) or one.id.endswith(name)]
        if not found or not name:
            raise NothingFound("No such note", f"{name}; `deskreader notes` lists them")
        if len(found) > 1:
            raise Refused("Several notes are meant", f"{len(found)} ids begin or end with {name}")
        return found[0]

    def source_of(self, id: str) -> "Entry | None":
        """What a citation needs to know of an article, also when its file is gone."""
        return self.library.entry(id)


def workspace_of(path: Path, environ: Mapping[str, str], flags: Mapping[str, Any] | None = None) -> Workspace:
    """The workspace in which the capture at `path` lies: the nearest folder above that is one, else its own folder."""
    try:
        folder = path.resolve().parent
    except RuntimeError:  # links that lead in a circle
        folder = path.absolute().parent
    for above in (folder, *folder.parents):
        if (above / STATE).is_dir() and os.access(above, os.R_OK):
            return Workspace.open(above, environ, flags)
    return Workspace.open(folder.parent if folder.name == ARTICLES else folder, environ, flags)
