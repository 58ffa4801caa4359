"""The query language: what is understood, how it is said back, and that nothing raises."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.search.clause import Clause, Condition, Phrase, Term
from reader.search.query import parse

ANYTHING = st.text(
    st.one_of(st.sampled_from('ab "-:“”()OR\u0000\n'), st.characters(exclude_categories=("Cs",))), max_size=80
)


@given(ANYTHING)
@example("title:")
@example('outlet:"')
@example("near:99999999999999999999 after:0000-99-99 in:nowhere is:what")
@example("OR " * 200)
@example("outlet: wire in: ")
def test_any_line_is_understood(text: str) -> None:
    query = parse(text)
    assert query.text == text
    assert all(clause.atoms for clause in query.clauses)
    assert all(term.word for term in query.sought if isinstance(term, Term))


@given(st.lists(st.sampled_from(["mosul", "nujaifi", "harbour", "wall"]), min_size=1, max_size=6))
def test_plain_words_are_all_sought_in_order(words: list[str]) -> None:
    sought = parse(" ".join(words)).sought
    assert [term.word for term in sought if isinstance(term, Term)] == words
    assert [term.typing for term in sought if isinstance(term, Term)] == [False] * (len(words) - 1) + [True]


def test_only_the_last_unfinished_word_may_go_on() -> None:
    (finished,) = parse("mosul ").sought
    assert isinstance(finished, Term)
    assert not finished.typing


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ('"islamic state"', (Clause((Phrase("islamic state", ("islamic", "state")),)),)),
        ("“islamic state”", (Clause((Phrase("islamic state", ("islamic", "state")),)),)),
        ("-wall", (Clause((Term("wall", "wall"),), True),)),
        ("a OR b ", (Clause((Term("a", "a"), Term("b", "b"))),)),
        ('outlet:"Harbour Wire"', (Clause((Condition("outlet", "Harbour Wire"),)),)),
        ("source:wire", (Clause((Condition("outlet", "wire"),)),)),
        ("-tag:done", (Clause((Condition("tag", "done"),), True),)),
        ("is:unread", (Clause((Condition("is", "read"),), True),)),
        ("after:2015-04", (Clause((Condition("after", "2015-04"),)),)),
        ("title:wall ", (Clause((Term("wall", "wall", False, "title"),)),)),
        ("title: wall ", (Clause((Term("wall", "wall", False, "title"),)),)),
        ('-Outlet:  "Harbour Wire"', (Clause((Condition("outlet", "Harbour Wire"),), True),)),
        ('"islamic sta', (Clause((Phrase("islamic sta", ("islamic", "sta"), None, True),)),)),
        ('"islamic state ', (Clause((Phrase("islamic state", ("islamic", "state")),)),)),
        ('"the islamic s', (Clause((Phrase("the islamic", ("the", "islamic")),)),)),
        ("al-Nujaifi ", (Clause((Term("Nujaifi", "nujaifi"),)),)),
    ],
)
def test_pieces_of_the_language(text: str, clauses: tuple[Clause, ...]) -> None:
    assert parse(text).clauses == clauses


@pytest.mark.parametrize("text", ["after:noon ", "is:odd ", "in:there ", "http://x ", "12:30 ", "near:far "])
def test_what_does_not_fit_is_searched_as_words(text: str) -> None:
    query = parse(text)
    assert query.clauses
    assert all(isinstance(atom, Term) for clause in query.clauses for atom in clause.atoms)
    assert query.place is None
    assert query.near is None


@pytest.mark.parametrize("text", ["outlet:", "-tag: ", "wall by:", "wall in: ", "wall IS:", "wall after:"])
def test_a_field_whose_value_is_still_to_come_asks_for_nothing(text: str) -> None:
    assert [atom.word for atom in parse(text).sought if isinstance(atom, Term)] == ["wall"] * text.startswith("wall")
    assert len(parse(text).clauses) == text.startswith("wall")


def test_signs_of_a_script_without_spaces_that_stand_together_are_one_word() -> None:
    assert parse("北京 dam 東").sought == (
        Phrase("北京", ("北", "京")), Term("dam", "dam"), Term("東", "東", typing=True)
    )  # fmt: skip
    assert parse("near:3 北京 dam ").neighbours == [(Phrase("北京", ("北", "京")), Term("dam", "dam"))]


@pytest.mark.parametrize(
    "text", ["in:n", "-in:cap", "is:", "is:un", "IS:NO", "after:2", "before:201", "after:2015-", "before:2015-04-"]
)
def test_half_a_value_at_the_end_asks_for_nothing_yet(text: str) -> None:
    assert parse(text).empty
    assert not parse(text + " ").empty or text == "is:"


def test_places_and_nearness_are_set_for_the_whole_query() -> None:
    query = parse("in:notes near:4 wall paint ")
    assert (query.place, query.near, len(query.clauses)) == ("notes", 4, 2)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("mosul nuj", "mosul, nuj…"),
        ('"the wall" -paint', "“the wall”, without paint"),
        ("a OR b is:unread ", "a or b, unread"),
        ("outlet:wire after:2015 ", "published by wire, published 2015 or later"),
        ("before:2015-04 a ", "published before 2015-04, a"),
        ('"islamic sta', "“islamic sta…”"),
        ("mosul outlet:", "mosul, outlet: …"),
        ("in:comments near:3 a b ", "a, b, only in comments, within 3 words"),
        ("-outlet:wire -tag:x -is:noted wall ", "not published by wire, without the tag x, not noted, wall"),
        ("wall in:cap", "wall, in: cap…"),
    ],
)
def test_the_reading_says_how_the_query_was_understood(text: str, reading: str) -> None:
    assert parse(text).reading == reading
