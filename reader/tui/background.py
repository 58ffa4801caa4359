"""Work beside the screen: the catalogue, the index, looking for changes of others. It paints nothing by itself."""

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from textual.message import Message
from textual.timer import Timer
from textual.worker import Worker, get_current_worker

from reader.library.entry import Changes
from reader.tui.commands import load_actions

if TYPE_CHECKING:
    from reader.tui.application import Application


TELL = 0.6
"""Seconds between two lists of a library that is still being read."""
READY: Final = 2.0
"""Seconds without a key, when all is read and indexed, after which a process is made ready for what comes."""
QUIET: Final = 0.3
"""Seconds in which nothing more must come until what came is written to the index on disk."""
TURNS: Final = 0.001
"""Seconds after which a thread that computes gives way: a key goes through some twenty steps of the screen's thread,
and at each of them that waits for its turn."""
RARELY: Final = (700, 10, 1_000_000)
"""When rubbish is looked for among what came last, among that and what is older, and everywhere (see `gc`): the last
never by itself, while a library is read and keys are typed.
"""
MUCH: Final = 5
"""Looks among what came last after which there may be rubbish among what they left."""
MOST: Final = 20_000
"""Objects that are looked through in a few hundredths of a second; more than these came at once, and are no rubbish."""
AWAY: Final = 60.0
"""Seconds without a key after which nobody waits for an answer, and rubbish is looked for everywhere."""


class CatalogueChanged(Message):
    """Articles came, changed or went."""

    def __init__(self, changes: Changes | None) -> None:
        super().__init__()
        self.changes = changes


class WorkGoesOn(Message):
    """How far the work in the background is, in words; empty when it is done."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    def can_replace(self, message: Message) -> bool:
        """Only the latest counts."""
        return isinstance(message, WorkGoesOn)


class NotesChanged(Message):
    """Another program changed annotations: their ids, and how many files of notes can no longer be used."""

    def __init__(self, ids: frozenset[str], unusable: int = 0) -> None:
        super().__init__()
        self.ids = ids
        self.unusable = unusable


class Background:
    """The program's work beside the screen, one piece of each kind at a time."""

    def __init__(self, app: "Application") -> None:
        self._app = app
        self._timer: Timer | None = None
        self._looking: set[str] = set()
        self._unusable: set[Path] = set()
        self._worker: Worker[Any] | None = None
        self._passed_over = False
        self.indexed = 0.0
        self.stopped = False

    def begin(self) -> None:
        """Bring catalogue and index up to date, then look for changes every second or so.

        What the start made stays for good; from now on there is rubbish to be looked for.
        """
        self.keep()
        gc.set_threshold(*RARELY)
        gc.enable()
        sys.setswitchinterval(TURNS)
        self._run(load_actions, "actions")
        self.refresh()
        self._run(self._watch_folder, "folder")
        self._timer = self._app.main_screen.set_interval(self._app.settings.poll, self._look)

    def keep(self) -> None:
        """What is in memory now stays for good: it is not looked through for rubbish any more."""
        gc.freeze()

    def _tidy(self) -> None:
        """Look for rubbish among what came since the last time, before it is so much that a key waits for the look.

        What is none is not looked at again until nobody is there: then rubbish may be among it.
        """
        if gc.get_count()[2] > MUCH:
            if len(gc.get_objects(generation=2)) <= MOST:
                gc.collect()
            self.keep()
            self._passed_over = True
        elif self._passed_over and self._nobody_is_there():
            self._passed_over = False
            gc.unfreeze()
            gc.collect()
            self.keep()

    def _nobody_is_there(self) -> bool:
        """Whether nothing is done, by keys or beside the screen, and was not for a while."""
        busy = self._app.saving.going_on or getattr(self._app.screen, "gathering", False) or self.indexed < 1.0
        return not busy and monotonic() - self._app.last_act > AWAY

    def stop(self) -> None:
        """Begin nothing new, and end what can be ended. What is left is not looked through for rubbish."""
        self.stopped = True
        self.keep()
        if self._timer is not None:
            self._timer.stop()
        self._app.workers.cancel_all()
        self._app.workspace.library.wake()

    def refresh(self) -> None:
        """Read the folder anew."""
        self._worker = self._run(self._refresh, "catalogue")

    def _run(self, work: Callable[[], None], group: str) -> Worker[Any]:
        """Run work in a thread; its failure is told, it does not end the program."""

        return self._app.run_worker(lambda: self._app.guarded(work), thread=True, group=group, exit_on_error=False)

    def _tell(self, message: Message) -> None:
        """Hand a message to the main screen, from any thread."""
        self._app.screen_stack[0].post_message(message)

    def _refresh(self) -> None:
        """Compare the folder with the catalogue, then bring the index up to date."""
        worker = get_current_worker()
        workspace = self._app.workspace
        steps = 0
        told = 0.0
        untold = Changes()
        for progress in workspace.refresh(lambda: worker.is_cancelled):
            steps += 1
            if progress.total:
                self._tell(WorkGoesOn(f"reading {progress.done:,} of {progress.total:,}"))
            untold |= progress.changes
            if untold and (steps < 4 or monotonic() - told >= TELL):
                self._tell(CatalogueChanged(untold))
                told, untold = monotonic(), Changes()
        if steps:
            self._tell(CatalogueChanged(None))
        if not worker.is_cancelled:
            self._tell(WorkGoesOn("indexing"))
            for done, total in workspace.update_index(lambda: worker.is_cancelled):
                self.indexed = done / total if total else 1.0
                self._tell(WorkGoesOn(f"indexing {done:,} of {total:,}"))
            self.indexed = 1.0
        self._tell(WorkGoesOn(""))

    def _look(self) -> None:
        """Look for changes in the annotations, for an index that was thrown away, and for rubbish."""
        if self.indexed == 1.0 and self._app.workspace.engine.lost:
            self.indexed = 0.0
            self.refresh()
        self._look_beside("annotations", self._look_at_notes)
        self._tidy()

    def _look_beside(self, what: str, look: Callable[[], None]) -> None:
        """Look in a thread, unless the last look of this kind is still going on."""

        def once() -> None:
            try:
                look()
            finally:
                self._looking.discard(what)

        if what not in self._looking:
            self._looking.add(what)
            self._run(once, f"look {what}")

    def _watch_folder(self) -> None:
        """Look at the folder whenever the system says that it changed, and every second or so."""
        worker = get_current_worker()
        library, upkeep = self._app.workspace.library, self._app.workspace.upkeep
        while not (worker.is_cancelled or self.stopped):
            self._app.guarded(self._look_at_folder)
            if not (upkeep.held_back and library.wait(QUIET)):
                self._app.guarded(upkeep.settle)
                if self.indexed == 1.0 and monotonic() - self._app.last_act > READY:
                    self._app.guarded(upkeep.prepare)
                library.wait(self._app.settings.poll)

    def _look_at_folder(self) -> None:
        """Tell what changed in the folder since the last look, as far as it is read."""
        for changes in self._app.workspace.upkeep.look(lambda: self.stopped):
            self._tell(CatalogueChanged(changes))

    def _look_at_notes(self) -> None:
        """Tell what others changed of the annotations since the last look."""
        store = self._app.workspace.store
        notes = store.poll()
        unusable = {problem.path for problem in store.problems}
        more = len(unusable - self._unusable)
        self._unusable = unusable
        if notes or more:
            self._tell(NotesChanged(frozenset(notes), more))
