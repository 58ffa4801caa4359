"""Reading capture files by name, wherever they lie, in worker processes and in the order asked for."""

import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.library.files import Unreadable
from reader.library.parsing import Result, Task, itself
from reader.library.pool import Pool

if TYPE_CHECKING:
    from reader.capture.article import Article

Known = Callable[[Path], Task | None]
"""The order that a library gives for a file inside it, with all that it knows of it; None for any other file."""


def read_files(
    paths: Sequence[Path], known: Known, encoding: str | None = None
) -> "Iterator[tuple[Article, ...] | Unreadable]":
    """What each file holds, or why it cannot be read, in the order of `paths`. Links that were named are followed."""
    tasks = [_task(path, known, encoding) for path in paths]
    pool = Pool(size=1 if len(tasks) < 4 else None)
    try:
        # A result names its file relative to its folder, so one run of the workers serves one folder.
        for _, group in itertools.groupby(tasks, key=lambda task: task.root):
            yield from _in_order(pool, list(group))
    finally:
        pool.close()


def _task(path: Path, known: Known, encoding: str | None) -> Task:
    try:
        real = path.resolve()
    except RuntimeError:  # links that lead in a circle: reading says so
        real = path.absolute()
    task = known(real) or Task(real.parent, os.fsencode(real.name), str(path))
    return replace(task, path=str(path), encoding=encoding or task.encoding, known="", make=itself)


def _in_order(pool: Pool, tasks: list[Task]) -> "Iterator[tuple[Article, ...] | Unreadable]":
    """Results as soon as all before them are there."""
    once = {task.relative: task for task in tasks}
    results = pool.run(once.values())
    done: dict[bytes, Result] = {}
    for task in tasks:
        while task.relative not in done:
            result = next(results)
            done[result.relative] = result
        result = done[task.relative]
        yield result.made if not result.reason else Unreadable(task.path, result.reason, result.advice)
