"""Panes and views: focus, width, what is unfolded, and the screens for one purpose."""

from typing import TYPE_CHECKING

from reader.settings.settings import GROUPINGS
from reader.tui.commands import action

if TYPE_CHECKING:
    from reader.tui.screens.main import MainScreen


@action("focus.sources")
def focus_sources(screen: "MainScreen", count: int) -> None:
    """Go to the sources."""
    screen.focus_pane("sources")


@action("focus.page")
def focus_page(screen: "MainScreen", count: int) -> None:
    """Go to the page."""
    screen.focus_pane("page")


@action("focus.notes")
def focus_notes(screen: "MainScreen", count: int) -> None:
    """Go to the notes."""
    screen.focus_pane("notes")


@action("focus.next")
def focus_next(screen: "MainScreen", count: int) -> None:
    """The next pane."""
    screen.cycle_panes(1)


@action("focus.previous")
def focus_previous(screen: "MainScreen", count: int) -> None:
    """The pane before."""
    screen.cycle_panes(-1)


@action("page.alone")
def page_alone(screen: "MainScreen", count: int) -> None:
    """The page alone, or all panes again."""
    screen.toggle_alone()


@action("pane.wider")
def pane_wider(screen: "MainScreen", count: int) -> None:
    """Two cells wider."""
    screen.widen(2 * count)


@action("pane.narrower")
def pane_narrower(screen: "MainScreen", count: int) -> None:
    """Two cells narrower."""
    screen.widen(-2 * count)


@action("pane.sources")
def pane_sources(screen: "MainScreen", count: int) -> None:
    """Hide or show the sources."""
    screen.toggle_pane("sources")


@action("pane.notes")
def pane_notes(screen: "MainScreen", count: int) -> None:
    """Hide or show the notes."""
    screen.toggle_pane("notes")


@action("sources.group")
def sources_group(screen: "MainScreen", count: int) -> None:
    """Choose the grouping by its first letter; the same key again takes the next one."""
    names = "  ".join(f"{name[0]} {name}" for name in GROUPINGS)

    def chosen(letter: str) -> None:
        at = GROUPINGS.index(screen.sources.grouping)
        following = GROUPINGS[(at + 1) % len(GROUPINGS)]
        wanted = next((name for name in GROUPINGS if name[0] == letter and letter != "o"), None)
        name = wanted or ("outlet" if letter == "o" and at else following)
        screen.group_sources(name)

    screen.await_letter(f"group by: {names}", chosen)


@action("sources.filter")
def sources_filter(screen: "MainScreen", count: int) -> None:
    """Filter the sources as one types."""
    before = screen.sources.filter
    screen.ask_line(
        "filter sources: ",
        screen.filter_sources,
        changed=screen.filter_sources,
        left=lambda: screen.filter_sources(""),
        initial=before,
    )


@action("raw")
def raw(screen: "MainScreen", count: int) -> None:
    """The raw capture with the reason for every line's place, or the page again."""
    screen.page.toggle_raw()
    screen.show_state()


@action("comments")
def comments(screen: "MainScreen", count: int) -> None:
    """Show or fold the comments."""
    if screen.page.folds("comments"):
        screen.page.toggle_comments()
    elif screen.article is not None:
        screen.desk.say("No comments under this article")


@action("furniture")
def furniture(screen: "MainScreen", count: int) -> None:
    """Show or fold the page furniture."""
    if screen.page.folds("furniture"):
        screen.page.toggle_furniture()
    elif screen.article is not None:
        screen.desk.say("Nothing was folded away in this article")


@action("align")
def align(screen: "MainScreen", count: int) -> None:
    """Right-to-left paragraphs at the right edge, or in logical order from the left."""
    screen.page.configure(right_align=not screen.page.right_align)
    edge = "at the right edge" if screen.page.right_align else "from the left, in logical order"
    screen.desk.say(f"Right-to-left text stands {edge}")


@action("read.toggle")
def read_toggle(screen: "MainScreen", count: int) -> None:
    """Set the article of the row, or the open one, as read or unread."""
    id = screen.article_in_focus()
    if id is not None:
        reading = screen.workspace.reading
        reading.set_read([id], not reading.is_read(id))
        screen.refresh_sources()
        screen.desk.say("Read" if reading.is_read(id) else "Unread")


@action("dismiss")
def dismiss(screen: "MainScreen", count: int) -> None:
    """Put away, one at a time: the message, the hits, the raw view, the filter."""
    if screen.desk.dismiss():
        return
    if screen.hits:
        screen.find("", screen.page.position, None)
    elif screen.page.view.raw:
        raw(screen, 1)
    elif screen.sources.filter:
        screen.filter_sources("")
    screen.show_state()


@action("back")
def back(screen: "MainScreen", count: int) -> None:
    """From the raw view to the page, from the page to the sources, and from there out."""
    if screen.page.view.raw:
        raw(screen, 1)
    elif screen.arrangement.alone:
        page_alone(screen, 1)
    elif screen.focused_pane != "sources":
        screen.focus_pane("sources")
    else:
        screen.desk.leave(0)
