"""What the program costs at the far end of a line: CPU to the first screen, bytes a key, bytes when idle.

Every figure is a ratio against a peer that runs in the same minute on the same pseudo terminal: a bare Textual app,
`less`, and `vim -R` in a vertical split. Run it as `python tests/benchmarks/terminal.py`; `--only` picks rows.
"""

import argparse
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from pty_terminal import Terminal

BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    ENABLE_COMMAND_PALETTE = False
    def compose(self):
        yield Static("ready-to-read", markup=False)
Bare().run()
"""

PREPARE = """
import os, sys
from pathlib import Path
from reader.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]), os.environ)
workspace.bring_up_to_date()
workspace.close()
"""

WORDS = [
    "water", "gate", "letter", "engineer", "council", "market", "river", "bridge",
    "school", "ministry", "count", "family", "shelter", "evening", "street",
]  # fmt: skip
SENTENCES = (
    "The {0} of the {1} said on Monday that the {2} would be ready before the {3}.",
    "In the {0} by the {1} people waited for the {2}, and nobody had seen the {3} since the storm.",
    "“We asked the {0} twice,” said the {1}, who had come with the {2}. “There was no {3}.”",
    "A {0} is not a {1}, and whoever has carried a {2} through the {3} knows why.",
)


def article(number: int, size: int) -> str:
    """An invented article of about `size` characters with a title that only it has."""
    chance = random.Random(number)
    lines = [f"Report {number:07d} on the gate", "", "By Lena Mardini", "", "4 March 2024", ""]
    length = 0
    while length < size:
        said = (chance.choice(SENTENCES).format(*chance.sample(WORDS, 4)) for _ in range(chance.randint(2, 6)))
        lines += [" ".join(said), ""]
        length += len(lines[-2])
    return "\n".join(lines)


def library(folder: Path, count: int, size: int = 5000) -> Path:
    """A workspace of `count` invented captures."""
    articles = folder / "articles"
    articles.mkdir(parents=True)
    for number in range(count):
        (articles / f"{number:07d}.txt").write_text(article(number, size), encoding="utf-8")
    return folder


class Bench:
    """The rows that were measured: name, what ours is divided by, the ratio and the bar."""

    def __init__(self, runs: int, columns: int, rows: int, colours: str) -> None:
        self.runs, self.columns, self.rows, self.colours = runs, columns, rows, colours
        self.home = tempfile.TemporaryDirectory(prefix="deskreader-bench-")
        self.failed = 0

    @property
    def environ(self) -> dict[str, str]:
        """A remote line, so that nothing is animated, and a home of its own."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        return kept | {
            "HOME": self.home.name, "TERM": "xterm-256color", "SSH_CONNECTION": "10.0.0.1 22 10.0.0.2 22",
            "USER": "ana", "DESKREADER_COLOURS": self.colours, "PYTHONDONTWRITEBYTECODE": "", "COLORTERM": "truecolor",
            "LANG": "C.UTF-8", "TEXTUAL_ANIMATIONS": "none",
        }  # fmt: skip

    def open(self, *command: str) -> Terminal:
        """A terminal that runs a command."""
        return Terminal(command, columns=self.columns, rows=self.rows, environ=self.environ)

    def ours(self, folder: Path) -> Terminal:
        """A terminal that runs Deskreader on a folder."""
        return self.open(sys.executable, "-m", "reader", str(folder))

    def cpu_until(self, *starts: tuple[str, Callable[[], Terminal]]) -> list[float]:
        """Median CPU seconds (user and system) of each start until its marker is on the screen.

        They take turns, so that whatever else the machine does meets them alike.
        """
        taken: list[list[float]] = [[] for _ in starts]
        for _ in range(self.runs + 1):
            for mine, (marker, start) in zip(taken, starts, strict=True):
                with start() as terminal:
                    terminal.wait(marker)
                    terminal.kill()
                    assert terminal.usage is not None
                    mine.append(terminal.usage.ru_utime + terminal.usage.ru_stime)
        return [statistics.median(mine[1:]) for mine in taken]

    def bytes_of(self, terminal: Terminal, key: str, times: int) -> float:
        """Median bytes that one press of a key brings."""
        counts = []
        for _ in range(times):
            before = terminal.sent
            terminal.keys(key)
            terminal.settle(0.25)
            counts.append(terminal.sent - before)
        return statistics.median(counts)

    def row(self, name: str, ours: float, peer: float, unit: str, bar: float | None, against: str) -> None:
        """Print one measured row."""
        ratio = ours / peer if peer else float("inf")
        verdict = "" if bar is None else ("ok" if ratio <= bar else "MISSED")
        self.failed += verdict == "MISSED"
        limit = f"<= {bar:g}" if bar is not None else ""
        print(
            f"{name:<34}{ours:>10.3f}{peer:>10.3f} {unit:<6}{ratio:>8.2f}  {limit:<8}{verdict:<7}{against}", flush=True
        )

    @contextmanager
    def folder(self, count: int, size: int = 5000) -> Iterator[Path]:
        """A workspace that was opened once, so that catalogue and index exist as on any day but the first."""
        with tempfile.TemporaryDirectory(prefix="deskreader-bench-") as name:
            folder = library(Path(name), count, size)
            subprocess.run([sys.executable, "-c", PREPARE, str(folder)], env=self.environ, check=True)
            with self.ours(folder) as terminal:
                terminal.wait("Report 0000000")
                terminal.settle(2.0)
                terminal.keys("ctrl+q")
                terminal.ended()
            yield folder


def first_paint(bench: Bench) -> None:
    """CPU and bytes to the first screen of three panes, against a bare Textual app."""
    with bench.folder(12) as folder:
        bare, ours = bench.cpu_until(
            ("ready-to-read", lambda: bench.open(sys.executable, "-c", BARE)),
            ("Report 0000000", lambda: bench.ours(folder)),
        )
        bench.row("first paint, CPU", ours, bare, "s", 1.3, "a bare Textual app")
        with bench.open(sys.executable, "-c", BARE) as terminal:
            terminal.wait("ready-to-read")
            terminal.settle(1.0)
            plain = terminal.sent
        with bench.ours(folder) as terminal:
            terminal.wait("Report 0000000")
            terminal.settle(2.0)
            bench.row("first settled screen, bytes", terminal.sent, plain, "B", 2.0, "a bare Textual app")


MULTIPLY = """
WITH RECURSIVE row(n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM row WHERE n + 1 < ?)
INSERT INTO articles(
    file, id, inside, title, outlet, published, authors, language, words, comments, added, url, encoding, page
)
SELECT file, printf('%07d.txt', n), inside, printf('Report %07d on the gate', n), outlet, published, authors, language,
    words, comments, added, url, encoding, page
FROM row JOIN articles ON articles.id = printf('%07d.txt', n % 1000)
"""


def multiply(bench: Bench, folder: Path, count: int) -> None:
    """Let the catalogue of a thousand articles hold `count` rows: it says what a million files would have it say."""
    catalogue = folder / ".textual" / "cache" / "catalogue.db"
    with closing(sqlite3.connect(catalogue)) as database:
        database.execute(MULTIPLY, (count,))
        database.execute("UPDATE meta SET value = value + 1 WHERE name = 'generation'")
        database.commit()
    code = "import os, sys; from pathlib import Path; from reader.workspace import Workspace;"
    code += "print(len(Workspace.open(Path(sys.argv[1]), os.environ).library.entries('outlet')))"
    done = subprocess.run([sys.executable, "-c", code, str(folder)], env=bench.environ, check=True, capture_output=True)
    assert int(done.stdout) == count, done


def many_rows(bench: Bench, more: int) -> None:
    """CPU to the first screen with many articles in the catalogue against a thousand."""
    with bench.folder(1000, 500) as few, bench.folder(1000, 500) as many:
        multiply(bench, many, more)
        small, large = bench.cpu_until(
            ("Report 0000000", lambda: bench.ours(few)), ("Report 0000000", lambda: bench.ours(many))
        )
        bench.row(f"first paint, {more} articles, CPU", large, small, "s", 1.05, "1,000 articles")


def keys(bench: Bench) -> None:
    """Bytes of a key in the list and on the page, against less and vim."""
    with bench.folder(40, 30_000) as folder:
        page = str(folder / "articles" / "0000000.txt")
        with bench.open("less", page) as terminal:
            terminal.wait("Report")
            terminal.settle()
            line, screen = bench.bytes_of(terminal, "j", 8), bench.bytes_of(terminal, "space", 3)
        with bench.open(
            "vim", "-u", "NONE", "-N", "-R", "-O", page, str(folder / "articles" / "0000001.txt")
        ) as terminal:
            terminal.wait("Report")
            terminal.settle()
            split = bench.bytes_of(terminal, "ctrl+e", 8)
        with bench.ours(folder) as terminal:
            terminal.wait("Report 0000000")
            terminal.settle(2.0)
            bench.row(
                "cursor move in the list, bytes", bench.bytes_of(terminal, "j", 8), line, "B", 4.0, "less, a line"
            )
            terminal.keys("enter")
            terminal.settle(1.0)
            terminal.keys("2")
            terminal.settle(1.0)
            bar = 1.3 if bench.colours == "16" else 2.7
            bench.row(
                "line scroll of the page, bytes", bench.bytes_of(terminal, "j", 8), split, "B", bar, "vim -R, split"
            )
            bench.row("page scroll, bytes", bench.bytes_of(terminal, "space", 3), screen, "B", 1.5, "less, a page")
            before = terminal.sent
            terminal.settle(5.0)
            quiet = terminal.sent - before
            print(
                f"{'bytes when idle for 5 s':<34}{quiet:>10}{'':>17}{'':>8}  {'0':<8}{'ok' if not quiet else 'MISSED'}"
            )
            bench.failed += bool(quiet)


def large_article(bench: Bench) -> None:
    """CPU to open an article of a megabyte against one of five kilobytes."""
    with bench.folder(1, 5000) as small, bench.folder(1, 1_000_000) as large:

        def opened(folder: Path) -> float:
            with bench.ours(folder) as terminal:
                terminal.wait("Report 0000000")
                terminal.settle(1.0)
                terminal.keys("enter")
                terminal.wait("By Lena Mardini")
                terminal.settle(0.5)
                terminal.kill()
                assert terminal.usage is not None
                return terminal.usage.ru_utime + terminal.usage.ru_stime

        taken = [(opened(large), opened(small)) for _ in range(bench.runs)]
        ours, peer = (statistics.median(each) for each in zip(*taken, strict=True))
        bench.row("1 MB article open, CPU", ours, peer, "s", 1.2, "a 5 KB article")


def latency(bench: Bench, count: int) -> None:
    """Milliseconds from a key to what it paints, with many articles."""
    with bench.folder(count, 1000) as folder, bench.ours(folder) as terminal:
        terminal.wait("Report 0000000")
        terminal.settle(3.0)
        taken = []
        for key in ["j"] * 30 + ["enter"] + ["space", "b", "j", "k"] * 10 + ["J", "K"] * 8 + ["1", "2", "3", "1"] * 4:
            before = terminal.sent
            start = time.perf_counter()
            terminal.keys(key)
            while terminal.sent == before and time.perf_counter() - start < 1:
                terminal.pump(0.001)
            if terminal.sent > before:
                taken.append((time.perf_counter() - start) * 1000)
            terminal.settle(0.1)
        taken.sort()
        p95 = taken[int(len(taken) * 0.95)]
        print(
            f"{'key to paint, p95 of ' + str(len(taken)):<34}{p95:>10.1f}{'':>10} ms    {'':>8}"
            f"  <= 33   {count} articles"
        )


def main() -> int:
    """Measure and print; exit status 1 where a bar was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--size", default="80x24", help="columns x rows")
    parser.add_argument("--colours", default="16", choices=("16", "256", "full"))
    parser.add_argument("--many", type=int, default=1_000_000, help="articles of the large library")
    parser.add_argument("--only", nargs="*", choices=("paint", "many", "keys", "large", "latency"))
    chosen = parser.parse_args()
    columns, rows = map(int, chosen.size.split("x"))
    bench = Bench(chosen.runs, columns, rows, chosen.colours)
    print(
        f"{chosen.size}, {chosen.colours} colours, median of {chosen.runs}\n"
        f"{'':<34}{'ours':>10}{'peer':>10} {'':<6}{'ratio':>8}  bar"
    )
    parts: dict[str, Callable[[], None]] = {
        "paint": lambda: first_paint(bench), "keys": lambda: keys(bench), "large": lambda: large_article(bench),
        "many": lambda: many_rows(bench, chosen.many), "latency": lambda: latency(bench, 10_000),
    }  # fmt: skip
    for name, part in parts.items():
        if not chosen.only or name in chosen.only:
            part()
    bench.home.cleanup()
    return 1 if bench.failed else 0


if __name__ == "__main__":
    sys.exit(main())
