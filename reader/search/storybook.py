"""What the articles of a library are known by, kept so that stories are found without reading them again."""

import contextlib
import json
import os
import threading
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Final

from reader.search.records import Digest
from reader.search.stories import Print, stories

_STALE: Final = 2
"""Lines for each article from which on the file is written anew."""


class Storybook:
    """The prints of articles in a file that can be deleted at any time: a line of JSON for each, the last one counts.

    May be used from any thread. Where the file cannot be read or written, memory serves alone.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._prints: dict[str, Print] | None = None
        self._stamps: dict[str, str] = {}
        self.changes = 0
        """Counts up whenever something else is known of an article."""

    def stamps(self) -> dict[str, str]:
        """For each article that is known, the `stamp_of` the version that was read."""
        with self._lock:
            self._load()
            return dict(self._stamps)

    def learn(self, digests: Iterable[Digest]) -> None:
        """Take the telling words of articles as they are now."""
        with self._lock:
            known = self._load()
            lines = []
            for record, found in digests:
                id, stamp = record.id, record.stamp
                if self._stamps.get(id) != stamp or known.get(id) != found:
                    lines.append(_line(id, stamp, found))
                    self._stamps[id], known[id] = stamp, found
            if lines:
                self.changes += 1
                self._append("".join(lines))

    def stories(self, ids: Collection[str], cancelled: Callable[[], bool] = lambda: False) -> list[list[str]]:
        """The stories among some articles, as `stories.stories` finds them; what is not known belongs to none."""
        with self._lock:
            known = self._load()
            prints = {id: known[id] for id in sorted(known.keys() & set(ids))}
        return stories(prints, cancelled)

    def _load(self) -> dict[str, Print]:
        """What is known, read from the file the first time; lines that say nothing are passed over."""
        if self._prints is not None:
            return self._prints
        self._prints = {}
        count = 0
        with contextlib.suppress(OSError), self._path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                count += 1
                with contextlib.suppress(ValueError, TypeError, AttributeError):
                    id, stamp, published, words = json.loads(line)
                    self._prints[id] = Print(tuple(words.split()), str(published))
                    self._stamps[id] = str(stamp)
        if count > _STALE * len(self._prints) + _STALE:
            self._write_anew()
        return self._prints

    def _append(self, lines: str) -> None:
        """Add to the file."""
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(lines)

    def _write_anew(self) -> None:
        """A line for each article."""
        beside = self._path.with_suffix(f".{os.getpid()}")
        try:
            with beside.open("w", encoding="utf-8") as file:
                for id, found in (self._prints or {}).items():
                    file.write(_line(id, self._stamps[id], found))
            beside.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink()


def _line(id: str, stamp: str, found: Print) -> str:
    """One article in the file."""
    return json.dumps([id, stamp, found.published, " ".join(found.words)], ensure_ascii=False) + "\n"
