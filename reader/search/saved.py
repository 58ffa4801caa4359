"""Queries that were given a name: smart lists, and those of them that watch for new arrivals.

Kept in one small JSON file that a person can read. It is the analyst's work: every change is written
durably at once, under a lock and on top of what another process wrote meanwhile, and a file that cannot
be read is set aside and never overwritten.
"""

import contextlib
import fcntl
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from reader.errors import DeskreaderError, Refused

FILE_NAME: Final = "searches.json"
_SCHEMA: Final = 1
_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query under a name; a watched one runs over every new article."""

    name: str
    query: str
    watched: bool = False


class SavedSearches:
    """The named queries of a workspace whose state folder is `state`, in the order in which they were made.

    `problem` says what was wrong with the file, "" when nothing was.
    """

    def __init__(self, state: Path) -> None:
        self.problem = ""
        self._path = state / FILE_NAME

    def all(self) -> tuple[SavedSearch, ...]:
        """All of them as they are on disk now."""
        return tuple(_read_one(entry) for entry in self._load()["searches"] if _usable(entry))

    def watched(self) -> tuple[SavedSearch, ...]:
        """Those that watch."""
        return tuple(one for one in self.all() if one.watched)

    def seen(self) -> str:
        """Up to which time of arrival new articles were looked through; "" when that was never done."""
        seen = self._load().get("seen")
        return seen if isinstance(seen, str) else ""

    def set_seen(self, time: str) -> None:
        """Notes that articles which arrived up to `time` were looked through."""

        def change(held: dict[str, Any]) -> None:
            held["seen"] = time

        self._change_all(change)

    def save(self, search: SavedSearch) -> None:
        """Adds it, or replaces the one of its name. Raises Refused for an empty name or query, and
        DeskreaderError where the file cannot be written.
        """
        name = " ".join(search.name.split())[:_LONGEST_NAME]
        if not name or not search.query.strip():
            raise Refused("Nothing to save", "a saved search needs a name and a query")
        named = replace(search, name=name)

        def change(entries: list[dict[str, Any]]) -> None:
            for entry in entries:
                if entry.get("name") == name:
                    entry.update(query=named.query, watched=named.watched)
                    return
            entries.append({"name": name, "query": named.query, "watched": named.watched})

        self._change(change)

    def rename(self, name: str, new: str) -> None:
        """Gives one another name. Raises Refused when the new name is empty or taken."""
        new = " ".join(new.split())[:_LONGEST_NAME]

        def change(entries: list[dict[str, Any]]) -> None:
            if not new or any(entry.get("name") == new for entry in entries):
                raise Refused("Not renamed", f"the name “{new}” is empty or taken")
            for entry in entries:
                if entry.get("name") == name:
                    entry["name"] = new

        self._change(change)

    def delete(self, name: str) -> SavedSearch | None:
        """Removes one and returns it, so that the caller can undo; None where there was none."""
        found = next((one for one in self.all() if one.name == name), None)
        if found:

            def change(entries: list[dict[str, Any]]) -> None:
                entries[:] = [entry for entry in entries if entry.get("name") != name]

            self._change(change)
        return found

    def _load(self) -> dict[str, Any]:
        try:
            held = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {"schema": _SCHEMA, "searches": []}
        except (OSError, ValueError, RecursionError) as error:
            self.problem = f"{self._path}: the saved searches cannot be read ({error})"
            return {"schema": 0, "searches": []}
        entries = held.get("searches") if isinstance(held, dict) else None
        if not isinstance(entries, list):
            self.problem = f"{self._path}: this is not a file of saved searches"
            return {"schema": 0, "searches": []}
        return {**held, "searches": [entry for entry in entries if isinstance(entry, dict)]}

    def _change(self, change: Callable[[list[dict[str, Any]]], None]) -> None:
        self._change_all(lambda held: change(held["searches"]))

    def _change_all(self, change: Callable[[dict[str, Any]], None]) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._locked():
                held = self._load()
                schema = held.get("schema")
                if schema == 0:
                    self._path.rename(_free_name(self._path))
                    held["schema"] = _SCHEMA
                elif isinstance(schema, int) and schema > _SCHEMA:
                    raise Refused("Not saved", f"{self._path} was written by a newer Deskreader")
                change(held)
                _write(self._path, json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
        except OSError as error:
            reason = error.strerror or str(error)
            raise DeskreaderError("The search was not saved", f"{self._path}: {reason}") from error

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Alone among all processes that change the file; the lock is on a file of its own, which stays."""
        handle = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _usable(entry: dict[str, Any]) -> bool:
    return isinstance(entry.get("name"), str) and isinstance(entry.get("query"), str)


def _read_one(entry: dict[str, Any]) -> SavedSearch:
    return SavedSearch(entry["name"], entry["query"], entry.get("watched") is True)


def _free_name(path: Path) -> Path:
    """A name beside the file that nothing has yet, for a file that is set aside."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.unreadable-{number}{path.suffix}")).exists():
        number += 1
    return aside


def _write(path: Path, text: str) -> None:
    """Replaces the file so that it is whole, the old or the new one, whatever happens on the way."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
