"""All notes of the workspace as rows that are filtered, sorted and grouped.

A filter is typed: words, and `tag: pen: outlet: by: kind: state: in: since: until:` with a value each, quoted
where it holds spaces, a minus before what must not be. Nothing typed is an error: what is no field is a word.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reader.annotations.annotation import Annotation, State, Target
from reader.annotations.codebook import Codebook
from reader.annotations.exchange.material import Source, nothing
from reader.annotations.folding import Folded

FIELDS: Final = ("tag", "pen", "outlet", "by", "kind", "state", "in", "since", "until")
GROUPINGS: Final = ("article", "tag", "pen", "outlet", "by", "kind", "state", "month")

_PART: Final = re.compile(r'(-?)(?:(\w+):)?(?:"([^"]*)"?|([^\s"]+))')
_DATE: Final = re.compile(r"\d{4}(-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: a field and its value, or a word ("" as field); `no` turns it round."""

    field: str
    value: str
    no: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """What was typed, understood: all terms must hold. `text` is the typing itself."""

    text: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One passage in the list of all notes, and what the list shows and sorts by."""

    annotation: Annotation
    target: Target
    state: State
    outlet: str
    title: str

    @property
    def start(self) -> int:
        """Where the passage stood; -1 for a whole article."""
        return self.target.span.start if self.target.span else -1


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading."""

    label: str
    rows: tuple[Row, ...]


def parse(text: str) -> Filter:
    """What was typed, as a filter. A date that is none, and a field that is not known, are words."""
    terms: list[Term] = []
    for match in _PART.finditer(text):
        no, field, value = bool(match[1]), (match[2] or "").lower(), match[3] or match[4] or ""
        if field and (field not in FIELDS or (field in ("since", "until") and not _DATE.fullmatch(value))):
            value, field = f"{match[2]}:{value}", ""
        if value:
            terms.append(Term(field, value, no))
    return Filter(text, tuple(terms))


def rows(
    annotations: Iterable[Annotation],
    source_of: Callable[[str], Source | None] = nothing,
    states: Mapping[tuple[str, int], State] | None = None,
) -> list[Row]:
    """A row for each passage; `states` by annotation id and number of the passage, *placed* where it has none."""
    found: list[Row] = []
    sources: dict[str, Source | None] = {}
    for annotation in annotations:
        for index, target in enumerate(annotation.targets):
            if target.source not in sources:
                sources[target.source] = source_of(target.source)
            source = sources[target.source]
            state = (states or {}).get((annotation.id, index), State.PLACED)
            outlet, title = (source.outlet, source.title) if source else ("", "")
            found.append(Row(annotation, target, state, outlet, title or target.source))
    return found


def select(found: Iterable[Row], wanted: Filter, book: Codebook | None = None) -> list[Row]:
    """The rows for which every term holds; a tag also stands for those below it in the codebook."""
    known = book or Codebook()
    tests = [(_test(term, known), term.no) for term in wanted.terms]
    return [row for row in found if all(test(row) != no for test, no in tests)]


def grouped(found: Iterable[Row], by: str = "article") -> list[Group]:
    """The rows under headings, in the order of article and text; a note with several tags stands under each."""
    groups: dict[str, list[Row]] = {}
    for row in sorted(found, key=lambda one: (one.outlet, one.title, one.target.source, one.start, one.annotation.id)):
        for label in _labels(row, by):
            groups.setdefault(label, []).append(row)
    newest = by == "month"
    order = sorted(groups, key=lambda label: label.casefold(), reverse=newest)
    last = [label for label in order if label] + [label for label in order if not label]
    return [Group(label, tuple(groups[label])) for label in last]


def _labels(row: Row, by: str) -> tuple[str, ...]:
    annotation = row.annotation
    labels = {
        "tag": annotation.tags or ("",),
        "pen": (annotation.pen or "",),
        "outlet": (row.outlet,),
        "by": (annotation.creator,),
        "kind": (annotation.kind,),
        "state": (row.state.value,),
        "month": (annotation.created[:7],),
    }
    return labels.get(by, (row.title,))


def _test(term: Term, book: Codebook) -> Callable[[Row], bool]:
    value = _folded(term.value)
    if term.field == "tag":
        below = {_folded(code.name) for code, _ in book.tree() if value in map(_folded, book.above(code.name))}
        return lambda row: any(_folded(tag) == value or _folded(tag) in below for tag in row.annotation.tags)
    if term.field in ("since", "until"):
        return _dated(term)
    if term.field:
        return lambda row: value in _folded(_fact(row, term.field))
    return lambda row: value in _folded(_words(row))


def _dated(term: Term) -> Callable[[Row], bool]:
    """A month or a year is meant whole: `until:2019` holds for its last day."""
    length = len(term.value)
    if term.field == "since":
        return lambda row: row.annotation.created[:length] >= term.value
    return lambda row: bool(row.annotation.created) and row.annotation.created[:length] <= term.value


def _fact(row: Row, field: str) -> str:
    if field == "in":
        return f"{row.target.source} {row.title}"
    facts = {"pen": row.annotation.pen or "", "by": row.annotation.creator, "kind": row.annotation.kind}
    return {**facts, "outlet": row.outlet, "state": row.state.value}[field]


def _words(row: Row) -> str:
    annotation = row.annotation
    return "\n".join([row.target.exact, annotation.note, " ".join(annotation.tags), row.title])


@lru_cache(maxsize=50_000)
def _folded(text: str) -> str:
    return Folded(text).text.strip()
