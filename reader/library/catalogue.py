"""The reading half of the catalogue: entries, problems and places, for any number of rows and threads."""

import re
import uuid
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from reader.library.database import Database
from reader.library.entry import Entry, Problem
from reader.library.files import id_of, joined
from reader.library.schema import SCHEMA, VERSION, marks, parts

if TYPE_CHECKING:
    from reader.library.inventory import Inventory

_NO_TIME: Final = 0.1
"""Seconds of reading a file that does no harm."""
_ESCAPED: Final = re.compile(r"[%_\\]")
_ESCAPE: Final = r"\\\g<0>"
_ENTRY: Final = """
    SELECT articles.number, articles.id, folders.path, name, sha256, size, files.modified_ns, title, outlet,
    published, authors, language, words, comments, added, url, encoding, missing
    FROM articles JOIN files ON files.number = articles.file JOIN folders ON folders.number = files.folder
"""


class Place(NamedTuple):
    """The file of an article: its row (0 for one that is not known) and path below the library, SHA-256 and seconds
    of parsing at the last look, and whether it is to be read again.
    """

    number: int
    relative: bytes
    sha256: str = ""
    seconds: float = 0.0
    due: bool = False


class Catalogue:
    """The rows of the library. `folder` is the library as a user would name it; `path` the database file.

    Readers share one connection with the writer, who holds it for one statement at a time.
    """

    def __init__(self, path: Path | None, folder: Path) -> None:
        self.database = Database(path, SCHEMA, VERSION)
        self._folder = folder

    @cached_property
    def inventory(self) -> "Inventory":
        """The writing half, which a list does not need."""
        from reader.library.inventory import Inventory

        return Inventory(self.database)

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def entry(self, id: str) -> Entry | None:
        """The article's row, also when it is missing."""
        found = self.select("WHERE articles.id = ?", (id,))
        return found[0] if found else None

    def entries_by_number(self, numbers: Sequence[int]) -> dict[int, Entry]:
        """The rows of articles by row number; rows that went are left out."""
        found: dict[int, Entry] = {}
        for part in parts(numbers):
            rows = self.database.rows(f"{_ENTRY} WHERE articles.number IN ({marks(part)})", list(part))
            found.update((row[0], self._entry(row)) for row in rows)
        return found

    def select(self, condition: str, values: Sequence[Any] = ()) -> list[Entry]:
        """The rows that an SQL condition and order pick; for this package only."""
        return [self._entry(row) for row in self.database.rows(f"{_ENTRY} {condition}", values)]

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        _, id, folder, name, sha256, size, modified_ns, title, outlet, published, authors, *rest = row
        language, words, comments, added, url, encoding, missing = rest
        path = f"{self._folder}/{id_of(joined(folder, name))}"
        writers = tuple(authors.split("\n")) if authors else ()
        return Entry(
            id, path, sha256, size, modified_ns, title, outlet, published, writers,
            language, words, comments, added, url, encoding, bool(missing),
        )  # fmt: skip

    def numbers(self, ids: Sequence[str]) -> dict[str, int]:
        """The row numbers of articles by id; ids that are unknown are left out."""
        found: dict[str, int] = {}
        for part in parts(ids):
            found.update(self.database.rows(f"SELECT id, number FROM articles WHERE id IN ({marks(part)})", list(part)))
        return found

    def numbers_matching(self, text: str) -> frozenset[int]:
        """The rows whose title, outlet, author or id hold each word of `text`, whatever the case."""
        words = text.split()[:10]
        condition = " AND ".join(
            ["title || ' ' || outlet || ' ' || authors || ' ' || id LIKE ? ESCAPE '\\'"] * len(words)
        )
        values = [f"%{_ESCAPED.sub(_ESCAPE, word)}%" for word in words]
        return frozenset(self.database.column(f"SELECT number FROM articles WHERE {condition or '1'}", values))

    def labels(self, expression: str, ids: Sequence[str]) -> list[str]:
        """The group labels of articles that are in the library, by an SQL expression of `listing.ORDERS`."""
        found: list[str] = []
        for part in parts(ids):
            found += self.database.column(
                f"SELECT {expression} FROM articles WHERE NOT missing AND id IN ({marks(part)})", list(part)
            )
        return found

    def ordered(self, terms: str, label: str, chunk: int) -> Iterator[list[tuple[Any, ...]]]:
        """Row number and label of all articles in an order, in chunks; others have their turn in between."""
        return self.database.chunks(f"SELECT number, {label} FROM articles WHERE missing = 0 ORDER BY {terms}", chunk)

    def generation(self) -> str:
        """A word that changes whenever an article comes, changes or goes."""
        born = self.fact("born")
        if not born:
            born = uuid.uuid4().hex
            self.remember("born", born)
        return f"{born}.{self.fact('generation')}"

    def place(self, id: str) -> Place | None:
        """Where the file of an article is, and what is known of it."""
        row = self.database.row(
            """SELECT files.number, folders.path, name, sha256, seconds, due FROM articles
            JOIN files ON files.number = file JOIN folders ON folders.number = folder WHERE id = ?""",
            (id,),
        )
        return Place(row[0], joined(row[1], row[2]), row[3], row[4], bool(row[5])) if row else None

    def harmless(self) -> list[tuple[int, bytes]]:
        """Number and path of a file that was read in no time, if there is one."""
        rows = self.database.rows(
            """SELECT files.number, path, name FROM files JOIN folders ON folders.number = folder
            WHERE NOT due AND NOT gone AND sha256 != '' AND files.reason IS NULL AND seconds < ?
            ORDER BY files.number DESC LIMIT 1""",
            (_NO_TIME,),
        )
        return [(number, joined(path, name)) for number, path, name in rows]

    def outlets_of(self, file: int) -> dict[str, str]:
        """The outlet of each article of a file, by article id."""
        return dict(self.database.rows("SELECT id, outlet FROM articles WHERE file = ?", (file,)))

    def count(self) -> int:
        """How many articles there are, without the missing ones."""
        row = self.database.row(
            "SELECT (SELECT count(*) FROM articles) - (SELECT count(*) FROM articles WHERE missing)"
        )
        return int(row[0]) if row else 0

    def problems(self) -> list[Problem]:
        """Every file and folder that cannot be read, by path."""
        rows = self.database.rows(
            """SELECT path, name, files.reason, files.advice FROM files
            JOIN folders ON folders.number = folder WHERE files.reason IS NOT NULL AND NOT gone
            UNION ALL SELECT path, x'', reason, advice FROM folders WHERE reason IS NOT NULL"""
        )
        found = [(id_of(joined(path, name)) or ".", reason, advice) for path, name, reason, advice in rows]
        return [Problem(*one) for one in sorted(found)]

    def moved(self) -> list[tuple[str, str]]:
        """Pairs of the id of a missing article and the id under which the same bytes stand now."""
        rows = self.database.rows(
            """SELECT old.id, oldfile.sha256 FROM articles old JOIN files oldfile ON oldfile.number = old.file
            WHERE old.missing AND oldfile.gone AND oldfile.sha256 != ''"""
        )
        pairs = []
        for id, sha256 in rows:
            fragment = id.partition("#")[2]
            here = self.database.column(
                """SELECT id FROM articles JOIN files ON files.number = file
                WHERE sha256 = ? AND NOT missing AND NOT gone ORDER BY id""",
                (sha256,),
            )
            same = [new for new in here if new.partition("#")[2] == fragment]
            if same:
                pairs.append((id, same[0]))
        return pairs

    def fact(self, name: str) -> str:
        """A remembered fact, empty when there is none."""
        row = self.database.row("SELECT value FROM meta WHERE name = ?", (name,))
        return str(row[0]) if row else ""

    def remember(self, name: str, value: str) -> None:
        """Remember a fact."""
        self.database.run("INSERT OR REPLACE INTO meta(name, value) VALUES(?, ?)", (name, value))
