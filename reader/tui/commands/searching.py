"""The search screen: landing, leaving, ticking and acting on what is ticked."""

from reader.tui.commands import action
from reader.tui.screens.search import SearchScreen


@action("prompt.accept", "open", on="search")
def land(screen: SearchScreen, count: int) -> None:
    """Land on the hit under the cursor."""
    screen.land()


@action("prompt.leave", "back", on="search")
def leave(screen: SearchScreen, count: int) -> None:
    """Leave the search where one came from."""
    screen.prompt.remember()
    screen.dismiss(None)


@action("prompt.next", on="search")
def down(screen: SearchScreen, count: int) -> None:
    """The next row, the line still in focus."""
    screen.list.move(1)


@action("prompt.previous", on="search")
def up(screen: SearchScreen, count: int) -> None:
    """The row before; in an empty line the query asked before."""
    if screen.prompt.value:
        screen.list.move(-1)
    else:
        screen.prompt.recall(-1)


@action("prompt.page-down", on="search")
def page_down(screen: SearchScreen, count: int) -> None:
    """A page of rows down."""
    screen.list.move_pages(1)


@action("prompt.page-up", on="search")
def page_up(screen: SearchScreen, count: int) -> None:
    """A page of rows up."""
    screen.list.move_pages(-1)


@action("prompt.rows", "focus.next", "focus.previous", on="search")
def switch(screen: SearchScreen, count: int) -> None:
    """From the line to the rows, and back."""
    screen.focus_on(screen.list if screen.prompt.has_focus else screen.prompt)


@action("search.tick", on="search")
def tick(screen: SearchScreen, count: int) -> None:
    """Tick the row."""
    screen.tick()
