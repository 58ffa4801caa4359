"""Words, sentences and paragraphs are spans in order, and end where a reader would end them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.sentences import paragraphs, sentences, words
from reader.text.span import Span


def parts(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("He met Col. Anna Reed. She left.", ["He met Col. Anna Reed.", "She left."]),
        ("The U.S. Army moved. It rained.", ["The U.S. Army moved.", "It rained."]),
        ("They live in the U.S. The boat sank.", ["They live in the U.S.", "The boat sank."]),
        ("See No. 5 of the list. Done!", ["See No. 5 of the list.", "Done!"]),
        ("“Go away.” Then he left.", ["“Go away.”", "Then he left."]),
        ("It cost 3.50 dollars. Cheap?", ["It cost 3.50 dollars.", "Cheap?"]),
        ("A. B. Smith wrote it. Nobody read it.", ["A. B. Smith wrote it.", "Nobody read it."]),
        ("أهلا بكم. كيف الحال؟ بخير", ["أهلا بكم.", "كيف الحال؟", "بخير"]),
        ("Line one\nLine two", ["Line one", "Line two"]),
        ("今日は雨です。明日は晴れ。", ["今日は雨です。", "明日は晴れ。"]),
    ],
)
def test_sentences_end_where_readers_end_them(text: str, wanted: list[str]) -> None:
    assert parts(text) == wanted


def test_words_keep_apostrophes_and_hyphens() -> None:
    text = "al-Nujaifi’s Da'esh doesn't مُقاومة"
    assert [span.of(text) for span in words(text)] == ["al-Nujaifi’s", "Da'esh", "doesn't", "مُقاومة"]


@given(st.text(max_size=300))
def test_sentences_and_words_are_ordered_trimmed_and_lose_nothing(text: str) -> None:
    for find in (sentences, words, paragraphs):
        found = find(text)
        assert all(one.end <= two.start for one, two in pairwise(found))
        assert all(span.of(text) == span.of(text).strip() and span.length for span in found)
    for find in (sentences, paragraphs):
        assert "".join("".join(span.of(text).split()) for span in find(text)) == "".join(text.split())


@given(st.text(max_size=100), st.integers(0, 100), st.integers(0, 100))
def test_nothing_outside_the_span_is_found(text: str, one: int, two: int) -> None:
    span = Span(min(one, two), max(one, two))
    for find in (sentences, words, paragraphs):
        assert all(span.covers(found) for found in find(text, span))


def test_lines_broken_at_one_width_are_one_paragraph() -> None:
    text = "x" * 70 + "\n" + "y" * 68 + "\nend.\n\nAnother one"
    assert [span.of(text)[0] for span in paragraphs(text)] == ["x", "A"]
