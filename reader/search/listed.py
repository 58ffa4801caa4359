"""Hits as files that other programs read: a table, or Markdown with where each quotation comes from."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from reader.search.answer import Hit, Result
from reader.search.matching import why
from reader.search.snippets import in_context

_BESIDE: Final = 80
"""Code points to either side of a hit."""
_COLUMNS: Final = ("query", "outlet", "title", "published", "article", "position", "before", "hit", "after", "why")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """One hit with its article and what stands beside it."""

    result: Result
    hit: Hit
    before: str
    after: str


def found_places(results: Iterable[Result], text_of: Callable[[str], str]) -> Iterator[FoundPlace]:
    """Every hit of the results in order; `text_of` gives an article's text by its id."""
    for result in results:
        text = text_of(result.id) if result.hits else ""
        for hit in result.hits:
            shown = in_context(text, hit, _BESIDE)
            yield FoundPlace(result, hit, shown.left, shown.right)


def as_csv(query: str, places: Iterable[FoundPlace]) -> str:
    """A table with one row for each hit; no cell can be taken for a formula by a spreadsheet."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(_COLUMNS)
    for place in places:
        one, hit = place.result, place.hit
        cells = (query, one.outlet, one.title, one.published, one.id, str(hit.span.start), place.before, hit.word,
                 place.after, why(hit))  # fmt: skip
        table.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return out.getvalue()


def as_markdown(query: str, places: Iterable[FoundPlace]) -> str:
    """The hits under their articles, each quotation with its source."""
    lines = [f"# {_escaped(query)}"]
    last = ""
    for place in places:
        one = place.result
        if one.id != last:
            last = one.id
            lines += ["", f"## {_escaped(one.title)}", ""]
        about = ", ".join(part for part in (one.outlet, one.published, f"{one.id} at {place.hit.span.start}") if part)
        quotation = f"{_escaped(place.before)}**{_escaped(place.hit.word)}**{_escaped(place.after)}"
        lines.append(f"- … {quotation.strip()} … ({_escaped(about)})")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """Text that Markdown takes as it is."""
    line = " ".join(text.split())
    edges = (" " if text[:1].isspace() else "", " " if text[-1:].isspace() else "")
    for sign in "\\`*_[]<>#|~":
        line = line.replace(sign, f"\\{sign}")
    return f"{edges[0]}{line}{edges[1]}" if line else ""
