"""Search over one library: what the rest of the program uses.

Nothing here starts a thread: `update` and `warm` are called by a worker and may be interrupted; `search`
may be called from any thread meanwhile and answers from what is there.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Final

from reader.capture.article import Article
from reader.search.answer import Answer, Hit, Result
from reader.search.clause import Condition
from reader.search.expansion import Expander, NameGroups
from reader.search.lexicon import Lexicon
from reader.search.matching import hits_in
from reader.search.notes import NoteIndex, NoteText, chosen
from reader.search.plan import Among, Between, EngineDamaged, EngineFailed, Found, Node, Record
from reader.search.query import Query, as_date, parse
from reader.search.ranking import Knowledge, expected, plan
from reader.search.records import stamp_of
from reader.search.storage import Storage
from reader.search.translation import day_numbers

__all__ = ["NoteText", "Scope", "Search", "stamp_of"]

FEW: Final = 200
"""Articles that are written in one go, with little memory."""
_ENOUGH: Final = 10
"""With so many articles that hold every typed word, those that hold most of them are not looked for."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What only the reader's own state knows: the articles that were read, and those with a mark."""

    read: frozenset[str] = frozenset()
    marked: frozenset[str] = frozenset()


class Search:
    """The search of one workspace; `state` is the folder under which `cache/index` is kept."""

    def __init__(self, state: Path, *, groups: Iterable[Iterable[str]] = ()) -> None:
        self._groups = NameGroups.of(groups)
        self._notes = NoteIndex()
        self._expected = 0
        self._changes = 0
        self._write_lock = threading.Lock()
        self._storage = Storage(state / "cache" / "index")
        self._lexicon = Lexicon(self._storage.engines)
        self._expanded: Expander | None = None

    @property
    def notice(self) -> str:
        """What the reader should know (a full disk, an index built again); "" when all is well."""
        return self._storage.notice or self._lexicon.notice

    @property
    def size(self) -> int:
        """How many articles can be found now."""
        return self._storage.size()

    @property
    def lost(self) -> bool:
        """Whether the index was thrown away since `known` was asked last: what it held has to be updated again."""
        return self._storage.lost

    @property
    def changes(self) -> int:
        """Counts up whenever an answer may be another than before; `size` may be ahead of what is found."""
        return self._changes

    @property
    def groups(self) -> NameGroups:
        """The accepted name groups in use."""
        return self._groups

    def set_groups(self, groups: Iterable[Iterable[str]]) -> None:
        """Takes the accepted name groups: plain lists of names."""
        self._groups = NameGroups.of(groups)
        self._changes += 1

    def set_notes(self, notes: Iterable[NoteText]) -> None:
        """Takes all notes anew; they answer from now on."""
        self._notes = NoteIndex(notes)
        self._changes += 1

    def known(self) -> dict[str, str]:
        """The `stamp_of` each article as it was indexed, by id: what differs has to be updated."""
        self._storage.lost = False
        with self._guarded():
            return self._storage.stamps()
        return {}

    def expect(self, articles: int) -> None:
        """Says how many articles the library has, so that answers can say what share was searched."""
        self._expected = articles

    def update(
        self,
        records: Iterable[Record],
        removed: Iterable[str] = (),
        cancelled: Callable[[], bool] = lambda: False,
        progress: Callable[[int], None] | None = None,
        more: bool = False,
        at_once: bool = False,
    ) -> int:
        """Adds articles, replaces those with the same id, forgets the removed; returns how many of them are
        found by now.

        In batches: what was committed is found while the rest is still being read, and stays when `cancelled`
        says stop. `more` says that others follow soon: what is not enough for a batch waits for them, or for `settle`.
        A few that have to be found `at_once` wait for the disk alone. Never raises for the disk: what cannot be written
        is searched in memory, and `notice` says so.
        """
        count = 0
        with self._write_lock, self._guarded():
            source = iter(records)
            first = list(islice(source, FEW))
            small = at_once or (len(first) < FEW and not more)
            waited = self._storage.waits
            written: list[Record] = []

            def taken() -> Iterator[Record]:
                for record in chain(first, source):
                    if small:
                        written.append(record)
                    yield record

            for count in self._storage.write(taken(), list(removed), cancelled, small, more or at_once):
                if small:
                    self._lexicon.learn(written)
                else:
                    self._lexicon.grown()
                self._changes += 1
                if progress:
                    progress(count)
            if small and waited and not self._storage.waits:
                self._lexicon.grown()
            elif not small:
                self._lexicon.keep_up()
            self._changes += 1
        return count

    def settle(self) -> None:
        """Lets be found, and writes, what an `update` with more to come left waiting; cheap when there is nothing."""
        with self._write_lock, self._guarded():
            if self._storage.settle():
                self._lexicon.grown()
                self._changes += 1

    def warm(self, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Loads the words of a large index, so that spellings are forgiven; until then only beginnings are."""
        with self._guarded():
            self._lexicon.load(cancelled)
        self._changes += 1

    def look(self) -> None:
        """Takes up what another process has indexed since the last look; cheap when there is nothing."""
        with self._guarded():
            if self._storage.refresh():
                self._lexicon.forget()
                self._changes += 1

    def search(
        self,
        text: str,
        *,
        limit: int = 100,
        cancelled: Callable[[], bool] = lambda: False,
        order: str = "relevance",
        scope: Scope | None = None,
        whole: bool = False,
    ) -> Answer:
        """The best articles for a query, without hits (see `hits` and `with_hits`). Never raises.

        `order` is relevance, newest or oldest; `scope` serves `is:unread`, `is:read` and `is:marked`. With `whole`,
        only articles that hold all that is asked: what a filter, a saved list and a bulk action mean.
        """
        began = time.perf_counter()
        query = parse(text)
        if order == "relevance" and not query.sought:
            order = "newest"
        found: list[Found] = []
        matched = held = 0
        self.look()
        with self._guarded():
            if not query.empty and not cancelled():
                given_up = cancelled if not whole else lambda: True
                found, matched, held = self._answer(query, limit, order, scope or Scope(), given_up)
        results = tuple(Result(one.id, one.title, round(one.score, 4), (), one.outlet, one.published) for one in found)
        share = min(1.0, self.size / self._expected) if self._expected else 1.0
        spent = (time.perf_counter() - began) * 1000
        asks = not query.empty
        return Answer(text, query.reading, results, matched, share, spent, self.notice, held, order, asks)

    def hits(self, article: Article, text: str) -> tuple[Hit, ...]:
        """The places of an article that answer a query."""
        return hits_in(article, parse(text), self._groups)

    def with_hits(self, results: Sequence[Result], text: str, fetch: Callable[[str], Article]) -> Iterator[Result]:
        """The results with their hits, one by one; `fetch` opens an article and may raise KeyError or OSError."""
        query = parse(text)
        for result in results:
            try:
                hits = hits_in(fetch(result.id), query, self._groups)
            except (KeyError, OSError):
                hits = ()
            yield result._replace(hits=hits, notes=self._notes.annotations_with(query.typed, result.id))

    def values(self, field: str, prefix: str = "") -> list[tuple[str, int]]:
        """Known outlets, authors, tags, pens or creators ("by") that begin so, the commonest first."""
        found: dict[str, int] = {}
        if field in ("tag", "pen", "by"):
            found = self._notes.values(field)
        elif field in ("outlet", "author"):
            with self._guarded():
                for engine in self._storage.engines():
                    for value, count in engine.terms(field):
                        found[value] = found.get(value, 0) + count
        names = chosen(prefix, found) if prefix.strip() else list(found)
        return sorted(((name, found[name]) for name in names if name), key=lambda pair: (-pair[1], pair[0]))

    def words_like(self, prefix: str, most: int = 10) -> list[str]:
        """The commonest known words that begin so."""
        with self._guarded():
            return self._lexicon.vocabulary().starting_with(prefix, most)
        return []

    def close(self) -> None:
        """Lets go of the index, without what still waits; the object cannot be used afterwards."""
        with self._write_lock:
            self._storage.close()

    def rebuild(self) -> None:
        """Throws the index away and begins an empty one; everything has to be updated again."""
        self._storage.rebuild()
        self._lexicon.forget()
        self._changes += 1

    def _expander(self) -> Expander:
        """What was expanded before, as long as words and groups are the same."""
        vocabulary, kept = self._lexicon.vocabulary(), self._expanded
        if kept is None or kept.vocabulary is not vocabulary or kept.groups is not self._groups:
            kept = self._expanded = Expander(vocabulary, self._groups)
        return kept

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Around reading: an index that turns out to be damaged is thrown away; `notice` says so, or what else is."""
        try:
            yield
        except EngineDamaged as error:
            self.rebuild()
            self._storage.notice = f"{error.title}. {error.message}"
        except EngineFailed as error:
            self._storage.notice = f"{error.title}. {error.message}"

    def _answer(
        self, query: Query, limit: int, order: str, scope: Scope, given_up: Callable[[], bool]
    ) -> tuple[list[Found], int, int]:
        """The results, how many there are in all, and how many of them hold everything; articles that hold most of it
        are looked for unless that is `given_up`: at once, where few are likely to hold everything.
        """
        size, noted = self.size, self._notes.articles_with
        knowledge = Knowledge(self._expander(), size, lambda condition: self._resolve(condition, scope), noted)
        most = plan(query, knowledge)
        every = replace(most, wanted=len(most.should))
        if most != every and order == "relevance" and expected(most, size) < _ENOUGH and not given_up():
            found, matched = self._storage.find(most, limit, order)
            whole = sum(one.held == every.wanted for one in found)
            if whole < limit:
                return (found, matched, whole) if whole < _ENOUGH else (found[:whole], whole, whole)
        found, whole = self._storage.find(every, limit, order)
        if most == every or whole >= _ENOUGH or given_up():
            return found, whole, whole
        more, matched = self._storage.find(most, limit, order)
        seen = {one.id for one in found}
        return [*found, *(one for one in more if one.id not in seen)][:limit], max(matched, whole), whole

    def _resolve(self, condition: Condition, scope: Scope) -> Node:
        """The articles that a condition means."""
        field, value = condition.field, condition.value
        if field in ("outlet", "author"):
            return Among(field, tuple(name for name, _ in self.values(field, value)))
        if field in ("tag", "pen", "by"):
            return Among("id", self._notes.articles_of(field, value))
        if field in ("after", "before"):
            day = day_numbers(as_date(value) or "")[0]
            return Between("last", day) if field == "after" else Between("first", 1, day)
        if value == "noted":
            return Among("id", self._notes.noted())
        return Among("id", tuple(sorted(scope.marked if value == "marked" else scope.read)))
