"""Keeping catalogue, index and notes in step with the folder."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from reader.library.entry import Changes
from reader.library.refresh import Take
from reader.search.records import Digest, digest_of, stamp_of

if TYPE_CHECKING:
    from reader.annotations.store import Store
    from reader.library.corrections import Correction
    from reader.library.entry import Progress
    from reader.library.importer import Step
    from reader.library.library import Library
    from reader.library.reading import Reading
    from reader.search.engine import Search
    from reader.search.storybook import Storybook

Cancelled = Callable[[], bool]

_BATCH: Final = 1000
"""Articles that are given to the index together; it decides when they are enough to be found."""
_TOLD: Final = 100
"""Articles after which it is told how many were read for their stories."""


def _never() -> bool:
    return False


class Upkeep:
    """Reads what is new in a library, gives it to the search engine, and lets notes follow renamed files.

    Engine, store, reading state and stories are given as functions, so that they are made only when they are needed.
    One `refresh` or `update_index` at a time, and one `poll` beside them; corrections and imports may come beside them.
    """

    def __init__(
        self,
        library: "Library",
        engine: "Callable[[], Search]",
        store: "Callable[[], Store]",
        reading: "Callable[[], Reading]",
        stories: "Callable[[], Storybook]",
    ) -> None:
        self._library = library
        self._engine = engine
        self._store = store
        self._reading = reading
        self._stories = stories
        self._told_stories: tuple[tuple[str, int, bool], list[list[str]]] | None = None
        self._due: set[str] = set()
        self._total = 0
        self._unsettled = False
        self.held_back = False
        """Whether something can be searched for that is not on disk yet."""
        self._waiting: dict[str, Digest | None] = {}
        self._handing_over = threading.Lock()
        self._one_at_a_time = threading.RLock()

    def refresh(self, cancelled: Cancelled = _never, *, index: bool = True) -> "Iterator[Progress]":
        """Bring the catalogue up to date with the folder, in steps, and index what was read on the way."""
        fresh: list[Digest] = []
        take = Take(digest_of, fresh.extend) if index else None
        self._total = 0
        with self._settling():
            try:
                for progress in self._library.refresh(cancelled, take):
                    self._note(progress.changes)
                    self._total = self._total or progress.total  # later ones count what is read twice
                    if index and progress.done < progress.total:
                        self._expect()
                    if len(fresh) >= _BATCH:
                        self._index(fresh, (), cancelled, more=True)
                    yield progress
            finally:
                self._total = 0
            self._index(fresh, (), cancelled)
        if not cancelled():
            self._follow()

    def poll(self) -> Changes:
        """What changed in the folder since the last look; what came or changed can be searched for at once."""
        changes = Changes()
        for some in self.look():
            changes |= some
        self.settle()
        return changes

    def look(self, cancelled: Cancelled = _never) -> Iterator[Changes]:
        """What changed in the folder since the last look, in steps; what came or changed can be searched for when it is
        told, and is on disk after `settle`. While somebody else writes the index, it goes with the next batch.
        """
        fresh: list[Digest] = []
        told = None
        for changes in self._library.arrivals(Take(digest_of, fresh.extend), cancelled):
            self._note(changes)
            with self._handing_over:
                self._waiting.update(dict.fromkeys(changes.removed))
                self._waiting.update((digest.record.id, digest) for digest in fresh)
            fresh.clear()
            self._hand_over()
            if changes.added:
                self._follow()
            if told is not None:
                yield told
            told = changes  # by the next step lists have it too
        if told is not None:
            yield told
        self._hand_over()

    def _hand_over(self) -> None:
        """Let be found what waits, unless somebody else writes the index."""
        while self._waiting and self._one_at_a_time.acquire(blocking=False):
            try:
                self.held_back = True
                self._index([], (), at_once=True)
            finally:
                self._one_at_a_time.release()

    def settle(self) -> None:
        """Write to disk what a `look` let be found, unless a build does it at its end; cheap when there is nothing."""
        if self.held_back and not self._unsettled and self._one_at_a_time.acquire(blocking=False):
            try:
                self.held_back = False
                self._engine().settle()
            finally:
                self._one_at_a_time.release()

    def prepare(self) -> None:
        """Make ready for what comes: the first capture that is saved need not wait for a process to start."""
        self._library.prepare(digest_of)

    def correct(self, corrections: "Iterable[Correction]", creator: str) -> Changes:
        """Save what the analyst said of articles, and let the index see them as they are now.

        Raises `WrongUsage`, `CannotSave` and `Refused`.
        """
        changes = self._library.correct(corrections, creator)
        self._note(changes)
        self._index_again((*changes.changed, *changes.relearned))
        return changes

    def undo_correction(self, creator: str) -> "tuple[tuple[Correction, ...], Changes]":
        """Take back this analyst's latest correction; what it was (empty if there was none) and what changed."""
        taken, changes = self._library.undo_correction(creator)
        self._note(changes)
        self._index_again((*changes.changed, *changes.relearned))
        return taken, changes

    def bring_in(self, sources: Iterable[str], cancelled: Cancelled = _never) -> "Iterator[Step]":
        """Import paths and web addresses, one step for each capture; what came can be searched for afterwards."""
        from reader.library.importer import bring_in

        came: list[str] = []
        try:
            for step in bring_in(self._library, sources, cancelled=cancelled):
                if step.outcome in ("added", "version"):
                    came.append(step.id)
                yield step
        finally:
            self._index_again(came)

    def _index_again(self, ids: Iterable[str]) -> None:
        """Index articles as they are now."""
        self._index(list(self._library.made(ids, digest_of)), ())

    def update_index(self, cancelled: Cancelled = _never) -> Iterator[tuple[int, int]]:
        """Index what the index does not have as the library has it; yields how many are done, and of how many."""
        engine = self._engine()
        known = engine.known()
        entries = self._library.entries()
        engine.expect(len(entries))
        due = []
        for entry in entries:
            if known.pop(entry.id, None) != stamp_of(entry.sha256) or entry.id in self._due:
                due.append(entry.id)
        self._index([], known)
        done, total = 0, len(due)
        batch: list[Digest] = []
        with self._settling():
            for digest in self._library.made(due, digest_of, cancelled):
                batch.append(digest)
                if len(batch) >= _BATCH:
                    done += len(batch)
                    self._index(batch, (), cancelled, more=True)
                    yield done, total
            done += len(batch)
            self._index(batch, (), cancelled)
        if due:
            yield done, total
        engine.warm(cancelled)

    def stories(
        self, cancelled: Cancelled = _never, *, whole: bool = True, tell: Callable[[int, int], None] | None = None
    ) -> list[list[str]]:
        """Groups of ids of articles on one event, each with its most typical article first.

        With `whole`, articles that are not known yet are read first, and `tell` hears how many of how many; without,
        the groups are those among the known ones. While neither the library nor what is known of it changes, they are
        what they were.
        """
        book = self._stories()
        told, generation = self._told_stories, self._library.generation()
        if told is not None and told[0] == (generation, book.changes, whole):
            return told[1]
        stamps = book.stamps()
        entries = list(self._library.entries())
        unknown = [entry.id for entry in entries if stamps.get(entry.id) != stamp_of(entry.sha256)] if whole else []
        batch: list[Digest] = []
        for done, digest in enumerate(self._library.made(unknown, digest_of, cancelled), 1):
            batch.append(digest)
            if len(batch) >= _TOLD:
                book.learn(batch)
                batch.clear()
                if tell is not None:
                    tell(done, len(unknown))
        book.learn(batch)
        known = generation, book.changes, whole
        found = book.stories([entry.id for entry in entries], cancelled)
        if not cancelled():
            self._told_stories = known, found
        return found

    def _note(self, changes: Changes) -> None:
        self._due.update(changes.relearned, changes.changed)

    @contextmanager
    def _settling(self) -> Iterator[None]:
        """Around batches to which more belong: whatever ends them, what the engine took of them is found."""
        try:
            yield
        finally:
            with self._one_at_a_time:
                if self._unsettled:
                    self._unsettled = False
                    self._engine().settle()

    def _index(
        self,
        digests: "list[Digest]",
        removed: Iterable[str],
        cancelled: Cancelled = _never,
        more: bool = False,
        at_once: bool = False,
    ) -> None:
        """Give the engine a batch with what came in the meantime, and empty it."""
        with self._one_at_a_time:
            with self._handing_over:
                waiting, self._waiting = self._waiting, {}
            digests += [digest for digest in waiting.values() if digest]
            gone = [*removed, *(id for id, digest in waiting.items() if not digest)]
            if digests or gone:
                engine = self._engine()
                self._expect()
                engine.update([digest.record for digest in digests], gone, cancelled, more=more, at_once=at_once)
                self._stories().learn(digests)
                self._unsettled |= more
                self._due.difference_update([digest.record.id for digest in digests])
                digests.clear()

    def _expect(self) -> None:
        """Tell the engine how many articles there will be, those still to be read among them."""
        self._engine().expect(max(self._library.count(), self._total))

    def _follow(self) -> None:
        """Let this analyst's notes, the reading state and the corrections follow files that were renamed."""
        moves = dict(self._library.moved())
        if not moves:
            return
        from reader.annotations.review import followed

        store = self._store()
        mine = [one for one in store.all() if store.is_mine(one)]
        changes = followed(mine, moves)
        if changes:
            store.edit_all(changes, "follow renamed captures")
        kept = {target.source for one in store.all() for target in one.targets}
        for old, new in moves.items():
            self._reading().rename(old, new)
            if old not in kept:  # a colleague's notes still look for the file under its old name
                self._library.rename(old, new)
