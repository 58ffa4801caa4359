"""Notes without a screen: durable when the command returns, taken back by the next one."""

from pathlib import Path

from .conftest import Run

ARTICLE = "articles/river-post-gate-failure.txt"
QUOTE = "About 3,000 people have left their homes"


def added(run: Run, *more: str) -> dict[str, object]:
    """A note on the passage, as stored."""
    done = run("notes", "add", ARTICLE, "--quote", QUOTE, "--note", "who counted?", "--tag", "figures", "--json", *more)
    assert done.status == 0, done.err
    return dict(done.json)


def listed(run: Run) -> dict[str, dict[str, object]]:
    """Every annotation by its id."""
    done = run("notes", "--json")
    page = done.json
    assert page["type"] == "AnnotationPage"
    return {one["id"]: one for one in page["items"]}


def test_a_note_is_a_web_annotation_whose_quote_is_the_text(run: Run) -> None:
    stored = added(run)
    assert stored["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert stored["type"] == "Annotation"
    selectors = {one["type"]: one for one in stored["target"][0]["selector"]}  # type: ignore[index]
    position = selectors["TextPositionSelector"]
    text = run("show", "--json", ARTICLE).json["text"]
    assert text[position["start"] : position["end"]] == QUOTE == selectors["TextQuoteSelector"]["exact"]
    assert listed(run)[str(stored["id"])] == stored


def test_edit_delete_undo_and_redo(run: Run) -> None:
    stored = added(run)
    name = str(stored["id"])
    before = listed(run)
    edit = ("notes", "edit", name, "--note", "ask the office", "--tag", "asked", "--no-tag", "figures", "--json")
    edited = run(*edit).json
    assert {body["value"] for body in edited["body"]} == {"ask the office", "asked"}
    assert run("notes", "undo").status == 0
    assert listed(run)[name]["body"] == before[name]["body"]
    assert run("notes", "redo").status == 0
    assert listed(run)[name]["body"] == edited["body"]
    assert run("notes", "delete", name).status == 0
    assert name not in listed(run)
    assert run("notes", "undo").status == 0
    assert listed(run)[name]["body"] == edited["body"]


def test_by_code_points_and_on_the_whole_article(run: Run) -> None:
    text = run("show", "--json", ARTICLE).json["text"]
    start = text.index("Salma Idris")
    stored = run("notes", "add", ARTICLE, "--start", str(start), "--end", str(start + 11), "--json").json
    assert stored["target"][0]["selector"][0]["exact"] == "Salma Idris"
    whole = run("notes", "add", ARTICLE, "--note", "read twice", "--json").json
    assert "selector" not in whole["target"][0] or not whole["target"][0]["selector"]


def test_a_quote_that_is_not_there_or_stands_twice_is_refused_plainly(run: Run) -> None:
    missing = run("notes", "add", ARTICLE, "--quote", "no such words")
    assert missing.status == 1
    assert "such words" in missing.err
    twice = run("notes", "add", ARTICLE, "--quote", "the")
    assert twice.status == 1
    assert run("notes", "add", ARTICLE, "--quote", "").status == 2


def test_a_note_from_standard_input_and_an_unknown_id(run: Run) -> None:
    stored = run("notes", "add", ARTICLE, "--quote", QUOTE, "--note", "-", "--json", stdin="two\nlines\n").json
    assert stored["body"][0]["value"] == "two\nlines"
    assert run("notes", "edit", "0000", "--note", "x").status == 1
    assert run("notes", "delete", "nothing").status == 1


def test_the_notes_travel_with_the_folder(run: Run, samples: Path, tmp_path: Path) -> None:
    stored = added(run)
    moved = tmp_path / "elsewhere"
    samples.rename(moved)
    assert str(stored["id"]) in {one["id"] for one in run("notes", "--json", cwd=moved).json["items"]}


def test_notes_on_a_file_that_is_gone_are_kept_and_told(run: Run, samples: Path) -> None:
    capture = samples / "articles" / "ferry.txt"
    capture.write_text("Ferry\n\nThe ferry ran at noon and came back in the evening.\n")
    assert run("notes", "add", "ferry.txt", "--quote", "at noon", "--note", "When?").status == 0
    assert "ferry.txt" not in run("check").out
    capture.unlink()
    checked = run("check")
    assert checked.status == 1
    assert "ferry.txt: its file is gone; 1 note on it is kept" in checked.out
    assert "at noon" in run("notes").out
