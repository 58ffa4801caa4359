"""What the analyst does with captures by keys: correct them, bring them in, compare them, see what failed."""

from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as some

from reader.capture.article import Kind
from reader.library.corrections import FIELDS as CORRECTABLE
from reader.library.versions import Change, word_diff
from reader.text.span import Span
from reader.tui.commands.bringing import imported_in_words
from reader.tui.commands.correcting import FIELDS, KINDS, line_choices, lines_at
from reader.tui.screens.comparison import comparison_rows
from reader.tui.widgets.cells import width_of

from .desk import BRIDGE, application, folder, open_named, printed, ready, typed, until


async def test_a_line_is_corrected_and_taken_back_by_keys_and_the_notes_stay(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await ready(pilot)
        await open_named(pilot, "bridge.txt")
        assert screen.article is not None
        start = screen.article.text.index("Council members")
        app.workspace.annotate(screen.article, Span(start, start + 15), note="who?")
        await pilot.press("r", "C")
        assert screen.page.view.raw
        screen.page.enter_caret(start)
        await pilot.press("C")
        await until(pilot, lambda: app.screen is not screen, "the list of kinds")
        await typed(pilot, "boilerplate")
        await pilot.press("enter")

        def kind() -> Kind | None:
            block = screen.article.block_at(start) if screen.article is not None else None
            return block.kind if block is not None else None

        await until(pilot, lambda: kind() is Kind.BOILERPLATE, "the line is furniture")
        assert screen.page.view.raw
        assert screen.page.caret is not None
        assert [note.span for note in screen.placed] == [Span(start, start + 15)]
        await pilot.press("comma", "u")
        await until(pilot, lambda: kind() is Kind.BODY, "the line is body again")
        await pilot.press("comma", "u")
        await until(pilot, lambda: "left to take back" in screen.status.message, "nothing more to take back")
    app.workspace.close()


async def test_a_date_is_corrected_and_one_that_is_none_is_refused(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await open_named(pilot, "bridge.txt")

        async def correct(value: str) -> None:
            await pilot.press("comma", "f")
            await until(pilot, lambda: app.screen is not screen, "the list of facts")
            await typed(pilot, "date")
            await pilot.press("enter")
            await until(pilot, lambda: screen.asking, "the question")
            screen.prompt.value = value
            await pilot.press("enter")

        await correct("2019-05")
        await until(pilot, lambda: "May 2019" in printed(app), "the new date")
        entry = app.workspace.library.entry("bridge.txt")
        assert entry is not None
        assert entry.published == "2019-05"
        await correct("last week")
        await until(pilot, lambda: screen.status.is_error, "a refusal")
        assert "2015-04-21" in screen.status.message
    app.workspace.close()


async def test_captures_come_by_keys_as_new_ones_and_as_versions(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    outside = tmp_path / "quay.txt"
    words = BRIDGE.replace("second crack", "third crack").replace("Engineers who climbed", "Divers who searched")
    outside.write_text(words.replace("bridge", "quay"), encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)

        async def bring(source: str) -> None:
            await pilot.press("I")
            assert screen.asking
            screen.prompt.value = source
            await pilot.press("enter")

        await bring(str(outside))
        await until(pilot, lambda: screen.article is not None and screen.article.id == "quay.txt", "the new article")
        await until(pilot, lambda: app.workspace.search("divers").results, "it can be searched for")
        outside.write_text(outside.read_text(encoding="utf-8").replace("eleven weeks", "twelve weeks"), "utf-8")
        await bring(str(outside))
        await until(pilot, lambda: len(app.workspace.library.versions("quay.txt")) == 2, "two versions")
        await until(pilot, lambda: screen.article is not None and "twelve" in screen.article.text, "the newer one")
        await pilot.press("comma", "v")
        await until(pilot, lambda: app.screen is not screen, "the captures")
        await pilot.press("down", "enter")
        await until(pilot, lambda: "eleven" in printed(app) and "twelve" in printed(app), "what changed")
        await pilot.press("escape")
        await bring(str(tmp_path / "nowhere.txt"))
        await until(pilot, lambda: screen.status.is_error, "a refusal")
    app.workspace.close()


async def test_problems_say_why_and_are_tried_again(tmp_path: Path) -> None:
    root = folder(tmp_path)
    app = application(root)
    async with app.run_test(size=(40, 12)) as pilot:
        screen = await ready(pilot)
        await pilot.press("comma", "p")
        await until(pilot, lambda: "empty.txt" in printed(app) and "the file is empty" in printed(app), "why")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        (root / "articles" / "empty.txt").write_text(BRIDGE.replace("crack", "leak"), encoding="utf-8")
        await pilot.press("comma", "p", "enter")
        await until(pilot, lambda: not app.workspace.library.problems(), "nothing is left")
    app.workspace.close()


async def test_the_notes_of_a_file_that_is_gone_can_be_read(tmp_path: Path) -> None:
    root = folder(tmp_path)
    app = application(root)
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await ready(pilot)
        article = app.workspace.library.article("bridge.txt")
        start = article.text.index("eleven weeks")
        app.workspace.annotate(article, Span(start, start + 12), note="says who")
        (root / "articles" / "bridge.txt").unlink()
        await until(pilot, lambda: "gone" in printed(app), "the list says so")
        await open_named(pilot, "bridge.txt")
        await until(pilot, lambda: "says who" in printed(app), "the note")
        assert screen.article is not None
        assert [note.span for note in screen.placed] == [Span(start, start + 12)]
        assert "eleven weeks" in screen.article.text
    app.workspace.close()


@given(some.text("ab \n", max_size=30), some.integers(0, 30), some.integers(0, 10))
def test_lines_are_those_that_a_passage_touches(text: str, start: int, length: int) -> None:
    span = Span(min(start, len(text)), min(start + length, len(text)))
    lines = lines_at(text, span)
    assert all(line.strip() and line in text.split("\n") for line in lines)
    for part in span.of(text).split("\n"):
        assert not part.strip() or any(part in line for line in lines)


def test_every_kind_and_field_can_be_said() -> None:
    assert set(KINDS) == set(Kind)
    assert {*FIELDS, "encoding"} == CORRECTABLE
    assert len(line_choices("body", "Harbour Wire")) == 2 * len(Kind) + 1
    assert [choice.key for choice in line_choices("body", "") if choice.right] == ["body"]


WORDS = some.lists(some.sampled_from(["one", "two", "three", "\n", "longer word here"]), max_size=12).map(" ".join)


@given(WORDS, WORDS, some.integers(12, 60))
def test_a_comparison_shows_every_change_and_fits(old: str, new: str, width: int) -> None:
    changes = word_diff(old, new)
    rows = comparison_rows(changes, width)
    told = "".join(cell.text for row in rows for cell in row.left)
    for change in changes:
        if change.sign != "=":
            assert all(word in told for word in change.text.split())
    for row in rows:
        assert row.heading or sum(width_of(cell.text) for cell in row.left) <= max(width, len("{+longer"))


def test_stretches_that_are_the_same_are_counted() -> None:
    rows = comparison_rows((Change("=", "same\n" * 20), Change("+", "new\n"), Change("=", "same\n" * 20)), 40)
    told = ["".join(cell.text for cell in row.left) for row in rows]
    assert told == ["18 lines the same", "same", "same", "{+new+}", "same", "same", "18 lines the same"]


def test_an_import_is_told_in_words() -> None:
    assert imported_in_words(Counter(added=2, present=1), "", False) == "2 added; 1 here already"
    assert imported_in_words(Counter(failed=1), "x: gone", False) == "x: gone"
    assert imported_in_words(Counter(), "", True) == "stopped"
