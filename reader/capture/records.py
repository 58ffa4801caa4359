"""One article as a record of named fields, as databases and reading services export it."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from reader.capture.article import Kind
from reader.capture.document import Document, Line
from reader.capture.html import fragment_lines
from reader.capture.source import ARTICLE_LIMIT, CaptureError, Facts, add_fact, frozen, unique_fragments

Record = Mapping[str, Any]

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "headline", "resolved_title", "given_title", "name", "subject", "book_title", "titel", "titre"),
    "text": (
        "text",
        "body",
        "content",
        "content_html",
        "content_text",
        "article",
        "article_text",
        "fulltext",
        "full_text",
        "body_text",
        "articlebody",
        "raw_text",
        "plain_text",
        "maintext",
        "markdown",
        "html",
        "story",
        "selection",
        "message",
        "inhalt",
        "texte",
    ),
    "summary": ("summary", "abstract", "description", "excerpt", "standfirst", "subtitle", "lead", "dek", "preview"),
    "authors": (
        "authors",
        "author",
        "byline",
        "creator",
        "by",
        "published_by",
        "writer",
        "book_author",
        "autor",
        "auteur",
    ),
    "published": (
        "published",
        "published_at",
        "date_published",
        "publish_date",
        "publication_date",
        "pub_date",
        "pubdate",
        "date",
        "published_date",
        "issued",
        "timestamp_published",
        "created_at",
        "created",
        "datum",
    ),
    "outlet": (
        "outlet",
        "source_name",
        "publisher",
        "publication",
        "site_name",
        "site",
        "domain_name",
        "container_title",
        "newspaper",
        "journal",
        "feed_title",
        "source",
        "domain",
        "media",
        "website",
    ),
    "url": (
        "url",
        "link",
        "source_url",
        "resolved_url",
        "given_url",
        "uri",
        "permalink",
        "canonical_url",
        "href",
        "address",
    ),
    "place": ("place", "location", "dateline", "city"),
    "language": ("language", "lang"),
    "notes": ("note", "notes", "annotation", "my_note", "comment"),
    "id": ("id", "guid", "uuid", "item_id", "doi", "key", "hash", "article_id"),
}
"""The names that a field goes by, best first; compared in lower case with `_` for spaces and dashes."""


def named(record: Record) -> dict[str, Any]:
    """A record with its keys in one spelling."""
    return {re.sub(r"[\s.-]+", "_", str(key).strip().lower().lstrip("\ufeff")): value for key, value in record.items()}


def has_articles(names: Iterable[str]) -> bool:
    """Whether fields of these names can make an article: it needs a title, a text or an address."""
    known = set(named(dict.fromkeys(names)))
    return any(known.intersection(_NAMES[field]) for field in ("title", "text", "url"))


def documents(records: Iterable[Record], what: str) -> tuple[Document, ...]:
    """An article for each record that has a title, a text or an address; raises CaptureError where none has."""
    made: list[tuple[str, Document]] = []
    for record in records:
        if len(made) >= ARTICLE_LIMIT:
            raise CaptureError(f"This {what} holds more than {ARTICLE_LIMIT:,} articles", "Split it")
        one = _document(named(record), what)
        if one is not None:
            made.append(one)
    if not made:
        raise CaptureError(f"This {what} holds no artic"
                           f"les", "Name its fields title, text, author, date and url")
    fragments = unique_fragments(key for key, _ in made)
    return tuple(Document(one.lines, one.facts, name) for (_, one), name in zip(made, fragments, strict=True))


def _document(record: Record, what: str) -> tuple[str, Document] | None:
    title, text, url = (_text(_field(record, name)) for name in ("title", "text", "url"))
    if not (title or text.strip() or url):
        return None
    facts: Facts = {}
    basis = f"field of the {what}"
    add_fact(facts, "title", " ".join(title.split()), basis)
    people = _people(_field(record, "authors"))
    add_fact(facts, "authors", "\n".join(people), basis)
    date = _text(_field(record, "published"))
    add_fact(facts, "published", date, basis)
    for name in ("outlet", "place", "language"):
        add_fact(facts, name, _text(_field(record, name)), basis)
    if re.match(r"https?://", url):
        add_fact(facts, "url", url, basis)
    lines = [Line(" ".join(title.split()), Kind.TITLE, basis)] if title else []
    if people:
        lines.append(Line(", ".join(people), Kind.BYLINE, basis))
    if date:
        lines.append(Line(date, Kind.DATE, basis))
    summary = _text(_field(record, "summary"))
    if summary and summary not in text:
        lines += [Line(line.text, Kind.STANDFIRST, basis, confidence=0.8) for line in fragment_lines(summary)]
    lines += _body(text)
    for note in _strings(_field(record, "notes")):
        lines += [Line(line.text, Kind.COMMENT, "note in the export") for line in fragment_lines(note)]
    if url:
        lines.append(Line(url, Kind.CREDIT, "address in the export"))
    return _key(record, url, title, text), Document(tuple(lines), frozen(facts))


def _body(text: str) -> list[Line]:
    if re.search(r"<(?:p|div|br|h[1-6]|ul|li|blockquote|article)[\s>/]", text, re.I):
        return fragment_lines(text)
    return [Line(line) for line in text.splitlines()]


def _field(record: Record, name: str) -> Any:
    return next((record[key] for key in _NAMES[name] if record.get(key) not in (None, "", [], {})), None)


def _key(record: Record, url: str, title: str, text: str) -> str:
    """What the article is known by when the export is made again: its id, its address, else its own words."""
    name = _text(_field(record, "id")) or url or title or text
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:12]


def _text(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, str):
        return value.strip("\ufeff")
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return "\n".join(filter(None, map(_text, value[:10_000]))) if _shallow(value) else ""
    if isinstance(value, dict):
        parts = value.get("date-parts")
        if isinstance(parts, list) and parts and isinstance(parts[0], list):
            return "-".join(str(part).zfill(2) for part in parts[0][:3])
        return next(
            (
                _text(value[key])
                for key in ("raw", "literal", "name", "title", "text", "value")
                if isinstance(value.get(key), str)
            ),
            "",
        )
    return ""


def _shallow(value: list[Any]) -> bool:
    return all(isinstance(one, str | int | float | dict) for one in value)


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for one in values[:10_000] if (text := _text(one))]


def _people(value: Any) -> list[str]:
    if isinstance(value, str):
        if re.search(r"[;\n|]", value):
            return [part.strip() for part in re.split(r"[;\n|]", value) if part.strip()]
        parts = [part.strip() for part in re.split(r",|\s+and\s+|\s+&\s+", value) if part.strip()]
        return parts if all(" " in part for part in parts) else [value.strip()]
    if not isinstance(value, list):
        value = [value]
    found = []
    for one in value[:200]:
        if isinstance(one, dict) and (one.get("family") or one.get("given")):
            found.append(
                " ".join(str(one[key]) for key in ("given", "non-dropping-particle", "family") if one.get(key))
            )
        elif name := _text(one):
            found.append(name)
    return [" ".join(name.split()) for name in found if name.strip()]
