"""What is done beside the screen comes when it disturbs nobody."""

import gc
import sys
from pathlib import Path
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest

from reader.tui.background import IDLE, MUCH, Background

from .desk import application, folder, ready, until


@pytest.mark.parametrize(
    ("quiet", "saving", "finding", "looked"),
    [(IDLE + 1, False, False, True), (0, False, False, False), (IDLE + 1, True, False, False),
     (IDLE + 1, False, True, False)],
)  # fmt: skip
def test_rubbish_is_looked_for_everywhere_only_while_nothing_is_done(
    quiet: float, saving: bool, finding: bool, looked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[bool] = []
    monkeypatch.setattr(gc, "collect", lambda: looks.append(True))
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, MUCH + 1))
    app: Any = SimpleNamespace(
        last_act=monotonic() - quiet, saving=SimpleNamespace(going_on=saving), screen=SimpleNamespace(gathering=finding)
    )
    Background(app)._tidy()
    assert looks == [True] * looked


async def test_a_thread_that_computes_gives_way_to_the_screen_soon(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    sys.setswitchinterval(0.005)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        assert sys.getswitchinterval() <= 0.001
    app.workspace.close()


async def test_an_index_that_was_thrown_away_under_way_is_built_again(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await until(pilot, lambda: app.background.indexed == 1.0)
        assert app.workspace.search("pylon").matched
        app.workspace.engine.rebuild()
        assert not app.workspace.search("pylon").matched
        await until(pilot, lambda: app.workspace.search("pylon").matched > 0)
    app.workspace.close()
