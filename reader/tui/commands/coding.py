"""The codebook: tags counted, defined, renamed, merged, split, set under one another and deleted."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.annotations.codebook import Code, Codebook
from reader.annotations.codebook_file import CodebookFile
from reader.annotations.coding import Recoded, counts, merge, rename, split
from reader.annotations.coding import delete as delete_tag
from reader.annotations.pens import COLOURS
from reader.tui.commands import action
from reader.tui.commands.boards import show
from reader.tui.messages import many
from reader.tui.screens.boards import NotesBoard, short
from reader.tui.screens.pick import Choice, Pick
from reader.tui.screens.tagging import TagPick

if TYPE_CHECKING:
    from reader.tui.screens.main import MainScreen


@action("codebook")
def codebook(screen: "MainScreen", count: int) -> None:
    """The tags, each below its parent, with use and definition; Enter says what can be done with one."""
    store, book = screen.workspace.store, _book(screen)

    def choices() -> list[Choice]:
        used = counts(store.all())
        found = []
        for code, depth in book.load().tree(used):
            about = "  ".join(part for part in (code.colour and f"({code.colour})", code.definition) if part)
            found.append(Choice(code.name, f"{'  ' * depth}#{code.name}", about, str(used[code.name])))
        if book.problem:
            screen.desk.call_later(screen.desk.say, book.problem, error=True)
        return found

    def chosen(name: str | None) -> None:
        if name is not None:
            _what(screen, name)

    empty = "No tags yet. t tags an annotation; what is typed here is defined."
    screen.desk.choose(Pick("tags:", choices, empty=empty, high=True, free=True), chosen)


def _book(screen: "MainScreen") -> CodebookFile:
    """The codebook of this folder."""
    return CodebookFile(screen.workspace.state, screen.workspace.store.creator)


def _what(screen: "MainScreen", name: str) -> None:
    """Ask what to do with a tag."""
    code, number = Code(name), 0
    doings: dict[str, Callable[[], None]] = {
        "passages": lambda: show(screen, NotesBoard(f'tag:"{name}"')),
        "define": lambda: _define(screen, code),
        "rename": lambda: _rename(screen, name),
        "merge": lambda: _merge(screen, name),
        "split": lambda: _split(screen, name),
        "under": lambda: _under(screen, code),
        "colour": lambda: _colour(screen, code),
        "delete": lambda: _delete(screen, name, number),
    }

    def choices() -> list[Choice]:
        nonlocal code, number
        code = _book(screen).load().get(name) or code
        number = counts(screen.workspace.store.all())[name]
        return [
            Choice("passages", "list its passages", str(number)),
            Choice("define", "define it", short(code.definition)),
            Choice("rename", "rename it"),
            Choice("merge", "merge it into another"),
            Choice("split", "split it, passage by passage"),
            Choice("under", "put it under another", code.parent),
            Choice("colour", "give it a colour", code.colour),
            Choice("delete", "delete it everywhere", many(number, "annotation")),
        ]

    def chosen(key: str | None) -> None:
        if key is not None:
            doings[key]()

    screen.desk.choose(Pick(f"#{name}:", choices), chosen)


def _recode(screen: "MainScreen", act: Callable[[], Recoded]) -> None:
    """Change tags, then say what was changed, and what was a colleague's."""

    def told(done: Recoded) -> None:
        screen.notes_changed(None)
        left = f"; {done.left} of colleagues stay" if done.left else ""
        screen.desk.say(f"{done.label}: {many(done.changed, 'annotation')}{left}" if done.label else "Nothing changed")

    screen.desk.saving.begin(act, told)


def _put(screen: "MainScreen", code: Code) -> None:
    """Keep what is now said of a tag."""
    store = screen.workspace.store

    def change() -> Codebook:
        return store.change_codebook(lambda known: known.put(code), f"definition of tag “{code.name}”")

    screen.desk.saving.begin(change, lambda _: screen.desk.say(f"#{code.name} is defined; u undoes"))


def _define(screen: "MainScreen", code: Code) -> None:
    """Ask when the tag applies."""

    def accepted(text: str) -> None:
        _put(screen, replace(code, definition=text.strip()))

    screen.ask_line(f"#{code.name} applies when: ", accepted, initial=code.definition)


def _rename(screen: "MainScreen", name: str) -> None:
    """Ask for the new name; another tag's name makes the two one."""

    def renamed(text: str) -> None:
        new = text.strip().lstrip("#")
        _recode(screen, lambda: rename(screen.workspace.store, name, new))

    screen.ask_line(f"new name of #{name}: ", renamed, initial=name, words=screen.known_tags())


def _merge(screen: "MainScreen", name: str) -> None:
    """Ask for the tag that stays."""

    def chosen(answer: str | None) -> None:
        if answer:
            into = answer[1:].lstrip("#")
            _recode(screen, lambda: merge(screen.workspace.store, [name], into))

    screen.desk.choose(TagPick(f"#{name} becomes:", screen.workspace), chosen)


def _under(screen: "MainScreen", code: Code) -> None:
    """Ask for the tag above."""

    def choices() -> list[Choice]:
        names = [one.name for one in _book(screen).load().codes] + screen.known_tags()
        rest = (name for name in dict.fromkeys(names) if name != code.name)
        return [Choice("", "under none"), *(Choice(name, f"#{name}") for name in rest)]

    def chosen(name: str | None) -> None:
        if name is not None:
            _put(screen, replace(code, parent=name))

    screen.desk.choose(Pick(f"#{code.name} under:", choices, at=code.parent), chosen)


def _colour(screen: "MainScreen", code: Code) -> None:
    """Ask for a colour."""
    choices = [Choice("", "no colour"), *(Choice(name, name) for name in COLOURS)]

    def chosen(name: str | None) -> None:
        if name is not None:
            _put(screen, replace(code, colour=name))

    screen.desk.choose(Pick(f"#{code.name}:", choices, at=code.colour), chosen)


def _split(screen: "MainScreen", name: str) -> None:
    """Ask for two or more new tags, then go through the passages: a digit gives one, space leaves it."""
    store = screen.workspace.store
    held = [one for one in store.all() if name in one.tags and store.is_mine(one)]

    def named(text: str) -> None:
        parts = [part.strip().lstrip("#") for part in text.split(",") if part.strip()][:9]
        if len(parts) < 2 or not held:
            screen.desk.say("Two names at least, parted by a comma")
            return
        chosen: dict[str, tuple[str, ...]] = {}

        def ask(at: int) -> None:
            if at == len(held):
                _recode(screen, lambda: split(store, name, chosen))
                return
            words = "  ".join(f"{number} {part}" for number, part in enumerate(parts, 1))
            quote = short(held[at].targets[0].exact or held[at].note, 50)

            def answered(letter: str) -> None:
                if letter.isdecimal() and 1 <= int(letter) <= len(parts):
                    chosen[held[at].id] = (parts[int(letter) - 1],)
                ask(at + 1)

            screen.await_letter(f"{at + 1}/{len(held)}  {words}  other keys keep  “{quote}”", answered)

        ask(0)

    screen.ask_line(f"#{name} becomes (names, with commas): ", named)


def _delete(screen: "MainScreen", name: str, number: int) -> None:
    """Take the tag from everything, after asking."""

    def answered(letter: str) -> None:
        if letter in "yY":
            _recode(screen, lambda: delete_tag(screen.workspace.store, name))

    screen.await_letter(f"Take #{name} from {many(number, 'annotation')}? y does, any other key does not", answered)
