"""What is known about an article, from its blocks and from what its format says; each fact with its basis."""

import contextlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from reader.capture.article import STATED_ALREADY, Block, Kind, Metadata, PartialDate, Placed, Value
from reader.capture.authorship import authors
from reader.capture.knowledge import Corrections, Learned
from reader.capture.languages import language_of
from reader.capture.origins import outlet_of, place_of
from reader.capture.publication import DAY_FIRST, published_of
from reader.text.clean import clean_line
from reader.text.dates import find_dates
from reader.text.span import Span

Facts = Mapping[str, tuple[tuple[str, str], ...]]


def describe(
    text: str,
    blocks: Sequence[Block],
    facts: Facts,
    learned: Learned | None = None,
    corrections: Corrections | None = None,
    sure: float = 0.8,
) -> Metadata:
    """The metadata of an article; `sure` is how far its title block is to be trusted.

    What the analyst corrected wins, then what the format states, then what stands in the text.
    """
    lines = [line for line in placed_lines(text, blocks) if not line.block.rule.startswith(STATED_ALREADY)]
    language = _fact(facts, "language") or language_of(text, blocks)
    title = _title(lines, facts, sure)
    published = _stated_date(facts, language) or published_of(lines, title.span if title else None, language)
    published = published or _date_made(facts)
    found = Metadata(
        title=title,
        outlet=_fact(facts, "outlet") or outlet_of(text, lines) or _learned_outlet(learned),
        authors=_stated_authors(facts) or authors(lines, title.span if title else None),
        published=published,
        place=_fact(facts, "place") or place_of(text, blocks),
        url=_fact(facts, "url"),
        language=language,
    )
    return _corrected(found, corrections) if corrections else found


def placed_lines(text: str, blocks: Sequence[Block]) -> list[Placed]:
    """The lines of the blocks, in order, each with its place."""
    lines: list[Placed] = []
    for block in blocks:
        held = block.span.of(text)
        if "\n" in held:
            lines += _lines(text, block)
        elif held:
            lines.append(Placed(block.span, held, block))
    return lines


def _lines(text: str, block: Block) -> Iterable[Placed]:
    start = block.span.start
    for part in block.span.of(text).split("\n"):
        if line := part.strip():
            at = start + (0 if part[0] == line[0] else len(part) - len(part.lstrip()))
            yield Placed(Span(at, at + len(line)), line, block)
        start += len(part) + 1


def _fact(facts: Facts, name: str) -> Value[str] | None:
    """What the format states of a field, cleaned to one line."""
    for stated, basis in facts.get(name, ()):
        if value := clean_line(stated):
            return Value(value, basis, 0.9)
    return None


def _title(lines: Sequence[Placed], facts: Facts, sure: float) -> Value[str] | None:
    """The headline: the block of that kind, where the format does not name another that the page also shows."""
    shown = next((line for line in lines if line.block.kind is Kind.TITLE and not line.block.repeats), None)
    block = None
    if shown is not None:
        low = shown.text.casefold()
        again = [line for line in lines if line.block.kind is Kind.TITLE and low.endswith(line.text.casefold())]
        plain = min(again, key=lambda line: (len(line.text), line.text.isupper()))
        block = Value(clean_line(plain.text.lstrip("•*# ")), shown.block.rule, sure, plain.span)
    stated = _fact(facts, "title")
    if stated is None:
        return block
    if block and (same_words(block.value, stated.value) or (len(block.value) > 12 and block.value in stated.value)):
        return Value(block.value, f"{stated.basis}, and the headline on the page", 0.98, block.span)
    return stated


def same_words(one: str, other: str) -> bool:
    """Whether two lines say the same words, whatever stands between them."""
    return _words(one) == _words(other)


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.casefold()).split()


def _stated_authors(facts: Facts) -> Value[tuple[str, ...]] | None:
    for stated, basis in facts.get("authors", ()):
        names = tuple(dict.fromkeys(name for part in stated.split("\n") if (name := clean_line(part, 120))))
        if names:
            return Value(names, basis, 0.9)
    return None


def _stated_date(facts: Facts, language: Value[str] | None) -> Value[PartialDate] | None:
    day_first = True if language is not None and language.value in DAY_FIRST else None
    for stated, basis in facts.get("published", ()):
        if plain := _plain_date(stated.strip()):
            return Value(PartialDate(plain), basis, 0.9)
        for found in find_dates(stated, day_first=day_first):
            if found.iso:
                return Value(PartialDate(found.iso), basis, 0.9 if not found.ambiguous else 0.5)
    return None


def _date_made(facts: Facts) -> Value[PartialDate] | None:
    """When the file was made, where nothing tells when its text appeared: that may have been long before."""
    for stated, basis in facts.get("made", ()):
        for found in find_dates(stated):
            if found.iso:
                return Value(PartialDate(found.iso), basis, 0.3)
    return None


def _plain_date(stated: str) -> str:
    """A date that only a field may hold: a year, a month, eight digits, or the seconds since 1970; empty for others."""
    if match := re.fullmatch(r"((?:1[5-9]|20)\d\d)(?:[-/](0[1-9]|1[0-2]))?", stated):
        return "-".join(filter(None, match.groups()))
    with contextlib.suppress(ValueError, OverflowError):
        if re.fullmatch(r"(?:19|20)\d{6}", stated):
            return date(int(stated[:4]), int(stated[4:6]), int(stated[6:])).isoformat()
        if match := re.fullmatch(r"(\d{9,10})(?:\d{3})?(?:\.\d{1,9})?", stated):
            return (date(1970, 1, 1) + timedelta(days=int(match[1]) // 86_400)).isoformat()
    return ""


def _learned_outlet(learned: Learned | None) -> Value[str] | None:
    return Value(learned.outlet, learned.outlet_basis, 0.6) if learned and learned.outlet else None


def _corrected(found: Metadata, corrections: Corrections) -> Metadata:
    """The metadata with the analyst's own values; an empty one says that the article has none."""

    def chosen(name: str, said: str | None, known: Value[str] | None) -> Value[str] | None:
        if said is None:
            return known
        return Value(said, corrections.basis(name)) if said else None

    authors = found.authors
    if corrections.authors is not None:
        authors = Value(corrections.authors, corrections.basis("authors")) if corrections.authors else None
    published = found.published
    if corrections.published is not None:
        iso = corrections.published
        published = Value(PartialDate(iso), corrections.basis("published")) if iso else None
    return Metadata(
        title=chosen("title", corrections.title, found.title),
        outlet=chosen("outlet", corrections.outlet, found.outlet),
        authors=authors,
        published=published,
        place=chosen("place", corrections.place, found.place),
        url=found.url,
        language=found.language,
    )
