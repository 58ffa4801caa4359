"""How fast a library is read and opened: two ratios, from captures that this command makes itself.

`scan`: captures of 5 KB read, classified and catalogued, beside jusText over the same captures as HTML paragraphs
with as many processes. `open`: an unchanged library compared with its catalogue, beside
`find -printf '%s %T@\\n'` over it. The bars are 1.0 and 2.0. Times are wall-clock; on a machine that has other things
to do, the ratio of the processor time of all processes tells more.
"""

import argparse
import multiprocessing
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reader.library.library import Library
from reader.library.pool import processors

TEXT = """harbour ferry engine council storm winter quay letter engineer spillway gate water village market
road army police doctor school family report figure Monday spokesman ministry region river bridge supply fuel
price witness officer said told asked after before under between against during without several many few
other"""
WORDS = TEXT.split()
MENU = ("Home", "World", "Politics", "Sport", "Weather", "Subscribe", "Sign in", "Share this", "Tweet", "Most read")


def capture(chance: random.Random, number: int, size: int) -> str:
    """A capture with menu, headline, byline, body and a few comments, of about `size` characters."""
    outlet = f"Outlet {number % 40}"
    lines = [outlet, *MENU, "", _sentence(chance, 8).rstrip("."), f"By {_name(chance)}", "April 21, 2015", ""]
    length = sum(map(len, lines))
    while length < size * 0.8:
        paragraph = " ".join(_sentence(chance, chance.randrange(9, 26)) for _ in range(chance.randrange(2, 5)))
        lines += [paragraph, ""]
        length += len(paragraph)
    lines += ["3 comments", ""]
    while length < size:
        comment = _sentence(chance, 14)
        lines += [f"{_name(chance)} says:", comment, "Reply", ""]
        length += len(comment) + 20
    return "\n".join([*lines, f"Copyright {outlet}. All rights reserved."])


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize() + "."


def _name(chance: random.Random) -> str:
    return f"{chance.choice(WORDS).capitalize()} {chance.choice(WORDS).capitalize()}"


def make(folder: Path, count: int, size: int) -> None:
    """Captures in folders of a thousand, unless they are there from the last time."""
    chance = random.Random(count)
    for number in range(count):
        path = folder / f"{number // 1000:04}" / f"{number:07}.txt"
        if number % 1000 == 0:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(capture(chance, number, size), encoding="utf-8")


@dataclass(frozen=True)
class Cost:
    """Seconds that something took by the clock, and of processors, its child processes included."""

    wall: float
    processor: float


def timed(work: Callable[[], object]) -> Cost:
    """What `work` costs; its child processes must have ended with it."""
    wall, processor = time.perf_counter(), _processor()
    work()
    return Cost(time.perf_counter() - wall, _processor() - processor)


def _processor() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def scan(folder: Path, state: Path) -> None:
    """Read the whole library into its catalogue."""
    library = Library(folder, state)
    for _ in library.refresh():
        pass
    problems = library.problems()
    library.close()
    if problems:
        sys.exit(f"{len(problems)} captures could not be read: {problems[0]}")


def justext_one(path: str) -> int:
    """jusText over one capture, its lines as paragraphs."""
    import html

    import justext

    text = Path(path).read_text(encoding="utf-8")
    page = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n") if line)
    found = justext.justext(f"<html><body>{page}</body></html>", justext.get_stoplist("English"))
    return sum(not paragraph.is_boilerplate for paragraph in found)


def justext_all(paths: list[str]) -> None:
    """jusText over all captures with as many processes as there are processors."""
    with multiprocessing.get_context("spawn").Pool(processors()) as pool:
        for _ in pool.imap_unordered(justext_one, paths, chunksize=16):
            pass


def find(folder: Path) -> None:
    """What the open is measured by."""
    subprocess.run(["find", str(folder), "-printf", "%s %T@\\n"], stdout=subprocess.DEVNULL, check=True)


def measure_scan(folder: Path, count: int) -> None:
    """Print the time of a first scan beside that of jusText."""
    paths = [str(path) for path in sorted(folder.rglob("*.txt"))]
    with tempfile.TemporaryDirectory() as state:
        ours = timed(lambda: scan(folder, Path(state)))
    memory, worker = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    each = f"{1000 * ours.wall / count:5.2f} ms each"
    print(f"scan   {count:>8,} captures   {ours.wall:8.2f} s   {each}   {memory} MB here, {worker} MB a worker")
    try:
        import justext  # noqa: F401
    except ImportError:
        print("scan   jusText is not installed: no ratio")
        return
    theirs = timed(lambda: justext_all(paths))
    ratio, processor = ours.wall / theirs.wall, ours.processor / theirs.processor
    both = f"ratio {ratio:.2f}   (bar 1.0)   of processor time {processor:.2f}"
    print(f"scan   jusText             {theirs.wall:8.2f} s   {both}")


def measure_open(folder: Path, state: Path, count: int, repeat: int) -> None:
    """Print the time of comparing an unchanged library beside that of `find`."""
    scan(folder, state)
    os.sync()

    def again() -> None:
        library = Library(folder, state)
        for progress in library.refresh():
            if progress.total:
                sys.exit("a file was read again")
        library.close()

    ours = min(timed(again).wall for _ in range(repeat))
    theirs = min(timed(lambda: find(folder)).wall for _ in range(repeat))
    print(f"open   {count:>8,} captures   {1000 * ours:8.1f} ms")
    print(f"open   find                {1000 * theirs:8.1f} ms   ratio {ours / theirs:.2f}   (bar 2.0)")


def main() -> None:
    """Make captures, measure, print, and clean up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scan", type=int, default=10_000, metavar="N", help="captures to scan (0: none)")
    parser.add_argument("--open", type=int, default=100_000, metavar="N", help="captures to open (0: none)")
    parser.add_argument("--size", type=int, default=5000, help="characters of a capture that is scanned")
    parser.add_argument("--repeat", type=int, default=5, help="how often opening is measured; the best counts")
    arguments = parser.parse_args()
    base = Path(tempfile.mkdtemp(prefix="deskreader-library-"))
    try:
        if arguments.scan:
            make(base / "scan", arguments.scan, arguments.size)
            measure_scan(base / "scan", arguments.scan)
        if arguments.open:
            make(base / "open", arguments.open, 200)
            measure_open(base / "open", base / "state", arguments.open, arguments.repeat)
    finally:
        shutil.rmtree(base)


if __name__ == "__main__":
    main()
