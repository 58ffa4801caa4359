"""What an outlet repeats on its pages: learned from the folder itself, page by page, and explained.

A line that stands on three or more pages of one outlet belongs to that outlet, not to an article. A line that
travels across outlets is evidence and is left alone. Several captures of one page count as one page.
"""

import itertools
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from reader.library.database import Database
from reader.library.inventory import page_of
from reader.library.parsing import Summary
from reader.library.schema import marks, parts

if TYPE_CHECKING:
    from reader.capture.knowledge import Learned

PAGES: Final = 3
"""Pages of one outlet on which a line must stand."""
MOST_LEARNED: Final = 3000
"""Lines of one outlet that are handed to the classifier, those on most pages first."""
ROWS_LIMIT: Final = 8_000_000
"""Lines remembered in all; beyond that, those seen on one page only are forgotten."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A line that an outlet repeats: as lines are compared, and on how many of its pages it stands."""

    outlet: str
    line: str
    pages: int
    of_pages: int

    @property
    def reason(self) -> str:
        """The sentence that answers "why is this folded?"."""
        return f"stands on {self.pages} of {self.of_pages} pages of {self.outlet}"


class _News(NamedTuple):
    """A page whose lines are to be counted: as numbers, and of these the ones that no other capture of it has."""

    article: int
    summary: Summary
    folded: "array[int]"
    open: "array[int]"
    fresh: set[int]


class Outlets:
    """Counts the lines of every outlet's pages. `learn` and `finish` are called inside a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._risen: dict[int, set[int]] = {}
        self._fallen: dict[int, set[int]] = {}
        self._learned: dict[str, Learned] = {}

    def learn(self, pages: Sequence[tuple[int, Summary]]) -> set[int]:
        """Take in the lines of pages as they are now, in place of what the same articles taught before.

        The articles with a line in their text that is known to be the outlet's own, so that they should be read again.
        """
        before: dict[int, list[Any]] = {}
        for part in parts([article for article, _ in pages]):
            rows = self._database.rows(
                f"SELECT article, outlet, page, folded, open FROM page_lines WHERE article IN ({marks(part)})", part
            )
            before.update((article, known) for article, *known in rows)
        numbers: dict[str, int] = {}
        news: dict[int, list[_News]] = {}
        for article, summary in dict(pages).items():
            name = summary.outlet
            outlet = numbers[name] if name in numbers else numbers.setdefault(name, self._number(name))
            folded, unfolded = _keys(summary.folded), _keys(summary.open)
            page = page_of(summary)
            now = [outlet, page, folded.tobytes(), unfolded.tobytes()]
            known = before.get(article)
            if known == now:
                continue
            if known:
                self._database.run("DELETE FROM page_lines WHERE article = ?", (article,))
                self._uncount(known[0], _from_bytes(*known[2:]) - self._elsewhere(known[0], known[1]))
            if outlet:
                fresh = {*folded, *unfolded} - self._elsewhere(outlet, page)
                news.setdefault(outlet, []).append(_News(article, summary, folded, unfolded, fresh))
                self._database.run("INSERT INTO page_lines VALUES(?, ?, ?, ?, ?)", (article, *now))
        return set().union(*(self._count(outlet, some) for outlet, some in news.items()))

    def _number(self, name: str) -> int:
        if not name:
            return 0
        row = self._database.row("SELECT number FROM outlets WHERE name = ?", (name,))
        return int(row[0]) if row else self._database.run("INSERT INTO outlets(name) VALUES(?)", (name,))

    def _elsewhere(self, outlet: int, page: str) -> set[int]:
        """The lines that other captures of the same page have counted already."""
        if not page or not outlet:
            return set()
        others = self._database.rows(
            "SELECT folded, open FROM page_lines WHERE outlet = ? AND page = ?", (outlet, page)
        )
        return set().union(*(_from_bytes(*blobs) for blobs in others))

    def _count(self, outlet: int, pages: "list[_News]") -> set[int]:
        """Count the lines of pages of one outlet; those of the pages on which one stands that is the outlet's own."""
        counts = Counter(key for page in pages for key in page.fresh)
        self._database.run_many(
            """INSERT INTO lines VALUES(?, ?, ?, NULL)
            ON CONFLICT(outlet, key) DO UPDATE SET pages = pages + excluded.pages""",
            [(outlet, key, count) for key, count in sorted(counts.items())],
        )
        lines: dict[int, str] = {}
        for page in pages:
            lines.update(zip((*page.folded, *page.open), (*page.summary.folded, *page.summary.open), strict=True))
        own = self._name(outlet, lines)
        return {page.article for page in pages if not own.isdisjoint(page.open)}

    def _uncount(self, outlet: int, keys: set[int]) -> None:
        """Take lines back; the text of one that stands on too few pages now is forgotten."""
        if not outlet or not keys:
            return
        self._database.run_many(
            "UPDATE lines SET pages = pages - 1 WHERE outlet = ? AND key = ?", [(outlet, key) for key in keys]
        )
        for part in parts(list(keys)):
            fallen = self._database.column(
                f"""SELECT key FROM lines WHERE outlet = ? AND key IN ({marks(part)})
                AND pages < {PAGES} AND text IS NOT NULL""",
                (outlet, *part),
            )
            self._fallen.setdefault(outlet, set()).update(fallen)
        self._database.run_many(
            f"UPDATE lines SET text = NULL WHERE outlet = ? AND key = ? AND pages < {PAGES}",
            [(outlet, key) for key in keys],
        )

    def _name(self, outlet: int, lines: Mapping[int, str]) -> set[int]:
        """Those of some lines that stand on enough pages; the text of one that has just come so far is kept."""
        own: dict[int, bool] = {}
        for part in parts(list(lines)):
            own.update(
                self._database.rows(
                    f"""SELECT key, text IS NULL FROM lines WHERE outlet = ? AND key IN ({marks(part)})
                    AND pages >= {PAGES}""",
                    (outlet, *part),
                )
            )
        risen = [key for key, nameless in own.items() if nameless]
        if risen:
            self._database.run_many(
                "UPDATE lines SET text = ? WHERE outlet = ? AND key = ?", [(lines[key], outlet, key) for key in risen]
            )
            self._risen.setdefault(outlet, set()).update(risen)
        return set(own)

    def unlearn(self, ids: Sequence[str]) -> None:
        """Take back what articles taught that are gone from the library."""
        for part in parts(ids):
            rows = self._database.rows(
                f"""SELECT article, page_lines.outlet, page_lines.page, folded, open FROM page_lines
                JOIN articles ON number = article WHERE id IN ({marks(part)})""",
                list(part),
            )
            for article, outlet, page, *blobs in rows:
                self._database.run("DELETE FROM page_lines WHERE article = ?", (article,))
                self._uncount(outlet, _from_bytes(*blobs) - self._elsewhere(outlet, page))
        self._learned.clear()

    @property
    def unsettled(self) -> bool:
        """Whether `finish` has anything to do."""
        return bool(self._risen or self._fallen)

    def finish(self) -> list[int]:
        """The files that must be classified anew after all that was learned since the last time."""
        risen, fallen = self._risen, self._fallen
        self._risen, self._fallen = {}, {}
        self._learned.clear()
        articles: list[int] = []
        for outlet in risen.keys() | fallen.keys():
            now_known = risen.get(outlet, set()) - fallen.get(outlet, set())
            now_unknown = fallen.get(outlet, set()) - risen.get(outlet, set())
            rows = self._database.rows("SELECT article, folded, open FROM page_lines WHERE outlet = ?", (outlet,))
            for article, folded, unfolded in rows:
                explained = now_known and not now_known.isdisjoint(_from_bytes(unfolded))
                if explained or (now_unknown and not now_unknown.isdisjoint(_from_bytes(folded))):
                    articles.append(article)
        files: list[int] = []
        for part in parts(articles):
            files += self._database.column(
                f"SELECT DISTINCT file FROM articles WHERE NOT missing AND number IN ({marks(part)})", part
            )
        self._forget_single_lines()
        return files

    def _forget_single_lines(self) -> None:
        row = self._database.row("SELECT count(*) FROM page_lines")
        if row and row[0] > ROWS_LIMIT // 100:
            lines = self._database.row("SELECT count(*) FROM lines")
            if lines and lines[0] > ROWS_LIMIT:
                self._database.run("DELETE FROM lines WHERE pages = 1")

    def learned(self, outlet: str) -> "Learned | None":
        """What the classifier is told about pages of this outlet; None when nothing is known."""
        if not outlet:
            return None
        known = self._learned.get(outlet)
        if known is None:
            from reader.capture.knowledge import Learned, line_key

            lessons = itertools.islice(self.lessons(outlet), MOST_LEARNED)
            known = Learned({line_key(lesson.line): lesson.reason for lesson in lessons})
            self._learned[outlet] = known
        return known if known.boilerplate else None

    def lessons(self, outlet: str) -> Iterable[Lesson]:
        """What the library learned of an outlet, the lines on most pages first."""
        row = self._database.row("SELECT number FROM outlets WHERE name = ?", (outlet,))
        if not row:
            return
        (pages,) = self._database.row(
            """SELECT count(DISTINCT CASE page WHEN '' THEN article ELSE page END)
            FROM page_lines WHERE outlet = ?""",
            row,
        ) or (0,)
        for text, count in self._database.rows(
            """SELECT text, pages FROM lines WHERE outlet = ? AND text IS NOT NULL
            ORDER BY pages DESC, text""",
            row,
        ):
            yield Lesson(outlet, text, count, max(count, pages))


def _keys(lines: Iterable[str]) -> "array[int]":
    """The lines as 64-bit numbers, so many that two lines never share one by accident."""
    digests = [blake2b(line.encode("utf-8", "surrogatepass"), digest_size=8).digest() for line in lines]
    return array("q", b"".join(digests))


def _from_bytes(*blobs: bytes) -> set[int]:
    found: set[int] = set()
    for blob in blobs:
        found.update(array("q", blob))
    return found
