"""The order of results: by relevance, date or outlet, or by the words beside the hits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from reader.search.answer import Hit, Result
from reader.search.snippets import word_left, word_right

ORDERS: Final = {
    "relevance": "the best first",
    "newest": "the latest first",
    "oldest": "the earliest first",
    "outlet": "by outlet, the best first in each",
    "left": "by the word before the hit",
    "right": "by the word after the hit",
}
"""Every order with what it means, in the order in which one key steps through them."""


@dataclass(frozen=True, slots=True)
class Place:
    """One hit of one result, for orders that take results apart."""

    result: Result
    hit: Hit


def ordered(results: Sequence[Result], order: str) -> list[Result]:
    """Results in one of the ORDERS that keep articles together; of others, as they are.

    Articles without a date come last in both orders by date; equal ones keep their order.
    """
    if order == "newest":
        return sorted(results, key=lambda one: one.published, reverse=True)
    if order == "oldest":
        return sorted(results, key=lambda one: (not one.published, one.published))
    if order == "outlet":
        return sorted(results, key=lambda one: (not one.outlet, one.outlet.casefold(), -one.score))
    return list(results)


def beside(results: Sequence[Result], order: str, text_of: Callable[[str], str]) -> list[Place]:
    """Every hit on its own, by the word to its left or right; `text_of` gives an article's text by its id."""
    neighbour = word_left if order == "left" else word_right
    placed = [
        (neighbour(text, hit), hit.word.casefold(), number, Place(result, hit))
        for number, (result, text) in enumerate((result, text_of(result.id)) for result in results)
        for hit in result.hits
    ]
    placed.sort(key=lambda one: one[:3])
    return [place for *_, place in placed]
