"""The comma-separated values of Readwise: those that it takes in, and those that it gives out."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from reader.annotations.annotation import Annotation, Target
from reader.annotations.exchange.material import Material, carried, quotation_of, tags_from
from reader.annotations.exchange.tables import rows_of, table
from reader.annotations.identity import id_for
from reader.annotations.w3c import to_json
from reader.text.clean import clean, clean_line

COLUMNS: Final = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date", "Tags", "Color")
_OWN: Final = "Deskreader"
_EXTRA: Final = "readwise:row"
_TITLES: Final = ("Title", "Book Title")
_DATES: Final = ("Date", "Highlighted at")
_READ: Final = frozenset({"Highlight", "Note", "Tags", _OWN})


def write(annotations: list[Annotation], material: Material) -> bytes:
    """One row for each annotation, by its first passage; the last column holds all of it."""
    rows = [_row(annotation, material) for annotation in annotations]
    others = dict.fromkeys(name for row in rows for name in row if name not in (*COLUMNS, _OWN))
    return table([*COLUMNS, *others, _OWN], rows)


def read(data: bytes, article_of: Callable[[str], str | None]) -> tuple[Annotation, ...] | None:
    """The annotations of a table with a column `Highlight`; else None."""
    rows = rows_of(data)
    if rows is None or (rows and "Highlight" not in rows[0]):
        return None
    if not rows and b"Highlight" not in data.splitlines()[0]:
        return None
    return tuple(_annotation(row, article_of) for row in rows)


def _row(annotation: Annotation, material: Material) -> dict[str, str]:
    target = quotation_of(annotation)
    source = material.source_of(target.source)
    kept = annotation.extra.get(_EXTRA)
    row = {str(key): str(value) for key, value in kept.items()} if isinstance(kept, Mapping) else {}
    if not row:
        row = {"Title": source.title if source else target.source}
        row |= {"Author": ", ".join(source.authors) if source else "", "URL": source.url if source else ""}
        row |= {"Location": str(target.span.start) if target.span else "", "Date": annotation.created}
        row["Color"] = annotation.pen or ""
    row |= {"Highlight": target.exact, "Note": annotation.note, "Tags": ", ".join(annotation.tags)}
    row[_OWN] = json.dumps(to_json(annotation), ensure_ascii=False, sort_keys=True)
    return row


def _annotation(row: Mapping[str, str], article_of: Callable[[str], str | None]) -> Annotation:
    note, tags = clean(row.get("Note", "")), tags_from(row.get("Tags", ""), ",")
    whole = _whole(row.get(_OWN, ""), note, tags)
    if whole is not None:
        return whole
    title = next((row[name] for name in _TITLES if row.get(name)), "")
    date = clean_line(next((row[name] for name in _DATES if row.get(name)), ""), 64)
    source = article_of(row.get("URL", "")) or article_of(title) or clean_line(row.get("URL") or title, 4000)
    extra = {key: value for key, value in row.items() if key and key not in _READ and value}
    return Annotation(
        id=id_for("readwise:" + repr((row.get("Highlight", ""), title, date))),
        creator="",
        created=date,
        modified=date,
        targets=(Target(source, exact=clean(row.get("Highlight", ""))),),
        note=note,
        tags=tags,
        extra={_EXTRA: extra} if extra else {},
    )


def _whole(text: str, note: str, tags: tuple[str, ...]) -> Annotation | None:
    try:
        data = json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
    unchanged = carried(data)
    if unchanged is None:
        return None
    changes: dict[str, Any] = {"note": note}
    if tags_from(", ".join(unchanged.tags), ",") != tags:
        changes["tags"] = tags
    return carried(data, **changes)
