"""Articles kept parsed come back whole, and nothing else comes back."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.capture.pipeline import articles_of
from reader.library import parsing
from reader.library.library import Library
from reader.library.packed import pack, unpack

from .captures import story
from .conftest import Write, refreshed


@given(
    st.lists(st.sampled_from([*story(1), *story(2), "By Ann Writer", "April 21, 2015", "3 comments", "Bob says:", ""]))
)
def test_an_article_comes_back_as_it_went(lines: list[str]) -> None:
    (article,) = articles_of("a.txt", "/x/a.txt", "\n".join(["Headline", *lines]).encode())
    assert unpack(pack(article), article.id, article.path, article.sha256) == article


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"[]",
        b"{}",
        b'{"text": 5}',
        b"[" * 100_000,
        b'{"text": "a\\u001b", "words": [], "blocks": [], "metadata": {}, "encoding": ""}',
    ],
)
def test_anything_else_is_refused(value: bytes) -> None:
    assert unpack(value, "a", "a", "") is None
    assert unpack(zlib.compress(value), "a", "a", "") is None


def test_a_slow_article_is_not_parsed_again_until_something_changes(
    library: Library, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("long.txt", *(line for number in range(600) for line in story(number)))
    refreshed(library)
    place = library._catalogue.place("long.txt")
    assert place is not None
    assert place[3] >= parsing.SLOW
    with monkeypatch.context() as patch:
        patch.setattr(library._opener, "_parse_apart", pytest.fail)
        patch.setattr("reader.library.opening.parse", pytest.fail)
        article = library.article("long.txt")
    assert story(599)[2] in article.text
    assert sum(block.span.length for block in article.blocks) > 0.9 * len(article.text)
    write("long.txt", *story(1))
    assert library.article("long.txt").text != article.text
