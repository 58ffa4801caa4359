"""Authors, dates, headlines and the lines around pictures, in the shapes that pages give them."""

from pathlib import Path

import pytest

from reader.capture.article import Kind
from reader.capture.pipeline import articles_of
from tests.capture.pages import PARAGRAPHS, TITLE, names, read


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (("By Helen Marlow",), ("Helen Marlow",)),
        (("By", "Helen Marlow", "3 May 2019"), ("Helen Marlow",)),
        (("Written by:", "Helen Marlow", "Staff Writer"), ("Helen Marlow",)),
        (("ByHelen Marlow", "3 May 2019"), ("Helen Marlow",)),
        (("By Helen Marlow and Tobias Renn", "3 May 2019"), ("Helen Marlow", "Tobias Renn")),
        (("By Helen Marlow, MD, PhD", "3 May 2019"), ("Helen Marlow, MD, PhD",)),
        (("Posted on 3 May 2019 by Helen Marlow",), ("Helen Marlow",)),
        (("3 May 2019 • Helen Marlow in Country Life",), ("Helen Marlow",)),
        (("Von Helga Brandt", "3. Mai 2019"), ("Helga Brandt",)),
        (("By", "Tarn Valley Team", "3 May 2019"), ("Tarn Valley Team",)),
        (("By Helen Marlow, The Valley Paper", "3 May 2019"), ("Helen Marlow",)),
        (("Reviewed by Walter Finch, MD — Written by Helen Marlow — 3 May 2019",), ("Helen Marlow",)),
        (("Written By Valley On", "3 May 2019"), ("Valley On",)),
        (("By 3t Valley", "3 May 2019"), ("3t Valley",)),
        (("Stones, oxen and a promise: the council is asked again, writes Helen Marlow",), ("Helen Marlow",)),
        (("Steine, Ochsen und ein Versprechen: der Rat wird gefragt, schreibt Helga Brandt.",), ("Helga Brandt",)),
        (("Stones, oxen and a promise: the valley still waits, says HELEN MARLOW",), ("HELEN MARLOW",)),
    ],
)
def test_authors_are_found_where_bylines_stand(lines: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    assert names(read(TITLE, *lines, *PARAGRAPHS)) == wanted


@pytest.mark.parametrize(
    "line",
    ["4 min read", "By Last Updated", "Recipe Hub", "Country Life", "Share this page", "millwheel.jpg", "Our Services",
     "Text Link", "Published in", "Wheels MillersValley Stones",
     "Stones, oxen and a promise: the dam comes soon, says Walter Finch"],
)
def test_what_is_no_name_is_not_an_author(line: str) -> None:
    assert names(read(TITLE, line, "3 May 2019", *PARAGRAPHS)) == ()


@pytest.mark.parametrize(
    "lines",
    [
        ("This story about mills was written by Helen Marlow and produced here." + " It is free." * 20,),
        ("Article written by:", "Headshot of Helen Marlow, in front of a mill and a meadow", "Helen Marlow"),
        ("© Copyright 2012-2019 Helen Marlow",),
        ("Copyright © 2019 Helen Marlow's Valley Blog",),
    ],
)
def test_authors_are_found_below_the_text(lines: tuple[str, ...]) -> None:
    assert names(read(TITLE, *PARAGRAPHS, *lines)) == ("Helen Marlow",)


def test_what_runs_on_to_a_name_is_not_part_of_it() -> None:
    bio = "Helen Marlow is a gardener and miller who writes about rivers, mills and the people who live by them."
    article = read(TITLE, "By Helen Marlow Gardener & Miller", *PARAGRAPHS, "Helen Marlow", bio)
    assert names(article) == ("Helen Marlow",)


def test_who_reviewed_is_not_who_wrote() -> None:
    article = read(TITLE, "Reviewed by Walter Finch", "By Helen Marlow", "3 May 2019", *PARAGRAPHS)
    assert names(article) == ("Helen Marlow",)


@pytest.mark.parametrize("line", ["Offer ends 14 May 2019", "Redeem by 12/31/2019", "Gültig bis 14. Mai 2019"])
def test_the_day_on_which_something_ends_is_not_that_of_publication(line: str) -> None:
    assert read(TITLE, line, *PARAGRAPHS).metadata.published is None


def test_a_date_that_hardly_looks_like_that_of_publication_is_not_given() -> None:
    checked = "This page was last reviewed and checked on 14 May 2019 by the school"
    assert read(TITLE, *PARAGRAPHS, "Home", "About", checked).metadata.published is None


def test_who_does_something_in_the_text_did_not_write_it() -> None:
    told = "The letter was carried to the council by Helen Marlow, who keeps the school, and read aloud to all of them."
    assert names(read(TITLE, PARAGRAPHS[0], told, *PARAGRAPHS[1:])) == ()


def test_an_outlet_signs_in_its_own_name() -> None:
    path = Path(__file__).parents[2] / "articles" / "harbour-wire-displaced.txt"
    (article,) = articles_of(path.name, path.name, path.read_bytes())
    signed = [block.kind for block in article.blocks if block.span.of(article.text) == "Harbour Wire"]
    assert Kind.BYLINE in signed
    assert Kind.SUBHEAD not in signed


def test_two_short_lines_by_themselves_are_those_of_a_picture() -> None:
    first, second, third, fourth = PARAGRAPHS
    pair = "old mill wheel tarn\nThe wheel of the mill on a sledge of doors."
    article = read(TITLE, first, second, pair, third, fourth)
    kinds = {block.span.of(article.text): block.kind for block in article.blocks}
    assert [kinds[line] for line in pair.split("\n")] == [Kind.CAPTION, Kind.CAPTION]
    assert all(kinds[line] is Kind.BODY for line in PARAGRAPHS)


def test_what_stands_under_the_description_of_a_picture_is_its_caption() -> None:
    first, second, third, fourth = PARAGRAPHS
    pairs = (
        "Old oak mill wheel with iron bands on a wooden sledge.\nA wheel like this one turns for eighty years.",
        "A photo of a stone bridge over a brown river.\nThe bridge below the mill has stood since the war",
    )
    loose = ("mill clock tarn photo", "The miller at work on a clock of the school.")
    article = read(TITLE, first, pairs[0], second, pairs[1], third, *loose, fourth)
    kinds = {block.span.of(article.text): block.kind for block in article.blocks}
    assert {line: kinds[line] for pair in pairs for line in pair.split("\n")} == {
        line: Kind.CAPTION for pair in pairs for line in pair.split("\n")
    }
    assert kinds[loose[1]] is Kind.CAPTION
    assert all(kinds[line] is Kind.BODY for line in PARAGRAPHS)


def test_what_stands_under_a_line_given_to_every_picture_is_a_caption() -> None:
    captions = ("The mill seen from the bridge.", "Oxen on the valley road.", "The clock of the school")
    lines = [TITLE, PARAGRAPHS[0]]
    for caption, paragraph in zip(captions, PARAGRAPHS[1:], strict=True):
        described = "tarn-pictures.example | All about the mills of the Tarn"
        lines += [f"• An item of a list.\n{described}\n{caption}", paragraph]
    article = read(*lines)
    kinds = {block.span.of(article.text): block.kind for block in article.blocks}
    assert [kinds[caption] for caption in captions] == [Kind.CAPTION] * 3


def test_two_sentences_by_themselves_are_text() -> None:
    first, second, third, fourth = PARAGRAPHS
    pair = "The miller says that he will not wait for the stones.\nHe has sold two of his clocks to the school."
    article = read(TITLE, first, second, pair, third, fourth)
    kinds = {block.span.of(article.text): block.kind for block in article.blocks}
    assert [kinds[line] for line in pair.split("\n")] == [Kind.BODY, Kind.BODY]


def test_the_headline_stands_above_all_text_not_above_the_longest_part() -> None:
    lines = ["The best mills of the upper Tarn", *PARAGRAPHS[:2]]
    for number in range(7):
        lines += [f"Mill number {number}", f"{PARAGRAPHS[number % 4]} So it was told of mill {number}."]
        lines += [f"Room {room}" for room in range(9)]
    lines += ["The mill of the school", *PARAGRAPHS, *(f"{line} So it was told on the Tarn." for line in PARAGRAPHS)]
    article = read(*lines)
    assert article.metadata.title is not None
    assert article.metadata.title.value == lines[0]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Credit: Helen Marlow; Source: The Mills of the Valley, Vol. 7; see page 12 of the book", Kind.CREDIT),
        ("Helen Marlow (1920–2001), The Wheel, 1963, oil on canvas, given by the school of the valley", Kind.CAPTION),
        ("Above: “The wheel lay in the reeds for a week.” The miller had long given it up.", Kind.CAPTION),
        ("The Valley Paper / Helen Marlow", Kind.CREDIT),
        ("This story also appeared in The Valley Paper", Kind.CREDIT),
        ("Valley Photography | Helen Marlow", Kind.CREDIT),
        ("Helen Marlow, The Wheel in the Reeds, 1963. Bronze. ©Photo: Tobias Renn.", Kind.CAPTION),
        ("The wheel in the reeds, as the school keeps it. Courtesy Helen Marlow and the Tarn School", Kind.CAPTION),
        ("Das Rad der Mühle liegt im Schilf / Adobe Stock", Kind.CAPTION),
        ("A promotional graphic titled “Grain for the plain” featuring a hand that holds a sack", Kind.CAPTION),
        ("Watch the video: How eleven men brought a wheel home", Kind.RELATED),
        ("Figure 3: The wheel. It was found in the reeds. It was made of oak, and it weighs a ton.", Kind.CAPTION),
    ],
)
def test_lines_that_speak_of_pictures_are_not_text(line: str, kind: Kind) -> None:
    first, second, *others = PARAGRAPHS
    article = read(TITLE, first, second, line, *others)
    assert next(block.kind for block in article.blocks if block.span.of(article.text) == line) is kind


@pytest.mark.parametrize(
    "line",
    ["Introduction", "In partnership with", "Discussion about this post", "Das Wichtigste in Kürze", "Sommaire",
     "المحتويات", "Home » Valley » Mills", "Valley Paper header"],
)  # fmt: skip
def test_what_heads_any_page_or_part_is_no_headline(line: str) -> None:
    assert read(line, *PARAGRAPHS).metadata.title is None
    title = read(line, TITLE, *PARAGRAPHS).metadata.title
    assert title is not None
    assert title.value == TITLE


def test_a_capture_that_begins_with_its_text_has_lost_its_headline() -> None:
    article = read(*PARAGRAPHS[:2], "What the council promised", *PARAGRAPHS[2:])
    assert article.metadata.title is None


def test_of_a_headline_in_two_spellings_the_one_without_number_and_capitals_is_given() -> None:
    title = read(f"4. {TITLE.title()}", TITLE, *PARAGRAPHS).metadata.title
    assert title is not None
    assert title.value == TITLE


def test_a_day_that_a_sentence_of_the_text_tells_of_is_not_that_of_publication() -> None:
    told = "On May 4, 2019, the council of the valley signed a letter that promised stones for a dam, oxen and a road."
    told += " The letter was read aloud in the school, and nobody has seen the council since."
    assert read(TITLE, told, *PARAGRAPHS).metadata.published is None
    published = read(TITLE, "1 June 2019", told, *PARAGRAPHS).metadata.published
    assert published is not None
    assert published.value.iso == "2019-06-01"


def test_each_day_of_a_line_has_the_label_that_stands_before_it() -> None:
    published = read(TITLE, "Updated May 6, 2019, Published May 4, 2019", *PARAGRAPHS).metadata.published
    assert published is not None
    assert published.value.iso == "2019-05-04"
    assert not published.basis.startswith("updated")


@pytest.mark.parametrize("line", ["Join us on May 14, 2019 at the mill!", "Tickets for 14 May 2019 are left"])
def test_a_day_to_which_a_page_invites_is_not_that_of_publication(line: str) -> None:
    assert read(TITLE, line, *PARAGRAPHS).metadata.published is None


@pytest.mark.parametrize("line", ["May 4, 2019June 1, 2020", "June 1, 2020May 4, 2019 by Helen Marlow"])
def test_of_two_days_run_together_the_earlier_is_that_of_publication(line: str) -> None:
    published = read(TITLE, line, *PARAGRAPHS).metadata.published
    assert published is not None
    assert published.value.iso == "2019-05-04"
