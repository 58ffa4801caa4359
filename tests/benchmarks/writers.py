"""Several processes change one store at once, some of them killed at random; count what was lost.

Each process makes its edits on annotations of its own and on shared ones, and reports each that was
acknowledged over a pipe. One process in five is killed at a random moment and started again, until its edits
are done. Every edit leaves a mark that cannot be overlooked: a note of its own, a tag of its own on a shared
annotation, or a line in a shared note that others rewrite at the same time. Afterwards every acknowledged
mark must stand, in an annotation or, where notes were rewritten, in the note or its history.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final
from zlib import crc32

from reader.annotations.annotation import Annotation, Target
from reader.annotations.check import check
from reader.annotations.rescue import SaveError
from reader.annotations.store import Store
from reader.errors import DeskreaderError, Refused
from reader.text.span import Span

_SHARED: Final = 4


def draft(note: str, article: int) -> Annotation:
    """An annotation to be added."""
    target = Target(f"wire/{article}.txt", span=Span(4, 9), exact="ferry")
    return Annotation("", "", "", "", (target,), note)


def write(root: Path, name: str, first: int, count: int, report: IO[str], seed: int) -> None:
    """Make the edits `first` to `count`, each reported once it was acknowledged."""
    chance = random.Random(seed)
    store = Store(root, "Ana", rescue=root.parent / "rescue")
    own: list[str] = []
    for number in range(first, count):
        mark = f"{name}.{number}"
        shared = [one for one in store.all() if "shared" in one.tags]
        try:
            kind = chance.choice(("add", "add", "edit", "tag", "note", "note", "delete", "undo", "bulk"))
            if kind == "edit" and own:
                store.edit(chance.choice(own), note=mark)
            elif kind == "tag":
                seen = chance.choice(shared)
                store.edit(seen, tags=(*seen.tags, mark))
            elif kind == "note":
                seen = chance.choice(shared)
                store.edit(seen, note=f"{seen.note}\n{mark}.")
            elif kind == "bulk":
                store.edit_all([(one, {"tags": (*one.tags, mark)}) for one in shared], "tag all")
            elif kind == "delete" and len(own) > 3:
                store.delete([own.pop(0)])
                kind = "other"
            elif kind == "undo" and own:
                one = store.add(draft(mark, number % 5))
                store.undo()
                store.redo()
                own.append(one.id)
                kind = "add"
            else:
                own.append(store.add(draft(mark, number % 5)).id)
                kind = "add"
        except Refused:
            kind = "other"
        except SaveError as error:
            report.write(f"failed {mark} {error}\n")
            kind = "other"
        report.write(f"{kind} {mark}\n")
        report.flush()
        if number % 7 == 0:
            store.poll()
    store.close()


@dataclass(slots=True)
class Writer:
    """One writing process: its name, how many of its edits were acknowledged, and which."""

    name: str
    child: int = 0
    pipe: IO[str] | None = None
    done: list[tuple[str, str]] = field(default_factory=list)
    kills: int = 0

    def start(self, root: Path, count: int) -> None:
        """Start, or start again behind the last edit that was acknowledged."""
        reading, writing = os.pipe()
        first = 1 + max((int(mark.rpartition(".")[2]) for _kind, mark in self.done), default=-1)
        self.child = os.fork()
        if not self.child:
            os.close(reading)
            with os.fdopen(writing, "w") as report:
                write(root, self.name, first, count, report, crc32(f"{self.name} {first}".encode()))
                report.flush()
            os._exit(0)
        os.close(writing)
        self.pipe = os.fdopen(reading)

    def finish(self, kill_after: float | None) -> bool:
        """Wait for the end, or bring it about; whether it came by itself."""
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(self.child, signal.SIGKILL)
            self.kills += 1
        assert self.pipe is not None
        with self.pipe:
            for line in self.pipe.read().splitlines():
                kind, _space, mark = line.partition(" ")
                self.done.append((kind, mark))
        _child, status = os.waitpid(self.child, 0)
        return os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0


def missing(root: Path, writers: list[Writer]) -> tuple[Counter[str], int]:
    """The acknowledged marks that stand nowhere, by kind, and the notes that keep both sides of a conflict."""
    store = Store(root, "Ana", rescue=root.parent / "rescue")
    standing = store.all()
    tags = {tag for one in standing for tag in one.tags}
    notes = " ".join(one.note for one in standing).replace("\n", " ")
    lines = {word.rstrip(".") for word in notes.split()}
    kept = {one.note for one in standing}
    past = {one.stem.split(".")[0] for one in (root / "annotations" / ".trash").glob("*/*.json")}
    history = {
        generation.annotation.note
        for one in {*past, *(one.id for one in standing)}
        for generation in store.history(one)
    }
    trash = {_note(path) for path in (root / "annotations" / ".trash").glob("*/*.json")}
    lost: Counter[str] = Counter()
    for writer in writers:
        for kind, mark in writer.done:
            there = {
                "tag": mark in tags,
                "bulk": mark in tags,
                "note": mark in lines,
                "add": mark in kept | history | trash,
                "edit": mark in kept | history | trash,
            }
            if kind == "failed" or not there.get(kind, True):
                lost[kind] += 1
    return lost, sum("\n---\n" in one.note for one in standing)


def _note(path: Path) -> str:
    from reader.annotations.migrations import read_annotation

    return read_annotation(path.read_bytes())[0].note


def main() -> int:
    """Let them write, then count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / ".textual"
        store = Store(root, "Ana", rescue=Path(folder) / "rescue")
        for number in range(_SHARED):
            store.edit(store.add(draft(f"shared {number}", number)), tags=("shared",))
        store.close()
        writers = [Writer(f"w{number}") for number in range(options.processes)]
        waiting = list(writers)
        while waiting:
            for writer in waiting:
                writer.start(root, options.edits)
            killed = {writer.name for writer in waiting if writer.kills < 3 and chance.random() < 0.2}
            if not any(writer.kills for writer in writers) and not killed:
                killed = {waiting[0].name}
            waiting = [
                writer
                for writer in sorted(waiting, key=lambda writer: writer.name not in killed)
                if not writer.finish(chance.uniform(0.02, 0.6) if writer.name in killed else None)
            ]
        lost, conflicts = missing(root, writers)
        problems = Store(root, "Ana").problems
        findings = [one for one in check(root, repair=True) if "left over" not in one.message]
        again = check(root)
        done = sum(len(writer.done) for writer in writers)
        print(
            f"{len(writers)} processes, {done} acknowledged edits, {sum(writer.kills for writer in writers)} kills,"
            f" {time.monotonic() - start:.0f} s"
        )
        print(f"lost: {lost.total()} {dict(lost) or ''}")
        print(f"unreadable: {len(problems)}; check: {len(findings)}, after repair {len(again)}")
        print(f"notes that keep both sides of a conflict: {conflicts}")
        for finding in findings:
            print("  ", finding.path, finding.message)
    return 1 if lost or problems or again else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DeskreaderError as error:
        sys.exit(str(error))
