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

from reader.capture.record_names import Record, has_articles, has_text, named
from reader.capture.records import documents
from reader.capture.source import LINE_LIMIT, TAG_LIMIT, CaptureError, Parsed, Source

_LINES: Final = frozenset({"jsonl", "ndjson", "jsonlines"})
_TABLES: Final = {"csv": ",", "tsv": "\t", "tab": "\t"}
_MORE: Final = "cells without a name"
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
    "N1": "notes", "LA": "language", "CY": "place", "ID": "id", "DO": "doi", "KW": "keywords",
}  # fmt: skip
_ONCE: Final = frozenset(_RIS.values()) - {"authors", "notes", "keywords"}
_RIS_START: Final = re.compile(r"^[ \t]*ty  ?- ", re.M)
_BOOKMARK: Final = re.compile(r"<a\s([^<>]{1,6000})>([^<]{0,2000})</a>(?:\s{0,9}<dd>([^<]{0,9000}))?", re.I)
_ATTRIBUTE: Final = re.compile(r"([a-z_]{1,20})\s{0,9}=\s{0,9}\"([^\"]{0,4000})\"", re.I)
_SEPARATOR: Final = re.compile(r"sep=(.)\r?\n", re.I)
"""The first line by which spreadsheets tell each other what parts the cells."""
_HOLDERS: Final = (
    "results", "items", "entries", "articles", "documents", "list", "data", "bookmarks", "_embedded", "@graph"
)  # fmt: skip
"""What lists of articles go by."""
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
    if not by_name and not any(map(has_articles, records)):
        return None
    return _parsed("JSON", source, iter(records))


def parse_table(source: Source) -> Parsed | None:
    """CSV and TSV with named columns, those of Pocket, Instapaper and Readwise among them."""
    if source.extension not in _TABLES:
        return None
    text = source.text.replace("\0", "\ufffd").lstrip("\ufeff\r\n")
    told = _SEPARATOR.match(text)
    text = text[told.end() :] if told else text
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    counts = {mark: first.count(mark) for mark in (_TABLES[source.extension], ";", ",", "\t", "|")}
    mark = told[1] if told and told[1] in counts else max(counts, key=lambda mark: counts[mark])
    csv.field_size_limit(_CELL_LIMIT)
    try:
        rows = list(islice(csv.DictReader(io.StringIO(text, newline=""), restkey=_MORE, delimiter=mark), LINE_LIMIT))
    except csv.Error as error:
        raise CaptureError(f"This table is broken ({error})", "Export it again as CSV") from None
    if len(rows) == LINE_LIMIT:
        raise CaptureError(f"This table has {LINE_LIMIT:,} rows or more", "Split it")
    if not rows or not has_articles(name for name in rows[0] if name):
        advice = "Name them in the first row: title, text, author, date, url, outlet"
        raise CaptureError("This table has no columns that make articles", advice)
    parsed = _parsed("CSV", source, _grouped(rows))
    wide = next((number for number, row in enumerate(rows, 2) if row.get(_MORE)), 0)
    if wide and not parsed.lost:
        reason = f"Row {wide:,} has more cells than the first row names"
        return replace(parsed, lost=CaptureError(reason, f"Put its cells that hold {mark!r} into quotes"))
    return parsed


def parse_ris(source: Source) -> Parsed | None:
    """RIS, as libraries and Zotero write it."""
    begins = _RIS_START.search if source.extension == "ris" else _RIS_START.match
    if not begins(source.opening):
        return None
    return _parsed("RIS", source, _ris(source.text))


def parse_bookmarks(source: Source) -> Parsed | None:
    """The pages of links that Pocket, Instapaper and browsers export; their titles and addresses are what there is."""
    if "<" not in source.opening[:1000] or not _BOOKMARK_PAGE.search(source.opening[:1000]):
        return None
    if source.data.count(b"<") > 4 * TAG_LIMIT:
        raise CaptureError("This list of bookmarks is too long", "Split it into parts")
    return _parsed("bookmarks", source, map(_bookmark, _BOOKMARK.findall(source.text)))


def _bookmark(found: tuple[str, str, str]) -> Record:
    """What a list of links says of one: besides title and address its tags, its time and its description."""
    said = {name.lower(): html.unescape(value) for name, value in _ATTRIBUTE.findall(found[0]) if value}
    said.pop("icon", None)
    address = said.pop("href", "")
    title, description = (html.unescape(text).strip() for text in found[1:])
    return {**said, "title": title, "url": address, "description": description}


def _parsed(what: str, source: Source, records: Iterator[Record]) -> Parsed:
    articles, lost = documents(records, what)
    return Parsed(what, source.encoding_name, articles, lost)


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
    parsed = _parsed("JSON Lines", source, iter(records))
    return replace(parsed, lost=lost or parsed.lost)


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
        own = has_articles(data)
        for key in _HOLDERS:
            inner = data.get(key)
            if not isinstance(inner, list | dict) or depth >= _DEPTH:
                continue
            inner = list(inner.values()) if isinstance(inner, dict) and key == "list" else inner
            held = list(_records(inner, depth + 1))
            if held and (not own or any(map(has_articles, held))):
                yield from _of_feed(data, held)
                return
        inside = [one for one in data.values() if isinstance(one, dict)] if not own else []
        if inside and len(inside) == len(data) and any(map(has_articles, inside)):
            yield from inside
        else:
            yield data


def _of_feed(feed: Record, held: list[Record]) -> Iterator[Record]:
    """The entries of a JSON feed, with what it says of itself for all of them; of other lists the entries alone."""
    if "jsonfeed" not in str(feed.get("version")):
        yield from held
        return
    for record in held:
        yield {"feed_title": feed.get("title"), "language": feed.get("language"), **record}


def _highlighted(book: dict[str, Any], highlights: list[Any]) -> Record:
    """A source with the passages marked in it: the passages are its text, the notes its comments."""
    parts = [one for one in highlights if isinstance(one, dict)]
    texts = [str(one["text"]) for one in parts if isinstance(one.get("text"), str)]
    notes = [one["note"] for one in parts if isinstance(one.get("note"), str) and one["note"]]
    url = book.get("source_url") or book.get("unique_url")
    name = book.get("user_book_id") or url
    kept = {key: value for key, value in book.items() if key not in ("highlights", "source")}  # where it was read
    whole = {} if has_text(book) else {"text": "\n\n".join(texts)}
    return {**kept, **whole, "notes": notes, "url": url, "id": name}


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
            last = _RIS.get(match[1], match[1])
            record.setdefault(last, []).append((match[2] or "").strip())
    if record:
        yield _ris_record(record)


def _ris_record(record: dict[str, Any]) -> Record:
    date = next((said for name in ("date", "year") for value in record.get(name, ()) if (said := value.strip("/"))), "")
    single = {name: values[0] if name in _ONCE else values for name, values in record.items() if name != "year"}
    authors = [" ".join(reversed([part.strip() for part in name.split(",", 1)])) for name in record.get("authors", [])]
    return {**single, "authors": authors, "date": re.sub(r"/+", "-", date)}
