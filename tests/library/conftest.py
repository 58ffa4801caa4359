"""A small library in a temporary folder, opened and closed by the test that asks for it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.library.entry import Changes
from reader.library.library import Library

Write = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


@pytest.fixture
def write(folder: Path) -> Write:
    """Write a capture: its name and its lines."""

    def write(name: str, *lines: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def open_library(folder: Path, tmp_path: Path) -> Iterator[Callable[[], Library]]:
    """Open the library, as often as the test likes; all are closed at the end."""
    opened: list[Library] = []

    def open_library() -> Library:
        opened.append(Library(folder, tmp_path / "state"))
        return opened[-1]

    yield open_library
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: Callable[[], Library]) -> Library:
    return open_library()


def refreshed(library: Library, **options: object) -> Changes:
    """Refresh to the end; all that changed."""
    changes = Changes()
    for progress in library.refresh(**options):  # type: ignore[arg-type]
        changes |= progress.changes
    return changes
