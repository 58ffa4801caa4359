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

    May be used from any thread. Where the file cannot be read or written, memory serves alone. What is known is kept
    as one string for each article: a fifth of the memory, and nothing that a look for rubbish has to pass through.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._told: dict[str, str] | None = None
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
                id, stamp, told = record.id, record.stamp, f"{found.published} {' '.join(found.words)}"
                if self._stamps.get(id) != stamp or known.get(id) != told:
                    lines.append(_line(id, stamp, told))
                    self._stamps[id], known[id] = stamp, told
            if lines:
                self.changes += 1
                self._append("".join(lines))

    def stories(self, ids: Collection[str], cancelled: Callable[[], bool] = lambda: False) -> list[list[str]]:
        """The stories among some articles, as `stories.stories` finds them; what is not known belongs to none."""
        with self._lock:
            known = self._load()
            prints = {id: _print(known[id]) for id in sorted(known.keys() & set(ids))}
        return stories(prints, cancelled)

    def _load(self) -> dict[str, str]:
        """What is known, read from the file the first time; lines that say nothing are passed over."""
        if self._told is not None:
            return self._told
        self._told = {}
        count = 0
        with contextlib.suppress(OSError), self._path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                count += 1
                with contextlib.suppress(ValueError, TypeError, AttributeError):
                    id, stamp, published, words = json.loads(line)
                    self._told[id] = f"{published} {' '.join(words.split())}"
                    self._stamps[id] = str(stamp)
        if count > _STALE * len(self._told) + _STALE:
            self._write_anew()
        return self._told

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
                for id, told in (self._told or {}).items():
                    file.write(_line(id, self._stamps[id], told))
            beside.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink()


def _print(told: str) -> Print:
    """What an article is known by, of the one string: the date, which may be empty, then the words."""
    published, _, words = told.partition(" ")
    return Print(tuple(words.split(" ")) if words else (), published)


def _line(id: str, stamp: str, told: str) -> str:
    """One article in the file."""
    published, _, words = told.partition(" ")
    return json.dumps([id, stamp, published, words], ensure_ascii=False) + "\n"
