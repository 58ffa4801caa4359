"""Let every file call of every kind of change fail in every way, and count what was lost.

Each case is a process of its own that is really killed, or gets the error, at one call. Afterwards a fresh
program must find every file readable, every acknowledged change, each annotation either old or new, and must
be able to save, undo and check. Prints the counts; the exit status is 1 when any is not zero.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parent))

from injection import KINDS, FaultyFiles

from reader.annotations import layout
from reader.annotations import store as store_module
from reader.annotations.annotation import Annotation, Target
from reader.annotations.check import check
from reader.annotations.codebook import Code
from reader.annotations.codebook_file import NAME, CodebookFile
from reader.annotations.coding import rename
from reader.annotations.files import Files
from reader.annotations.rescue import SaveError
from reader.annotations.store import Store
from reader.annotations.w3c import dumps, to_json
from reader.annotations.writer import same
from reader.errors import DeskreaderError, NothingFound
from reader.text.span import Span

TEXT: Final = "The ferry left Brindlemouth at noon. The harbour master counted forty-one crates on the quay.\n"
_HARMLESS: Final = ("left over", "schema", "earlier copy")
Said = dict[str, Annotation]


def draft(note: str) -> Annotation:
    """An annotation to be added."""
    return Annotation("", "", "", "", (Target("wire/ferry.txt", span=Span(4, 9), exact="ferry"),), note)


def noon() -> datetime:
    """The same time always, so that the same operation writes the same."""
    return datetime(2030, 1, 1, 12, tzinfo=UTC)


def _named(store: Store, note: str) -> Annotation:
    found = next((one for one in store.all() if one.note == note), None)
    if found is None:
        raise NothingFound("Not read", note)
    return found


def _add(store: Store) -> None:
    store.add(draft("new"), TEXT)


def _edit(store: Store) -> None:
    store.edit(_named(store, "two"), note="two, changed", tags=("cargo",))


def _hide(store: Store) -> None:
    store.edit(_named(store, "two"), private=True)


def _delete(store: Store) -> None:
    store.delete([_named(store, note).id for note in ("one", "two")])


def _bulk(store: Store) -> None:
    if store.problems:
        raise NothingFound("Not read", "some annotations")
    store.edit_all([(one, {"tags": ("all",)}) for one in store.all() if store.is_mine(one)], "tag all")


def _import(store: Store) -> None:
    store.add_all([(one, TEXT + one.note) for one in _imported()], "import of notes")


def _in_groups(act: Callable[[Store], object], store: Store) -> None:
    """What takes more files than are open at once, and more notes than are saved at once."""
    with patch.object(layout, "_OPEN_AT_ONCE", 2), patch.object(store_module, "_TOGETHER", 2):
        act(store)


def _import_one_by_one(store: Store) -> None:
    with store.step("import of notes"):
        for one in _imported():
            store.add(one)


def _imported() -> list[Annotation]:
    drafts = []
    for number in range(3):
        target = Target(f"wire/{number}.txt", span=Span(4, 9), exact="ferry")
        identity = f"0190a5e0-0000-7000-8000-00000000000{number}"
        drafts.append(Annotation(identity, "Ben", "", "", (target,), f"imported {number}"))
    return drafts


def _draft(store: Store) -> None:
    store.drafts.save("note", "typed so far")


def _rename(store: Store) -> None:
    if store.problems:
        raise NothingFound("Not read", "some annotations")
    rename(store, "cargo", "freight")


OPERATIONS: Final[dict[str, Callable[[Store], object]]] = {
    "add": _add,
    "edit": _edit,
    "hide": _hide,
    "delete": _delete,
    "undo": Store.undo,
    "undo of a bulk step": Store.undo,
    "redo": Store.redo,
    "bulk": _bulk,
    "import": _import,
    "undo of an import": Store.undo,
    "import one by one": _import_one_by_one,
    "undo of a deletion": Store.undo,
    "bulk in groups": partial(_in_groups, _bulk),
    "import in groups": partial(_in_groups, _import),
    "rename a tag": _rename,
    "undo of a rename": Store.undo,
    "migrate": Store.migrate,
    "draft": _draft,
}


def prepare(folder: Path, operation: str) -> None:
    """A store with a past: notes, a history, steps, the trash, a colleague's note, and a file of another
    program.
    """
    root = folder / ".textual"
    store = Store(root, "Ana", rescue=folder / "rescue")
    one = store.add(draft("first"), TEXT)
    store.edit(one, note="one")
    store.add(draft("two"))
    store.add(draft("three"))
    gone = store.add(draft("gone"))
    store.delete([gone.id])
    if operation == "undo of a bulk step":
        _bulk(store)
    if operation == "undo of an import":
        _import(store)
    if operation == "undo of a deletion":
        _delete(store)
    if "rename" in operation:
        store.change_codebook(lambda book: book.put(Code("cargo", "what it carried")), "definition")
        store.edit_all([(one, {"tags": ("cargo",)}) for one in store.all()], "tags")
    if operation == "undo of a rename":
        _rename(store)
    if operation == "redo":
        _bulk(store)
        store.undo()
    store.close()
    Store(root, "Ben", rescue=folder / "rescue").add(draft("Ben's"))
    foreign = to_json(replace(one, id="0190a5e0-1111-7000-8000-000000000000", note="from elsewhere"))
    del foreign["deskreader:schema"]
    path = root / "annotations" / "from-elsewhere" / "0190a5e0-1111-7000-8000-000000000000.json"
    path.parent.mkdir()
    path.write_bytes(dumps(foreign))


def copy(folder: Path, to: Path) -> None:
    """Copy a prepared folder."""
    shutil.copytree(folder, to, symlinks=True)


def said(folder: Path) -> Said:
    """What a fresh program finds; the codebook stands for an annotation too."""
    return _told(Store(folder / ".textual", "Ana", rescue=folder / "rescue"))


def _told(store: Store) -> Said:
    book = replace(draft(repr(CodebookFile(store.root, "Ana").load())), id=NAME)
    return {one.id: one for one in (*store.all(), book)}


def run(folder: Path, operation: str, files: Files) -> str:
    """Carry the operation out in a child process; "done" when it was acknowledged, "refused", or "killed"."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        status = "crashed"
        try:
            os.close(reading)
            store = Store(folder / ".textual", "Ana", clock=noon, files=files, rescue=folder / "rescue")
            try:
                OPERATIONS[operation](store)
                status = "done"
            except SaveError as error:
                status = "rescued" if error.rescue else "refused"
            except DeskreaderError:
                status = "refused"
            os.write(writing, status.encode())
        finally:
            os._exit(0 if status != "crashed" else 3)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read().decode()
    _child, code = os.waitpid(child, 0)
    return answer or ("crashed" if code and os.WIFEXITED(code) else "killed")


@dataclass(frozen=True, slots=True)
class Case:
    """One operation with one fault at one call."""

    operation: str
    call: int
    kind: str
    name: str = ""


def cases(folder: Path, chosen: list[str], step: int) -> Iterator[Case]:
    """Every fault at every call that the operation makes."""
    for operation in chosen:
        work = folder / "count"
        prepare(work, operation)
        files = FaultyFiles()
        store = Store(work / ".textual", "Ana", files=files, rescue=work / "rescue")
        OPERATIONS[operation](store)
        store.close()
        shutil.rmtree(work)
        for call in range(0, files.count, step):
            for kind in KINDS:
                if not kind.startswith("torn") or files.log[call] == "write":
                    yield Case(operation, call, kind, files.log[call])


def verdict(folder: Path, case: Case, before: Said, after: Said, outcome: str) -> set[str]:
    """What went wrong in a case: nothing, or the names of the laws that were broken."""
    wrong: set[str] = set()
    if outcome == "crashed":
        wrong.add("crashed")
    root = folder / ".textual"
    for path in (root / "annotations").glob("[!.]*/[!.]*.json"):
        try:
            json.loads(path.read_bytes())
        except ValueError:
            wrong.add("unreadable")
    store = Store(root, "Ana", rescue=folder / "rescue")
    found = _told(store)
    notes = {one.note: one for one in found.values()}
    for identity in before.keys() | after.keys():
        old, new = before.get(identity), after.get(identity)
        now = found.get(identity)
        if not (same(now, new) or (outcome != "done" and same(now, old))):
            wrong.add("lost" if outcome == "done" or now is None else "mixed")
    extra = [one for identity, one in found.items() if identity not in before and identity not in after]
    if case.operation == "add":
        if outcome == "done" and "new" not in notes:
            wrong.add("lost")
        extra = [one for one in extra if one.note != "new"]
    if extra or store.problems:
        wrong.add("mixed")
    if case.operation == "draft":
        kept = [one.text for one in store.drafts.all()]
        if kept != ["typed so far"] and (outcome == "done" or kept):
            wrong.add("lost")
    with suppress(Exception):
        return wrong | next_save(store, folder)
    return wrong | {"next save broken"}


def next_save(store: Store, folder: Path) -> set[str]:
    """Whether the store can be used as if nothing had happened."""
    one = store.add(draft("after the fault"), TEXT)
    store.edit(one.id, note="edited after the fault")
    if store.undo() is None or store.get(one.id) != replace(one, modified=store.get(one.id).modified):  # type: ignore[union-attr]
        return {"next save broken"}
    store.close()
    root = folder / ".textual"
    left = [path for part in ("annotations", "snapshots") for path in (root / part).rglob("*.tmp")]
    findings = [finding for finding in check(root, repair=True) if "not kept" not in finding.message]
    serious = [one for one in findings if not any(words in one.message for words in _HARMLESS)]
    return ({"leftovers"} if left else set()) | ({"check"} if serious or check(root) else set())


def expected(folder: Path, operation: str) -> tuple[Said, Said]:
    """The annotations before the operation and after it, without a fault."""
    work = folder / "expected"
    copy(folder / "base", work)
    before = said(work)
    run(work, operation, Files())
    after = said(work)
    shutil.rmtree(work)
    if operation == "add":
        after = {identity: one for identity, one in after.items() if identity in before}
    return before, after


def main() -> int:
    """Run all cases, or a part of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--operations", nargs="*", default=list(OPERATIONS), choices=list(OPERATIONS))
    parser.add_argument("--step", type=int, default=1, help="take every n-th call only")
    parser.add_argument("--verbose", action="store_true", help="name each case that went wrong")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for operation in options.operations:
            prepare(folder / "base", operation)
            before, after = expected(folder, operation)
            for case in cases(folder, [operation], options.step):
                work = folder / "work"
                copy(folder / "base", work)
                outcome = run(work, operation, FaultyFiles(case.call, case.kind))
                wrong = verdict(work, case, before, after, outcome)
                counts.update(wrong)
                counts["cases"] += 1
                outcomes[outcome] += 1
                if wrong and options.verbose:
                    print(case, outcome, sorted(wrong))
                shutil.rmtree(work)
            shutil.rmtree(folder / "base")
    print(f"{counts.pop('cases')} faults injected in {time.monotonic() - start:.0f} s; {dict(outcomes)}")
    for name in ("unreadable", "lost", "mixed", "next save broken", "crashed", "leftovers", "check"):
        print(f"{name}: {counts[name]}")
    return 1 if counts.total() else 0


if __name__ == "__main__":
    sys.exit(main())
