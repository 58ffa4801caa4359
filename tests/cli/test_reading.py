"""list, show and search, as other programs use them."""

import subprocess
import sys
from pathlib import Path

import pytest

from reader.capture.article import Kind

from .conftest import HOUSE, Run

FIELDS = {"title", "outlet", "authors", "published", "place", "url", "language"}


def test_every_sample_is_listed(run: Run, samples: Path) -> None:
    done = run("list", "--json")
    assert done.status == 0
    assert {row["id"] for row in done.json} == {path.name for path in (samples / "articles").iterdir()}
    assert all(row["title"] for row in done.json)


def test_show_prints_one_object_a_line_in_the_order_asked_for(run: Run, samples: Path) -> None:
    paths = sorted(str(path) for path in (samples / "articles").iterdir())[::-1]
    done = run("show", "--json", *paths)
    assert done.status == 0
    assert [line["path"] for line in done.lines] == paths


def test_every_line_of_a_sample_lies_in_exactly_one_block(run: Run, samples: Path) -> None:
    for shown in run("show", "--json", *map(str, (samples / "articles").iterdir())).lines:
        text = shown["text"]
        covered = [0] * len(text)
        for block in shown["blocks"]:
            assert block["kind"] in set(Kind)
            assert block["rule"]
            for position in range(block["start"], block["end"]):
                covered[position] += 1
        assert all(count == 1 or (count == 0 and sign.isspace()) for count, sign in zip(covered, text, strict=True))
        assert set(shown["metadata"]) == FIELDS
        for fact in shown["metadata"].values():
            assert fact is None or {"value", "basis", "confidence"} <= set(fact)


def test_a_date_carries_its_precision(run: Run) -> None:
    published = run("show", "--json", "articles/river-post-letters.txt").json["metadata"]["published"]
    assert published["value"] == "2024-03-11"
    assert published["precision"] == "day"


def test_show_goes_on_after_a_file_that_cannot_be_read(run: Run, samples: Path) -> None:
    done = run("show", "--json", "articles/not-there.txt", "articles/river-post-letters.txt")
    assert done.status == 1
    assert "not-there" in done.err
    assert [line["id"] for line in done.lines] == ["river-post-letters.txt"]


def test_show_for_a_person_leaves_the_furniture_out_and_raw_says_why(run: Run) -> None:
    read = run("show", "articles/coast-dispatch-market.txt")
    assert "Denotes Required Field" not in read.out
    assert "Trade" in read.out
    raw = run("show", "--raw", "articles/coast-dispatch-market.txt")
    assert "Denotes Required Field" in raw.out


@pytest.mark.parametrize(
    ("typed", "stands"),
    [("hadad", "Haddad"), ("kalat amara", "Qal'at"), ("sheard", "sheared"), ("الحداد", "Haddad"), ("ponto", "pontoon")],
)
def test_search_forgives_and_shows_the_spelling_that_stands_there(run: Run, typed: str, stands: str) -> None:
    results = run("search", typed, "--json").json
    assert results
    words = {hit["word"] for result in results for hit in result["hits"]}
    assert any(stands in word for word in words), words


def test_hits_are_places_of_the_text(run: Run) -> None:
    texts = {row["id"]: row["text"] for row in run("show", "--json", *ids(run)).lines}
    for result in run("search", "hadad gate", "--json").json:
        assert result["hits"]
        for hit in result["hits"]:
            assert texts[result["id"]][hit["start"] : hit["end"]] == hit["word"]
            assert hit["match"] in ("exact", "prefix", "spelling", "edit", "group")


def ids(run: Run) -> list[str]:
    """Every id of the library."""
    return [row["id"] for row in run("list", "--json").json]


def test_nothing_found_is_status_one(run: Run) -> None:
    done = run("search", "xyzzyxyzzy", "--json")
    assert (done.status, done.json) == (1, [])
    assert run("search", "xyzzyxyzzy").status == 1


@pytest.mark.parametrize("query", ['"', "((", "-", ":", "tag:", 'a OR', "before:yesterday", "\\", "title:\""])
def test_no_query_raises(run: Run, query: str) -> None:
    done = run("search", "--json", "--", query)
    assert done.status in (0, 1)
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["/not/there"], "no terminal"),
        (["list", "-C", "/not/there"], "no such folder"),
        (["--unknown"], "unrecognized"),
        (["notes", "add"], "required"),
    ],
)
def test_wrong_usage_is_one_clear_line_and_status_two(run: Run, arguments: list[str], word: str) -> None:
    done = run(*arguments)
    assert done.status == 2
    assert word in done.err.lower()
    assert "Traceback" not in done.err


def test_a_dumb_terminal_is_refused_politely(run: Run) -> None:
    done = run(TERM="dumb")
    assert done.status == 2
    assert len(done.err.strip().splitlines()) == 1


def test_a_pipe_that_closes_is_no_failure(samples: Path) -> None:
    command = f"'{sys.executable}' -m reader list | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=samples, capture_output=True, text=True, env=env_of())
    assert done.returncode == 0
    assert done.stderr == ""


def env_of() -> dict[str, str]:
    """The environment with this checkout first."""
    import os

    return {**os.environ, "PYTHONPATH": str(HOUSE)}
