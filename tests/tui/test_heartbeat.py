"""No key ever waits 50 ms for the screen while 100,000 articles are read and indexed, and how that is known.

The bar is that of a machine on which `_unit` takes `_UNIT` seconds; see `heartbeat` for what counts.
"""

import asyncio
import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ..heartbeat import TOLD, Heart, beats_in
from ..pty_terminal import Terminal

HOUSE = Path(__file__).parent.parent.parent
ARTICLES = 100_000
A_FILE = 500
"""Articles of a file: services export them so, and a hundred thousand files take far longer to read than to index."""
PATIENCE = 900.0
"""Seconds after which reading and indexing them is given up, on the slowest machine."""
BAR = 0.050
_UNIT = 0.010

pytestmark = pytest.mark.skipif(not TOLD.exists(), reason="this system does not tell how long a thread has waited")


def _unit() -> float:
    """The processor seconds that a fixed piece of work takes here."""
    began = time.thread_time()
    total = 0
    for number in range(200_000):
        total += number % 7
    return max(time.thread_time() - began, 1e-6) if total else 0.0


def _bar() -> float:
    """The bar in seconds of this machine."""
    return BAR * max(1.0, min(_unit() for _ in range(5)) / _UNIT)


def _generate(folder: Path) -> None:
    """Many short articles in invented words."""
    folder.mkdir(parents=True)
    chance = random.Random(4)
    syllables = ["ka", "ri", "mo", "tel", "ban", "su", "gra", "no", "vi", "dal", "fe", "zu"]
    words = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(20_000)]
    for first in range(0, ARTICLES, A_FILE):
        records = (
            {
                "title": f"Report {number} of the river",
                "outlet": f"Wire {number % 60}",
                "date": f"2024-{1 + number % 12:02}-03",
                "text": " ".join(chance.choices(words, k=25)).capitalize() + ".",
            }
            for number in range(first, first + A_FILE)
        )
        lines = "".join(json.dumps(record) + "\n" for record in records)
        (folder / f"export{first:06}.jsonl").write_text(lines, encoding="utf-8")


def _type_until_all_are_found(terminal: Terminal) -> int:
    """Type into the search and move through the list by turns until the search finds all; how many keys that took."""
    chance = random.Random(7)
    keys = 0
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        moves = ["j", "j", "pagedown", "j", "G", "pageup", "k", "g"]
        words = [*chance.choice(["telban kari", "report 12", "rivr", "outlet:wire su"]), "ctrl+u", *"river"]
        for key in [*moves, "s", *words]:
            terminal.keys(key)
            terminal.settle(0.1)
            keys += 1
        terminal.settle(0.3)
        if f"{ARTICLES:,} articles" in terminal.screen.display[0]:
            return keys
        terminal.keys("ctrl+u", "escape")
        terminal.wait("SOURCES")
    raise AssertionError(f"never found all\n{terminal.text}")


def test_no_key_waits_for_the_index(tmp_path: Path, own_home: Path) -> None:
    root, told = tmp_path / "desk", tmp_path / "beats.json"
    _generate(root / "articles")
    environ = {"PATH": os.environ["PATH"], "HOME": str(own_home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "tests.heartbeat", str(told), str(root)]
    with Terminal(command, columns=100, rows=30, environ=environ, cwd=HOUSE) as terminal:
        terminal.wait("SOURCES")
        assert _type_until_all_are_found(terminal) > 50
        terminal.keys("escape", "ctrl+q")
        assert terminal.ended() == 0
    beats, bar = beats_in(told), _bar()
    assert len(beats) > 500
    slow = sorted((beat for beat in beats if beat.held > bar), key=lambda beat: -beat.held)
    assert not slow, [(round(beat.held * 1000), beat) for beat in slow[:5]]


def _held_by(work: Callable[[], object], *, beside: bool) -> float:
    """The longest time for which the loop is held while a thread, or the loop itself, works."""

    async def beating() -> float:
        heart = Heart()
        heart.begin()
        await asyncio.sleep(0.05)
        if beside:
            await asyncio.to_thread(work)
        else:
            work()
        await asyncio.sleep(0.05)
        heart.stop()
        return max(beat.held for beat in heart.beats)

    return asyncio.run(beating())


def _without_a_pause() -> None:
    """A single call that keeps the interpreter for 60 ms or a little longer."""
    number, taken = 50_000, 0.0
    while taken < 0.060:
        number += number // 2
        began = time.thread_time()
        sum(range(number))
        taken = time.thread_time() - began


def _with_pauses() -> None:
    """More work, on the way of which the interpreter is given to who waits for it."""
    began = time.thread_time()
    while time.thread_time() - began < 0.3:
        _unit()


@pytest.mark.parametrize("beside", [False, True], ids=["on the loop", "in a thread"])
def test_a_call_of_60_ms_that_gives_nobody_a_turn_is_noticed(beside: bool) -> None:
    # Who waits for a turn asks again after each interval: on a busy machine many short ones look like waiting for a
    # processor, and what both threads waited for one at the same time is taken for twice as much. Once is enough.
    before = sys.getswitchinterval()
    sys.setswitchinterval(BAR)
    try:
        assert any(_held_by(_without_a_pause, beside=beside) > BAR for _ in range(20))
    finally:
        sys.setswitchinterval(before)


def test_a_thread_that_waits_or_takes_turns_holds_nothing() -> None:
    assert _held_by(lambda: time.sleep(0.2), beside=True) < _bar()
    assert _held_by(_with_pauses, beside=True) < _bar()


def test_a_lock_that_a_step_waits_for_is_noticed() -> None:
    lock = threading.Lock()
    lock.acquire()
    threading.Timer(0.5, lock.release).start()
    assert _held_by(lock.acquire, beside=False) > BAR
