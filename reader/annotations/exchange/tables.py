"""One row for each passage, as comma-separated values that no spreadsheet takes for formulas."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from reader.annotations.annotation import Annotation, Stance, Target
from reader.annotations.exchange.material import LARGEST, Material, carried, tags_from
from reader.annotations.identity import id_for, is_id
from reader.annotations.w3c import to_json
from reader.text.clean import clean, clean_line
from reader.text.span import Span

COLUMNS: Final = (
    "id", "article", "outlet", "title", "published", "start", "end", "quote", "stance", "note", "tags", "pen",
    "kind", "reliability", "credibility", "private", "creator", "created", "modified", "annotation",
)  # fmt: skip
"""`annotation` holds all of it as W3C JSON, in the first row of each."""

_RISKY: Final = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_EXTRA: Final = "csv:row"


def guarded(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run as a formula."""
    return "'" + cell if _RISKY.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell


def table(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Comma-separated values with a header line, in UTF-8 with the mark that spreadsheets look for."""
    names = list(columns)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([guarded(row.get(name, "")) for name in names])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def rows_of(data: bytes) -> list[dict[str, str]] | None:
    """The rows of such a table, whatever made it; None where the data is no text with a header line."""
    if len(data) > LARGEST or b"\0" in data:
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    limit = csv.field_size_limit(LARGEST)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(limit)
    if not lines:
        return None
    names = [unguarded(name).strip() for name in lines[0]]
    return [dict(zip(names, map(unguarded, line), strict=False)) for line in lines[1:] if any(line)]


def write(annotations: list[Annotation], material: Material) -> bytes:
    """The annotations as a table with `COLUMNS` and what other tables had beside them."""
    rows = [row for annotation in annotations for row in _rows(annotation, material)]
    others = dict.fromkeys(name for row in rows for name in row if name not in COLUMNS)
    return table([*COLUMNS, *others], rows)


def read(data: bytes, article_of: Callable[[str], str | None]) -> tuple[Annotation, ...] | None:
    """The annotations of a table with the columns `article` and `quote` or `note`; else None."""
    rows = rows_of(data)
    if rows is None or (rows and not ("article" in rows[0] and {"quote", "note"} & rows[0].keys())):
        return None
    if not rows and b"article" not in data.splitlines()[0]:
        return None
    groups: dict[str, list[dict[str, str]]] = {}
    for number, row in enumerate(rows):
        groups.setdefault(row.get("id") or f"row {number}", []).append(row)
    return tuple(_annotation(name, group, article_of) for name, group in groups.items())


def _rows(annotation: Annotation, material: Material) -> list[dict[str, str]]:
    kept = annotation.extra.get(_EXTRA)
    first = {str(key): str(value) for key, value in kept.items()} if isinstance(kept, Mapping) else {}
    first |= {
        "note": annotation.note,
        "tags": "; ".join(annotation.tags),
        "pen": annotation.pen or "",
        "kind": annotation.kind,
        "reliability": annotation.reliability or "",
        "credibility": "" if annotation.credibility is None else str(annotation.credibility),
        "private": "yes" if annotation.private else "",
        "creator": annotation.creator,
        "created": annotation.created,
        "modified": annotation.modified,
        "annotation": json.dumps(to_json(annotation), ensure_ascii=False, sort_keys=True),
    }
    rows: list[dict[str, str]] = []
    for target in annotation.targets:
        source = material.source_of(target.source)
        known = {"outlet": source.outlet, "title": source.title, "published": source.published} if source else {}
        row = {"id": annotation.id, "article": target.source, "quote": target.exact, **known}
        if target.span:
            row |= {"start": str(target.span.start), "end": str(target.span.end)}
        if target.stance:
            row["stance"] = target.stance.value
        rows.append(row | (first if not rows else {}))
    return rows


def _annotation(name: str, rows: list[dict[str, str]], article_of: Callable[[str], str | None]) -> Annotation:
    first = rows[0]
    changes: dict[str, Any] = {}
    if "note" in first:
        changes["note"] = clean(first["note"])
    if "tags" in first:
        changes["tags"] = tags_from(first["tags"])
    if "pen" in first:
        changes["pen"] = clean_line(first["pen"]) or None
    if first.get("annotation"):
        whole = carried(_json(first["annotation"]), **_tags_kept(first, changes))
        if whole is not None:
            return whole
    credibility = first.get("credibility", "")
    kind = first.get("kind") or "note"
    return Annotation(
        id=name if is_id(name) else id_for("csv:" + repr(sorted(first.items()))),
        creator=clean_line(first.get("creator", "")),
        created=clean_line(first.get("created", ""), 64),
        modified=clean_line(first.get("modified", ""), 64),
        targets=tuple(_target(row, article_of) for row in rows),
        kind=kind if kind in ("note", "claim", "link", "grade", "reply") else "note",
        reliability=clean_line(first.get("reliability", "")) or None,
        credibility=int(credibility) if credibility in set("123456") else None,
        private=first.get("private") == "yes",
        extra=_others(first),
        **changes,
    )


def _tags_kept(row: Mapping[str, str], changes: dict[str, Any]) -> dict[str, Any]:
    """The changes without those that only come from how tags are written in one cell."""
    data = _json(row["annotation"])
    try:
        tags = [body["value"] for body in data["body"] if body.get("purpose") == "tagging"]
    except (TypeError, KeyError, AttributeError):
        tags = []
    same = tags_from("; ".join(map(str, tags))) == changes.get("tags")
    return {name: value for name, value in changes.items() if name != "tags" or not same}


def _target(row: Mapping[str, str], article_of: Callable[[str], str | None]) -> Target:
    article = row.get("article", "")
    stance = row.get("stance", "")
    target = Target(
        article_of(article) or clean_line(article, 4000),
        exact=clean(row.get("quote", "")),
        stance=Stance(stance) if stance in tuple(Stance) else None,
    )
    start, end = row.get("start", ""), row.get("end", "")
    if start.isdecimal() and end.isdecimal() and len(start + end) < 30 and int(start) <= int(end):
        return replace(target, span=Span(int(start), int(end)))
    return target


def _others(row: Mapping[str, str]) -> dict[str, Any]:
    others = {key: value for key, value in row.items() if key and key not in COLUMNS and value}
    return {_EXTRA: others} if others else {}


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
