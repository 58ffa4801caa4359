"""When an article was published: the date near its headline, never one that the article only speaks of."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Final

from reader.capture.article import Kind, PartialDate, Placed, Value
from reader.text.dates import DIGIT, FoundDate, find_dates, reads_day_first, years_with
from reader.text.span import Span
from reader.text.wordlists import words_of

_PUBLISHED: Final = re.compile(
    r"publish|posted|erschienen|veröffentlicht|publié|publicado|publicada|pubblicato|gepubliceerd|نشر|تاريخ|первая"
    r"|date\b|datum|written|created|"
    r"\bon\b|\bam\b|\ble\b",
    re.IGNORECASE,
)
_UPDATED: Final = re.compile(
    r"updat|modif|edited|revised|reviewed|aktualisiert|stand\b|mis à jour|actualizad|aggiornat|تحديث|bijgewerkt"
    r"|checked|accessed|retrieved",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(r"©|copyright|\(c\)|all rights|established|since|expires|deadline|event", re.IGNORECASE)
_LABEL: Final = re.compile(
    r"publish|posted|updat|written|note,|erschienen|veröffentlicht|aktualisiert|publié|mis à jour|publicad|actualizad"
    r"|pubblicat|aggiornat|نشر|تحديث",
    re.IGNORECASE,
)
"""What makes a date inside a sentence of the text one of the article's own."""
_INVITES: Final = re.compile(
    r"\b(?:join us|sign up|register|save the date|tickets|rsvp|webinar|book (?:now|your)|melden sie sich an"
    r"|jetzt anmelden|inscrivez-vous|inscríbete)\b",
    re.IGNORECASE,
)
"""Words of a line that asks to come: its date is that of what it asks to."""
_ENDS: Final = (".", "!", "?", ".”", '."', "。", "؟")
_TERM: Final = re.compile(
    r"\b(?:(?:redeem|valid|ends?|expir(?:es|y|ing)|due|closes?|starts?|begins?|effective)"
    r"(?: (?:by|on|from|until|through))?"
    r"|until|till|through|ending|deadline|(?:gültig )?bis(?: zum)?|jusqu['’]au|hasta(?: el)?|حتى)\W{0,3}$",
    re.IGNORECASE,
)
"""What stands before a day on which something ends or begins."""
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_RIGHTS: Final = re.compile(
    r"(?:©|copyright|\(c\))[^\n]{0,30}?((?:19|20)\d\d)(?:\s*[-–]\s*((?:19|20)\d\d))?", re.IGNORECASE
)
_TEXT: Final = frozenset({Kind.BODY, Kind.SUBHEAD, Kind.STANDFIRST})
_BESIDE: Final = frozenset({Kind.RELATED, Kind.CAPTION})
DAY_FIRST: Final = words_of("de fr es it pt nl sv pl tr ru ar fa he el")
_SURE: Final = 0.6
"""From this chance on a date is given; below it, none is."""
_SURE_BY_WEEKDAY: Final = 0.4
"""The same for a date without a year: its weekday has to fit as well."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A date that may be that of publication: where it stands, and the signs by which it is weighed."""

    line: Placed
    found: FoundDate
    signs: dict[str, float]


def published_of(
    lines: "Sequence[Placed]", title: Span | None, language: Value[str] | None
) -> Value[PartialDate] | None:
    """The date of publication that the page states, or None: a date in the running text is not one."""
    held = offers(lines, title)
    if not held:
        return None
    day_first = reads_day_first(offer.found for offer in held)
    if day_first is None and language is not None and language.value in DAY_FIRST:
        day_first = True
    score, best = max(((_score(offer), offer) for offer in held), key=lambda pair: pair[0])
    chance = 1.0 / (1.0 + exp(-score))
    if chance < (_SURE if best.found.iso or best.found.ambiguous else _SURE_BY_WEEKDAY):
        return None
    best = _earlier(best, held)
    place = best.found.span.shifted(best.line.span.start)
    return _value(best, place, day_first, lines, chance)


def _earlier(best: Offer, held: Sequence[Offer]) -> Offer:
    """The date, or the earlier one where another ran into it: a page that says two days shows both of its own."""
    for other in held:
        if other.line is best.line and other is not best and other.found.iso and best.found.iso:
            first, second = sorted((other.found.span, best.found.span))
            if first.end == second.start and len(other.found.iso) == 10:
                return min(other, best, key=lambda offer: offer.found.iso)
    return best


def offers(lines: "Sequence[Placed]", title: Span | None) -> list[Offer]:
    """The dates of short lines outside the comments, each with the signs named in `WEIGHTS`."""
    at = next((n for n, line in enumerate(lines) if title and line.span.start == title.start), 0)
    text = [n for n, line in enumerate(lines) if len(line.text) > 60 and line.block.kind is Kind.BODY]
    first = next((n for n in text if n > at), text[0] if text else len(lines))
    start, last = (text[0], text[-1]) if text else (at, len(lines))
    held: list[Offer] = []
    seen: Counter[str] = Counter()
    for number, line in enumerate(lines):
        if len(line.text) > 250 or not DIGIT.search(line.text) or line.block.kind is Kind.COMMENT:
            continue
        told = line.block.kind is Kind.BODY and len(line.text) > 120 and line.text.endswith(_ENDS)
        told = told or _INVITES.search(line.text) is not None
        end = 0
        for order, found in enumerate(find_dates(line.text)):
            before = line.text[max(end, found.span.start - 40) : found.span.start]
            end = found.span.end
            if _TERM.search(before) or (told and not _LABEL.search(before)):
                continue
            label = before or (lines[number - 1].text[-40:] if number else "")
            seen[found.iso] += 1
            updated = _UPDATED.search(label) is not None
            signs = {
                "near headline": max(0.0, 1.0 - abs(number - at) / 10),
                "right at headline": float(abs(number - at) <= 2),
                "above headline": float(number < at),
                "between": float(at < number <= first),
                "near the start": max(0.0, 1.0 - min(abs(number - first), abs(number - start)) / 8),
                "after text": float(number > last),
                "right after text": float(last < number <= last + 3),
                "far after text": float(number > last + 8),
                "in the text": float(line.block.kind in _TEXT),
                "date line": float(line.block.kind is Kind.DATE),
                "byline": float(line.block.kind is Kind.BYLINE),
                "beside": float(line.block.kind in _BESIDE),
                "updated": float(updated),
                "published": float(not updated and _PUBLISHED.search(label) is not None),
                "rights": float(_OTHER.search(line.text) is not None),
                "short": float(len(line.text) <= 40),
                "long": float(len(line.text) > 110),
                "alone": float(found.span.length >= len(line.text.strip(" •*|-–—")) - 2),
                "not first in line": float(order > 0),
                "listed": float(line.text.lstrip()[:1] in "•*"),
                "no day": float(len(found.iso) == 7),
                "no year": float(len(found.iso) < 5 and not found.ambiguous),
                "ambiguous": float(found.ambiguous),
                "earlier": min(3.0, float(len(held))) / 3,
                "again": float(seen[found.iso] > 1),
                "bias": 1.0,
            }
            held.append(Offer(line, found, signs))
    latest = max((offer.found.iso for offer in held), default="")
    for offer in held:
        offer.signs["latest"] = float(offer.found.iso == latest)
        offer.signs["only"] = float(len(held) == 1)
        offer.signs["first label"] = offer.signs["published"] * float(offer.signs["earlier"] == 0)
    return held


def _score(offer: Offer) -> float:
    return sum(WEIGHTS.get(sign, 0.0) * value for sign, value in offer.signs.items())


WEIGHTS: Final[Mapping[str, float]] = {
    "above headline": 0.88, "after text": 0.17, "again": -1.34, "alone": 0.49, "ambiguous": -1.43,
    "beside": 0.19, "between": 1.57, "byline": 1.28, "date line": -0.04, "earlier": -2.89,
    "far after text": -0.15, "first label": 0.09, "in the text": -0.14, "latest": -0.19, "listed": -1.05,
    "long": -2.61, "near headline": 1.78, "near the start": 0.7, "no day": -2.94, "no year": -4.68,
    "not first in line": -0.58, "only": 0.51, "published": 1.94, "right after text": 0.07,
    "right at headline": -0.23, "rights": -0.09, "short": 0.31, "updated": -1.3, "bias": -0.04,
}  # fmt: skip
"""What each sign counts, fitted on pages whose date is known."""


def _value(
    best: Offer, place: Span, day_first: bool | None, lines: "Sequence[Placed]", sure: float
) -> Value[PartialDate] | None:
    """The date as a value; one without a year only where its weekday leaves a single year that fits the page."""
    found = best.found
    if found.ambiguous and day_first is not None:
        iso = found.readings[0 if day_first else 1]
        order = "day first" if day_first else "month first"
        return Value(PartialDate(iso), f"date line, {order} as the page and its language write", 0.7, place)
    if found.iso:
        label = "updated" if best.signs["updated"] else "date line near the headline"
        sure = min(sure, 0.5) if found.ambiguous else sure
        return Value(PartialDate(found.iso), f"{label}: {found.basis}", round(sure, 2), place)
    if found.weekday is None or found.month is None or found.day is None:
        return None
    spoken = [int(year) for line in lines if line.block.kind is Kind.BODY for year in _YEAR.findall(line.text)]
    rights = [int(year) for line in lines for pair in _RIGHTS.findall(line.text) for year in pair if year]
    if not spoken or not rights:
        return None
    latest = max(rights)
    earliest = max((year for year in spoken if year <= latest), default=latest)
    fitting = years_with(found.weekday, found.month, found.day, earliest, latest)
    if len(fitting) != 1:
        return None
    iso = f"{fitting[0]:04}-{found.month:02}-{found.day:02}"
    said = found.span.of(best.line.text)
    basis = f"year from weekday: {said} is {fitting[0]}, between the years the page names"
    return Value(PartialDate(iso), basis, 0.6, place)
