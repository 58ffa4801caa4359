"""Moving in any list that is not the main screen's."""

from typing import Protocol

from reader.tui.commands import action
from reader.tui.widgets.rows import RowList


class HasList(Protocol):
    """A screen with a list."""

    list: RowList


def _declare(place: str) -> None:
    """Declare the motions on the screens of a place."""

    @action("move.down", on=place)
    def down(screen: HasList, count: int) -> None:
        screen.list.move(count)

    @action("move.up", on=place)
    def up(screen: HasList, count: int) -> None:
        screen.list.move(-count)

    @action("page.down", on=place)
    def page_down(screen: HasList, count: int) -> None:
        screen.list.move_pages(count)

    @action("page.up", on=place)
    def page_up(screen: HasList, count: int) -> None:
        screen.list.move_pages(-count)

    @action("half.down", on=place)
    def half_down(screen: HasList, count: int) -> None:
        screen.list.move_half_pages(count)

    @action("half.up", on=place)
    def half_up(screen: HasList, count: int) -> None:
        screen.list.move_half_pages(-count)

    @action("go.top", on=place)
    def top(screen: HasList, count: int) -> None:
        screen.list.to_top()

    @action("go.bottom", on=place)
    def bottom(screen: HasList, count: int) -> None:
        screen.list.to_bottom()

    @action("paragraph.next", on=place)
    def group_next(screen: HasList, count: int) -> None:
        screen.list.to_heading(1)

    @action("paragraph.previous", on=place)
    def group_previous(screen: HasList, count: int) -> None:
        screen.list.to_heading(-1)


for _place in ("list", "search"):
    _declare(_place)
