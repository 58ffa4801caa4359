"""When an article was published: the date near its headline, never one that the article only speaks of."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from reader.capture.article import Kind, PartialDate, Value
from reader.text.dates import FoundDate, find_dates, reads_day_first, years_with
from reader.text.span import Span

if TYPE_CHECKING:
    from reader.capture.metadata import Placed

_PUBLISHED: Final = re.compile(
    r"publish|posted|erschienen|veröffentlicht|publié|publicado|publicada|pubblicato|gepubliceerd|نشر|تاريخ|первая|date\b|datum|written|created|"
    r"\bon\b|\bam\b|\ble\b",
    re.IGNORECASE,
)
_UPDATED: Final = re.compile(
    r"updat|modif|edited|revised|reviewed|aktualisiert|stand\b|mis à jour|actualizad|aggiornat|تحديث|bijgewerkt|checked|accessed|retrieved",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(r"©|copyright|\(c\)|all rights|established|since|expires|deadline|event", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_RIGHTS: Final = re.compile(
    r"(?:©|copyright|\(c\))[^\n]{0,30}?((?:19|20)\d\d)(?:\s*[-–]\s*((?:19|20)\d\d))?", re.IGNORECASE
)
_DAY_FIRST: Final = frozenset("de fr es it pt nl sv pl tr ru ar fa he el".split())
_ENOUGH: Final = 0.0


def published_of(
    lines: "Sequence[Placed]", title: Span | None, language: Value[str] | None
) -> Value[PartialDate] | None:
    """The date of publication that the page states, or None: a date in the running text is not one."""
    numbered = [(number, line) for number, line in enumerate(lines) if line.block.kind is not Kind.COMMENT]
    at = next((number for number, line in numbered if title and line.span.start == title.start), 0)
    text = [number for number, line in numbered if line.block.kind is Kind.BODY]
    first = next((number for number in text if number > at), text[0] if text else len(lines))
    dated = [
        (number, line, found)
        for number, line in numbered
        if len(line.text) <= 250 and any(c.isdigit() for c in line.text)
        for found in find_dates(line.text)
    ]
    day_first = reads_day_first(found for _, _, found in dated)
    if day_first is None and language is not None and language.value in _DAY_FIRST:
        day_first = True
    best: tuple[float, int, Placed, FoundDate] | None = None
    for number, line, found in dated:
        score = _score(number, line, found, at, first, text[-1] if text else len(lines))
        if best is None or score > best[0]:
            best = (score, number, line, found)
    if best is None or best[0] < _ENOUGH:
        return None
    _, _, line, found = best
    place = found.span.shifted(line.span.start)
    return _value(line.text, found, place, day_first, lines)


def _score(number: int, line: "Placed", found: FoundDate, title: int, first: int, last: int) -> float:
    before = line.text[max(0, found.span.start - 40) : found.span.start]
    score = 1.0 - 0.12 * abs(number - title) if number >= title else 1.0 - 0.2 * (title - number)
    score = max(score, -1.5)
    score += {Kind.DATE: 2.5, Kind.BYLINE: 2.5}.get(line.block.kind, 0.0)
    if line.block.kind in {Kind.BODY, Kind.SUBHEAD}:
        score -= 4.0
    if line.block.kind in {Kind.RELATED, Kind.CAPTION}:
        score -= 2.0
    if _UPDATED.search(before):
        score -= 0.7
    elif _PUBLISHED.search(before):
        score += 1.5
    if _OTHER.search(line.text):
        score -= 4.0
    score += 0.6 if len(line.text) <= 60 else -0.5 if len(line.text) > 120 else 0.0
    if number > first + 2:
        score -= 1.0
    if number > last:
        score -= 1.0
    if len(found.iso) < 10:
        score -= 1.5
    return score


def _value(
    text: str, found: FoundDate, place: Span, day_first: bool | None, lines: "Sequence[Placed]"
) -> Value[PartialDate] | None:
    """The date as a value; one without a year only where its weekday leaves a single year that fits the page."""
    if found.ambiguous and day_first is not None:
        iso = found.readings[0 if day_first else 1]
        order = "day first" if day_first else "month first"
        return Value(PartialDate(iso), f"date line, {order} as the page and its language write", 0.7, place)
    if found.iso:
        label = "updated" if _UPDATED.search(text[: found.span.start]) else "date line near the headline"
        sure = 0.5 if found.ambiguous else 0.85
        return Value(PartialDate(found.iso), f"{label}: {found.basis}", sure, place)
    if found.weekday is None or found.month is None or found.day is None:
        return None
    spoken = [int(year) for line in lines if line.block.kind is Kind.BODY for year in _YEAR.findall(line.text)]
    rights = [int(year) for line in lines for pair in _RIGHTS.findall(line.text) for year in pair if year]
    if not spoken or not rights:
        return None
    fitting = years_with(
        found.weekday,
        found.month,
        found.day,
        max(y for y in spoken if y <= max(rights)) if any(y <= max(rights) for y in spoken) else max(rights),
        max(rights),
    )
    if len(fitting) != 1:
        return None
    iso = f"{fitting[0]:04}-{found.month:02}-{found.day:02}"
    basis = f"year from weekday: {text[found.span.start : found.span.end]} is {fitting[0]}, between the years the page names"
    return Value(PartialDate(iso), basis, 0.6, place)
