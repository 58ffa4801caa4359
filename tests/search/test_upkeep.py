"""The index is built from the folder in batches that belong together, however the building ends."""

import random
from pathlib import Path

import pytest

from reader import upkeep
from reader.search.engine import Search
from reader.search.index import TantivyIndex
from reader.workspace import Workspace

COUNT = 400
WORDS = ["harbour", "ferry", "council", "storm", "winter", "quay", "engineer", "spillway", "water", "village", "market"]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    articles = tmp_path / "work" / "articles"
    articles.mkdir(parents=True)
    chance = random.Random(5)
    for number in range(COUNT):
        said = " ".join(chance.choices(WORDS, k=60)).capitalize()
        text = f"Report {number} of the gauge\n\n3 March 2024\n\n{said}, as the gauge showed.\n"
        (articles / f"report{number:03}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(upkeep, "_BATCH", 20)
    return Workspace.open(tmp_path / "work", {"HOME": str(tmp_path)})


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    made: list[int] = []
    commit = TantivyIndex._commit

    def counted(index: TantivyIndex, writing: object) -> None:
        commit(index, writing)  # type: ignore[arg-type]
        made.append(index.size())

    monkeypatch.setattr(TantivyIndex, "_commit", counted)
    return made


def test_a_folder_read_for_the_first_time_is_indexed_in_few_commits(workspace: Workspace, commits: list[int]) -> None:
    for _ in workspace.refresh(lambda: False):
        continue
    assert workspace.search("gauge").matched == COUNT
    assert len(commits) <= 3
    workspace.close()


def test_what_is_still_to_be_read_counts_as_not_searched_yet(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected: list[int] = []
    monkeypatch.setattr(Search, "expect", lambda _, articles: expected.append(articles))
    for _ in workspace.refresh(lambda: False):
        continue
    assert set(expected) == {COUNT}
    workspace.close()


def test_what_is_asked_while_the_folder_is_read_says_that_the_index_is_not_whole(workspace: Workspace) -> None:
    shares = []
    for progress in workspace.refresh(lambda: False):
        if progress.done < progress.total:
            shares.append(workspace.search("gauge").indexed)
    assert shares
    assert max(shares) < 1
    assert workspace.search("gauge").indexed == 1
    for path in workspace.captures.glob("*.txt"):
        path.write_text(path.read_text(encoding="utf-8") + "\nIt rained on the quay.\n", encoding="utf-8")
    shares = [workspace.search("gauge").indexed for _ in workspace.refresh(lambda: False)]
    assert shares
    assert min(shares) == 1  # what is read again can be searched meanwhile
    workspace.close()


def test_an_index_that_is_missing_is_built_in_few_commits(workspace: Workspace, commits: list[int]) -> None:
    workspace.bring_up_to_date(index=False)
    steps = list(workspace.update_index(lambda: False))
    assert steps[-1] == (COUNT, COUNT)
    assert workspace.search("gauge").matched == COUNT
    assert len(commits) <= 3
    workspace.close()


def test_a_build_that_is_left_half_way_keeps_what_it_read_and_ends_later(
    workspace: Workspace, commits: list[int]
) -> None:
    workspace.bring_up_to_date(index=False)
    building = workspace.update_index(lambda: False)
    assert next(building) == (20, COUNT)
    assert commits == []
    building.close()  # type: ignore[attr-defined]
    assert workspace.search("gauge").matched == 20
    assert list(workspace.update_index(lambda: False))[-1] == (COUNT - 20, COUNT - 20)
    assert workspace.search("gauge").matched == COUNT
    workspace.close()


def test_a_file_that_was_taken_away_and_put_back_is_found_again(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name in ("gate", "mill"):
        (articles / f"{name}.txt").write_text(f"The {name}\n\nThe {name} of the tarn holds for now, a miller said.\n")
    workspace = Workspace.open(tmp_path, {"HOME": str(tmp_path)})
    workspace.bring_up_to_date()
    assert workspace.search("gate tarn", whole=True).matched == 1

    (articles / "gate.txt").rename(tmp_path / "aside")
    workspace.poll()
    assert workspace.search("gate tarn", whole=True).matched == 0
    (tmp_path / "aside").rename(articles / "gate.txt")
    workspace.poll()
    assert workspace.search("gate tarn", whole=True).matched == 1
    workspace.close()
