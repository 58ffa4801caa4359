"""Commands that offer a list: help, palette, themes, marks, recent articles, messages."""

from typing import TYPE_CHECKING, Any

from reader.settings.commands import COMMANDS, commands_at
from reader.tui.commands import action, find_action
from reader.tui.screens.pick import Choice, Pick
from reader.tui.trail import Place

if TYPE_CHECKING:
    from reader.settings.commands import Command
    from reader.tui.screens.base import KeyScreen
    from reader.tui.screens.main import MainScreen


def _choice(screen: "KeyScreen[Any]", command: "Command", group: bool = False) -> Choice:
    """A command as a row: what it does, its name, its keys."""
    keys = screen.desk.keymap.shown(command.name, ascii=screen.desk.settings.ascii)
    found_by = f"{command.name} {command.help} {command.group} {keys}"
    return Choice(command.name, command.help, command.name, keys or "no key", found_by)


def _run(screen: "KeyScreen[Any]", name: str | None) -> None:
    """Run what was chosen, where it was chosen from."""
    if name is not None:
        screen.run_command(name)


@action("help", on="")
def help(screen: "KeyScreen[Any]", count: int) -> None:
    """The keys that work here and now, by group; typing searches them, Enter runs one."""
    here = [command for command in commands_at(screen.places) if find_action(command.name, screen.PLACE)]
    choices: list[Choice] = []
    group = ""
    for command in sorted(here, key=lambda each: _GROUPS.index(each.group)):
        if command.group != group:
            group = command.group
            choices.append(Choice(f"group {group}", group, heading=True))
        choices.append(_choice(screen, command))
    screen.desk.choose(
        Pick("keys that work here:", choices, unfound="No key does that here; : finds every command", high=True),
        lambda name: _run(screen, name),
    )


_GROUPS = list(dict.fromkeys(command.group for command in COMMANDS))


@action("palette", on="")
def palette(screen: "KeyScreen[Any]", count: int) -> None:
    """Every command by its name; those that cannot be run from here are left out."""
    within = {"prompt", "editor", "list"}
    choices = [
        _choice(screen, command)
        for command in COMMANDS
        if find_action(command.name, screen.PLACE) and not set(command.where) <= within
    ]
    screen.desk.choose(Pick(":", choices, unfound="No command is called “{}”"), lambda name: _run(screen, name))


@action("theme")
def theme(screen: "MainScreen", count: int) -> None:
    """Choose a theme; each shows itself as one moves."""
    desk = screen.desk
    before = desk.theme
    names = sorted(desk.available_themes, key=lambda name: (name not in desk.own_themes, name))
    kinds = {name: "light" if not desk.available_themes[name].dark else "dark" for name in names}
    choices = [Choice(name, name, kinds[name]) for name in names]

    def moved(name: str) -> None:
        desk.theme = name

    def chosen(name: str | None) -> None:
        desk.theme = name or before
        if name is not None:
            desk.say(f"Theme {name}; `theme = \"{name}\"` in config.toml keeps it")

    desk.choose(Pick("theme:", choices, at=before, moved=moved), chosen)


@action("mark.list")
def mark_list(screen: "MainScreen", count: int) -> None:
    """The marks with their places."""
    marks = screen.workspace.reading.marks()
    choices = [Choice(letter, letter, screen.title_of(mark.id)) for letter, mark in marks.items()]

    def chosen(letter: str | None) -> None:
        mark = marks.get(letter or "")
        if mark is not None:
            screen.go(Place(mark.id, mark.position))

    screen.desk.choose(Pick("marks:", choices, empty="No marks yet. m and a letter sets one."), chosen)


@action("recent.list")
def recent_list(screen: "MainScreen", count: int) -> None:
    """The articles read last, the latest first."""
    known = [screen.workspace.library.entry(id) for id in screen.workspace.reading.recent()]
    choices = [Choice(one.id, one.title, one.outlet) for one in known if one is not None and not one.missing]

    def chosen(id: str | None) -> None:
        if id is not None:
            screen.open_article(id)

    screen.desk.choose(Pick("read last:", choices, empty="Nothing was read yet"), chosen)


@action("messages")
def messages(screen: "MainScreen", count: int) -> None:
    """What was said in this session, the latest first."""
    said = list(reversed(screen.desk.messages.said))
    choices = [
        Choice(str(at), each.words, voice="warning" if each.error else "") for at, each in enumerate(said)
    ]
    screen.desk.choose(Pick("messages:", choices, empty="Nothing was said yet"), lambda key: None)
