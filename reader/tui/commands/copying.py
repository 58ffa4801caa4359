"""Copying to the analyst's clipboard."""

from typing import TYPE_CHECKING

from reader.tui.commands import action

if TYPE_CHECKING:
    from reader.tui.screens.main import MainScreen


@action("copy")
def copy(screen: "MainScreen", count: int) -> None:
    """The selection, else the annotation in focus, else the title."""
    passage = _passage(screen)
    if passage or screen.article is not None:
        screen.desk.copy(passage or screen.headline)
    else:
        screen.desk.say("Nothing to copy: open an article first")


@action("copy.citation")
def copy_citation(screen: "MainScreen", count: int) -> None:
    """The same with its citation; the title alone where no passage is meant."""
    if screen.article is None:
        screen.desk.say("Nothing to copy: open an article first")
        return
    passage = _passage(screen)
    known = screen.article.metadata
    parts = [", ".join(known.authors.value)] if known.authors else []
    parts.append(f"“{screen.headline}”")
    parts += [known.outlet.value] if known.outlet else []
    parts += [known.published.value.iso] if known.published else ["undated"]
    parts.append(screen.desk.workspace.library.history.address(screen.article) or screen.article.id)
    citation = ", ".join(parts)
    screen.desk.copy(f"“{passage}” ({citation})" if passage else citation)


@action("copy.address")
def copy_address(screen: "MainScreen", count: int) -> None:
    """Show the article's web address in full and copy it; nothing is opened on this machine."""
    address = screen.desk.workspace.library.history.address(screen.article) if screen.article is not None else ""
    if not address:
        screen.desk.say("No web address is known for this article")
    else:
        screen.desk.copy(address)
        screen.desk.say(f"Sent: {address}")


def _passage(screen: "MainScreen") -> str:
    """The passage that is meant, on one line; empty when none is."""
    if screen.article is None:
        return ""
    span = screen.page.selection
    if span is None and screen.current_note is not None and screen.note_in_view():
        span = screen.current_note.span
    return " ".join(span.of(screen.article.text).split()) if span is not None else ""
