"""From an id to its article: parsed here when its file is known to be harmless, else in a worker process."""

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from reader.errors import NothingFound
from reader.library.catalogue import Catalogue, Place
from reader.library.entry import Cancelled, never
from reader.library.files import Unreadable, id_of, read_inside
from reader.library.packed import unpack
from reader.library.parsing import Result, Task, parse
from reader.library.refresh import Refresher

if TYPE_CHECKING:
    from reader.capture.article import Article
    from reader.library.pool import Pool

T = TypeVar("T")

HARMLESS: Final = 1.0
"""Seconds of parsing up to which a file that was parsed before is parsed without a process of its own."""
RECENT: Final = 100
"""Files that count as opened lately; a search opens many more."""
CACHED: Final = 2_000_000
"""Code points of article text that are kept for quick return: of hundreds of articles, each of which is dozens of
objects that a look for rubbish passes through.
"""


class Opener:
    """Gives articles, from a cache where neither the file nor what is known about it changed."""

    def __init__(self, folder: Path, catalogue: Catalogue, refresher: Refresher) -> None:
        self._folder = folder
        self._catalogue = catalogue
        self._refresher = refresher
        self._lock = threading.Lock()
        self._cache: OrderedDict[str, tuple[str, tuple[Article, ...]]] = OrderedDict()
        self._held = 0

    @cached_property
    def _pool(self) -> "Pool":
        from reader.library.pool import Pool

        return Pool(size=1)

    @cached_property
    def _bulk(self) -> "Pool":
        from reader.library.pool import Pool

        return Pool()

    def close(self) -> None:
        """End the worker processes."""
        for name in ("_pool", "_bulk"):
            if name in self.__dict__:
                self.__dict__[name].close()

    def forget(self) -> None:
        """Empty the cache."""
        with self._lock:
            self._cache.clear()
            self._held = 0

    def recent(self) -> tuple[str, ...]:
        """The ids up to `#` of the files that were opened lately: they are looked at every second."""
        with self._lock:
            return tuple(self._cache)[-RECENT:]

    def article(self, id: str) -> "Article":
        """The article, from the file as it is now."""
        place = self._catalogue.place(id) or Place(0, os.fsencode(id.partition("#")[0]))
        try:
            data = read_inside(self._folder, place.relative).data
        except Unreadable as error:
            if not place.number:
                raise NothingFound("No such article", f"{id} is not in the library") from error
            raise
        task = self._refresher.task(place.number, place.relative)
        sha256 = hashlib.sha256(data).hexdigest()
        stamp = task.stamp(sha256)
        file = id_of(place.relative)
        articles = self._cached(id, stamp) or self._cached(file, stamp)
        if articles is None:
            kept = None if place.due else self._unpacked(id, task.stamp(sha256, settled=True), task.path, sha256, data)
            if kept is not None:
                self._keep(id, stamp, (kept,))
                return kept
            harmless = place.sha256 == sha256 and place.seconds < HARMLESS
            articles = parse(task, data).articles if harmless else self._parse_apart(task)
            self._keep(file, stamp, articles)
        for article in articles:
            if article.id == id:
                return article
        raise NothingFound("No such article", f"{id} is no longer in its file")

    def task(self, path: Path) -> Task | None:
        """The order to read a file inside the library with all that is known of it; None for one outside."""
        folder = self._folder.resolve()
        if not path.is_relative_to(folder):
            return None
        relative = os.fsencode(path.relative_to(folder))
        place = self._catalogue.place(id_of(relative))
        return self._refresher.task(place.number if place else 0, relative)

    def _unpacked(self, id: str, stamp: str, path: str, sha256: str, data: bytes) -> "Article | None":
        row = self._catalogue.database.row("SELECT body FROM parsed WHERE id = ? AND stamp = ?", (id, stamp))
        return unpack(row[0], id, path, sha256, data) if row else None

    def _parse_apart(self, task: Task) -> "tuple[Article, ...]":
        for result in self._pool.run([task]):
            if result.reason:
                raise Unreadable(task.id, result.reason, result.advice)
            return result.made
        return ()

    def _cached(self, file: str, stamp: str) -> "tuple[Article, ...] | None":
        with self._lock:
            found = self._cache.get(file)
            if found is None or found[0] != stamp:
                return None
            self._cache.move_to_end(file)
            return found[1]

    def _keep(self, file: str, stamp: str, articles: "tuple[Article, ...]") -> None:
        with self._lock:
            self._drop(file)
            self._cache[file] = (stamp, articles)
            self._held += _length(articles)
            while self._held > CACHED and len(self._cache) > 1:
                self._drop(next(iter(self._cache)))

    def _drop(self, file: str) -> None:
        _, articles = self._cache.pop(file, ("", ()))
        self._held -= _length(articles)

    def parse_many(self, tasks: Iterable[Task], cancelled: Cancelled = never) -> Iterator[Result]:
        """The results of many tasks, as they finish."""
        return self._bulk.run(tasks, cancelled)

    def made(self, ids: Iterable[str], make: "Callable[[Article], T]", cancelled: Cancelled) -> Iterator[T]:
        """What `make` makes of many articles, parsed in parallel; a file that holds several is parsed once."""
        wanted: dict[bytes, set[str]] = {}

        def tasks() -> Iterator[Task]:
            for id in ids:
                place = self._catalogue.place(id)
                if place is None:
                    continue
                if place.relative in wanted:
                    wanted[place.relative].add(id)
                else:
                    wanted[place.relative] = {id}
                    yield self._refresher.task(place.number, place.relative, make=make)

        for result in self.parse_many(tasks(), cancelled):
            for summary, one in zip(result.summaries, result.made, strict=True):
                if summary.id in wanted[result.relative]:
                    yield one


def _length(articles: "tuple[Article, ...]") -> int:
    """Code points of text."""
    return sum(len(article.text) for article in articles)
