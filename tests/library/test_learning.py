"""A folder teaches the library what its outlets repeat, and articles are classified anew by it."""

from collections.abc import Callable

from reader.capture.article import Article, Kind
from reader.library.library import Library

from .captures import SENTENCES, story
from .conftest import Write, refreshed

NOTICE = "The harbour office did not answer on Friday when it was asked how long the quay would remain closed."


def kind_of(article: Article, line: str) -> tuple[Kind, str]:
    (block,) = [block for block in article.blocks if line in block.span.of(article.text)]
    return block.kind, block.rule


def page(number: int, *more: str) -> list[str]:
    title, *rest = story(number)
    front = f"---\ntitle: {title}\noutlet: Harbour Wire\n---"
    return [front, f"# {title}", *rest[:2], *more, *rest[2:]]


def test_a_line_that_an_outlet_repeats_is_folded_once_three_pages_show_it(library: Library, write: Write) -> None:
    for number in range(2):
        write(f"{number}.md", *page(number, NOTICE))
    refreshed(library)
    assert {entry.outlet for entry in library.entries()} == {"Harbour Wire"}
    assert kind_of(library.article("0.md"), NOTICE)[0] is not Kind.BOILERPLATE
    before = library.article("0.md").text
    write("2.md", *page(2, NOTICE))
    write("3.md", *page(3))
    changes = refreshed(library)
    assert sorted(changes.added) == ["2.md", "3.md"]
    assert set(changes.relearned) == {"0.md", "1.md", "2.md"}
    for number in range(3):
        kind, rule = kind_of(library.article(f"{number}.md"), NOTICE)
        assert kind is Kind.BOILERPLATE
        assert "3 of 4 pages of Harbour Wire" in rule
    assert library.article("0.md").text == before
    pages = {lesson.line: lesson.pages for lesson in library.lessons("Harbour Wire")}
    assert pages[NOTICE.casefold()] == 3


def test_what_was_learned_helps_the_next_page_and_is_there_tomorrow(
    open_library: Callable[[], Library], write: Write
) -> None:
    for number in range(3):
        write(f"{number}.md", *page(number, NOTICE))
    refreshed(open_library())
    library = open_library()
    write("new.md", *page(7, NOTICE))
    assert library.poll().added == ("new.md",)
    assert kind_of(library.article("new.md"), NOTICE)[0] is Kind.BOILERPLATE


def test_when_the_pages_go_the_lesson_goes(library: Library, write: Write) -> None:
    for number in range(3):
        write(f"{number}.md", *page(number, NOTICE))
    refreshed(library)
    assert kind_of(library.article("0.md"), NOTICE)[0] is Kind.BOILERPLATE
    (library.folder / "2.md").unlink()
    refreshed(library)
    assert NOTICE.casefold() not in {lesson.line for lesson in library.lessons("Harbour Wire")}
    assert kind_of(library.article("0.md"), NOTICE)[0] is not Kind.BOILERPLATE


def test_a_story_in_several_outlets_stays_a_story(library: Library, write: Write) -> None:
    for number, outlet in enumerate(("Harbour Wire", "Delta Observer", "The Lantern", "River Post")):
        write(f"{number}.md", f"---\ntitle: Ferry\noutlet: {outlet}\n---", "# Ferry", *SENTENCES)
    refreshed(library)
    for number in range(4):
        assert kind_of(library.article(f"{number}.md"), SENTENCES[1])[0] is Kind.BODY


def test_reports_that_differ_in_their_numbers_alone_stay_reports(library: Library, write: Write) -> None:
    report = "A quake of magnitude {0}.{0} shook the coast near Port Halda at {0} in the night, and {0} houses fell."
    for number in range(4):
        write(f"{number}.md", *page(number, report.format(number + 3)))
    refreshed(library)
    for number in range(4):
        assert kind_of(library.article(f"{number}.md"), report.format(number + 3))[0] is Kind.BODY
