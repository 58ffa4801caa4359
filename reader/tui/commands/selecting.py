"""Caret mode: motions and selections by keys."""

from functools import partial
from typing import TYPE_CHECKING

from reader.tui.commands import action

if TYPE_CHECKING:
    from reader.tui.screens.main import MainScreen

_MOTIONS = (
    *("left", "right", "down", "up", "word", "back", "end", "line-start", "line-end", "sentence-next"),
    *("sentence-previous", "paragraph-next", "paragraph-previous", "top", "bottom", "again"),
)


def _move(motion: str, screen: "MainScreen", count: int) -> None:
    """Move the caret by a motion."""
    screen.page.motion(motion, count)


for _motion in _MOTIONS:
    action(f"caret.{_motion}")(partial(_move, _motion))


@action("caret")
def enter(screen: "MainScreen", count: int) -> None:
    """Show the caret at the top of what is in view."""
    screen.attaching = None
    if screen.article is None:
        screen.desk.say("Open an article first")
    elif not screen.page.enter_caret():
        screen.desk.say("There is no text here to select")


@action("caret.leave")
def leave(screen: "MainScreen", count: int) -> None:
    """Give up the selection, or else leave caret mode."""
    screen.attaching = None
    screen.page.leave_caret()


@action("caret.find")
def find_character(screen: "MainScreen", count: int) -> None:
    """To the next place of a character in the paragraph."""
    screen.await_letter("f: the character to go to", lambda letter: _seek(screen, "find", count, letter))


@action("caret.till")
def till_character(screen: "MainScreen", count: int) -> None:
    """To just before the next place of a character."""
    screen.await_letter("t: the character to stop before", lambda letter: _seek(screen, "till", count, letter))


def _seek(screen: "MainScreen", motion: str, count: int, letter: str) -> None:
    """Move to a character, or say that there is none."""
    if not screen.page.motion(motion, count, letter):
        screen.desk.say(f"No {letter} further on in this paragraph")


@action("select")
def select(screen: "MainScreen", count: int) -> None:
    """Begin a selection at the caret, or end it."""
    screen.page.begin_selection()


@action("select.lines")
def select_lines(screen: "MainScreen", count: int) -> None:
    """Begin a selection of whole paragraphs."""
    screen.page.begin_selection(by_paragraph=True)


@action("select.sentence")
def select_sentence(screen: "MainScreen", count: int) -> None:
    """Select the sentence around the caret; again takes the next one too."""
    for _ in range(count):
        screen.page.select_object("sentence")


@action("select.paragraph")
def select_paragraph(screen: "MainScreen", count: int) -> None:
    """Select the paragraph around the caret; again takes the next one too."""
    for _ in range(count):
        screen.page.select_object("paragraph")


@action("select.other-end")
def other_end(screen: "MainScreen", count: int) -> None:
    """The other end of the selection."""
    screen.page.other_end()


@action("select.expand")
def expand(screen: "MainScreen", count: int) -> None:
    """Word, sentence, paragraph, article."""
    screen.page.expand_selection()


@action("select.shrink")
def shrink(screen: "MainScreen", count: int) -> None:
    """Back from what was expanded."""
    screen.page.shrink_selection()
