"""Finding in the article, and searching all of them."""

from typing import TYPE_CHECKING

from reader.tui.commands import action

if TYPE_CHECKING:
    from reader.tui.screens.main import MainScreen


@action("find")
def find(screen: "MainScreen", count: int) -> None:
    """Find as one types; Enter stays at the hit, Escape goes back to where one was."""
    if screen.article is None:
        screen.desk.say("Open an article first")
        return
    start = screen.page.position
    within = screen.page.selection

    def typed(text: str) -> None:
        screen.find(text, start, within)

    def accepted(text: str) -> None:
        def told() -> None:
            if not screen.hits and text.strip():
                screen.desk.say(f"“{text}” is not in this article; s searches all of them")

        screen.find(text, start, within, told)

    def left() -> None:
        screen.find("", start, None)
        screen.page.bring(start)

    screen.prepare_find()
    screen.ask_line("/" if within is None else "selection /", accepted, changed=typed, left=left)


@action("find.next", "caret.hit-next")
def find_next(screen: "MainScreen", count: int) -> None:
    """The next hit; after the last comes the first."""
    screen.step_hit(count)


@action("find.previous", "caret.hit-previous")
def find_previous(screen: "MainScreen", count: int) -> None:
    """The hit before; before the first comes the last."""
    screen.step_hit(-count)


@action("search")
def search(screen: "MainScreen", count: int) -> None:
    """Search every article; a selection is searched for at once."""
    span = screen.page.selection
    words = span.of(screen.article.text) if span is not None and screen.article is not None else ""
    screen.open_search(" ".join(words.split())[:200])


@action("find.keep")
def find_keep(screen: "MainScreen", count: int) -> None:
    """Keep the hits lit in a colour of their own; without hits, put out all that was kept."""
    if screen.hits:
        words = screen.sought
        screen.keep_hits()
        screen.desk.say(f"“{words}” stays lit; / finds something else, * without hits puts all out")
    elif not screen.forget_kept():
        screen.desk.say("Nothing is found yet; / finds in this article")
