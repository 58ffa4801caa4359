"""Pens are told apart without colour, and a mistake in their file is told with its line."""

from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.pens import (
    COLOURS,
    DEFAULT_PENS,
    STYLES,
    Pen,
    dump_pens,
    load_pens,
    pen_named,
)


def test_the_default_pens_differ_in_everything_that_tells_them_apart() -> None:
    for part in ("name", "letter", "colour", "style", "mark", "meaning"):
        assert len({getattr(pen, part) for pen in DEFAULT_PENS}) == len(DEFAULT_PENS)


def test_pens_survive_their_file() -> None:
    assert load_pens(dump_pens(DEFAULT_PENS)) == (DEFAULT_PENS, ())


def test_an_empty_file_gives_the_defaults() -> None:
    assert load_pens("") == (DEFAULT_PENS, ())


def test_a_mistake_is_told_with_its_line_and_the_rest_is_kept() -> None:
    text = (
        '# mine\n[[pen]]\nname = "source"\ncolour = "mauve"\n\n'
        '[[pen]]\nletter = "z"\n\n[[pen]]\nname = "fact"\n'
    )
    pens, mistakes = load_pens(text)
    assert [pen.name for pen in pens] == ["source", "fact"]
    assert [mistake.line for mistake in mistakes] == [2, 6]
    assert "mauve" not in pens[0].colour
    assert pens[1].colour == DEFAULT_PENS[0].colour


def test_a_file_that_is_no_toml_is_told_with_its_line() -> None:
    pens, mistakes = load_pens('[[pen]]\nname = "a"\nletter = \n')
    assert pens == DEFAULT_PENS
    assert mistakes[0].line == 3


def test_two_pens_never_share_a_letter() -> None:
    pens, mistakes = load_pens(
        '[[pen]]\nname="a"\nletter="x"\n[[pen]]\nname="b"\nletter="x"\n[[pen]]\nname="x"\n'
    )
    assert len({pen.letter for pen in pens}) == 3
    assert len(mistakes) == 1


def test_an_unknown_pen_keeps_its_name() -> None:
    assert pen_named(DEFAULT_PENS, "colleague's").name == "colleague's"
    assert pen_named(DEFAULT_PENS, None) == DEFAULT_PENS[0]
    assert pen_named((), "doubt").name == "doubt"


@given(st.text(max_size=120))
def test_no_file_stops_the_start(text: str) -> None:
    pens, _ = load_pens(text)
    assert pens


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]), min_size=1, max_size=12)


@given(
    st.lists(
        st.tuples(WORDS, st.sampled_from(COLOURS), st.sampled_from(STYLES), WORDS), min_size=1, max_size=4
    )
)
def test_any_pens_survive_their_file(rows: list[tuple[str, str, str, str]]) -> None:
    pens = tuple(
        Pen(f"{index}{name}", "abcd"[index], colour, style, "*", meaning)
        for index, (name, colour, style, meaning) in enumerate(rows)
    )
    read, mistakes = load_pens(dump_pens(pens))
    again, _ = load_pens(dump_pens(read))
    assert not mistakes
    assert read == again
    assert [(pen.letter, pen.colour, pen.style) for pen in read] == [
        (p.letter, p.colour, p.style) for p in pens
    ]
