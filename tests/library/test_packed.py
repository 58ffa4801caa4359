"""Articles kept parsed come back whole, and nothing else comes back."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.capture.pipeline import articles_of
from reader.library.library import Library
from reader.library.packed import pack, unpack

from .captures import story
from .conftest import Write, refreshed

LINES = ("By Ann Writer", "April 21, 2015", "3 comments", "Bob says:", "", "Prêt à l’aube", "\x1b[31m")


@given(
    st.lists(st.sampled_from([*story(1), *story(2), *LINES])),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_an_article_comes_back_as_it_went(lines: list[str], ending: str, encoding: str) -> None:
    data = ending.join(["Headline", *lines, ""]).encode(encoding)
    (article,) = articles_of("a.txt", "/x/a.txt", data)
    packed = pack(article, data)
    assert unpack(packed, article.id, article.path, article.sha256, data) == article


def test_a_text_that_the_file_holds_as_it_is_shown_is_not_kept_twice() -> None:
    data = "\n".join(story(1)).encode()
    (article,) = articles_of("a.txt", "/x/a.txt", data)
    words = set(article.text.split())
    assert not any(word.encode() in zlib.decompress(pack(article, data)) for word in words if len(word) > 12)
    other = data.replace(b"\n", b"\r\n")
    (article,) = articles_of("a.txt", "/x/a.txt", other)
    assert unpack(pack(article, other), article.id, article.path, article.sha256, b"") == article


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"[]",
        b"{}",
        b'{"text": 5}',
        b"[" * 100_000,
        b'{"text": 3, "words": [], "blocks": [], "metadata": {}, "encoding": "no such"}',
        b'{"text": "a\\u001b", "words": [], "blocks": [], "metadata": {}, "encoding": ""}',
    ],
)
def test_anything_else_is_refused(value: bytes) -> None:
    assert unpack(value, "a", "a", "", b"abcdef") is None
    assert unpack(zlib.compress(value), "a", "a", "", b"abcdef") is None


def test_an_article_is_not_parsed_again_until_something_changes(
    library: Library, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("long.txt", *(line for number in range(600) for line in story(number)))
    refreshed(library)
    with monkeypatch.context() as patch:
        patch.setattr(library._opener, "_parse_apart", pytest.fail)
        patch.setattr("reader.library.opening.parse", pytest.fail)
        article = library.article("long.txt")
    assert story(599)[2] in article.text
    assert sum(block.span.length for block in article.blocks) > 0.9 * len(article.text)
    write("long.txt", *story(1))
    assert library.article("long.txt").text != article.text
