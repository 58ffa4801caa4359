"""The writing half of the catalogue: which files there are, which are due, what reading them gave."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from reader.library.database import Database
from reader.library.files import joined
from reader.library.parsing import Result, Summary
from reader.library.scan import Folder, Row
from reader.library.schema import marks, parts

UNSETTLED: Final = -1
"""In place of a time of change that is so recent that a later change of the file might not show."""
_COARSE_NS: Final = 2_000_000_000
_FINE_NS: Final = 50_000_000
_FIRST: Final = "NOT EXISTS (SELECT 1 FROM articles WHERE file = files.number)"


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as the catalogue has it."""

    number: int
    size: int
    modified_ns: int
    mode: int
    gone: bool


@dataclass(frozen=True, slots=True)
class DueFile:
    """A file to be read; `known` is its SHA-256 at the last look, empty to have it parsed in any case. `first` says
    that no article of it is known.
    """

    number: int
    relative: bytes
    known: str
    again: bool
    first: bool = False


@dataclass(slots=True)
class Outcome:
    """Ids of articles that came, changed and went, and rows of the summaries that were kept."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[tuple[int, Summary]] = field(default_factory=list)


class Inventory:
    """Notes what the scan sees and what parsing finds. Its methods are called inside a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def folders(self) -> dict[bytes, tuple[int, int, bytes]]:
        """Number, time of change and digest of every known folder, by its path."""
        rows = self._database.rows("SELECT path, number, modified_ns, digest FROM folders")
        return {path: (number, modified_ns, digest) for path, number, modified_ns, digest in rows}

    def files_of(self, folder: int) -> dict[str, KnownFile]:
        """The known files of a folder by name, those that are gone among them."""
        rows = self._database.rows(
            "SELECT name, number, size, modified_ns, mode, gone FROM files WHERE folder = ?", (folder,)
        )
        return {
            os.fsdecode(name): KnownFile(number, size, modified_ns, mode, bool(gone))
            for name, number, size, modified_ns, mode, gone in rows
        }

    def keep_folder(self, folder: Folder) -> int:
        """Note a folder as seen; its number."""
        reason, advice = folder.failure or (None, None)
        self._database.run(
            """INSERT INTO folders(path, modified_ns, digest, reason, advice) VALUES(?, ?, ?, ?, ?)
            ON CONFLICT(path) DO UPDATE SET modified_ns = excluded.modified_ns, digest = excluded.digest,
            reason = excluded.reason, advice = excluded.advice""",
            (folder.relative, folder.modified_ns, folder.digest, reason, advice),
        )
        row = self._database.row("SELECT number FROM folders WHERE path = ?", (folder.relative,))
        return int(row[0]) if row else 0

    def drop_folder(self, number: int) -> list[str]:
        """Note that a folder is gone; the ids of the articles that went with it."""
        gone = self.mark_gone([file.number for file in self.files_of(number).values() if not file.gone])
        self._database.run(
            "UPDATE folders SET digest = x'', modified_ns = -1, reason = NULL WHERE number = ?", (number,)
        )
        return gone

    def keep_due(self, folder: int, rows: Iterable[Row]) -> None:
        """Note files as the folder shows them, to be read; one that was gone as if it had never been there."""
        self._database.run_many(
            """INSERT INTO files(folder, name, size, modified_ns, mode, due) VALUES(?, ?, ?, ?, ?, 1)
            ON CONFLICT(folder, name) DO UPDATE SET size = excluded.size, modified_ns = excluded.modified_ns,
            mode = excluded.mode, sha256 = CASE WHEN gone THEN '' ELSE sha256 END, gone = 0, due = max(due, 1)""",
            [(folder, os.fsencode(name), size, changed, mode) for name, size, changed, mode in rows],
        )

    def keep_odd(self, folder: int, row: Row, reason: str, advice: str) -> list[str]:
        """Note a directory entry that is not to be read; the ids of the articles that it held before."""
        self.keep_due(folder, [row])
        found = self._database.row(
            "SELECT number FROM files WHERE folder = ? AND name = ?", (folder, os.fsencode(row[0]))
        )
        return self._keep_problem(found[0], reason, advice, "") if found else []

    def mark_due(self, condition: str, values: Sequence[object] = (), again: bool = False) -> None:
        """Have files read once more; `again` even where their bytes are the same."""
        self._database.run(f"UPDATE files SET due = {2 if again else 1} WHERE NOT gone AND {condition}", values)

    def due_count(self) -> int:
        """How many files are to be read."""
        row = self._database.row("SELECT count(*) FROM files WHERE due")
        return int(row[0]) if row else 0

    def due(self) -> Iterator[DueFile]:
        """Files to be read, in the order in which they were seen; each is given once, done or not."""
        last = -1
        while True:
            rows = self._database.rows(
                f"""SELECT files.number, path, name, sha256, due, {_FIRST} FROM files
                JOIN folders ON folders.number = folder
                WHERE due AND files.number > ? ORDER BY files.number LIMIT 500""",
                (last,),
            )
            if not rows:
                return
            for number, folder, name, sha256, due, first in rows:
                yield DueFile(number, joined(folder, name), "" if due == 2 else sha256, due == 2, bool(first))
            last = rows[-1][0]

    def last_file(self) -> int:
        """The number of the file that was noted last."""
        row = self._database.row("SELECT max(number) FROM files")
        return int(row[0] or 0) if row else 0

    def came_between(self, known: int, done: int, limit: int) -> list[DueFile]:
        """Files that became due while others were read: numbered beyond `known`, or changed after their turn."""
        rows = self._database.rows(
            """SELECT files.number, path, name, sha256 FROM files JOIN folders ON folders.number = folder
            WHERE due AND due = 1 AND (files.number > ? OR files.number <= ?) ORDER BY files.number DESC LIMIT ?""",
            (known, done, limit),
        )
        return [DueFile(number, joined(folder, name), sha256, False) for number, folder, name, sha256 in rows]

    def keep_result(self, file: int, result: Result) -> Outcome:
        """Note what reading a file gave; `touch` is for the caller, once for many results."""
        outcome = Outcome()
        settled = is_settled(result)
        seen = (result.size, result.modified_ns if settled else UNSETTLED)
        if result.size and not result.summaries:
            self._database.run("UPDATE files SET size = ?, modified_ns = ? WHERE number = ?", (*seen, file))
        if not settled:  # its folder is compared file by file at the next look
            its = "(SELECT folder FROM files WHERE number = ?)"
            self._database.run(f"UPDATE folders SET digest = x'' WHERE number = {its}", (file,))
        if result.unchanged:
            self._database.run("UPDATE files SET due = 0, gone = 0 WHERE number = ?", (file,))
            outcome.added = self._revive(file)
        elif result.reason:
            outcome.removed = self._keep_problem(file, result.reason, result.advice, result.sha256)
        else:
            self._keep_articles(file, result, outcome, seen)
        return outcome

    def _revive(self, file: int) -> list[str]:
        back = self._database.column("SELECT id FROM articles WHERE missing AND file = ?", (file,))
        if back:
            self._database.run("UPDATE articles SET missing = 0 WHERE missing AND file = ?", (file,))
        return back

    def touch(self) -> None:
        """Note that lists made until now are out of date."""
        self._database.run("UPDATE meta SET value = value + 1 WHERE name = 'generation'")

    def _keep_problem(self, file: int, reason: str, advice: str, sha256: str) -> list[str]:
        self._database.run(
            "UPDATE files SET reason = ?, advice = ?, sha256 = ?, due = 0, gone = 0 WHERE number = ?",
            (reason, advice, sha256, file),
        )
        return self._mark_missing([file])

    def _keep_articles(self, file: int, result: Result, outcome: Outcome, seen: tuple[int, int]) -> None:
        self._database.run(
            """UPDATE files SET size = ?, modified_ns = ?, sha256 = ?, seconds = ?, reason = ?, advice = ?, due = 0,
            gone = 0 WHERE number = ?""",
            (*seen, result.sha256, result.seconds, *(result.lost or (None, None)), file),
        )
        before, taken = self._alike(file, [one.id for one in result.summaries])
        if taken:
            reason, advice = f"another file already has the name {taken[0]}", "Rename one of the two."
            outcome.removed = self._keep_problem(file, reason, advice, result.sha256)
            return
        known = bool(before)
        numbers: dict[str, int] = {}
        for summary in result.summaries:
            number, new = before.pop(summary.id, (numbers.get(summary.id, 0), True))
            (outcome.added if new else outcome.changed).append(summary.id)
            inserted = self._keep_article(file, summary)
            numbers[summary.id] = number or inserted
            outcome.kept.append((numbers[summary.id], summary))
        if known:
            self._database.run("DELETE FROM parsed WHERE file = ?", (file,))
        self._database.run_many(
            "INSERT OR REPLACE INTO parsed(id, file, stamp, body) VALUES(?, ?, ?, ?)",
            [(id, file, result.stamp, body) for id, body in result.packed],
        )
        outcome.removed = [id for id, (_, missing) in before.items() if not missing]
        self._mark_articles(outcome.removed)

    def _alike(self, file: int, ids: Sequence[str]) -> tuple[dict[str, tuple[int, int]], list[str]]:
        """The file's articles by id, as number and whether missing; the ids that others have, where those are there."""
        own: dict[str, tuple[int, int]] = {}
        others: dict[str, int] = {}
        for part in parts(ids or [""]):
            statement = f"SELECT id, number, missing, file FROM articles WHERE file = ? OR id IN ({marks(part)})"
            for id, number, missing, whose in self._database.rows(statement, (file, *part)):
                if whose == file:
                    own[id] = (number, missing)
                else:
                    others[id] = missing
        self.forget([id for id, missing in others.items() if missing])
        return own, [id for id, missing in others.items() if not missing]

    def _keep_article(self, file: int, summary: Summary) -> int:
        """Note an article; the number of its row if it is new."""
        added = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return self._database.run(
            """INSERT INTO articles(file, id, inside, title, outlet, published, authors, language, words,
            comments, added, url, encoding, page) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT(id) DO UPDATE SET title = excluded.title, outlet = excluded.outlet,
            published = excluded.published, authors = excluded.authors, language = excluded.language,
            words = excluded.words, comments = excluded.comments, url = excluded.url,
            encoding = excluded.encoding, page = excluded.page, missing = 0""",
            (
                file, summary.id, summary.id.rpartition("/")[0], summary.title, summary.outlet,
                summary.published,
                "\n".join(summary.authors), summary.language, summary.words, summary.comments, added,
                summary.url, summary.encoding, page_of(summary),
            ),
        )  # fmt: skip

    def mark_gone(self, files: Sequence[int]) -> list[str]:
        """Note that files are no longer in the folder; the ids of their articles, which stay as missing."""
        for part in parts(files):
            self._database.run(
                f"""UPDATE files SET gone = 1, due = 0, reason = NULL, advice = NULL
                WHERE number IN ({marks(part)})""",
                part,
            )
        return self._mark_missing(files)

    def _mark_missing(self, files: Sequence[int]) -> list[str]:
        ids: list[str] = []
        for part in parts(files):
            ids += self._database.column(f"SELECT id FROM articles WHERE NOT missing AND file IN ({marks(part)})", part)
        self._mark_articles(ids)
        return ids

    def _mark_articles(self, ids: Sequence[str]) -> None:
        for part in parts(ids):
            self._database.run(f"UPDATE articles SET missing = 1 WHERE id IN ({marks(part)})", part)
        if ids:
            self.touch()

    def forget(self, ids: Sequence[str]) -> None:
        """Drop the rows of articles that are missing, and of their files when nothing else is in them."""
        for part in parts(ids):
            files = self._database.column(f"SELECT file FROM articles WHERE missing AND id IN ({marks(part)})", part)
            self._database.run(f"DELETE FROM articles WHERE missing AND id IN ({marks(part)})", part)
            self._database.run(f"DELETE FROM parsed WHERE id IN ({marks(part)})", part)
            self._database.run(
                f"""DELETE FROM files WHERE gone AND number IN ({marks(files)})
                AND NOT EXISTS (SELECT 1 FROM articles WHERE file = files.number)""",
                files,
            )


def is_settled(result: Result) -> bool:
    """Whether a later change of the file would give it another time of change.

    File systems count time in steps; those of some network folders are whole seconds.
    """
    step = _COARSE_NS if result.modified_ns % 1_000_000_000 == 0 else _FINE_NS
    return not 0 <= result.read_ns - result.modified_ns < step


def page_of(summary: Summary) -> str:
    """What two captures of one page share: its address, else its outlet with its title; "" if unknown."""
    if summary.url:
        address = summary.url.partition("#")[0].rstrip("/")
        return address.partition("://")[2] or address
    both = summary.outlet and summary.title
    return f"{summary.outlet.casefold()}\n{summary.title.casefold()}" if both else ""
