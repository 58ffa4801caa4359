"""Who says the same because one took it from the other counts once, and it is said why."""

from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.origins import Report, origins, shared

AGENCY = (
    "Gate two of the dam above Brindlemouth gave way on Monday night, and the lower town stood under water by noon. "
    "The harbour master said that forty-one barges had been torn loose and that nobody was missing. "
    "Engineers had asked for a second opinion in three letters since the spring, an official of the council said. "
    "The ministry did not answer on Tuesday, when the water board measured at the bridge for the first time."
)
COPY = (
    "Our town woke up to water on Tuesday. Gate two of the dam above Brindlemouth gave way late on Monday, and the "
    "lower town stood under water by noon. The harbour master said that forty-one barges had been torn loose and that "
    "no one was missing. The mayor will speak tonight. Engineers had asked for a second opinion in three letters."
)
OWN = (
    "A night guard saw the gate of the dam tear at eleven on Monday. He rang the bell until the houses by the quay "
    "were empty, he told us on the roof of the school. By noon the barges lay across the market, forty or more, and "
    "the council was counting. Of the letters that the engineers wrote in spring nobody there wants to speak."
)


def report(id: str, outlet: str, text: str = "", *authors: str) -> Report:
    return Report(id, outlet, authors, lambda: text)


def count(*reports: Report) -> int:
    found = origins(reports)
    return len({found.of(one.id) for one in reports})


def test_copied_text_is_one_origin_and_an_own_report_of_the_same_is_another() -> None:
    wire, local, own = report("a", "Wire", AGENCY), report("b", "Local", COPY), report("c", "Lantern", OWN)
    found = origins([wire, local, own])
    assert found.of("a") == found.of("b") != found.of("c")
    (reason,) = found.reasons
    assert reason.startswith("Wire and Local count once: ")
    assert reason.endswith("% of the shorter text is in the other")


def test_one_publisher_and_one_byline_are_one_origin() -> None:
    assert count(report("a", "Wire"), report("b", "Wire")) == 1
    assert count(report("a", "Wire", "", "Ana Vale", "Ben Orr"), report("b", "Local", "", "ben orr", "ana vale")) == 1
    assert count(report("a", "Wire", "", "Ana Vale"), report("b", "Local", "", "Ben Orr")) == 2
    assert count(report("a", ""), report("b", "")) == 2, "what has no name is its own origin"
    assert origins([]).of("unknown") == "unknown"


def test_what_is_joined_is_joined_as_a_whole() -> None:
    chain = report("a", "Wire", AGENCY), report("b", "Local", COPY, "Ana Vale"), report("c", "Third", OWN, "Ana Vale")
    assert count(*chain) == 1


def test_texts_are_read_only_where_nothing_else_decides() -> None:
    read: list[str] = []

    def text(id: str) -> str:
        read.append(id)
        return AGENCY

    reports = [Report(id, "Wire", (), lambda id=id: text(id)) for id in "abc"]  # type: ignore[misc]
    origins(reports)
    assert read == []


SOME = ["gate", "water", "town", "letter", "dam", "monday", "the", "of", "on", "a"]
WORDS = st.lists(st.sampled_from(SOME), max_size=60).map(" ".join)


@given(WORDS, WORDS)
def test_shares_are_even_and_whole_for_the_same_text(one: str, other: str) -> None:
    assert shared(one, other) == shared(other, one)
    assert 0 <= shared(one, other) <= 1
    assert shared(one, one) == (1 if len(one.split()) >= 5 else 0)
