"""`import`, `export`, `keys`, `check`, `doctor` and `reset-terminal`."""

import os
import platform
import shutil
import subprocess
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from importlib import metadata, util
from pathlib import Path
from typing import Any

from reader import __version__
from reader.cli import shapes
from reader.errors import NothingFound, Refused, WrongUsage
from reader.settings.commands import COMMANDS, Command
from reader.settings.folders import STATE
from reader.settings.keymap import Keymap
from reader.text.clean import clean_line
from reader.workspace import Workspace

_LIBRARIES = ("textual", "rich", "rapidfuzz", "tantivy", "selectolax", "pypdf")


def keys(request: Namespace) -> int:
    """Print every command with its keys, as they are in force here."""
    from reader.settings import keymap, settings

    state = (request.folder or Path()) / STATE
    folder = state if state.is_dir() else None
    chosen, mistakes = settings.load(folder, os.environ, request.flags)
    bound, more = keymap.load(folder, os.environ, chosen.keys)
    for mistake in [*mistakes, *more]:
        shapes.narrate(str(mistake))
    if request.json:
        shapes.dump([_command_shape(bound, command) for command in COMMANDS])
    elif request.markdown:
        print(markdown_table(bound))
    else:
        group = ""
        for command in COMMANDS:
            if command.group != group:
                group = command.group
                print(f"\n{group}")
            print(f"  {bound.shown(command.name):<22} {command.help}  ({command.name})")
    return 0


def _command_shape(bound: Keymap, command: Command) -> dict[str, Any]:
    keys = [" ".join(sequence) for sequence in bound.keys[command.name]]
    where = list(command.where)
    return {"name": command.name, "keys": keys, "help": command.help, "where": where, "group": command.group}


def markdown_table(bound: Keymap) -> str:
    """The commands that have keys, as the README shows them."""
    rows = ["| key | does |", "| --- | --- |"]
    group = ""
    for command in COMMANDS:
        shown = ["`` ` ``" if key == "`" else f"`{key}`" for key in bound.shown(command.name).split("  ") if key]
        if not shown:
            continue
        if command.group != group:
            group = command.group
            rows.append(f"| **{group}** | |")
        where = "caret mode: " if command.where == ("caret",) else ""
        rows.append(f"| {' '.join(shown)} | {where}{command.help} |".replace("`|`", "`\\|`"))
    return "\n".join(rows)


def doctor(request: Namespace) -> int:
    """Say what this installation is and what it misses."""
    facts = {
        "deskreader": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "terminal": os.environ.get("TERM", "not set"),
        "locale": os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or "not set",
        "over ssh": "yes" if os.environ.get("SSH_CONNECTION") else "no",
        "in tmux": "yes" if os.environ.get("TMUX") else "no",
        "package folder": str(Path(__file__).parent.parent),
    }
    for name in _LIBRARIES:
        try:
            facts[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            facts[name] = "not installed"
    warnings = _warnings()
    if request.json:
        shapes.dump({**facts, "warnings": warnings})
        return 1 if warnings else 0
    for name, value in facts.items():
        print(f"{name:<16}{value}")
    for words in warnings:
        print(f"! {words}")
    return 1 if warnings else 0


def _warnings() -> list[str]:
    """What will not work here, and what to do about it."""
    found = []
    here = Path(__file__).parent.parent
    spec = util.find_spec("reader")
    owners = metadata.packages_distributions().get("reader", [])
    if len(set(owners)) > 1 or (spec and spec.origin and Path(spec.origin).parent != here):
        found.append(
            "another package named “reader” is installed in this environment and may shadow Deskreader: "
            "install Deskreader on its own, with pipx or uvx"
        )
    if os.environ.get("TERM", "dumb") in ("dumb", "unknown", ""):
        found.append("TERM is not set to a terminal that can be drawn on")
    if os.environ.get("TMUX") and not shutil.which("tmux"):
        found.append("inside tmux, but the tmux command is not there: copying cannot reach your clipboard")
    return found


def bring_in(request: Namespace) -> int:
    """Copy captures into the library, or notes into the store."""
    with closing(Workspace.open(request.folder, os.environ, request.flags)) as workspace:
        if request.notes:
            return _bring_in_notes(workspace, request)
        from reader.library.importer import bring_in

        steps: Counter[str] = Counter()
        for step in bring_in(workspace.library, request.sources, sys.stdin.buffer):
            steps[step.outcome] += 1
            if request.json:
                shapes.dump(
                    {"source": step.source, "id": step.id, "outcome": step.outcome, "message": step.message}
                )
            else:
                told = f"  {step.message}" if step.message else ""
                print(clean_line(f"{step.outcome:<8} {step.id or step.source}{told}", 1000), flush=True)
    if not steps:
        raise NothingFound("Nothing to import", " ".join(request.sources))
    shapes.narrate(", ".join(f"{count} {outcome}" for outcome, count in steps.items()))
    return 1 if steps["failed"] else 0


def _bring_in_notes(workspace: Workspace, request: Namespace) -> int:
    from reader.annotations.exchange import read_notes
    from reader.annotations.exchange.finding import finder

    find = finder(workspace.library.entries())

    def text_of(identity: str) -> str | None:
        entry = workspace.source_of(identity)
        return workspace.library.article(identity).text if entry and not entry.missing else None

    count = 0
    with workspace.store.step("import of notes"):
        for source in request.sources:
            data = sys.stdin.buffer.read() if source == "-" else _bytes_of(Path(source))
            known = {one.id for one in workspace.store.all()}
            present, new = [], []
            for annotation in read_notes(source, data, find, text_of):
                if annotation.id in known:
                    present.append(annotation.id)
                else:
                    new.append((annotation, ""))
                    known |= {annotation.id} - {""}
            added = [one.id for one in workspace.store.add_all(new, "import of notes")]
            count += len(added)
            for outcome, id in [*(("present", id) for id in present), *(("added", id) for id in added)]:
                if request.json:
                    shapes.dump({"source": source, "id": id, "outcome": outcome, "message": ""})
                else:
                    print(f"{outcome:<8} {id}")
    shapes.narrate(f"{count} note{'' if count == 1 else 's'} added; `deskreader notes undo` takes them back")
    return 0


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WrongUsage("Cannot read this file", f"{path}: {error.strerror}") from None


def export(request: Namespace) -> int:
    """Write every note in another form."""
    from reader.annotations.codebook_file import CodebookFile
    from reader.annotations.exchange import write_notes

    with closing(Workspace.open(request.folder, os.environ, request.flags)) as workspace:
        workspace.bring_up_to_date(index=False)
        store = workspace.store
        book = CodebookFile(workspace.state, store.creator).load()
        data = write_notes(request.format, store.all(), workspace.source_of, store.snapshot, book)
    if request.output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return 0
    try:
        request.output.write_bytes(data)
    except OSError as error:
        raise Refused("Cannot write this file", f"{request.output}: {error.strerror}") from None
    shapes.narrate(f"{request.output}: {len(data):,} bytes")
    return 0


def check(request: Namespace) -> int:
    """Verify captures and notes; say each fault with its place and what to do."""
    from reader.annotations.check import check as check_store

    with closing(Workspace.open(request.folder, os.environ, request.flags)) as workspace:
        workspace.bring_up_to_date(index=False)
        rows = [(one.path, one.reason, one.advice) for one in workspace.library.problems()]
        for fault in check_store(workspace.state, repair=request.repair):
            rows.append((fault.path, fault.message, "repaired" if fault.repaired else fault.advice))
        rows += _gone(workspace)
        backup = workspace.store.migrate() if request.repair else None
    if request.json:
        shapes.dump([{"path": path, "reason": reason, "advice": advice} for path, reason, advice in rows])
    else:
        if backup is not None:
            shapes.narrate(f"older notes are written anew; as they were: {backup}")
        for path, reason, advice in rows:
            print(f"{path}: {reason}" + (f"; {advice}" if advice else ""))
        shapes.narrate(f"{len(rows)} fault{'' if len(rows) == 1 else 's'}" if rows else "everything is in order")
    return 1 if rows else 0


def _gone(workspace: Workspace) -> Iterator[tuple[str, str, str]]:
    """The articles with notes whose files are gone, and what to say of them."""
    noted = Counter(id for one in workspace.store.all() for id in {target.source for target in one.targets})
    for id, count in sorted(noted.items()):
        entry = workspace.library.entry(id)
        if not id.startswith("urn:") and (entry is None or entry.missing):
            kept = "1 note on it is kept" if count == 1 else f"{count:,} notes on it are kept"
            yield id, f"its file is gone; {kept}", "Put it back; until then they stand under “Gone, with notes”"


def reset_terminal(request: Namespace) -> int:
    """Write the sequences that bring a terminal back from full-screen, mouse and paste modes."""
    sys.stdout.write(
        "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?1006l\x1b[?1015l\x1b[?1016l\x1b[?2004l\x1b[?2026l"
        "\x1b[?2048l\x1b[<u\x1b[?25h\x1b[?1049l\x1b[0m"
    )
    sys.stdout.flush()
    if sys.stdin.isatty():
        subprocess.run(["stty", "sane"], check=False)
    return 0
