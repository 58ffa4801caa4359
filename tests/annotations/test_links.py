"""Links in notes are plain text that leads somewhere."""

from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.links import (
    LinkKind,
    answering,
    link_at,
    linking_to,
    links_in,
    suggestions,
    to_article,
    to_note,
    to_passage,
    typed,
)
from tests.annotations.making import LINES, note, passage, targets


def test_the_three_kinds() -> None:
    text = "See [[a/b.txt|the report]], [[a/b.txt “it sank”]] and [[note:019a|mine]], not [[]] or [[a\nb]]."
    links = links_in(text)
    assert [link.kind for link in links] == [LinkKind.ARTICLE, LinkKind.PASSAGE, LinkKind.NOTE]
    assert [link.to for link in links] == ["a/b.txt", "a/b.txt", "019a"]
    assert [link.shown for link in links] == ["the report", "“it sank”", "mine"]
    assert links[1].span.of(text) == "[[a/b.txt “it sank”]]"
    assert link_at(text, 6) == links[0]
    assert link_at(text, 0) is None


@given(targets(), LINES)
def test_every_passage_can_be_linked(target: object, label: str) -> None:
    from reader.annotations.annotation import Target

    assert isinstance(target, Target)
    (link,) = links_in(f"before {to_passage(target, label)} after")
    assert link.to.strip() == target.source.strip()
    assert " ".join(target.exact.split()).startswith(link.quote)
    (link,) = links_in(to_article(target.source, label))
    assert link.to.strip() == target.source.strip()


@given(st.text("[]|“” a\n:note", max_size=40), st.integers(0, 40))
def test_no_note_raises(text: str, caret: int) -> None:
    for link in links_in(text):
        assert link.span.of(text).startswith("[[")
    typed(text, caret)


def test_what_is_being_typed() -> None:
    assert typed("see [[fer", 9) == "fer"
    assert typed("see [[fer", 5) is None
    assert typed("see [[a]] and", 13) is None
    assert typed("see [[a\nb", 9) is None


def test_suggestions_hold_all_words_and_begin_with_them_first() -> None:
    articles = [("x/late.txt", "A late ferry"), ("x/ferry.txt", "Ferry late again")]
    found = answering("ferry late", suggestions(articles, []))
    assert [one.detail for one in found] == ["x/ferry.txt", "x/late.txt"]
    kinds = [one.kind for one in answering("", suggestions(articles, [note()]))]
    assert kinds == [LinkKind.ARTICLE, LinkKind.ARTICLE, LinkKind.PASSAGE, LinkKind.NOTE]
    assert answering("denied", suggestions([], [note()]))[0].insert == to_passage(passage("denied it"))
    assert answering("nothing like it", suggestions(articles, [note()])) == []


def test_what_links_to_a_note() -> None:
    linking = note(2, note=f"as said in {to_note(note(1))}")
    assert linking_to([note(1), linking], note(1).id) == [linking]
