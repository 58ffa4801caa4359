"""Files that come while many others are read: looked for in passing, and read before those that wait."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from reader.library.inventory import DueFile, Inventory

LOOK: Final = 0.6
"""Seconds between two looks."""
_MOST: Final = 500
"""Files that go ahead of the others after one look."""


class Ahead:
    """Puts the files that a look makes due in front of those that were due before it.

    `look` compares the folder with the catalogue; without one, files are read in their order.
    """

    def __init__(self, inventory: Inventory, look: Callable[[], object] | None = None) -> None:
        self._inventory = inventory
        self._look = look
        self._known = inventory.last_file() if look else 0
        self._passed = 0
        self._next = 0.0
        self._files: deque[DueFile] = deque()

    def look(self, underway: Mapping[bytes, DueFile]) -> int:
        """Look once more if it is time; how many files go ahead now. `underway` are being read already."""
        if self._look is None or time.monotonic() < self._next:
            return 0
        self._look()
        self._next = time.monotonic() + LOOK
        waiting = {file.number for file in (*underway.values(), *self._files)}
        came = self._inventory.came_between(self._known, self._passed, _MOST)
        fresh = [file for file in came if file.number not in waiting]
        self._files.extend(fresh)
        return len(fresh)

    def ordered(self, due: Iterable[DueFile], underway: Mapping[bytes, DueFile]) -> Iterator[DueFile]:
        """The files that are due, each once, with those that go ahead in between as soon as there are any."""
        self._passed = 0
        self._files.clear()
        for file in due:
            self._passed = file.number
            while self._files:
                yield self._files.popleft()
            if file.relative not in underway:
                yield file
