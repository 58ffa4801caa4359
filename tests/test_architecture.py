"""The borders of the house: what may import what, how long a module may be, what a start may load."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
MODULES = sorted((HOUSE / "reader").rglob("*.py"))
LONGEST = 300
"""Lines of a module: what wants to be longer is usually two things."""

HEAVY = ("textual", "rich", "tantivy", "rapidfuzz", "selectolax", "numpy", "pypdf")


def loaded_by(code: str, *arguments: str) -> set[str]:
    """The modules that a clean interpreter has loaded after running `code`."""
    script = f"import sys\nsys.argv[1:] = {list(arguments)!r}\n{code}\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=HOUSE, check=True)
    return set(done.stderr.split())


def run_cli(*arguments: str) -> str:
    """Code that runs the program with these arguments and swallows its exit."""
    return f"from reader.__main__ import main\ntry:\n    main({list(arguments)!r})\nexcept SystemExit:\n    pass"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_module_is_short_enough_to_be_one_thing(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        capture_output=True, text=True, cwd=HOUSE,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-500:]


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["keys"], ["doctor"]], ids=" ".join)
def test_a_question_to_the_program_loads_nothing_heavy(arguments: list[str]) -> None:
    loaded = loaded_by(run_cli(*arguments))
    assert not loaded.intersection(HEAVY)


@pytest.mark.parametrize(
    "arguments", [["list"], ["search", "haddad"], ["notes"], ["show", "articles/river-post-letters.txt"], ["export"]],
    ids=lambda words: words[0],
)  # fmt: skip
def test_no_subcommand_imports_the_screen(arguments: list[str], samples: Path) -> None:
    loaded = loaded_by(f"import os\nos.chdir({str(samples)!r})\n{run_cli(*arguments)}")
    assert not {"textual", "rich"}.intersection(loaded)


LATER = (
    *(f"reader.tui.screens.{name}" for name in ("search", "pick", "tagging", "board")),
    *("reader.tui.widgets.editor", "reader.tui.commands.moving", "textual.widgets._text_area"),
    *("reader.cli.parser", "reader.annotations.store", "reader.search.engine", "reader.capture.pipeline"),
    *(f"reader.library.{name}" for name in ("refresh", "opening", "watch", "inventory", "pool", "parsing")),
    *("tantivy", "rapidfuzz", "selectolax", "numpy", "pypdf", "hashlib", "secrets"),
)
"""What nothing on the first screen needs: it is loaded when it is first used, or when the screen is painted."""


def test_the_first_screen_loads_only_what_it_draws(samples: Path) -> None:
    code = f"""
from pathlib import Path
from reader import cli
from reader.workspace import Workspace
workspace = Workspace.open(cli.parse([{str(samples)!r}]).folder, {{}})
from reader.tui.application import Application
Application(workspace, environ={{}}).get_default_screen()
workspace.library.entries("date")
"""
    assert not loaded_by(code).intersection(LATER)


def test_the_pure_parts_touch_no_clock_and_no_files() -> None:
    for module in MODULES:
        if module.relative_to(HOUSE).parts[1] in ("text", "capture"):
            tree = ast.parse(module.read_text(encoding="utf-8"))
            names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            assert "open" not in names, module
            assert not names & {"print", "input"}, module


def test_every_public_name_says_what_it_is() -> None:
    silent = []
    for module in MODULES:
        tree = ast.parse(module.read_text(encoding="utf-8"))
        for node in tree.body:
            named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            if named and not node.name.startswith("_") and not ast.get_docstring(node):
                silent.append(f"{module.relative_to(HOUSE)}:{node.lineno} {node.name}")
    assert silent == []


def test_the_top_level_is_as_small_as_it_was_promised() -> None:
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=HOUSE)
    if listed.returncode:
        pytest.skip("not a git checkout: the files at the top cannot be told from build products")
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} == {
        "pyproject.toml", "reader", "articles", "tests", "README.md",
    }  # fmt: skip


def test_the_core_needs_little() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {word.split(">")[0].split("=")[0] for word in project["dependencies"]}
    assert needed == {"textual", "rich", "rapidfuzz", "tantivy", "selectolax", "inotify_simple"}
