"""Lists, notes, status line, editor, prompt and jump mode, each in an app of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.events import Paste
from textual.pilot import Pilot
from textual.widget import Widget

from reader.annotations.annotation import Annotation, State, Target
from reader.text.span import Span
from reader.tui.heading import Heading
from reader.tui.widgets.editor import NoteEditor, Prompt
from reader.tui.widgets.following import Following
from reader.tui.widgets.jump import Jump, labels
from reader.tui.widgets.notes import Card, NotesPane
from reader.tui.widgets.page import Page
from reader.tui.widgets.rows import Cell, Row, RowList, Rows
from reader.tui.widgets.status import StatusLine
from reader.tui.widgets.view import LineView

from .articles import BRIDGE


class One(App[None]):
    """One widget, and the messages that it posts."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_mount(self) -> None:
        self.widget.focus()

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        self.heard.append(message.index)

    def on_row_list_selected(self, message: RowList.Selected) -> None:
        self.heard.append(("selected", message.index))

    def on_notes_pane_highlighted(self, message: NotesPane.Highlighted) -> None:
        self.heard.append(message.id)

    def on_notes_pane_opened(self, message: NotesPane.Opened) -> None:
        self.heard.append(("opened", message.id))

    def on_note_editor_submitted(self, message: NoteEditor.Submitted) -> None:
        self.heard.append(("submitted", message.text, message.changed))

    def on_note_editor_cancelled(self, message: NoteEditor.Cancelled) -> None:
        self.heard.append(("cancelled", message.changed))

    def on_prompt_cancelled(self, message: Prompt.Cancelled) -> None:
        self.heard.append("left")


async def printed(pilot: Pilot[None]) -> list[str]:
    """The rows of the app's widget."""
    await pilot.pause()
    view = pilot.app.query_one(LineView)
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


class Million:
    """A million rows that count how often they are asked for."""

    count = 1_000_000

    def __init__(self) -> None:
        self.asked = 0

    def row(self, index: int) -> Row:
        self.asked += 1
        return Row((Cell(f"Article {index:,}"),), (Cell("3", "quiet"),), heading=index % 10 == 0, key=str(index))


async def test_a_million_rows_ask_only_for_those_in_view() -> None:
    provider = Million()
    app = One(RowList(provider))
    async with app.run_test(size=(40, 10)) as pilot:
        rows_list = pilot.app.query_one(RowList)
        rows_list.show(provider)
        rows = await printed(pilot)
        assert rows[0].startswith("▌Article 0")
        assert rows[0].endswith("3")
        assert provider.asked < 100
        rows_list.to_bottom()
        assert (await printed(pilot))[-1].startswith("▌Article 999,999")
        rows_list.to_heading(-1)
        await pilot.pause()
        assert app.heard[-1] == 999_990
        rows_list.select()
        await pilot.pause()
        assert app.heard[-1] == ("selected", 999_990)


async def test_a_list_keeps_its_row_when_rows_come_and_go() -> None:
    app = One(RowList())
    async with app.run_test(size=(30, 5)) as pilot:
        rows_list = pilot.app.query_one(RowList)
        rows_list.show(Rows([Row((Cell(f"row {n}"),), key=str(n)) for n in range(20)]), 12)
        before = await printed(pilot)
        rows_list.show(Rows([Row((Cell(f"row {n}"),), key=str(n)) for n in range(3, 30)]), keep=True)
        assert await printed(pilot) == before
        assert rows_list.index == 9
        rows_list.show(Rows([]), keep=True)
        await pilot.pause()
        assert rows_list.index is None


async def test_a_list_passes_over_rows_that_cannot_be_chosen_and_says_when_empty() -> None:
    app = One(RowList(empty="No sources yet."))
    async with app.run_test(size=(30, 5)) as pilot:
        rows_list = pilot.app.query_one(RowList)
        assert (await printed(pilot))[0].strip() == "No sources yet."
        rows_list.show(Rows([Row((Cell("group"),), selectable=False), Row((Cell("a"),)), Row((Cell("b"),))]))
        assert rows_list.index == 1
        assert not rows_list.move(-1)
        assert rows_list.move(1)
        await pilot.click(offset=(3, 1))
        await pilot.pause()
        assert rows_list.index == 1


@pytest.mark.parametrize("width", [1, 2, 7, 12, 40])
async def test_rows_are_never_wider_than_the_list(width: int) -> None:
    row = Row(
        (Cell("中文字 a long title e\u0301", marks=(Span(1, 4),)),),
        (Cell("12"), Cell("●")),
        indent=2,
        ticked=True,
    )
    app = One(RowList())
    async with app.run_test(size=(width, 3)) as pilot:
        pilot.app.query_one(RowList).show(Rows([row, row]))
        await pilot.pause()
        view = pilot.app.query_one(RowList)
        assert all(strip.cell_length <= width for strip in view.draw(width, 3))


def card(id: str, note: str = "", state: State = State.PLACED, quote: str = "about 3,000 people") -> Card:
    """A card of the notes pane."""
    target = Target("river-post/bridge.txt", span=Span(0, 5), exact=quote)
    stamp = "2024-03-04T10:00:00.000Z"
    return Card(Annotation(id, "ana", stamp, stamp, (target,), note, ("figures",)), "para 2", "#e5c453", state)


async def test_notes_follow_the_page_and_wrap() -> None:
    app = One(NotesPane())
    async with app.run_test(size=(30, 12)) as pilot:
        pane = pilot.app.query_one(NotesPane)
        assert (await printed(pilot))[0].strip() == "No notes yet. v selects, a"
        pane.show([card(str(n), f"[b]note {n}[/b] that goes on over more than one row of the pane") for n in range(9)])
        pane.highlight("7")
        rows = await printed(pilot)
        assert any("▌ [b]note 7[/b]" in row for row in rows)
        assert app.heard == []
        assert pane.move(1)
        await pilot.pause()
        assert app.heard == ["8"]
        pane.open()
        await pilot.pause()
        assert app.heard[-1] == ("opened", "8")
        pane.show([card("8", state=State.REVIEW)])
        assert any("look again" in row for row in await printed(pilot))
        assert pane.current == "8"


async def test_the_status_line_keeps_errors_and_the_keys_that_fit() -> None:
    app = One(StatusLine())
    async with app.run_test(size=(60, 1)) as pilot:
        status = pilot.app.query_one(StatusLine)
        status.set_mode("READ")
        status.set_place("Bridge crews find a second crack  34 %")
        status.set_keys([("v", "select"), ("/", "find"), ("s", "search all"), ("a", "note"), ("?", "keys")])
        row = (await printed(pilot))[0]
        assert row.startswith(" READ  Bridge crews")
        assert "v select" in row
        status.error("Not saved: the disk is full")
        status.say("Saved")
        assert (await printed(pilot))[0] == " READ  Not saved: the disk is full"
        assert status.dismiss()
        status.say("[@click=app.quit]saved[/]")
        assert "[@click=app.quit]saved[/]" in (await printed(pilot))[0]


async def test_the_editor_says_what_was_written_and_whether_it_changed() -> None:
    editor = NoteEditor()
    app = One(editor)
    async with app.run_test(size=(40, 10)) as pilot:
        editor.begin("new:bridge", "who counted?")
        await pilot.press("!", "escape")
        await pilot.pause()
        assert app.heard == [("submitted", "who counted?!", True)]
        await pilot.press("ctrl+g")
        await pilot.pause()
        assert app.heard[-1] == ("cancelled", True)
        editor.begin("new:bridge", "")
        assert not editor.changed


async def test_what_is_pasted_is_cleaned_at_the_door() -> None:
    editor = NoteEditor()
    app = One(editor)
    async with app.run_test(size=(40, 10)) as pilot:
        editor.post_message(Paste("one\x1b[31mtwo\r\nthree\u202e"))
        await pilot.pause()
        assert editor.text.split("\n")[1] == "three"
        assert "\x1b" not in editor.text
        assert "\r" not in editor.text
        assert "\u202e" not in editor.text
        assert editor.changed
    prompt = Prompt()
    async with One(prompt).run_test(size=(40, 3)) as pilot:
        prompt.post_message(Paste("two\nlines\x07 [bold]"))
        await pilot.pause()
        assert prompt.value.startswith("two lines")
        assert "\x07" not in prompt.value


async def test_the_prompt_completes_by_tab_and_remembers() -> None:
    prompt = Prompt(complete=lambda typed: [word for word in ("outlet:", "open") if word.startswith(typed)])
    app = One(prompt)
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.press("o", "tab")
        assert prompt.value == "outlet:"
        await pilot.press("tab")
        assert prompt.value == "open"
        prompt.remember()
        prompt.value = ""
        prompt.recall(-1)
        assert prompt.value == "open"
        await pilot.press("escape")
        await pilot.pause()
        assert app.heard == ["left"]


@given(st.integers(0, 3000))
def test_no_label_begins_another(count: int) -> None:
    found = labels(count)
    assert len(found) == count == len(set(found))
    assert not any(a != b and b.startswith(a) for a in found[:40] for b in found)


async def test_jump_mode_reaches_a_fold_by_letter() -> None:
    page = Page()
    app = One(page)
    async with app.run_test(size=(80, 60)) as pilot:
        page.show(BRIDGE)
        await pilot.pause()
        jump = Jump([page])
        await pilot.pause()
        label = next(name for name, (_, spot) in jump.targets.items() if spot.action == "comments")
        assert any(label in page.render_line(y).text for y in range(60))
        finished = [jump.press(letter) for letter in label]
        await pilot.pause()
        assert finished[-1]
        assert page.view.comments
        assert not page._labels


async def test_focus_sends_only_what_it_changes_and_a_theme_repaints_all() -> None:
    page = Page()
    app = One(page)
    async with app.run_test(size=(60, 20)) as pilot:
        page.show(BRIDGE)
        await pilot.pause()
        app.set_focus(None)
        await pilot.pause()
        sent: list[object] = []
        original = app._driver.write
        app._driver.write = lambda data: (sent.append(data), original(data))[1]  # type: ignore[union-attr, method-assign]
        page.focus()
        await pilot.pause()
        assert not any("Engineers" in str(data) for data in sent)
        app.theme = "textual-light"
        await pilot.pause()
        await pilot.pause()
        grounds = {
            segment.style.bgcolor
            for strip in app.screen._compositor.render_strips()
            for segment in strip
            if segment.style is not None
        }
        assert grounds == {page.look().bgcolor}


async def test_the_words_of_a_heading_give_way_whole() -> None:
    for width, told in ((40, "13 unread · by outlet"), (28, "13 unread"), (14, "13…")):
        async with One(heading := Heading("SOURCES")).run_test(size=(width, 1)) as pilot:
            heading.say("13 unread", "by outlet", active=True)
            assert (await printed(pilot))[0].split("SOURCES")[1].strip() == told


async def test_what_may_follow_is_shown_in_columns_and_what_has_no_room_is_counted() -> None:
    keys = [(letter, f"[b]what {letter} does") for letter in "abcdefg"]

    async def rows(width: int, height: int) -> list[list[str]]:
        async with One(following := Following()).run_test(size=(width, 12)) as pilot:
            following.show(keys, width, height)
            await pilot.pause()
            found = [row.split() for row in await printed(pilot) if row.strip()]
            following.show([], width, height)
            assert not following.display
        return found

    wide, narrow = await rows(80, 6), await rows(40, 3)
    assert wide[0] == ["a", "[b]what", "a", "does", "e", "[b]what", "e", "does"]
    assert len(wide) == 4
    assert [row[0] for row in narrow] == ["a", "b", "…"]
    assert "5" in narrow[-1]


async def test_what_an_empty_list_says_is_read_whole_where_it_is_narrow() -> None:
    words = "No claims yet. + puts the annotation in focus under one."
    app = One(RowList(Rows([]), empty=words))
    async with app.run_test(size=(30, 6)) as pilot:
        await pilot.pause()
        rows = [strip.text for strip in app.screen._compositor.render_strips()]
        assert " ".join(" ".join(rows).split()) == words
