"""Every widget at every size: no row is wider than its pane, nothing raises, the place is kept."""

import random

import pytest
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.geometry import Size

from reader.annotations.annotation import State
from reader.search.answer import Hit, Match
from reader.text.span import Span
from reader.tui.widgets.cells import width_of
from reader.tui.widgets.editor import NoteEditor, Prompt
from reader.tui.widgets.jump import Jump
from reader.tui.widgets.notes import NotesPane
from reader.tui.widgets.page import Mark, Page
from reader.tui.widgets.rows import Cell, Row, RowList, Rows
from reader.tui.widgets.status import StatusLine
from reader.tui.widgets.view import LineView

from .articles import article
from .test_lists import card

HOSTILE = (
    "Markets [/update] [@click=app.quit]x",
    "\x1b]0;owned\x07\x1b[2J\x9b31m\x00",
    "中文字中文字 e\u0301\u0301\u0301 👩\u200d👩\u200d👧 🇩🇪 \ufe0f",
    "\u202eright to left\u202c שלום עולם العربية \u200fx",
    "a" * 300,
    "\u0301\u0301 only marks",
    "tab\there\u00a0and there",
)
STRANGE = article(
    ("title", HOSTILE[0]),
    *((kind, words) for words in HOSTILE for kind in ("body", "caption", "subhead", "related", "boilerplate")),
    *(("comment", words, HOSTILE[1] + words[:30], depth) for depth, words in enumerate(HOSTILE * 2)),
    title=HOSTILE[0] + HOSTILE[2],
)


class Desk(App[None]):
    """All the widgets together, full of strange text."""

    CSS = "RowList, NotesPane { width: 25%; } NoteEditor { height: 3; } Page { width: 50%; }"

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield RowList()
            yield Page()
            with Vertical():
                yield NotesPane()
                yield NoteEditor("".join(HOSTILE))
        yield Prompt("".join(HOSTILE))
        yield StatusLine()

    def on_mount(self) -> None:
        rows = [
            Row((Cell(words, "#e5c453" if number % 2 else "strong", marks=(Span(0, 3),)),), (Cell(words[:5]),), number)
            for number, words in enumerate(HOSTILE * 4)
        ]
        self.query_one(RowList).show(Rows(rows))
        spans = [Span(start, start + 40) for start in range(0, len(STRANGE.text) - 40, 23)]
        looks = ["#e5c453", "blue", "nonsense", ""]
        marks = [Mark(span, looks[n % 4], str(n), list(State)[n % 4], n % 3 == 0) for n, span in enumerate(spans)]
        page = self.query_one(Page)
        page.show(STRANGE, marks)
        page.toggle_comments()
        page.set_hits([Hit(span, "x", list(Match)[n % 5], "x") for n, span in enumerate(spans[:20])])
        self.query_one(NotesPane).show([card(str(n), words, quote=words) for n, words in enumerate(HOSTILE)], "3")
        status = self.query_one(StatusLine)
        status.set_mode("SELECT")
        status.set_place(HOSTILE[2])
        status.set_keys([("v", HOSTILE[1]), ("?", "keys")])


def too_wide(app: App[None]) -> list[str]:
    """What is wrong on the screen: rows wider than their pane, or signs that a terminal obeys."""
    wrong = []
    for view in app.query(LineView):
        for strip in view.draw(*view.size) if view.size else ():
            if width_of(strip.text) > view.size.width:
                wrong.append(f"{view} {view.size}: {strip.text!r}")
    for strip in app.screen._compositor.render_strips():
        if strip.cell_length > app.size.width:
            wrong.append(f"screen {app.size}: {strip.text!r}")
        if any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in strip.text):
            wrong.append(f"control: {strip.text!r}")
    return wrong


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (5, 2), (13, 7), (40, 10), (80, 24), (500, 200)])
async def test_extremes(size: tuple[int, int]) -> None:
    app = Desk()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        page = app.query_one(Page)
        assert not too_wide(app)
        for change in (page.toggle_furniture, page.toggle_raw, page.to_bottom, page.toggle_raw):
            change()
            await pilot.pause()
            assert not too_wide(app)
        page.configure(right_align=True)
        page.enter_caret(0)
        for motion in ("word", "down", "line-end", "bottom", "sentence-previous", "top", "paragraph-next"):
            page.motion(motion, 3)
            page.select_object("sentence")
        Jump(app.query(LineView))
        await pilot.pause()
        assert not too_wide(app)


class Alone(App[None]):
    """The page alone."""

    def compose(self) -> ComposeResult:
        yield Page()

    def on_mount(self) -> None:
        self.query_one(Page).show(STRANGE)


async def test_three_hundred_sizes_in_a_row() -> None:
    app = Alone()
    chance = random.Random(7)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        page = app.query_one(Page)
        page.go(len(STRANGE.text) // 2)
        await pilot.pause()
        place = page.position
        for number in range(300):
            size = chance.randint(1, 200), chance.randint(1, 60)
            app.post_message(Resize(Size(*size), Size(*size)))
            if number % 10 == 0:
                await pilot.resize_terminal(*size)
                await pilot.pause()
                assert not too_wide(app)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert page.position == place
        assert page.row_at(0) is not None


async def test_right_to_left_paragraphs_stand_at_the_right_when_asked() -> None:
    app = Desk()
    async with app.run_test(size=(120, 40)) as pilot:
        page = app.query_one(Page)
        page.show(article(("body", "שלום עולם"), ("body", "plain words"), title="Two scripts"))
        page.configure(right_align=True)
        await pilot.pause()
        left, wide = page.column
        rows = [strip.text.rstrip() for strip in page.draw(*page.size)]
        hebrew = next(row for row in rows if "שלום" in row)
        assert width_of(hebrew) == left + wide
        x = hebrew.index("ע")
        assert page.position_at(x, rows.index(hebrew)) == page.text.index("ע")
        assert next(row for row in rows if "plain" in row).startswith(" " * left + "plain")
