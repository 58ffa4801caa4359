"""A typed word becomes the known words that may be meant, each with a weight and the reason."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from reader.search.answer import Match
from reader.search.vocabulary import Words
from reader.text.spelling import attached, normalise, same_script, skeleton, soft_forms, without_article, words

MOST_VARIANTS: Final = 64
EXACT_WEIGHT: Final = 1.0
PREFIX_WEIGHT: Final = 0.8
SPELLING_WEIGHT: Final = 0.75
OTHER_INITIAL_WEIGHT: Final = 0.6
EDIT_WEIGHTS: Final = (1.0, 0.6, 0.35)
BEGINNING_EDIT_WEIGHT: Final = 0.45
KNOWN_WELL: Final = 3
"""A typed word that so many articles hold is no slip: its approximate alternatives count half, and none is two slips
away.
"""
APPROXIMATE: Final = frozenset({Match.SPELLING, Match.EDIT})
"""The reasons of words that are only like the typed one: they weigh less than all others."""
_SHORTEST_PREFIX: Final = 2
_SHORTEST_SOUND: Final = 4
_SHORTEST_EDIT_PREFIX: Final = 5
_LEAST_LIKENESS: Final = 0.65
_LEAST_LIKENESS_SHORT: Final = 0.75
_SHORT_KEY: Final = 2
_SHORT_HEARD: Final = 4
_MOST_PER_SLIP: Final = 8
_MOST_LETTERS_MORE: Final = 4
_MOST_REMEMBERED: Final = 1_000
_Made = TypeVar("_Made")
Reason: TypeAlias = tuple[str, float, Match]
"""A word that may be meant, with its weight where the typed one is not known well."""


class Variant(NamedTuple):
    """A known word that answers a typed one, with its `frequency` (see `Words`). `capitals` when only its spelling in
    capitals counts (IS, not is).
    """

    word: str
    weight: float
    match: Match
    frequency: int
    capitals: bool = False


@dataclass(frozen=True)
class NameGroups:
    """Names that the analyst accepted as one: each typed name finds all of its group.

    `members` gives, for a name as normalised words, the other names of its groups; the flag says that
    the name is a short one in capitals, which only the same capitals answer.
    """

    members: Mapping[tuple[str, ...], tuple[tuple[tuple[str, ...], bool], ...]] = field(default_factory=dict)
    longest: int = 1

    @classmethod
    def of(cls, groups: Iterable[Iterable[str]]) -> "NameGroups":
        """From plain lists of names; a name in several groups belongs to all of them."""
        members: dict[tuple[str, ...], dict[tuple[tuple[str, ...], bool], None]] = {}
        for group in groups:
            names: dict[tuple[str, ...], bool] = {}
            for name in group:
                said = tuple(word.normal for word in words(name))
                if said:
                    short = len(said) == 1 and len(said[0]) <= 3 and name.isupper()
                    names[said] = short and names.get(said, True)
            for said in names:
                others = members.setdefault(said, {})
                others.update({(other, short): None for other, short in names.items() if other != said})
        longest = max((len(name) for name in members), default=1)
        return cls({name: tuple(others) for name, others in members.items()}, longest)

    def others(self, name: tuple[str, ...]) -> tuple[tuple[tuple[str, ...], bool], ...]:
        """The other names of the groups that this one (normalised words) belongs to."""
        return self.members.get(name, ())


NO_GROUPS: Final = NameGroups()


def edits_allowed(word: str) -> int:
    """How many slips a normalised word may hold: none in short words and in figures, one from 4 letters,
    two from 8.
    """
    if any(sign.isdigit() for sign in word):
        return 0
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def expand(
    word: str,
    vocabulary: Words,
    *,
    typing: bool = False,
    groups: NameGroups = NO_GROUPS,
    most: int = MOST_VARIANTS,
    alike: Callable[[str, int], list[Reason]] | None = None,
) -> tuple[Variant, ...]:
    """The known words that a typed, normalised word may mean, the weightiest first, at most `most`: three quarters
    of them may be only like it, an eighth only begin nearly like it.

    `typing` is for a word that is not finished: words that begin so are meant as well. `alike` is what gives the words
    that are like a word, with at most so many slips, where they are remembered.
    """
    found: dict[str, tuple[float, Match]] = {}
    frequency = vocabulary.frequency
    known = frequency(word)
    if known:
        _add(found, word, EXACT_WEIGHT, Match.EXACT)
    short = set()
    for other, capitals in groups.others((word,)):
        if len(other) == 1 and frequency(other[0]) and other[0] not in found:
            found[other[0]] = EXACT_WEIGHT, Match.GROUP
            if capitals:
                short.add(other[0])
    if typing and len(word) >= _SHORTEST_PREFIX:
        for longer in vocabulary.starting_with(word, most if len(word) > _SHORTEST_PREFIX else most // 4):
            _add(found, longer, PREFIX_WEIGHT, Match.PREFIX)
            known = max(known, frequency(longer))
    share = 0.5 if known >= KNOWN_WELL else 1.0
    forms = attached(word)
    defined = vocabulary.starting_with(f"ال{forms[0]}", most // 4) if typing and forms else []
    for form in (*forms, *defined):
        if form != word and frequency(form):
            _add(found, form, SPELLING_WEIGHT * share, Match.SPELLING)
    edits = min(edits_allowed(word), 2 if known < KNOWN_WELL else 1)
    for near, weight, match in alike(word, edits) if alike else _alike(word, edits, vocabulary):
        _add(found, near, weight * share, match)
    if typing and edits and len(word) >= _SHORTEST_EDIT_PREFIX:
        begun_nearly = dict.fromkeys(vocabulary.starting_nearly(word, _MOST_PER_SLIP))
        for begun in nlargest(most // 8, begun_nearly, frequency):
            _add(found, begun, BEGINNING_EDIT_WEIGHT * share, Match.EDIT)
    ranked = sorted((-weight, -frequency(one), one) for one, (weight, _) in found.items())
    sure = sum(match not in APPROXIMATE for _, match in found.values())
    kept = ranked[: min(most, sure + most * 3 // 4)]
    return tuple(Variant(one, -weight, found[one][1], -held, one in short) for weight, held, one in kept)


class Expander:
    """`expand` over one vocabulary and one set of groups, remembering what it was asked.

    While a query is being typed only its last word changes, and the others cost nothing.
    """

    def __init__(self, vocabulary: Words, groups: NameGroups = NO_GROUPS) -> None:
        self.vocabulary = vocabulary
        self.groups = groups
        self._known: dict[Hashable, Any] = {}

    def __call__(self, word: str, *, typing: bool = False) -> tuple[Variant, ...]:
        """The variants of a normalised word; see `expand`."""
        return self.remember(
            (word, typing),
            lambda: expand(word, self.vocabulary, typing=typing, groups=self.groups, alike=self._alike),
        )

    def _alike(self, word: str, edits: int) -> list[Reason]:
        """The same for a word that is finished as for its last letter."""
        return self.remember(("alike", word, edits), lambda: _alike(word, edits, self.vocabulary))

    def remember(self, asked: Hashable, make: Callable[[], _Made]) -> _Made:
        """What was made of a question before, or is made now; it must follow from the words and groups alone."""
        made: _Made | None = self._known.get(asked)
        if made is None:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            made = self._known[asked] = make()
        return made


def _add(found: dict[str, tuple[float, Match]], word: str, weight: float, match: Match) -> None:
    """Keeps the weightiest reason for a word."""
    held = found.get(word)
    if held is None or held[0] < weight:
        found[word] = weight, match


def _alike(word: str, edits: int, vocabulary: Words) -> list[Reason]:
    """The words that sound like a word, and those that at most so many slips lead to."""
    sounding = [(other, weight, Match.SPELLING) for other, weight in _sounding(word, vocabulary)]
    return [*sounding, *((near, EDIT_WEIGHTS[slips], Match.EDIT) for near, slips in vocabulary.within(word, edits))]


def _sounding(word: str, vocabulary: Words) -> list[tuple[str, float]]:
    """Words with the same fold key that are also alike once the vowels are made alike, with weights."""
    candidates = [
        other
        for other in vocabulary.sounding_like(word)
        if other != word and abs(len(other) - len(word)) <= _MOST_LETTERS_MORE
    ]
    if len(word) < _SHORTEST_SOUND:
        candidates = [other for other in candidates if not same_script((word, other))]
    if not candidates:
        return []
    from rapidfuzz.distance import OSA, LCSseq  # after first paint: not needed to start

    typed = without_article(word)
    soft, *others = soft_forms([typed, *(without_article(candidate) for candidate in candidates)])
    weighted = []
    for candidate, other in zip(candidates, others, strict=True):
        across = not same_script((word, candidate))
        if not across and len(candidate) < _SHORTEST_SOUND:
            continue
        likeness = OSA.normalized_similarity(soft, other)
        if across:
            spelled, heard = (
                _without_initial_vowels(soft, other) if word.isascii() else (_without_initial_vowels(other, soft))
            )
            alike = LCSseq.similarity(heard, spelled) >= len(heard) - (len(heard) > _SHORT_HEARD)
        else:
            alike = likeness >= _least_likeness(soft, other)
        if alike:
            initial = across or candidate[0] == word[0]
            weight = SPELLING_WEIGHT if initial else OTHER_INITIAL_WEIGHT
            weighted.append((candidate, weight * (0.8 + 0.2 * likeness)))
    return weighted


def _least_likeness(soft: str, other: str) -> float:
    """How alike two soft forms with one key have to be: with two sounds or fewer, hardly anything may differ."""
    said = skeleton(soft)
    if len(said) > _SHORT_KEY:
        return _LEAST_LIKENESS
    return _LEAST_LIKENESS_SHORT if said == skeleton(other) else 1.0


def _without_initial_vowels(latin: str, heard: str) -> tuple[str, str]:
    """Soft forms of a Latin spelling and of one in another script, which leaves short vowels out: as both are
    read, all of the second stands in the first. How an initial vowel is written says nothing.
    """
    return latin.replace("w", "u").lstrip("aiu"), heard.replace("w", "u").lstrip("aiu")


def typed_words(text: str) -> list[str]:
    """The normalised words of a typed value, for comparing names of outlets, tags and people."""
    return [word.normal for word in words(text)] or [normalise(text).strip()]
