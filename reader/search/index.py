"""The embedded engine: tantivy, in a folder or in memory.

One writer at a time holds tantivy's lock, for as long as a `write` runs and no longer; every process reads. A
reader notices a commit of another process by the time stamp of `meta.json`. What cannot be opened is not
repaired: the caller wipes it and builds it again, since an index owns no truth.
"""

import json
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from reader.errors import DeskreaderError
from reader.search.plan import EngineBusy, EngineDamaged, EngineFailed, Found, Plan, Record
from reader.search.translation import WORDS, Translation, day_numbers, schema

VERSION: Final = "2"
"""Raised whenever the fields or the normal form of words change: an index of another version is built
again.
"""
_BULK_HEAP: Final = 60_000_000
_SMALL_HEAP: Final = 15_000_000
_FIRST_BATCH: Final = 1_000_000
_LARGEST_BATCH: Final = 48_000_000
"""Letters between two commits: few at first, so that there is soon something to search, then more and
more.
"""


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
        self._seen = 0
        self._index: Any = tantivy.Index(schema(tantivy)) if folder is None else self._open(folder)
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
                with _failures(EngineDamaged, "The search index is damaged", "It is being built again."):
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
        with _failures(EngineFailed, "The search index cannot be made", str(folder)):
            index = self._tantivy.Index(schema(self._tantivy), str(folder), reuse=True)
            index.config_reader("manual")
            return index

    def size(self) -> int:
        """Articles that can be found now."""
        return int(self._searcher().num_docs)

    def stamps(self) -> dict[str, str]:
        """The stamp under which each article was added."""
        found = self._searcher().terms_with_prefix("key", "", self._tantivy.Query.all_query())
        return dict(term.rsplit(" ", 1) for term, _ in found)

    def holds(self, name: str, stamp: str) -> bool:
        """Whether the article was added under the stamp."""
        return self.frequency("key", _key(name, stamp)) > 0

    def write(
        self,
        records: Iterable[Record],
        removed: Sequence[str] = (),
        cancelled: Callable[[], bool] = lambda: False,
        small: bool = False,
    ) -> Iterator[int]:
        """Replaces and removes articles; yields the number written after each commit, when they are found.

        Raises EngineBusy while another process writes, EngineFailed where the disk does not take it; what was
        committed stays. `small` spends less memory, for a few articles.
        """
        with self._lock:
            writer = self._writer(_SMALL_HEAP if small else _BULK_HEAP)
            empty = self._searcher().num_docs == 0
            added: set[str] = set()
            count = pending = 0
            batch = _FIRST_BATCH
            finished = False
            try:
                with _failures(EngineFailed, "The search index could not be written", str(self._folder or "")):
                    for name in removed:
                        writer.delete_documents_by_term("id", name)
                    for record in records:
                        if not empty or record.id in added:
                            writer.delete_documents_by_term("id", record.id)
                        if empty:
                            added.add(record.id)
                        writer.add_document(self._document(record))
                        count += 1
                        pending += sum(len(text) for _, text in record.texts)
                        if pending >= batch:
                            pending = 0
                            batch = min(batch * 3, _LARGEST_BATCH)
                            writer.commit()
                            self._reload()
                            yield count
                        if cancelled():
                            break
                    writer.commit()
                    finished = True
                    self._reload()
                yield count
                with _failures(EngineFailed, "The search index could not be written", str(self._folder or "")):
                    writer.wait_merging_threads()  # everything is found already; this only tidies
                    self._reload()
            finally:
                if not finished:
                    _quietly(writer.rollback)
                del writer

    def terms(self, field: str, prefix: str = "", most: int | None = None) -> list[tuple[str, int]]:
        """Words of a field that begin so, with the number of articles that hold each; the commonest
        `most`.
        """
        found: list[tuple[str, int]] = self._searcher().terms_with_prefix(field, prefix, limit=most)
        return found

    def frequency(self, field: str, word: str) -> int:
        """The number of articles whose field holds the word."""
        return int(self._searcher().doc_freq(field, word))

    def find(self, plan: Plan, most: int, order: str = "relevance") -> tuple[list[Found], int]:
        """The best `most` articles and how many there are in all; `order` is relevance, newest or oldest.

        Raises EngineDamaged when the postings turn out to be unreadable.
        """
        with _failures(EngineDamaged, "The search index is damaged", "It is being built again."):
            searcher = self._searcher()
            query = self._translation.of(plan)
            if order == "relevance":
                answer = searcher.search(query, most)
            else:
                directions = self._tantivy.Order
                direction = directions.Desc if order == "newest" else directions.Asc
                answer = searcher.search(query, most, order_by_field="first", order=direction)
            found = []
            for score, address in answer.hits:
                name, title, outlet, day = json.loads(bytes(searcher.doc(address).get_first("row")))
                found.append(Found(name, title, outlet, day, score if order == "relevance" else 0.0))
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
        with _failures(EngineDamaged, "The search index is damaged", "It is being built again."):
            self._reload()
        return True

    def close(self) -> None:
        """Lets go of files and memory; the index cannot be used afterwards."""
        with self._lock:
            self._index = None

    def _searcher(self) -> Any:
        return self._index.searcher()

    def _reload(self) -> None:
        if self._folder is not None:
            try:
                self._seen = (self._folder / "meta.json").stat().st_mtime_ns
            except OSError:
                self._seen = 0
        self._index.reload()

    def _writer(self, heap: int) -> Any:
        if self._folder is not None and not (self._folder / "meta.json").exists():
            raise EngineDamaged("The search index was deleted", "It is being built again.")
        try:
            with _failures(EngineFailed, "The search index could not be written", str(self._folder or "")):
                return self._index.writer(heap, 1)
        except EngineFailed as error:
            if "LockBusy" in str(error.__cause__):
                raise EngineBusy("Another Deskreader is indexing", "Its work is used here as well.") from error
            raise

    def _document(self, record: Record) -> Any:
        document = self._tantivy.Document()
        document.add_text("id", record.id)
        document.add_text("key", _key(record.id, record.stamp))
        row = [record.id, record.title, record.outlet, record.published]
        document.add_bytes("row", json.dumps(row).encode())
        document.add_text("outlet", record.outlet)
        for author in record.authors:
            document.add_text("author", author)
        first, last = day_numbers(record.published)
        document.add_unsigned("first", first)
        document.add_unsigned("last", last)
        for field, text in record.texts:
            if text:
                document.add_text(field, text)
        return document


def _key(name: str, stamp: str) -> str:
    """The term that says under which stamp an article was added; the name first, as names share beginnings."""
    return f"{name} {stamp}"


def wipe(folder: Path) -> None:
    """Removes an index folder; what cannot be removed stays."""
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _failures(kind: type[DeskreaderError], title: str, message: str) -> Iterator[None]:
    """Turns whatever the engine raises, its panics included, into one of our errors."""
    try:
        yield
    except (DeskreaderError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        if "Schema error" in str(error):  # a wrong question and not a damaged index
            raise EngineFailed("The search was not understood", str(error)) from error
        raise kind(title, message) from error


def _quietly(action: Callable[[], object]) -> None:
    """Does what can be done after a failure; a second failure says nothing new."""
    try:
        action()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        return
