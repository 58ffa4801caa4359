"""Places in a text that answer a query: exact spans, one slip in a phrase, why, and the line around them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.answer import Hit, Match
from reader.search.leaf import Leaf, LeafWords
from reader.search.matching import best_match, find_in, hits_in, why
from reader.search.query import parse
from reader.search.snippets import density, in_context, snippet, word_left, word_right
from reader.search.vocabulary import Vocabulary
from reader.text.span import Span
from reader.text.spelling import words
from tests.search.making import article

TEXT = (
    "The former governor of the province, Atheel al-Nujaifi, said Da’esh had\u00a0left.\n"
    "Nujaify's men (about 1,500) held the market of Qayyarah; the Islamic socalled State did not.\n"
)
WORDS = st.lists(st.text("abcdiنج", min_size=1, max_size=9), min_size=1, max_size=40, unique=True)
QUERIES = st.lists(
    st.sampled_from(["nujaifi", "mark", '"the market"', "-x", "state OR men", "daesh", "1500", "مدينة", '"', "a"]),
    max_size=5,
).map(" ".join)


@given(st.text(max_size=60), QUERIES)
def test_hits_are_in_order_apart_and_exact(more: str, query: str) -> None:
    text = more + TEXT
    hits = find_in(text, query)
    assert all(text[hit.span.start : hit.span.end] == hit.word for hit in hits)
    assert all(one.span.end <= other.span.start for one, other in pairwise(hits))


PIECES = st.sampled_from(
    ["Mosul", "mosul's", "'Mosul'", "U.S.", "us", "1,500", "500", "don’t", "dont", "naïve", "ﬁnance", "Łódź", "æon",
     "النجيفي", "al-Nujaifi", "a_b", "`a`", "\n", "\u00a0", "it's", "s", "--", "x'", "2015"]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=12), st.sampled_from(["", " ", ", "]))
def test_a_word_stands_wherever_it_is_read(pieces: list[str], between: str) -> None:
    leaf = Leaf(between.join(pieces))
    read: dict[str, list[Span]] = {}
    for word in words(leaf.text):
        read.setdefault(word.normal, []).append(Span(word.start, word.end))
    assert {word: leaf.spans(word) for word in leaf.counts} == read
    assert leaf.spans("nowhere") == []


@given(WORDS, st.text("abcdiنج", min_size=1, max_size=9), st.integers(1, 2), st.integers(1, 20))
def test_the_words_of_a_text_answer_as_a_large_vocabulary_does(
    known: list[str], typed: str, edits: int, most: int
) -> None:
    counts = {word: place for place, word in enumerate(known, 1)}
    small, large = LeafWords(counts), Vocabulary(counts)
    for one in (typed, *known):
        assert small.frequency(one) == large.frequency(one)
        assert sorted(small.sounding_like(one)) == sorted(large.sounding_like(one))
        assert sorted(small.within(one, edits)) == sorted(large.within(one, edits))
        found = small.starting_with(one[:2], most)
        assert sorted(map(counts.get, found)) == sorted(map(counts.get, large.starting_with(one[:2], most)))
        assert set(small.starting_nearly(one, len(known))) == set(large.starting_nearly(one, len(known)))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("nujayfi", ["Nujaifi", "Nujaify's"]),
        ("daesh", ["Da’esh"]),
        ("qayara", ["Qayyarah"]),
        ("mark", ["market"]),
        ("mark ", []),
        ("1500", ["1,500"]),
        ('"islamic state"', ["Islamic socalled State"]),
        ('"the former governer"', ["The former governor"]),
        ('"the of market"', ["the market of"]),
        ('"held a market"', ["held the market"]),
        ('"held the mar', ["held the market"]),
        ('"atheel al-nuj', ["Atheel al-Nujaifi"]),
        ('"market zzz', ["market"]),
        ('"market zzz"', []),
        ("-market", []),
        ("outlet:x", []),
    ],
)
def test_what_a_query_finds_in_a_text(query: str, words: list[str]) -> None:
    assert [hit.word for hit in find_in(TEXT, query)] == words


def test_a_part_of_the_text_is_searched_alone() -> None:
    second = Span(TEXT.index("\n") + 1, len(TEXT))
    assert [hit.word for hit in find_in(TEXT, "nujayfi", second)] == ["Nujaify's"]


def test_slips_are_not_meant_where_the_word_itself_stands() -> None:
    assert [hit.word for hit in find_in("The house, the horse.", "house ")] == ["house"]
    assert [hit.word for hit in find_in("Only the horse.", "house ")] == ["horse"]


def test_folded_and_repeated_blocks_have_no_hits() -> None:
    one = article("a.txt", "The market was open")
    assert [hit.word for hit in hits_in(one, parse("market"))] == ["market"]
    assert hits_in(one, parse("in:comments market")) == ()
    assert [hit.word for hit in hits_in(one, parse("title:a.txt"))] != []


def test_each_hit_says_why_it_is_one() -> None:
    for query, reason in (("nujayfi", "another spelling of nujayfi"), ("govermor", "nearly govermor")):
        assert why(find_in(TEXT, query)[0]) == reason
    assert best_match(find_in(TEXT, "market nujayfi")) is Match.EXACT
    assert best_match(()) is None


@given(st.text(min_size=1, max_size=300), st.integers(0, 299), st.integers(1, 20), st.integers(3, 90))
def test_a_snippet_is_one_line_that_shows_the_hit(text: str, start: int, length: int, width: int) -> None:
    start = min(start, len(text) - 1)
    span = Span(start, min(len(text), start + min(length, width - 2)))
    line = snippet(text, [Hit(span, span.of(text), Match.EXACT, "x")], width)
    assert len(line.text) <= width
    assert "\n" not in line.text
    (mark,) = line.marks
    assert line.text[mark.start : mark.end].split() == span.of(text).split() or span.of(text) != span.of(text).strip()


def test_a_snippet_neither_begins_nor_ends_with_space() -> None:
    text = f"{'before ' * 9}\n\n\n\nThe market\n\n\n\n\n\n{'after ' * 9}"
    for width in range(14, 40):
        line = snippet(text, find_in(text, "market "), width).text
        assert line.startswith(("…The", "…market", "…before"))
        assert line == line.replace("… ", "…").replace(" …", "…")


def test_without_hits_the_beginning_is_shown() -> None:
    assert snippet("one two\nthree", [], 9).text == "one two …"
    assert snippet("one two", [], 20).text == "one two"


def test_the_words_beside_a_hit() -> None:
    (hit,) = find_in(TEXT, "market")
    assert (word_left(TEXT, hit), word_right(TEXT, hit)) == ("the", "of")
    line = in_context(TEXT, hit, 12)
    assert (line.left, line.word, line.right) == ("0) held the ", "market", " of Qayyarah")


@given(st.lists(st.integers(0, 99), max_size=30), st.integers(1, 40))
def test_the_bar_counts_every_hit_once(starts: list[int], buckets: int) -> None:
    hits = [Hit(Span(start, start + 1), "x", Match.EXACT, "x") for start in starts]
    bar = density(100, hits, buckets)
    assert len(bar) == buckets
    assert sum(bar) == len(hits)
