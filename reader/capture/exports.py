"""Exports of reading services and libraries: JSON, JSON Lines, CSV, RIS and bookmark pages, one article a record."""

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from reader.capture.html_walk import TAG_LIMIT
from reader.capture.records import Record, documents, has_articles, named
from reader.capture.source import LINE_LIMIT, CaptureError, Parsed, Source

_LINES: Final = frozenset({"jsonl", "ndjson", "jsonlines"})
_TABLES: Final = {"csv": ",", "tsv": "\t", "tab": "\t"}
_CELL_LIMIT: Final = 20_000_000
"""Code points of one cell, which may hold a whole article."""

_DEPTH: Final = 8
_DIGITS: Final = 1000
"""Digits of a number from which on it is only text: no date, no count."""
_RIS_LINE: Final = re.compile(r"^([A-Z][A-Z0-9])  ?-(?: (.*))?$")
_RIS: Final = {
    "TI": "title", "T1": "title", "CT": "title", "AU": "authors", "A1": "authors", "DA": "date", "PY": "year",
    "Y1": "year",
    "UR": "url", "T2": "outlet", "JO": "outlet", "JF": "outlet", "PB": "publisher", "AB": "summary", "N2": "summary",
    "N1": "notes", "LA": "language", "CY": "place", "ID": "id", "DO": "doi",
}  # fmt: skip
_BOOKMARK: Final = re.compile(r"<a\s[^<>]*?href=\"([^\"<>]{1,4000})\"([^<>]*)>([^<]{0,2000})</a>", re.I)
_BOOKMARK_PAGE: Final = re.compile(
    r"<title>\s*(?:pocket export|instapaper: export|bookmarks)\s*</title>|netscape-bookmark-file", re.I
)


def parse_json(source: Source) -> Parsed | None:
    """CSL-JSON of Zotero, exports of Wallabag, Readwise and others, JSON feeds, JSON Lines, lists of named fields."""
    by_name = source.extension == "json" or source.extension in _LINES
    if not (by_name or source.opening.startswith(("{", "["))):
        return None
    if source.extension in _LINES:
        return _json_lines(source)
    try:
        data = _loads(source.text)
    except ValueError as error:
        if re.search(r"\}\s*\n\s*\{", source.text[:200_000]):
            return _json_lines(source)
        if not by_name:
            return None
        raise CaptureError(f"This JSON is broken ({error})", "Export it again") from None
    except RecursionError:
        raise CaptureError("This JSON is nested too dee"
                           "ply", "Export it again, as CSV if that is offered") from None
    records = list(_records(data, 0))
    if not by_name and not any(has_articles(map(str, record)) for record in records):
        return None
    return _parsed("JSON", source, iter(records))


def parse_table(source: Source) -> Parsed | None:
    """CSV and TSV with named columns, those of Pocket, Instapaper and Readwise among them."""
    if source.extension not in _TABLES:
        return None
    text = source.text.replace("\0", "\ufffd")
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    counts = {mark: first.count(mark) for mark in (_TABLES[source.extension], ";", ",", "\t", "|")}
    csv.field_size_limit(_CELL_LIMIT)
    try:
        mark = max(counts, key=lambda mark: counts[mark])
        rows = list(islice(csv.DictReader(io.StringIO(text, newline=""), delimiter=mark), LINE_LIMIT))
    except csv.Error as error:
        raise CaptureError(f"This table is broken ({error})", "Export it again as CSV") from None
    if len(rows) == LINE_LIMIT:
        raise CaptureError(f"This table has {LINE_LIMIT:,} rows or more", "Split it")
    if not rows or not has_articles(name for name in rows[0] if name):
        advice = "Name them in the first row: title, text, author, date, url, outlet"
        raise CaptureError("This table has no columns that make articles", advice)
    records = [{key: value for key, value in row.items() if isinstance(key, str)} for row in rows]
    return _parsed("CSV", source, _grouped(records))


def parse_ris(source: Source) -> Parsed | None:
    """RIS, as libraries and Zotero write it."""
    if not re.match(r"\s*ty  ?- ", source.opening):
        return None
    return _parsed("RIS", source, _ris(source.text))


def parse_bookmarks(source: Source) -> Parsed | None:
    """The pages of links that Pocket, Instapaper and browsers export; their titles and addresses are what there is."""
    if "<" not in source.opening[:1000] or not _BOOKMARK_PAGE.search(source.opening[:1000]):
        return None
    if source.data.count(b"<") > 4 * TAG_LIMIT:
        raise CaptureError("This list of bookmarks is too long", "Split it into parts")
    found = (
        {"title": html.unescape(title), "url": html.unescape(address)}
        for address, _, title in _BOOKMARK.findall(source.text)
    )
    return _parsed("bookmarks", source, found)


def _parsed(what: str, source: Source, records: Iterator[Record]) -> Parsed:
    return Parsed(what, source.encoding_name, documents(records, what))


def _loads(text: str) -> Any:
    return json.loads(text.lstrip("\ufeff"), parse_constant=_no_number, parse_int=_integer)


def _integer(digits: str) -> Any:
    return int(digits) if len(digits) < _DIGITS else digits


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def _json_lines(source: Source) -> Parsed:
    """A record a line; lines that are broken are named, and the others read."""
    records: list[Record] = []
    broken: list[str] = []
    for number, line in enumerate(source.text.split("\n"), 1):
        try:
            records += _records(_loads(line), 0) if line.strip() else ()
        except ValueError as error:
            broken.append(f"Line {number:,} is broken JSON ({error})")
        except RecursionError:
            broken.append(f"Line {number:,} is nested too deeply")
    lost = None
    if broken:
        more = f", and so are {len(broken) - 1:,} more lines" if len(broken) > 1 else ""
        lost = CaptureError(broken[0] + more, "Repair or delete what is broken")
    if lost and not records:
        raise lost
    return replace(_parsed("JSON Lines", source, iter(records)), lost=lost)


def _records(data: Any, depth: int) -> Iterator[Record]:
    """The objects that are articles: the data itself, the members of a list, or what stands under a usual name."""
    if isinstance(data, list):
        for one in data:
            if depth < _DEPTH:
                yield from _records(one, depth + 1)
    elif isinstance(data, dict):
        highlights = data.get("highlights")
        if isinstance(highlights, list):
            yield _highlighted(data, highlights)
            return
        for key in ("results", "items", "entries", "articles", "documents", "list", "data", "bookmarks", "_embedded"):
            inner = data.get(key)
            if isinstance(inner, list | dict) and inner and depth < _DEPTH:
                inner = list(inner.values()) if isinstance(inner, dict) and key == "list" else inner
                yield from _records(inner, depth + 1)
                return
        yield data


def _highlighted(book: dict[str, Any], highlights: list[Any]) -> Record:
    """A source with the passages marked in it: the passages are its text, the notes its comments."""
    parts = [one for one in highlights if isinstance(one, dict)]
    texts = [str(one["text"]) for one in parts if isinstance(one.get("text"), str)]
    notes = [one["note"] for one in parts if isinstance(one.get("note"), str) and one["note"]]
    url = book.get("source_url") or book.get("unique_url")
    return {**book, "text": "\n\n".join(texts), "notes": notes, "url": url, "id": book.get("user_book_id") or url}


def _grouped(rows: list[dict[str, Any]]) -> Iterator[Record]:
    """Rows as they are, but those that each hold one highlight are joined to their source."""
    if not rows or "highlight" not in named(rows[0]):
        yield from rows
        return
    books: dict[tuple[str, str], dict[str, Any]] = {}
    for row in map(named, rows):
        title, author = str(row.get("book_title") or ""), str(row.get("book_author") or "")
        book = books.setdefault((title, author), {"title": title, "author": author, "highlights": []})
        book["highlights"].append({"text": row.get("highlight"), "note": row.get("note")})
    for book in books.values():
        yield _highlighted(book, book["highlights"])


def _ris(text: str) -> Iterator[Record]:
    record: dict[str, Any] = {}
    last = ""
    for line in text.splitlines():
        match = _RIS_LINE.match(line.strip("\ufeff").rstrip())
        if match is None:
            if last and line.strip():
                record[last][-1] += f" {line.strip()}"
        elif match[1] in ("TY", "ER"):
            if len(record) > 0:
                yield _ris_record(record)
            record, last = {}, ""
        else:
            last = _RIS.get(match[1], "")
            if last:
                record.setdefault(last, []).append((match[2] or "").strip())
    if record:
        yield _ris_record(record)


def _ris_record(record: dict[str, Any]) -> Record:
    date = (record.get("date") or record.get("year") or [""])[0].strip("/")
    single = {key: values[0] for key, values in record.items() if key not in ("authors", "notes")}
    authors = [" ".join(reversed([part.strip() for part in name.split(",", 1)])) for name in record.get("authors", [])]
    return {
        **single,
        "authors": authors,
        "notes": record.get("notes", []),
        "date": re.sub(r"/+", "-", date),
        "year": None,
    }
