"""What is said of notes: on boards, in lists, at the start, on narrow screens, and by the bottom line."""

import asyncio
import time
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.annotations.agreement import reply
from reader.annotations.annotation import Annotation, Stance
from reader.annotations.claims import claim
from reader.annotations.selectors import find_quote, target_for
from reader.annotations.store import Store
from reader.tui.application import Application
from reader.tui.messages import when
from reader.tui.screens.board import Board
from reader.tui.screens.pick import Pick

from .desk import BRIDGE, application, folder, open_named, printed, ready, typed, until

QUOTE = "about 3,000 people an hour"


def add(app: Application, creator: str = "ana", on: str = QUOTE, **fields: object) -> Annotation:
    """An annotation on the bridge that stands before the program starts."""
    article = app.workspace.library.article("bridge.txt")
    store = Store(app.workspace.state, creator)
    target = target_for(article, find_quote(article, on))
    added = store.add(Annotation("", "", "", "", (target,), **fields), article.text)  # type: ignore[arg-type]
    store.close()
    return added


async def pick(pilot: Pilot[int], *keys: str) -> Pick:
    """The list behind some keys, once it is filled."""
    await pilot.press(*keys)
    await until(pilot, lambda: isinstance(pilot.app.screen, Pick), "the list")
    shown = pilot.app.screen
    assert isinstance(shown, Pick)
    await until(pilot, lambda: not shown.gathering, "its rows")
    await pilot.pause()
    return shown


def test_times_are_those_of_the_clock_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "XYZ-5:30")
    time.tzset()
    try:
        assert when("2024-03-03T20:45:10.123Z") == "2024-03-04 02:15"
        assert when("some day") == "some day"
    finally:
        monkeypatch.undo()
        time.tzset()


async def test_a_list_says_that_nothing_answers_to_what_is_typed(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    one = add(app, note="first")
    app.workspace.store.edit(one, note="second")
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await open_named(pilot, "bridge.txt")
        await pilot.press("]")
        await pick(pilot, "comma", "h")
        assert "bring back which state?" in printed(app)
        assert when(one.modified) in printed(app)
        await pilot.press(*"zzz")
        assert "Nothing here answers to “zzz”" in printed(app)
        assert "never changed" not in printed(app)
        await pilot.press("escape")
    app.workspace.close()


async def test_drafts_are_offered_keys_first_and_thrown_away_one_by_one(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    store = Store(app.workspace.state, "ana")
    for number in (1, 2):
        store.drafts.save(f"new whole {number}", f"draft {number} that was being written when the lights went out")
    store.close()
    async with app.run_test(size=(40, 10)) as pilot:
        await ready(pilot)
        await until(pilot, lambda: "y goes on with, x throws" in printed(app), "both keys are in view")
        await pilot.press("x")
        await until(pilot, lambda: len(app.workspace.store.drafts.all()) == 1, "one is gone")
        await until(pilot, lambda: "draft 1" in app.main_screen.status.message, "the other is offered")
        await pilot.press("x")
        await until(pilot, lambda: not app.workspace.store.drafts.all(), "both are gone")
        await until(pilot, lambda: app.main_screen.status.message == "Thrown away")
    app.workspace.close()


async def test_a_draft_of_a_note_that_was_deleted_brings_it_back(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    one = add(app, note="who counted?")
    store = Store(app.workspace.state, "ana")
    store.drafts.save(f"note {one.id}", "who counted them?")
    store.delete(one.id)
    store.close()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await until(pilot, lambda: "who counted" in screen.status.message, "the offer")
        await pilot.press("y")
        await until(pilot, lambda: screen.editing and screen.editor.text == "who counted them?", "the draft")
        await pilot.press("escape")
        await until(pilot, lambda: [each.note for each in app.workspace.store.all()] == ["who counted them?"], "saved")
    app.workspace.close()


async def test_a_change_that_could_not_be_saved_can_be_thrown_away(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    one = add(app, note="first")
    store = app.workspace.store
    for words in ("second", "third"):
        assert store._rescue.keep(Annotation(one.id, "ana", "", one.modified, one.targets, words), one)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await until(pilot, lambda: "y shows 2 changes" in screen.status.message, "the offer")
        shown = await pick(pilot, "y")
        assert "not saved" in printed(app)
        words = shown.current.label if shown.current else ""
        await pilot.press("enter")
        await until(pilot, lambda: "s saves it, x throws it away" in printed(app), "the question")
        await pilot.press("x")
        await until(pilot, lambda: len(store.rescued()) == 1, "one is gone")
        assert store.get(one.id) == one
        await pick(pilot, "comma", "o")
        await pilot.press("enter")
        await until(pilot, lambda: "s saves it, x throws it away" in printed(app), "the question")
        await pilot.press("s")
        await until(pilot, lambda: not store.rescued(), "the other is saved")
        saved = store.get(one.id)
        assert saved is not None
        assert {words, saved.note} == {"second", "third"}
    app.workspace.close()


async def test_a_file_of_notes_that_is_damaged_is_said_with_the_key_that_tells_why(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    add(app, note="first")
    (path,) = (app.workspace.state / "annotations").glob("[!.]*/*.json")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        path.write_text("{half", encoding="utf-8")
        for _ in range(600):
            if screen.status.is_error:
                break
            await asyncio.sleep(0.02)
        assert screen.status.message == "1 file of notes cannot be used; , o says why"
        await pick(pilot, "comma", "o")
        assert "it is not JSON" in printed(app)
        await pilot.press("escape")
    app.workspace.close()


async def test_a_board_on_a_low_screen_shows_its_rows(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    quotes = (QUOTE, "a crack as long as a hand", "a second opinion", "eleven weeks")
    for number, on in enumerate(quotes):
        add(app, on=on, note=f"note {number}")
    async with app.run_test(size=(40, 10)) as pilot:
        await ready(pilot)
        shown = await pick(pilot, "comma", "n")
        assert isinstance(shown, Board)
        await until(pilot, lambda: len(shown.lines) == 5, "a heading and four rows")
        await pilot.pause()
        rows = printed(app).splitlines()
        assert sum("note " in row for row in rows) >= 4
        assert "? keys" in rows[-1] or "enter go" in rows[-1]
        await pilot.press("d")
        await pilot.pause()
        assert shown.status._timer is None, "a question stays until it is answered"
        assert "Delete 1?" in printed(app)
        await pilot.press("n", "escape")
    app.workspace.close()


async def test_what_can_be_done_with_a_selection_stands_in_the_bottom_line(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await open_named(pilot, "bridge.txt")
        await pilot.press("2", "v", "s")
        await until(pilot, lambda: screen.page.selection is not None)
        last = printed(app).splitlines()[-1]
        assert all(words in last for words in ("enter mark", "a note", "T tag", "y copy", "? keys"))
        await pilot.press("enter")
        await until(pilot, lambda: "Marked with" in printed(app))
        await pilot.press("a")
        await until(pilot, lambda: screen.editing)
        assert "esc save" in printed(app).splitlines()[-1]
        await pilot.press("escape")
        assert "1 article ·" not in screen._place_in_words("SOURCES")
    app.workspace.close()


async def test_colleagues_are_set_side_by_side_with_the_passage_once(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    add(app, tags=("names",))
    add(app, "omar", tags=("figures", "toll office"), note="who counted?")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await open_named(pilot, "bridge.txt")
        await until(pilot, lambda: "omar · #figures · #toll office" in printed(app), "a tag is seen to be one")
        shown = await pick(pilot, "comma", "a")
        await until(pilot, lambda: "omar: who counted?  #figures  #toll office" in printed(app), "what omar says")
        assert "you: #names" in printed(app)
        assert isinstance(shown, Board)
        assert shown.told.visual.__str__().count(QUOTE) <= 1
        assert "kappa" not in printed(app), "one passage says nothing of chance"
        await pilot.press("escape")
        assert screen.placed
    app.workspace.close()


async def test_a_passage_that_is_lost_says_so_once(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    add(app, on="Engineers who climbed the north pylon on Sunday night found a crack")
    path = app.workspace.captures / "bridge.txt"
    path.write_text(BRIDGE.replace(BRIDGE[BRIDGE.index("Engineers") : BRIDGE.index("The bridge carries")], ""))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pick(pilot, "comma", "r")
        await until(pilot, lambda: "now  nothing like it" in printed(app), "the reason")
        assert printed(app).count("like it") == 2, "once in the row, once below"
        await pilot.press("escape")
    app.workspace.close()


async def test_a_claim_says_only_what_there_is_for_and_against_it(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    article = app.workspace.library.article("bridge.txt")
    target = target_for(article, find_quote(article, QUOTE))
    app.workspace.store.add(claim("Three thousand cross it in an hour", [target]))
    app.workspace.store.add(claim("Nobody crosses it", [target_for(article, None, stance=Stance.SUPPORTS)]))
    async with app.run_test(size=(100, 24)) as pilot:
        await ready(pilot)
        await pick(pilot, "comma", "c")
        rows = printed(app).splitlines()
        assert next(row for row in rows if "Three thousand" in row).rstrip().endswith(" 1 open")
        assert next(row for row in rows if "Nobody" in row).rstrip().endswith(" 1 for from 1 origin")
        await pilot.press("escape")
    app.workspace.close()


async def test_naming_a_tag_of_two_words_makes_one_tag(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    one = add(app)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await open_named(pilot, "bridge.txt")
        await pilot.press("]")
        await pick(pilot, "t")
        await typed(pilot, "toll office")
        assert "new: #toll office" in printed(app)
        await pilot.press("enter")
        await until(pilot, lambda: (app.workspace.store.get(one.id) or one).tags == ("toll office",), "one tag")
    app.workspace.close()


async def test_a_row_says_what_kind_of_note_it_is_and_what_its_links_are_called(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    one = add(app, note="see [[markets.txt|the flooded market]]")
    app.workspace.store.add(reply(one, "it was dry by then"))
    async with app.run_test(size=(100, 24)) as pilot:
        await ready(pilot)
        await pick(pilot, "comma", "n")
        await until(pilot, lambda: "it was dry by then" in printed(app), "the rows")
        rows = printed(app).splitlines()
        assert any("see [the flooded market]" in row for row in rows)
        assert "[[" not in printed(app)
        assert next(row for row in rows if "it was dry" in row).rstrip().endswith("reply")
        await pilot.press("escape")
    app.workspace.close()
