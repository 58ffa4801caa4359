"""Start of the screen: settles what the terminal can do before anything of Textual is imported."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.workspace import Workspace


def run(workspace: "Workspace") -> int:
    """Show the workspace until the reader leaves; the exit status (128 + n after signal n)."""
    from reader.tui.terminal import prepare

    prepare(workspace.settings, os.environ)
    from reader.tui.application import Application

    try:
        return Application(workspace).open()
    finally:
        workspace.close()
