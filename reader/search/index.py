"""The embedded engine: tantivy, in a folder or in memory.

One writer at a time holds tantivy's lock, until a `write` to which no more follows has ended; every process reads. A
reader notices a commit of another process by the time stamp of `meta.json`. What cannot be opened is not
repaired: the caller wipes it and builds it again, since an index owns no truth.
"""

import json
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from reader.search.failures import damage, failures, quietly
from reader.search.plan import Between, EngineBusy, EngineDamaged, EngineFailed, Found, Plan, Record
from reader.search.soundness import is_sound, vouch
from reader.search.translation import WORDS, Translation, document, key, schema

VERSION: Final = "3"
"""Raised whenever the fields or the normal form of words change: an index of another version is built
again.
"""
_BULK_HEAP: Final = 100_000_000
_SMALL_HEAP: Final = 15_000_000
_FIRST_BATCH: Final = 250
_GROWTH: Final = 2
_LARGEST_BATCH: Final = 80_000_000
"""Articles in the first commit, so that there is soon something to search; how many times as many as there are
already in the next; and the most letters between two commits, which the bulk heap holds: eight segments of a size are
merged into one, and the fewer there are, the less of a build is merging.
"""


class _Writing:
    """A writer with what it was given since its last commit, when the index held `size` articles."""

    def __init__(self, writer: Any, size: int) -> None:
        self.writer = writer
        self._added: set[str] | None = None if size else set()
        self.committed(size)

    @property
    def enough(self) -> bool:
        """Whether it is time for a commit."""
        return self._waiting >= self._batch or self._letters >= _LARGEST_BATCH

    def committed(self, size: int) -> None:
        """Begins the next batch."""
        self._waiting = self._letters = 0
        self._batch = max(_FIRST_BATCH, size * _GROWTH)

    def remove(self, name: str) -> None:
        """Forgets an article."""
        self.writer.delete_documents_by_term("id", name)

    def add(self, name: str, document: Any, letters: int) -> None:
        """Adds an article, in the place of one of the same name; in an index that was empty there is none to seek."""
        if self._added is None or name in self._added:
            self.remove(name)
        if self._added is not None:
            self._added.add(name)
        self.writer.add_document(document)
        self._waiting += 1
        self._letters += letters


class TantivyIndex:
    """Postings in `folder`, or in memory where it is None. Implements `reader.search.plan.Engine`.

    Raises EngineDamaged when the folder holds something that cannot be opened, EngineFailed when it cannot be
    made.
    """

    def __init__(self, folder: Path | None) -> None:
        import tantivy  # here, not at the head: a start without a search does not pay for it

        self._tantivy = tantivy
        self._folder = folder
        self._lock = threading.Lock()
        self._writing: _Writing | None = None
        self._seen = 0
        self._index: Any = tantivy.Index(schema(tantivy)) if folder is None else self._open(folder)
        if folder is None:
            self._index.config_reader("manual")  # two who read a commit at a time wait a tenth of a second
        words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
        self._index.register_tokenizer(WORDS, words.build())
        self._translation = Translation(tantivy, self._index.schema)
        self._reload()

    def _open(self, folder: Path) -> Any:
        version = folder / "version"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if (folder / "meta.json").exists():
                if version.read_text(encoding="ascii", errors="replace") != VERSION:
                    raise EngineDamaged("The search index is an old one", "It is being built again.")
                with damage():
                    if not is_sound(folder):
                        raise EngineDamaged("The search index is damaged", "It is being built again.")
                    vouch(folder)
                    index = self._tantivy.Index.open(str(folder))
                    index.config_reader("manual")
                    index.reload()
                    index.searcher()
                    return index
            version.write_text(VERSION, encoding="ascii")
        except FileNotFoundError as error:
            raise EngineDamaged("The search index is incomplete", "It is being built again.") from error
        except OSError as error:
            raise EngineFailed("The search index cannot be made", f"{folder}: {error.strerror}") from error
        with failures(EngineFailed, "The search index cannot be made", str(folder)):
            index = self._tantivy.Index(schema(self._tantivy), str(folder), reuse=True)
            index.config_reader("manual")
            return index

    def size(self) -> int:
        """Articles that can be found now."""
        return int(self._searcher().num_docs)

    @damage()
    def stamps(self) -> dict[str, str]:
        """The stamp under which each article was added."""
        found = self._searcher().terms_with_prefix("key", "", self._tantivy.Query.all_query())
        return dict(term.rsplit(" ", 1) for term, _ in found)

    def holds(self, name: str, stamp: str) -> bool:
        """Whether the article was added under the stamp."""
        return self.frequency("key", key(name, stamp)) > 0

    def write(
        self,
        records: Iterable[Record],
        removed: Sequence[str] = (),
        cancelled: Callable[[], bool] = lambda: False,
        small: bool = False,
        more: bool = False,
    ) -> Iterator[int]:
        """Replaces and removes articles; yields the number written after each commit, when they are found.

        With `more`, the writer stays open for the next call, and what is not enough for a commit waits for it: each
        commit makes a segment, and many small ones cost more to merge than they cost to write. Raises EngineBusy while
        another process writes, EngineFailed where the disk does not take it; what was committed stays. `small` spends
        less memory, for a few articles.
        """
        with self._lock:
            writing = self._writing = self._writing or self._begin(_SMALL_HEAP if small else _BULK_HEAP)
            count = 0
            finished = False
            try:
                with failures(EngineFailed, "The search index could not be written", str(self._folder or "")):
                    for name in removed:
                        writing.remove(name)
                    for record in records:
                        letters = sum(len(text) for _, text in record.texts)
                        writing.add(record.id, document(self._tantivy, record), letters)
                        count += 1
                        if writing.enough:
                            self._commit(writing)
                            yield count
                        if cancelled():
                            more = False
                            break
                    if not more:
                        self._commit(writing)
                    finished = True
                if more:
                    return
                yield count
                with failures(EngineFailed, "The search index could not be written", str(self._folder or "")):
                    writing.writer.wait_merging_threads()  # everything is found already; this only tidies
                    self._reload()
                    if self._folder is not None:
                        vouch(self._folder)
            finally:
                if not (finished and more):
                    self._writing = None
                    if not finished:
                        quietly(writing.writer.rollback)

    @damage()
    def terms(self, field: str, prefix: str = "", most: int | None = None) -> list[tuple[str, int]]:
        """Words of a field that begin so, with the number of articles that hold each; the commonest
        `most`.
        """
        found: list[tuple[str, int]] = self._searcher().terms_with_prefix(field, prefix, limit=most)
        return found

    @damage()
    def frequency(self, field: str, word: str) -> int:
        """The number of articles whose field holds the word."""
        return int(self._searcher().doc_freq(field, word))

    def find(self, plan: Plan, most: int, order: str = "relevance") -> tuple[list[Found], int]:
        """The best `most` articles and how many there are in all; `order` is relevance, newest or oldest, those without
        a date last.

        Raises EngineDamaged when the postings turn out to be unreadable.
        """
        with damage():
            if order != "oldest":
                return self._find(plan, most, order)
            dated, undated = Between("first", 1, None), Between("first", 0, 1)  # see `day_numbers`
            found, count = self._find(replace(plan, must=(*plan.must, dated)), most, order)
            rest, more = self._find(replace(plan, must=(*plan.must, undated)), max(1, most - len(found)), order)
            return [*found, *rest][:most], count + more

    def _find(self, plan: Plan, most: int, order: str) -> tuple[list[Found], int]:
        searcher = self._searcher()
        query = self._translation.of(plan)
        if order == "relevance":
            answer = searcher.search(query, most)
        else:
            directions = self._tantivy.Order
            direction = directions.Desc if order == "newest" else directions.Asc
            answer = searcher.search(query, most, order_by_field="first", order=direction)
        packed = b",".join(bytes(searcher.doc(address).get_first("row")) for _, address in answer.hits)
        rows: list[list[str]] = json.loads(b"[%b]" % packed)
        scored = self._translation.scored
        scores = [scored(plan, score) if order == "relevance" else (0.0, 0) for score, _ in answer.hits]
        found = [
            Found(id, title, outlet, day, *score) for (id, title, outlet, day), score in zip(rows, scores, strict=True)
        ]
        return found, int(answer.count)

    def refresh(self) -> bool:
        """Takes up what another process committed; whether there was anything."""
        if self._folder is None:
            return False
        try:
            stamp = (self._folder / "meta.json").stat().st_mtime_ns
        except OSError:
            return False
        if stamp == self._seen:
            return False
        with damage():
            self._reload()
        return True

    def close(self) -> None:
        """Lets go of files and memory; the index cannot be used afterwards."""
        with self._lock:
            if self._writing:
                quietly(self._writing.writer.rollback)
            self._writing = self._index = None

    def _searcher(self) -> Any:
        return self._index.searcher()

    def _reload(self) -> None:
        if self._folder is not None:
            try:
                self._seen = (self._folder / "meta.json").stat().st_mtime_ns
            except OSError:
                self._seen = 0
        self._index.reload()

    def _commit(self, writing: _Writing) -> None:
        writing.writer.commit()
        self._reload()
        writing.committed(self.size())

    def _begin(self, heap: int) -> _Writing:
        if self._folder is not None and not (self._folder / "meta.json").exists():
            raise EngineDamaged("The search index was deleted", "It is being built again.")
        try:
            with failures(EngineFailed, "The search index could not be written", str(self._folder or "")):
                writer = self._index.writer(heap, 1)
                self._reload()  # another process may have written until now
                return _Writing(writer, self.size())
        except EngineFailed as error:
            if "LockBusy" in str(error.__cause__):
                raise EngineBusy("Another Deskreader is indexing", "Its work is used here as well.") from error
            raise


def wipe(folder: Path) -> None:
    """Removes an index folder; what cannot be removed stays."""
    shutil.rmtree(folder, ignore_errors=True)
