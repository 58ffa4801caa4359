"""The thrifty output shows the same as the output it was made from."""

import pyte
from hypothesis import given
from hypothesis import strategies as st

from reader.tui.thrift import thin

COLOURS = st.sampled_from(["", "31", "97", "38;2;224;177;94", "38;5;17"])
GROUNDS = st.sampled_from(["", "44", "48;2;22;24;27", "48;2;1;2;3"])
ATTRIBUTES = st.lists(st.sampled_from(["1", "3", "4", "7"]), unique=True, max_size=2)
Piece = tuple[int, int, str, list[str], str, str, bool]
PIECES = st.tuples(
    st.integers(1, 8),
    st.integers(1, 30),
    st.text("abc  é中", min_size=1, max_size=9),
    ATTRIBUTES,
    COLOURS,
    GROUNDS,
    st.booleans(),
)


def drawn(output: str) -> list[list[object]]:
    """Every cell of a terminal that was sent the output, with its looks."""
    screen = pyte.Screen(40, 10)
    pyte.Stream(screen).feed(output)
    return [[screen.buffer[y][x] for x in range(40)] for y in range(10)]


@given(st.lists(PIECES, max_size=12))
def test_the_screen_is_the_same_and_never_costs_more(
    pieces: list[Piece],
) -> None:
    output = ""
    for row, column, text, attributes, colour, ground, broken in pieces:
        codes = ";".join([*sorted(attributes), *(code for code in (colour, ground) if code)])
        output += ("\n" if broken else "") + f"\x1b[{row};{column}H"
        output += f"\x1b[{codes}m{text}\x1b[0m" if codes else text
    thinned = thin(output)
    assert drawn(thinned) == drawn(output)
    assert drawn(thinned + "x") == drawn(output + "x")
    assert len(thinned) <= len(output)


def test_a_frame_in_one_style_says_it_once() -> None:
    style = "\x1b[38;2;1;2;3;48;2;4;5;6m"
    frame = "\n".join(f"\x1b[{row};1H{style}row {row}\x1b[0m" for row in range(1, 9))
    assert thin(frame).count("38;2;1;2;3") == 1
    assert thin(frame).endswith("\x1b[0m")
    assert "\n" not in thin(frame)


def test_what_is_not_understood_passes_unchanged() -> None:
    for output in (
        "plain",
        "\x1b[?2026h",
        "\x1b]52;c;YQ==\x07",
        "\x1b[>4;1m",
        "\x1b[58;5;3mx\x1b[0m",
        "\x1b[2J\n",
    ):
        assert thin(output) == output
