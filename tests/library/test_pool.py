"""Worker processes: a file that hangs, eats memory or breaks its parser costs one worker and nothing else.

The hostile parser is put into the worker by a `sitecustomize` module on its path: what a file says, happens.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import DeskreaderError
from reader.library.parsing import Task, itself
from reader.library.pool import Pool
from reader.library.worker import NICE

HOSTILE = """
import os, signal, sys, time
import reader.library.parsing as parsing
real = parsing.parse
def parse(task, data):
    if data.startswith(b"spin"):
        while True:
            pass
    if data.startswith(b"sleep"):
        time.sleep(1000)
    if data.startswith(b"eat"):
        bytearray(4_000_000_000)
    if data.startswith(b"nest"):
        def down(): return down()
        down()
    if data.startswith(b"raise"):
        raise KeyError("a\\x1b[31mb")
    if data.startswith(b"abort"):
        os.kill(os.getpid(), signal.SIGSEGV)
    if data.startswith(b"exit"):
        sys.exit(3)
    return real(task, data)
parsing.parse = parse
"""


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have workers start with a parser that does what the file says."""
    place = tmp_path / "site"
    place.mkdir()
    (place / "sitecustomize.py").write_text(HOSTILE)
    monkeypatch.syspath_prepend(str(place))


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool(size=2, time_limit=1.0)
    yield made
    made.close()


def tasks(folder: Path, **files: str) -> list[Task]:
    made = []
    for name, text in files.items():
        (folder / name).write_text(text)
        made.append(Task(folder, name.encode(), str(folder / name), make=itself))
    return made


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("spin", "more than 1 second"),
        ("sleep", "more than 1 second"),
        ("eat", "memory"),
        ("nest", "nested"),
        ("raise", "KeyError"),
        ("abort", "break down"),
        ("exit", "break down"),
    ],
)
def test_a_hostile_file_is_a_reason_and_the_others_are_read(tmp_path: Path, pool: Pool, text: str, word: str) -> None:
    files = {f"good{number}": f"Headline {number}\n\nSome words." for number in range(6)}
    results = list(pool.run(tasks(tmp_path, bad=text, **files)))
    assert sorted(result.relative.decode() for result in results) == sorted(["bad", *files])
    for result in results:
        if result.relative == b"bad":
            assert word in result.reason
            assert "\x1b" not in result.reason
            assert result.advice
        else:
            assert result.reason == ""
            assert result.made


@pytest.mark.usefixtures("hostile")
def test_many_hostile_files_at_once(tmp_path: Path, pool: Pool) -> None:
    files = {f"bad{number}": ("abort", "raise", "exit")[number % 3] for number in range(9)}
    results = list(pool.run(tasks(tmp_path, **files, good="Headline\n\nWords.")))
    assert len(results) == 10
    assert [result.relative for result in results if not result.reason] == [b"good"]


def test_workers_stay_for_the_next_run_and_go_with_the_pool(tmp_path: Path) -> None:
    pool = Pool(size=1)
    order = tasks(tmp_path, a="Headline\n\nWords.")
    list(pool.run(order))
    (process,) = [worker.process for worker in pool._workers]
    list(pool.run(order))
    assert [worker.process for worker in pool._workers] == [process]
    pool.close()
    assert process.poll() is not None


LONELY = """
import sys, time
from pathlib import Path
from reader.library.parsing import Task
from reader.library.pool import Pool
pool = Pool(size=1)
assert not pool.started
for _ in pool.run([Task(Path(sys.argv[1]), b"a", "a")]):
    print(pool._workers[0].process.pid, pool.started, flush=True)
time.sleep(1000)
"""


def test_a_worker_that_waits_for_work_goes_with_the_program_however_that_ends(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("Headline\n\nWords.")
    command = [sys.executable, "-c", LONELY, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        pid, started = program.stdout.readline().split()
        assert started == "True"
        place = Path("/proc", pid, "cmdline")
        assert b"reader.library.worker" in place.read_bytes()
        program.kill()
    deadline = time.monotonic() + 30
    while place.exists() and place.read_bytes():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_workers_let_whoever_reads_and_types_go_first(tmp_path: Path, pool: Pool) -> None:
    list(pool.run(tasks(tmp_path, a="Headline\n\nWords.")))
    (worker,) = pool._workers
    assert os.getpriority(os.PRIO_PROCESS, worker.process.pid) >= NICE
    group = Path("/proc", str(worker.process.pid), "autogroup")
    if group.exists():
        assert group.read_text().endswith(f" nice {NICE}\n")


def test_a_worker_that_was_ended_while_idle_costs_nothing(tmp_path: Path, pool: Pool) -> None:
    order = tasks(tmp_path, a="Headline\n\nWords.")
    list(pool.run(order))
    for worker in pool._workers:
        os.kill(worker.process.pid, signal.SIGKILL)
    assert [result.reason for result in pool.run(order)] == [""]


def test_a_run_that_is_given_up_leaves_the_pool_usable(tmp_path: Path, pool: Pool) -> None:
    order = tasks(tmp_path, **{f"f{number}": f"Headline {number}\n\nWords." for number in range(50)})
    run = pool.run(order)
    next(run)
    run.close()  # type: ignore[attr-defined]
    assert len(list(pool.run(order))) == 50
    assert list(pool.run(order, cancelled=lambda: True)) == []
    assert len(list(pool.run(order))) == 50


def test_the_same_bytes_are_not_parsed_again(tmp_path: Path, pool: Pool) -> None:
    (order,) = tasks(tmp_path, a="Headline\n\nWords.")
    (first,) = pool.run([order])
    known = Task(order.root, order.relative, order.path, known=first.sha256)
    (again,) = pool.run([known])
    assert again.unchanged
    assert again.summaries == ()


def test_when_no_worker_can_start_it_is_said(tmp_path: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    order = tasks(tmp_path, a="words")
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(DeskreaderError, match="parser"):
        list(pool.run(order))
    monkeypatch.setattr("sys.executable", "/bin/true")
    with pytest.raises(DeskreaderError, match="parser"):
        list(pool.run(order))


def test_whoever_takes_long_over_a_result_does_not_make_the_next_files_late(tmp_path: Path) -> None:
    made = Pool(size=2, time_limit=0.6)
    try:
        files = tasks(tmp_path, **{f"{number}.txt": f"Report {number}\n\nThe ferry ran.\n" for number in range(24)})
        results = []
        for result in made.run(files):
            results.append(result)
            if len(results) == 5:
                time.sleep(4)  # longer than a worker may be silent
    finally:
        made.close()
    assert sorted(result.relative for result in results) == sorted(task.relative for task in files)
    assert [result.reason for result in results if result.reason] == []


def test_workers_that_will_be_needed_start_before_there_is_work_for_them(tmp_path: Path) -> None:
    made = Pool(size=2)
    try:
        made.expect(1)
        assert len(made._workers) == 1
        made.expect(100)
        early = {worker.process.pid for worker in made._workers}
        assert len(early) == 2
        order = tasks(tmp_path, **{f"{number}.txt": f"Report {number}\n\nThe ferry ran.\n" for number in range(40)})
        results = made.run(order)
        first = next(results)
        made.expect(100)  # while others are read, nothing waits for this
        assert [result.reason for result in (first, *results)] == [""] * 40
        assert {worker.process.pid for worker in made._workers} == early
    finally:
        made.close()
