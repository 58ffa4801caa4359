"""Going to the analyst's own editor and back."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.errors import Refused
from reader.text.clean import clean

if TYPE_CHECKING:
    from textual.app import App


def edit_in(app: "App[Any]", editor: str, environ: Mapping[str, str], text: str) -> str:
    """The text as it is after the editor; raises Refused where none is named or it fails.

    The editor is that of the user's own settings, else VISUAL, else EDITOR; a workspace cannot name one.
    """
    command = editor or environ.get("VISUAL") or environ.get("EDITOR") or ""
    words = shlex.split(command)
    if not words:
        raise Refused("No editor is named", "set EDITOR, or `editor` in your own config.toml")
    descriptor, name = tempfile.mkstemp(prefix="deskreader-note-", suffix=".md")
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        try:
            with app.suspend():
                done = subprocess.run([*words, name], env=dict(environ), check=False)
        except OSError as error:
            raise Refused("The editor did not start", f"{words[0]}: {error.strerror}") from error
        if done.returncode:
            raise Refused("The editor ended with an error", f"status {done.returncode}; the note is as before")
        return clean(path.read_text(encoding="utf-8", errors="replace")).rstrip("\n")
    finally:
        path.unlink(missing_ok=True)
