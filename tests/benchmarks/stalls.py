"""How long the screen's own thread is held while boards open over many notes, and while notes are changed.

Run: python -m tests.benchmarks.stalls [--notes 10000] [--disk 0]
Every line is one thing that an analyst does by keys. What counts is the longest single step of the event loop, for
meanwhile no key is answered: on the clock, in processor time of that thread (a busy machine does not decide), and as
a ratio to the longest step in which a bare Textual app shows another screen. `--disk` is how many milliseconds every
fsync takes longer.
"""

import argparse
import asyncio
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from reader.annotations.annotation import Annotation, Stance, Target
from reader.annotations.files import Files
from reader.annotations.identity import new_id, system_clock, timestamp
from reader.annotations.layout import Layout
from reader.annotations.w3c import dumps, to_json
from reader.capture.pipeline import articles_of
from reader.text.span import Span
from reader.tui.application import Application
from reader.tui.screens.board import Board
from reader.tui.screens.pick import Pick
from reader.workspace import Workspace

BAR: Final = 50.0
"""Milliseconds that nothing may hold the screen."""
PER_ARTICLE: Final = 20


class Watch:
    """Times every step of the event loop, and looks where the long ones are."""

    def __init__(self) -> None:
        self.wall = self.processor = 0.0
        self.places: Counter[str] = Counter()
        self._began = 0.0
        self._ends = threading.Event()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch the loop of this thread for the length of a block."""
        run = asyncio.Handle._run

        def timed(handle: asyncio.Handle) -> None:
            self._began, worked = time.perf_counter(), time.thread_time()
            run(handle)
            self.wall = max(self.wall, (time.perf_counter() - self._began) * 1000)
            self.processor = max(self.processor, (time.thread_time() - worked) * 1000)
            self._began = 0.0

        asyncio.Handle._run = timed  # type: ignore[method-assign]
        looking = threading.Thread(target=self._look, args=(threading.get_ident(),))
        looking.start()
        try:
            yield
        finally:
            asyncio.Handle._run = run  # type: ignore[method-assign]
            self._ends.set()
            looking.join()

    def _look(self, thread: int) -> None:
        """In a thread: note where the watched one is whenever it is held for long."""
        while not self._ends.wait(0.005):
            if self._began and time.perf_counter() - self._began > BAR / 2000:
                frames = [frame for frame, _ in traceback.walk_stack(sys._current_frames()[thread])]
                own = [one for one in frames if not one.f_code.co_filename.startswith("<frozen")]
                self.places[" < ".join(f"{one.f_code.co_name}:{one.f_lineno}" for one in own[:6])] += 1


class Bare(App[None]):
    """A Textual app that shows another screen."""

    def compose(self) -> ComposeResult:
        """A word."""
        yield Static("first")


class Second(Screen[None]):
    """The other screen."""

    def compose(self) -> ComposeResult:
        """As many words as there are rows."""
        for number in range(30):
            yield Static(f"row {number}")


_SAID: Final = (
    "The clerk of the water board said on Monday that gate {0} would be shut before the evening.",
    "Nobody had seen the letter of the {0} since the storm, and the council waited for an answer.",
    "“We asked the engineers {0} times,” said the woman who had come with the boat.",
)


def article(number: int, size: int) -> str:
    """An invented article of about `size` characters."""
    lines = [f"Report {number:05d} on the gate", "", "By Lena Mardini", "", "4 March 2024", ""]
    for at in range(size // 270):
        lines += [" ".join(said.format(number * 100 + at) for said in _SAID), ""]
    return "\n".join(lines)


def fill(root: Path, notes: int) -> None:
    """A folder of captures with that many notes of two analysts, a claim, and some passages that are gone."""
    layout = Layout(root / ".textual", "ana", Files())
    (root / "articles").mkdir(parents=True)
    for number in range(-(-notes // PER_ARTICLE)):
        name = f"{number:05d}.txt"
        text = article(number, 6000)
        (root / "articles" / name).write_text(text, encoding="utf-8")
        (capture,) = articles_of(name, name, text.encode())
        folder = layout.path_for("x", name, False).parent
        folder.mkdir(parents=True, exist_ok=True)
        for at in range(PER_ARTICLE):
            start = 60 + 250 * (at - (at % 6 == 3))
            stamp = timestamp(system_clock())
            words = capture.text[start : start + 80]
            lost = number % 50 == 0
            passage = Target(
                name, "0" * 64 if lost else capture.text_sha256, Span(start, start + len(words)), words[::-1] if lost
                else words, capture.text[max(0, start - 64) : start], capture.text[start + 80 : start + 144],
                Stance.SUPPORTS if at == 0 else None,
            )  # fmt: skip
            one = Annotation(
                new_id(system_clock()), "ana" if at % 3 else "ben", stamp, stamp, (passage,),
                f"note {number} {at} " * 3, (f"tag{at % 7}", f"word{number % 40}"), "doubt",
                kind="claim" if at == 0 and number % 10 == 0 else "note",
            )  # fmt: skip
            layout.path_for(one.id, name, False).write_bytes(dumps(to_json(one)))


async def until(pilot: Pilot[Any], answered: Callable[[], object]) -> None:
    """Let the program work until something is so."""
    for _ in range(12_000):
        if answered():
            return
        await pilot.pause(0.005)
    raise AssertionError("never so")


async def bare() -> float:
    """Milliseconds of the longest step in which a bare app shows another screen, the best of five."""
    best = 1e9
    async with Bare().run_test(size=(120, 40)) as pilot:
        for _ in range(5):
            watch = Watch()
            with watch.watching():
                await pilot.app.push_screen(Second())
                await pilot.pause(0.1)
            await pilot.app.pop_screen()
            best = min(best, watch.processor)
    return best


BOARDS: Final = {
    "all notes": (",", "n"), "review": (",", "r"), "codebook": (",", "t"), "agreement": (",", "a"),
    "tags against outlets": (",", "x"), "claims": (",", "c"), "trash": (",", "d"), "unfinished": (",", "o"),
    "earlier states": (",", "h"), "tag of a note": ("t",), "claim of a note": ("+",), "grades": (",", "g"),
}  # fmt: skip


class Run:
    """The program over the folder, and what was measured of it."""

    def __init__(self, pilot: Pilot[Any], unit: float) -> None:
        self.pilot, self.unit = pilot, unit
        self.over: list[str] = []

    @property
    def app(self) -> Application:
        """The program."""
        assert isinstance(self.pilot.app, Application)
        return self.pilot.app

    async def do(self, what: str, keys: tuple[str, ...], done: Callable[[], object]) -> None:
        """Press keys, wait until it is done, and tell what held the screen longest."""
        watch = Watch()
        with watch.watching():
            began = time.perf_counter()
            await self.pilot.press(*keys)
            await until(self.pilot, done)
            took = (time.perf_counter() - began) * 1000
            await self.pilot.pause(0.3)
        print(
            f"{what:<26}{watch.wall:8.1f} ms  processor {watch.processor:7.1f} ms"
            f" = {watch.processor / self.unit:6.1f} x a bare screen; there after {took:7.0f} ms"
        )
        if watch.processor > BAR:
            self.over.append(what)
            for place, times in watch.places.most_common(3):
                print(f"    {times} x in {place}")

    def shown(self, kind: type[Pick]) -> bool:
        """Whether a list with its rows is on the screen."""
        screen = self.app.screen
        return isinstance(screen, kind) and screen.is_mounted and not screen.gathering


async def measure(root: Path, unit: float) -> list[str]:
    """Go through the boards and some changes by keys; what held the screen for too long."""
    environ = {"HOME": str(root), "USER": "ana", "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    workspace = Workspace.open(root, environ)
    app = Application(workspace, environ=environ)
    async with app.run_test(size=(120, 40)) as pilot:
        run = Run(pilot, unit)
        screen = app.main_screen
        await run.do("start", (), lambda: screen.article is not None and screen._note_counts and
                     app.background.indexed == 1.0)  # fmt: skip
        await run.do("next article", ("2", "J"), lambda: len(screen.placed) >= PER_ARTICLE)
        await run.do("next note", ("]", "]"), lambda: screen.current_note is not None)
        for what, keys in BOARDS.items():
            await run.do(what, keys, lambda: run.shown(Pick))
            if what == "all notes":
                await run.do("  filter, a letter", ("slash", "n"), lambda: True)
                await run.do("  filter, a field", tuple("ote"), lambda: True)
                await pilot.press("escape", *keys)
                await until(pilot, lambda: run.shown(Board))
                await run.do("  group by tag", ("o",), lambda: True)
            await pilot.press("escape")
            await pilot.pause(0.1)
        count = lambda: len(workspace.store.of(screen.article.id if screen.article else ""))  # noqa: E731
        before = count()
        await run.do("mark a sentence", ("2", "v", "s", "enter"), lambda: count() == before + 1)
        await run.do("undo", ("u",), lambda: count() == before)
        await pilot.press("v", "s", "a", "w", "o", "r", "d")
        await run.do("save a note", ("escape",), lambda: count() == before + 1 and not screen.editing)
        await pilot.press(",", "n", "slash", *"word3", "tab")
        await until(pilot, lambda: run.shown(Board))
        await pilot.press("X", "t", *"bulk")
        await run.do("tag many notes", ("enter",), lambda: not app.saving.going_on and run.shown(Board))
        print(f"    {sum('bulk' in one.tags for one in workspace.store.all())} of them")
    workspace.close()
    return run.over


def main() -> None:
    """Fill a folder, then measure on it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--disk", type=float, default=0.0, help="milliseconds that every fsync takes longer")
    chosen = parser.parse_args()
    if chosen.disk:
        gate = Files.gate

        def slow(files: Files, call: str, path: Path, act: Callable[[], Any]) -> Any:
            if call.startswith("sync"):
                time.sleep(chosen.disk / 1000)
            return gate(files, call, path, act)

        Files.gate = slow  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "desk"
        fill(root, chosen.notes)
        unit = asyncio.run(bare())
        print(f"a bare screen holds the loop for {unit:.1f} ms")
        over = asyncio.run(measure(root, unit))
        print(f"longer than {BAR:.0f} ms: {', '.join(over) or 'nothing'}")
        raise SystemExit(bool(over))


if __name__ == "__main__":
    main()
