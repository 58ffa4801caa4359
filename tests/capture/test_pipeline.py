"""The two laws of a capture, and golden pages in the shapes that real ones have."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.capture.article import Article, Block, Kind
from reader.capture.knowledge import Corrections, Learned, line_key
from reader.capture.pipeline import articles_of

ICONS = "icon homeicon searchicon menuicon chevron downicon chevron lefticon shareicon mailicon tagicon closeicon"
LEAD = (
    "The ferry between Port Ansel and the outer islands will not sail before Friday, its "
    "owners said on Monday, after "
    "divers found a crack as long as a man's arm below the waterline."
)
SECOND = (
    '"We looked at it for an hour and nobody said a word," said Ida Marsh, who has steered the '
    "boat for nineteen years. "
    '"Then the engineer took off his hat."'
)
THIRD = (
    "The owners put the cost of the repair at 40,000 to 60,000 crowns, and the islands have "
    "asked the county to pay for "
    "a smaller boat until the ferry is back."
)
FOURTH = (
    "Bread and post will come by the fishing boats, as they did in the winter of the "
    "great ice, the harbour master said."
)


def page(*lines: str) -> str:
    return "\n\n".join(lines)


NEWS = page(
    ICONS,
    "21 Apr, 2015 12:15",
    "Cracked ferry leaves the outer islands without bread",
    "Cracked ferry leaves the outer islands without bread",
    "By Nils Aron",
    "The ferry Morgenrot in the dry dock of Port Ansel on Monday. [Photo courtesy of the harbour office]",
    "The ferry Morgenrot in the dry dock of Port Ansel on Monday. [Photo courtesy of the harbour office]",
    f"ferry-in-dry-dock{LEAD}",
    SECOND,
    "READ MORE: Islands ask for a second ferry",
    "The smaller boat",
    THIRD,
    FOURTH,
    "Reporting by: Mira Solberg",
    "Source: Ansel Courier",
    "For the latest news follow us on Twitter",
    "3 responses to “Cracked ferry leaves the outer islands without bread”",
    "  1. Old Salt Avatar\n\n    The crack was there last year. I said so then, and who listened?",
    "    1. Runa says:\n\n      You say so every year about every boat, and most of them still float.",
    "  2. No boat, no bread, no post. A fine spring.",
    "Leave a Reply",
    "Your email address will not be published. Required fields are marked *",
    "two × 2 =",
)


def read(text: str, **more: object) -> Article:
    (article,) = articles_of("page.txt", "page.txt", text.encode(), **more)  # type: ignore[arg-type]
    return article


def of_kind(article: Article, kind: Kind) -> list[Block]:
    return [block for block in article.blocks if block.kind is kind]


def said(article: Article, kind: Kind) -> list[str]:
    return [block.span.of(article.text) for block in of_kind(article, kind)]


def test_every_line_of_a_news_page_is_where_a_reader_would_put_it() -> None:
    article = read(NEWS)
    assert said(article, Kind.TITLE) == ["Cracked ferry leaves the outer islands without bread"] * 2
    assert [block.repeats for block in of_kind(article, Kind.TITLE)] == [False, True]
    assert said(article, Kind.BYLINE) == ["By Nils Aron"]
    assert said(article, Kind.DATE) == ["21 Apr, 2015 12:15"]
    assert said(article, Kind.BODY) == [LEAD, SECOND, THIRD, FOURTH]
    assert said(article, Kind.SUBHEAD) == ["The smaller boat"]
    captions = of_kind(article, Kind.CAPTION)
    assert [block.repeats for block in captions] == [False, True, False]
    assert captions[2].span.of(article.text) == "ferry-in-dry-dock"
    assert said(article, Kind.RELATED) == ["READ MORE: Islands ask for a second ferry"]
    assert said(article, Kind.CREDIT) == ["Reporting by: Mira Solberg", "Source: Ansel Courier"]


def test_a_short_quotation_between_paragraphs_is_text() -> None:
    short = '"Nobody will row there in this wind," she said.'
    article = read(page(*NEWS.split("\n\n")).replace(THIRD, page(THIRD, short)))
    assert short in said(article, Kind.BODY)


def test_comments_are_a_tree_with_authors() -> None:
    comments = of_kind(read(NEWS), Kind.COMMENT)
    assert [(block.author, block.depth) for block in comments] == [("Old Salt", 0), ("Runa", 1), (None, 0)]


def test_what_is_known_has_a_basis() -> None:
    known = read(NEWS).metadata
    assert known.title is not None
    assert known.title.value == "Cracked ferry leaves the outer islands without bread"
    assert known.authors is not None
    assert known.authors.value == ("Nils Aron",)
    assert known.published is not None
    assert known.published.value.iso == "2015-04-21"
    assert known.outlet is not None
    assert known.outlet.value == "Ansel Courier"
    assert known.language is not None
    assert known.language.value == "en"
    assert all(value is None or value.basis for value in (known.title, known.outlet, known.place, known.published))


def test_agencies_and_sources_are_not_the_outlet() -> None:
    text = NEWS.replace("Source: Ansel Courier", "Source: Reuters").replace(
        "the harbour master said", "he told Reuters"
    )
    assert read(text).metadata.outlet is None


def test_a_date_in_the_text_is_not_the_date_of_publication() -> None:
    text = NEWS.replace("21 Apr, 2015 12:15\n\n", "").replace("on Monday, after", "on Tuesday (November 1st), after")
    assert read(text).metadata.published is None


def test_a_dateline_gives_the_place() -> None:
    known = read(NEWS.replace(f"ferry-in-dry-dock{LEAD}", f"PORT ANSEL\u00a0{LEAD}")).metadata
    assert known.place is not None
    assert known.place.value == "Port Ansel"


def test_a_weekday_gives_the_year_where_only_one_fits() -> None:
    body = page(LEAD.replace("Monday", "Monday, as in 2014"), SECOND, THIRD, FOURTH)
    text = page("Cracked ferry leaves the islands without bread", "By Nils Aron", "Tuesday (November 1st)", body)
    assert read(text).metadata.published is None
    known = read(text + "\n\n© 2017 Ansel Courier. All rights reserved.").metadata.published
    assert known is not None
    assert known.value.iso == "2016-11-01"
    assert "weekday" in known.basis


def test_a_page_in_german_is_read_like_one_in_english() -> None:
    article = read(
        page(
            "Startseite",
            "Politik",
            "Wetter",
            "Risse im Rumpf: Die Fähre nach Süderoog bleibt liegen",
            "Von Jonas Brandt",
            "3. März 2019",
            "Die Fähre zwischen Ansel und den äußeren Inseln wird nach Angaben der Reederei nicht vor "
            "Freitag wieder fahren, "
            "weil Taucher unter der Wasserlinie einen langen Riss gefunden haben.",
            "»Wir haben eine Stunde lang hingesehen, und niemand hat ein Wort gesagt«, sagte die "
            "Steuerfrau Ida Marsch, die "
            "das Schiff seit neunzehn Jahren fährt und es wie kein anderer kennt.",
            "Brot und Post sollen vorerst mit den Fischern kommen, wie im Winter des großen Eises, "
            "sagte der Hafenmeister am "
            "Montag vor den Leuten, die am Kai auf Nachrichten warteten.",
            "Mehr zum Thema",
            "Inseln fordern zweite Fähre",
            "Impressum",
            "Datenschutz",
        )
    )
    assert len(said(article, Kind.BODY)) == 3
    assert article.metadata.published is not None
    assert article.metadata.published.value.iso == "2019-03-03"
    assert article.metadata.authors is not None
    assert article.metadata.authors.value == ("Jonas Brandt",)
    assert article.metadata.language is not None
    assert article.metadata.language.value == "de"


def test_what_an_outlet_repeats_is_boilerplate_with_its_reason() -> None:
    learned = Learned({line_key(FOURTH): "stands on 5 of 6 pages of Ansel Courier"}, "Ansel Courier", "its folder")
    article = read(NEWS.replace("Source: Ansel Courier\n\n", ""), learned=learned)
    (block,) = [block for block in article.blocks if block.span.of(article.text) == FOURTH]
    assert (block.kind, block.rule) == (Kind.BOILERPLATE, "stands on 5 of 6 pages of Ansel Courier")
    assert article.metadata.outlet is not None
    assert article.metadata.outlet.value == "Ansel Courier"


def test_corrections_win_and_move_nothing() -> None:
    corrections = Corrections(
        lines={line_key("Reporting by: Mira Solberg"): Kind.BODY},
        title="No ferry, no bread",
        authors=(),
        published="2015-04",
        always=frozenset({"title"}),
    )
    before, article = read(NEWS), read(NEWS, corrections=corrections)
    assert article.text == before.text
    assert "Reporting by: Mira Solberg" in said(article, Kind.BODY)
    assert article.metadata.title is not None
    assert (article.metadata.title.value, article.metadata.title.basis) == (
        "No ferry, no bread",
        "corrected for this outlet",
    )
    assert article.metadata.authors is None
    assert article.metadata.published is not None
    assert article.metadata.published.value.iso == "2015-04"


def test_corrections_may_be_given_by_article() -> None:
    article = read(NEWS, corrections={"page.txt": Corrections(title="One"), "other.txt": Corrections(title="Two")})
    assert article.title == "One"


def test_numbers_do_not_tell_learned_lines_apart() -> None:
    assert line_key("  12 Comments ") == line_key("3  comments")
    assert line_key("12") != line_key("13")


WRITTEN = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffd")
LINES = st.one_of(
    st.text(WRITTEN, max_size=60),
    st.sampled_from(NEWS.split("\n")),
    st.sampled_from(
        ["Reply", "Share:", "  1. Ann says:", "    • text", "Comments", "5 Comments", "\tx", "© 2019 A", "By"]
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=40), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_blocks_partition_every_text(lines: list[str], glue: str) -> None:
    text = glue.join(lines) + "\nthe end"
    article = read(text)
    held = article.text
    assert all(one.span.end <= two.span.start for one, two in zip(article.blocks, article.blocks[1:], strict=False))
    covered = [False] * len(held)
    for block in article.blocks:
        assert block.rule
        assert block.span.of(held) == block.span.of(held).strip()
        covered[block.span.start : block.span.end] = [True] * block.span.length
    assert all(flag or character.isspace() for flag, character in zip(covered, held, strict=True))
    assert read(held) == replace(article, sha256=read(held).sha256)


@settings(max_examples=60, deadline=None)
@given(st.text(WRITTEN, max_size=400))
def test_no_text_raises(text: str) -> None:
    read(text + "x")


@pytest.mark.parametrize("line", ["a", "1. " * 50, "• " * 30, "x" * 50_000, "Comments", "\u0301" * 30 + "a"])
def test_odd_pages_of_one_line(line: str) -> None:
    assert read(line).blocks
