"""Every declared command does something somewhere; keys in a row are never lost; words go to the clipboard."""

import asyncio
import base64
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from textual.events import Key

from reader.settings.commands import COMMANDS
from reader.tui.clipboard import LIMIT, send
from reader.tui.commands import ACTIONS, load_actions
from reader.tui.screens.finding import LONG, span_of
from reader.tui.screens.main import MainScreen
from reader.tui.screens.pick import Choice, Pick
from reader.tui.screens.tagging import changed_tags
from reader.tui.sources import GroupRow, short_date
from reader.tui.trail import Place, Trail

from .desk import BRIDGE, application, folder, main_screen, open_named, printed, ready, until

SCREENS = {
    "main": "main", "sources": "main", "page": "main", "notes": "main", "caret": "main", "editor": "main",
    "search": "search", "list": "list", "board": "list",
}  # fmt: skip


def test_every_command_has_a_function_on_every_screen_where_it_counts() -> None:
    load_actions()
    for command in COMMANDS:
        for place in command.where:
            if place == "prompt":
                assert ACTIONS[command.name]
            elif place != "everywhere":
                known = ACTIONS[command.name]
                assert SCREENS[place] in known or "" in known, (command.name, place)


def test_every_function_belongs_to_a_declared_command() -> None:
    load_actions()
    assert set(ACTIONS) <= {command.name for command in COMMANDS}


async def test_keys_that_come_at_once_reach_what_the_first_one_opened(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        for key in ("2", "a", *"dusk", "escape"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: screen.placed, "the note")
        assert screen.placed[0].annotation.note == "dusk"
    app.workspace.close()


async def test_whoever_hesitates_in_a_sequence_sees_what_may_follow(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await pilot.press(",")
        await until(pilot, lambda: "List the marks" in printed(app), "what may follow")
        await pilot.press("escape")
        await until(pilot, lambda: "List the marks" not in printed(app), "put away")
        assert screen.status.message == ""
    app.workspace.close()


def test_a_list_finds_what_is_nearly_typed() -> None:
    commands = [Choice("d", "Delete the annotation in focus"), Choice("g", "Group by outlet"), Choice("q", "Quit")]
    pick = Pick(":", commands)
    for typed, found in (("delite anotation", "d"), ("grp", "g"), ("outlet", "g"), ("qit", "q")):
        pick.look_for(typed)
        assert [each.key for each in pick.found] == [found], typed
    pick.look_for("zebra")
    assert not pick.found
    tags = Pick("tag:", [Choice("gate", "gate")], free=True)
    tags.look_for("gates")
    assert not tags.found, "what is new is not taken for what is there"


async def test_keys_that_need_the_rows_of_a_list_wait_until_they_are_found(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    found, answers = threading.Event(), []

    def choices() -> list[Choice]:
        found.wait(20)
        return [Choice("g", "gate"), Choice("b", "bridge"), Choice("c", "bridgehead")]

    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        pick = Pick("about:", choices)
        app.choose(pick, answers.append)
        await until(pilot, lambda: app.screen is pick and pick.is_mounted, "the list")
        for key in (*"bridge", "down", "enter"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        for _ in range(500):
            if pick.prompt.value == "bridge":
                break
            await asyncio.sleep(0.01)
        assert pick.prompt.value == "bridge", "typing goes on"
        await asyncio.sleep(0.1)
        assert not answers
        found.set()
        await until(pilot, lambda: answers == ["c"], "the second of those that answer")
    app.workspace.close()


@pytest.mark.parametrize(
    ("old", "typed", "new"),
    [
        ((), "figures, names", ("figures", "names")),
        (("a", "b"), "-a, c", ("b", "c")),
        (("a",), "c -a", ("c",)),
        ((), "foreign  fighters", ("foreign fighters",)),
        ((), "#foreign fighters #doubt", ("foreign fighters", "doubt")),
        (("a",), "#a", ("a",)),
        (("a",), "  ", ("a",)),
        ((), "-", ()),
    ],
)
def test_tags_are_added_and_taken_away(old: tuple[str, ...], typed: str, new: tuple[str, ...]) -> None:
    assert changed_tags(old, typed) == new


def test_a_copy_goes_out_as_one_sequence_and_says_sent() -> None:
    written: list[str] = []
    words = send("the words — ﷺ", {}, written.append)
    assert words.startswith("Sent")
    (sequence,) = written
    assert base64.b64decode(sequence.removeprefix("\x1b]52;c;").removesuffix("\x07")).decode() == "the words — ﷺ"
    assert "Not sent" in send("x" * (LIMIT + 1), {}, written.append)
    assert len(written) == 1


def test_inside_screen_a_copy_is_cut_into_pieces() -> None:
    written: list[str] = []
    send("word " * 200, {"STY": "1.pts"}, written.append)
    pieces = [piece.removeprefix("\x1bP") for piece in written[0].split("\x1b\\") if piece]
    assert "".join(pieces).startswith("\x1b]52;c;")


PLACES = some.builds(Place, some.sampled_from("abc"), some.integers(0, 3))


@given(some.lists(PLACES, max_size=20), PLACES)
def test_back_and_forward_undo_each_other(jumps: list[Place], here: Place) -> None:
    trail = Trail()
    for place in jumps:
        trail.leave(place)
    before = trail.back(here)
    if before is not None:
        assert before != here
        assert trail.forward(before) == here


@pytest.mark.parametrize(
    ("iso", "shown"), [("2024-03-05", "5 Mar 2024"), ("2024-03", "Mar 2024"), ("2024", "2024"), ("", ""), ("x-y", "x")]
)
def test_dates_are_as_exact_as_they_are_known(iso: str, shown: str) -> None:
    assert short_date(iso) == shown


def panes_shown(screen: MainScreen) -> set[str]:
    """The panes that have cells on the screen."""
    boxes = {"sources": "#sources-pane", "page": "#page", "notes": "#notes-pane"}
    return {name for name, box in boxes.items() if screen.query_one(box).region.area}


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("z", "page"),
        ("z z", "sources page notes"),
        ("\\ |", "page"),
        ("\\ | z", "sources page notes"),
        ("| z z", "sources page"),
        ("z \\", "sources page notes"),
        ("| z |", "sources page notes"),
    ],
)
async def test_panes_are_hidden_and_come_back(tmp_path: Path, keys: str, shown: str) -> None:
    names = {"\\": "backslash", "|": "vertical_line"}
    app = application(folder(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("2", *(names.get(key, key) for key in keys.split()))
        await until(pilot, lambda: panes_shown(screen) == set(shown.split()), shown)
    app.workspace.close()


async def test_no_key_of_a_pane_is_silent(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await open_named(pilot, "bridge.txt")
        for keys, words in (
            (("c",), "No comments"),
            ((",", "b"), "at the right edge"),
            ((",", "b"), "in logical order"),
            (("z", "greater_than_sign"), "z shows the panes again"),
            (("z",), ""),
        ):
            await pilot.press(*keys)
            await until(pilot, lambda words=words: words in screen.status.message, words)
        await pilot.resize_terminal(40, 10)
        for key in ("z", "less_than_sign", "backslash"):
            await pilot.press("escape", key)
            await until(pilot, lambda: "1 2 3" in screen.status.message, key)
        assert not screen.arrangement.no_sources
        assert not screen.arrangement.alone
    app.workspace.close()


async def test_an_empty_list_tells_a_folder_that_is_looked_through_from_one_without_captures(tmp_path: Path) -> None:
    (tmp_path / "desk" / "articles").mkdir(parents=True)
    app = application(tmp_path / "desk")
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Looking for captures" in printed(app)
        await until(pilot, lambda: "No captures here yet" in printed(app), "looked through")
        (tmp_path / "desk" / "articles" / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
        screen = main_screen(app)
        await until(pilot, lambda: screen.source_list.index is not None, "a row to press Enter on")
        await pilot.press("enter")
        await until(pilot, lambda: screen.article is not None, "opened")
    app.workspace.close()


async def test_what_is_sought_in_a_long_article_is_found_when_its_words_are_read(tmp_path: Path) -> None:
    root = folder(tmp_path)
    long = BRIDGE + "\n".join(f"The pylon was looked at in week {number} by three crews.\n" for number in range(6000))
    (root / "articles" / "bridge.txt").write_text(long, encoding="utf-8")
    app = application(root)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await open_named(pilot, "bridge.txt")
        assert len(screen.article.text) > LONG
        for key in ("slash", *"boatmen", "enter"):
            app.post_message(Key(key, key if len(key) == 1 else "/" if key == "slash" else None))
        found = lambda: [span_of(hit).of(screen.article.text) for hit in screen.hits]  # noqa: E731
        await until(pilot, lambda: found() == ["boatman"], "found")
        assert not screen.finding
        await pilot.press("slash", *"zebra", "enter")
        await until(pilot, lambda: "is not in this article" in screen.status.message, "told")
    app.workspace.close()


async def test_sources_are_grouped_by_story_and_what_comes_joins_its_story(tmp_path: Path) -> None:
    root = folder(tmp_path)
    again = BRIDGE.replace("Bridge crews find a second crack", "Toll office tells of the crack")
    (root / "articles" / "again.txt").write_text(
        again + "The office of Yusuf al-Haddad in Sellan called Edda Krol.\n", encoding="utf-8"
    )
    (root / "articles" / "bridge.txt").write_text(
        BRIDGE + "From Sellan came Edda Krol, and Yousef al-Hadad told her of it.\n", encoding="utf-8"
    )
    app = application(root)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        await pilot.press("1", "o", "s")

        def groups() -> dict[str, int]:
            rows = [screen.sources.rows[index] for index in range(len(screen.sources.rows))]
            return {row.label: row.size for row in rows if isinstance(row, GroupRow)}

        await until(pilot, lambda: list(groups().values()) == [2, 1] and "On their own" in groups(), "grouped")
        (root / "articles" / "third.txt").write_text(
            "River Post\n\nKrol speaks of the crack\n\nIn Sellan, said Yusuf Haddad, the mayor Edda Krol was asked "
            "twice about the pylon and its bolts, and twice she said that the crossing would stay open.\n",
            encoding="utf-8",
        )
        await until(pilot, lambda: list(groups().values()) == [3, 1], "joined")
    app.workspace.close()
