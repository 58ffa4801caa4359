"""Lines that belong together: tables, patterns, reviews, notices, and pictures that say their heading again."""

import pytest
from test_facts import PARAGRAPHS, TITLE, names, read

from reader.capture.article import Article, Kind
from reader.capture.pipeline import articles_of

ROWS = ("Place\t\tMiller\t\tStones", "1\t\tTarn\t\t7", "2 (tie)\t\tAlder\t\t5", "4\t\tHolm\t\t3")


def kinds(article: Article, *lines: str) -> list[Kind]:
    return [next(b.kind for b in article.blocks if line in b.span.of(article.text).split("\n")) for line in lines]


def rule(article: Article, line: str) -> str:
    return next(block.rule for block in article.blocks if line in block.span.of(article.text).split("\n"))


def test_rows_of_a_table_in_the_text_are_text() -> None:
    article = read(TITLE, *PARAGRAPHS[:2], "\n".join(ROWS), *PARAGRAPHS[2:])
    assert kinds(article, *ROWS) == [Kind.BODY] * 4
    assert rule(article, ROWS[2]) == "row of a table in the text"


def test_a_table_right_after_the_text_is_text_and_one_of_cookies_is_not() -> None:
    article = read(TITLE, *PARAGRAPHS, "\n".join(ROWS))
    assert kinds(article, *ROWS) == [Kind.BODY] * 4
    cookies = ("Cookie\t\tDuration\t\tDescription", "cookie_a\t\t1 year\t\tcookie", "cookie_b\t\t2 years\t\tcookie")
    article = read(TITLE, *PARAGRAPHS, "\n".join(cookies))
    assert Kind.BODY not in {block.kind for block in article.blocks if "cookie" in block.span.of(article.text)}


def test_reviews_signed_with_initials_are_not_text() -> None:
    reviews = [
        ("They are kind people and the flour is always fresh. We came back twice.", "Anna L."),
        ("The wheel turned all day and my children loved it. Thank you so much!", "Walter F."),
        ("I would send everybody there. The bread is the best that I know of.", "Helga B."),
        ("It was a warm welcome for the whole family, and everyone took time for us.", "Tobias R."),
    ]
    article = read(TITLE, *PARAGRAPHS, *(line for review in reviews for line in review))
    for said, customer in reviews:
        assert kinds(article, said, customer) == [Kind.BOILERPLATE, Kind.BOILERPLATE]
        assert rule(article, said) == "a review that a customer signs with an initial"
    said = reviews[0][0]
    assert rule(read(TITLE, *PARAGRAPHS, *reviews[0], *reviews[1]), said) != rule(article, said)


def test_a_disclaimer_in_the_text_is_a_notice() -> None:
    notice = (
        "This page may contain affiliate links, and we may earn a small commission at no additional cost to you. It is "
        "for general information only and not intended to replace professional advice."
    )
    article = read(TITLE, *PARAGRAPHS[:2], notice, *PARAGRAPHS[2:])
    assert kinds(article, notice) == [Kind.BOILERPLATE]
    assert rule(article, notice) == "a notice, as pages add to their texts"


def test_the_description_of_a_picture_that_says_its_heading_again_is_a_caption() -> None:
    heading, echo = "2. Mind The Miller's Corners", "Tip - the miller's corners to mind"
    lines = (TITLE, PARAGRAPHS[0], heading, PARAGRAPHS[1], echo, PARAGRAPHS[2], PARAGRAPHS[3])
    article = read(*lines)
    assert kinds(article, echo) == [Kind.CAPTION]
    assert kinds(article, heading)[0] in {Kind.BODY, Kind.SUBHEAD}
    other = "Tip - the baker's wagons to mend"
    assert kinds(read(*(other if line == echo else line for line in lines)), other) != [Kind.CAPTION]


GERMAN = (
    "Der Hafen wartet auf bessere Tage",
    "Von Hannelore Brück",
    "Der Hafen der Stadt liegt seit dem Winter still, und die Schiffe warten draußen auf bessere Tage und Arbeit.",
    "Die Behörden sagten, dass die Brücke erst im Herbst wieder geöffnet wird, weil das Wasser noch zu hoch steht.",
    "Im Dorf am Fluss hat man die Schule in eine Halle verlegt, in der dreißig Kinder lesen und schreiben lernen.",
)
ARABIC = (
    "الميناء مغلق منذ الشتاء",
    "بقلم: محمد الطائي",
    "قالت السلطات إن الميناء مغلق منذ الشتاء وإن السفن تنتظر في الخارج حتى تتحسن الأحوال في المدينة كلها.",
    "وأضافت أن الجسر لن يفتح قبل الخريف لأن الماء ما زال مرتفعا جدا في النهر القريب من القرية الصغيرة.",
    "وقال شهود إن المدرسة نقلت إلى قاعة كبيرة يتعلم فيها ثلاثون طفلا القراءة والكتابة كل يوم من أيام الأسبوع.",
)


@pytest.mark.parametrize("page", [GERMAN, ARABIC])
def test_a_short_page_with_a_menu_has_a_text_and_a_headline(page: tuple[str, ...]) -> None:
    title, byline, *paragraphs = page
    article = read("Menu", "Home", "Sport", title, title, byline, "3.5.2019", *paragraphs, "Share", "Copyright")
    assert kinds(article, *paragraphs) == [Kind.BODY] * 3
    assert article.metadata.title is not None
    assert article.metadata.title.value == title
    assert article.metadata.title.confidence > 0.5
    assert names(article) == (byline.split(" ", 1)[1],)


@pytest.mark.parametrize(
    ("lines", "kinds_of_lines"),
    [
        (("Gate Two", "The gate holds."), [Kind.TITLE, Kind.BODY]),
        (("The gate near the mill holds for now.",), [Kind.BODY]),
        (("miller gate tarn",), [Kind.BODY]),
        (("Mill", "By Ida Marsh", "It turns.", "It stops."), [Kind.TITLE, Kind.BYLINE, Kind.BODY, Kind.BODY]),
        (("Мельница", "Мельница стоит у реки. Колесо вращается."), [Kind.TITLE, Kind.BODY]),
        (("Report 1", PARAGRAPHS[0]), [Kind.TITLE, Kind.BODY]),
        (
            ("Low water", "By Ann Lee", "2 April 2019", "The tide went out in the night and took boats.", "It came."),
            [Kind.TITLE, Kind.BYLINE, Kind.DATE, Kind.BODY, Kind.BODY],
        ),
        (("Report 1", "The miller of the tarn spoke about the gate."), [Kind.TITLE, Kind.BODY]),
    ],
)  # fmt: skip
def test_an_article_of_few_words_is_one(lines: tuple[str, ...], kinds_of_lines: list[Kind]) -> None:
    assert kinds(read(*lines), *lines) == kinds_of_lines


def test_few_words_of_menus_are_no_article() -> None:
    lines = ("Home", "Sign in", "Subscribe to our newsletter", "Follow us")
    assert Kind.BODY not in kinds(read(*lines), *lines)


def test_a_short_line_between_a_menu_and_who_wrote_it_is_the_headline() -> None:
    lines = (
        "Home", "World", "Sport", "Share", "Dam fails above the town", "By Ann Lee", "2 April 2019",
        "The river rose in the night and people fled to the hills above the town, officials said on Tuesday.",
        "Help came late, and the road was gone by the morning of the next day, witnesses told the paper.",
        "READ MORE: Another story here",
        "The dam had been closed for repairs since the winter, and nobody had been told of the danger.",
    )  # fmt: skip
    (article,) = articles_of("page.txt", "page.txt", "\n".join(lines).encode())
    assert kinds(article, *lines)[4] is Kind.TITLE
