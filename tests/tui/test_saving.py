"""A slow disk holds no key up; nothing is called saved before it is, and nobody leaves before it is."""

import asyncio
import errno
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.pilot import Pilot

from reader.annotations.files import Files
from reader.annotations.store import Store
from reader.tui.application import Application
from reader.tui.screens.tagging import TagPick
from tests.pty_terminal import Terminal

from .desk import application, folder, open_named, ready, typed, until


class Disk:
    """The disk below the annotations: it can be held up, and it can be full."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.free = threading.Event()
        self.free.set()
        self.full = False
        gate = Files.gate

        def slow(files: Files, call: str, path: Path, act: Callable[[], Any]) -> Any:
            if "annotations" in path.parts and call in ("create", "sync"):
                assert self.free.wait(30)
                if self.full:
                    raise OSError(errno.ENOSPC, "No space left on device")
            return gate(files, call, path, act)

        monkeypatch.setattr(Files, "gate", slow)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """A disk that is let go at the end."""
    disk = Disk(monkeypatch)
    yield disk
    disk.free.set()


async def soon(answered: Callable[[], object]) -> None:
    """Wait until something is so, without waiting for the keys that were pressed to be dealt with."""
    for _ in range(1500):
        if answered():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("never so")


def post(app: Application, *keys: str) -> None:
    """Type keys and do not wait for what they do."""
    for key in keys:
        app.post_message(Key(key, key if len(key) == 1 else None))


async def bridge(pilot: Pilot[int]) -> None:
    """The bridge, open, the page in focus."""
    screen = await ready(pilot)
    await open_named(pilot, "bridge.txt")
    await until(pilot, lambda: screen.focused is screen.page)


async def test_keys_go_on_while_a_mark_is_saved_and_what_acts_on_it_waits(tmp_path: Path, disk: Disk) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = app.main_screen
        await bridge(pilot)
        disk.free.clear()
        await pilot.press("v", "s")
        post(app, "enter")
        await soon(lambda: app.saving.going_on)
        post(app, "1", "2", "3")
        await soon(lambda: screen.focused_pane == "notes")
        post(app, "t")
        await soon(lambda: screen.status.message == "Saving …")
        await asyncio.sleep(0.1)
        assert app.screen is screen
        assert not screen.placed
        disk.free.set()
        await soon(lambda: isinstance(app.screen, TagPick))
        assert len(screen.placed) == 1
        post(app, *"gate", "enter")
        await soon(lambda: screen.placed[0].annotation.tags == ("gate",))
    app.workspace.close()


async def test_a_note_that_cannot_be_saved_stays_in_the_editor_and_as_a_draft(tmp_path: Path, disk: Disk) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = app.main_screen
        await bridge(pilot)
        await pilot.press("W")
        await typed(pilot, "who counted them")
        disk.full = True
        await pilot.press("escape")
        await until(pilot, lambda: "the disk is full" in screen.status.message, "the failure is said")
        assert screen.editing
        assert screen.editor.text == "who counted them"
        store = app.workspace.store
        await until(pilot, lambda: [one.text for one in store.drafts.all()] == ["who counted them"], "the draft")
        assert [one.wanted.note for one in store.rescued()] == ["who counted them"]
        disk.full = False
        await pilot.press("!", "escape")
        await until(pilot, lambda: screen.status.message == "Saved", "saved")
        assert [one.note for one in store.all()] == ["who counted them!"]
        await until(pilot, lambda: not store.drafts.all() and not store.rescued(), "nothing is left to be taken up")
    app.workspace.close()


async def test_what_is_typed_while_a_note_is_saved_is_not_lost_in_it(tmp_path: Path, disk: Disk) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = app.main_screen
        await bridge(pilot)
        await pilot.press("W")
        await typed(pilot, "who counted them")
        disk.free.clear()
        post(app, "escape")
        await soon(lambda: app.saving.going_on)
        post(app, "W", *"twice", "escape")
        await asyncio.sleep(0.1)
        assert screen.editor.text == "who counted them"
        assert screen.status.message != "Saved"
        disk.free.set()
        notes = lambda: [one.note for one in app.workspace.store.all()]  # noqa: E731
        await soon(lambda: notes() == ["who counted them", "twice"])
    app.workspace.close()


async def test_leaving_waits_until_everything_is_on_the_disk(tmp_path: Path, disk: Disk) -> None:
    root = folder(tmp_path)
    app = application(root)
    async with app.run_test(size=(100, 30)) as pilot:
        await bridge(pilot)
        await pilot.press("W")
        await typed(pilot, "who counted them")
        disk.free.clear()
        threading.Timer(0.5, disk.free.set).start()
        post(app, "ctrl+q")
        await soon(lambda: not app.is_running or app._exit)
        assert [one.note for one in Store(root / ".textual", "ana").all()] == ["who counted them"]
    app.workspace.close()
    assert not Store(root / ".textual", "ana").drafts.all()


SLOW = """
import sys, time
from reader.annotations.files import Files
gate = Files.gate
def slow(files, call, path, act):
    if call == "sync" and "annotations" in path.parts:
        time.sleep(3)
    return gate(files, call, path, act)
Files.gate = slow
from reader.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_waits_for_a_note_that_is_being_saved(tmp_path: Path, number: signal.Signals) -> None:
    root = folder(tmp_path)
    environ = {
        "PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "TERM": "xterm-256color", "LANG": "C.UTF-8", "USER": "ana",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }  # fmt: skip
    with Terminal([sys.executable, "-c", SLOW, str(root)], columns=80, rows=24, environ=environ) as terminal:
        terminal.wait("March 2024")
        terminal.keys("2", "W")
        terminal.keys(*"half a thought")
        terminal.wait("half a thought")
        terminal.keys("escape")
        terminal.wait("Saving …")
        terminal.signal(number)
        assert terminal.ended() == 128 + number
    store = Store(root / ".textual", "ana")
    assert [one.note for one in store.all()] == ["half a thought"]
    assert not store.drafts.all()
