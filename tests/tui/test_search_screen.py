"""Searching all articles on the screen: what is shown, what can be done with it, and that it comes back."""

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen

from reader.annotations.annotation import Annotation, Stance
from reader.annotations.claims import claim
from reader.annotations.selectors import target_for
from reader.annotations.store import Store
from reader.capture.article import Article
from reader.search.answer import Result
from reader.search.matching import hits_in
from reader.search.query import parse
from reader.search.saved import SavedSearches
from reader.tui.application import Application
from reader.tui.found import LINES, FoundRows, Line, Looked
from reader.tui.screens.finding import span_of
from reader.tui.screens.pick import Pick
from reader.tui.screens.search import SearchScreen
from reader.tui.sources import ArticleRow
from reader.tui.widgets.cells import width_of
from reader.workspace import Workspace
from tests.search.making import article as made_of

from .desk import application, folder, main_screen, open_named, printed, ready, searching, typed, until

BOLTS = """<!doctype html><html><head><title>Old bolts, new report</title>
<meta property="og:site_name" content="Harbour Wire"></head><body><article><h1>Old bolts, new report</h1>
<p>A letter that Y. Hadaad signed in 2019 asked the council to close the bridge for a week, officials said on Thursday,
and the bridge stayed open until the second crack was found in the pylon.</p>
<p>The letter was read aloud twice, by Nadia Farah and by a clerk, and nobody in the room could say who had answered it
at the time, or whether it had been answered at all by anybody in the works department.</p>
</article></body></html>
"""


def desk(root: Path) -> Application:
    """The program over a folder with one article more."""
    made = folder(root)
    where = next(path for path in made.rglob("bridge.txt")).parent
    (where / "bolts.html").write_text(BOLTS, encoding="utf-8")
    return application(made)


async def searched(pilot: Pilot[int], query: str) -> SearchScreen:
    """The search with the answer to a query on it, the rows in focus."""
    await ready(pilot)
    screen = await searching(pilot)
    await typed(pilot, query)
    await until(pilot, lambda: screen.answer is not None and screen.answer.query == query and screen.found.looked)
    await pilot.pause()
    screen.focus_on(screen.list)
    await pilot.pause()
    return screen


def of(app: Application) -> tuple[Annotation, ...]:
    """Every annotation."""
    return tuple(app.workspace.store.all())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_ticked_hits_are_noted_in_one_step_shown_as_annotated_and_undone_at_once(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=size) as pilot:
        screen = await searched(pilot, "haddad")
        ids = {result.id for result in screen.found.results}
        assert len(ids) > 1
        await pilot.press("g", "x")
        for _ in range(len(ids) - 1):
            await pilot.press("}", "x")
        ticked = len(screen.found.ticked)
        assert ticked >= 2
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, Pick))
        await typed(pilot, "one man?")
        await pilot.press("enter")
        await until(pilot, lambda: len(of(app)) == ticked, "a note on each")
        assert {one.note for one in of(app)} == {"one man?"}
        await until(pilot, lambda: any(looked.noted for looked in screen.found.looked.values()), "dimmed")
        assert "▌ " in printed(app)
        assert not screen.found.ticked
        await pilot.press("u")
        await until(pilot, lambda: not of(app), "all taken back by one undo")
        await until(pilot, lambda: not any(looked.noted for looked in screen.found.looked.values()))
    app.workspace.close()


async def test_the_answer_is_there_again_when_one_comes_back(tmp_path: Path) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await searched(pilot, "crack")
        await pilot.press("j", "j")
        index, key = screen.list.index, screen.found.row(screen.list.index or 0).key
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is main_screen(app) and main_screen(app).hits)
        again = await searching(pilot)
        assert again.prompt.value == "crack"
        await until(pilot, lambda: again.found.count > 0)
        assert again.list.index == index
        assert again.found.row(again.list.index or 0).key == key
        await typed(pilot, "bolts")
        await until(pilot, lambda: again.prompt.value == "bolts", "typing begins anew")
    app.workspace.close()


async def test_every_order_shows_the_same_hits_and_the_row_says_why(tmp_path: Path) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await searched(pilot, "hadad bridge")
        seen = set()
        before = screen.found.tally()
        for _ in range(6):
            found = screen.found
            await pilot.press("o")
            await until(pilot, lambda found=found: screen.found is not found and screen.found.count, "the next order")
            seen.add(screen.order)
            assert screen.found.tally() == before
        assert len(seen) == 6
        await pilot.press("g", "j", "w")
        await until(pilot, lambda: screen.status.message, "the reason")
        assert "“" in screen.status.message
        await pilot.press("tab", "x")
        await until(pilot, lambda: not screen.status.message, "what is typed is answered instead")
        await pilot.press("backspace", "tab", "w")
        await until(pilot, lambda: screen.status.message, "the reason once more")
        await pilot.press("escape")
        assert not screen.status.message
        assert app.screen is screen
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is main_screen(app), "it is left")
    app.workspace.close()


async def test_fields_and_their_values_are_completed_by_tab(tmp_path: Path) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        screen = await searching(pilot)
        await pilot.press(*"outl")
        await until(pilot, lambda: screen.can_complete, "a field is offered")
        await pilot.press("tab")
        assert screen.prompt.value == "outlet:"
        await pilot.press(*"harb")
        await until(pilot, lambda: screen.can_complete, "a value is offered")
        assert "Harbour Wire" in printed(app)
        await pilot.press("tab")
        assert screen.prompt.value == 'outlet:"Harbour Wire" '
        await until(pilot, lambda: screen.answer is not None and screen.answer.query == screen.prompt.value)
        await until(pilot, lambda: screen.found.count, "the outlet's articles")
        await pilot.press("tab")
        assert screen.list.has_focus
    app.workspace.close()


async def test_what_is_found_is_tagged_read_and_exported_and_each_is_taken_back(tmp_path: Path) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await searched(pilot, "crack")
        ids = [result.id for result in screen.found.results]
        exports = app.workspace.state / "exports"

        async def do(words: str) -> None:
            await pilot.press("A")
            await until(pilot, lambda: isinstance(app.screen, Pick))
            await typed(pilot, words)
            await pilot.press("enter")

        await do("articl")
        await until(pilot, lambda: isinstance(app.screen, Pick) and app.screen.name_of_list.startswith("tag"))
        await typed(pilot, "pylon")
        await pilot.press("enter")
        await until(pilot, lambda: {one.source for one in of(app)} == set(ids), "each article has the tag")
        assert {one.tags for one in of(app)} == {("pylon",)}
        await until(pilot, lambda: app.screen is screen and screen.status.message.startswith("Tagged"))
        await pilot.press("u")
        await until(pilot, lambda: not of(app))

        unread = app.workspace.reading.unread(ids)
        await do("unread")
        await until(pilot, lambda: app.workspace.reading.unread(ids) == ids)
        await until(pilot, lambda: app.screen is screen and "set as unread" in screen.status.message)
        await pilot.press("u")
        await until(pilot, lambda: app.workspace.reading.unread(ids) == unread)

        await do("claim")
        await until(pilot, lambda: isinstance(app.screen, Pick) and "claim" in app.screen.name_of_list)
        await typed(pilot, "Cracked")
        await pilot.press("enter")
        await until(pilot, lambda: [target.source for one in of(app) for target in one.targets] == ids)
        await until(pilot, lambda: app.screen is screen and "put under" in screen.status.message)
        (claim,) = of(app)
        assert claim.note == "Cracked"
        assert {target.exact.lower() for target in claim.targets} == {"crack"}
        await pilot.press("u")
        await until(pilot, lambda: not of(app))

        await do("table")
        await until(pilot, lambda: list(exports.glob("*.csv")) if exports.exists() else [])
        table = next(exports.glob("*.csv")).read_text(encoding="utf-8")
        assert "crack" in table
        assert "Harbour Wire" in table
        await until(pilot, lambda: app.screen is screen and screen.status.message.startswith("Exported"))
        await pilot.press("u")
        await until(pilot, lambda: not list(exports.glob("*.csv")))
    app.workspace.close()


async def test_what_holds_only_a_part_stands_below_a_line_and_is_not_acted_on(tmp_path: Path) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await searched(pilot, "crack letter")
        assert screen.answer is not None
        whole, matched = screen.answer.whole, screen.answer.matched
        assert 0 < whole < matched
        await until(pilot, lambda: "These hold only a part of it" in printed(app))
        rest = next(at for at in range(screen.found.count) if "only a part" in screen.found.row(at).left[0].text)
        above = {screen.found.result_of(at).id for at in range(rest)}
        below = {screen.found.result_of(at).id for at in range(rest, screen.found.count)}
        assert (len(above), len(below)) == (whole, matched - whole)
        assert f"{whole} article · {matched - whole} with a part" in str(screen.told.content)
        for _ in range(screen.found.count):
            await pilot.press("j")
            assert screen.list.index != rest, "the cursor passes over the line"
        await pilot.press("A")
        await until(pilot, lambda: isinstance(app.screen, Pick))
        assert f"Tag {whole} article" in printed(app)
        await typed(pilot, "set as read")
        await pilot.press("enter")
        await until(pilot, lambda: not app.workspace.reading.unread(sorted(above)))
        assert app.workspace.reading.unread(sorted(below))
        await until(pilot, lambda: app.screen is screen)
        screen.focus_on(screen.prompt)
        await typed(pilot, " zzzqqq")
        await until(pilot, lambda: "No article holds all of it; these hold a part" in printed(app))
        screen.focus_on(screen.list)
        await pilot.press("A")
        await until(pilot, lambda: screen.status.message.startswith("No article holds all of it"))
        assert app.screen is screen
    app.workspace.close()


async def test_what_asks_for_nothing_yet_is_not_said_to_have_no_answer(tmp_path: Path) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await searched(pilot, "crack")
        screen.focus_on(screen.prompt)
        await until(pilot, lambda: str(screen.told.content).strip())
        await pilot.press("ctrl+u")
        await typed(pilot, "outlet:")
        await until(pilot, lambda: "Harbour Wire" in str(screen.offer_line.content), "its values are offered")
        await until(pilot, lambda: screen.list.empty.startswith("Type words") and not screen.found.results)
        assert not str(screen.told.content).strip()
        await typed(pilot, "harbour")
        await pilot.press("tab")
        await until(pilot, lambda: "the latest first" in str(screen.offer_line.content), "no word makes one the best")
        await typed(pilot, "zzzqqq")
        await until(pilot, lambda: screen.list.empty.startswith("Nothing answers"))
        await pilot.press("ctrl+u")
        await until(pilot, lambda: screen.list.empty.startswith("Type words"))
    app.workspace.close()


@pytest.mark.parametrize(("query", "keys", "said"), [
    ("qqqq", ("x", "w", "enter", "t", "a", "plus"), "No hit is in focus"),
    ("", ("S", "W"), "Nothing is asked yet"),
])  # fmt: skip
async def test_keys_without_a_row_or_a_query_say_so(
    query: str, keys: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(40, 10)) as pilot:
        await ready(pilot)
        screen = await searching(pilot)
        await pilot.press(*query)
        await until(pilot, lambda: not query or (screen.answer is not None and screen.answer.query == query))
        await pilot.press("tab")
        for key in keys:
            await pilot.press(key)
            await until(pilot, lambda: screen.status.message == said, f"{key} says so")
            await pilot.press("escape")
            assert not screen.status.message
    app.workspace.close()


async def test_hits_are_counted_when_all_are_known_and_a_narrow_line_leaves_room_to_type(tmp_path: Path) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await searched(pilot, "crack")
        assert screen.answer is not None
        number = f"{screen.answer.whole} articles"
        await until(pilot, lambda: " exact" in str(screen.told.content))
        known = screen.found.looked.pop(screen.found.results[-1].id)
        screen.show_state()
        assert "exact" not in str(screen.told.content), "not all of them are counted yet"
        screen.found.keep(known)
        await pilot.resize_terminal(40, 10)
        await until(pilot, lambda: str(screen.told.content) == number)
        assert screen.prompt.size.width >= 16
        lines = [line for line in printed(app).splitlines() if "…" in line and "▇" not in line]
        assert max(len(line.rstrip()) for line in lines) > 32, "a line in context takes the room that there is"
        await pilot.press("x")
        said = f"{len(screen.found.ticked)} ticked"
        await until(pilot, lambda: printed(app).splitlines()[1].strip().startswith(said))
    app.workspace.close()


async def test_a_saved_list_opens_with_as_many_articles_as_it_says(tmp_path: Path) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await searched(pilot, "cra")
        assert screen.answer is not None
        assert screen.answer.matched, "while it is typed, words that begin so answer"
        await pilot.press("S")
        await until(pilot, lambda: isinstance(app.screen, Pick))
        await typed(pilot, "beginnings")
        await pilot.press("enter")
        await until(pilot, lambda: SavedSearches(app.workspace.state).all())
        await pilot.press("q")
        await until(pilot, lambda: app.screen is main_screen(app))
        await pilot.press("comma", "l")
        await until(pilot, lambda: isinstance(app.screen, Pick) and app.screen.choices)
        listed = app.screen
        assert isinstance(listed, Pick)
        said = listed.choices[0].right
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen) and app.screen.answer is not None)
        opened = app.screen
        assert isinstance(opened, SearchScreen)
        await until(pilot, lambda: opened.answer is not None and opened.answer.query.strip() == "cra")
        assert opened.answer is not None
        assert str(opened.answer.whole) == said
    app.workspace.close()


async def test_saved_queries_count_and_watch_new_articles(tmp_path: Path) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await searched(pilot, "crack")
        found = len(screen.found.results)
        await pilot.press("S")
        await until(pilot, lambda: isinstance(app.screen, Pick))
        await typed(pilot, "the cracks")
        await pilot.press("enter")
        saved = SavedSearches(app.workspace.state)
        await until(pilot, lambda: [one.name for one in saved.all()] == ["the cracks"])
        await pilot.press("W")
        await until(pilot, saved.watched)
        await pilot.press("q")
        await until(pilot, lambda: app.screen is main_screen(app))
        await pilot.press("comma", "l")
        await until(pilot, lambda: isinstance(app.screen, Pick))
        listed = app.screen
        assert isinstance(listed, Pick)
        (choice,) = listed.choices
        assert (choice.label, choice.right) == ("the cracks", str(found))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is main_screen(app))
        await pilot.press("comma", "w")
        await until(pilot, lambda: isinstance(app.screen, Pick))
        await until(pilot, lambda: "Harbour Wire" in printed(app) and "new article" in printed(app), "the table")
        await pilot.press("up")
        for _ in range(10):
            await pilot.press("down")
        await pilot.press("enter")
        await until(pilot, lambda: saved.seen(), "they are seen")
        await until(pilot, lambda: app.screen is main_screen(app))
        await pilot.press("comma", "w")
        await until(pilot, lambda: isinstance(app.screen, Pick) and "nothing new" in printed(app))
    app.workspace.close()


async def test_the_sources_are_filtered_by_the_same_queries(tmp_path: Path) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await ready(pilot)

        def shown() -> set[str]:
            return {row.source.id for row in screen.sources.rows if isinstance(row, ArticleRow)}

        everything = shown()
        await pilot.press("1", "F")
        await typed(pilot, "letter -sponsored outlet:harbour")
        await until(pilot, lambda: {id.split("/")[-1] for id in shown()} == {"bolts.html"})
        await pilot.press("enter", "F")
        await pilot.press(*["backspace"] * 40)
        await until(pilot, lambda: shown() == everything)
        await typed(pilot, "hadad")
        await until(pilot, lambda: 0 < len(shown()) < len(everything), "those that hold the word in any spelling")
        await pilot.press("escape")
        await until(pilot, lambda: shown() == everything)
    app.workspace.close()


def test_the_lines_of_an_article_show_every_typed_word() -> None:
    made = made_of("long.txt", "The bridge is shut. " * 20 + "A crack was found. " + "The bridge is shut. " * 20)
    hits = hits_in(made, parse("bridge crack "))
    rows = FoundRows([Result("long.txt", "Long", 1.0)], 80)
    rows.keep(Looked("long.txt", made, hits))
    rows.lay_out()
    lines = [row.hits for row in rows.rows if isinstance(row, Line)]
    assert len(lines) == LINES
    assert {hit.term for line in lines for hit in line} == {"bridge", "crack"}
    starts = [line[0].span.start for line in lines]
    assert starts == sorted(starts)
    assert starts[0] == hits[0].span.start


@pytest.mark.parametrize("order", ["relevance", "left"])
def test_hits_among_wide_signs_are_in_the_row_and_under_each_other(order: str) -> None:
    text = "国家主席访问了大学" * 9 + "北京" + "东京的首相会谈" * 9 + "，" + "a plain word 北京 between plain words"
    one = made_of("wide", text)
    rows = FoundRows([Result("wide", "Wide", 1.0)], 80, order=order)
    rows.keep(Looked("wide", one, hits_in(one, parse("北京 "))))
    rows.lay_out()
    cells = [cell for index in range(rows.count) for cell in rows.row(index).left if cell.marks]
    places = [(width_of(cell.text[: mark.start]), cell.text[mark.start : mark.end]) for cell in cells
              for mark in cell.marks]  # fmt: skip
    assert [word for _, word in places] == ["北京", "北京"]
    assert all(place < 76 for place, _ in places)
    if order == "left":
        assert len({place for place, _ in places}) == 1


async def test_what_a_find_comes_to_is_said_beside_it_while_one_types(tmp_path: Path) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await ready(pilot)
        await open_named(pilot, "bridge.txt")
        await pilot.press("slash")
        await typed(pilot, "crakc")
        await until(pilot, lambda: screen.hits)
        await until(pilot, lambda: f"hit 1 of {len(screen.hits)}" in printed(app).splitlines()[-1])
        await typed(pilot, "zzz")
        await until(pilot, lambda: "no hit" in printed(app).splitlines()[-1])
        await pilot.press("escape", "2", "v", "p", "slash")
        await until(pilot, lambda: printed(app).splitlines()[-1].strip().startswith("selection /"))
        assert "hit" not in printed(app).splitlines()[-1], "what was said of the find before is gone"
    app.workspace.close()


async def test_several_patterns_stay_lit_each_in_its_own_look(tmp_path: Path) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await ready(pilot)
        await open_named(pilot, "bridge.txt")
        await pilot.press("slash")
        await typed(pilot, "crack")
        await pilot.press("enter")
        await until(pilot, lambda: screen.hits)
        first = [span_of(hit) for hit in screen.hits]
        await pilot.press("asterisk")
        assert not screen.hits
        await pilot.press("slash")
        await typed(pilot, "br")
        await pilot.press("enter")
        await until(pilot, lambda: screen.hits)
        assert [span for span, _ in screen.page.pencil.patterns] == first
        assert {name for _, name in screen.page.pencil.patterns} == {"pattern-1"}
        await pilot.press("asterisk")
        assert {name for _, name in screen.page.pencil.patterns} == {"pattern-1", "pattern-2"}
        await pilot.press("asterisk")
        assert not screen.page.pencil.patterns
    app.workspace.close()


async def test_who_types_faster_than_the_answer_still_lands_on_the_hit(tmp_path: Path) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await ready(pilot)
        await open_named(pilot, "markets.txt")
        for key in ("s", *"boatman", "enter"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: app.screen is screen and screen.article is not None, "back on the page")
        await until(pilot, lambda: screen.article.id == "bridge.txt", "the article of the hit")  # type: ignore[union-attr]
        await until(pilot, lambda: "hit 1 of 1" in printed(app), "the hit")
    app.workspace.close()


async def test_a_letter_more_does_not_lay_out_the_screen_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        screen = await searching(pilot)
        await typed(pilot, "br")
        await until(pilot, lambda: screen.answer is not None and screen.answer.query == "br" and screen.found.looked)
        await pilot.pause()
        laid_out: list[Screen[object]] = []
        lay_out = Screen._refresh_layout

        def counted(screen: Screen[object], *arguments: Any, **options: Any) -> None:
            laid_out.append(screen)
            lay_out(screen, *arguments, **options)

        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        for query in ("bri", "brid", "bridg", "bridge"):
            await typed(pilot, query[-1])
            await until(pilot, lambda query=query: screen.answer.query == query and screen.found.looked)
            await pilot.pause()
        assert str(screen.told.content).strip().startswith(f"{screen.answer.matched} article")
        assert len(laid_out) <= 1  # what was found may be told in more letters, and then has a wider place
    app.workspace.close()


async def test_the_end_of_a_long_query_stays_in_view(tmp_path: Path) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(60, 20)) as pilot:
        await ready(pilot)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen))
        await typed(pilot, "one two three four five six seven eight nine ten eleven twelve")
        await pilot.pause()
        assert "eleven twelve" in printed(app).splitlines()[0]
        await pilot.press("home")
        await pilot.pause()
        assert "search one two" in printed(app).splitlines()[0]
    app.workspace.close()


async def test_many_articles_that_come_at_once_are_there_without_a_second_look(tmp_path: Path) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await ready(pilot)
        assert app.background._timer is not None
        app.background._timer.stop()
        await until(pilot, lambda: not app.background._looking, "the last look is over")
        known, count = app.workspace.library.count(), 193
        burst = tmp_path / "burst"
        burst.mkdir()
        for number in range(count):
            (burst / f"{number}.txt").write_text(f"Report {number}\n\nA zeppelin flew over quay {number} today.\n")
        burst.rename(next(app.workspace.captures.rglob("bridge.txt")).parent / "burst")
        app.background._look()
        await until(pilot, lambda: app.workspace.library.count() == known + count)
        await until(pilot, lambda: app.workspace.engine.size == known + count)
    app.workspace.close()


async def test_undo_pressed_while_articles_are_being_tagged_takes_all_of_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = desk(tmp_path)
    go_on = threading.Event()
    annotate_all = Workspace.annotate_all
    asked: list[str] = []
    saved: list[Annotation] = []

    def slow(workspace: Workspace, passages: Iterable[tuple[Article, None]], label: str, **options: Any) -> Any:
        def one_by_one() -> Iterator[tuple[Article, None]]:
            for article, span in passages:
                asked.append(article.id)
                if len(asked) == 2:
                    go_on.wait(30)
                yield article, span

        saved.extend(annotate_all(workspace, one_by_one(), label, **options))
        return tuple(saved)

    monkeypatch.setattr(Workspace, "annotate_all", slow)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await searched(pilot, "the")
        await pilot.press("A")
        await until(pilot, lambda: isinstance(app.screen, Pick))
        await typed(pilot, "tag")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Pick) and app.screen.name_of_list.startswith("tag"))
        await typed(pilot, "pylon")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen and len(asked) == 2)
        await pilot.press("u")
        await pilot.pause(0.3)
        go_on.set()
        await until(pilot, lambda: len(saved) == 3)
        await until(pilot, lambda: not app.saving.going_on and not of(app), "all tags are gone")
        assert not app.workspace.store.undo()
    app.workspace.close()


async def test_hits_are_put_under_a_claim_of_ones_own_in_one_step_with_their_texts(tmp_path: Path) -> None:
    app = desk(tmp_path)
    article = app.workspace.library.article("bolts.html")
    omar = Store(app.workspace.state, "omar")
    omar.add(claim("What a colleague claims", [target_for(article, None)]))
    omar.close()
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await searched(pilot, "bridge")
        await pilot.press("j", "x", "x", "+")
        await until(pilot, lambda: isinstance(app.screen, Pick))
        assert "What a colleague claims" not in printed(app)
        await typed(pilot, "The bridge was known to be unsafe")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen and not app.saving.going_on and len(of(app)) == 2, "the claim")
        held = next(one for one in of(app) if app.workspace.store.is_mine(one))
        assert len(held.targets) > 1
        assert all(target.stance is Stance.UNCLEAR for target in held.targets)
        assert all(app.workspace.store.snapshot(target.text_sha256) for target in held.targets)
        assert app.workspace.store.undo()
        assert [one.creator for one in of(app)] == ["omar"]
        assert not app.workspace.store.undo()
    app.workspace.close()


async def test_what_changes_below_the_search_sends_nothing_and_is_there_on_coming_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = desk(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await searched(pilot, "bridge")
        drawn: list[Screen[Any]] = []
        monkeypatch.setattr(
            "textual.app.App._display", lambda _, shown, renderable: drawn.append(shown) if renderable else None
        )
        main = main_screen(app)
        for number in range(5):
            main.status.say(f"reading {number} of 5")
            await pilot.pause(0.1)
        assert screen.is_current
        assert not main.is_current
        assert drawn == []
        monkeypatch.undo()
        await pilot.press("q")
        await until(pilot, lambda: app.screen is main)
        await until(pilot, lambda: "reading 4 of 5" in printed(app))
    app.workspace.close()
