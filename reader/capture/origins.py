"""Where an article comes from: its outlet, only by evidence on the page, and the place that its dateline names."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from reader.capture.article import Block, Kind, Placed, Value
from reader.capture.bylines import authors_of
from reader.text.span import Span
from reader.text.wordlists import words_of

_AGENCIES: Final = words_of(
    "reuters|afp|agence france-presse|ap|associated press|the associated press|dpa|epa|xinhua|tass|anadolu"
    "|anadolu agency|getty images|getty|efe|"
    "ansa|interfax|pti|ians|kyodo|sky news|cnn|bbc|al jazeera|twitter|facebook|youtube|instagram",
    "|",
)
"""Whose words and pictures others carry: naming one is no sign that the page is theirs."""
_SOURCE: Final = re.compile(
    r"(?:source|quelle|fuente|fonte|المصدر)\s*[:：]\s*(?P<name>[^\W\d_].{1,40}?)\s*\.?$", re.IGNORECASE
)
_RIGHTS: Final = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\)|copyright|by|\d{4}(?:\s*[-–]\s*(?:\d{4}|present))?"
    r"|[,\s])*\s*(?P<name>[^\W\d_][^.|,©•·–—\n]{1,40}?)(?=\s*(?:[.|,©•·–—]|all rights|inc\b|ltd\b|llc\b|gmbh\b"
    r"|\d{4}|$))",
    re.IGNORECASE,
)
_TOLD: Final = re.compile(
    r"\b(?:told|tell|tells|said to|in an interview with|speaking to|spoke to|sagte|dit à"
    r"|dijo a)\s+(?P<name>(?:the\s+)?[A-ZÀ-Þ][\w'’-]*(?:\s+[A-ZÀ-Þ][\w'’-]*){0,2})"
)
_DATELINE: Final = re.compile(
    r"(?P<place>[A-ZÀ-ÞĀ-Ž][A-ZÀ-ÞĀ-Ž'’.\- ]{2,30}?(?:,\s[A-ZÀ-Þ][\w.]+(?:\s[A-ZÀ-Þ][\w.]+)?)?)"
    r"(?:\s*\([\w ./’-]{2,30}\)\s*[-–—:]*\s|\s?[-–—]{1,2}\s|:\s|\u00a0+)(?=[\"“‘]?[A-ZÀ-Þ\d])"
)
_TEXT: Final = frozenset({Kind.BODY, Kind.STANDFIRST})
_NO_PLACE: Final = words_of(
    "breaking update updated exclusive watch read new video photos analysis opinion note editor live by the"
)


def outlet_of(text: str, lines: "Sequence[Placed]") -> Value[str] | None:
    """The outlet whose page this is, with what shows it; None where nothing does. Agencies cited are not outlets."""
    for line in lines:
        if line.block.kind is Kind.CREDIT and (found := _SOURCE.match(line.text)):
            name = " ".join(found["name"].split())
            if name.casefold() not in _AGENCIES:
                backed = any(o.block.kind is Kind.BYLINE and o.text.strip() == name for o in lines)
                why = f"byline and source line: {name}" if backed else f"source line: {line.text.strip()}"
                return Value(name, why, 0.9 if backed else 0.6, _inside(line, found))
    for line in reversed(lines):
        if line.block.kind is Kind.BOILERPLATE and (found := _RIGHTS.search(line.text)):
            name = " ".join(found["name"].split()).strip(" -–|")
            if (
                2 < len(name) <= 40
                and name.casefold() not in _AGENCIES
                and not name.casefold().startswith(("all rights", "copyright"))
            ):
                return Value(name, "rights notice", 0.7, _inside(line, found))
    for line in lines:
        if line.block.kind is Kind.BYLINE and not authors_of(line.text) and not any(map(str.isdigit, line.text)):
            name = " ".join(line.text.split()).strip(" •*|")
            if (
                name.casefold() not in _AGENCIES
                and name.count(" ") <= 3
                and line.block.rule.startswith("the outlet signs")
            ):
                return Value(name, "byline in the outlet's own name", 0.7, line.span)
    return _told(text, lines)


def _inside(line: Placed, found: re.Match[str]) -> Span:
    return Span(line.span.start + found.start("name"), line.span.start + found.end("name"))


def _told(text: str, lines: "Sequence[Placed]") -> Value[str] | None:
    """The one body that sources speak to, time and again: a page says "told us" by its outlet's name."""
    named: Counter[str] = Counter()
    places: dict[str, Span] = {}
    for line in lines:
        if line.block.kind is not Kind.BODY:
            continue
        for found in _TOLD.finditer(line.text):
            name = found["name"].removesuffix("'s").removesuffix("’s")
            named[name] += 1
            places.setdefault(name, _inside(line, found))
    if not named:
        return None
    (name, count), *others = named.most_common(2)
    if count < 2 or name.casefold().removeprefix("the ") in _AGENCIES or (others and others[0][1] * 2 > count):
        return None
    return Value(name, f"sources speak to it {count} times in the text", 0.6, places[name])


def place_of(text: str, blocks: Sequence[Block]) -> Value[str] | None:
    """The place of a dateline, as in "DUHOK Internal clashes …" or "BERLIN (dpa) – …", with small letters."""
    first = itertools.islice((block for block in blocks if block.kind in _TEXT), 3)
    for block in first:
        found = _DATELINE.match(text, block.span.start, block.span.end)
        if found is None:
            continue
        place = found["place"].strip(" .,-")
        if place.casefold().split()[0] in _NO_PLACE or len(place) < 3:
            continue
        named = " ".join(word.capitalize() if word.isupper() and len(word) > 2 else word for word in place.split())
        return Value(named, "dateline", 0.9, Span(found.start("place"), found.start("place") + len(place)))
    return None
