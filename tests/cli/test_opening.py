"""Which folder is opened, and where its state is kept."""

import os
from pathlib import Path

import pytest

from reader.errors import WrongUsage
from reader.workspace import Workspace

from .conftest import Run


def test_an_empty_folder_opens_the_samples_with_their_notes(run: Run, tmp_path: Path, own_home: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert len(run("list", "--json", cwd=empty).json) >= 10
    assert run("notes", "--json", cwd=empty).json["items"]
    assert list(empty.iterdir()) == []
    assert (own_home / ".local/share/deskreader/samples/articles").is_dir()


def test_a_copy_of_the_samples_that_was_interrupted_is_made_again(run: Run, tmp_path: Path, own_home: Path) -> None:
    half = own_home / ".local/share/deskreader/samples.incomplete/articles"
    half.mkdir(parents=True)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert len(run("list", "--json", cwd=empty).json) >= 10


def test_a_folder_of_captures_is_its_own_library(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("A headline\n\nA sentence that is long enough to be the text of it.\n")
    workspace = Workspace.open(tmp_path, os.environ)
    assert workspace.captures == tmp_path
    assert workspace.state == tmp_path / ".textual"
    assert {path.name for path in workspace.state.iterdir()} == {"README.md", ".gitignore"}


def test_a_single_capture_opens_its_folder_at_that_article(samples: Path) -> None:
    workspace = Workspace.open(samples / "articles" / "river-post-letters.txt", os.environ)
    assert workspace.first == "river-post-letters.txt"
    assert workspace.root == samples


def test_the_articles_folder_of_a_workspace_means_the_workspace(samples: Path) -> None:
    assert Workspace.open(samples / "articles", os.environ).root == samples


@pytest.mark.parametrize("name", ["missing", "missing/deeper"])
def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUsage, match="No such folder"):
        Workspace.open(tmp_path / name, os.environ)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_keeps_its_state_elsewhere(tmp_path: Path, own_home: Path) -> None:
    (tmp_path / "one.txt").write_text("A headline\n")
    tmp_path.chmod(0o500)
    try:
        workspace = Workspace.open(tmp_path, os.environ)
    finally:
        tmp_path.chmod(0o700)
    assert workspace.state.is_relative_to(own_home)
    assert any("cannot be written" in words for words in workspace.notices)
