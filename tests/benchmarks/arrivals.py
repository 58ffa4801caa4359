"""How soon a capture that is saved is found, in the running program: one that changed, and a thousand at once.

    python tests/benchmarks/arrivals.py --sizes 12 1000 10000

Makes its own captures of 5 KB and opens the program on a pseudo terminal, with the search open and a word typed that
no capture holds. Then a capture is replaced by one that holds the word, again and again with other words, and at last
a thousand are moved in: what counts is the time from the file's rename to the last byte of the answer that shows it.
Beside the thousand stands the time in which SQLite FTS5 reads the same files into an index and ripgrep goes through
them. Times are wall-clock, and those of a quiet machine only on a quiet machine: the load is printed beside them, and
the processor time of the program and its workers.
"""

import argparse
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent))
from library import capture
from pty_terminal import Terminal

COLUMNS, ROWS = 120, 36
PATIENCE = 60.0
SIZE = 5_000
OUTLET = 500

PREPARE = """
import os, sys
from pathlib import Path
from reader.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]), os.environ)
workspace.bring_up_to_date()
workspace.close()
"""


def main() -> None:
    """Makes a folder for each size, and measures in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[12, 1_000, 10_000], help="captures in the library")
    parser.add_argument("--changes", type=int, default=8, help="captures that are changed, one after the other")
    parser.add_argument("--burst", type=int, default=1_000, help="captures that are moved in at once (0: none)")
    parser.add_argument("--program", default="reader", help="the module to run as the program")
    request = parser.parse_args()
    for size in request.sizes:
        root = Path(tempfile.mkdtemp(prefix="arrivals-benchmark-"))
        try:
            _measure(root, size, request.changes, request.burst, request.program)
        finally:
            shutil.rmtree(root, ignore_errors=True)


def _measure(root: Path, size: int, changes: int, burst: int, program: str) -> None:
    chance = random.Random(size)
    _fill(root / "articles", size, chance)
    environ = _environ(root)
    subprocess.run([sys.executable, "-c", PREPARE, str(root)], env=environ, check=True)
    print(f"{size:,} captures, load {os.getloadavg()[0]:.1f}", flush=True)
    with _opened(root, environ, program) as terminal:
        spent = _processor(terminal.pid)
        taken = [_changed(terminal, root, chance) for _ in range(changes)]
        if taken:
            spent = (_processor(terminal.pid) - spent) / changes
            later = sorted(taken[1:] or taken)
            print(
                f"  changed    first {taken[0]:5.0f} ms   later {later[0]:4.0f} to {later[-1]:4.0f}, median"
                f" {later[len(later) // 2]:4.0f} ms   {1000 * spent:5.0f} ms of processors each", flush=True,
            )  # fmt: skip
        if burst:
            _row_of_burst(terminal, root, burst, chance)
        terminal.keys("escape", "ctrl+q")
        terminal.ended()


def _row_of_burst(terminal: Terminal, root: Path, burst: int, chance: random.Random) -> None:
    word = _new_word(chance)
    folder = root / "ready"
    _fill(folder, burst, chance, word)
    _ask(terminal, word)
    spent = _processor(terminal.pid)
    began = time.monotonic()
    folder.rename(root / "articles" / word)
    first = _until(terminal, lambda: " 0 articles" not in f" {terminal.screen.display[0]}", began)
    whole = _until(terminal, lambda: f" {burst:,} articles" in f" {terminal.screen.display[0]}", began)
    spent = _processor(terminal.pid) - spent
    paths = sorted((root / "articles" / word).rglob("*.txt"))
    fts = _timed(lambda: _fts(paths, root / "peer.db"))
    seek = [shutil.which("rg") or "grep", "-rc", word, str(root / "articles" / word)]
    rg = _timed(lambda: subprocess.run(seek, stdout=subprocess.DEVNULL, check=True))
    print(
        f"  {burst:,} moved in   first {first:5.0f} ms   all {whole:6.0f} ms   {spent:5.2f} s of processors"
        f"   FTS5 {fts:4.0f} ms, ratio {whole / fts:.1f}   {Path(seek[0]).name} {rg:3.0f} ms", flush=True,
    )  # fmt: skip


def _fill(folder: Path, count: int, chance: random.Random, word: str = "") -> None:
    """Captures, a part of them in each of some folders; each holds the word."""
    for number in range(count):
        path = folder / f"{number // OUTLET:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = capture(chance, number, SIZE)
        path.write_text(text.replace(". ", f" {word}. ", 1) if word else text, encoding="utf-8")


def _environ(root: Path) -> dict[str, str]:
    """A home of its own, as over a remote line."""
    (root / "home").mkdir()
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    return kept | {
        "HOME": str(root / "home"), "TERM": "xterm-256color", "SSH_CONNECTION": "10.0.0.1 22 10.0.0.2 22",
        "LANG": "C.UTF-8",
    }  # fmt: skip


@contextmanager
def _opened(root: Path, environ: dict[str, str], program: str) -> Iterator[Terminal]:
    """The program with its search open, once it has nothing more to do."""
    command = [sys.executable, "-m", program, str(root)]
    with Terminal(command, columns=COLUMNS, rows=ROWS, environ=environ) as terminal:
        terminal.wait("SOURCES")
        quiet = 0
        while quiet < 4:
            before = _processor(terminal.pid)
            terminal.settle(1.0)
            quiet = quiet + 1 if _processor(terminal.pid) - before < 0.05 else 0
        terminal.keys("s")
        terminal.wait("SEARCH")
        yield terminal


def _ask(terminal: Terminal, word: str) -> None:
    """Type a word that nothing holds yet."""
    terminal.keys("ctrl+u")
    terminal.settle(0.3)
    terminal.keys(*word)
    terminal.wait("0 articles")
    terminal.settle(1.0)


def _changed(terminal: Terminal, root: Path, chance: random.Random) -> float:
    """Milliseconds until a capture that was replaced is found by the word that it holds now."""
    word = _new_word(chance)
    path = chance.choice(sorted((root / "articles").rglob("*.txt")))
    _ask(terminal, word)
    changed = root / "changed.txt"
    changed.write_text(path.read_text("utf-8").replace(". ", f". It was a {word}. ", 1), "utf-8")
    began = time.monotonic()
    changed.replace(path)
    return _until(terminal, lambda: " 1 article " in f" {terminal.screen.display[0]} ", began)


def _until(terminal: Terminal, shown: Callable[[], bool], began: float) -> float:
    """Milliseconds from then until something is shown, by the clock at its last byte; infinite where it never is."""
    while not shown():
        if time.monotonic() - began > PATIENCE:
            return float("inf")
        terminal.pump(0.002)
    return (terminal.heard - began) * 1000


def _new_word(chance: random.Random) -> str:
    """A word that no article holds, nor one like it."""
    return "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=12))


def _processor(pid: int) -> float:
    """Seconds that a process and those it started have run, as far as they still live."""
    processes, nanoseconds = [str(pid)], 0
    for process in processes:
        for task in Path("/proc", process, "task").glob("*"):
            with suppress(OSError):  # a thread ends while one looks
                processes += (task / "children").read_text().split()
                nanoseconds += int((task / "schedstat").read_text().split()[0])
    return nanoseconds / 1e9


def _timed(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return (time.monotonic() - began) * 1000


def _fts(paths: list[Path], database: Path) -> None:
    """The same files in an index of SQLite."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE VIRTUAL TABLE found USING fts5(name, text)")
        rows = ((str(path), path.read_text("utf-8")) for path in paths)
        connection.executemany("INSERT INTO found VALUES(?, ?)", rows)
        connection.commit()


if __name__ == "__main__":
    main()
