"""Paragraphs, sentences and words of a text, as spans: what the caret moves by and what is marked at once."""

import re
from typing import Final

from reader.text.span import Span, trimmed
from reader.text.wordlists import words_of

_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
    "\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b4d"
    "\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c4d\u0c81-\u0c83\u0cbc-\u0ccd\u0d00-\u0d03\u0d3b-\u0d4d"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)
_WORD: Final = re.compile(rf"[\w{_MARKS}]+(?:['’ʼ‘\-‐‑.](?=\w)[\w{_MARKS}]+)*")

_ENDS: Final = re.compile(r"(?:[.!?…]+|[。！？؟۔।]+)[\"'”’»«)\]]*(?=\s|$)|[。！？]+[”’」』）]*|\n+")
_TITLES: Final = words_of(
    "mr mrs ms dr prof col gen lt maj capt cpl sgt adm cmdr brig sen rep gov pres rev st mt mme mlle sra srta"
)
"""Abbreviations that stand before a name and so never end a sentence."""
_BEFORE_NUMBERS: Final = words_of(
    "no nos nr p pp fig figs vol vols art ch sec abs bd jan feb mar apr jun jul aug sep sept oct nov dec"
)
"""Words that are abbreviations only when a number follows."""
_SHORTENED: Final = words_of("vs etc inc ltd co corp bros jr sr dept approx ed eds ca bzw usw vgl sog tel hrsg al")
_DOTTED: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_OPENERS: Final = words_of(
    "the a an in on at as but and or if it he she they we i you his her their its our this that these those there when "
    "while after before since for from by with what who why how yet so some many most all no not one two now then "
    "der die das ein eine er sie es wir und aber im in am auf le la les un une il elle ils nous et mais el los las una "
    "ella pero en y"
)
"""Words that, with a capital, show that a sentence begins: "in the U.S. The group" against "the U.S. Army"."""


def words(text: str, span: Span | None = None) -> list[Span]:
    """The words inside `span` (the whole text where it is None), with their apostrophes and inner hyphens."""
    start, end = _bounds(text, span)
    return [Span(found.start(), found.end()) for found in _WORD.finditer(text, start, end)]


def sentences(text: str, span: Span | None = None) -> list[Span]:
    """The sentences inside `span`; none crosses a line break, none begins or ends with white space."""
    start, end = _bounds(text, span)
    found: list[Span] = []
    begin = start
    for stop in _ENDS.finditer(text, start, end):
        if stop.group()[0] != "\n" and not _is_end(text, begin, stop, end):
            continue
        begin = _add(found, text, begin, stop.end())
    _add(found, text, begin, end)
    return found


def paragraphs(text: str, span: Span | None = None) -> list[Span]:
    """The paragraphs inside `span`: each line, save that lines which were broken at one width belong together."""
    start, end = _bounds(text, span)
    found: list[Span] = []
    group: list[Span] = []
    position = start
    for line in text[start:end].split("\n"):
        here = trimmed(text, Span(position, position + len(line)))
        position += len(line) + 1
        if here.length:
            group.append(here)
            continue
        found.extend(_paragraphs_of(group))
        group = []
    found.extend(_paragraphs_of(group))
    return found


def _bounds(text: str, span: Span | None) -> tuple[int, int]:
    return (0, len(text)) if span is None else (min(span.start, len(text)), min(span.end, len(text)))


def _add(found: list[Span], text: str, begin: int, end: int) -> int:
    part = trimmed(text, Span(begin, end))
    if part.length:
        found.append(part)
    return end


def _is_end(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    """Whether this mark ends a sentence: not before a small letter, not after a name's initial or an abbreviation."""
    after = text[stop.end() : min(end, stop.end() + 40)].lstrip(" \t\u00a0\"'“‘«(")
    if not after:
        return True
    if after[0].islower():
        return False
    if stop.group()[0] != "." or stop.group().startswith(".."):
        return True
    before = text[max(begin, stop.start() - 40) : stop.start()].split()
    last = before[-1].lstrip("(\"'“‘«[") if before else ""
    low = last.casefold()
    if low in _TITLES or (len(last) == 1 and last.isupper()):
        return False
    if after[0].isdigit():
        return not (low in _BEFORE_NUMBERS or low in _SHORTENED or (last.isdigit() and len(before) == 1))
    if low in _SHORTENED or _DOTTED.fullmatch(last):
        first = _WORD.match(after)
        return first is not None and first.group().casefold() in _OPENERS
    return not (last.isdigit() and len(last) <= 2 and len(before) == 1)


def _paragraphs_of(lines: list[Span]) -> list[Span]:
    """One paragraph for lines broken at one width (none long, all but the last filled), else one for each line."""
    lengths = [line.length for line in lines]
    if len(lines) > 1 and max(lengths) <= 100 and min(lengths[:-1]) >= 45:
        return [lines[0].join(lines[-1])]
    return lines
