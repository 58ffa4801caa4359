"""The page in an app of its own: what it shows, how it moves, what it selects."""

import gc

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip

from reader.capture.article import Article, Kind
from reader.search.answer import Hit, Match
from reader.text.span import Span
from reader.tui.widgets.page import CHARACTERS_A_MINUTE, Mark, Page

from .articles import BRIDGE, article

LONG = article(
    ("title", "Forty days on the dyke"),
    *(
        ("body", f"Day {n}. The water stood at {n} hands below the crown and the pumps ran all night.")
        for n in range(40)
    ),
    title="Forty days on the dyke",
)


class PageApp(App[None]):
    """A page and nothing else; it remembers the messages."""

    def __init__(self, shown: Article, **arguments: object) -> None:
        super().__init__()
        self.shown = shown
        self.arguments = arguments
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield Page()

    def on_mount(self) -> None:
        self.page.show(self.shown, **self.arguments)  # type: ignore[arg-type]
        self.page.focus()

    @property
    def page(self) -> Page:
        return self.query_one(Page)

    def on_page_mark_reached(self, message: Page.MarkReached) -> None:
        self.heard.append(("mark", message.id))

    def on_page_selection_changed(self, message: Page.SelectionChanged) -> None:
        self.heard.append(("selection", message.span))

    def on_page_moved(self, message: Page.Moved) -> None:
        self.heard.append(("moved", message.position))


def screen(app: App[None]) -> list[str]:
    """The rows of the page as they are printed."""
    page = app.query_one(Page)
    return [page.render_line(y).text.rstrip() for y in range(page.size.height)]


async def settled(pilot: Pilot[None]) -> list[str]:
    """The rows when everything that was asked for is drawn."""
    await pilot.pause()
    return screen(pilot.app)


async def test_the_page_reads_from_headline_to_folds() -> None:
    app = PageApp(BRIDGE)
    async with app.run_test(size=(80, 50)) as pilot:
        rows = [row.strip() for row in await settled(pilot)]
    assert rows[1] == "Bridge crews find a second crack"
    assert rows[2] == "By Lena Mardin · River Post · 3 March 2024"
    assert rows.count("Bridge crews find a second crack") == 1
    assert "[caption] The north pylon in fog. Photo: city archive" in rows
    assert "▸ 4 comments · c" in rows
    assert "▸ 6 lines of page furniture · r" in rows
    assert not any("Weather" in row or "ferry_man" in row for row in rows)


async def test_comments_unfold_as_a_tree_and_threads_close() -> None:
    app = PageApp(BRIDGE)
    async with app.run_test(size=(80, 60)) as pilot:
        assert app.page.toggle_comments()
        rows = [row.strip() for row in await settled(pilot)]
        assert {"▾ ferry_man", "│ ▾ Nadia", "│ │ · ferry_man", "· Oskar"} <= set(rows)
        assert rows.count("ferry_man") == 0
        first = next(block for block in BRIDGE.blocks if block.kind is Kind.COMMENT)
        app.page.toggle_thread(first.span.start)
        rows = [row.strip() for row in await settled(pilot)]
        assert "▸ 2 replies" in rows
        assert "All of them." not in " ".join(rows)


async def test_the_raw_view_shows_every_line_with_its_rule() -> None:
    app = PageApp(BRIDGE)
    async with app.run_test(size=(100, 80)) as pilot:
        app.page.toggle_raw()
        rows = await settled(pilot)
    text = "\n".join(rows)
    assert "boilerplate menu" in text
    assert "title repeat of the headline" in text
    assert "comment form" in text
    assert all(line.strip()[:40] in text for line in BRIDGE.text.split("\n"))


async def test_moving_by_rows_pages_and_ends_stays_inside() -> None:
    app = PageApp(LONG)
    async with app.run_test(size=(60, 20)) as pilot:
        top = await settled(pilot)
        app.page.scroll_rows(1)
        assert (await settled(pilot))[:-1] == top[1:]
        app.page.scroll_pages(2)
        app.page.scroll_pages(-2)
        app.page.scroll_rows(-1)
        assert await settled(pilot) == top
        app.page.to_bottom()
        last = await settled(pilot)
        assert last[-1]
        assert app.page.fraction == 1.0
        assert not app.page.scroll_rows(1)
        app.page.to_top()
        assert await settled(pilot) == top


async def test_an_article_that_was_left_at_its_top_opens_with_its_headline() -> None:
    untitled = article(("body", "The water stood at the crown. " * 40), ("body", "It fell. " * 60))
    app = PageApp(untitled)
    async with app.run_test(size=(60, 12)) as pilot:
        top = await settled(pilot)
        app.page.show(untitled, position=app.page.position)
        assert await settled(pilot) == top
        assert "bridge.txt" in top[1]


async def test_the_place_is_kept_through_a_storm_of_sizes() -> None:
    app = PageApp(LONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.page.go(LONG.text.index("Day 12"))
        await pilot.pause()
        place = app.page.position
        for width, height in [(40, 10), (200, 60), (13, 5), (1, 1), (71, 33), (80, 24)]:
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            rows = screen(app)
            assert all(len(row) <= width for row in rows)
        assert app.page.position == place
        assert "Day 12" in screen(app)[0]


async def test_a_hit_that_is_folded_away_is_unfolded_and_shown() -> None:
    app = PageApp(BRIDGE)
    async with app.run_test(size=(60, 12)) as pilot:
        start = BRIDGE.text.index("Oskar") if "Oskar" in BRIDGE.text else BRIDGE.text.index("toll office counts")
        app.page.set_hits([Hit(Span(start, start + 4), "toll", Match.EXACT, "toll")], 0)
        rows = await settled(pilot)
    assert any("toll office counts badly" in row for row in rows)


async def test_caret_words_sentences_and_messages() -> None:
    app = PageApp(BRIDGE)
    async with app.run_test(size=(80, 40)) as pilot:
        page = app.page
        page.enter_caret(BRIDGE.text.index("Nobody"))
        page.select_object("sentence")
        await pilot.pause()
        assert page.selection is not None
        assert page.selection.of(BRIDGE.text) == "Nobody was hurt."
        assert page.selection_in_words() == "1 sentence, 3 words"
        assert ("selection", page.selection) in app.heard
        page.select_object("sentence")
        assert page.selection is not None
        assert page.selection.of(BRIDGE.text).endswith("toll office.")
        page.leave_caret()
        await pilot.pause()
        assert page.selection is None
        assert app.heard[-1] == ("selection", None)


async def test_caret_goes_down_the_screen_in_one_column() -> None:
    app = PageApp(BRIDGE)
    async with app.run_test(size=(60, 40)) as pilot:
        await pilot.pause()
        page = app.page
        start = BRIDGE.text.index("Engineers")
        page.enter_caret(start + 10)
        page.motion("down", 2)
        page.motion("up", 2)
        assert page.caret is not None
        assert page.caret.position == start + 10
        page.motion("line-start")
        assert page.caret.position == start
        page.motion("find", 1, "p")
        assert BRIDGE.text[page.caret.position] == "p"


async def test_mouse_gives_the_same_spans_as_keys() -> None:
    app = PageApp(BRIDGE)
    async with app.run_test(size=(80, 40)) as pilot:
        rows = await settled(pilot)
        y = next(y for y, row in enumerate(rows) if "Engineers" in row)
        x = rows[y].index("Engineers")
        await pilot.mouse_down(offset=(x, y))
        await pilot.hover(offset=(x + len("Engineers who") - 1, y))
        await pilot.mouse_up(offset=(x + len("Engineers who") - 1, y))
        await pilot.pause()
        assert app.page.selection is not None
        assert app.page.selection.of(BRIDGE.text) == "Engineers who"
        await pilot.click(offset=(x + 2, y), times=2)
        await pilot.pause()
        assert app.page.selection is not None
        assert app.page.selection.of(BRIDGE.text) == "Engineers"


async def test_a_click_on_a_fold_opens_it() -> None:
    app = PageApp(BRIDGE)
    async with app.run_test(size=(80, 60)) as pilot:
        rows = await settled(pilot)
        y = next(y for y, row in enumerate(rows) if "4 comments" in row)
        await pilot.click(offset=(rows[y].index("4"), y))
        rows = await settled(pilot)
    assert any("Which bolts do you mean?" in row for row in rows)


async def test_marks_are_reached_in_order_and_overlapping_ones_in_turn() -> None:
    start = BRIDGE.text.index("Engineers")
    marks = [
        Mark(Span(start, start + 30), "#e5c453", "first", has_note=True),
        Mark(Span(start + 10, start + 60), "#8ab4e8", "second"),
        Mark(Span(start + 150, start + 160), "red", "third"),
    ]
    app = PageApp(BRIDGE, marks=marks)
    async with app.run_test(size=(80, 40)) as pilot:
        rows = await settled(pilot)
        assert any(row.lstrip().startswith("▌") for row in rows)
        for _ in range(4):
            app.page.next_mark(1)
        await pilot.pause()
        assert [heard[1] for heard in app.heard if heard[0] == "mark"] == [
            "first",
            "second",
            "third",
            "first",
        ]
        app.page.cycle_marks(start + 20)
        await pilot.pause()
        assert app.page.pencil.current_mark == "second"


async def test_an_annotation_of_several_passages_is_no_dead_end() -> None:
    start = BRIDGE.text.index("Engineers")
    marks = [
        Mark(Span(start + at, start + at + 5), "red", id) for at, id in ((0, "claim"), (20, "claim"), (40, "other"))
    ]
    app = PageApp(BRIDGE, marks=marks)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        for _ in range(3):
            app.page.next_mark(1)
        await pilot.pause()
    assert [heard[1] for heard in app.heard if heard[0] == "mark"] == ["claim", "claim", "other"]


async def test_hostile_text_shows_as_text() -> None:
    hostile = article(
        ("title", "Markets [/update] [@click=app.quit]x"),
        ("body", "bell\x07 escape\x1b]0;owned\x07 [bold]not bold[/] \x9b31m and \u202eright to left"),
        title="Markets [/update] [@click=app.quit]x",
    )
    app = PageApp(hostile)
    async with app.run_test(size=(80, 20)) as pilot:
        rows = await settled(pilot)
    shown = "\n".join(rows)
    assert "Markets [/update] [@click=app.quit]x" in shown
    assert "[bold]not bold[/]" in shown
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for row in rows for character in row)
    assert "\u202e" not in shown


async def test_the_minutes_left_are_those_of_the_article_proper() -> None:
    long = article(
        ("boilerplate:menu", "Home " * 2000),
        *(("body" if number % 3 else "caption", f"Line {number} of the ferry log. " * 40) for number in range(60)),
        *(("comment", "No. " * 3000, "Nadia", 0) for _ in range(3)),
        title="Ferry log",
    )
    proper = [block.span for block in long.blocks if block.kind in (Kind.BODY, Kind.CAPTION)]
    app = PageApp(long)
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(pilot)
        seen = set()
        while not app.page.at_end:
            left = sum(max(0, span.end - max(span.start, app.page.position)) for span in proper)
            assert app.page.minutes_left() == max(1, round(left / CHARACTERS_A_MINUTE))
            seen.add(app.page.minutes_left())
            app.page.scroll_pages(3)
            await pilot.pause()
        assert app.page.minutes_left() == 0
        assert len(seen) > 10


async def test_rows_that_are_shown_no_more_go_without_a_search_for_rubbish() -> None:
    def rows() -> int:
        return sum(isinstance(one, Strip) for one in gc.get_objects())

    app = PageApp(LONG)
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(pilot)
        gc.disable()
        try:
            for _ in range(3):
                app.page.scroll_rows(1)
                await settled(pilot)
            before = rows()
            for _ in range(20):
                app.page.scroll_rows(1)
                await settled(pilot)
            assert rows() < before + 20
        finally:
            gc.enable()
