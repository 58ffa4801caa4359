"""Moving: by lines, pages, paragraphs and articles; marks, back and forward."""

from typing import TYPE_CHECKING

from reader.tui.commands import action
from reader.tui.trail import Place

if TYPE_CHECKING:
    from reader.tui.screens.main import MainScreen


@action("move.down")
def down(screen: "MainScreen", count: int) -> None:
    """A row or line down in the pane in focus."""
    screen.pane.move_rows(count)


@action("move.up")
def up(screen: "MainScreen", count: int) -> None:
    """A row or line up in the pane in focus."""
    screen.pane.move_rows(-count)


@action("page.down")
def page_down(screen: "MainScreen", count: int) -> None:
    """A page down; the sources scroll only when they are in focus."""
    screen.pane.move_pages(count)


@action("page.up")
def page_up(screen: "MainScreen", count: int) -> None:
    """A page up."""
    screen.pane.move_pages(-count)


@action("half.down")
def half_down(screen: "MainScreen", count: int) -> None:
    """Half a page down."""
    screen.pane.move_half_pages(count)


@action("half.up")
def half_up(screen: "MainScreen", count: int) -> None:
    """Half a page up."""
    screen.pane.move_half_pages(-count)


@action("go.top")
def top(screen: "MainScreen", count: int) -> None:
    """The beginning."""
    screen.remember_place()
    screen.pane.move_to_end(False)


@action("go.bottom")
def bottom(screen: "MainScreen", count: int) -> None:
    """The end."""
    screen.remember_place()
    screen.pane.move_to_end(True)


@action("paragraph.next")
def paragraph_next(screen: "MainScreen", count: int) -> None:
    """The next paragraph, group or note."""
    screen.pane.move_paragraphs(count)


@action("paragraph.previous")
def paragraph_previous(screen: "MainScreen", count: int) -> None:
    """The paragraph, group or note before."""
    screen.pane.move_paragraphs(-count)


@action("open")
def open_row(screen: "MainScreen", count: int) -> None:
    """Open the article of the row, fold its group, or go to the note's passage."""
    screen.pane.open_current()


@action("article.next")
def article_next(screen: "MainScreen", count: int) -> None:
    """Open the article after the one that is open, without leaving the pane."""
    screen.open_neighbour(1)


@action("article.previous")
def article_previous(screen: "MainScreen", count: int) -> None:
    """Open the article before the one that is open."""
    screen.open_neighbour(-1)


@action("article.unread")
def article_unread(screen: "MainScreen", count: int) -> None:
    """Open the next article that was not read yet."""
    read = screen.workspace.reading.is_read
    if not screen.open_neighbour(1, lambda id: not read(id)):
        screen.desk.say("No unread article further down")


@action("fold")
def fold(screen: "MainScreen", count: int) -> None:
    """Fold or unfold the group or the comment thread."""
    screen.pane.fold_current()


@action("mark.set")
def mark_set(screen: "MainScreen", count: int) -> None:
    """Name the place at the top of the page by a letter."""
    place = screen.place
    if place is None:
        screen.desk.say("Open an article first")
        return

    def named(letter: str) -> None:
        screen.workspace.reading.set_mark(letter, place.id, place.position)
        screen.desk.say(f"Mark {letter} is set here")

    screen.await_letter("m: a letter for this place", named)


@action("mark.jump")
def mark_jump(screen: "MainScreen", count: int) -> None:
    """Go to the place that a letter names; the same quote again goes back to where one jumped from."""

    def named(letter: str) -> None:
        if letter == "'":
            history_back(screen, 1)
            return
        mark = screen.workspace.reading.mark(letter)
        if mark is None:
            screen.desk.say(f"No mark {letter}")
        else:
            screen.go(Place(mark.id, mark.position))

    screen.await_letter("': the letter of a mark", named)


@action("history.back")
def history_back(screen: "MainScreen", count: int) -> None:
    """Where one was before the last jump."""
    _travel(screen, screen.trail.back(screen.place), "Nothing further back")


@action("history.forward")
def history_forward(screen: "MainScreen", count: int) -> None:
    """Where one was before going back."""
    _travel(screen, screen.trail.forward(screen.place), "Nothing further on")


def _travel(screen: "MainScreen", place: Place | None, otherwise: str) -> None:
    """Go to a place of the trail without noting the jump."""
    if place is None:
        screen.desk.say(otherwise)
    else:
        screen.go(place, remember=False)


@action("jump")
def jump(screen: "MainScreen", count: int) -> None:
    """Lay a letter over everything that can be chosen, and choose by it."""
    screen.begin_jump()
