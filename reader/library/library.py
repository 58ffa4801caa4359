"""The library: a folder of captures with what is known of them, kept up to date while it is open."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reader.errors import NothingFound
from reader.library.catalogue import Catalogue
from reader.library.corrections import Correction, CorrectionBook
from reader.library.entry import Cancelled, Changes, Entry, Problem, Progress, never
from reader.library.files import id_of, read_inside
from reader.library.listing import Listing, grouped
from reader.library.orders import Orders

if TYPE_CHECKING:
    from reader.capture.article import Article
    from reader.library.events import Events
    from reader.library.history import History
    from reader.library.opening import Opener
    from reader.library.outlets import Lesson
    from reader.library.parsing import Task
    from reader.library.pool import Pool
    from reader.library.refresh import Refresher, Take
    from reader.library.versions import Version
    from reader.library.watch import Watch

T = TypeVar("T")


class Library:
    """The captures in `folder`; `state` is the workspace's folder, which holds catalogue and corrections.

    Opening costs the same for any number of captures: entries come from the catalogue at once, and `refresh`
    brings it up to date in the background. `read_only` refuses corrections. Safe to use from several threads.
    """

    def __init__(self, folder: Path, state: Path, read_only: bool = False) -> None:
        self.folder = folder
        self.state = state
        self.read_only = read_only
        self.corrections = CorrectionBook(state / "corrections.json")
        self._catalogue = Catalogue(state / "cache" / "catalogue.db", folder)
        self._orders = Orders(self._catalogue, state / "cache")
        self._busy = threading.Lock()

    def close(self) -> None:
        """End the worker processes and close the catalogue; a running refresh or `wait` must be ended first."""
        if "_events" in self.__dict__:
            self._events.close()
        if "_pool" in self.__dict__:
            self._pool.close()
        if "_opener" in self.__dict__:
            self._opener.close()
        self._catalogue.close()

    # The parts that a list of what there is does without

    @cached_property
    def _refresher(self) -> "Refresher":
        """What brings the catalogue up to date."""
        from reader.library.refresh import Refresher

        return Refresher(self.folder, self._catalogue, self.corrections, lambda: self._pool)

    @cached_property
    def _opener(self) -> "Opener":
        """What opens articles."""
        from reader.library.opening import Opener

        return Opener(self.folder, self._catalogue, self._refresher)

    @cached_property
    def _watch(self) -> "Watch":
        """What looks for changes."""
        from reader.library.watch import Watch

        return Watch(self.folder, self._catalogue, self._refresher)

    @cached_property
    def _events(self) -> "Events":
        """What hears of changes."""
        from reader.library.events import Events

        return Events(self.folder)

    @cached_property
    def _pool(self) -> "Pool":
        """The worker processes, which most openings do not need."""
        from reader.library.pool import Pool

        return Pool()

    @cached_property
    def history(self) -> "History":
        """Where captures came from, and their earlier versions."""
        from reader.library.history import History

        return History(self.folder, self.state, self._catalogue, self._opener, self._refresher.outlets)

    # Entries

    def generation(self) -> str:
        """A word that changes whenever an article comes, changes or goes."""
        return self._catalogue.generation()

    def count(self) -> int:
        """How many articles there are."""
        known = self._orders.count()
        return self._catalogue.count() if known is None else known

    def entry(self, id: str) -> Entry | None:
        """What is known of an article without opening it; None when the library never had it."""
        return self._catalogue.entry(id)

    def entries(self, order: str = "outlet") -> Listing:
        """All articles by `outlet`, `date`, `folder`, `title` or `added`, under headings.

        Rows are fetched as they are looked at. The list stays as it is; ask anew after `Changes`.
        While a library of many thousand articles is changing, a list may lack the latest of them.
        """
        return self._orders.listing(order)

    def grouped(self, groups: Sequence[tuple[str, Sequence[str]]]) -> Listing:
        """Articles under headings of the caller's choice, such as tags: pairs of a label and ids."""
        return grouped(self._catalogue, groups)

    def vanished(self) -> list[Entry]:
        """The last that was known of articles whose files are gone, until they are forgotten."""
        return self._catalogue.select("WHERE missing ORDER BY articles.id")

    def moved(self) -> list[tuple[str, str]]:
        """Pairs of the old and the new id of articles whose files moved: same bytes, another name."""
        return self._catalogue.moved()

    def forget(self, ids: Iterable[str]) -> None:
        """Drop the entries of vanished articles: nobody keeps notes on them, or they were carried over."""
        with self._catalogue.database.transaction():
            self._catalogue.inventory.forget(list(ids))

    def problems(self) -> list[Problem]:
        """Every file that could not be read, with why and what to do about it."""
        self.corrections.all()
        own = [Problem("corrections.json", self.corrections.problem)] if self.corrections.problem else []
        return own + self._catalogue.problems()

    # Articles

    def article(self, id: str) -> "Article":
        """The article, from the file as it is now. Raises `NothingFound`, or `Unreadable`."""
        return self._opener.article(id)

    def articles(self, ids: Iterable[str], cancelled: Cancelled = never) -> "Iterator[Article]":
        """Many articles, parsed in parallel, in no order, without those that cannot be read."""
        from reader.library.parsing import itself

        return self.made(ids, itself, cancelled)

    def made(self, ids: Iterable[str], make: "Callable[[Article], T]", cancelled: Cancelled = never) -> Iterator[T]:
        """What `make`, a function of a module, makes of many articles in the processes that parse them."""
        return self._opener.made(ids, make, cancelled)

    def task(self, path: Path) -> "Task | None":
        """The order to read a file inside the library with all that is known of it; None for one outside."""
        return self._opener.task(path)

    def raw(self, id: str) -> bytes:
        """The bytes of the file that holds the article. Raises `NothingFound` and `Unreadable`."""
        place = self._catalogue.place(id)
        if place is None:
            raise NothingFound("No such article", f"{id} is not in the library")
        return read_inside(self.folder, place.relative).data

    def versions(self, id: str) -> "list[Version]":
        """All captures of the article's page, the newest first; `history.article` opens one of them."""
        return self.history.versions(id)

    # Keeping up with the folder

    def refresh(
        self, cancelled: Cancelled = never, take: "Take[Any] | None" = None, again: bool = False
    ) -> Iterator[Progress]:
        """Compare the folder with the catalogue and read what is new or changed, in steps.

        `take` is given what it makes of the articles of each file, for the search index. `again` reads files
        with problems once more. Stop it by `cancelled` or by closing the iterator: what is done is kept.
        Raises `WrongUsage` when the folder cannot be opened.
        """
        with self._busy:
            if again:
                with self._catalogue.database.transaction():
                    self._catalogue.inventory.mark_due("reason IS NOT NULL", again=True)
            changes = self._refresher.look(cancelled)
            if changes:
                yield Progress(0, 0, changes=changes)
            look = lambda: self._watch.look(self._opener.recent())  # noqa: E731
            for progress in self._refresher.drain(cancelled, take, look):
                self._orders.keep_up()
                yield progress
            self._orders.keep_up(now=True)

    def poll(self) -> Changes:
        """What changed in the folder since the last look: all that `arrivals` tells."""
        changes = Changes()
        for some in self.arrivals():
            changes |= some
        return changes

    def arrivals(self, take: "Take[Any] | None" = None, cancelled: Cancelled = never) -> Iterator[Changes]:
        """What changed in the folder since the last look, in steps; cheap enough to be asked every second.

        A file that comes, goes or is replaced shows at once, of many one part after the other; lists of a big library
        show a step when the next is asked for. `take` is as for `refresh`, while which nothing is done. To be closed by
        the thread that asks.
        """
        with self._alone() as alone:
            if alone:
                self._look_at_written()
            for progress in self._refresher.drain(cancelled, take, self._look_at_written) if alone else ():
                if progress.changes:
                    yield progress.changes
                    self._orders.keep_up(now=progress.done >= progress.total)

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Whether nobody else brings the catalogue up to date, who else waits for the end of the block."""
        alone = self._busy.acquire(blocking=False)
        try:
            yield alone
        finally:
            if alone:
                self._busy.release()

    def prepare(self, make: "Callable[[Article], object]") -> None:
        """Have a worker process ready for what comes next, unless something is going on."""
        with self._alone() as alone:
            if alone:
                self._refresher.prepare(make)

    def _look_at_written(self) -> None:
        """Look for what changed, in files that were written in place too."""
        written = self._events.written() if "_events" in self.__dict__ else ()
        self._watch.look((*self._opener.recent(), *map(id_of, written)))

    def wait(self, seconds: float) -> bool:
        """Wait until something may have changed in the folder, at most so long, and say whether; for one thread."""
        self._events.heed(self._catalogue.inventory.folders())
        return self._events.wait(seconds)

    def wake(self) -> None:
        """End the `wait` of another thread, and every later one; where nobody has waited yet, there is none to end."""
        if "_events" in self.__dict__:
            self._events.wake()

    # What was learned and corrected

    def lessons(self, outlet: str) -> "list[Lesson]":
        """The lines that the library learned to be an outlet's own, those on most pages first."""
        return list(self._refresher.outlets.lessons(outlet))

    def correct(self, corrections: Iterable[Correction], creator: str = "") -> Changes:
        """Save what the analyst said, and classify its articles anew. Raises `WrongUsage`, `CannotSave`.

        An article that is opened shows it at once; while a refresh is going on, entries follow by a `poll`.
        """
        self._refuse_read_only()
        return self._reclassify(self.corrections.add(corrections, creator))

    def undo_correction(self, creator: str = "") -> tuple[tuple[Correction, ...], Changes]:
        """Take back the latest correction; what it was (empty if there was none), and what changed by it."""
        self._refuse_read_only()
        taken = self.corrections.undo(creator)
        return taken, self._reclassify(taken)

    def _refuse_read_only(self) -> None:
        if self.read_only:
            from reader.errors import Refused

            raise Refused("This workspace is read-only", "Open a copy of it to correct what you read")

    def _reclassify(self, corrections: Sequence[Correction]) -> Changes:
        inventory = self._catalogue.inventory
        with self._catalogue.database.transaction():
            for one in corrections:
                column, value = ("id", one.article) if one.article else ("outlet", one.outlet)
                files = f"number IN (SELECT file FROM articles WHERE {column} = ?)"
                inventory.mark_due(files, (value,), again=True)
        self._opener.forget()
        changes = Changes()
        with self._alone() as alone:  # else the next poll after the refresh that is going on reads what is due
            for progress in self._refresher.drain(never) if alone else ():
                changes |= progress.changes
        return changes

    def rename(self, old: str, new: str) -> None:
        """Carry the corrections of an article over to its new id, and forget the old one."""
        self.corrections.rename(old, new)
        self.forget([old])
