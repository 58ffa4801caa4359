"""The JSON of the Hypothesis service: its rows, with offsets in UTF-16 units.

Its fields: `id created updated user uri text tags group permissions target document`. The whole annotation
travels under `deskreader`. Rows made elsewhere keep what is not known here in `extra` and give it back.
"""

from collections.abc import Mapping
from typing import Any, Final

from reader.annotations.annotation import Annotation, Target
from reader.annotations.exchange.material import Articles, Material, carried, from_utf16
from reader.annotations.exchange.pages import json_of
from reader.annotations.identity import digest, id_for
from reader.annotations.passages import as_list
from reader.annotations.selectors import CONTEXT
from reader.annotations.w3c import dumps, to_json
from reader.text.clean import clean, clean_line

_ROW: Final = "hypothesis:row"
_OWN: Final = "deskreader"
_READ: Final = frozenset({"text", "tags", "created", "updated", _OWN})
_ADDRESS: Final = "https://hypothes.is/a/"


def write(annotations: list[Annotation], material: Material) -> bytes:
    """The annotations as an answer of the service: `total` and `rows`."""
    rows = [_row(annotation, material) for annotation in annotations]
    return dumps({"total": len(rows), "rows": rows})


def read(data: bytes, articles: Articles) -> tuple[Annotation, ...] | None:
    """The annotations of such an answer or a list of rows; None where it is neither."""
    found = json_of(data)
    if isinstance(found, dict) and "rows" not in found and "annotations" in found:
        found = {"rows": found["annotations"]}
    rows = found.get("rows") if isinstance(found, dict) else found
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return None
    if any("uri" not in row or "target" not in row for row in rows):
        return None
    return tuple(_annotation(row, articles) for row in rows)


def _row(annotation: Annotation, material: Material) -> dict[str, Any]:
    kept = annotation.extra.get(_ROW)
    row: dict[str, Any] = dict(kept) if isinstance(kept, Mapping) else {}
    source = material.source_of(annotation.source)
    address = source.url if source and source.url else f"urn:x-deskreader:{annotation.source}"
    row.setdefault("id", annotation.id)
    row.setdefault("uri", address)
    row.setdefault("group", "__world__")
    user = f"acct:{annotation.creator}@deskreader.local"
    reads = [user] if annotation.private else ["group:__world__"]
    row.setdefault("permissions", {"read": reads, "update": [user], "delete": [user], "admin": [user]})
    if source and source.title:
        row.setdefault("document", {"title": [source.title]})
    row.setdefault("target", [_target(target, address, material) for target in annotation.targets])
    if _user(row.get("user")) != annotation.creator:
        row["user"] = user
    row |= {"created": annotation.created, "updated": annotation.modified}
    row |= {"text": annotation.note, "tags": list(annotation.tags), _OWN: to_json(annotation)}
    return row


def _target(target: Target, address: str, material: Material) -> dict[str, Any]:
    selectors: list[dict[str, Any]] = []
    place = material.utf16(target)
    if place is not None:
        selectors.append({"type": "TextPositionSelector", "start": place[0], "end": place[1]})
    if target.exact:
        quote = {"type": "TextQuoteSelector", "exact": target.exact}
        selectors.append(quote | {"prefix": target.prefix, "suffix": target.suffix})
    return {"source": address, **({"selector": selectors} if selectors else {})}


def _annotation(row: Mapping[str, Any], articles: Articles) -> Annotation:
    note = clean(row["text"]) if isinstance(row.get("text"), str) else ""
    tags = tuple(
        dict.fromkeys(tag for one in as_list(row.get("tags")) if isinstance(one, str) and (tag := clean_line(one)))
    )
    whole = carried(row[_OWN], note=note, tags=tags) if _OWN in row else None
    if whole is not None:
        return whole
    address = str(row.get("uri", ""))
    source = articles(address) or clean_line(address, 4000)
    text = articles.text_of(source)
    targets = tuple(_passage(target, source, text) for target in as_list(row.get("target")))
    created, updated = (str(row.get(key) or "") for key in ("created", "updated"))
    permissions = row.get("permissions")
    readers = as_list(permissions.get("read")) if isinstance(permissions, Mapping) else []
    return Annotation(
        id=id_for(_ADDRESS + str(row.get("id", ""))),
        creator=_user(row.get("user")),
        created=clean_line(created, 64),
        modified=clean_line(updated or created, 64),
        targets=targets or (Target(source),),
        note=note,
        tags=tags,
        private=bool(readers) and not any(str(one).startswith("group:") for one in readers),
        extra={_ROW: {key: value for key, value in row.items() if key not in _READ}},
    )


def _passage(target: Any, source: str, text: str | None) -> Target:
    """The passage by its offsets where they fit the capture's text, else by its quotation alone.

    The service counts on the web page, which is seldom the same text, letter by letter, as the capture.
    """
    selectors = (
        [one for one in as_list(target.get("selector")) if isinstance(one, dict)] if isinstance(target, dict) else []
    )
    quoted = next((one for one in selectors if one.get("type") == "TextQuoteSelector"), {})
    place = next((one for one in selectors if one.get("type") == "TextPositionSelector"), {})
    exact, prefix, suffix = (
        clean(value) if isinstance(value := quoted.get(key), str) else "" for key in ("exact", "prefix", "suffix")
    )
    start, end = place.get("start"), place.get("end")
    if text is not None and isinstance(start, int) and isinstance(end, int):
        span = from_utf16(text, start, end)
        if span and span.length and span.of(text) == (exact or span.of(text)):
            around = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
            return Target(source, digest(text.encode("utf-8", "replace")), span, span.of(text), *around)
    return Target(source, exact=exact, prefix=prefix, suffix=suffix)


def _user(account: object) -> str:
    return clean_line(account.removeprefix("acct:").partition("@")[0]) if isinstance(account, str) else ""
