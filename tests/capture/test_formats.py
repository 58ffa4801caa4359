"""Every format by the one door: what is recognised, what is refused and how."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.capture.article import Kind
from reader.capture.formats import CaptureError, parse


def kinds(name: str, data: bytes) -> list[tuple[Kind | None, str]]:
    return [(line.kind, line.text) for line in parse(name, data).documents[0].lines]


def test_text_keeps_every_line_and_says_nothing_of_it() -> None:
    parsed = parse("harbour.txt", b"First line\n\nSecond line\n")
    assert parsed.format == "text"
    assert parsed.encoding == "utf-8"
    assert [line.text for line in parsed.documents[0].lines] == ["First line", "", "Second line"]
    assert all(line.kind is None for line in parsed.documents[0].lines)


def test_a_guessed_encoding_says_so() -> None:
    parsed = parse("harbour.txt", "Le préfet a démenti à Besançon".encode("latin-1"))
    assert parsed.encoding.endswith("(guess)")


def test_the_analysts_encoding_wins() -> None:
    parsed = parse("harbour.txt", "Новости порта".encode("koi8-r"), "koi8-r")
    assert parsed.documents[0].lines[0].text == "Новости порта"


@pytest.mark.parametrize("data", [b"", b" \n\n ", b"\x7fELF\x02\x01\x01" + bytes(range(32)) * 40])
def test_what_is_no_text_is_refused_with_reason_and_advice(data: bytes) -> None:
    with pytest.raises(CaptureError) as caught:
        parse("strange.txt", data)
    assert caught.value.reason
    assert caught.value.advice


def test_html_is_known_without_its_name() -> None:
    assert parse("page", b"<!DOCTYPE html><p>Hello</p>").format == "html"
    assert parse("page", b"<div><p>One</p><p>Two</p></div>").format == "html"
    assert parse("note.txt", b"2 < 3 and <b> is a letter").format == "text"


@pytest.mark.parametrize("page", ["<html></html>", "<html><title>App</title><div id=app></div><script>run()</script>"])
def test_a_page_that_shows_nothing_is_refused(page: str) -> None:
    with pytest.raises(CaptureError, match="shows no text"):
        parse("page.html", page.encode())


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("page.html", bytes(range(256)) * 20, "not text"),
        ("page.txt", b"\xef\xbb\xbf", "empty"),
        ("page.txt", b"\xff\xfe \0\n\0", "empty"),
        ("page.rtf", b"{\\rtf1\\ansi The tide.}", "RTF"),
    ],
)
def test_noise_and_nothing_are_no_articles(name: str, data: bytes, words: str) -> None:
    with pytest.raises(CaptureError, match=words):
        parse(name, data)


def test_front_matter_gives_facts_and_headings_their_kinds() -> None:
    text = """---
title: "Dam gives way"
author: Ann Lee and Bo Tan
date: 2021-05-03
source: Harbour Wire
---
# Dam gives way

The wall broke
at night.

## Aftermath

![A wall](wall.jpg)
"""
    document = parse("dam.md", text.encode()).documents[0]
    assert document.facts["title"][0][0] == "Dam gives way"
    assert document.facts["authors"][0][0] == "Ann Lee\nBo Tan"
    assert document.facts["published"][0][0] == "2021-05-03"
    assert document.facts["outlet"][0][0] == "Harbour Wire"
    by_text = {line.text: line.kind for line in document.lines}
    assert by_text["Dam gives way"] is Kind.TITLE
    assert by_text["Aftermath"] is Kind.SUBHEAD
    assert by_text["![A wall](wall.jpg)"] is Kind.CAPTION
    assert by_text["author: Ann Lee and Bo Tan"] is Kind.BOILERPLATE
    assert by_text["The wall broke at night."] is Kind.BODY


def test_front_matter_in_toml_and_lists_in_yaml() -> None:
    toml = parse("a.md", b'+++\ntitle = "T"\nauthors = ["A B", "C D"]\n+++\nText.').documents[0]
    assert toml.facts["authors"][0][0] == "A B\nC D"
    yaml = parse(
        "b.md", b"---\nauthors:\n  - A B\n  - C D\nurl: https://wire.example/1\n---\nText."
    ).documents[0]
    assert yaml.facts["authors"][0][0] == "A B\nC D"
    assert yaml.facts["url"][0][0] == "https://wire.example/1"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=3000), st.sampled_from(["a.txt", "a.html", "a.md", "a", "a.bin"]))
def test_any_bytes_are_parsed_or_refused(data: bytes, name: str) -> None:
    try:
        parsed = parse(name, data)
    except CaptureError:
        return
    assert parsed.documents


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div class=comment>",
                "</div>",
                "<h1>",
                "</h1>",
                "<li>",
                "<ul>",
                "<table>",
                "<td>",
                "<a href=x>",
                "</a>",
                "<article>",
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "<pre>\n",
                "</pre>",
                "words and more words here. ",
                "&amp;",
                "<img alt='a picture of it'>",
                "<b>",
                "<meta property=og:title content=x>",
                "<br>",
                "\x00",
                "<figure>",
                "<figcaption>",
            ]
        ),
        max_size=60,
    )
)
def test_any_markup_is_some_page(parts: list[str]) -> None:
    parsed = parse("page.html", (f"<html><p>{'Start ' * 200}" + "".join(parts)).encode())
    for line in parsed.documents[0].lines:
        assert line.text.strip()
        assert line.kind is not None
        assert line.rule


def test_front_matter_as_clippers_and_other_languages_write_it() -> None:
    clipped = """---
source: "https://wire.example/low"
author:
  - "[[Ann Lee]]"
  - "[[people/bo|Bo Tan]]"
date: 2024-01-02
published: 2019-04-02
---
The tide went out.
"""
    facts = parse("low.md", clipped.encode()).documents[0].facts
    assert facts["url"][0][0] == "https://wire.example/low"
    assert facts["authors"][0][0] == "Ann Lee\nBo Tan"
    assert facts["published"][0][0] == "2019-04-02"
    german = "---\ntitel: Der Damm\nautor: {name: Anna Groß, mail: x}\nquelle: Die Zeit\ncreated: 2024-01-02\n---\n"
    facts = parse("damm.md", f"{german}Text.\n".encode()).documents[0].facts
    assert [facts[name][0][0] for name in ("title", "authors", "outlet")] == ["Der Damm", "Anna Groß", "Die Zeit"]
    assert "published" not in facts
    assert facts["made"][0][0] == "2024-01-02"
    clipped = clipped.replace("published", "created").replace("date: 2024-01-02\n", "")
    assert "made" not in parse("low.md", clipped.encode()).documents[0].facts


def test_text_between_two_rules_is_no_front_matter() -> None:
    lines = parse("low.md", b"---\n\nThe tide went out.\n\n---\n\nIt came back.\n").documents[0].lines
    assert [line.text for line in lines if line.kind is Kind.BODY] == ["The tide went out.", "It came back."]
