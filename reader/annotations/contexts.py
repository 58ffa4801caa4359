"""What stands around a place, and how alike two such contexts are."""

from functools import cached_property
from typing import Final

from rapidfuzz.distance import LCSseq, Levenshtein

_CHANCE: Final = 0.25
"""Likeness, letter by letter, of two contexts that have nothing to do with each other."""

TINY: Final = 1e-9
"""What two sums of the same likenesses may differ by."""


class Context:
    """What stands on one side of a place: its letters and its words."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()

    @cached_property
    def words(self) -> list[str]:
        """Its words."""
        return self.text.split()


def alike(one: Context, other: Context) -> float:
    """Likeness of two contexts by letters and by words, 0 to 1."""
    return 1.0 if one.text == other.text else (_by_letters(one, other) + _by_words(one, other)) / 2


def _by_letters(one: Context, other: Context, least: float = 0.0) -> float:
    """Likeness letter by letter, beyond chance. Anything may be said of one below `least`: that is quicker."""
    cutoff = least * (1 - _CHANCE) + _CHANCE - TINY if least > 0 else 0.0
    found = Levenshtein.normalized_similarity(one.text, other.text, score_cutoff=cutoff)
    return max(0.0, found - _CHANCE) / (1 - _CHANCE)


def _by_words(one: Context, other: Context, least: float = 0.0) -> float:
    """Likeness word by word."""
    return LCSseq.normalized_similarity(one.words, other.words, score_cutoff=max(0.0, least - TINY))


def agree(was: tuple[Context, Context], there: tuple[Context, Context], level: float) -> bool:
    """Whether two contexts agree more than `level`; nothing is compared that cannot decide it any more."""
    missing, left = 4 * level, 4
    for compare in (_by_letters, _by_words):
        for one, other in zip(was, there, strict=True):
            left -= 1
            least = missing - left
            if least >= 1:
                return False
            found = 1.0 if one.text == other.text else compare(one, other, least)
            if found <= least:
                return False
            missing -= found
    return True
