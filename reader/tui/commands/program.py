"""The program itself: leaving, drawing anew, sleeping; and the keys of the editor."""

from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from reader.tui.commands import action

if TYPE_CHECKING:
    from reader.tui.screens.base import KeyScreen
    from reader.tui.screens.main import MainScreen


@action("quit", on="")
def quit(screen: "KeyScreen[None]", count: int) -> None:
    """Save everything, a note that is being written too, and end."""
    screen.desk.main_screen.finish_note(then=lambda: screen.desk.leave(0))


@action("refresh", on="")
def refresh(screen: "KeyScreen[None]", count: int) -> None:
    """Draw every cell again, after something else wrote on the terminal."""
    screen.desk.repaint()


@action("suspend", on="")
def suspend(screen: "KeyScreen[None]", count: int) -> None:
    """Put the program to sleep, its work saved."""
    screen.desk.save_all()
    try:
        screen.desk.action_suspend_process()
    except SuspendNotSupported:
        screen.desk.say("This terminal cannot put a program to sleep")


@action("mouse")
def mouse(screen: "MainScreen", count: int) -> None:
    """Listen to the mouse, or leave it to the terminal."""
    screen.desk.toggle_mouse()


@action("editor.save")
def editor_save(screen: "MainScreen", count: int) -> None:
    """Save the note that is being written."""
    screen.editor.action_submit()


@action("editor.discard")
def editor_discard(screen: "MainScreen", count: int) -> None:
    """Give up the note that is being written."""
    screen.editor.action_cancel()


@action("editor.outside")
def editor_outside(screen: "MainScreen", count: int) -> None:
    """Go on writing in the analyst's own editor."""
    text = screen.desk.edit_outside(screen.editor.text)
    if text is not None:
        screen.editor.begin(screen.editor.key, text, original=screen.editor.original)
