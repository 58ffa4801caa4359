"""A terminal on a copy of the samples, and the notes that are on the disk."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))
from pty_terminal import Terminal

Open = Callable[..., Terminal]


@pytest.fixture
def launch(samples: Path, own_home: Path) -> Iterator[Open]:
    """Starts Deskreader on the copy of the samples, as often as wanted; what still runs is ended."""
    started: list[Terminal] = []

    def open_terminal(*arguments: str, columns: int = 100, rows: int = 30, **environ: str) -> Terminal:
        kept = {"PATH": os.environ["PATH"], "HOME": str(own_home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        command = [sys.executable, "-m", "reader", *(arguments or (str(samples),))]
        terminal = Terminal(
            command, columns=columns, rows=rows, environ=kept | {"USER": "ana", "SSH_CONNECTION": "a"} | environ
        )
        started.append(terminal)
        return terminal

    yield open_terminal
    for terminal in started:
        terminal.kill()


@pytest.fixture
def notes(samples: Path) -> Callable[[], list[dict[str, Any]]]:
    """The annotations as they are on the disk."""

    def read() -> list[dict[str, Any]]:
        folder = samples / ".textual" / "annotations"
        files = [path for path in folder.rglob("*.json") if ".trash" not in path.parts]
        return [json.loads(path.read_text(encoding="utf-8")) for path in files]

    return read
