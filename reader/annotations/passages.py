"""The targets of a W3C annotation: passages of articles as resources, selectors and states."""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, unquote

from reader.annotations.annotation import Stance, Target
from reader.text.clean import clean, clean_line
from reader.text.span import Span

_QUOTE: Final = "TextQuoteSelector"
_POSITION: Final = "TextPositionSelector"
_QUOTE_KEYS: Final = frozenset({"type", "exact", "prefix", "suffix"})
_POSITION_KEYS: Final = frozenset({"type", "start", "end"})
_STANCE: Final = "deskreader:stance"
_KNOWN: Final = frozenset({"type", "source", "selector", "state", "styleClass", _STANCE})
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|urn:|mailto:|doi:", re.ASCII)
_ENCODED: Final = re.compile(r"""[\x00-\x20%?:\\^`{|}<>"\x7f-\x9f\udc80-\udcff\s]""")
_SNAPSHOT: Final = re.compile(r"snapshots/([0-9a-f]{64})\.txt\.gz")
_LARGEST: Final = 1 << 53


def as_list(value: object) -> list[Any]:
    """The value as a list: none for None, itself for a list, else one entry, as JSON-LD means it."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def target_json(target: Target, pen: str | None) -> dict[str, Any]:
    """The passage as a `SpecificResource`: what is selected, in which text, drawn with which pen."""
    extra = target.extra
    written: dict[str, Any] = {key: value for key, value in extra.items() if key not in _KNOWN}
    written["type"] = extra.get("type", "SpecificResource")
    address = address_of(target.source)
    source = extra.get("source")
    written["source"] = {**source, "id": address} if isinstance(source, dict) else address
    selectors = _selectors(target)
    if selectors:
        written["selector"] = selectors
    states: list[Any] = as_list(extra.get("state"))
    if target.text_sha256:
        states = [{"type": "TimeState", "cached": f"snapshots/{target.text_sha256}.txt.gz"}, *states]
    if states:
        written["state"] = states if len(states) > 1 else states[0]
    if pen or extra.get("styleClass"):
        written["styleClass"] = pen or extra.get("styleClass")
    if target.stance:
        written[_STANCE] = target.stance.value
    return written


def target_from(data: object) -> tuple[Target, str | None]:
    """The passage that a target describes, and its pen."""
    if not isinstance(data, dict):
        return Target(source_of(data) if isinstance(data, str) else ""), None
    if "source" not in data:
        return Target(source_of(str(data.get("id", ""))), extra={"source": data}), None
    unknown = data.keys() - _KNOWN
    extra = {key: data[key] for key in unknown}
    if data.get("type", "SpecificResource") != "SpecificResource":
        extra["type"] = data["type"]
    source = data["source"]
    if isinstance(source, dict):
        extra["source"] = source
        source = source.get("id", "")
    found = _read_selectors(data.get("selector"), extra)
    sha256, states = "", []
    for state in as_list(data.get("state")):
        cached = state.get("cached") if isinstance(state, dict) else None
        match = _SNAPSHOT.fullmatch(cached) if isinstance(cached, str) else None
        if match and not sha256 and state == {"type": "TimeState", "cached": cached}:
            sha256 = match.group(1)
        else:
            states.append(state)
    if states:
        extra["state"] = states
    pen = data.get("styleClass")
    stance = data.get(_STANCE)
    target = Target(
        source=source_of(source if isinstance(source, str) else ""),
        text_sha256=sha256,
        stance=Stance(stance) if stance in tuple(Stance) else None,
        extra=extra,
        **found,
    )
    return target, clean_line(pen) or None if isinstance(pen, str) else None


def address_of(source: str) -> str:
    """An article's id as an IRI reference relative to the library; a full address stays as it is."""
    if _ABSOLUTE.match(source):
        return source
    return _ENCODED.sub(lambda found: quote(found.group(), safe="", errors="surrogateescape"), source)


def source_of(address: str) -> str:
    """The article's id that an IRI reference stands for: `address_of` undone."""
    if _ABSOLUTE.match(address):
        return clean_line(address, 4000)
    return unquote(address, errors="surrogateescape")


def _selectors(target: Target) -> list[Any]:
    kept = as_list(target.extra.get("selector"))
    additions = {one["type"]: one for one in kept if isinstance(one, dict) and set(one) & {"adds"}}
    selectors: list[Any] = []
    if target.exact or target.prefix or target.suffix:
        written = {"type": _QUOTE, "exact": target.exact}
        written |= {key: text for key, text in (("prefix", target.prefix), ("suffix", target.suffix)) if text}
        selectors.append({**additions.get(_QUOTE, {}).get("adds", {}), **written})
    if target.span is not None:
        written_span = {"type": _POSITION, "start": target.span.start, "end": target.span.end}
        selectors.append({**additions.get(_POSITION, {}).get("adds", {}), **written_span})
    return selectors + [one for one in kept if not (isinstance(one, dict) and "adds" in one)]


def _read_selectors(data: object, extra: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    kept: list[Any] = []
    for selector in as_list(data):
        kind = selector.get("type") if isinstance(selector, dict) else None
        if kind == _QUOTE and "exact" not in found and isinstance(selector.get("exact"), str):
            texts = {key: selector.get(key, "") for key in ("exact", "prefix", "suffix")}
            found.update({key: clean(text) if isinstance(text, str) else "" for key, text in texts.items()})
            known = _QUOTE_KEYS
        elif kind == _POSITION and "span" not in found and _is_span(selector):
            found["span"] = Span(selector["start"], selector["end"])
            known = _POSITION_KEYS
        else:
            kept.append(selector)
            continue
        if not selector.keys() <= known:
            added = {key: value for key, value in selector.items() if key not in known}
            kept.append({"type": kind, "adds": added})
    if kept:
        extra["selector"] = kept
    return found


def _is_span(selector: Mapping[str, Any]) -> bool:
    start, end = selector.get("start"), selector.get("end")
    return type(start) is int and type(end) is int and 0 <= start <= end < _LARGEST
