"""Articles about the same event, found by the names that they share.

Each article is known by a few telling words, names above all, in the form in which transliterations agree. Two
articles are alike by the cosine of these words, rare ones weighing more (Salton and Buckley, "Term-weighting approaches
in automatic text retrieval", 1988), unless their dates lie too far apart; groups are joined from the likest pair on as
long as their members are alike on average (average linkage).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from math import log, sqrt
from typing import Final, NamedTuple

from reader.capture.article import Article, Kind
from reader.text.dates import CALENDAR
from reader.text.spelling import fold_keys, normalise

TELLING: Final = 32
"""Words that an article is known by at most."""
DAYS: Final = 21
"""Days that may lie between two articles on one event."""
SHARED: Final = 3
"""Telling words that two articles on one event have in common at least."""
ALIKE: Final = 0.2
"""Likeness, 0 to 1, from which two articles may be on one event."""
ON_AVERAGE: Final = 0.05
"""Mean likeness of the members of two groups from which they are one."""
_UNSEEN: Final = 50
"""Articles that are imagined besides those there are: in a small folder no word is rare otherwise."""
_COMMON: Final = 40
"""Articles with a word from which on it brings no two of them together, though it still counts."""
_MEETINGS: Final = 2
"""Words that are not common and that two articles share at least: whoever has one alone in common is not compared."""
_NEIGHBOURS: Final = 30
"""Likest articles that are kept of each."""
_LONE: Final = 0.2
"""Share with which a word counts that no other article has: another language or spelling brings many of them."""
_LONG: Final = 4
"""Letters from which on a word tells something in a script without capitals."""
_SHORTEST_KEY: Final = 3
"""Letters of a fold key below which the word itself is kept: short keys are those of many words."""

_PROPER: Final = frozenset({Kind.TITLE, Kind.STANDFIRST, Kind.SUBHEAD, Kind.BODY, Kind.CAPTION})
_WORD: Final = re.compile(r"[^\W\d_]{3,}(?:['’\-‑][^\W\d_]+)*")
_BEGINS: Final = frozenset(".!?:…\"“”„«»'‘’([\n؟。")


class Print(NamedTuple):
    """What an article is known by: its telling words, and the ISO date on which it appeared ("" where unknown)."""

    words: tuple[str, ...]
    published: str = ""


def print_of(article: Article) -> Print:
    """The telling words of an article: those with a capital inside a sentence, long ones where a script has none."""
    said = "\n".join(
        block.span.of(article.text) for block in article.blocks if block.kind in _PROPER and not block.repeats
    )
    counts: Counter[str] = Counter()
    for found in _WORD.finditer(said):
        word = found.group()
        if word[0].islower():
            continue
        if word[0].isupper():
            before = found.start() - 1
            while before >= 0 and said[before] == " ":
                before -= 1
            if before < 0 or said[before] in _BEGINS:
                continue
        elif len(word) < _LONG:
            continue
        counts[word] += 1
    outlet = article.metadata.outlet.value if article.metadata.outlet else ""
    for word in (*_WORD.findall(outlet), *(word for word in counts if word.lower() in CALENDAR)):
        counts.pop(word, None)
    keys = _keys(list(counts))
    title = set(_keys(_WORD.findall(article.title)).values())
    weights: Counter[str] = Counter()
    for word, count in counts.items():
        key = keys[word]
        weights[key] = min(5, weights[key] + count)
    for key in weights:
        weights[key] += 3 if key in title else 0
    published = article.metadata.published.value.iso if article.metadata.published else ""
    return Print(tuple(key for key, _ in weights.most_common(TELLING)), published)


def _keys(words: Sequence[str]) -> dict[str, str]:
    """The form in which spellings of each word agree."""
    normal = [normalise(word) for word in words]
    return {
        word: key if len(key) >= _SHORTEST_KEY else plain
        for word, plain, key in zip(words, normal, fold_keys(normal), strict=True)
    }


def stories(prints: Mapping[str, Print], cancelled: Callable[[], bool] = lambda: False) -> list[list[str]]:
    """Groups of at least two ids on one event, each with its most typical article first; nothing when cancelled."""
    number = len(prints) + _UNSEEN
    holders: dict[str, list[str]] = defaultdict(list)
    for id, known in prints.items():
        for word in known.words:
            holders[word].append(id)
    weights = {word: log(number / len(ids)) for word, ids in holders.items()}
    lone = {word for word, ids in holders.items() if len(ids) == 1}
    norms = {
        id: sqrt(sum(weights[word] ** 2 * (_LONE if word in lone else 1.0) for word in known.words)) or 1.0
        for id, known in prints.items()
    }
    met: Counter[tuple[str, str]] = Counter()
    for ids in holders.values():
        if 1 < len(ids) <= _COMMON:
            met.update(combinations(ids, 2))
        if cancelled():
            return []
    near: dict[str, dict[str, float]] = defaultdict(dict)
    kept = {id: frozenset(known.words) for id, known in prints.items()}
    days = {id: _day(known.published) for id, known in prints.items()}
    for (one, other), meetings in met.items():
        if meetings < _MEETINGS:
            continue
        first, second = days[one], days[other]
        if first is not None and second is not None and abs(first - second) > DAYS:
            continue
        shared = kept[one] & kept[other]
        if len(shared) < SHARED:
            continue
        likeness = sum(weights[word] ** 2 for word in shared) / (norms[one] * norms[other])
        if likeness >= ON_AVERAGE / 4:
            near[one][other] = near[other][one] = likeness
    if cancelled():
        return []
    return _joined(near, cancelled)


def _joined(near: dict[str, dict[str, float]], cancelled: Callable[[], bool]) -> list[list[str]]:
    """Groups joined from the likest pair on, as long as their members are alike on average."""
    pairs = sorted(
        (
            (likeness, one, other)
            for one, others in near.items()
            for other, likeness in _most(others)
            if likeness >= ALIKE and (one < other or one not in dict(_most(near[other])))
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    group: dict[str, list[str]] = {}
    for _, one, other in pairs:
        if cancelled():
            return []
        left, right = group.setdefault(one, [one]), group.setdefault(other, [other])
        if left is right:
            continue
        total = sum(near[a].get(b, 0.0) for a in left for b in right)
        if total / (len(left) * len(right)) >= ON_AVERAGE:
            left.extend(right)
            group.update(dict.fromkeys(right, left))
    whole = {id(members): members for members in group.values() if len(members) > 1}
    return [_typical_first(members, near) for members in whole.values()]


def _most(others: dict[str, float]) -> Iterable[tuple[str, float]]:
    """The likest of them."""
    if len(others) <= _NEIGHBOURS:
        return others.items()
    return sorted(others.items(), key=lambda item: (-item[1], item[0]))[:_NEIGHBOURS]


def _typical_first(members: list[str], near: dict[str, dict[str, float]]) -> list[str]:
    """The members, the one that is likest all others first."""
    among = set(members)
    likeness = {one: sum(value for other, value in near[one].items() if other in among) for one in members}
    return sorted(members, key=lambda one: (-likeness[one], one))


def _day(iso: str) -> int | None:
    """The number of a day, None where the date is not known to the day."""
    try:
        return date.fromisoformat(iso).toordinal() if len(iso) == 10 else None
    except ValueError:
        return None
