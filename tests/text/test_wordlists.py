"""Patterns of many words."""

import re

from hypothesis import given
from hypothesis import strategies as st

from reader.text.wordlists import any_of

WORDS = st.lists(st.text("abc-. é", min_size=1, max_size=6).filter(lambda word: word == " ".join(word.split())))


@given(WORDS.filter(bool), st.text("abc-. é", max_size=12))
def test_finds_the_longest_of_its_words(words: list[str], text: str) -> None:
    text = " ".join(text.split())
    found = re.match(any_of(words), text)
    fitting = [word for word in words if text.startswith(word)]
    assert (found.group() if found else None) == max(fitting, key=len, default=None)


def test_a_space_is_any_white_space() -> None:
    assert re.fullmatch(any_of(["mis à jour"]), "mis\tà  jour")


def test_no_word_matches_nothing_else() -> None:
    assert not re.fullmatch(any_of(["on", "in"]), "an")
