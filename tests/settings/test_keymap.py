"""One table of commands; presets and a file change keys; what does not fit is named with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reader.settings.commands import BY_NAME, COMMANDS, PLACES
from reader.settings.keymap import PRESETS, key_problem, load, show


@pytest.mark.parametrize("preset", PRESETS)
def test_no_key_means_two_things_in_one_place(preset: str) -> None:
    keymap, mistakes = load(None, {}, preset)
    assert mistakes == []
    for place in PLACES:
        taken: dict[tuple[str, ...], str] = {}
        for command in COMMANDS:
            if place in command.where or "everywhere" in command.where:
                for sequence in keymap.keys[command.name]:
                    assert key_problem(sequence) == ""
                    clashes = [other for other in taken if other[: len(sequence)] == sequence[: len(other)]]
                    assert not clashes, (place, sequence, command.name, [taken[key] for key in clashes])
                    taken[sequence] = command.name


def test_every_command_says_what_it_does_and_where() -> None:
    assert len(BY_NAME) == len(COMMANDS)
    for command in COMMANDS:
        assert command.help
        assert command.group
        assert command.where
        assert set(command.where) <= set(PLACES)


def test_no_key_needs_what_terminals_cannot_send() -> None:
    for command in COMMANDS:
        for key in command.keys:
            assert "ctrl+shift" not in key
            assert key not in ("ctrl+enter", "ctrl+i", "ctrl+m")
            assert not (key[0] == "f" and key[1:].isdecimal())


@pytest.mark.parametrize(("preset", "keys"), [("standard", ("g",)), ("vim", ("g", "g"))])
def test_a_preset_changes_keys(preset: str, keys: tuple[str, ...]) -> None:
    keymap, _ = load(None, {}, preset)
    assert keymap.command(("page", "main"), keys) == "go.top"


def test_the_inner_place_wins_and_everywhere_comes_last() -> None:
    keymap, _ = load(None, {})
    assert keymap.command(("caret",), ("j",)) == "caret.down"
    assert keymap.command(("page", "main"), ("j",)) == "move.down"
    assert keymap.command(("prompt",), ("j",)) is None
    assert keymap.command(("prompt",), ("ctrl+q",)) == "quit"


def test_a_file_rebinds_by_name_and_frees_the_key_it_takes(tmp_path: Path) -> None:
    keys = '"raw" = "j"\nmove.down = ["n", "z z"]\n"find.next" = []\n'
    (tmp_path / "keymap.toml").write_text(f'preset = "vim"\n[keys]\n{keys}')
    keymap, mistakes = load(tmp_path, {})
    assert mistakes == []
    places = ("page", "main")
    assert keymap.command(places, ("j",)) == "raw"
    assert keymap.command(places, ("n",)) == "move.down"
    assert keymap.command(places, ("z",)) is None
    assert [key for key, _ in keymap.following(places, ("z",))] == ["z"]
    assert keymap.command(places, ("z", "z")) == "move.down"
    assert keymap.shown("find.next") == ""
    assert keymap.first("move.down") == "n"


def test_mistakes_name_the_line(tmp_path: Path) -> None:
    path = tmp_path / "keymap.toml"
    path.write_text(
        'preset = "joe"\nother = 1\n[keys]\n"page.dwn" = "x"\n"page.down" = "pgdown"\n"page.up" = 3\n'
        '"raw" = "hyper+x"\n"note" = "X"\n"tag" = "X"\n"edit" = "g"\n"find" = "g g"\n'
    )
    keymap, mistakes = load(tmp_path, {})
    assert [mistake.line for mistake in mistakes] == [1, 2, 4, 5, 6, 7, 9, 11]
    assert all(mistake.file == str(path) for mistake in mistakes)
    assert "page.down" in mistakes[2].message
    assert "pagedown" in mistakes[3].message
    assert keymap.command(("main",), ("X",)) == "note"


def test_a_broken_file_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "keymap.toml").write_text("[keys\n")
    keymap, mistakes = load(tmp_path, {})
    assert keymap.keys == load(None, {})[0].keys
    assert mistakes[0].line == 1


@given(some.text(max_size=12))
def test_any_written_key_is_judged_without_raising(text: str) -> None:
    sequence = tuple(text.split())
    assert isinstance(key_problem(sequence), str)
    assert isinstance(show(sequence), str)
