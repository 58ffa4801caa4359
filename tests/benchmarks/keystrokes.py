"""How long a key takes from the terminal to the painted answer, in the running program.

    python tests/benchmarks/keystrokes.py --articles 100000

Makes its own captures (see corpus.py) and opens the program on a pseudo terminal twice. The first time the folder is
new: while it is read and indexed, keys are typed into the search, and what counts is when the letter stands in its
line, and how long the screen is held (see heartbeat.py), which does not count how busy the machine is. The second time
everything is indexed: known-item queries are typed letter by letter, and what counts is when the state line shows how
the letters so far were read, which it does together with their results. Then a capture is changed and a thousand are
dropped in, and what counts is when the open search shows them. Times are wall-clock, and those of a quiet machine only
on a quiet machine: the load is printed beside them, and the processor time that the program spent on a key until its
results, which a quiet machine does not undercut.
"""

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from corpus import Corpus
from heartbeat import beats_in
from pty_terminal import Terminal

from reader.search.query import parse

COLUMNS, ROWS = 120, 36
PATIENCE = 5.0
BURST = 1_000
COMMONEST = "the"
"""A word that nearly every article holds: how many are found by it tells how far the index is."""


def main() -> None:
    """Makes the folder unless it is kept from the last time, and measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=40, help="known articles to seek (default 40)")
    parser.add_argument("--keep", type=Path, help="keep captures and index in this folder, and use what is there")
    request = parser.parse_args()
    root = request.keep or Path(tempfile.mkdtemp(prefix="keystrokes-benchmark-"))
    try:
        _measure(root, request.articles, request.queries)
    finally:
        if not request.keep:
            shutil.rmtree(root, ignore_errors=True)


def _measure(root: Path, count: int, queries: int) -> None:
    corpus = Corpus(count)
    if not (root / "articles").exists():
        _write(corpus, root / "articles.part")
        (root / "articles.part").rename(root / "articles")
    texts = [question.text for question in corpus.questions(queries)]
    print(f"{count:,} articles, load {os.getloadavg()[0]:.1f}", flush=True)
    if not (root / ".textual" / "cache").exists():
        beats = root / "beats.json"
        with _open(root, "tests.heartbeat", str(beats)) as terminal:
            began = time.monotonic()
            _row("key to letter while indexing", _while_indexing(terminal, texts, count))
            print(f"  read and indexed in                       {time.monotonic() - began:8.1f} s", flush=True)
            terminal.keys("escape", "ctrl+q")
            terminal.ended()
        _row("screen held while indexing", [beat.held for beat in beats_in(beats)])
    with _open(root) as terminal:
        quiet = 0
        while quiet < 5:
            terminal.settle(1.0)
            quiet = 0 if "indexing" in terminal.text or "reading" in terminal.text else quiet + 1
        terminal.keys("s")
        terminal.wait("SEARCH")
        typed = [pair for text in texts for pair in _typed(terminal, text)]
        _row("key to results", [shown for shown, _ in typed])
        _row("key to results, processor time", [spent for _, spent in typed])
        print(f"  changed capture shown                     {_changed(terminal, root):8.2f} s", flush=True)
        print(f"  burst of {BURST:,} shown                      {_burst(terminal, root):8.2f} s", flush=True)
        terminal.keys("escape", "ctrl+q")
        terminal.ended()


def _write(corpus: Corpus, folder: Path) -> None:
    """Captures as a browser's reader view saves them: headline, date, text."""
    for written in corpus.articles():
        path = folder / written.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{written.text[: written.text.index(' ', 40)]}\n\n3 March 2024\n\n{written.text}\n", "utf-8")


def _open(root: Path, *program: str) -> Terminal:
    """The program in a home of its own, as over a remote line."""
    home = root / "home"
    home.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    environ = kept | {
        "HOME": str(home), "TERM": "xterm-256color", "SSH_CONNECTION": "10.0.0.1 22 10.0.0.2 22", "LANG": "C.UTF-8",
    }  # fmt: skip
    command = [sys.executable, "-m", *(program or ("reader",)), str(root)]
    return Terminal(command, columns=COLUMNS, rows=ROWS, environ=environ, cwd=Path(__file__).parents[2])


def _until(terminal: Terminal, shown: Callable[[], bool], patience: float = PATIENCE) -> float:
    """Seconds until something is shown, by the clock at its last byte; infinite where it never is."""
    began = time.monotonic()
    while not shown():
        if time.monotonic() - began > patience:
            return float("inf")
        terminal.pump(0.002)
    return terminal.heard - began


def _while_indexing(terminal: Terminal, texts: list[str], count: int) -> list[float]:
    """Types into the search until all is indexed; the time of each letter."""
    terminal.wait("SOURCES")
    terminal.keys("s")
    terminal.wait("SEARCH")
    taken: list[float] = []
    growing = True
    while growing:
        for text in texts:
            for end in range(1, len(text) + 1):
                terminal.keys(text[end - 1])
                line = f"search {text[:end]}".rstrip()
                taken.append(_until(terminal, lambda line=line: terminal.screen.display[0].strip().startswith(line)))
                terminal.settle(0.05)
            terminal.keys("ctrl+u")
            terminal.settle(0.05)
        terminal.keys(*COMMONEST)
        terminal.settle(0.5)
        found = re.search(r"([\d,]+) articles", terminal.screen.display[0])
        growing = "% searched" in terminal.text or not found or int(found[1].replace(",", "")) < 0.9 * count
        terminal.keys("ctrl+u")
        terminal.settle(0.05)
    return taken


def _typed(terminal: Terminal, text: str) -> list[tuple[float, float]]:
    """The time until the results of each letter, where it changes what is sought, and of all its threads."""
    taken = []
    for end in range(1, len(text) + 1):
        reading = parse(text[:end]).reading
        if text[:end].strip() and reading != parse(text[: end - 1]).reading:
            spent = _processor(terminal.pid)
            terminal.keys(text[end - 1])
            shown = _until(terminal, lambda reading=reading: f" {reading} " in terminal.screen.display[-1])
            taken.append((shown, _processor(terminal.pid) - spent))
        else:
            terminal.keys(text[end - 1])
        terminal.settle(0.15)
    terminal.keys("ctrl+u")
    terminal.settle(0.2)
    return taken


def _changed(terminal: Terminal, root: Path) -> float:
    """The time until a capture that was replaced is found by the word that it holds now."""
    path = next((root / "articles").rglob("*.txt"))
    word = _new_word()
    terminal.keys(*word)
    terminal.wait("0 articles")
    changed = root / "changed.txt"
    changed.write_text(path.read_text("utf-8").rstrip() + f"\n\nIt was a {word} in the end, people said.\n", "utf-8")
    changed.replace(path)
    taken = _until(terminal, lambda: "1 article " in terminal.screen.display[0], 60)
    terminal.keys("ctrl+u")
    terminal.settle(0.5)
    return taken


def _burst(terminal: Terminal, root: Path) -> float:
    """The time until a thousand captures that were moved in at once are all found."""
    word = _new_word()
    ready = root / word
    ready.mkdir()
    corpus = Corpus(BURST, seed=int(time.time()))
    for written in corpus.articles():
        title, text = written.text[: written.text.index(" ", 40)], written.text.replace(". ", f" {word}. ", 1)
        (ready / written.name.replace("/", "-")).write_text(f"{title}\n\n3 March 2024\n\n{text}\n", "utf-8")
    terminal.keys(*word)
    terminal.wait("0 articles")
    ready.rename(root / "articles" / word)
    return _until(terminal, lambda: f"{BURST:,} articles" in terminal.screen.display[0], 120)


def _new_word() -> str:
    """A word that no article holds, nor one like it."""
    return "".join(random.choices("bcdfghjklmnpqrstvwxz", k=12))


def _processor(pid: int) -> float:
    """Seconds that all threads of a process have run; 0 where the system does not tell."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def _row(name: str, seconds: list[float]) -> None:
    taken = sorted(second * 1000 for second in seconds)
    p50, p95 = taken[len(taken) // 2], taken[int(len(taken) * 0.95)]
    print(f"  {name:<40}  p50 {p50:.1f}  p95 {p95:.1f}  longest {taken[-1]:.1f} ms of {len(taken)}", flush=True)


if __name__ == "__main__":
    main()
