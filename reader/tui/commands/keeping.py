"""Saved searches, what the watched ones find in new articles, and the tour."""

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from reader.search.saved import SavedSearches
from reader.search.watching import watch as watch_table
from reader.tui.commands import action
from reader.tui.screens.pick import Choice, Pick
from reader.tui.sources import UNKNOWN_OUTLET
from reader.tui.widgets.cells import clusters

if TYPE_CHECKING:
    from reader.tui.screens.main import MainScreen

NEW: Final = 5_000
"""New articles that the watched queries run over at most, the latest of them."""


@action("lists")
def lists(screen: "MainScreen", count: int) -> None:
    """The saved searches with how many articles answer each now; Enter runs one."""
    workspace = screen.workspace
    saved = SavedSearches(workspace.state)

    def list_them() -> None:
        choices = []
        for one in saved.all():
            found = workspace.search(_whole(one.query), limit=1, whole=True).matched
            about = f"{one.query}  watched" if one.watched else one.query
            choices.append(Choice(one.query, one.name, about, f"{found:,}"))
        screen.desk.call_later(show, choices)

    def show(choices: list[Choice]) -> None:
        if saved.problem:
            screen.desk.say(saved.problem, error=True)
        screen.desk.choose(Pick("lists:", choices, empty=empty), chosen)

    def chosen(query: str | None) -> None:
        if query is not None:
            screen.open_search(_whole(query))

    empty = "No saved lists yet. S among the results of a search saves it."
    screen.in_thread(list_them)


def _whole(query: str) -> str:
    """A saved query as it is asked: nobody is typing its last word any more."""
    return query.rstrip() + " "


_SEEN: Final = " seen"


def _many(count: int, what: str) -> str:
    """`1 hit`, `3 hits`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


@action("watch")
def watch(screen: "MainScreen", count: int) -> None:
    """The watched queries over the articles that came since the table was last seen, by query and outlet."""
    workspace = screen.workspace
    saved = SavedSearches(workspace.state)
    empty = "No query is watched yet. W among the results of a search watches it."

    def look() -> None:
        watched, since = saved.watched(), saved.seen()
        fresh = list(takewhile(lambda one: one.added > since, workspace.library.entries("added"))) if watched else []
        latest = max((one.added for one in fresh), default=since)
        ids = [one.id for one in fresh[:NEW]]
        table = watch_table(watched, workspace.library.articles(ids), workspace.engine.groups)
        queries = {one.name: one.query for one in watched}
        choices: list[Choice] = []
        for name in dict.fromkeys(queries):
            rows = [row for row in table if row.name == name]
            hits = sum(row.hits for row in rows)
            articles = sum(len(row.articles) for row in rows)
            told = f"{_many(articles, 'new article')}, {_many(hits, 'hit')}" if rows else "nothing new"
            choices.append(Choice(queries[name], name, queries[name], told, voice="strong" if rows else "quiet"))
            for row in rows:
                query = f'{queries[name]} outlet:"{row.outlet}"' if row.outlet else queries[name]
                numbers = f"{len(row.articles):,} · {_many(row.hits, 'hit')}"
                choices.append(Choice(query, f"  {row.outlet or UNKNOWN_OUTLET}", right=numbers))
        if fresh and watched:
            words = f"Set {_many(len(fresh), 'new article')} as seen"
            choices.append(Choice(f"{_SEEN}{latest}", words, voice="accent"))
        screen.desk.call_later(show, choices)

    def show(choices: list[Choice]) -> None:
        screen.desk.choose(Pick("watched, over new articles:", choices, empty=empty, high=True), chosen)

    def chosen(query: str | None) -> None:
        if query is not None and query.startswith(_SEEN):
            saved.set_seen(query.removeprefix(_SEEN))
            screen.desk.say("From now on the table tells of later articles")
        elif query is not None:
            screen.open_search(_whole(query))

    screen.desk.say("Looking through the new articles …")
    screen.in_thread(look)


STEPS = (
    ("open", "The sources are at the left. j and k move, Enter opens an article, J and K go on without looking up."),
    ("page.down", "The page. Space goes on, b back. c shows the comments, = what was folded, r the raw capture."),
    ("find", "/ finds in this article. Spelling is forgiven; n and N go from hit to hit."),
    ("search", "s searches every article as one types. Enter lands on the hit; H comes back."),
    ("caret", "v shows a caret. s takes the sentence, p the paragraph, w and e the words; o goes to the other end."),
    ("mark", "Enter marks what is selected, a writes a note beside it, t tags it. Everything is saved at once."),
    ("annotation.next", "[ and ] go from note to note; e edits, d deletes, u undoes, also tomorrow."),
    ("focus.notes", "1 2 3 choose a pane, z shows the page alone, < and > change widths, o groups the sources."),
    ("copy", "y copies a passage to your own clipboard, Y with its citation."),
    ("help", "? shows the keys that work here, : every command. q goes back, ctrl+q leaves. That is all."),
)
"""What the tour tells, with the command that each step is about."""


@action("tour")
def tour(screen: "MainScreen", count: int) -> None:
    """Step by step through the keys; Enter tries a step's command on the reader's own folder."""
    keymap = screen.desk.keymap
    choices = [Choice(name, words, right=keymap.first(name)) for name, words in STEPS]
    width = screen.app.size.width - 14
    split: list[Choice] = []
    for choice in choices:
        lines = _lines(choice.label, max(24, width))
        split.append(Choice(choice.key, lines[0], right=choice.right, found_by=choice.label))
        split.extend(
            Choice(f"{choice.key} {at}", f"  {line}", voice="quiet", heading=True, found_by="")
            for at, line in enumerate(lines[1:])
        )

    def chosen(name: str | None) -> None:
        if name is not None:
            screen.run_command(name)

    screen.desk.choose(Pick("tour:", split, high=True), chosen)


def _lines(text: str, width: int) -> list[str]:
    """A text in lines of at most `width` cells."""
    lines = [""]
    for word in text.split():
        room = width - sum(cluster.width for cluster in clusters(lines[-1]))
        if lines[-1] and len(word) + 1 > room:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return lines
