"""Dates are read in five languages; what they leave open stays open."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.dates import find_dates, reads_day_first, years_with


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("21 Apr, 2015 12:15", "2015-04-21"),
        ("April 21st, 2015", "2015-04-21"),
        ("Tuesday, Nov. 1, 2016", "2016-11-01"),
        ("am 3. März 2019 um 18 Uhr", "2019-03-03"),
        ("1er novembre 2016", "2016-11-01"),
        ("lundi 4 mars 2019", "2019-03-04"),
        ("12 de mayo de 2020", "2020-05-12"),
        ("الثلاثاء 5 يناير 2021", "2021-01-05"),
        ("١٢ نوفمبر ٢٠١٦", "2016-11-12"),
        ("12 تشرين الثاني 2016", "2016-11-12"),
        ("2016-11-01T10:00Z", "2016-11-01"),
        ("2015年4月21日", "2015-04-21"),
        ("21/4/2015", "2015-04-21"),
        ("4/21/2015", "2015-04-21"),
        ("21.04.15", "2015-04-21"),
        ("March 2014", "2014-03"),
        ("May 4, 201912 Mins Read", "2019-05-04"),
    ],
)
def test_spellings(text: str, iso: str) -> None:
    assert [found.iso for found in find_dates(text)] == [iso]


def test_numbers_that_read_both_ways_are_left_open() -> None:
    (found,) = find_dates("3/4/2015")
    assert found.ambiguous
    assert found.iso == "2015"
    assert found.readings == ("2015-04-03", "2015-03-04")
    assert find_dates("3/4/2015", day_first=True)[0].iso == "2015-04-03"
    assert find_dates("3/4/2015", day_first=False)[0].iso == "2015-03-04"


def test_other_dates_tell_how_a_page_writes() -> None:
    assert reads_day_first(find_dates("on 21/4/2015 and 3/4/2015")) is True
    assert reads_day_first(find_dates("on 4/21/2015 and 3/4/2015")) is False
    assert reads_day_first(find_dates("on 3/4/2015")) is None


def test_a_day_without_a_year_stays_without() -> None:
    (found,) = find_dates("As of Tuesday (November 1st), forces moved")
    assert (found.iso, found.weekday, found.month, found.day) == ("", 1, 11, 1)
    assert years_with(1, 11, 1, 2014, 2017) == [2016]


@pytest.mark.parametrize("text", ["we may go 5 times", "1500 / 1500", "10.0.0.1", "3,000 to 4,500"])
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == []


@given(st.text(st.sampled_from("0123456789/.-, aprmyjunov١٢نوفمبر年月日()"), max_size=60))
def test_nothing_raises_and_spans_lie_apart(text: str) -> None:
    found = find_dates(text)
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))


@given(st.dates())
def test_iso_dates_come_back(day) -> None:  # type: ignore[no-untyped-def]
    expected = [day.isoformat()] if 1900 <= day.year <= 2099 else []
    assert [found.iso for found in find_dates(day.isoformat())] == expected
