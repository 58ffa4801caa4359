"""Dates as people write them, found in text: each with what it says, on what basis, and what it leaves open.

Nothing is filled in from the clock. A day and month without a year stay without one, save that a weekday narrows the
years that fit (`years_with`); 3/4/2015 is marked ambiguous until something tells the two readings apart.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final

from reader.text.span import Span
from reader.text.wordlists import any_of, words_of

_MONTHS: Final = (
    "january jan janvier janv januar jänner enero ene gennaio janeiro januari يناير كانون_الثاني جانفي",
    "february feb février fevrier févr fév februar feber febrero febbraio fevereiro februari فبراير شباط فيفري",
    "march mar mars märz maerz mrz marzo março maart مارس آذار اذار",
    "april apr avril avr abril abr aprile أبريل ابريل نيسان أفريل إبريل",
    "may mai mayo maggio maio mei مايو أيار ايار ماي",
    "june jun juin juni junio giugno junho يونيو حزيران جوان",
    "july jul juillet juil juli julio luglio julho يوليو تموز جويلية يوليوز",
    "august aug août aout agosto ago augustus augusti أغسطس اغسطس آب اب أوت غشت",
    "september sep sept septembre septiembre setiembre settembre setembro سبتمبر أيلول ايلول شتنبر",
    "october oct octobre oktober okt octubre ottobre outubro أكتوبر اكتوبر تشرين_الأول تشرين_الاول",
    "november nov novembre noviembre novembro نوفمبر تشرين_الثاني نونبر",
    "december dec décembre decembre déc dezember dez diciembre dic dicembre dezembro "
    "ديسمبر كانون_الأول كانون_الاول دجنبر",
)
_WEEKDAYS: Final = (
    "monday mon lundi lun montag mo lunes lunedì segunda-feira maandag الاثنين الإثنين",
    "tuesday tue tues mardi mar dienstag di martes martedì terça-feira dinsdag الثلاثاء",
    "wednesday wed mercredi mer mittwoch mi miércoles mercoledì quarta-feira woensdag الأربعاء الاربعاء",
    "thursday thu thur thurs jeudi jeu donnerstag do jueves giovedì quinta-feira donderdag الخميس",
    "friday fri vendredi ven freitag fr viernes venerdì sexta-feira vrijdag الجمعة",
    "saturday sat samedi sam samstag sonnabend sa sábado sabato zaterdag السبت",
    "sunday sun dimanche dim sonntag so domingo domenica zondag الأحد الاحد",
)
_MONTH: Final = {name.replace("_", " "): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_WEEKDAY: Final = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
CALENDAR: Final = frozenset((*_MONTH, *_WEEKDAY))
"""The names of months and weekdays, in lower case."""
_ALSO_WORDS: Final = words_of("may march mar mai mars ago jun mei ene dic set آب اب ماي")
"""Month names that are other words as well: believed only with a day and a year, or with a capital."""


MONTH_NAMES: Final = any_of(_MONTH)
"""A pattern of all month names known here, for use inside a larger expression; any case."""
_DAY: Final = r"(?P<day>(?:0?[1-9]|[12]\d|3[01]|[٠-٩]{1,2}))(?:st|nd|rd|th|er|ère|º|ª|\.)?"
_NAME: Final = rf"(?P<month>{MONTH_NAMES})\b\.?"
_YEAR: Final = r"(?P<year>(?:1[89]|20)\d\d|[١٢][٠-٩]{3})"
_OVER: Final = r"(?!\d(?!\d?[\s-]?[Mm]in))"
"""The year's end; a reading time may have run on to it ("2026" and "12 min read")."""
_LEAD: Final = rf"(?:\b(?P<weekday>{any_of(_WEEKDAY)})\b\.?,?\s*(?:the\s+|den\s+|le\s+|el\s+)?\(?)?"
_PATTERNS: Final = (
    rf"(?<![\d/.-]){_LEAD}(?<!\d){_DAY}[\s-]*(?:of\s+|de\s+|d['’])?{_NAME}(?:\s?/\s?[^\W\d_]+)?[,.\s/-]*(?:(?:de"
    rf"|del)\s+)?{_YEAR}{_OVER}",
    rf"{_LEAD}(?<![^\W\d_]){_NAME}[\s-]*{_DAY}\)?,?[\s,-]+{_YEAR}{_OVER}",
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<day>0?[1-9]|[12]\d"
    r"|3[01])(?!\d)",
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>1[0-2]|0?[1-9])\s?[月월]\s?(?P<day>[12]\d|3[01]"
    r"|0?[1-9])\s?[日일]",
    r"(?<![\d/.-])(?P<one>\d{1,2})\s?(?P<mark>[-/.])\s?(?P<two>\d{1,2})\s?(?P=mark)\s?(?P<year>(?:19|20)\d\d"
    r"|\d\d)(?![\d/-])(?!\.\d)",
    rf"(?<![^\W\d_]){_NAME}[,\s]+(?:de\s+)?{_YEAR}(?!\d)",
    rf"{_LEAD}(?<![^\W\d_]){_NAME}\s*(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:])\)?",
    rf"(?<![\d/.,-]){_LEAD}(?<!\d){_DAY}\s*(?:of\s+|de\s+)?{_NAME}(?!\s*\d)",
)
"""The spellings, the most telling first: a later one does not take what an earlier one has read."""
_NUMERIC: Final = frozenset({2, 3, 4})
"""Which of them need no name of a month."""
_PREFIXES: Final = frozenset(name[:3] for name in _MONTH)
DIGIT: Final = re.compile(r"\d")
"""What every date holds at least one of."""
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_SHORT: Final = 300
_NUMBER: Final = re.compile(r"\d+")
_REACH: Final = 45
"""How far from a number the rest of its date can stand, in code points."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date at `span`. `iso` is ISO 8601, cut after the last known part, and empty where the year is not said.

    `basis` says how it was read. `ambiguous` marks a numeric date that may be day-first or month-first: `iso` then
    holds only the year, and `readings` the two whole dates, day-first first. `weekday` is 0 for Monday.
    """

    span: Span
    iso: str
    basis: str
    ambiguous: bool = False
    readings: tuple[str, ...] = ()
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


def find_dates(text: str, span: Span | None = None, *, day_first: bool | None = None) -> list[FoundDate]:
    """The dates inside `span` (the whole text where it is None) in text order, none overlapping another.

    `day_first` says how the page writes numeric dates, where that is known.
    """
    if span is None and len(text) <= _SHORT:
        return list(_found_in(text, day_first))
    start, end = (0, len(text)) if span is None else (span.start, min(span.end, len(text)))
    return _find(text, start, end, day_first)


@lru_cache(maxsize=4096)
def _found_in(text: str, day_first: bool | None) -> tuple[FoundDate, ...]:
    """The dates of a short line; lines come up again and again while a page is read."""
    return tuple(_find(text, 0, len(text), day_first))


def _find(text: str, start: int, end: int, day_first: bool | None) -> list[FoundDate]:
    found: list[FoundDate] = []
    windows = _windows(text, start, end)
    named = any(word[:3] in _PREFIXES for low, high in windows for word in _LETTERS.findall(text[low:high].casefold()))
    for number, pattern in enumerate(_patterns() if windows else ()):
        if not named and number not in _NUMERIC:
            continue
        for match in (match for low, high in windows for match in pattern.finditer(text, low, high)):
            here = Span(*match.span())
            if any(here.overlaps(other.span) for other in found):
                continue
            read = _read(match, here, day_first)
            if read is not None:
                found.append(read)
    return sorted(found, key=lambda item: item.span)


def years_with(weekday: int, month: int, day: int, first: int, last: int) -> list[int]:
    """The years from `first` to `last` in which that day of that month falls on `weekday` (0 is Monday)."""
    return [year for year in range(first, last + 1) if (made := _date(year, month, day)) and made.weekday() == weekday]


def reads_day_first(dates: Iterable[FoundDate]) -> bool | None:
    """How a page writes its numeric dates, by those that can be read in one way only; None where nothing tells."""
    first = {found.basis for found in dates if found.basis in {_DAY_FIRST, _MONTH_FIRST}}
    return None if len(first) != 1 else first == {_DAY_FIRST}


_DAY_FIRST: Final = "numbers, day first"
_MONTH_FIRST: Final = "numbers, month first"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PATTERNS)


def _windows(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of `text` near a number, where alone a date can be; each ends between words."""
    windows: list[tuple[int, int]] = []
    for number in _NUMBER.finditer(text, start, end):
        low, high = max(start, number.start() - _REACH), min(end, number.end() + _REACH)
        while high < end and not text[high].isspace() and high < number.end() + 2 * _REACH:
            high += 1
        if windows and windows[-1][1] >= low:
            windows[-1] = (windows[-1][0], high)
        else:
            windows.append((low, high))
    return windows


def _read(match: re.Match[str], span: Span, day_first: bool | None) -> FoundDate | None:
    parts = match.groupdict()
    if parts.get("one") is not None:
        return _numeric(int(parts["one"]), int(parts["two"]), parts["year"], parts["mark"], span, day_first)
    named = " ".join(parts["month"].casefold().split())
    month = int(named) if named.isdigit() else _MONTH[named]
    year = int(parts["year"]) if parts.get("year") else None
    day = int(parts["day"]) if parts.get("day") else None
    if named in _ALSO_WORDS and (day is None or year is None) and not parts["month"][0].isupper():
        return None
    weekday = _WEEKDAY.get(parts["weekday"].casefold()) if parts.get("weekday") else None
    if year is None:
        if day is None or _date(2000, month, day) is None:
            return None
        return FoundDate(span, "", "day and month without a year", month=month, day=day, weekday=weekday)
    if day is None:
        return FoundDate(span, f"{year:04}-{month:02}", "month and year", month=month)
    if _date(year, month, day) is None:
        return None
    basis = "written out" if not named.isdigit() else "year first"
    return FoundDate(span, f"{year:04}-{month:02}-{day:02}", basis, month=month, day=day, weekday=weekday)


def _numeric(one: int, two: int, written: str, mark: str, span: Span, day_first: bool | None) -> FoundDate | None:
    """A date of three numbers; with dots the day stands first, else the numbers themselves must tell."""
    year = int(written) if len(written) == 4 else 2000 + int(written) if int(written) < 70 else 1900 + int(written)
    readings = [(one, two), (two, one)]
    possible = [made for day, month in readings if (made := _date(year, month, day))]
    if not possible or (len(written) == 2 and mark == "-"):
        return None
    if mark == "." and (made := _date(year, two, one)):
        return FoundDate(span, made.isoformat(), _DAY_FIRST, month=made.month, day=made.day)
    if len(possible) == 1 or one == two:
        basis = _DAY_FIRST if one > 12 else _MONTH_FIRST if two > 12 else "numbers, the same either way"
        return FoundDate(span, possible[0].isoformat(), basis, month=possible[0].month, day=possible[0].day)
    if day_first is not None:
        chosen = possible[0] if day_first else possible[1]
        order = "day first" if day_first else "month first"
        return FoundDate(
            span, chosen.isoformat(), f"numbers, {order} as elsewhere on the page", month=chosen.month, day=chosen.day
        )
    readable = tuple(made.isoformat() for made in possible)
    return FoundDate(
        span, f"{year:04}", f"{readable[0]} or {readable[1]}: day and month are not told apart", True, readable
    )


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
