"""What the tests of the store share: a clock that is set by hand, drafts, a store in a fresh folder."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from reader.annotations.annotation import Annotation, Target
from reader.annotations.files import Files
from reader.annotations.store import Store
from reader.text.span import Span

TEXT = "The ferry left Brindlemouth at noon.\nThe harbour master counted forty-one crates on the quay.\n"


class HandClock:
    """A clock that goes on by a second whenever it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def target(quote: str = "harbour master", source: str = "wire/ferry.txt", **fields: Any) -> Target:
    """A passage of TEXT."""
    start = TEXT.index(quote)
    return Target(
        source=source,
        span=Span(start, start + len(quote)),
        exact=quote,
        prefix=TEXT[max(0, start - 64) : start],
        suffix=TEXT[start + len(quote) :][:64],
        **fields,
    )


def draft(
    note: str = "", *, quote: str = "harbour master", source: str = "wire/ferry.txt", **fields: Any
) -> Annotation:
    """An annotation that was not saved yet."""
    return Annotation("", "", "", "", (target(quote, source),), note, **fields)


def open_store(tmp_path: Path, creator: str = "Ana", files: Files | None = None, clock: Any = None) -> Store:
    """A store in the test's folder, its rescue folder beside it."""
    return Store(tmp_path / ".textual", creator, clock=clock or HandClock(), files=files, rescue=tmp_path / "rescue")


def files_below(folder: Path) -> list[str]:
    """Every file below a folder but lock files, as relative names."""
    return sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name != ".lock"
    )


def die(store: Store) -> None:
    """What the system does to the lock of a program that is killed: let it go, and leave its file."""
    session = store._session
    if session._finalizer is not None and session._descriptor is not None:
        session._finalizer.detach()
        store._files.give_back(session._descriptor)
