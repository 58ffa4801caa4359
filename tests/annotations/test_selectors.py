"""A place becomes a selector, and a quotation the one place where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.annotation import Stance
from reader.annotations.selectors import (
    CONTEXT,
    QuoteAmbiguous,
    QuoteNotFound,
    find_quote,
    target_for,
)
from reader.capture.article import Article, Block, Kind
from reader.errors import DeskreaderError, WrongUsage
from reader.text.span import Span

TEXT = (
    "Ferry delayed\nFerry delayed\n"
    "The “old” ferry was\u00a0late, the harbour said. It was late again — twice.\n"
)


def article(text: str, *blocks: Block) -> Article:
    return Article("a.txt", "a.txt", "0", text, blocks)


def test_target_holds_quotation_context_position_and_hash() -> None:
    text = "x" * 100 + "here" + "y" * 100
    target = target_for(article(text), Span(100, 104), Stance.SUPPORTS)
    assert (target.exact, target.prefix, target.suffix) == ("here", "x" * CONTEXT, "y" * CONTEXT)
    assert target.text_sha256 == article(text).text_sha256
    assert target.stance is Stance.SUPPORTS


def test_target_of_the_whole_article() -> None:
    target = target_for(article(TEXT), None)
    assert target.span is None
    assert target.exact == ""


@pytest.mark.parametrize("span", [Span(3, 3), Span(0, 10_000)])
def test_an_impossible_passage_is_refused(span: Span) -> None:
    with pytest.raises(WrongUsage):
        target_for(article(TEXT), span)


@pytest.mark.parametrize(
    "quote",
    [
        "ferry was\u00a0late",
        "ferry was late",
        'The "old" ferry',
        "THE HARBOUR SAID",
        "late again - twice",
        "  late,\n the ",
    ],
)
def test_a_quotation_is_found_however_it_was_typed(quote: str) -> None:
    found = find_quote(article(TEXT), quote).of(TEXT)
    assert [
        one.casefold() for one in found.replace("“", '"').replace("”", '"').replace("—", "-").split()
    ] == [one.casefold() for one in quote.split()]


def test_a_quotation_at_several_places_is_told_with_the_places() -> None:
    with pytest.raises(QuoteAmbiguous) as caught:
        find_quote(article(TEXT), "late")
    assert len(caught.value.spans) == 2
    assert "2 places" in caught.value.message
    assert "\n" in caught.value.message


def test_the_one_place_that_is_shown_is_meant() -> None:
    blocks = (
        Block(Kind.TITLE, Span(0, 13), "first line"),
        Block(Kind.TITLE, Span(14, 27), "repeat of the headline"),
    )
    assert find_quote(article(TEXT, *blocks), "Ferry delayed") == Span(0, 13)


def test_a_quotation_that_is_not_there_is_told_with_what_is() -> None:
    with pytest.raises(QuoteNotFound) as caught:
        find_quote(article(TEXT), "the harbour denied")
    assert "“the harbour” but not followed by “denied”" in caught.value.message
    with pytest.raises(QuoteNotFound):
        find_quote(article(TEXT), "submarine")
    with pytest.raises(WrongUsage):
        find_quote(article(TEXT), " \n")


@given(st.text(max_size=200), st.data())
def test_every_passage_is_found_again_by_its_selector(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    one = Article("a", "a", "", text.encode("utf-8", "replace").decode(), ())
    if start < end:
        target = target_for(one, Span(start, end))
        assert target.span is not None
        assert target.prefix + target.exact + target.suffix in one.text
        assert target.span.of(one.text) == target.exact


@given(st.text("ab \n’'", max_size=40), st.text("ab \n’'", max_size=6))
def test_looking_for_a_quotation_answers_or_says_why(text: str, quote: str) -> None:
    try:
        assert find_quote(article(text), quote).of(text)
    except DeskreaderError as error:
        refusal: DeskreaderError | None = error
    else:
        refusal = None
    once = quote in text and text.find(quote, text.find(quote) + 1) < 0
    assert refusal is None or not once or not quote.strip()
