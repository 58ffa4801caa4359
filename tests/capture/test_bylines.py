"""Bylines as outlets of several languages write them, each read on a page with a headline and running text."""

import pytest

from tests.capture import pages

TEXT = pages.PARAGRAPHS[:3]


def names(*lines: str) -> tuple[str, ...]:
    return pages.names(pages.read(pages.TITLE, *lines))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("By HELEN MARLOW and TOBIAS RENN", ("HELEN MARLOW", "TOBIAS RENN")),
        ("Helen Marlow, Valley University", ("Helen Marlow",)),
        ("By Helen Marlow in Cairo and Tobias Renn in Beirut", ("Helen Marlow", "Tobias Renn")),
        ("By J. R. Marlow", ("J. R. Marlow",)),
        ("By Helen Marlow Helen Marlow", ("Helen Marlow",)),
        ("By Helen MarlowHelen Marlow", ("Helen Marlow",)),
        ("By Ahmed El Masry", ("Ahmed El Masry",)),
        ("Words: Helen Marlow. Photographs: Tobias Renn", ("Helen Marlow",)),
        ("By MillerNews Desk", ("MillerNews Desk",)),
        ("By ValleyMiller", ("ValleyMiller",)),
        ("Team MillerNews", ("Team MillerNews",)),
        ("By AFP", ("AFP",)),
        ("By Helen Marlow and Tobias Renn, CNN", ("Helen Marlow", "Tobias Renn")),
        ("By HELEN MARLOW Associated Press", ("HELEN MARLOW",)),
        ("By The Associated Press", ("The Associated Press",)),
        ("By Helen Marlow/Valley Paper", ("Helen Marlow",)),
        ("Von unserem Korrespondenten Tobias Renn", ("Tobias Renn",)),
        ("De notre correspondante Hélène Marlot", ("Hélène Marlot",)),
        ("Elena Marín, corresponsal en Madrid", ("Elena Marín",)),
        ("بقلم : د. سامي الحداد", ("سامي الحداد",)),
        ("كتب/ سامي الحداد", ("سامي الحداد",)),
        ("Ein Gastbeitrag von Helga Brandt", ("Helga Brandt",)),
        ("Kommentar von Helga Brandt", ("Helga Brandt",)),
        ("Aus Kairo berichtet Helga Brandt", ("Helga Brandt",)),
        ("Protokoll: Helga Brandt", ("Helga Brandt",)),
        ("Von dpa", ("dpa",)),
        ("Par Hélène Marlot, à Paris", ("Hélène Marlot",)),
        ("Par Hélène Marlot avec AFP", ("Hélène Marlot",)),
        ("Rédigé par Hélène Marlot", ("Hélène Marlot",)),
        ("Une enquête de Hélène Marlot", ("Hélène Marlot",)),
        ("Texto: Elena Marín", ("Elena Marín",)),
        ("Por Elena Marín y José Pérez", ("Elena Marín", "José Pérez")),
        ("بقلم سامي الحداد وليلى منصور", ("سامي الحداد", "ليلى منصور")),
        ("بقلم وليد الحداد", ("وليد الحداد",)),
        ("إعداد: ليلى منصور", ("ليلى منصور",)),
        ("נכתב על ידי דנה לוי", ("דנה לוי",)),
        ("作者：王小明", ("王小明",)),
    ],
)
def test_bylines_of_many_languages_name_who_wrote(line: str, wanted: tuple[str, ...]) -> None:
    assert names(line, *TEXT) == wanted


@pytest.mark.parametrize(
    "line",
    ["Edited by: Tobias Renn", "Prop styling by Tobias Renn", "Übersetzt von Tobias Renn", "Illustré par Hélène Marlot",
     "Image by Tobias Renn Photography", "View PDF HTML", "تصوير: سامي الحداد"],
)  # fmt: skip
def test_who_did_something_else_for_a_page_did_not_write_it(line: str) -> None:
    assert names(line, "3 May 2019", *TEXT) == ()


def test_authors_of_other_articles_are_not_those_of_this() -> None:
    cards = [
        part
        for name in ("Tobias Renn", "Ida Quist", "Walter Finch")
        for part in (f"How {name.split()[0]} came to the valley", f"by {name}", "Updated May 3, 2019")
    ]
    assert names("Helen Marlow", "3 May 2019", *TEXT, "More on mills", *cards) == ("Helen Marlow",)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (("By", "Helen Marlow", "and", "Tobias Renn"), ("Helen Marlow", "Tobias Renn")),
        (("By", "Helen Marlow,", "Tobias Renn", "and", "Anna Lind"), ("Helen Marlow", "Tobias Renn", "Anna Lind")),
        (("Authors", "Helen Marlow", "Tobias Renn"), ("Helen Marlow", "Tobias Renn")),
        (("Von", "Helga Brandt", "und", "Tobias Renn"), ("Helga Brandt", "Tobias Renn")),
        (("By", "Helen Marlow", "Helen Marlow"), ("Helen Marlow",)),
        (("By", "Helen Marlow", "Country Life"), ("Helen Marlow",)),
    ],
)
def test_authors_on_lines_of_their_own_belong_together(lines: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    assert names(*lines, "3 May 2019", *TEXT) == wanted


def test_a_sentence_about_the_article_names_who_wrote_it() -> None:
    told = "This story about mills and their wheels was written by Helen Marlow and produced by the paper, which "
    told += "lives on gifts of its readers and gives its stories away to whoever wants to print them on paper. " * 2
    assert names(*TEXT, told.strip(), "Thank you.", "Tobias Renn", "Editor in chief") == ("Helen Marlow",)


def test_who_holds_the_rights_stands_before_their_reservation() -> None:
    assert names(*TEXT, "Home", "© 2019 Helen Marlow. All rights reserved.") == ("Helen Marlow",)
