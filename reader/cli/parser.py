"""The command line's grammar: one parser, every subcommand with its help."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter, _SubParsersAction
from pathlib import Path
from typing import Final

from reader import __version__

_ABOUT: Final = """\
Read a folder of captured articles, search it forgivingly, keep notes that last.

  deskreader FOLDER        open a folder of captures (its articles/ if it has one)
  deskreader               open this folder, or the sample articles if there is nothing to read here
"""

_ENDING: Final = """\
Exit status: 0 done, 1 nothing found or refused, 2 wrong usage.
In the program, ? lists the keys that work where you are."""


def build_parser() -> tuple[ArgumentParser, tuple[str, ...]]:
    """The parser and the names of its subcommands."""
    parser = ArgumentParser(
        prog="deskreader", description=_ABOUT, epilog=_ENDING, formatter_class=RawDescriptionHelpFormatter
    )
    parser.add_argument("-V", "--version", action="version", version=f"deskreader {__version__}")
    parser.add_argument(
        "-C", "--folder", type=Path, metavar="FOLDER", dest="outer_folder", help="the workspace (default: this folder)"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _opening(commands)
    _reading(commands)
    _notes(commands)
    _keeping(commands)
    return parser, tuple(commands.choices)


Commands = _SubParsersAction


def _command(
    commands: "Commands[ArgumentParser]", name: str, where: str, about: str, *, json: bool = True
) -> ArgumentParser:
    """Add a subcommand whose function `where` names as `module.function`."""
    parser = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
    module, _, function = where.partition(".")
    parser.set_defaults(module=module, function=function)
    parser.add_argument("-C", "--folder", type=Path, metavar="FOLDER", dest="inner_folder", help="the workspace")
    if json:
        parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _opening(commands: "Commands[ArgumentParser]") -> None:
    opening = commands.add_parser("open", help="open the reading screen (the default)")
    opening.add_argument("folder", nargs="?", type=Path, help="a folder of captures, or one capture")
    opening.add_argument("--theme", help="a theme's name")
    opening.add_argument("--measure", type=int, help="longest line of the page, in cells")
    opening.add_argument("--user", help="the name that your notes carry")
    opening.add_argument("--keys", help="keys as in: vim, emacs, arrows")
    opening.add_argument("--ascii", action="store_true", default=None, help="draw with ASCII signs only")
    opening.add_argument("--no-mouse", dest="mouse", action="store_false", default=None, help="leave the mouse alone")


def _reading(commands: "Commands[ArgumentParser]") -> None:
    _command(commands, "list", "reading.list_articles", "list the articles").add_argument(
        "query", nargs="*", help="only those that answer a query"
    )
    show = _command(commands, "show", "reading.show", "show articles: text, blocks and what is known of them")
    show.add_argument("paths", nargs="+", metavar="PATH", help="capture files, or ids of articles")
    show.add_argument("--encoding", help="read the bytes in this encoding")
    show.add_argument("--raw", action="store_true", help="every line with the reason for its classification")
    search = _command(commands, "search", "reading.search", "search every article, forgiving misspellings")
    search.add_argument("query", nargs="+", help="words, \"a phrase\", -without, outlet: author: tag: after: …")
    search.add_argument("--limit", type=int, default=50, help="at most this many articles (default 50)")
    differ = _command(commands, "diff", "reading.diff", "show how two captures of one page differ, word by word")
    differ.add_argument("paths", nargs="+", metavar="PATH", help="two captures, or one with an earlier version")


def _notes(commands: "Commands[ArgumentParser]") -> None:
    notes = _command(commands, "notes", "notes.show", "list, add, edit and delete notes")
    actions = notes.add_subparsers(dest="action", metavar="ACTION")
    notes.add_argument("--article", help="only those of one article")
    add = _command(actions, "add", "notes.add", "mark a passage, or note on a whole article")
    add.add_argument("path", metavar="PATH", help="a capture file, or the id of an article")
    add.add_argument("--quote", help="the words of the passage, as they stand in the article")
    add.add_argument("--start", type=int, help="first code point of the passage")
    add.add_argument("--end", type=int, help="the code point after the last one")
    edit = _command(actions, "edit", "notes.edit", "change a note")
    edit.add_argument("id", metavar="ID", help="the annotation's id, or its first characters if they are its alone")
    edit.add_argument("--no-tag", action="append", default=[], metavar="T", help="take a tag away")
    for parser in (add, edit):
        parser.add_argument("--note", help="what you say of it, in Markdown; - reads standard input")
        parser.add_argument("--tag", action="append", default=[], metavar="T", help="a tag; may be repeated")
        parser.add_argument("--pen", help="the pen to mark it with")
        parser.add_argument("--user", help="the name that the note carries")
    delete = _command(actions, "delete", "notes.delete", "move notes to the trash")
    delete.add_argument("ids", nargs="+", metavar="ID")
    _command(actions, "undo", "notes.undo", "take back the last change to the notes")
    _command(actions, "redo", "notes.redo", "make the last change that was taken back again")


def _keeping(commands: "Commands[ArgumentParser]") -> None:
    bring = _command(commands, "import", "keeping.bring_in", "copy captures, exports or pages into the library")
    bring.add_argument("sources", nargs="+", metavar="PATH|URL|-", help="files, folders, http(s) addresses, or -")
    bring.add_argument("--notes", action="store_true", help="the files hold notes (W3C, Hypothesis, Readwise, …)")
    out = _command(commands, "export", "keeping.export", "write the notes in another form", json=False)
    forms = "markdown, markdown-data, w3c, collection, hypothesis, readwise, zotero, csv, qdpx"
    out.add_argument("--format", default="markdown", help=f"{forms}; all but markdown can be read again")
    out.add_argument("--output", type=Path, help="a file (default: standard output)")
    keys = _command(commands, "keys", "keeping.keys", "list every command with its keys")
    keys.add_argument("--keys", help="keys as in: vim, emacs, arrows")
    keys.add_argument("--markdown", action="store_true", help="as a Markdown table")
    check = _command(commands, "check", "keeping.check", "verify the captures and the notes")
    check.add_argument("--repair", action="store_true", help="repair what can be proved")
    _command(commands, "doctor", "keeping.doctor", "say what this installation is, for a report of a fault")
    _command(commands, "reset-terminal", "keeping.reset_terminal", "mend what a killed program left", json=False)
