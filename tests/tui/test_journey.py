"""Journeys through the whole program by keys alone."""

from pathlib import Path

import pytest

from reader.tui.screens.search import SearchScreen

from .desk import HOSTILE, application, folder, open_named, printed, ready, typed, until


async def test_read_search_mark_write_tag_undo_and_find_it_all_again(tmp_path: Path) -> None:
    root = folder(tmp_path)
    app = application(root)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await ready(pilot)
        assert "Bridge crews" in printed(app)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        await typed(pilot, "hadad")
        await until(pilot, lambda: "al-Haddad" in printed(app), "the hit in its context")
        await pilot.press("enter")
        await until(pilot, lambda: screen.article is not None and screen.hits and app.screen is screen)
        assert screen.article is not None
        assert screen.article.id.endswith("bridge.txt")
        assert screen.hits[0].span.of(screen.article.text).endswith("Haddad")  # type: ignore[union-attr]

        await pilot.press("v", "s")
        await until(pilot, lambda: screen.page.selection is not None)
        span = screen.page.selection
        assert span is not None
        passage = span.of(screen.article.text)
        await pilot.press("enter")
        await until(pilot, lambda: screen.placed, "the mark")
        await pilot.press("a")
        await typed(pilot, "who counted?")
        await pilot.press("escape")
        await until(pilot, lambda: screen.placed[0].annotation.note == "who counted?", "the note")
        await pilot.press("t")
        await typed(pilot, "figures")
        await pilot.press("enter")
        await until(pilot, lambda: screen.placed[0].annotation.tags == ("figures",), "the tag")
        await pilot.press("u")
        await until(pilot, lambda: screen.placed[0].annotation.tags == (), "the undo")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: screen.placed[0].annotation.tags == ("figures",), "the redo")
        await pilot.press("ctrl+q")
    app.workspace.close()

    again = application(root)
    async with again.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        assert screen.article is not None
        assert screen.article.id.endswith("bridge.txt")
        (kept,) = screen.placed
        assert kept.span == span
        assert kept.annotation.targets[0].exact == passage
        assert (kept.annotation.note, kept.annotation.tags) == ("who counted?", ("figures",))
        assert not screen.sources.unread(screen.article.id)
    again.workspace.close()


async def test_deleting_a_note_asks_and_undo_brings_it_back(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await ready(pilot)
        await pilot.press("2", "a")
        await typed(pilot, "whole")
        await pilot.press("escape", "3", "d")
        await pilot.press("n")
        assert screen.placed
        await pilot.press("d", "y")
        await until(pilot, lambda: not screen.placed, "the deletion")
        await pilot.press("u")
        await until(pilot, lambda: screen.placed, "the undo")
    app.workspace.close()


async def test_find_lights_hits_and_n_goes_round(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await open_named(pilot, "bridge.txt")
        await pilot.press("2", "slash")
        await typed(pilot, "the")
        await until(pilot, lambda: len(screen.hits) > 3, "hits while typing")
        await pilot.press("enter", "n")
        assert screen.hit_at == 1
        await pilot.press("N", "N")
        assert screen.hit_at == len(screen.hits) - 1
        await pilot.press("escape", "escape")
        await until(pilot, lambda: not screen.hits)
    app.workspace.close()


async def test_a_draft_survives_and_is_offered(tmp_path: Path) -> None:
    root = folder(tmp_path)
    app = application(root)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await pilot.press("2", "a")
        await typed(pilot, "half a thou")
        app.save_all()
        assert screen.has_class("writing")
    app.workspace.store.close()
    app.workspace.close()

    again = application(root)
    async with again.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        await until(pilot, lambda: "half a thou" in screen.status.message, "the offer")
        await pilot.press("y")
        await until(pilot, lambda: screen.editor.text == "half a thou", "the draft in the editor")
        await typed(pilot, "ght")
        await pilot.press("escape")
        await until(pilot, lambda: screen.placed and screen.placed[0].annotation.note == "half a thought")
        assert not again.workspace.store.drafts.all()
    again.workspace.close()


@pytest.mark.parametrize("size", [(120, 40), (40, 10), (3, 2)])
async def test_hostile_titles_are_text_in_every_view(tmp_path: Path, size: tuple[int, int]) -> None:
    root = folder(tmp_path)
    app = application(root)
    async with app.run_test(size=size) as pilot:
        screen = await ready(pilot)
        await open_named(pilot, "markets.txt")
        wide = size[0] >= 80
        if wide:
            assert "[/update]" in printed(app)
        await pilot.press("2", "a")
        await typed(pilot, HOSTILE)
        await pilot.press("escape", "3", "t")
        await typed(pilot, "[/x][@click=app.quit]y")
        await pilot.press("enter", "r", "r", "c", "=", "f", "escape", "m", "[", "Y", "y")
        for keys in (*(f", {letter}" for letter in "me,pnrtclavh"), "question_mark", "colon", "T"):
            await pilot.press(*(("comma" if key == "," else key) for key in keys.split()))
            await pilot.pause()
            printed(app)
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is screen, f"back from {keys}")
        await pilot.press("slash")
        await typed(pilot, "[/up")
        await pilot.press("enter", "F")
        await typed(pilot, "[/update]")
        await pilot.press("escape", "s")
        await typed(pilot, "[/update] market")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen) and app.screen.found.count > 0, "an answer")
        if wide:
            assert "[/update]" in printed(app)
        await pilot.press("down", "escape")
        assert not [said.words for said in app.messages.said if said.error]
        assert app.return_code is None
        assert app.is_running
    app.workspace.close()


async def test_every_grouping_and_pane_command_keeps_the_screen_whole(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(110, 30)) as pilot:
        screen = await ready(pilot)
        for letter in "dtfu":
            await pilot.press("o", letter)
            assert screen.sources.grouping.startswith(letter)
            assert any(row for row in screen.sources.rows)
        for key in ("z", "z", "1", ">", ">", "<", "3", ">", "\\", "|", "|", "\\", "tab", "shift+tab", "q"):
            await pilot.press("backslash" if key == "\\" else "vertical_line" if key == "|" else key)
        await pilot.resize_terminal(59, 20)
        await pilot.press("1", "2", "3")
        await pilot.resize_terminal(1, 1)
        await pilot.resize_terminal(200, 60)
        assert "SOURCES" in printed(app)
    app.workspace.close()
