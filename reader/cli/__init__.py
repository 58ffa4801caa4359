"""The headless front end: standard output is data, standard error is narration."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.errors import DeskreaderError

if TYPE_CHECKING:
    from argparse import Namespace


class Opening:
    """The wish to open the screen on a folder (None: this one), with the flags given for it."""

    def __init__(self, folder: Path | None, flags: dict[str, Any]) -> None:
        self.folder = folder
        self.flags = flags


def parse(arguments: Sequence[str]) -> "Namespace | Opening | int":
    """What was asked for, or the exit status when that was answered already (`--help`, wrong usage).

    The grammar is built only where it is needed: the usual start, with nothing or one folder, does without.
    """
    if not arguments:
        return Opening(None, {})
    if len(arguments) == 1 and os.sep in arguments[0] and arguments[0][0] != "-":
        return Opening(Path(arguments[0]), {})
    from reader.cli.parser import build_parser

    parser, commands = build_parser()
    words = list(arguments)
    if not _names_command(words, commands):
        words.insert(0, "open")
    try:
        request = parser.parse_args(words)
    except SystemExit as stopped:
        return int(stopped.code or 0)
    folders = (getattr(request, name, None) for name in ("folder", "inner_folder", "outer_folder"))
    request.folder = next((folder for folder in folders if folder is not None), None)
    request.flags = {
        name: value
        for name in ("theme", "measure", "user", "ascii", "mouse", "keys")
        if (value := getattr(request, name, None)) is not None
    }
    return Opening(request.folder, request.flags) if request.command == "open" else request


def _names_command(words: Sequence[str], commands: Sequence[str]) -> bool:
    """Whether the first word that is no option names a subcommand, or the program is only asked about itself."""
    if words and words[0] in ("-h", "--help", "--version", "-V"):
        return True
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word in ("-C", "--folder"):
            skip = True
        elif word == "--" or not word.startswith("-"):
            return word in commands
    return False


def run(request: "Namespace") -> int:
    """Carry out a subcommand and return its exit status."""
    try:
        module = import_module(f"reader.cli.{request.module}")
        status = int(getattr(module, request.function)(request) or 0)
        sys.stdout.flush()
        return status
    except DeskreaderError as error:
        return report(error)
    except BrokenPipeError:
        # The reader of the pipe has gone: the interpreter must not try to flush to it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("deskreader: stopped", file=sys.stderr)
        return 130


def report(error: DeskreaderError) -> int:
    """Say an expected failure in one line on standard error and return its exit status."""
    from reader.text.clean import clean_line

    words = f"{error.title}: {error.message}" if error.message else error.title
    print(f"deskreader: {clean_line(words, 1000)}", file=sys.stderr)
    return error.exit_status
