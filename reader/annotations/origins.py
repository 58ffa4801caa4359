"""Which articles count as one origin: one publisher, one byline, or a text that one took over from the other.

A text counts as taken over when a good part of the runs of words of the shorter article stands in the other one too:
agency copy keeps whole sentences, two reports of one event do not (containment of shingles, Broder 1997).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from reader.annotations.folding import Folded

RUN: Final = 5
"""Words of a run."""
COPIED: Final = 0.25
"""Share of the shorter article's runs that stand in the other from which on the text counts as taken over.

Reports of the same events by different hands shared 2 % at most; a third of a text, taken over with every tenth word
changed and set among as many of one's own, 27 % at least.
"""

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Report:
    """An article as evidence: its id, who published and wrote it, and a function that reads what it says."""

    id: str
    outlet: str
    authors: tuple[str, ...]
    text: Callable[[], str]

    @property
    def name(self) -> str:
        """What it is called among the origins."""
        return self.outlet or self.id

    @property
    def byline(self) -> str:
        """Its authors, whatever their order."""
        return ", ".join(sorted(name.casefold() for name in self.authors))


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins of some articles; `reasons` say why two outlets count as one."""

    by_id: dict[str, str]
    reasons: tuple[str, ...]

    def of(self, id: str) -> str:
        """The origin of an article, by its id; one that nothing is known of is its own."""
        return self.by_id.get(id, id)


def origins(reports: Iterable[Report]) -> Origins:
    """The origins of articles that bear on one claim. Texts are read only where outlet and byline differ."""
    known = list({report.id: report for report in reports}.values())
    first = {report.id: report.name for report in known}
    reasons: list[str] = []

    def join(one: str, other: str) -> None:
        for id, name in first.items():
            if name == other:
                first[id] = one

    for one, other in combinations(known, 2):
        if first[one.id] != first[other.id] and (reason := _joined(one, other)):
            reasons.append(f"{one.name} and {other.name} count once: {reason}")
            join(first[one.id], first[other.id])
    return Origins(first, tuple(reasons))


def _joined(one: Report, other: Report) -> str:
    """Why two articles of different outlets have one origin; empty where they have not."""
    if one.byline and one.byline == other.byline:
        return f"the same byline, {', '.join(one.authors)}"
    share = shared(one.text(), other.text())
    return f"{share:.0%} of the shorter text is in the other" if share >= COPIED else ""


def shared(one: str, other: str) -> float:
    """Which share of the runs of words of the shorter text stands in the other as well, 0 to 1."""
    runs, others = sorted((_runs(one), _runs(other)), key=len)
    return len(runs & others) / len(runs) if runs else 0.0


@lru_cache(maxsize=256)
def _runs(text: str) -> frozenset[int]:
    words = _WORD.findall(Folded(text).text)
    return frozenset(hash(tuple(words[at : at + RUN])) for at in range(len(words) - RUN + 1))
