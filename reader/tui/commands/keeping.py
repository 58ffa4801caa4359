"""Saved searches, actions on ticked hits, and the tour."""

from typing import TYPE_CHECKING

from reader.search.saved import SavedSearch, SavedSearches
from reader.tui.commands import action
from reader.tui.screens.pick import Choice, Pick
from reader.tui.screens.search import SearchScreen
from reader.tui.widgets.cells import clusters

if TYPE_CHECKING:
    from reader.tui.screens.main import MainScreen


@action("lists")
def lists(screen: "MainScreen", count: int) -> None:
    """The saved searches; Enter runs one."""
    saved = SavedSearches(screen.workspace.state)
    choices = [Choice(one.query, one.name, one.query, "watched" if one.watched else "") for one in saved.all()]

    def chosen(query: str | None) -> None:
        if query is not None:
            screen.open_search(query)

    empty = "No saved lists yet. S among the results of a search saves it."
    screen.desk.choose(Pick("lists:", choices, empty=empty), chosen)


@action("search.save", on="search")
def save(screen: SearchScreen, count: int) -> None:
    """Save the query under a name."""
    query = screen.prompt.value.strip()
    saved = SavedSearches(screen.workspace.state)

    def named(name: str | None) -> None:
        if name:
            screen.desk.attempt(lambda: saved.save(SavedSearch(name, query)))
            screen.status.say(f"Saved as {name}; , l opens it")

    if query:
        choices = [Choice(one.name, one.name, one.query) for one in saved.all()]
        screen.desk.choose(Pick(f"save “{query}” as", choices, empty="Type a name", free=True), named)


@action("search.tag", on="search")
def tag_ticked(screen: SearchScreen, count: int) -> None:
    """Tag every ticked hit, in one step that one undo takes back; without ticks, the hit under the cursor."""
    workspace = screen.workspace
    ticked = set(screen.found.ticked)
    index = screen.list.index
    if not ticked and index is not None:
        at = screen.found.hit_of(index)
        ticked = {(screen.found.result_of(index).id, at)} if at is not None else set()
    tags: dict[str, int] = {}
    for annotation in workspace.store.all():
        for each in annotation.tags:
            tags[each] = tags.get(each, 0) + 1

    def chosen(name: str | None) -> None:
        if not name:
            return

        def mark() -> None:
            with workspace.store.step(f"tag “{name}” on {len(ticked)} passages"):
                for id, at in sorted(ticked):
                    span = screen.found.hits[id][at].span
                    workspace.annotate(screen.found.articles[id], span, tags=(name.lstrip("#"),))

        screen.desk.attempt(mark)
        screen.found.ticked.clear()
        screen.list.changed()
        screen.desk.main_screen.notes_changed(None)
        screen.status.say(f"Tagged {len(ticked)} passages with #{name.lstrip('#')}; u on the page undoes it")

    choices = [Choice(each, f"#{each}", right=str(tags[each])) for each in sorted(tags, key=lambda one: -tags[one])]
    if ticked:
        title = f"tag {len(ticked)} passage{'' if len(ticked) == 1 else 's'}:"
        screen.desk.choose(Pick(title, choices, empty="Type a new tag, then Enter", free=True), chosen)


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
