"""A passage is found again, or the placement says what is wrong."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.annotations.anchoring import Anchors, place, place_all
from reader.annotations.annotation import State, Target
from reader.annotations.contexts import Context, agree, alike
from reader.annotations.folding import same_words
from reader.annotations.selectors import target_for
from reader.capture.article import Article
from reader.text.span import Span

OLD = (
    "Storm closes the strait\n\nHarbour officials said on Monday that 3,000 crates were lost in the storm. "
    "The governor denied it.\n\nA clerk of the port, Idris Vale, wept. He said “no more ships will sail”.\n"
    "The storm moved east on Tuesday.\n"
)


def article(text: str) -> Article:
    return Article("a.txt", "a.txt", "0", text, ())


def placed(quote: str, new: str, old: str = OLD, snapshot: bool = True) -> tuple[State, str | None]:
    start = old.index(quote)
    target = target_for(article(old), Span(start, start + len(quote)))
    found = place(target, old if snapshot else None, article(new))
    return found.state, found.span.of(new) if found.span else None


QUOTE = "The governor denied it"


@pytest.mark.parametrize("snapshot", [True, False])
@pytest.mark.parametrize(
    ("new", "state"),
    [
        (OLD, State.PLACED),
        (OLD + "\nShare this\n", State.PLACED),
        ("Menu Home News\n" + OLD, State.MOVED),
        (OLD.replace(" ", "\u00a0").replace("\n\n", "\n"), State.MOVED),
        (OLD.upper(), State.MOVED),
        (OLD.replace(" The governor denied it.", ""), State.ORPHAN),
        ("", State.ORPHAN),
        (OLD.replace("The governor denied it", "The governor flatly denied it"), State.REVIEW),
    ],
)
def test_the_states(new: str, state: State, snapshot: bool) -> None:
    found, text = placed(QUOTE, new, snapshot=snapshot)
    assert found is state
    if state in (State.PLACED, State.MOVED):
        assert text is not None
        assert same_words(text, QUOTE)


def test_a_changed_number_is_for_review_and_never_silent() -> None:
    state, text = placed("3,000 crates were lost", OLD.replace("3,000", "5,000"))
    assert (state, text) == (State.REVIEW, "5,000 crates were lost")


def test_arabic_with_other_vowel_marks_and_direction_marks() -> None:
    old = "قال الوالي إن المرفأ مُغلق.\nThe port (ميناء البصرة) closed. ثم نفى الخبر يوم الاثنين.\n"
    new = "\u200fخبر عاجل\n" + old.replace("مُغلق", "مغلق").replace("نفى", "نَفَى")
    assert placed("إن المرفأ مُغلق", new, old) == (State.MOVED, "إن المرفأ مغلق")
    assert placed("ثم نفى الخبر", new, old) == (State.MOVED, "ثم نَفَى الخبر")
    assert placed("(ميناء البصرة) closed", new, old) == (State.MOVED, "(ميناء البصرة) closed")


def test_the_same_words_elsewhere_are_told_apart_by_their_context() -> None:
    old = "Reporters asked twice. He said no. Later the mayor came in. He said no. Everyone left the hall.\n"
    start = old.rindex("He said no")
    target = target_for(article(old), Span(start, start + 10))
    new = "Hall news\n" + old.replace("Everyone", "All")
    found = place(target, old, article(new))
    assert found.state is State.MOVED
    assert found.span == Span(new.rindex("He said no"), new.rindex("He said no") + 10)
    gone = old.replace("Later the mayor came in. He said no. ", "")
    assert place(target, old, article(gone)).state in (State.REVIEW, State.ORPHAN)


def test_a_whole_article_is_always_in_place() -> None:
    assert place(target_for(article(OLD), None), None, article("other")).state is State.PLACED


def test_a_stored_position_that_lies_is_not_believed() -> None:
    start = OLD.index(QUOTE)
    honest = target_for(article(OLD), Span(start, start + len(QUOTE)))
    lying = Target(honest.source, honest.text_sha256, Span(0, 5), honest.exact, honest.prefix, honest.suffix)
    found = place(lying, OLD, article(OLD))
    assert found.span == honest.span
    beyond = Target(honest.source, honest.text_sha256, Span(9_000, 9_005), honest.exact)
    assert place(beyond, None, article(OLD)).span in (honest.span, None)


def test_placing_many_stops_when_cancelled() -> None:
    target = target_for(article(OLD), Span(0, 5))
    answers = iter([False, True])
    assert len(list(place_all([(target, None)] * 5, article(OLD), lambda: next(answers)))) == 1
    assert len(list(place_all([(target, OLD)] * 5, article("x " + OLD)))) == 5


ANY = st.text("ab cé.\n\u200fم", max_size=50)


@given(ANY, ANY, st.booleans(), st.data())
def test_for_any_two_texts_the_words_stand_there_or_it_is_flagged(
    old: str, new: str, snapshot: bool, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, max(0, len(old) - 1)))
    end = data.draw(st.integers(start, len(old)))
    if start == end:
        return
    target = target_for(article(old), Span(start, end))
    found = Anchors(new, article(new).text_sha256).place(target, old if snapshot else None)
    if found.span is not None:
        assert found.span.end <= len(new)
    if found.state is State.PLACED:
        assert found.span is not None
        assert found.span.of(new) == target.exact
    if found.state is State.MOVED:
        assert found.span is not None
        assert same_words(found.span.of(new), target.exact)
    if found.state is State.ORPHAN:
        assert found.span is None


@given(ANY, ANY, ANY, st.integers(0, 60), st.integers(0, 60))
@example("a", "", "a", 0, 2)
def test_no_selector_raises(exact: str, prefix: str, text: str, start: int, length: int) -> None:
    target = Target("a", "", Span(start, start + length), exact, prefix, "suffix")
    assert place(target, None, article(text)).reason
    assert place(target, text[::-1], article(text)).reason


@pytest.mark.parametrize("snapshot", [None, "The ferry left at noon", "At noon"])
def test_a_stored_end_behind_the_text_is_not_believed(snapshot: str | None) -> None:
    new = article("The ferry left at noon")
    target = Target("a", new.text_sha256, Span(15, 90), "at noon", "The ferry left ", "")
    found = place(target, snapshot, new)
    assert found.state is not State.PLACED
    assert found.span is not None
    assert found.span.of(new.text) == "at noon"
    assert found.span.end == len(new.text)


@pytest.mark.parametrize(
    ("old", "start", "length"),
    [
        ("a" * 200_000, 100_000, 1),
        ("Reply Share Report\n" * 9_000, 19 * 4_000, 5),
        (" " * 90_000 + "word" + " " * 90_000, 90_000, 4),
        (OLD * 500, 700, 60_000),
        ("\u0301" * 50_000 + "end", 50_000, 3),
    ],
    ids=["one letter", "one line", "one word", "a long passage", "marks"],
)
def test_texts_of_any_shape_are_answered(old: str, start: int, length: int) -> None:
    target = target_for(article(old), Span(start, start + length))
    new = article("New. " + old.replace("storm", "gale"))
    for snapshot in (old, None):
        found = place(target, snapshot, new)
        assert found.state is not State.PLACED
        if found.state is State.MOVED:
            assert found.span is not None
            assert same_words(found.span.of(new.text), target.exact)


CONTEXTS = st.lists(st.sampled_from(["gate", "water", "the", "on", "monday", "gates"]), max_size=12).map(" ".join)


@given(*[CONTEXTS] * 4, st.floats(-0.2, 1.2))
def test_contexts_agree_to_a_level_exactly_when_their_likeness_is_above_it(
    before: str, after: str, now_before: str, now_after: str, level: float
) -> None:
    was, there = (Context(before), Context(after)), (Context(now_before), Context(now_after))
    likeness = (alike(was[0], there[0]) + alike(was[1], there[1])) / 2
    if abs(likeness - level) > 1e-6:
        assert agree(was, there, level) == (likeness > level)
