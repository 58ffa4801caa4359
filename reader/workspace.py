"""The façade that both front ends use: it opens a folder and wires the rooms together; it decides nothing itself."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reader.errors import WrongUsage
from reader.settings.settings import Mistake, Settings, load

if TYPE_CHECKING:
    from reader.annotations.annotation import Annotation
    from reader.annotations.store import Store
    from reader.capture.article import Article
    from reader.library.entry import Progress
    from reader.library.library import Library
    from reader.library.reading import Reading
    from reader.search.answer import Answer
    from reader.search.engine import Search

Cancelled = Callable[[], bool]

STATE: Final = ".textual"
ARTICLES: Final = "articles"
_TEXTS: Final = frozenset("txt text html htm xhtml md markdown mhtml mht epub pdf docx eml mbox rss atom warc".split())


class Workspace:
    """A folder of captures with all that an analyst keeps beside it.

    `root` is the folder that was opened, `state` where settings, notes and caches live, `notices` what should be
    said at the start. The rooms are made when they are first asked for, so that a screen can be drawn before them.
    """

    def __init__(self, root: Path, captures: Path, state: Path, settings: Settings, notices: Iterable[str] = ()) -> None:
        self.root = root
        self.captures = captures
        self.state = state
        self.settings = settings
        self.notices = list(notices)
        self.first: str | None = None

    @classmethod
    def open(
        cls, folder: Path | None, environ: Mapping[str, str], flags: Mapping[str, Any] | None = None
    ) -> "Workspace":
        """Open `folder`, a single capture's folder, or the samples; raises WrongUsage where that cannot be."""
        notices: list[str] = []
        first = None
        if folder is None:
            folder = Path.cwd()
            if not _has_something(folder):
                folder = _samples(environ)
                notices.append("Nothing to read here: these are the sample articles. `deskreader FOLDER` opens yours")
        elif folder.is_file():
            folder, first = folder.parent, folder.name
        root = _readable(folder)
        captures = root / ARTICLES if (root / ARTICLES).is_dir() and first is None else root
        state, words = _state_folder(root, environ)
        settings, mistakes = load(state, environ, flags or {})
        workspace = cls(root, captures, state, settings, [*notices, *words, *map(_mistake, mistakes)])
        workspace.first = first
        return workspace

    @cached_property
    def library(self) -> "Library":
        """The captures and what is known of them."""
        from reader.library.library import Library

        return Library(self.captures, self.state)

    @cached_property
    def reading(self) -> "Reading":
        """What was read, how far, and the marks set on the way."""
        from reader.library.reading import Reading

        return Reading(self.state)

    @cached_property
    def store(self) -> "Store":
        """The annotations."""
        from reader.annotations.store import Store

        return Store(self.state, self.settings.user)

    @cached_property
    def engine(self) -> "Search":
        """The search engine over articles and notes."""
        from reader.search.engine import Search

        return Search(self.state)

    def refresh(self, cancelled: Cancelled) -> "Iterator[Progress]":
        """Bring the catalogue up to date with the folder, in steps."""
        return self.library.refresh(cancelled)

    def close(self) -> None:
        """Let go of files and locks; everything is saved already."""
        for room in ("engine", "library"):
            if room in self.__dict__:
                self.__dict__[room].close()


def workspace_of(path: Path, environ: Mapping[str, str]) -> "Workspace":
    """The workspace in which the capture at `path` lies: the nearest folder above that is one, else its own folder."""
    folder = path.resolve().parent
    for above in (folder, *folder.parents):
        if (above / STATE).is_dir():
            return Workspace.open(above, environ)
    return Workspace.open(folder.parent if folder.name == ARTICLES else folder, environ)


def _has_something(folder: Path) -> bool:
    """Whether the folder is a workspace, or holds at least one capture."""
    if (folder / ARTICLES).is_dir() or (folder / STATE).is_dir():
        return True
    try:
        with os.scandir(folder) as items:
            return any(item.name.rpartition(".")[2].lower() in _TEXTS and item.is_file() for item in items)
    except OSError:
        return False


def _readable(folder: Path) -> Path:
    """The folder, absolute; raises WrongUsage, with what to do, where it is not a folder that can be read."""
    try:
        with os.scandir(folder):
            return folder.resolve()
    except FileNotFoundError:
        raise WrongUsage("No such folder", f"{folder} is not there; give a folder of captures") from None
    except NotADirectoryError:
        raise WrongUsage("Not a folder", f"{folder} is neither a folder nor a file that can be read") from None
    except OSError as error:
        raise WrongUsage("This folder cannot be read", f"{folder}: {error.strerror}; ask its owner, or open a copy") from None


def _state_folder(root: Path, environ: Mapping[str, str]) -> tuple[Path, list[str]]:
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
    name = f"{root.name or 'root'}-{hashlib.sha256(os.fsencode(root)).hexdigest()[:12]}"
    outside = _data_home(environ, "XDG_STATE_HOME", ".local/state") / "workspaces" / name
    outside.mkdir(parents=True, exist_ok=True)
    return outside, [f"This folder cannot be written: notes and settings are kept in {outside}"]


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


def _data_home(environ: Mapping[str, str], variable: str, default: str) -> Path:
    """Deskreader's folder below an XDG base directory."""
    base = environ.get(variable, "")
    return (Path(base) if base.startswith("/") else Path(environ.get("HOME", "/tmp")) / default) / "deskreader"


def _samples(environ: Mapping[str, str]) -> Path:
    """A copy of the sample workspace in the user's data folder, made on first use."""
    home = _data_home(environ, "XDG_DATA_HOME", ".local/share") / "samples"
    if not (home / ARTICLES).is_dir():
        with resources.as_file(resources.files("reader")) as package:
            source = package / "samples" if (package / "samples").is_dir() else package.parent
            home.mkdir(parents=True, exist_ok=True)
            for name in (ARTICLES, STATE):
                shutil.copytree(
                    source / name, home / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("cache", "state")
                )
    return home


def _mistake(mistake: Mistake) -> str:
    return str(mistake)
