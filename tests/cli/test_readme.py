"""The README tells the truth: its commands exist, its key table is the program's, its pictures are there."""

import re

from reader.annotations.exchange import FORMATS
from reader.cli.parser import build_parser

from .conftest import HOUSE, Run

README = (HOUSE / "README.md").read_text(encoding="utf-8")


def test_the_key_table_is_the_programs_own(run: Run) -> None:
    table = README.split("<!-- keys -->\n")[1].split("<!-- /keys -->")[0].strip()
    assert table == run("keys", "--markdown").out.strip(), "put the output of `deskreader keys --markdown` there"


def test_every_command_that_is_named_exists() -> None:
    _, commands = build_parser()
    named = set(re.findall(r"^deskreader ([a-z-]+)", README, re.MULTILINE))
    assert named
    assert named <= set(commands)


def test_every_command_is_explained_in_the_help(run: Run) -> None:
    _, commands = build_parser()
    for name in commands:
        done = run(name, "--help")
        assert done.status == 0
        assert len(done.out.strip().splitlines()) > 3, name


def test_the_pictures_are_there_and_fetch_nothing() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\((\.pictures/[^)]+)\)", README)
    assert 1 <= len(pictures) <= 3
    for path in pictures:
        drawing = (HOUSE / path).read_text(encoding="utf-8")
        assert "url(" not in drawing.replace("url(#", "")


def test_the_two_commands_are_one_line_each() -> None:
    for mark, last in (("start", "deskreader"), ("tests", "pytest")):
        block = re.search(rf"<!-- {mark} -->\n```sh\n(.*?)\n```", README, re.DOTALL)
        assert block
        assert "\n" not in block[1]
        assert block[1].endswith(f".venv/bin/{last}")


def test_the_help_names_every_form_that_notes_are_written_in(run: Run) -> None:
    assert set(FORMATS) <= set(re.findall(r"[\w-]+", run("export", "--help").out))
