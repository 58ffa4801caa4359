"""Saved queries, the watch list, and what is offered while one types."""

import json
from pathlib import Path

import pytest

from reader.errors import Refused
from reader.search.completion import complete
from reader.search.query import parse
from reader.search.saved import FILE_NAME, SavedSearch, SavedSearches
from reader.search.watching import answers, watch
from tests.search.making import article


def test_searches_are_kept_by_name(tmp_path: Path) -> None:
    saved = SavedSearches(tmp_path)
    assert saved.all() == ()
    saved.save(SavedSearch("  Front  line ", "mosul qayyarah", watched=True))
    saved.save(SavedSearch("Walls", "graffiti"))
    saved.save(SavedSearch("Walls", "graffiti OR paint"))
    again = SavedSearches(tmp_path)
    assert again.all() == (
        SavedSearch("Front line", "mosul qayyarah", True),
        SavedSearch("Walls", "graffiti OR paint"),
    )
    assert [one.name for one in again.watched()] == ["Front line"]
    again.rename("Walls", "Paint")
    assert again.delete("Front line") == SavedSearch("Front line", "mosul qayyarah", True)
    assert again.delete("Front line") is None
    assert [one.name for one in saved.all()] == ["Paint"]


def test_what_makes_no_sense_is_refused(tmp_path: Path) -> None:
    saved = SavedSearches(tmp_path)
    for bad in (SavedSearch("", "x"), SavedSearch("x", " ")):
        with pytest.raises(Refused):
            saved.save(bad)
    saved.save(SavedSearch("a", "x"))
    with pytest.raises(Refused):
        saved.rename("a", "a")


def test_unknown_keys_stay_and_an_unreadable_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(json.dumps({"schema": 1, "own": 1, "searches": [{"name": "a", "query": "b", "x": 2}, {"y": 3}]}))
    saved = SavedSearches(tmp_path)
    saved.save(SavedSearch("c", "d"))
    held = json.loads(path.read_text())
    assert held["own"] == 1
    assert held["searches"][:2] == [{"name": "a", "query": "b", "x": 2}, {"y": 3}]
    path.write_text("{")
    assert saved.all() == ()
    assert saved.problem
    saved.save(SavedSearch("e", "f"))
    assert [one.name for one in saved.all()] == ["e"]
    assert (tmp_path / "searches.unreadable-1.json").read_text() == "{"


def test_a_file_of_a_newer_program_is_only_read(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(json.dumps({"schema": 9, "searches": [{"name": "a", "query": "b"}]}))
    saved = SavedSearches(tmp_path)
    assert [one.name for one in saved.all()] == ["a"]
    with pytest.raises(Refused):
        saved.save(SavedSearch("c", "d"))


ARRIVALS = [
    article(
        "a.txt", "Men of Nujayfi left Mosul", outlet="Harbour Wire", published="2015-04-21", authors=("Anna Hale",)
    ),
    article("b.txt", "Graffiti in Mosul, Mosul again", outlet="The Lantern", published="2014"),
    article("c.txt", "Nothing of note", outlet="The Lantern"),
]


def test_watched_queries_are_counted_by_outlet() -> None:
    searches = [
        SavedSearch("City", "mosul", watched=True),
        SavedSearch("Asleep", "mosul"),
        SavedSearch("Man", "nujaifi -graffiti", watched=True),
    ]
    rows = watch(searches, ARRIVALS)
    assert [(row.name, row.outlet, row.articles, row.hits) for row in rows] == [
        ("City", "Harbour Wire", ("a.txt",), 1),
        ("City", "The Lantern", ("b.txt",), 2),
        ("Man", "Harbour Wire", ("a.txt",), 1),
    ]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("outlet:lantern ", ["b.txt", "c.txt"]),
        ("author:hale ", ["a.txt"]),
        ("after:2015 ", ["a.txt"]),
        ("before:2015 mosul ", ["b.txt"]),
        ("near:2 left mosul ", ["a.txt"]),
        ("near:1 men mosul ", []),
        ("is:noted ", []),
        ("is:unread mosul ", ["a.txt", "b.txt"]),
        ("graffiti OR note ", ["b.txt", "c.txt"]),
        ("mosul -left ", ["b.txt"]),
        ('"graffiti at mosul" ', ["b.txt"]),
        ("", []),
    ],
)
def test_one_article_answers_as_the_index_would(query: str, ids: list[str]) -> None:
    assert [one.id for one in ARRIVALS if answers(one, parse(query)) is not None] == ids


def test_completion_offers_fields_values_and_words() -> None:
    def values(field: str, prefix: str) -> list[tuple[str, int]]:
        known = {"outlet": [("Harbour Wire", 3)], "tag": [("sources", 1)]}
        return [pair for pair in known.get(field, []) if pair[0].lower().startswith(prefix.lower())]

    def texts(text: str) -> list[str]:
        return [one.text for one in complete(text, values, lambda prefix: ["mosul", "mosque"])]

    assert texts("mosul out") == ["mosul outlet:", "mosul mosul ", "mosul mosque "]
    assert texts("outlet:har") == ['outlet:"Harbour Wire" ']
    assert texts('-outlet:"har') == ['-outlet:"Harbour Wire" ']
    assert texts("a tag:") == ["a tag:sources "]
    assert texts("in:com") == ["in:comments "]
    assert texts("is:un") == ["is:unread "]
    assert texts("source:har") == ['outlet:"Harbour Wire" ']
    assert texts("near:") == []
    assert texts("") == texts("word ") == []
    assert [one.detail for one in complete("tag:", values)] == ["1 article"]
