"""What is done beside the screen comes when it disturbs nobody."""

import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest

from reader.tui.background import AWAY, MOST, MUCH, Background

from .desk import application, folder, ready, until


class Rubbish:
    """Stands for the collector: what was asked of it, and what it answers."""

    def __init__(self, looks: int, objects: int) -> None:
        self.looks, self.objects, self.done = looks, objects, list[str]()

    def get_count(self) -> tuple[int, int, int]:
        """How often it looked among what came last."""
        return 0, 0, self.looks

    def get_objects(self, generation: int) -> range:
        """What those looks left."""
        return range(self.objects)

    def __getattr__(self, name: str) -> Callable[[], None]:
        return lambda: self.done.append(name)


def background(quiet: float, saving: bool, finding: bool) -> Background:
    """Work beside a screen on which nothing was done for so many seconds."""
    app: Any = SimpleNamespace(
        last_act=monotonic() - quiet, saving=SimpleNamespace(going_on=saving), screen=SimpleNamespace(gathering=finding)
    )
    return Background(app)


@pytest.mark.parametrize(
    ("looks", "objects", "done"),
    [(MUCH, 5, []), (MUCH + 1, MOST, ["collect", "freeze"]), (MUCH + 1, MOST + 1, ["freeze"])],
)
def test_rubbish_is_looked_for_while_one_types_as_long_as_that_is_soon_done(
    looks: int, objects: int, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rubbish = Rubbish(looks, objects)
    monkeypatch.setattr("reader.tui.background.gc", rubbish)
    background(0, True, True)._tidy()
    assert rubbish.done == done


@pytest.mark.parametrize(
    ("quiet", "saving", "finding", "indexed", "looked"),
    [(AWAY + 1, False, False, 1.0, True), (0, False, False, 1.0, False), (AWAY + 1, True, False, 1.0, False),
     (AWAY + 1, False, True, 1.0, False), (AWAY + 1, False, False, 0.5, False)],
)  # fmt: skip
def test_rubbish_is_looked_for_everywhere_only_while_nobody_is_there(
    quiet: float, saving: bool, finding: bool, indexed: float, looked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rubbish = Rubbish(MUCH + 1, 5)
    monkeypatch.setattr("reader.tui.background.gc", rubbish)
    beside = background(quiet, saving, finding)
    beside.indexed = indexed
    for rubbish.looks in (MUCH + 1, 0, 0):
        beside._tidy()
    assert rubbish.done == ["collect", "freeze", *(["unfreeze", "collect", "freeze"] if looked else [])]


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
