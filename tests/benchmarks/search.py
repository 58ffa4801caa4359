"""How well and how fast search answers, beside the programs that people use instead.

    python tests/benchmarks/search.py --sizes 1000 10000 100000

Makes its own corpus (see corpus.py), builds the index, types 200 queries for known articles letter by
letter, and prints quality, times, sizes and memory; ripgrep, fzf and SQLite FTS5 run over the same text
where they are installed. Times of ours are CPU time of one thread, those of the peers the best wall time
of three runs.
"""

import argparse
import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from corpus import Corpus, Question

from reader.capture.article import Article, Block, Kind, Metadata, Value
from reader.search.engine import Search
from reader.search.records import record_of
from reader.text.span import Span

_SHARD = 2_000
_TOP = 10
_BATCH = 1_000


def main() -> None:
    """Runs the sizes that are asked for, each in a folder that is removed afterwards."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000], help="articles in each corpus")
    parser.add_argument("--queries", type=int, default=200, help="known articles to seek (default 200)")
    parser.add_argument("--keep", type=Path, help="keep corpora and indexes in this folder, and use what is there")
    parser.add_argument("--no-peers", action="store_true", help="do not run ripgrep, fzf and FTS5")
    parser.add_argument("--seek", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--missed", action="store_true", help="print the queries whose article was not found")
    request = parser.parse_args()
    if request.seek:
        print(json.dumps(_seek(request.seek, request.sizes[0], request.queries, request.missed)))
        return
    first: dict[str, float] = {}
    for size in request.sizes:
        root = request.keep or Path(tempfile.mkdtemp(prefix="search-benchmark-"))
        try:
            figures = _measure(root / str(size), size, request)
        finally:
            if not request.keep:
                shutil.rmtree(root, ignore_errors=True)
        first = first or figures
        print(f"  p95 / p95 of the first size               {figures['p95'] / first['p95']:8.2f}")


def _measure(folder: Path, size: int, request: argparse.Namespace) -> dict[str, float]:
    """One size: corpus, index, queries, peers."""
    print(f"\n{size:,} articles", flush=True)
    texts = folder / "texts"
    if not texts.exists():
        _write_corpus(Corpus(size), texts)
    megabytes = sum(path.stat().st_size for path in texts.iterdir()) / 1e6
    print(f"  text                                      {megabytes:8.1f} MB", flush=True)
    index = folder / "state"
    if not (index / "cache").exists():
        built = _build(index, texts)
        print(f"  build                                     {megabytes / built['cpu']:8.1f} MB/s of CPU", flush=True)
        print(f"  build, wall                               {megabytes / built['wall']:8.1f} MB/s")
        print(f"  build, CPU with the words loaded          {megabytes / built['warm']:8.1f} MB/s")
        print(f"  memory while building                     {built['memory']:8.0f} MB")
        if not request.no_peers:
            other = _build_fts5(folder / "fts5.db", texts)
            print(f"  build / SQLite FTS5 (CPU)                 {other[0] / built['cpu']:8.2f}")
            print(f"  build / SQLite FTS5 (wall)                {other[1] / built['wall']:8.2f}", flush=True)
    stored = sum(path.stat().st_size for path in (index / "cache").rglob("*") if path.is_file()) / 1e6
    print(f"  index / text                              {stored / megabytes:8.2f}")
    command = [sys.executable, __file__, "--seek", str(index), "--sizes", str(size)]
    command += ["--queries", str(request.queries)] + (["--missed"] if request.missed else [])
    figures: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    for name, value in figures.items():
        print(f"  {name:<40}  {value:8.3f}", flush=True)
    if not request.no_peers:
        _peers(texts, figures["p95"])
    return figures


def _write_corpus(corpus: Corpus, texts: Path) -> None:
    """One article a line, two thousand lines a file."""
    texts.mkdir(parents=True)
    shard: list[str] = []
    for number, written in enumerate(corpus.articles(), 1):
        shard.append(f"{written.name}\t{written.text.replace(chr(10), ' ')}")
        if number % _SHARD == 0 or number == corpus.count:
            (texts / f"{number:08}.txt").write_text("\n".join(shard) + "\n", encoding="utf-8")
            shard.clear()


def _lines(texts: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(texts.iterdir()):
        for line in path.read_text(encoding="utf-8").splitlines():
            name, text = line.split("\t", 1)
            yield name, text


def _article(name: str, text: str) -> Article:
    cut = text.index(" ", 40)
    blocks = (Block(Kind.TITLE, Span(0, cut), ""), Block(Kind.BODY, Span(cut + 1, len(text)), ""))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(name, name, digest, text, blocks, Metadata(title=Value(text[:cut], "")))


def _build(index: Path, texts: Path) -> dict[str, float]:
    """Builds the index in batches, as the program does, until all of it is found and on disk; reading the corpus is
    not counted. Loading the words at the end, as each start does, is given apart: the peers know none.
    """
    outside_cpu = outside_wall = 0.0
    cpu, wall = time.process_time(), time.perf_counter()
    search = Search(index)
    batches = _batches(texts)
    while True:
        cpu_began, wall_began = time.thread_time(), time.perf_counter()
        articles = [_article(*line) for line in next(batches, [])]
        outside_cpu += time.thread_time() - cpu_began
        outside_wall += time.perf_counter() - wall_began
        if not articles:
            break
        search.update(map(record_of, articles), more=True)
    search.settle()
    spent = {"cpu": time.process_time() - cpu - outside_cpu, "wall": time.perf_counter() - wall - outside_wall}
    search.warm()
    spent |= {"warm": time.process_time() - cpu - outside_cpu, "memory": _memory("VmHWM")}
    search.close()
    return spent


def _batches(texts: Path) -> Iterator[list[tuple[str, str]]]:
    source = _lines(texts)
    while batch := list(islice(source, _BATCH)):
        yield batch


def _build_fts5(path: Path, texts: Path) -> tuple[float, float]:
    """CPU and wall seconds in which SQLite indexes the same text, in one thread and one transaction that is on disk
    at the end; reading is not counted.
    """
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute("create virtual table page using fts5(body, content = '')")
    cpu = wall = 0.0
    number = 0
    for batch in _batches(texts):
        cpu_began, wall_began = time.process_time(), time.perf_counter()
        for _, text in batch:
            database.execute("insert into page(rowid, body) values (?, ?)", (number, text))
            number += 1
        cpu += time.process_time() - cpu_began
        wall += time.perf_counter() - wall_began
    cpu_began, wall_began = time.process_time(), time.perf_counter()
    database.commit()
    database.close()
    spent = cpu + time.process_time() - cpu_began, wall + time.perf_counter() - wall_began
    path.unlink()
    return spent


def _seek(index: Path, size: int, queries: int, missed: bool) -> dict[str, float]:
    """Quality and keystroke times, in a process that does nothing else."""
    began = time.perf_counter()
    search = Search(index)
    opened = time.perf_counter() - began
    began = time.process_time()
    search.warm()
    loaded = time.process_time() - began
    questions = Corpus(size).questions(queries)
    figures = {"opened (ms)": opened * 1000, "words loaded (CPU s)": loaded}
    figures |= _quality(search, questions, missed)
    times = []
    for question in questions:
        for end in range(1, len(question.text) + 1):
            start = time.thread_time()
            search.search(question.text[:end], limit=50)
            times.append((time.thread_time() - start) * 1000)
    times.sort()
    figures |= {
        "p50": times[len(times) // 2],
        "p95": times[int(len(times) * 0.95)],
        "p99": times[int(len(times) * 0.99)],
    }
    figures |= {"memory (MB)": _memory("VmRSS"), "memory, own (MB)": _memory("RssAnon")}
    return figures | _fresh(search)


def _quality(search: Search, questions: list[Question], missed: bool) -> dict[str, float]:
    """recall@10 and mean reciprocal rank, in all and by kind."""
    ranks: dict[str, list[float]] = {}
    for question in questions:
        found = [result.id for result in search.search(question.text, limit=_TOP).results]
        rank = found.index(question.article) + 1 if question.article in found else 0
        ranks.setdefault(question.kind, []).append(1 / rank if rank else 0.0)
        if missed and not rank:
            print(f"missed: {question}", file=sys.stderr)
    everything = [one for some in ranks.values() for one in some]
    figures = {"recall@10": _share(everything), "MRR": sum(everything) / len(everything)}
    return figures | {f"recall@10, {kind}": _share(some) for kind, some in ranks.items()}


def _share(ranks: list[float]) -> float:
    return sum(1 for one in ranks if one) / len(ranks)


def _fresh(search: Search) -> dict[str, float]:
    """Milliseconds until a changed article is found, and until a burst of a thousand is."""
    times = []
    for number in range(5):
        word = f"zyxo{'abcde'[number]}quat"
        began = time.perf_counter()

        def found(_: int, word: str = word, began: float = began) -> None:
            assert search.search(word).results
            times.append((time.perf_counter() - began) * 1000)

        said = f"{word} " + "and so it was said again " * 40
        search.update([record_of(_article("outlet-01/0000001.txt", said))], progress=found)
    burst = [_article(f"burst/{number}.txt", f"flurrying article {number} " * 200) for number in range(1000)]
    began = time.perf_counter()
    bursts = []

    def burst_found(_: int) -> None:
        if search.search("flurrying").matched >= len(burst):
            bursts.append(time.perf_counter() - began)

    search.update(map(record_of, burst), progress=burst_found)
    return {"changed article found (ms)": max(times), "burst of 1,000 found (s)": bursts[0]}


def _peers(texts: Path, p95: float) -> None:
    """ripgrep and fzf over the same text, one word."""
    word = "government"
    if shutil.which("rg"):
        spent = _best(["rg", "-i", "-c", word, str(texts)])
        print(f"  p95 / rg -i -c                            {p95 / spent:8.4f}   ({spent:.0f} ms)", flush=True)
    if shutil.which("fzf"):
        files = sorted(texts.iterdir())
        with subprocess.Popen(["cat", *map(str, files)], stdout=subprocess.PIPE) as source:
            began = time.perf_counter()
            subprocess.run(["fzf", "--filter", word], stdin=source.stdout, stdout=subprocess.DEVNULL, check=False)
            spent = (time.perf_counter() - began) * 1000
        print(f"  p95 / fzf --filter                        {p95 / spent:8.4f}   ({spent:.0f} ms)", flush=True)


def _best(command: list[str]) -> float:
    """The best wall time of three runs, in milliseconds."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        times.append((time.perf_counter() - began) * 1000)
    return min(times)


def _memory(field: str) -> float:
    """A line of the process's memory status, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    for line in status.read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
