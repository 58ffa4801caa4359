"""Words, normal forms and keys for transliterated names."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.text.span import Span
from reader.text.spelling import attached, fold_key, normal_text, normalise, soft_form, words

TEXTS = st.text(
    st.one_of(
        st.sampled_from("aZsxldqu0123,.'’`ʿ UAS-éßﬁøنجيفا٣é\u00a0\u0301\u0640中の½ﷺİ"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=60,
)


@given(TEXTS)
@example("U.S.'s men, 1,500's, 12,3456, x'U.S. x'U.S.A. 1,500'x ''a''b 'Nujaifi's'")
@example("U\u0301.S. rock's'x and `quoted`s")
@example("U.S.'l'a l'U.S.A. d'1,500 qu''a l'a's 'l'a x'l'a (l'a) l'\u0301a")
def test_an_index_stores_the_words_that_are_found(text: str) -> None:
    assert normal_text(text).split() == [word.normal for word in words(text)]


@given(TEXTS)
def test_normal_forms_stay_as_they_are(text: str) -> None:
    for word in words(text):
        assert normalise(word.normal) == word.normal
        assert normalise(text[word.start : word.end]) == word.normal
        assert word.normal == word.normal.strip() != ""


@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_words_of_a_part_lie_in_it(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    span = Span(start, min(len(text), start + length))
    assert all(span.start <= word.start < word.end <= span.end for word in words(text, span))


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("DA'ESH", "daesh"),
        ("Da’esh", "daesh"),
        ("Daʿesh", "daesh"),
        ("Nujaifi's", "nujaifi"),
        ("Nujaifi’s", "nujaifi"),
        ("ﬁnance", "finance"),
        ("l’Élysée", "elysee"),
        ("d'État", "etat"),
        ("qu’Obama", "obama"),
        ("jusqu'ici", "ici"),
        ("aujourd’hui", "aujourdhui"),
        ("world's", "world"),
        ("D'Souza", "dsouza"),
        ("צה״ל", "צהל"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("1,500", "1500"),
        ("٢٠١٥", "2015"),
        ("I.S.I.L", "isil"),
        ("أحمد", "احمد"),
        ("مُحَمَّد", "محمد"),
        ("مقاومة", "مقاومه"),
    ],
)
def test_normal_form(written: str, normal: str) -> None:
    assert normalise(written) == normal


def test_a_no_break_space_divides_words() -> None:
    assert normal_text("near\u00a0Mosul\u202fon\u2009Tuesday").split() == ["near", "mosul", "on", "tuesday"]


@pytest.mark.parametrize(
    "spellings",
    [
        ("Nujaifi", "Nujayfi", "Nujaify", "النجيفي"),
        ("Da'esh", "Daesh", "Daish", "داعش"),
        ("muqawama", "mukawama", "muqawamah", "مقاومة"),
        ("Qayyarah", "Qayara", "Qayarah", "Gayyara", "القيارة"),
        ("Muhammad", "Mohamed", "Mohammed", "محمد"),
        ("Hussein", "Husayn", "Hussain", "حسين"),
        ("Gaddafi", "Qadhafi", "Kadafi", "Ghaddafi", "القذافي"),
        ("Sulaymaniyah", "Suleimaniya", "السليمانية"),
        ("Mosul", "Mawsil", "الموصل", "والموصل"),
        ("Abbas", "عباس"),
        ("Moskva", "Москва"),
        ("Tchaikovsky", "Chaikovski", "Чайковский"),
        ("Khrushchev", "Хрущёв"),
    ],
)
def test_spellings_of_one_name_share_a_key(spellings: tuple[str, ...]) -> None:
    keys = {fold_key(spelling) for spelling in spellings}
    assert len(keys) == 1
    assert keys != {""}


@pytest.mark.parametrize(
    ("one", "other"), [("Nujaifi", "Nuri"), ("Mosul", "Kirkuk"), ("Barzani", "Talabani"), ("Abadi", "Maliki")]
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert fold_key(one) != fold_key(other)


def test_an_elided_article_is_passed_over_wherever_the_word_stands() -> None:
    text = "L’été à l'Élysée\nd'Évry, qu'elle n'a; the world's all"
    normal = ["ete", "a", "elysee", "evry", "elle", "na", "the", "world", "all"]
    assert [word.normal for word in words(text)] == normal_text(text).split() == normal


def test_what_arabic_writes_in_one_with_a_word() -> None:
    assert {"وقطر", "بقطر", "والقطر", "للقطر"} <= set(attached("قطر"))
    assert {"صدر", "وصدر", "والصدر"} <= set(attached("الصدر"))
    assert attached("qatar") == attached("لا") == ()


def test_words_without_enough_sounds_have_no_key() -> None:
    assert [fold_key(word) for word in ("2014", "is", "a", "m16", "")] == ["", "", "", "", ""]


@given(TEXTS)
def test_keys_and_soft_forms_never_raise(text: str) -> None:
    for word in words(text):
        assert isinstance(fold_key(word.normal), str)
        assert isinstance(soft_form(word.normal), str)
