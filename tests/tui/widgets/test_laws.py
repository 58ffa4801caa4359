"""Laws of wrapping, layout and the caret, for any text and any width."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.capture.article import Article, Block, Kind
from reader.text.span import Span
from reader.tui.widgets.caret import MOTIONS, OBJECTS, Caret
from reader.tui.widgets.cells import clusters, fit, is_simple, shown, width_of
from reader.tui.widgets.flow import Anchor, Flow
from reader.tui.widgets.layout import View, compose
from reader.tui.widgets.wrap import wrap

TEXT = st.text(
    st.one_of(
        st.sampled_from("  abc-—/.,“”'\u00a0\t\u200d\u200f\ufe0f"),
        st.sampled_from("中文字。é\u0301\u0e33\u0e01שלוםعربي👩🏽🇩\u202e\x1b\x07"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"),
    ),
    max_size=120,
)
WIDTH = st.integers(1, 90)


@given(TEXT, WIDTH, WIDTH)
def test_rows_hold_every_visible_code_point_once_and_fit(text: str, width: int, first: int) -> None:
    rows = wrap(text, Span(0, len(text)), width, first)
    assert rows
    covered = [position for row in rows for position in range(row.start, row.end)]
    assert covered == sorted(set(covered))
    left_out = set(range(len(text))) - set(covered)
    assert all(text[position] in " \t\n" or width_of(text[position]) == 0 for position in left_out)
    for index, row in enumerate(rows):
        room = first if index == 0 else width
        assert width_of(row.of(text)) <= max(room, 2)
        assert width_of(row.of(text)) <= room or len(clusters(text, row.start, row.end)) == 1


@given(TEXT, st.integers(0, 40))
def test_what_is_printed_fits_and_steers_nothing(text: str, width: int) -> None:
    cut = fit(text, width)
    assert width_of(cut) <= width
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in shown(text) + cut)
    parts = clusters(text)
    assert [part.start for part in parts] == [0, *(part.end for part in parts)][: len(parts)]
    assert sum(part.width for part in parts) == width_of(text)
    assert not text or parts[-1].end == len(text)
    if is_simple(text):
        assert width_of(text) == len(text) == len(parts)


KINDS = st.sampled_from(list(Kind))
BLOCKS = st.lists(st.tuples(KINDS, TEXT, st.booleans(), st.integers(0, 12)), max_size=8)


def made(parts: list[tuple[Kind, str, bool, int]]) -> Article:
    """An article of such blocks, one line between them."""
    text, blocks = "", []
    for kind, words, repeats, depth in parts:
        if not words.strip():
            continue
        text += "\n\n" if text else ""
        span = Span(len(text), len(text) + len(words))
        text += words
        comment = kind is Kind.COMMENT
        rule = "repeat" if repeats else "because"
        blocks.append(Block(kind, span, rule, "Nadia" if comment else None, depth if comment else 0))
    return Article("a", "a", "0", text, tuple(blocks))


def shown_code_points(flow: Flow) -> Counter[int]:
    """How often each code point of the article is on the page."""
    return Counter(
        position
        for index in range(len(flow.items))
        for row in flow.rows(index)
        if row.item.placed
        for position in range(row.span.start, row.span.end)
    )


@given(BLOCKS, WIDTH, st.booleans())
def test_with_everything_unfolded_each_visible_code_point_is_shown_once(
    parts: list[tuple[Kind, str, bool, int]], width: int, raw: bool
) -> None:
    article = made(parts)
    view = View(comments=True, furniture=True, raw=raw, margin=0)
    counts = shown_code_points(Flow(compose(article, view), width))
    assert set(counts.values()) <= {1}
    for position, character in enumerate(article.text):
        if not character.isspace() and width_of(character):
            assert counts[position] == 1


@given(BLOCKS, WIDTH, st.integers(1, 30), st.integers(-50, 50))
def test_a_window_is_full_and_steps_come_back(
    parts: list[tuple[Kind, str, bool, int]], width: int, height: int, count: int
) -> None:
    flow = Flow(compose(made(parts), View()), width)
    total = sum(len(flow.rows(index)) for index in range(len(flow.items)))
    anchor = flow.settled(flow.step(Anchor(0, 0), abs(count)), height)
    assert len(flow.window(anchor, height)) == min(total, height)
    moved = flow.step(anchor, count)
    back = flow.step(moved, -count)
    assert back == anchor or moved in (Anchor(0, 0), flow.last())


@given(BLOCKS, WIDTH)
def test_every_shown_place_is_found_again(parts: list[tuple[Kind, str, bool, int]], width: int) -> None:
    flow = Flow(compose(made(parts), View(comments=True)), width)
    for index in range(len(flow.items)):
        for at, row in enumerate(flow.rows(index)):
            if row.item.placed and row.span.length and row.line >= 0:
                assert flow.at(row.span.start) == Anchor(index, at)
                assert flow.shows(row.span.start)


@given(BLOCKS, st.lists(st.tuples(st.sampled_from([*MOTIONS, *OBJECTS, "v", "V", "o", "+", "-"]), st.integers(1, 4))))
def test_the_caret_never_leaves_what_is_visible(
    parts: list[tuple[Kind, str, bool, int]], moves: list[tuple[str, int]]
) -> None:
    article = made(parts)
    visible = Flow(compose(article, View()), 60).placed_spans()
    caret = Caret(article.text, visible)
    if not caret.visible:
        return
    for name, count in moves:
        if name in OBJECTS:
            caret.select(name)
        elif name in "vV":
            caret.begin(name == "V")
        elif name == "o":
            caret.other_end()
        elif name in "+-":
            caret.expand() if name == "+" else caret.shrink()
        else:
            caret.move(name, count)
        assert any(span.holds(caret.position) for span in caret.visible)
        if (chosen := caret.selection) is not None:
            assert chosen.holds(caret.position)
            assert caret.visible[0].start <= chosen.start < chosen.end <= caret.visible[-1].end


@given(TEXT.filter(str.strip))
def test_left_undoes_right(text: str) -> None:
    caret = Caret(text, [Span(0, len(text))])
    places = [caret.position]
    while caret.move("right"):
        places.append(caret.position)
    back = [caret.position]
    while caret.move("left"):
        back.append(caret.position)
    assert back == places[::-1]


@pytest.mark.parametrize(
    ("moves", "selected"),
    [
        (["v", "word", "word"], "The ferry"),
        (["v", "word", "word", "word", "back"], "The ferry"),
        (["v", "end", "sentence-next"], "The ferry left."),
        (["v", "sentence-next", "sentence-next", "sentence-previous"], "The ferry left."),
        (["word", "word", "v", "back"], "ferry l"),
        (["word", "v", "word", "word", "o", "word"], "left"),
        (["word", "v", "right", "back"], "f"),
    ],
)
def test_a_selection_grows_and_shrinks_by_whole_words_at_its_later_end(moves: list[str], selected: str) -> None:
    text = "The ferry left. Nobody saw it."
    caret = Caret(text, [Span(0, len(text))])
    for name in moves:
        if name == "v":
            caret.begin()
        elif name == "o":
            caret.other_end()
        else:
            caret.move(name)
    assert caret.selection is not None
    assert caret.selection.of(text) == selected
