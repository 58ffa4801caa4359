"""Settings come from several places, the later wins, and no mistake stops the start."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reader.settings.settings import Settings, load


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment whose home folder is empty."""
    return {"HOME": str(tmp_path / "home"), "USER": "ana", "LANG": "C.UTF-8", "TERM": "xterm-256color"}


def config(folder: Path, text: str) -> Path:
    """A settings file in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_defaults_carry_the_login_name(environ: dict[str, str]) -> None:
    settings, mistakes = load(None, environ)
    assert settings == Settings(user="ana")
    assert mistakes == []


def test_each_layer_wins_over_the_one_before(tmp_path: Path, environ: dict[str, str]) -> None:
    state = tmp_path / "desk" / ".textual"
    own = 'theme = "one"\nmeasure = 50\nuser = "own"\ngrouping = "date"'
    config(tmp_path / "home" / ".config" / "deskreader", own)
    config(state, 'theme = "two"\nmeasure = 51\ngrouping = "folder"')
    environ |= {"DESKREADER_THEME": "three", "DESKREADER_MEASURE": "52"}
    settings, mistakes = load(state, environ, {"theme": "four", "measure": None})
    assert mistakes == []
    assert (settings.theme, settings.measure) == ("four", 52)
    assert (settings.grouping, settings.user) == ("folder", "own")


def test_mistakes_name_file_and_line_and_the_rest_counts(tmp_path: Path, environ: dict[str, str]) -> None:
    state = tmp_path / ".textual"
    text = '# look\nthem = "paper"\nmeasure = "wide"\nmouse = 3\nascii = true\ncolours = "many"\n'
    path = config(state, text)
    settings, mistakes = load(state, environ)
    assert settings.ascii
    assert settings.measure == Settings().measure
    assert [mistake.line for mistake in mistakes] == [2, 3, 4, 6]
    assert {mistake.file for mistake in mistakes} == {str(path)}
    assert "theme" in mistakes[0].message
    assert str(mistakes[1]).startswith(f"{path}:3: ")


@pytest.mark.parametrize("text", ['theme = "open', "\x00", "= 3", "[a\n"])
def test_a_broken_file_is_reported_and_left_out(text: str, tmp_path: Path, environ: dict[str, str]) -> None:
    path = config(tmp_path, text)
    settings, mistakes = load(tmp_path, environ)
    assert settings == Settings(user="ana")
    assert [mistake.file for mistake in mistakes] == [str(path)]


def test_a_file_that_is_no_text_or_no_file_is_reported(tmp_path: Path, environ: dict[str, str]) -> None:
    (tmp_path / "config.toml").mkdir()
    home = tmp_path / "home" / ".config" / "deskreader"
    home.mkdir(parents=True)
    (home / "config.toml").write_bytes(b'theme = "\xff"')
    _, mistakes = load(tmp_path, environ)
    assert len(mistakes) == 2


def test_a_workspace_names_no_program(tmp_path: Path, environ: dict[str, str]) -> None:
    config(tmp_path, 'editor = "rm"')
    settings, mistakes = load(tmp_path, environ)
    assert settings.editor == ""
    assert len(mistakes) == 1
    config(tmp_path / "home" / ".config" / "deskreader", 'editor = "vim"')
    assert load(None, environ)[0].editor == "vim"


def test_the_terminal_is_taken_into_account(environ: dict[str, str]) -> None:
    assert load(None, environ | {"SSH_CONNECTION": "a b c d"})[0].remote
    assert load(None, environ | {"NO_COLOR": "1"})[0].colours == "none"
    assert load(None, environ | {"TERM": "linux"})[0].ascii
    assert load(None, environ | {"LANG": "C"})[0].ascii
    assert not load(None, environ | {"LANG": "de_DE.UTF-8"})[0].ascii


NAMES = some.text(max_size=8) | some.sampled_from(["theme", "measure", "mouse"])


@given(some.dictionaries(NAMES, some.text(max_size=8)))
def test_no_flags_or_environment_raise(values: dict[str, str]) -> None:
    settings, _ = load(None, {f"DESKREADER_{key.upper()}": value for key, value in values.items()}, values)
    assert isinstance(settings.measure, int)
    assert isinstance(settings.mouse, bool)
