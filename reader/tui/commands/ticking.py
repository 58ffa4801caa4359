"""The rows of a board: ticked, and acted on."""

from reader.tui.commands import action
from reader.tui.screens.board import Board
from reader.tui.screens.pick import Pick


def _run(name: str) -> None:
    """Declare a command that the kind of board carries out."""

    @action(name, on="list")
    def act(screen: Pick, count: int) -> None:
        if isinstance(screen, Board) and name in screen.CAN:
            lines = screen.meant()
            if lines or name in ("board.group", "board.left", "board.right"):
                screen.act(name, lines)
                screen.show_state()
        else:
            screen.desk.say("Not in this list")


for _name in ("group", "tag", "pen", "edit", "delete", "accept", "attach", "keep", "left", "right"):
    _run(f"board.{_name}")
_run("reply")
_run("take")


@action("board.tick", on="list")
def tick(screen: Pick, count: int) -> None:
    """Tick the row in focus, or take its tick away."""
    if isinstance(screen, Board) and screen.line is not None and screen.line.row.selectable:
        screen.ticked ^= {screen.line.row.key}
        screen.show_lines()
        screen.list.move(1)


@action("board.tick-all", on="list")
def tick_all(screen: Pick, count: int) -> None:
    """Tick every row shown, or none where all are ticked."""
    if isinstance(screen, Board):
        keys = {line.row.key for line in screen.lines if line.row.selectable}
        screen.ticked = set() if keys <= screen.ticked else screen.ticked | keys
        screen.show_lines()


@action("undo", on="list")
def undo(screen: Pick, count: int) -> None:
    """Undo the last change of annotations."""
    if isinstance(screen, Board):
        def shown(words: str | None) -> None:
            screen.changed()
            screen.desk.say(f"Undone: {words}" if words else "Nothing to undo")

        screen.desk.saving.begin(screen.workspace.store.undo, shown)
