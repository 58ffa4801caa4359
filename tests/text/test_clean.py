"""Nothing that a terminal obeys comes out of `clean`, and nothing that scripts need is lost."""

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.clean import MARKS_IN_A_ROW, clean, clean_line

ALLOWED_CONTROLS = {"\t", "\n"}
BIDI = {chr(point) for point in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def forbidden(character: str) -> bool:
    point = ord(character)
    return (
        (category(character) in {"Cc", "Cs", "Zl", "Zp"} and character not in ALLOWED_CONTROLS)
        or character in BIDI
        or point & 0xFFFE == 0xFFFE
        or 0xFDD0 <= point <= 0xFDEF
        or 0xE0000 <= point <= 0xE0FFF
    )


def test_no_forbidden_character_comes_out_of_any_code_point() -> None:
    for start in range(0, 0x110000, 0x1000):
        for text in (f"a{chr(point)}b" for point in range(start, start + 0x1000)):
            cleaned = clean(text)
            assert not any(map(forbidden, cleaned)), f"U+{ord(text[1]):04X}"
            assert clean(cleaned) == cleaned, f"U+{ord(text[1]):04X}"


@given(st.text(st.characters(), max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(st.sampled_from("\r\n\x0c\x85\u2028ab"), max_size=30))
def test_every_line_end_is_one_line_feed(text: str) -> None:
    assert clean(text).split("\n") == text.replace("\r\n", "\n").translate(
        dict.fromkeys(map(ord, "\r\x0c\x85\u2028"), "\n")
    ).split("\n")


@pytest.mark.parametrize(
    "text",
    ["المُقاوَمَة", "می‌خواهم", "שָׁלוֹם", "ภาษาไทย", "👩‍👩‍👧‍👦 ❤️", "क्षत्रिय", "Việt Nam", "a\u200eb\u061c"],
)
def test_scripts_and_emoji_stay_whole(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b]0;title", "␛]0;title"),
        ("a\x9b31mb", "a\ufffd31mb"),
        ("x\u202egnp.exe", "xgnp.exe"),
        ("\x7f", "␡"),
        ("soft\u00adhyphen", "softhyphen"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
    ],
)
def test_what_a_terminal_obeys_becomes_visible_or_goes(text: str, seen: str) -> None:
    assert clean(text) == seen


def test_a_tower_of_marks_is_cut() -> None:
    assert clean("e" + "\u0301" * 50) == "e" + "\u0301" * MARKS_IN_A_ROW


@given(st.text(), st.integers(min_value=1, max_value=80))
def test_a_line_is_one_line_of_at_most_the_limit(text: str, limit: int) -> None:
    line = clean_line(text, limit)
    assert "\n" not in line
    assert "\t" not in line
    assert len(line) <= limit
