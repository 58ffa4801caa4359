"""Capture files named on the command line, wherever they lie."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import DeskreaderError
from reader.library.parsing import Task
from reader.library.single import read_files
from reader.settings.folders import STATE
from reader.workspace import Workspace, workspace_of

if TYPE_CHECKING:
    from reader.capture.article import Article


def read_captures(
    paths: Sequence[Path], environ: Mapping[str, str], encoding: str | None = None
) -> "Iterator[tuple[Article, ...] | DeskreaderError]":
    """What each capture file holds, or why it cannot be read, in order; a workspace around it lends what it knows."""
    around: dict[Path, Workspace | None] = {}

    def known(path: Path) -> Task | None:
        folder = path.parent
        if folder not in around:
            near = any((above / STATE).is_dir() for above in (folder, *folder.parents))
            around[folder] = workspace_of(path, environ) if near else None
        workspace = around[folder]
        return workspace.library.task(path) if workspace else None

    try:
        yield from read_files(paths, known, encoding)
    finally:
        for workspace in around.values():
            if workspace:
                workspace.close()
