"""Boards over all annotations: every note, what to look at again, agreement, tags against outlets, the trash."""

from typing import TYPE_CHECKING, Any

from reader.annotations.agreement import copied
from reader.tui.commands import action
from reader.tui.messages import when
from reader.tui.screens.boards import NotesBoard, ReviewBoard, short
from reader.tui.screens.comparing import AgreementBoard, MatrixBoard
from reader.tui.screens.pick import Choice, Pick

if TYPE_CHECKING:
    from reader.annotations.annotation import Annotation
    from reader.annotations.drafts import Draft
    from reader.annotations.rescue import Rescued
    from reader.annotations.shelf import Problem
    from reader.tui.screens.board import Board
    from reader.tui.screens.main import MainScreen


def go_to(screen: "MainScreen", id: str | None, article: str = "", at: int | None = None) -> None:
    """Open the article of an annotation and go to it; H comes back."""
    annotation = screen.workspace.store.get(id) if id else None
    if annotation is None:
        return
    where = article or annotation.source
    if screen.article is not None and screen.article.id == where:
        screen.remember_place()

    def there() -> None:
        screen.go_note(annotation.id)
        if at is not None and at >= 0 and len(annotation.targets) > 1:
            screen.page.go(at)

    screen.open_article(where, then=there)


def _answered(screen: "MainScreen", board: "Board[Any]", key: str | None) -> None:
    """Do what a board was left for."""
    name, _, id = (key or "").partition(" ")
    store = screen.workspace.store
    annotation = store.get(id.partition(" ")[0])
    if name == "board.edit" and annotation is not None:
        screen.open_article(annotation.source, then=lambda: screen.write_note(annotation=annotation))
    elif name == "reply" and annotation is not None:
        screen.open_article(annotation.source, then=lambda: screen.write_note(reply_to=annotation))
    elif name == "take" and annotation is not None:
        take(screen, annotation)
    elif name == "attach" and annotation is not None:
        screen.attach(annotation, int(id.partition(" ")[2] or 0))
    elif board.chosen is not None and board.chosen.annotation is not None:
        go_to(screen, board.chosen.annotation.id, board.chosen.article, board.chosen.at)


def take(screen: "MainScreen", theirs: "Annotation") -> None:
    """Make a colleague's annotation one's own."""
    if screen.workspace.store.is_mine(theirs):
        screen.desk.say("It is yours already")
        return
    words = f"Taken from {theirs.creator}; u gives it back"
    screen.change(lambda: screen.workspace.store.add(copied(theirs)), words)


def show(screen: "MainScreen", board: "Board[Any]") -> None:
    """Show a board and do what it is left for."""
    screen.desk.choose(board, lambda key: _answered(screen, board, key))


@action("annotations")
def annotations(screen: "MainScreen", count: int) -> None:
    """Every annotation of every article."""
    show(screen, NotesBoard())


@action("review")
def review(screen: "MainScreen", count: int) -> None:
    """Passages that moved, need review or are lost."""
    show(screen, ReviewBoard())


@action("notes.agreement")
def agreement(screen: "MainScreen", count: int) -> None:
    """Passages that several analysts marked."""
    show(screen, AgreementBoard())


@action("matrix")
def matrix(screen: "MainScreen", count: int) -> None:
    """Tags against outlets; Enter on a cell lists its passages."""
    board = MatrixBoard()

    def chosen(key: str | None) -> None:
        words, ids = board.cell
        if key is not None and ids:
            show(screen, NotesBoard(only=ids))
        elif key is not None:
            screen.desk.say(f"Nothing in {words}")

    screen.desk.choose(board, chosen)


@action("notes.trash")
def trash(screen: "MainScreen", count: int) -> None:
    """What was deleted; Enter brings it back."""
    store = screen.workspace.store

    def choices() -> list[Choice]:
        found = []
        for one in store.trash():
            words = short(one.note or " … ".join(f"“{target.exact}”" for target in one.targets) or "marked", 70)
            whose = "" if store.is_mine(one) else f"{one.creator}, "
            found.append(Choice(one.id, words, screen.title_of(one.source), f"{whose}{when(one.modified)}"))
        return found

    def chosen(id: str | None) -> None:
        if id is not None:
            screen.desk.saving.begin(lambda: store.bring_back(id), back)

    def back(now: "Annotation") -> None:
        screen.notes_changed(now.id)
        screen.desk.say("Brought back; u undoes it")
        go_to(screen, now.id)

    screen.desk.choose(Pick("bring back from the trash:", choices, empty="Nothing was deleted", high=True), chosen)


@action("notes.rescued")
def rescued(screen: "MainScreen", count: int) -> None:
    """Drafts, changes that could not be saved, and files of notes that cannot be read."""
    store = screen.workspace.store
    drafts: list[Draft] = []
    waiting: list[Rescued] = []
    problems: list[Problem] = []

    def choices() -> list[Choice]:
        drafts.extend(store.drafts.all())
        waiting.extend(store.rescued())
        problems.extend(store.problems)
        found = [
            Choice(f"draft {at}", short(draft.text, 80), right=f"draft  {when(draft.saved)}")
            for at, draft in enumerate(drafts)
        ]
        for at, one in enumerate(waiting):
            words = short(one.wanted.note or one.wanted.targets[0].exact or one.wanted.source, 80)
            found.append(Choice(f"rescued {at}", words, right=f"not saved  {when(one.wanted.modified)}"))
        for at, problem in enumerate(problems):
            told = f"{problem.path.parent.name}/{problem.path.name}"
            found.append(Choice(f"problem {at}", problem.reason, told, "cannot be used", voice="warning"))
        return found

    def chosen(key: str | None) -> None:
        kind, _, number = (key or "").partition(" ")
        if kind == "draft":
            screen.take_up(drafts[int(number)])
        elif kind == "rescued":
            ask(waiting[int(number)])
        elif kind == "problem":
            problem = problems[int(number)]
            screen.desk.say(f"{problem.path}: {problem.reason}; {problem.advice}")

    def ask(one: "Rescued") -> None:
        def answered(letter: str) -> None:
            if letter == "s":
                screen.desk.saving.begin(lambda: store.recover(one), saved)
            elif letter == "x":
                screen.change(lambda: store.forget(one.path), "Thrown away", focus=False)

        words = short(one.wanted.note or one.wanted.targets[0].exact, 60)
        screen.await_letter(f"s saves it, x throws it away, any other key leaves it: “{words}”", answered)

    def saved(now: "Annotation") -> None:
        screen.notes_changed(now.id)
        screen.desk.say("Saved")
        go_to(screen, now.id)

    empty = "No drafts, nothing rescued, no damaged notes"
    screen.desk.choose(Pick("unfinished:", choices, empty=empty, high=True), chosen)
