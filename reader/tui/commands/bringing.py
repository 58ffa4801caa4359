"""Captures: bringing them in, files that could not be read, earlier captures and what changed since them."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from reader.errors import DeskreaderError
from reader.text.span import Span
from reader.tui.background import CatalogueChanged, WorkGoesOn
from reader.tui.commands import action
from reader.tui.screens.comparison import Comparison
from reader.tui.screens.pick import Choice, Pick
from reader.tui.widgets.wrap import wrap

if TYPE_CHECKING:
    from reader.library.versions import Change, Version
    from reader.tui.screens.main import MainScreen

IMPORT = "import"
"""The group of the worker that imports."""


@action("import")
def bring_in(screen: "MainScreen", count: int) -> None:
    """Ask for a path or a web address and copy what is there into the library; the same key again stops that."""
    if stop_import(screen):
        return

    def typed(text: str) -> None:
        source = text.strip()
        if source:
            screen.desk.run_worker(
                lambda: screen.desk.guarded(lambda: _import(screen, source)),
                thread=True, group=IMPORT, exit_on_error=False,
            )  # fmt: skip

    screen.ask_line("import (file, folder or http address): ", typed)


def stop_import(screen: "MainScreen") -> bool:
    """Stop an import that is going on; whether there was one. What came so far stays."""
    running = [each for each in screen.desk.workers if each.group == IMPORT and not each.is_finished]
    for worker in running:
        worker.cancel()
    return bool(running)


def _import(screen: "MainScreen", source: str) -> None:
    """In a thread: bring a source in, saying how far that is."""
    worker = get_current_worker()
    outcomes: Counter[str] = Counter()
    last = failure = ""
    key = screen.desk.keymap.first("import")
    screen.post_message(WorkGoesOn(f"importing  {key} stops"))
    try:
        place = str(Path(source).expanduser()) if source.startswith("~") else source
        for step in screen.workspace.upkeep.bring_in([place], lambda: worker.is_cancelled):
            outcomes[step.outcome] += 1
            last = step.id or last
            failure = failure or (f"{step.source}: {step.message}" if step.failed else "")
            screen.post_message(WorkGoesOn(f"importing: {sum(outcomes.values()):,} done  {key} stops"))
            if worker.is_cancelled:
                break
    finally:
        screen.post_message(WorkGoesOn(""))
        screen.post_message(CatalogueChanged(None))
    words = imported_in_words(outcomes, failure, worker.is_cancelled)
    screen.desk.call_later(screen.desk.say, words, error=bool(failure))
    if last and sum(outcomes.values()) == 1:
        screen.desk.call_later(screen.open_article, last)


def imported_in_words(outcomes: Counter[str], failure: str, stopped: bool) -> str:
    """What became of an import."""
    told = (("added", "added"), ("version", "became a version"), ("present", "here already"))
    parts = [f"{outcomes[name]:,} {words}" for name, words in told if outcomes[name]]
    failed = outcomes["failed"]
    if failed:
        parts.append(failure if failed == 1 else f"{failed:,} could not be read, the first: {failure}")
    if stopped:
        parts.append("stopped")
    return "; ".join(parts) or "Nothing to import there"


AGAIN = "again"
"""The answer that reads problem files once more."""


@action("problems")
def problems(screen: "MainScreen", count: int) -> None:
    """Files that could not be read, with why and what to do; Enter sends the path to the clipboard."""
    found = screen.workspace.library.problems()
    width = max(20, screen.app.size.width - 6)
    choices = []
    if found:
        choices.append(Choice(AGAIN, "Try them again", f"{len(found)} file{'' if len(found) == 1 else 's'}"))
    for each in found:
        told = f"{each.path} {each.reason} {each.advice}"
        choices.append(Choice(each.path, each.path, voice="warning", found_by=told))
        about = f"{each.reason}. {each.advice}".strip()
        for span in wrap(about, Span(0, len(about)), width, width):
            line = f"  {span.of(about).strip()}"
            choices.append(Choice(f"about {each.path}", line, heading=True, voice="quiet", found_by=told))

    def chosen(key: str | None) -> None:
        if key == AGAIN:
            screen.in_thread(lambda: _try_again(screen))
        elif key is not None:
            screen.desk.copy(key)

    empty = "Every file could be read"
    screen.desk.choose(Pick("not read:", choices, empty=empty, high=True), chosen)


def _try_again(screen: "MainScreen") -> None:
    """In a thread: read the files with problems once more."""
    before = len(screen.workspace.library.problems())
    for progress in screen.workspace.library.refresh(again=True):
        screen.post_message(WorkGoesOn(f"reading {progress.done:,} of {progress.total:,}"))
    screen.post_message(WorkGoesOn(""))
    screen.post_message(CatalogueChanged(None))
    left = len(screen.workspace.library.problems())
    screen.desk.call_later(screen.desk.say, f"{before - left} of {before} can be read now")


@action("versions")
def versions(screen: "MainScreen", count: int) -> None:
    """The captures of the open article, the newest first; Enter shows what changed since an earlier one."""
    article = screen.article
    if article is None:
        screen.desk.say("Open an article first")
        return
    found = screen.workspace.library.versions(article.id)
    if len(found) < 2:
        screen.desk.say("This page was captured once; a newer capture that is imported becomes its next version")
        return
    shown = next((each for each in found if each.id == article.id and each.sha256 == article.sha256), found[0])
    choices = [
        Choice(each.sha256, _time_in_words(each.captured), each.source or each.id, "shown" if each is shown else "")
        for each in found
    ]

    def chosen(key: str | None) -> None:
        other = next((each for each in found if each.sha256 == key), None)
        if other is None:
            return
        if other is shown:
            screen.desk.say("This is the one on the page; Enter on another shows what changed")
        else:
            older, newer = sorted((other, shown), key=lambda each: each.captured)
            screen.in_thread(lambda: _compare(screen, older, newer))

    screen.desk.choose(Pick("captures:", choices), chosen)


def _time_in_words(captured: str) -> str:
    """A time as a list shows it: `2024-03-05 14:02`."""
    return captured[:16].replace("T", " ")


def _compare(screen: "MainScreen", older: "Version", newer: "Version") -> None:
    """In a thread: read both captures and show how they differ."""
    from reader.library.versions import word_diff

    history = screen.workspace.library.history
    texts: list[str] = []
    for version in (older, newer):
        try:
            texts.append(history.article(version).text)
        except DeskreaderError as error:
            screen.desk.call_later(screen.desk.say, str(error), error=True)
            return
    changes = word_diff(*texts)
    title = f"{_time_in_words(older.captured)} to {_time_in_words(newer.captured)}:"
    screen.desk.call_later(_show, screen, title, changes)


def _show(screen: "MainScreen", title: str, changes: "Sequence[Change]") -> None:
    """Show a comparison above the page."""
    screen.desk.choose(Comparison(title, changes), lambda key: None)
