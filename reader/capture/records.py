"""One article as a record of named fields, as databases and reading services export it."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from reader.capture.article import OTHER_FIELD, Kind
from reader.capture.document import Document, Line, supposed
from reader.capture.given_names import GIVEN_NAMES
from reader.capture.html import fragment_lines, text_of
from reader.capture.html_structured import plain
from reader.capture.record_names import NAMES, Record, named
from reader.capture.source import ARTICLE_LIMIT, CaptureError, Facts, add_fact, frozen, unique_fragments
from reader.text.dates import find_dates, reads_day_first

_STATES: Final = frozenset({"new", "later", "shortlist", "archive", "feed", "inbox", "unread"})
"""What reading services call a location: a list of theirs, and no place on earth."""
_TURNED: Final = re.compile(r"([^,;]{2,40}),\s*([^\s,;][^,;]{0,40})")
_LED: Final = re.compile(r"(?i)^(?:by\b:?|par|por)\s+")


def documents(records: Iterable[Record], what: str) -> tuple[tuple[Document, ...], CaptureError | None]:
    """An article for each record that has a title, a text or an address, and what to say of those that have none.

    Raises CaptureError where none has.
    """
    rows = [named(record) for record in islice(records, ARTICLE_LIMIT + 1)]
    if len(rows) > ARTICLE_LIMIT:
        raise CaptureError(f"This {what} holds more than {ARTICLE_LIMIT:,} articles", "Split it")
    dates = [_text(_field(row, "published")) for row in rows]
    day_first = reads_day_first(found for date in dates if len(date) < 40 for found in find_dates(date))
    made = [_document(row, what, day_first) for row in rows]
    whole = [one for one in made if one is not None]
    if not whole:
        raise CaptureError(f"This {what} holds no articles", "Name its fields title, text, author, date and url")
    passed = sum(one is None and any(map(_text, row.values())) for one, row in zip(made, rows, strict=True))
    reason = f"{passed:,} of its records have no title, text or address"
    lost = CaptureError(reason, "Give them one") if passed else None
    fragments = unique_fragments(key for key, _ in whole)
    return tuple(Document(one.lines, one.facts, name) for (_, one), name in zip(whole, fragments, strict=True)), lost


def _document(record: Record, what: str, day_first: bool | None) -> tuple[str, Document] | None:
    title, text, url = (_text(_field(record, name)) for name in ("title", "text", "url"))
    if not (title.strip() or text.strip() or url.strip()):
        return None
    facts: Facts = {}
    basis = f"field of the {what}"
    key = _key(record, url, title, text)
    title = plain(title) if "<" in title else " ".join(title.split())
    add_fact(facts, "title", title, basis)
    authors = _people(_field(record, "authors"))
    add_fact(facts, "authors", "\n".join(authors), basis)
    date = _text(_field(record, "published"))
    if not date and not any(name in record for name in NAMES["published"]):
        date = _text(_field(record, "saved"))
    for found in find_dates(date, day_first=day_first) if day_first is not None else ():
        add_fact(facts, "published", found.iso, f"{basis}, {found.basis}")
    add_fact(facts, "published", date, basis)
    outlet = _text(_field(record, "outlet"))
    if re.match(r"https?://", outlet):
        outlet, url = "", url or outlet
    add_fact(facts, "outlet", outlet, basis)
    place = _text(_field(record, "place"))
    add_fact(facts, "place", "" if place.casefold() in _STATES or not place.strip("0123456789. ") else place, basis)
    add_fact(facts, "language", _text(_field(record, "language")), basis)
    if re.match(r"https?://", url):
        add_fact(facts, "url", url, basis)
    lines = [Line(title, Kind.TITLE, basis)] if title else []
    if authors:
        lines.append(Line(", ".join(authors), Kind.BYLINE, basis))
    if date:
        lines.append(Line(date, Kind.DATE, basis))
    summary = _text(_field(record, "summary"))
    if summary and summary not in text:
        lines += [Line(line.text, Kind.STANDFIRST, basis, confidence=0.8) for line in fragment_lines(summary)]
    lines += _body(text)
    for note in (note for name in NAMES["notes"] for note in _strings(record.get(name))):
        lines += [Line(line.text, Kind.COMMENT, "note in the export") for line in fragment_lines(note)]
    if url:
        lines.append(Line(url, Kind.CREDIT, "address in the export"))
    lines += _others(record, lines, what)
    return key, Document(tuple(lines), frozen(facts))


def _others(record: Record, lines: list[Line], what: str) -> Iterator[Line]:
    """What the fields say that make no part of the article: folded, and not lost."""
    told = " ".join(" ".join(line.text for line in lines).split())
    for name, value in record.items():
        if name in NAMES["title"] or name in NAMES["authors"]:
            continue  # they stand in the article as one says them
        said = ", ".join(_strings(value)) if isinstance(value, list) else _text(value)
        said = text_of(said)[0] if said.startswith("<") and len(text_of(said)) == 1 else said
        if said.strip() and not said.startswith("<") and " ".join(said.split()) not in told:
            for number, line in enumerate(said.splitlines()):
                yield Line(line if number else f"{name}: {line}", Kind.BOILERPLATE, f"{OTHER_FIELD} of the {what}")


def _body(text: str) -> list[Line]:
    if re.search(r"<(?:p|div|br|h[1-6]|ul|li|blockquote|article)[\s>/]", text, re.I):
        return fragment_lines(text)
    return supposed(text.splitlines())


def _field(record: Record, name: str) -> Any:
    return next((record[key] for key in NAMES[name] if record.get(key) not in (None, "", [], {})), None)


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
    """The names that a field gives, each as one says it: given name first, without "by"."""
    if isinstance(value, str):
        parts = _parted(_LED.sub("", value.strip()))
        whole = ";" in value and all(_TURNED.fullmatch(part.strip()) for part in parts)
        return [name for part in parts if (name := " ".join(_turned(part.strip(), whole).split()))]
    if isinstance(value, dict) and not {"family", "given", "name", "literal"}.intersection(value):
        value = list(value.values())
    found: list[str] = []
    for one in (value if isinstance(value, list) else [value])[:200]:
        if isinstance(one, dict) and (one.get("family") or one.get("given")):
            found.append(
                " ".join(str(one[key]) for key in ("given", "non-dropping-particle", "family") if one.get(key))
            )
        elif name := _text(one):
            found.append(_LED.sub("", name))
    return [" ".join(name.split()) for name in found if name.strip()]


def _parted(names: str) -> list[str]:
    """The names in a cell: a list as programs write it, or parted by semicolons, lines, commas or "and"."""
    if names.startswith("[") and names.endswith("]"):
        found = re.findall(r"'([^']*)'(?=\s*[,\]])|\"([^\"]*)\"", names)
        return [one or other for one, other in found] or [names[1:-1]]
    if re.search(r"[;\n|]", names):
        return re.split(r"[;\n|]", names)
    parts = [part.strip() for part in re.split(r",|\s+(?:and|und|et|y)\s+|\s+&\s+", names) if part.strip()]
    return parts if all(" " in part for part in parts) else [names]


def _turned(name: str, surely: bool) -> str:
    """A name as one says it, where its family name stands in front."""
    match = _TURNED.fullmatch(name)
    given = match[2].split()[0] if match else ""
    if match and (surely or given.casefold() in GIVEN_NAMES or re.fullmatch(r"[A-Z]\.", given)):
        return f"{match[2]} {match[1]}"
    return name
