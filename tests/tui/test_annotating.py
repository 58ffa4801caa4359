"""Annotating by keys alone: pens, ends, links, replies, tags, boards, and what changed behind one's back."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.annotations.anchoring import Anchors, Placement
from reader.annotations.annotation import Annotation, Stance, State, Target
from reader.annotations.claims import claim
from reader.annotations.selectors import find_quote, target_for
from reader.annotations.store import Store
from reader.library.entry import Changes
from reader.tui.application import Application
from reader.tui.screens.board import Board
from reader.tui.screens.comparing import AgreementBoard, MatrixBoard, settled
from reader.tui.screens.main import MainScreen
from reader.tui.screens.pick import Pick
from reader.tui.screens.tagging import TagPick, after_choice
from reader.upkeep import Upkeep

from .desk import BRIDGE, application, folder, open_named, printed, ready, typed, until

QUOTE = "about 3,000 people an hour"


def noted(root: Path, app: Application, creator: str = "ana", on: str = QUOTE, **fields: object) -> Annotation:
    """An annotation on the bridge that stands before the program starts."""
    article = app.workspace.library.article("bridge.txt")
    target = target_for(article, find_quote(article, on))
    store = Store(root / ".textual", creator)
    draft = Annotation("", "", "", "", (target,), **fields)  # type: ignore[arg-type]
    added = store.add(draft, article.text)
    store.close()
    return added


def now(app: Application, one: Annotation) -> Annotation:
    """The annotation as it stands by now."""
    found = app.workspace.store.get(one.id)
    assert found is not None
    return found


async def on_bridge(pilot: Pilot[int]) -> MainScreen:
    """The bridge, open, the page in focus."""
    screen = await ready(pilot)
    await open_named(pilot, "bridge.txt")
    await until(pilot, lambda: screen.focused is screen.page)
    return screen


async def board(pilot: Pilot[int], letter: str, rows: int) -> Board:
    """The board behind a comma and a letter, once it has that many rows."""
    await pilot.press("comma", letter)
    await until(pilot, lambda: isinstance(pilot.app.screen, Board), "the board")
    shown = pilot.app.screen
    assert isinstance(shown, Board)
    await until(pilot, lambda: sum(line.row.selectable for line in shown.lines) == rows, f"{rows} rows")
    return shown


async def test_the_same_pen_again_clears_and_another_one_replaces(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await on_bridge(pilot)
        await pilot.press("v", "s", "enter")
        await until(pilot, lambda: screen.placed, "the mark")
        await pilot.press("P", "d")
        await until(pilot, lambda: screen.placed[0].annotation.pen == "doubt", "another pen")
        assert screen.desk.pen.name == "doubt"
        await pilot.press("P", "d")
        await until(pilot, lambda: not screen.placed, "cleared")
        assert "gone" in screen.status.message
        await pilot.press("M")
        await until(pilot, lambda: screen.placed and screen.placed[0].span is None, "the whole article")
        await pilot.press("M")
        await until(pilot, lambda: not screen.placed, "no longer")
    app.workspace.close()


async def test_ends_are_moved_word_by_word(tmp_path: Path) -> None:
    root = folder(tmp_path)
    app = application(root)
    noted(root, app)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await on_bridge(pilot)
        await pilot.press("]", "i")
        await until(pilot, lambda: screen.page.selection is not None, "the passage selected")
        await pilot.press("e", "e", "o", "w", "enter")
        await until(pilot, lambda: screen.placed[0].annotation.targets[0].exact.startswith("3,000"), "another start")
        assert screen.placed[0].annotation.targets[0].exact == "3,000 people an hour at rush"
        await pilot.press("u")
        await until(pilot, lambda: screen.placed[0].annotation.targets[0].exact == QUOTE, "undone")
    app.workspace.close()


async def test_a_colleagues_note_is_answered_taken_and_left_alone(tmp_path: Path) -> None:
    root = folder(tmp_path)
    app = application(root)
    theirs = noted(root, app, "omar", note="who counted?", tags=("figures",), pen="doubt")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await on_bridge(pilot)
        await pilot.press("]", "e")
        assert not screen.has_class("writing")
        await pilot.press("t")
        assert app.screen is screen
        await pilot.press("@")
        await typed(pilot, "the toll office")
        await pilot.press("escape")
        await until(pilot, lambda: len(screen.placed) == 2, "the reply")
        assert [one.annotation.kind for one in screen.placed] == ["note", "reply"]
        await pilot.press("[", "&")
        await until(pilot, lambda: len(screen.placed) == 3, "the copy")
        mine = next(one.annotation for one in screen.placed if one.annotation.note == theirs.note and app.workspace.store.is_mine(one.annotation))  # noqa: E501
        assert mine.tags == theirs.tags
        assert app.workspace.store.get(theirs.id) == theirs
        app.workspace.store.edit(mine, tags=("names",))
        shown = await board(pilot, "a", 1)
        assert isinstance(shown, AgreementBoard)
        await pilot.press("-")
        assert settled(app.workspace.store.get(mine.id) or mine, theirs)
        await pilot.press("&")
        await until(pilot, lambda: "figures" in (app.workspace.store.get(mine.id) or mine).tags, "taken")
        await pilot.press("escape")
    app.workspace.close()


async def test_several_differences_are_settled_in_one_step(tmp_path: Path) -> None:
    root = folder(tmp_path)
    app = application(root)
    theirs = [noted(root, app, "omar", tags=("figures",)), noted(root, app, "omar", on="a second opinion", pen="doubt")]
    lone = noted(root, app, "lena", on="a boatman", note="who?")
    noted(root, app, "omar", on="a boatman", note="which one?")
    mine = [app.workspace.store.add(replace(one, id="", creator="", tags=("names",), pen=None)) for one in theirs]
    async with app.run_test(size=(120, 40)) as pilot:
        await on_bridge(pilot)
        await board(pilot, "a", 3)
        await pilot.press("G", "-")
        await until(pilot, lambda: "You have not marked" in printed(app), "that there is nothing to keep")
        await pilot.press("g", "x", "x", "&")
        await until(pilot, lambda: "figures" in now(app, mine[0]).tags and bool(now(app, mine[1]).pen))
        assert app.workspace.store.undo() == "taking what omar noted"
        assert [now(app, one) for one in mine] == [replace(one, modified=now(app, one).modified) for one in mine]
        assert now(app, lone) == lone
        await pilot.press("escape")
    app.workspace.close()


async def test_two_brackets_complete_a_link_that_enter_follows_and_H_comes_back(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await on_bridge(pilot)
        await pilot.press("W", "s", "e", "e", "space", "[", "[")
        await until(pilot, lambda: isinstance(app.screen, Pick), "what can be linked to")
        await pilot.press(*"upd", "enter")
        await until(pilot, lambda: "[[markets.txt|" in screen.editor.text, "the link")
        await pilot.press("escape")
        await until(pilot, lambda: screen.placed, "the note")
        await pilot.press("]", "enter")
        await until(pilot, lambda: screen.article is not None and screen.article.id == "markets.txt", "followed")
        await pilot.press("H")
        await until(pilot, lambda: screen.article is not None and screen.article.id == "bridge.txt", "back")
    app.workspace.close()


async def test_tags_are_chosen_by_typing_or_by_a_digit(tmp_path: Path) -> None:
    root = folder(tmp_path)
    app = application(root)
    noted(root, app, tags=("figures",))
    noted(root, app, note="another")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await on_bridge(pilot)
        await pilot.press("]", "]", "t")
        await until(pilot, lambda: isinstance(app.screen, TagPick), "the tags")
        await pilot.press("1")
        await until(pilot, lambda: screen.current_note and screen.current_note.annotation.tags == ("figures",))
        await pilot.press("t", *"tol", "enter")
        await until(pilot, lambda: screen.current_note and screen.current_note.annotation.tags == ("figures", "tol"))
    app.workspace.close()


def test_a_tag_chosen_again_is_taken_away() -> None:
    assert after_choice(("a", "b"), "=a") == ("b",)
    assert after_choice(("a",), "=two words") == ("a", "two words")
    assert after_choice(("a",), "+b, c, -a") == ("b", "c")


async def test_many_notes_are_tagged_in_one_step_and_one_undo_takes_it_back(tmp_path: Path) -> None:
    root = folder(tmp_path)
    app = application(root)
    for words in ("one", "two", "three"):
        noted(root, app, note=words)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await board(pilot, "n", 3)
        await pilot.press("x", "x", "t")
        await until(pilot, lambda: isinstance(app.screen, TagPick))
        await pilot.press(*"crews", "enter")
        store = app.workspace.store
        await until(pilot, lambda: sum("crews" in one.tags for one in store.all()) == 2, "two tagged")
        await until(pilot, lambda: isinstance(app.screen, Board))
        await pilot.press("u")
        await until(pilot, lambda: not any(one.tags for one in store.all()), "undone in one")
        await pilot.press("slash", *"three", "enter")
        screen = app.main_screen
        await until(pilot, lambda: screen.current_note and screen.current_note.annotation.note == "three", "gone to")
    app.workspace.close()


async def test_a_passage_whose_words_changed_is_reviewed_and_accepted(tmp_path: Path) -> None:
    root = folder(tmp_path)
    app = application(root)
    noted(root, app, note="count again")
    changed = BRIDGE.replace(QUOTE, "about 3,400 persons an hour")
    (root / "articles" / "bridge.txt").write_text(changed, encoding="utf-8")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await on_bridge(pilot)
        await until(pilot, lambda: screen.placed and screen.placed[0].state is State.REVIEW, "the badge")
        await board(pilot, "r", 1)
        assert "3,000 people" in printed(app)
        assert "3,400 persons" in printed(app)
        await pilot.press("y")
        await until(pilot, lambda: not isinstance(app.screen, Board) or not app.screen.lines, "nothing left")
        assert "3,400" in app.workspace.store.all()[0].targets[0].exact
        await pilot.press("escape")
        await until(pilot, lambda: screen.placed[0].state is State.PLACED)
    app.workspace.close()


async def test_a_cell_of_the_table_of_tags_lists_its_passages(tmp_path: Path) -> None:
    root = folder(tmp_path)
    app = application(root)
    noted(root, app, tags=("figures",))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        shown = await board(pilot, "x", 1)
        assert isinstance(shown, MatrixBoard)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Board) and app.screen is not shown and app.screen.lines)
        await pilot.press("j", "enter")
        await until(pilot, lambda: app.screen is screen and screen.current_note is not None, "the passage")
    app.workspace.close()


async def test_what_was_deleted_is_brought_back_from_the_trash(tmp_path: Path) -> None:
    root = folder(tmp_path)
    app = application(root)
    gone = noted(root, app, note="keep me")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ready(pilot)
        app.workspace.store.delete(gone.id)
        await pilot.press("comma", "d", "enter")
        await until(pilot, lambda: app.workspace.store.get(gone.id) is not None, "back")
        await until(pilot, lambda: app.screen is screen)
    app.workspace.close()


async def test_another_program_does_not_disturb_what_is_being_written(tmp_path: Path) -> None:
    root = folder(tmp_path)
    app = application(root)
    mine = noted(root, app, note="first")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await on_bridge(pilot)
        await pilot.press("]", "e")
        await typed(pilot, " and more")
        other = Store(root / ".textual", "ana")
        other.edit(mine, tags=("figures",))
        other.close()
        noted(root, app, "omar", note="meanwhile")
        await until(pilot, lambda: len(screen.placed) == 2, "the colleague's note appears")
        assert screen.editor.text == "first and more"
        await pilot.press("escape")
        store = app.workspace.store
        await until(pilot, lambda: (store.get(mine.id) or mine).note == "first and more", "saved")
        assert (store.get(mine.id) or mine).tags == ("figures",)
    app.workspace.close()


async def test_a_note_is_given_up_by_keys_and_only_after_a_yes(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await ready(pilot)
        await open_named(pilot, "bridge.txt")
        await pilot.press("a", *"who", "ctrl+g")
        await until(pilot, lambda: "Throw away what you wrote?" in screen.status.message, "the question")
        await pilot.press("n")
        assert screen.has_class("writing")
        assert screen.editor.text == "who"
        assert screen.status.message == ""
        await pilot.press("ctrl+g", "y")
        await until(pilot, lambda: not screen.has_class("writing"), "the editor is closed")
        assert not screen.workspace.store.all()
        assert not screen.workspace.store.drafts.all()


async def test_a_colleagues_note_comes_while_the_folder_is_still_being_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder(tmp_path)
    app = application(root)
    looked, go_on = threading.Event(), threading.Event()
    look = Upkeep.look

    def slow(upkeep: Upkeep, cancelled: Callable[[], bool]) -> Iterator[Changes]:
        looked.set()
        go_on.wait(30)
        yield from look(upkeep, cancelled)

    monkeypatch.setattr(Upkeep, "look", slow)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await on_bridge(pilot)
        try:
            await until(pilot, looked.is_set, "the folder is looked at")
            noted(root, app, "omar", note="who counted?")
            await until(pilot, lambda: [one.annotation.creator for one in screen.placed] == ["omar"], "their note")
        finally:
            go_on.set()
    app.workspace.close()


LISTS = {
    "all notes": ", n", "review": ", r", "codebook": ", t", "agreement": ", a", "tags": ", x", "claims": ", c",
    "trash": ", d", "unfinished": ", o", "earlier": ", h", "tag": "t", "claim": "+", "grade": ", g",
}  # fmt: skip


@pytest.mark.parametrize("keys", LISTS.values(), ids=LISTS.keys())
async def test_no_list_goes_through_all_notes_on_the_thread_of_the_screen(
    keys: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder(tmp_path)
    app = application(root)
    noted(root, app, note="who counted?", tags=("figures",), pen="doubt")
    screens, asked = threading.get_ident(), []
    for name in ("all", "trash", "history", "problems"):
        was = getattr(Store, name)
        told = was.fget if isinstance(was, property) else was

        def noting(*arguments: object, told: Callable[..., object] = told, name: str = name) -> object:
            if threading.get_ident() == screens:
                asked.append(name)
            return told(*arguments)

        monkeypatch.setattr(Store, name, property(noting) if isinstance(was, property) else noting)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await on_bridge(pilot)
        await pilot.press("]")
        await until(pilot, lambda: screen.current_note is not None, "the note is in focus")
        asked.clear()
        await pilot.press(*keys.split())
        await until(pilot, lambda: isinstance(app.screen, Pick), "the list")
        shown = app.screen
        assert isinstance(shown, Pick)
        await until(pilot, lambda: not shown.gathering, "its rows")
        await pilot.press("escape")
        assert not asked
    app.workspace.close()


async def test_a_place_is_looked_for_beside_the_screen_and_an_old_answer_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder(tmp_path)
    app = application(root)
    article = app.workspace.library.article("bridge.txt")
    older = replace(article, text=article.text.replace("about 3,000", "some 2,000"))
    target = replace(target_for(older, find_quote(older, "some 2,000 people an hour")), text_sha256="1" * 64)
    searched: list[bool] = []
    screens, place = threading.get_ident(), Anchors.place

    def noting(anchors: Anchors, target: Target, old_text: str | None = None) -> Placement:
        if target.text_sha256 == "1" * 64:
            searched.append(threading.get_ident() == screens)
        return place(anchors, target, old_text)

    monkeypatch.setattr(Anchors, "place", noting)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await on_bridge(pilot)
        Store(root / ".textual", "omar").add(Annotation("", "", "", "", (target,), "who counted?"))
        await until(pilot, lambda: screen.placed, "their note")
        assert screen.placed[0].state is State.REVIEW
        assert searched == [False]
        shown = screen.placed
        assert screen.article is not None
        screen.post_message(screen.Placed(0, screen.article, []))
        await pilot.pause()
        assert screen.placed == shown
    app.workspace.close()


async def test_a_note_that_was_changed_elsewhere_meanwhile_keeps_both_and_says_so(tmp_path: Path) -> None:
    root = folder(tmp_path)
    app = application(root)
    one = noted(root, app, note="who counted?")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await on_bridge(pilot)
        await pilot.press("]", "e")
        await typed(pilot, " the guild")
        Store(root / ".textual", "ana").edit(one.id, note="nobody counted")
        await pilot.press("escape")
        await until(pilot, lambda: "both versions are kept" in screen.status.message, "it is said")
        kept = app.workspace.store.all()[0].note
        assert "the guild" in kept
        assert "nobody counted" in kept
    app.workspace.close()


async def test_a_filter_that_nothing_answers_to_says_so(tmp_path: Path) -> None:
    root = folder(tmp_path)
    app = application(root)
    noted(root, app, note="who counted?")
    async with app.run_test(size=(120, 40)) as pilot:
        await on_bridge(pilot)
        shown = await board(pilot, "n", 1)
        await pilot.press("slash", *"zebra")
        await until(pilot, lambda: not shown.lines and "“zebra”" in shown.list.empty, "nothing answers")
        assert "v selects a passage" not in printed(app)
        await pilot.press("escape")
        await until(pilot, lambda: shown.there is None, "a list that was left holds nothing")
    app.workspace.close()


async def test_a_claim_says_why_two_articles_count_as_one_origin(tmp_path: Path) -> None:
    root = folder(tmp_path)
    taken_over = BRIDGE.replace("Harbour Wire", "River Post").replace("Lena Mardin", "Omar Nour")
    (root / "articles" / "taken.txt").write_text(taken_over, encoding="utf-8")
    app = application(root)
    found = [app.workspace.library.article(id) for id in ("bridge.txt", "taken.txt")]
    passages = [replace(target_for(one, find_quote(one, QUOTE)), stance=Stance.SUPPORTS) for one in found]
    app.workspace.store.add(claim("Three thousand cross it in an hour", passages))
    async with app.run_test(size=(140, 40)) as pilot:
        await on_bridge(pilot)
        await pilot.press("comma", "c")
        await until(pilot, lambda: "count once: 100% of the shorter text is in the other" in printed(app), "the reason")
        assert "2 for from 1" in printed(app)
        assert "one origin says so" in printed(app)
        await pilot.press("escape")
    app.workspace.close()
