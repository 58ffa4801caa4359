"""Where a workspace's files live: the folder that was opened, its state beside it, the samples, the user's homes."""

import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from reader.errors import WrongUsage

STATE: Final = ".textual"
"""The folder inside a workspace that holds notes, settings and caches."""
ARTICLES: Final = "articles"
"""The folder inside a workspace that holds the captures; where there is none, the workspace itself does."""

_CAPTURES: Final = frozenset(
    {
        "txt", "text", "html", "htm", "xhtml", "md", "markdown", "mhtml", "mht", "epub", "pdf", "docx", "eml", "mbox",
        "rss", "atom", "xml", "warc", "gz", "ris", "csv", "jsonl", "json",
    }
)  # fmt: skip


def has_something(folder: Path) -> bool:
    """Whether the folder is a workspace, or holds at least one capture."""
    if (folder / ARTICLES).is_dir() or (folder / STATE).is_dir():
        return True
    try:
        with os.scandir(folder) as items:
            return any(item.name.rpartition(".")[2].lower() in _CAPTURES and item.is_file() for item in items)
    except OSError:
        return False


def readable(folder: Path) -> Path:
    """The folder, absolute; raises WrongUsage, with what to do, where it is not a folder that can be read."""
    try:
        with os.scandir(folder):
            return folder.resolve()
    except FileNotFoundError:
        raise WrongUsage("No such folder", f"{folder} is not there; give a folder of captures") from None
    except NotADirectoryError:
        raise WrongUsage("Not a folder", f"{folder} is neither a folder nor a file that can be read") from None
    except OSError as error:
        message = f"{folder}: {error.strerror}; ask its owner, or open a copy"
        raise WrongUsage("This folder cannot be read", message) from None


def state_folder(root: Path, environ: Mapping[str, str]) -> tuple[Path, list[str]]:
    """Where the workspace keeps its state, and what to say when that is not inside it."""
    inside = root / STATE
    try:
        new = not inside.exists()
        inside.mkdir(exist_ok=True)
        if os.access(inside, os.W_OK | os.X_OK):
            if new:
                _explain(inside)
            return inside, []
    except OSError:
        pass
    import hashlib

    name = f"{root.name or 'root'}-{hashlib.sha256(os.fsencode(root)).hexdigest()[:12]}"
    outside = data_home(environ, "XDG_STATE_HOME", ".local/state") / "workspaces" / name
    try:
        outside.mkdir(parents=True, exist_ok=True)
        _bring(inside, outside)
    except OSError as error:
        message = f"{inside} and {outside}: {error.strerror}; set XDG_STATE_HOME to a folder that you may write"
        raise WrongUsage("Nowhere to keep your notes", message) from None
    return outside, [f"This folder cannot be written: notes and settings are kept in {outside}"]


def _bring(inside: Path, outside: Path) -> None:
    """Copy the settings, corrections and codebook of a folder that cannot be written, where there is none yet."""
    with contextlib.suppress(OSError):
        for path in inside.iterdir():
            wanted = path.suffix in (".toml", ".json") and path.is_file() and not path.is_symlink()
            if wanted and not (outside / path.name).exists():
                shutil.copyfile(path, outside / path.name)


def _explain(state: Path) -> None:
    """Leave a word in a new state folder on what is precious and what is not."""
    texts = {
        "README.md": (
            "# Deskreader's folder\n\n"
            "Precious: `annotations/`, `history/`, `snapshots/`, `codebook.json`, `corrections.json`, `*.toml`.\n"
            "May be deleted at any time: `cache/` (rebuilt) and `state/` (reading positions, drafts).\n"
        ),
        ".gitignore": "cache/\nstate/\n*.lock\n",
    }
    for name, text in texts.items():
        if not (state / name).exists():
            (state / name).write_text(text, encoding="utf-8")


def data_home(environ: Mapping[str, str], variable: str, default: str) -> Path:
    """Deskreader's folder below an XDG base directory."""
    base = environ.get(variable, "")
    return (Path(base) if base.startswith("/") else Path(environ.get("HOME", "/tmp")) / default) / "deskreader"


def samples(environ: Mapping[str, str]) -> Path:
    """A copy of the sample workspace in the user's data folder, made on first use."""
    home = data_home(environ, "XDG_DATA_HOME", ".local/share") / "samples"
    if not (home / ARTICLES).is_dir():
        from importlib import resources

        with resources.as_file(resources.files("reader")) as package:
            source = package / "samples" if (package / "samples").is_dir() else package.parent
            whole = home.with_name("samples.incomplete")  # a copy that was interrupted is never taken for the samples
            shutil.rmtree(whole, ignore_errors=True)
            for name in (ARTICLES, STATE):
                unwanted = shutil.ignore_patterns("cache", "state", "history", "drafts", "*.lock")
                shutil.copytree(source / name, whole / name, ignore=unwanted)
            shutil.rmtree(home, ignore_errors=True)
            whole.rename(home)
    return home
