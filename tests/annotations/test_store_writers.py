"""A small part of what `tests/benchmarks/writers.py` does: several processes write at once, nothing is lost."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import writers

from reader.annotations.check import check
from reader.annotations.store import Store


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    root = tmp_path / ".textual"
    store = Store(root, "Ana", rescue=tmp_path / "rescue")
    for number in range(2):
        store.edit(store.add(writers.draft(f"shared {number}", number)), tags=("shared",))
    store.close()
    crowd = [writers.Writer(f"w{number}") for number in range(3)]
    for writer in crowd:
        writer.start(root, 15)
    ended = [writer.finish(None) for writer in crowd]
    assert all(ended)
    lost, _conflicts = writers.missing(root, crowd)
    assert sum(len(writer.done) for writer in crowd) == 45
    assert not lost
    assert check(root) == []
