"""Folded text says the same words and knows the way back."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.folding import Folded, same_words
from reader.text.span import Span

LETTERS = st.text("aAéE\u0301 \n\t\u00a0…. “”\u200fضَّـه\0İßZ1", max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("no  more\n", "No\u00a0more"),
        ("“don’t” – stop…", '"don\'t" - stop...'),
        ("Kâtip Çelebi", "Katip C\u0327elebi"),
        ("الْمُقَاوَمَة", "المقاومة"),
        ("مــيناء", "ميناء"),
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_the_same_words_fold_alike(one: str, other: str) -> None:
    assert same_words(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("3,000", "3,001"), ("denied", "defied"), ("กิน", "กัน"), ("", "a")]
)
def test_other_words_do_not(one: str, other: str) -> None:
    assert not same_words(one, other)


@given(LETTERS)
def test_every_folded_letter_leads_back_to_one_that_folds_to_it(source: str) -> None:
    folded = Folded(source)
    for at, letter in enumerate(folded.text):
        place = folded.to_source(Span(at, at + 1))
        assert letter in Folded(place.of(source)).text


@given(LETTERS, st.data())
def test_the_way_there_and_back_holds_the_passage(source: str, data: st.DataObject) -> None:
    folded = Folded(source)
    start = data.draw(st.integers(0, len(source)))
    span = Span(start, data.draw(st.integers(start, len(source))))
    there = folded.from_source(span)
    assert there.end <= len(folded.text)
    assert same_words(folded.to_source(there).of(source), span.of(source))


def test_so_it_does_for_every_passage_of_rows_of_dots_spaces_and_joiners() -> None:
    for letters in product("a. \u200d…", repeat=5):
        source = "".join(letters)
        folded = Folded(source)
        assert Folded(folded.text).text == folded.text
        for start in range(5):
            span = Span(start, 5)
            assert same_words(folded.to_source(folded.from_source(span)).of(source), span.of(source))
            assert same_words(folded.to_source(folded.from_source(Span(0, start))).of(source), source[:start])


@given(st.text(max_size=80))
def test_folding_takes_any_text_and_folding_twice_changes_nothing(source: str) -> None:
    once = Folded(source).text
    assert Folded(once).text == once
