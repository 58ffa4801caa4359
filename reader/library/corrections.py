"""What the analyst corrected, of one article or of a whole outlet: durable, shared, undone step by step."""

import threading
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reader.errors import Refused, WrongUsage
from reader.library.durable import locked, read_json, write_json
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.capture.knowledge import Corrections

SCHEMA: Final = 1
FIELDS: Final = frozenset(("title", "outlet", "authors", "published", "place", "encoding"))
"""What can be corrected beside the kind of a line."""
_WIDE: Final = frozenset(("outlet", "authors", "place"))
"""Fields that can be corrected for a whole outlet: a title or a date belongs to one article."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that the analyst said.

    `article` is the id of the article that it is about, or empty where it holds for the whole `outlet` (named
    as the captures name it). `field` is one of `FIELDS` with its `value` (authors on a line each; empty says
    that the article has none), or "line" with the line's text in `line` and its kind in `value`.
    """

    field: str
    value: str
    article: str = ""
    outlet: str = ""
    line: str = ""
    id: str = ""
    created: str = ""
    creator: str = ""


class CorrectionBook:
    """The corrections of a workspace in the order in which they were made: a later one wins."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._seen: tuple[int, int, int] | None = None
        self._corrections: tuple[Correction, ...] = ()
        self.problem = ""

    def all(self) -> tuple[Correction, ...]:
        """Every correction, the oldest first; another process's are seen as soon as they are saved."""
        with self._lock:
            signature = self._signature()
            if signature != self._seen:
                self._seen = signature
                self._corrections = self._load()
            return self._corrections

    def add(self, corrections: Iterable[Correction], creator: str = "") -> tuple[Correction, ...]:
        """Save corrections, one step of undo together; as they were stored.

        Raises `WrongUsage` for one that makes no sense, and `CannotSave`.
        """
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        step = uuid.uuid4().hex
        stored = tuple(
            replace(_checked(correction), id=f"{step}-{number}", created=now, creator=creator)
            for number, correction in enumerate(corrections)
        )
        self._write(lambda known: known + stored)
        return stored

    def undo(self, creator: str = "") -> tuple[Correction, ...]:
        """Take back the latest step (of this creator, where one is given); what was taken back."""
        taken: list[Correction] = []

        def without_last(known: tuple[Correction, ...]) -> tuple[Correction, ...]:
            own = [correction for correction in known if not creator or correction.creator == creator]
            step = own[-1].id.partition("-")[0] if own else None
            taken.extend(correction for correction in own if correction.id.partition("-")[0] == step)
            return tuple(correction for correction in known if correction not in taken)

        if self.all():
            self._write(without_last)
        return tuple(taken)

    def remove(self, ids: Iterable[str]) -> None:
        """Take back the corrections with these ids."""
        unwanted = frozenset(ids)
        self._write(lambda known: tuple(one for one in known if one.id not in unwanted))

    def rename(self, old: str, new: str) -> None:
        """Carry the corrections of an article over to its new id."""
        if any(correction.article == old for correction in self.all()):
            self._write(lambda known: tuple(replace(c, article=new) if c.article == old else c for c in known))

    def for_file(self, file: str, outlets: Mapping[str, str]) -> "tuple[str | None, dict[str, Corrections]]":
        """What was said about a file (an article's id up to the `#`): the encoding that the analyst chose, if any, and
        what was corrected of its articles, by their ids; `outlets` names the outlet of each.
        """
        known = self.all()
        if not known:
            return None, {}
        chosen = [one.value for one in known if one.field == "encoding" and one.article == file]
        made = {id: self._of(id, outlet) for id, outlet in (outlets or {file: ""}).items()}
        said = {id: corrections for id, corrections in made.items() if corrections is not None}
        return (chosen[-1] or None if chosen else None), said

    def outlets(self) -> frozenset[str]:
        """The outlets about which as wholes anything was said."""
        return frozenset(one.outlet for one in self.all() if not one.article)

    def _of(self, id: str, outlet: str) -> "Corrections | None":
        from reader.capture.article import Kind
        from reader.capture.knowledge import Corrections, line_key

        wide = [one for one in self.all() if not one.article and outlet and one.outlet == outlet]
        own = [one for one in self.all() if one.article == id and one.field != "encoding"]
        if not wide and not own:
            return None
        lines: dict[str, Kind] = {}
        fields: dict[str, Any] = {}
        always: set[str] = set()
        for correction in (*wide, *own):
            if correction.field == "line":
                name = line_key(correction.line)
                lines[name] = Kind(correction.value)
            else:
                name = correction.field
                fields[name] = correction.value
            (always.discard if correction.article else always.add)(name)
        if "authors" in fields:
            fields["authors"] = tuple(filter(None, fields["authors"].split("\n")))
        return Corrections(lines=lines, always=frozenset(always), **fields)

    def _write(self, change: Any) -> None:
        with self._lock, locked(self._path):
            self._seen = None
            known = self.all()
            if self.problem:
                raise Refused("Corrections cannot be changed", self.problem)
            write_json(self._path, {"schema": SCHEMA, "corrections": [_json_of(one) for one in change(known)]})
            self._seen = None

    def _signature(self) -> tuple[int, int, int]:
        try:
            status = self._path.stat()
        except OSError:
            return (0, 0, 0)
        return (status.st_ino, status.st_mtime_ns, status.st_size)

    def _load(self) -> tuple[Correction, ...]:
        self.problem = ""
        try:
            value = read_json(self._path)
            if value is None:
                return ()
            if not isinstance(value, dict) or not isinstance(value.get("corrections"), list):
                raise ValueError("it holds no list of corrections")
            if value.get("schema") != SCHEMA:
                raise ValueError("it was written by a newer Deskreader")
            return tuple(_correction_from(one) for one in value["corrections"])
        except (ValueError, WrongUsage) as error:
            said = error.message if isinstance(error, WrongUsage) else str(error)
            self.problem = f"{self._path.name} cannot be used: {clean_line(said)}. Mend or move it; nothing was lost"
            return ()


def _json_of(correction: Correction) -> dict[str, str]:
    return {name: value for name, value in asdict(correction).items() if value or name == "value"}


def _correction_from(value: Any) -> Correction:
    if not isinstance(value, dict) or not all(isinstance(part, str) for part in value.values()):
        raise ValueError("a correction in it is no object of texts")
    known = {name: value[name] for name in Correction.__slots__ if name in value}
    if not {"field", "value"} <= known.keys():
        raise ValueError("a correction in it lacks its field or value")
    return _checked(Correction(**known))


def _checked(correction: Correction) -> Correction:
    """The correction, cleaned; raises `WrongUsage` where it makes no sense."""
    from reader.capture.article import Kind

    if bool(correction.article) == bool(correction.outlet):
        raise WrongUsage("Not a correction", "It is about one article or about one outlet")
    if correction.field == "line":
        if correction.value not in set(Kind) or not correction.line.strip():
            raise WrongUsage("Not a correction", f"A line is one of: {', '.join(Kind)}")
    elif correction.field not in FIELDS:
        raise WrongUsage("Not a correction", f"A field is one of: {', '.join(sorted(FIELDS))}")
    elif correction.outlet and correction.field not in _WIDE:
        raise WrongUsage("Not a correction", f"For a whole outlet: a line, or {', '.join(sorted(_WIDE))}")
    if correction.field == "published" and not _is_date(correction.value):
        raise WrongUsage("Not a date", f"{clean_line(correction.value)}: write 2015-04-21, 2015-04 or 2015")
    parts = (clean_line(part) for part in correction.value.split("\n"))
    return replace(correction, value="\n".join(part for part in parts if part))


def _is_date(value: str) -> bool:
    if not value:
        return True
    for form in ("%Y-%m-%d", "%Y-%m", "%Y"):
        try:
            if datetime.strptime(value, form).strftime(form) == value:
                return True
        except ValueError:
            continue
    return False
