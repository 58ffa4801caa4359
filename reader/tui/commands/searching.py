"""The search screen: landing, leaving, ticking, completing, orders, and queries that are kept."""

from dataclasses import replace
from typing import Protocol

from reader.search.saved import SavedSearch, SavedSearches
from reader.tui.commands import action
from reader.tui.screens.pick import Choice, Pick
from reader.tui.screens.search import SearchScreen
from reader.tui.widgets.editor import Prompt


class HasPrompt(Protocol):
    """A screen with a line to type in."""

    prompt: Prompt


@action("prompt.accept", "open", on="search")
def land(screen: SearchScreen, count: int) -> None:
    """Land on the hit under the cursor."""
    screen.land()


@action("prompt.leave", "back", on="search")
def leave(screen: SearchScreen, count: int) -> None:
    """Leave the search where one came from."""
    screen.leave(None)


@action("dismiss", on="search")
def dismiss(screen: SearchScreen, count: int) -> None:
    """Put the message away; where there is none, leave."""
    if not screen.desk.dismiss():
        screen.leave(None)


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
    """Complete a field or its value; else from the line to the rows, and back."""
    if screen.prompt.has_focus and screen.tab_completes:
        screen.take_offer()
    else:
        screen.focus_on(screen.list if screen.prompt.has_focus else screen.prompt)


@action("prompt.complete", on="search")
def complete(screen: SearchScreen, count: int) -> None:
    """Complete what is typed at its end; elsewhere the cursor goes right."""
    if screen.can_complete:
        screen.take_offer()
    else:
        screen.prompt.action_cursor_right()


@action("prompt.complete", on="")
def right(screen: "HasPrompt", count: int) -> None:
    """The cursor of any other line goes right."""
    screen.prompt.action_cursor_right()


@action("search.tick", on="search")
def tick(screen: SearchScreen, count: int) -> None:
    """Tick the row."""
    screen.tick()


@action("search.order", on="search")
def order(screen: SearchScreen, count: int) -> None:
    """The next order: relevance, newest, oldest, outlet, the word before the hit, the word after it."""
    screen.cycle_order()


@action("search.why", on="search")
def why(screen: SearchScreen, count: int) -> None:
    """Why the row is among the hits."""
    screen.say_why()


@action("search.save", on="search")
def save(screen: SearchScreen, count: int) -> None:
    """Save the query under a name."""
    query = screen.prompt.value.strip()
    saved = SavedSearches(screen.workspace.state)

    def named(name: str | None) -> None:
        if name:
            watched = any(one.watched for one in saved.all() if one.name == name)
            saved.save(SavedSearch(name, query, watched))
            screen.desk.say(f"Saved as {name}; , l lists it with its count")

    if not query:
        screen.desk.say("Nothing is asked yet")
    else:
        choices = [Choice(one.name, one.name, one.query) for one in saved.all()]
        screen.desk.choose(Pick(f"save “{query}” as", choices, empty="Type a name", free=True), named)


@action("search.watch", on="search")
def watch(screen: SearchScreen, count: int) -> None:
    """Watch for new articles that answer the query, or no longer."""
    query = screen.prompt.value.strip()
    if not query:
        screen.desk.say("Nothing is asked yet")
        return
    saved = SavedSearches(screen.workspace.state)
    known = [one for one in saved.all() if one.query == query] or [SavedSearch(query, query)]
    watched = not all(one.watched for one in known)
    for one in known:
        saved.save(replace(one, watched=watched))
    screen.desk.say(f"Watched: , w shows what new articles bring to “{query}”" if watched else "No longer watched")


@action("search.forget", on="search")
def forget(screen: SearchScreen, count: int) -> None:
    """Delete the saved lists of this query; u brings them back."""
    saved = SavedSearches(screen.workspace.state)
    gone = [one for one in saved.all() if one.query == screen.prompt.value.strip()]

    def back() -> str:
        for one in gone:
            saved.save(one)
        return "saved list is back"

    for one in gone:
        saved.delete(one.name)
    if gone:
        screen.undo = back
    screen.desk.say(f"Deleted: {', '.join(one.name for one in gone)}" if gone else "This query is not saved")
