"""The orders of the whole library, made in passing and kept in files, so that a list is there at once."""

import contextlib
import json
import mmap
import os
import time
from array import array
from pathlib import Path
from typing import Any, Final

from reader.library.catalogue import Catalogue
from reader.library.listing import ORDERS, Group, Listing, Numbers, Order

SMALL: Final = 20_000
"""Rows up to which an order is made anew as soon as it is asked for."""
_CHUNK: Final = 5_000
_MAGIC: Final = "deskreader order 1"
_SHARE: Final = 8
"""How many times as long as making an order takes it is left as it is while the library keeps changing."""


class Orders:
    """Gives lists of all articles. Of a big library that has just changed a list may be a little old."""

    def __init__(self, catalogue: Catalogue, folder: Path) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._held: dict[str, tuple[str, Numbers]] = {}
        self._next = 0.0

    def listing(self, name: str) -> Listing:
        """All articles in one of `ORDERS`."""
        order = ORDERS[name]
        generation = self._catalogue.generation()
        held = self._held.get(name) or self._read(name)
        if held is None or (held[0] != generation and len(held[1].values) <= SMALL):
            held = self._make(name, order, generation)
        self._held[name] = held
        return Listing(self._catalogue, held[1], order.label)

    def keep_up(self, now: bool = False) -> None:
        """Make the orders anew that are in use, when enough time has passed since the last time, or `now`."""
        started = time.monotonic()
        if not now and started < self._next:
            return
        generation = self._catalogue.generation()
        for name in {"outlet", *self._held} if now else tuple(self._held):
            held = self._held.get(name) or self._read(name)
            if held is None or held[0] != generation:
                self._held[name] = self._make(name, ORDERS[name], generation)
        ended = time.monotonic()
        self._next = ended + _SHARE * (ended - started)

    def count(self) -> int | None:
        """How many articles there are, where that is known without counting."""
        held = self._held.get("outlet") or self._read("outlet")
        return len(held[1].values) if held and held[0] == self._catalogue.generation() else None

    def _make(self, name: str, order: Order, generation: str) -> tuple[str, Numbers]:
        numbers: array[int] = array("I")
        groups: list[Group] = []
        for rows in self._catalogue.ordered(order.terms, order.label, _CHUNK):
            _extend(numbers, groups, rows)
        if order.unknown_last and len(groups) > 1 and not groups[0].label:
            unknown = groups[0].count
            numbers = numbers[unknown:] + numbers[:unknown]
            moved = [Group(group.label, group.start - unknown, group.count) for group in groups[1:]]
            groups = [*moved, Group("", len(numbers) - unknown, unknown)]
        if not self._catalogue.database.in_memory:
            self._write(name, generation, numbers, groups)
        return generation, Numbers(numbers, groups)

    def _path(self, name: str) -> Path:
        return self._folder / f"order-{name}.bin"

    def _write(self, name: str, generation: str, numbers: "array[int]", groups: list[Group]) -> None:
        head = {"magic": _MAGIC, "generation": generation, "rows": len(numbers),
                "groups": [[group.label, group.count] for group in groups]}  # fmt: skip
        text = json.dumps(head).encode() + b" "
        text += b" " * (-(len(text) + 1) % 4) + b"\n"
        temporary = self._path(name).with_suffix(f".{os.getpid()}.new")
        with contextlib.suppress(OSError):
            temporary.write_bytes(text + numbers.tobytes())
            temporary.replace(self._path(name))

    def _read(self, name: str) -> tuple[str, Numbers] | None:
        """The order as it was left, or None when there is none, or none that can be used."""
        if self._catalogue.database.in_memory:
            return None
        try:
            with self._path(name).open("rb") as file:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            end = mapped.find(b"\n") + 1
            head = json.loads(mapped[:end])
            if head["magic"] != _MAGIC or len(mapped) != end + 4 * head["rows"] or end % 4:
                return None
            groups, start = [], 0
            for label, count in head["groups"]:
                groups.append(Group(str(label), start, int(count)))
                start += int(count)
            if start != head["rows"]:
                return None
            return str(head["generation"]), Numbers(memoryview(mapped)[end:].cast("I"), groups, mapped)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None


def _extend(numbers: "array[int]", groups: list[Group], rows: list[tuple[Any, ...]]) -> None:
    """Add a chunk of rows (number, label) that is in order to the list and its headings."""
    numbers.extend([number for number, _ in rows])
    start = len(numbers) - len(rows)
    at = 0
    while at < len(rows):
        label = rows[at][1]
        if rows[-1][1] == label:
            count = len(rows) - at
        else:
            count = next(n for n, row in enumerate(rows[at:]) if row[1] != label)
        if groups and groups[-1].label.casefold() == label.casefold():
            last = groups[-1]
            groups[-1] = Group(last.label, last.start, last.count + count)
        else:
            groups.append(Group(label, start + at, count))
        at += count
