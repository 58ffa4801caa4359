"""What the analyst corrects: durable, shared, undone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.capture.article import Kind
from reader.errors import Refused, WrongUsage
from reader.library.corrections import Correction, CorrectionBook
from reader.library.library import Library

from .captures import story
from .conftest import Write, refreshed

Open = Callable[[], Library]


def book(tmp_path: Path) -> CorrectionBook:
    return CorrectionBook(tmp_path / "corrections.json")


def test_corrections_are_there_tomorrow_and_the_later_one_wins(tmp_path: Path) -> None:
    first = book(tmp_path)
    first.add([Correction("title", "Wrong", article="a.txt")])
    first.add([Correction("title", "Right", article="a.txt"), Correction("authors", "Ann\nBob", article="a.txt")])
    first.add([Correction("line", "boilerplate", article="a.txt", line="Read  MORE 5")])
    made = book(tmp_path).for_file("a.txt", {"a.txt": "W"})[1]["a.txt"]
    assert made.title == "Right"
    assert made.authors == ("Ann", "Bob")
    assert made.published is None
    assert dict(made.lines) == {"read more 0": Kind.BOILERPLATE}
    assert book(tmp_path).for_file("b.txt", {"b.txt": "W"}) == (None, {})


def test_a_correction_for_the_outlet_holds_for_all_its_articles_and_yields_to_one_article(
    tmp_path: Path,
) -> None:
    made = book(tmp_path)
    made.add(
        [
            Correction("outlet", "The Wire", outlet="WIRE"),
            Correction("line", "credit", outlet="WIRE", line="x y"),
        ]
    )
    made.add([Correction("outlet", "Other", article="b.txt")])
    one = made.for_file("a.txt", {"a.txt": "WIRE"})[1]["a.txt"]
    assert (one.outlet, one.always) == ("The Wire", {"outlet", "x y"})
    other = made.for_file("b.txt", {"b.txt": "WIRE"})[1]["b.txt"]
    assert (other.outlet, other.always) == ("Other", {"x y"})
    assert made.for_file("c.txt", {"c.txt": "Harbour"}) == (None, {})


def test_undo_takes_back_one_step_after_another_also_tomorrow(tmp_path: Path) -> None:
    made = book(tmp_path)
    made.add([Correction("title", "One", article="a")], creator="ann")
    made.add([Correction("title", "Two", article="a"), Correction("place", "Port", article="a")], creator="ann")
    made.add([Correction("title", "Bob's", article="a")], creator="bob")
    assert [one.value for one in book(tmp_path).undo("ann")] == ["Two", "Port"]
    assert [one.value for one in book(tmp_path).undo()] == ["Bob's"]
    assert [one.value for one in made.all()] == ["One"]
    assert len(made.undo()) == 1
    assert made.undo() == ()


@pytest.mark.parametrize(
    "wrong",
    [
        Correction("title", "x"),
        Correction("title", "x", article="a", outlet="b"),
        Correction("title", "x", outlet="b"),
        Correction("nothing", "x", article="a"),
        Correction("line", "nonsense", article="a", line="x"),
        Correction("line", "body", article="a"),
        Correction("published", "yesterday", article="a"),
        Correction("published", "2015-02-30", article="a"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, wrong: Correction) -> None:
    with pytest.raises(WrongUsage):
        book(tmp_path).add([wrong])
    assert book(tmp_path).all() == ()


@pytest.mark.parametrize(
    "damage", ["{", '{"schema": 99, "corrections": []}', "[]", '{"schema": 1, "corrections": [5]}']
)
def test_a_damaged_file_is_said_and_never_overwritten(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "corrections.json"
    path.write_text(damage)
    made = book(tmp_path)
    assert made.all() == ()
    assert made.problem
    with pytest.raises(Refused):
        made.add([Correction("title", "x", article="a")])
    assert path.read_text() == damage
    path.unlink()
    made.add([Correction("title", "x", article="a")])
    assert made.problem == ""


def test_hostile_values_are_cleaned(tmp_path: Path) -> None:
    made = book(tmp_path)
    made.add([Correction("title", "a\x1b]0;x\x07b\nc", article="a")])
    assert all(character.isprintable() or character == "\n" for character in made.all()[0].value)


def test_a_correction_changes_the_article_and_survives_a_new_capture(open_library: Open, write: Write) -> None:
    write("a.txt", *story(1))
    library = open_library()
    refreshed(library)
    text = library.article("a.txt").text
    line = story(1)[2]
    changes = library.correct(
        [
            Correction("title", "Corrected", article="a.txt"),
            Correction("line", "boilerplate", article="a.txt", line=line),
        ]
    )
    assert "a.txt" in changes.changed + changes.relearned
    entry = library.entry("a.txt")
    assert entry is not None
    assert entry.title == "Corrected"
    article = library.article("a.txt")
    assert article.text == text
    assert [block.kind for block in article.blocks if line in block.span.of(article.text)] == [Kind.BOILERPLATE]
    write(
        "a.txt",
        *story(1),
        "One more paragraph was added to the story by the desk in the evening of that day.",
    )
    again = open_library()
    refreshed(again)
    assert again.article("a.txt").title == "Corrected"
    taken, changes = again.undo_correction()
    assert len(taken) == 2
    assert again.article("a.txt").title == story(1)[0]


def test_a_correction_does_not_wait_for_a_refresh(library: Library, write: Write) -> None:
    for number in range(4):
        write(f"{number}.txt", *story(number))
    refreshed(library)
    write("new.txt", *story(9))
    going = library.refresh()
    next(going)
    assert not library.correct([Correction("title", "Corrected", article="0.txt")])
    assert library.article("0.txt").title == "Corrected"
    for _ in going:
        pass
    library.poll()
    entry = library.entry("0.txt")
    assert entry is not None
    assert entry.title == "Corrected"
