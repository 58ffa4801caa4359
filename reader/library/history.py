"""The captures behind an article: where each came from, which are of the same page, and the earlier ones."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reader.errors import NothingFound
from reader.library.catalogue import Catalogue
from reader.library.files import Unreadable, read_inside
from reader.library.inventory import page_of
from reader.library.opening import Opener
from reader.library.outlets import Outlets
from reader.library.parsing import Result, Summary, Task, itself, summary_of
from reader.library.provenance import Origin, Origins
from reader.library.versions import Archive, Version

if TYPE_CHECKING:
    from reader.capture.article import Article

SHARED: Final = 0.4
"""Share of the shorter text's phrases of three words that two captures of one page have in common."""


class History:
    """Origins and versions of the captures of one library; `state` is the folder of the workspace."""

    def __init__(self, folder: Path, state: Path, catalogue: Catalogue, opener: Opener, outlets: Outlets) -> None:
        self.origins = Origins(state / "provenance.jsonl")
        self._archive = Archive(state / "versions")
        self._folder = folder
        self._catalogue = catalogue
        self._opener = opener
        self._outlets = outlets

    def holding(self, sha256: str) -> str:
        """The id of an article whose file has these bytes, empty when there is none."""
        row = self._catalogue.database.row(
            """SELECT id FROM articles JOIN files ON files.number = file
            WHERE sha256 = ? AND NOT missing AND NOT gone ORDER BY id LIMIT 1""",
            (sha256,),
        )
        return str(row[0]) if row else ""

    def file(self, id: str) -> Path:
        """The file of an article. Raises `NothingFound`."""
        place = self._catalogue.place(id)
        if place is None:
            raise NothingFound("No such article", f"{id} is not in the library")
        return self._folder / os.fsdecode(place.relative)

    def parse(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Read files in worker processes, leaving the catalogue as it is."""
        return self._opener.parse_many(tasks)

    def origin(self, id: str) -> Origin | None:
        """Where the bytes of an article came from, when they were imported."""
        entry = self._catalogue.entry(id)
        return self.origins.of(entry.sha256) if entry else None

    def address(self, article: "Article") -> str:
        """The web address of an article: what its page says, else where it was fetched from; empty when unknown."""
        if article.metadata.url is not None:
            return article.metadata.url.value
        origin = self.origin(article.id)
        return origin.address if origin else ""

    def captured(self, id: str) -> str:
        """The UTC time of an article's capture: that of its import's source, else the time of its file."""
        entry = self._catalogue.entry(id)
        if entry is None:
            return ""
        origin = self.origins.of(entry.sha256)
        return origin.captured if origin else _time(entry.modified_ns)

    def same_page(self, summary: Summary, origin: Origin, name: str) -> str:
        """The article that an incoming capture is a newer or older one of, empty when there is none.

        An address says so by itself; a file name, or outlet and title, only together with the words.
        """
        page = page_of(summary)
        with_page = self._with_page(page) if page else []
        if summary.url and with_page:
            return with_page[0]
        before = [one.name for one in reversed(self.origins.from_source(origin.source)) if one.name]
        if "://" in origin.source:
            return next((id for id in before if self._is_there(id) and self._is_from(id, origin)), "")
        likely = [*with_page, *(before if origin.source != "-" else ()), name]
        there = (id for id in dict.fromkeys(likely) if self._is_there(id))
        return next((id for id in there if self._shares(summary, id)), "")

    def same_export(self, fragments: set[str], origin: Origin, name: str) -> tuple[str, str]:
        """The file of which an incoming one is a later state, and one of its articles; two empty words for none.

        It holds all articles of that file, and more: of a feed that no longer names its old entries both are kept.
        """
        before = [one.name.partition("#")[0] for one in reversed(self.origins.from_source(origin.source))]
        for file in dict.fromkeys([*(before if origin.source != "-" else ()), name]):
            ids = self._catalogue.database.column(
                "SELECT id FROM articles WHERE id >= ? AND id < ? AND NOT missing", (f"{file}#", f"{file}$")
            )
            if ids and all(id[len(file) + 1 :] in fragments for id in ids) and self.captured(ids[0]) <= origin.captured:
                return file, ids[0]
        return "", ""

    def _with_page(self, page: str) -> list[str]:
        return self._catalogue.database.column(
            """SELECT id FROM articles WHERE page = ? AND page != '' AND NOT missing AND instr(id, '#') = 0
            ORDER BY number DESC""",
            (page,),
        )

    def _is_from(self, id: str, origin: Origin) -> bool:
        """Whether an article was fetched from that address, not from one that once answered with the same words."""
        known = self.origin(id)
        if known is None or "://" not in known.source:
            return True
        return known.source == origin.source or (bool(known.address) and known.address == origin.address)

    def _is_there(self, id: str) -> bool:
        entry = self._catalogue.entry(id)
        return entry is not None and not entry.missing and "#" not in id

    def _shares(self, summary: Summary, id: str) -> bool:
        try:
            other = summary_of(self._opener.article(id))
        except (Unreadable, NothingFound):
            return False
        menu = {lesson.line for lesson in self._outlets.lessons(other.outlet)}
        own, theirs = _phrases(summary.open, menu), _phrases(other.open, menu)
        return len(own & theirs) > SHARED * min(len(own), len(theirs))

    # Versions

    def keep_version(self, version: Version, data: bytes) -> None:
        """Keep the bytes of a capture that the library does not show, or no longer. Raises `CannotSave`."""
        self._archive.keep(version, data, version.id)

    def versions(self, id: str) -> list[Version]:
        """All captures of the article's page, the newest first: those replaced, and those in other files."""
        entry = self._catalogue.entry(id)
        if entry is None:
            return self._archive.of(id)
        origin = self.origins.of(entry.sha256)
        source = origin.source if origin else ""
        found = [Version(id, entry.sha256, self.captured(id), source, not entry.missing)]
        found += self._archive.of(id)
        page = self._catalogue.database.row("SELECT page FROM articles WHERE id = ?", (id,))
        for other in self._with_page(page[0]) if page else ():
            sibling = self._catalogue.entry(other)
            if sibling is not None and other != id:
                found.append(Version(other, sibling.sha256, self.captured(other), "", True))
        once = {version.sha256: version for version in reversed(found)}
        return sorted(once.values(), key=lambda version: version.captured, reverse=True)

    def article(self, version: Version) -> "Article":
        """The article as a version had it. Raises `NothingFound` and `Unreadable`."""
        entry = self._catalogue.entry(version.id)
        if entry is not None and entry.sha256 == version.sha256 and not entry.missing:
            return self._opener.article(version.id)
        place, name = self._archive.find(version.id, version.sha256)
        data = read_inside(place, name).data
        if hashlib.sha256(data).hexdigest() != version.sha256:
            raise Unreadable(version.id, "its earlier capture is damaged", "Restore it from a backup.")
        for result in self._opener.parse_many([Task(place, name, version.id, make=itself)]):
            if result.reason:
                raise Unreadable(version.id, result.reason, result.advice)
            article: Article
            for article in result.made:
                return replace(article, id=version.id)
        raise NothingFound("No such version", f"{version.id} has no earlier capture {version.sha256[:12]}")


def _phrases(lines: Iterable[str], menu: set[str]) -> set[tuple[str, ...]]:
    """The runs of three words in the lines of a text that are not its outlet's own."""
    words = [word for line in lines if line not in menu for word in line.split()]
    return set(zip(words, words[1:], words[2:], strict=False))


def _time(nanoseconds: int) -> str:
    return datetime.fromtimestamp(nanoseconds // 1_000_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
