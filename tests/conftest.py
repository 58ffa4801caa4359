"""What every test has: a home folder of its own, no terminal of the developer's, and the samples to work on."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("anywhere", deadline=None)
settings.register_profile("same-each-time", deadline=None, derandomize=True)
settings.load_profile("same-each-time" if os.environ.get("CI") else "anywhere")

HOUSE = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder that no other test sees, and an environment that does not depend on who runs the tests."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in list(os.environ):
        if name.startswith(("XDG_", "DESKREADER_", "SSH_")) or name in ("TMUX", "STY", "NO_COLOR", "EDITOR", "VISUAL"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("USER", "ana")
    return home


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """A copy of the sample workspace that a test may write to."""
    root = tmp_path / "samples"
    for name in ("articles", ".textual"):
        shutil.copytree(HOUSE / name, root / name, ignore=shutil.ignore_patterns("cache", "state"))
    return root
