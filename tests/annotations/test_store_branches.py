"""Two branches of a folder under version control, merged: nothing is lost."""

import shutil
import subprocess
from pathlib import Path

import pytest
from store_tools import TEXT, draft, open_store

from reader.annotations.check import check
from reader.annotations.merge import RULE
from reader.annotations.store import Store

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    identity = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *identity, *words], cwd=folder, capture_output=True, check=False)


def commit(folder: Path) -> None:
    assert git(folder, "add", "-A").returncode == 0
    assert git(folder, "commit", "-qm", "Notes").returncode == 0


def fresh(folder: Path, creator: str = "Ana") -> Store:
    return open_store(folder, creator)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    store = fresh(tmp_path)
    store.add(draft("common", tags=("quay",)), TEXT)
    store.add(draft("not for others", private=True))
    store.drafts.save("note", "typed")
    store.close()
    commit(tmp_path)
    return tmp_path


def test_what_is_private_or_passing_is_not_committed(folder: Path) -> None:
    listed = git(folder, "ls-files").stdout.decode()
    assert ".json" in listed
    assert not [name for name in (".private.", ".lock", ".steps", ".sessions", "drafts/", ".tmp") if name in listed]


def test_two_analysts_on_two_branches_merge_without_a_conflict(folder: Path) -> None:
    git(folder, "switch", "-qc", "ben")
    ben = fresh(folder, "Ben")
    theirs = ben.add(draft("Ben's", quote="at noon"), TEXT)
    ben.close()
    commit(folder)
    git(folder, "switch", "-q", "main")
    ana = fresh(folder)
    (one,) = (found for found in ana.all() if found.note == "common")
    edited = ana.edit(one, note="edited", tags=("quay", "crew"))
    mine = ana.add(draft("mine", quote="at noon"), TEXT)
    commit(folder)
    assert git(folder, "merge", "-q", "--no-edit", "ben").returncode == 0
    ana.poll()
    assert {found.id: found for found in ana.all() if not found.private} == {
        found.id: found for found in (edited, mine, theirs)
    }
    assert not ana.problems
    assert check(ana.root) == []


def test_one_analyst_on_two_branches_gets_both_versions(folder: Path) -> None:
    (one,) = (found for found in fresh(folder).all() if found.note == "common")
    git(folder, "switch", "-qc", "other")
    fresh(folder).edit(one.id, note="there", tags=("quay", "cargo"))
    commit(folder)
    git(folder, "switch", "-q", "main")
    store = fresh(folder)
    store.edit(one.id, note="here", tags=("quay", "crew"))
    commit(folder)
    assert git(folder, "merge", "-q", "--no-edit", "other").returncode != 0
    assert one.id not in {found.id for found in fresh(folder).all()}
    (problem,) = fresh(folder).problems
    assert one.id in problem.path.name
    check(store.root, repair=True)
    joined = fresh(folder).get(one.id)
    assert joined is not None
    assert set(joined.note.split(RULE)) == {"here", "there"}
    assert set(joined.tags) == {"quay", "crew", "cargo"}
