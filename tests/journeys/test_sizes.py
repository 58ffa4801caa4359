"""Sizes of any kind, one after the other, and nothing breaks."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from pty_terminal import Terminal

from reader.tui.application import Application
from reader.workspace import Workspace

from .payloads import hostile_folder
from .test_untrusted import Witness, until

Open = Callable[..., Terminal]


def laid_out(app: Application) -> bool:
    """Whether the screen has taken on the terminal's size, and no row is wider."""
    strips = app.screen._compositor.render_strips()
    return app.screen._compositor.size == app.size and all(each.cell_length <= app.size.width for each in strips)


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_storm_of_sizes_breaks_nothing(tmp_path: Path, seed: int) -> None:
    root = hostile_folder(tmp_path)
    environ = {"HOME": str(tmp_path), "USER": "ana", "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    workspace = Workspace.open(root, environ)
    app = Application(workspace, environ=environ)
    choose = random.Random(seed)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.main_screen
        await until(pilot, lambda: screen.article is not None, "an article is open")
        witness = Witness(app)
        keys = (
            "2",
            "space",
            "J",
            "1",
            "3",
            "r",
            "r",
            "z",
            "z",
            "v",
            "j",
            "q",
            "?",
            "escape",
            "s",
            "escape",
            "a",
            "x",
            "escape",
            "G",
        )
        sizes = [(1, 1), (500, 200), (1, 200), (500, 1), (2, 2), (3, 1), (40, 10), (80, 24)]
        sizes += [(choose.randint(1, 60), choose.randint(1, 20)) for _ in range(110)]
        sizes += [(choose.randint(1, 200), choose.randint(1, 60)) for _ in range(32)]
        for at, (width, height) in enumerate(sizes):
            await pilot.resize_terminal(width, height)
            if at % 3 == 0:
                await pilot.press(keys[at // 3 % len(keys)])
            await until(pilot, lambda: laid_out(app), f"every row fits {width}x{height}")
            witness.look(f"{width}x{height}")
        assert app._exception is None
        assert app.is_running
    workspace.close()


def test_a_storm_of_sizes_on_a_real_terminal(launch: Open) -> None:
    choose = random.Random(3)
    with launch(columns=80, rows=24) as terminal:
        terminal.wait("Harbour Wire")
        for _ in range(60):
            terminal.resize(choose.randint(1, 300), choose.randint(1, 90))
            terminal.keys(choose.choice(("j", "space", "2", "1", "3")))
            terminal.pump(0.01)
        terminal.resize(100, 30)
        terminal.keys("1")
        terminal.wait("Harbour Wire")
        terminal.keys("ctrl+q")
        assert terminal.ended() == 0
