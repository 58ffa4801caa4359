"""Orders of results."""

from reader.search.answer import Result
from reader.search.matching import find_in
from reader.search.ordering import ORDERS, beside, ordered

RESULTS = [
    Result("a", "A", 3.0, (), "Wire", "2015-04"),
    Result("b", "B", 2.0, (), "", ""),
    Result("c", "C", 1.0, (), "lantern", "2014"),
    Result("d", "D", 0.5, (), "Lantern", "2016-01-02"),
]


def ids(order: str) -> str:
    return "".join(result.id for result in ordered(RESULTS, order))


def test_orders_that_keep_articles_together() -> None:
    assert {order: ids(order) for order in ORDERS} == {
        "relevance": "abcd",
        "newest": "dacb",
        "oldest": "cadb",
        "outlet": "cdab",
        "left": "abcd",
        "right": "abcd",
    }


def test_hits_by_the_word_beside_them() -> None:
    texts = {"a": "old wall here, red wall there", "b": "blue wall again"}
    results = [Result(name, name, 1.0, find_in(text, "wall ")) for name, text in texts.items()]
    lefts = [(place.result.id, place.hit.span.start) for place in beside(results, "left", texts.__getitem__)]
    assert lefts == [("b", 5), ("a", 4), ("a", 19)]
    rights = [place.result.id for place in beside(results, "right", texts.__getitem__)]
    assert rights == ["b", "a", "a"]
