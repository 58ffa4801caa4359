"""The rows that the library shows: what is known of an article without opening it."""

from collections.abc import Callable
from typing import NamedTuple

Cancelled = Callable[[], bool]
"""Asked between two files; True ends the work at once, keeping what is done."""


def never() -> bool:
    """A `Cancelled` that never says so."""
    return False


class Entry(NamedTuple):
    """One article in the catalogue.

    `id` is the POSIX path relative to the library (with `#fragment` where one file holds several articles);
    `path` the file as the user would name it; `sha256` that of the file's bytes, in hexadecimal; `size` in
    bytes; `modified_ns` since the epoch; `published` an ISO 8601 date cut after its last known part, or "";
    `words` and `comments` count the body's words and the comments; `added` is the UTC time at which the
    library first saw the article. `missing` is True once its file is gone and only this row is left.
    """

    id: str
    path: str
    sha256: str
    size: int
    modified_ns: int
    title: str
    outlet: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    words: int = 0
    comments: int = 0
    added: str = ""
    url: str = ""
    encoding: str = ""
    missing: bool = False

    @property
    def folder(self) -> str:
        """The folder that holds the file, relative to the library; "" for the library itself."""
        return self.id.rpartition("/")[0]


class Problem(NamedTuple):
    """A file that could not be read: its path in the library, why, and what to do about it."""

    path: str
    reason: str
    advice: str = ""


class Changes(NamedTuple):
    """Ids of the articles that came, changed and went since the library was last looked at."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    relearned: tuple[str, ...] = ()
    """Unchanged articles whose lines are classified anew because the library learned of their outlet."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.relearned)

    def __or__(self, other: "Changes") -> "Changes":
        return Changes(
            self.added + other.added,
            self.changed + other.changed,
            self.removed + other.removed,
            self.relearned + other.relearned,
        )


class Progress(NamedTuple):
    """How far a long piece of work is: `done` of `total` files (0 while unknown), and what changed so far."""

    done: int
    total: int
    path: str = ""
    changes: Changes = Changes()
