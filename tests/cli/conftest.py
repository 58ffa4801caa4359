"""The program as a command, in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

HOUSE = Path(__file__).parent.parent.parent


class Done(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output as one JSON value a line."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Done]


@pytest.fixture
def run(samples: Path, own_home: Path) -> Run:
    """Runs `deskreader` in the copy of the samples."""

    def call(*arguments: str, cwd: Path | None = None, stdin: str | None = None, **environ: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "reader", *arguments],
            cwd=cwd or samples,
            input=stdin if stdin is not None else "",
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "HOME": str(own_home), "PYTHONPATH": str(HOUSE), "PYTHONUTF8": "1"} | environ,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return call
