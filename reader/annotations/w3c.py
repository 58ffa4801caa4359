"""Annotations as the W3C Web Annotation Data Model writes them, and back, losing no key of the file.

What the model has no word for stands under keys that start with `deskreader:`, which JSON-LD reads as
addresses. Whatever this program does not know is kept in `extra`, in the shape of the file, and written
again:

- `Annotation.extra` holds unknown keys; under `creator`, `body`, `motivation` and `@context` what goes beyond
  the
  plain form; in the list under `body`, an entry without a type adds keys to the body of its purpose and
  value.
- `Target.extra` does the same, with `selector` and `state`.
"""

import codecs
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from reader.annotations.annotation import Annotation
from reader.annotations.identity import id_for, is_id
from reader.annotations.passages import as_list, target_from, target_json
from reader.errors import DeskreaderError
from reader.text.clean import clean, clean_line

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
SCHEMA: Final = 1
SCHEMA_KEY: Final = "deskreader:schema"

_URN: Final = "urn:uuid:"
_OWN: Final = "deskreader:"
_KINDS: Final = ("note", "claim", "link", "grade", "reply")
_MOTIVATIONS: Final = {"claim": "assessing", "grade": "assessing", "link": "linking", "reply": "replying"}
_KIND_OF: Final = {"linking": "link", "replying": "reply"}
_COMPUTED: Final = frozenset({"commenting", "highlighting", "tagging", *_MOTIVATIONS.values()})
_KNOWN: Final = frozenset(
    {"@context", "id", "type", "created", "modified", "creator", "motivation", "body", "bodyValue", "target"}
    | {_OWN + key for key in ("schema", "kind", "reliability", "credibility", "private")}
)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse)
_STAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", re.ASCII)


class NotAnAnnotation(DeskreaderError):
    """The data is no W3C annotation, or none that can be read."""

    def __init__(self, reason: str) -> None:
        super().__init__("Not an annotation", reason)


def to_json(annotation: Annotation) -> dict[str, Any]:
    """The annotation as a W3C `Annotation`, its unknown keys included."""
    extra = annotation.extra
    written: dict[str, Any] = {key: value for key, value in extra.items() if key not in _KNOWN}
    written["@context"] = extra.get("@context", CONTEXT)
    written["id"] = urn(annotation.id)
    written["type"] = "Annotation"
    written["motivation"] = _motivation(annotation)
    written["target"] = [target_json(target, annotation.pen) for target in annotation.targets]
    written[SCHEMA_KEY] = SCHEMA
    optional = {
        "created": annotation.created,
        "modified": annotation.modified,
        "creator": _creator_json(annotation),
        "body": _bodies(annotation),
        _OWN + "kind": annotation.kind if annotation.kind != "note" else None,
        _OWN + "reliability": annotation.reliability,
        _OWN + "credibility": annotation.credibility,
        _OWN + "private": annotation.private or None,
    }
    written.update({key: value for key, value in optional.items() if value not in (None, "", [])})
    return written


def from_json(data: object) -> Annotation:
    """The annotation that a W3C `Annotation` describes, by whichever program; raises `NotAnAnnotation`.

    Text is cleaned. An `id` that is not a `urn:uuid:` is kept as `canonical` and stands for a UUID made of
    it.
    """
    if not isinstance(data, dict):
        raise NotAnAnnotation("the file holds no JSON object")
    if "Annotation" not in as_list(data.get("type")):
        raise NotAnAnnotation('its "type" is not "Annotation"')
    found = [target_from(target) for target in as_list(data.get("target"))]
    if not found:
        raise NotAnAnnotation("it has no target")
    targets = tuple(target for target, _pen in found)
    unknown = data.keys() - _KNOWN
    extra = {key: data[key] for key in unknown}
    if data.get("@context") not in (CONTEXT, None):
        extra["@context"] = data["@context"]
    identity = _id_from(data, extra)
    note, tags = _read_bodies(data, extra)
    motivations = [str(one) for one in as_list(data.get("motivation"))]
    others = [one for one in motivations if one not in _COMPUTED]
    if others:
        extra["motivation"] = others
    kind = data.get(_OWN + "kind") or next((_KIND_OF[one] for one in motivations if one in _KIND_OF), "note")
    created, modified = (_stamp(data.get(key)) for key in ("created", "modified"))
    credibility = data.get(_OWN + "credibility")
    return Annotation(
        id=identity,
        creator=_creator_from(data.get("creator"), extra),
        created=created,
        modified=modified or created,
        targets=targets,
        note=note,
        tags=tags,
        pen=next((pen for _target, pen in found if pen), None),
        kind=kind if kind in _KINDS else "note",
        reliability=clean_line(str(data[_OWN + "reliability"])) if data.get(_OWN + "reliability") else None,
        credibility=credibility if isinstance(credibility, int) and not isinstance(credibility, bool) else None,
        private=data.get(_OWN + "private") is True,
        extra=extra,
    )


def page(annotations: Iterable[Annotation]) -> dict[str, Any]:
    """The annotations as one W3C `AnnotationPage`, which has the same address whenever its items are the
    same.
    """
    items = [to_json(annotation) for annotation in annotations]
    address = id_for("\n".join(f"{item['id']} {item.get('modified', '')}" for item in items))
    return {"@context": CONTEXT, "id": urn(address), "type": "AnnotationPage", "items": items}


def urn(identity: str) -> str:
    """The address of the annotation: `urn:uuid:` and its id."""
    return _URN + identity


def schema_of(data: Mapping[str, Any]) -> int:
    """The number of the file's schema; 0 where another program wrote it."""
    number = data.get(SCHEMA_KEY)
    return number if isinstance(number, int) and not isinstance(number, bool) else 0


def dumps(data: object) -> bytes:
    """JSON as the store writes it: keys sorted, indented by one, a newline at the end."""
    text = json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    try:
        return text.encode()
    except UnicodeEncodeError:
        return (json.dumps(data, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()


def loads(data: bytes) -> Any:
    """The JSON of a file; raises `NotAnAnnotation` with the place where it breaks off or goes wrong."""
    try:
        return _DECODER.decode(data.removeprefix(codecs.BOM_UTF8).decode())
    except RecursionError as error:
        raise NotAnAnnotation("it is nested too deeply") from error
    except (ValueError, UnicodeDecodeError) as error:
        raise NotAnAnnotation(f"it is not JSON ({clean_line(str(error), 120)})") from error


def _id_from(data: Mapping[str, Any], extra: dict[str, Any]) -> str:
    address = data.get("id")
    if not isinstance(address, str) or not address:
        raise NotAnAnnotation('it has no "id"')
    plain = address.removeprefix(_URN).lower()
    if is_id(plain):
        return plain
    extra.setdefault("canonical", address)
    return id_for(address)


def _stamp(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return value if _STAMP.fullmatch(value) else clean_line(value, 64)


def _motivation(annotation: Annotation) -> str | list[str]:
    plain = "commenting" if annotation.note else "tagging" if annotation.tags else "highlighting"
    own = _MOTIVATIONS.get(annotation.kind, plain)
    others = annotation.extra.get("motivation")
    return [own, *others] if isinstance(others, list) else own


def _creator_json(annotation: Annotation) -> Any:
    kept = annotation.extra.get("creator")
    if isinstance(kept, dict):
        named = {"type": "Person", **kept}
        return {**named, "name": annotation.creator} if _creator_name(named) != annotation.creator else named
    if kept is not None and _creator_name(kept) == annotation.creator:
        return kept
    return {"type": "Person", "name": annotation.creator} if annotation.creator else None


def _creator_name(creator: object) -> str:
    if isinstance(creator, list):
        return ", ".join(filter(None, map(_creator_name, creator)))
    if isinstance(creator, dict):
        names = (creator.get(key) for key in ("name", "nickname", "id"))
        creator = next((name for name in names if isinstance(name, str) and name), "")
    return clean_line(creator) if isinstance(creator, str) else ""


def _creator_from(creator: object, extra: dict[str, Any]) -> str:
    name = _creator_name(creator)
    if creator is not None and creator != {"type": "Person", "name": name}:
        extra["creator"] = creator
    return name


def _bodies(annotation: Annotation) -> list[dict[str, Any]]:
    kept = [body for body in as_list(annotation.extra.get("body")) if isinstance(body, dict)]
    additions = {(body.get("purpose"), body.get("value")): body for body in kept if "type" not in body}
    bodies = []
    if annotation.note:
        plain = {"type": "TextualBody", "format": "text/markdown", "purpose": "commenting"}
        bodies.append({**plain, **additions.get(("commenting", None), {}), "value": annotation.note})
    for tag in annotation.tags:
        plain = {"type": "TextualBody", "purpose": "tagging"}
        bodies.append({**plain, **additions.get(("tagging", tag), {}), "value": tag})
    return bodies + [body for body in kept if "type" in body]


def _read_bodies(data: Mapping[str, Any], extra: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The note and the tags; what else the bodies hold goes to `extra`."""
    note: str | None = None
    value: Any
    tags: dict[str, None] = {}
    kept: list[dict[str, Any]] = []
    if isinstance(data.get("bodyValue"), str):
        note = clean(data["bodyValue"])
    for body in as_list(data.get("body")):
        value = body.get("value") if isinstance(body, dict) else None
        purpose = body.get("purpose", "commenting") if isinstance(body, dict) else None
        textual = isinstance(value, str) and "TextualBody" in as_list(body.get("type", "TextualBody"))
        tag = clean_line(value) if textual and purpose == "tagging" else ""
        if tag and tag not in tags:
            tags[tag] = None
            plain = {"type": "TextualBody", "purpose": "tagging", "value": tag}
        elif textual and purpose == "commenting" and note is None:
            note = clean(value)
            plain = {"type": "TextualBody", "format": "text/markdown", "purpose": "commenting", "value": note}
        elif isinstance(body, dict):
            kept.append(body if "type" in body else {"type": "TextualBody" if textual else "SpecificResource", **body})
            continue
        else:
            kept.append({"type": "SpecificResource", "source": body} if isinstance(body, str) else {"type": "Unknown"})
            continue
        if body == {"type": "TextualBody", **plain}:
            continue
        added = {key: item for key, item in body.items() if key != "type" and plain.get(key) != item}
        added.pop("value", None)
        if added:
            kept.append({"purpose": purpose, **added, **({"value": plain["value"]} if purpose == "tagging" else {})})
    if kept:
        extra["body"] = kept
    return note or "", tuple(tags)
