"""Two changes of one annotation, joined: the laws that no field may break."""

from dataclasses import replace

import hypothesis.strategies as st
from hypothesis import given
from store_tools import target

from reader.annotations.annotation import Annotation, Stance
from reader.annotations.merge import RULE, merge

QUOTES = ("ferry", "harbour master", "forty-one crates", "the quay")
PASSAGES = st.lists(st.sampled_from(QUOTES), min_size=1, max_size=3, unique=True).map(
    lambda quotes: tuple(map(target, quotes))
)
ANNOTATIONS = st.builds(
    Annotation,
    id=st.just("x"),
    creator=st.just("Ana"),
    created=st.just("2021"),
    modified=st.sampled_from(("2021", "2022", "2023")),
    targets=PASSAGES,
    note=st.sampled_from(("", "one", "one\ntwo", "three", "tone")),
    tags=st.lists(st.sampled_from("abcd"), unique=True).map(tuple),
    pen=st.sampled_from((None, "key", "doubt")),
    reliability=st.sampled_from((None, "A", "B")),
    credibility=st.sampled_from((None, 1, 2)),
    private=st.booleans(),
    extra=st.dictionaries(st.sampled_from("xy"), st.sampled_from((1, 2))),
)


@given(ANNOTATIONS, ANNOTATIONS)
def test_a_change_on_one_side_alone_is_taken_whole(base: Annotation, changed: Annotation) -> None:
    latest = replace(changed, modified=max(base.modified, changed.modified))
    for found in (merge(base, changed, base), merge(base, base, changed)):
        assert found.conflicts == ()
        assert replace(found.annotation, tags=()) == replace(latest, tags=())
        assert set(found.annotation.tags) == set(changed.tags)


@given(ANNOTATIONS, ANNOTATIONS)
def test_the_same_change_on_both_sides_is_no_conflict(base: Annotation, changed: Annotation) -> None:
    found = merge(base, changed, changed)
    assert found.annotation == replace(changed, modified=changed.modified)
    assert found.conflicts == ()


@given(ANNOTATIONS, ANNOTATIONS, ANNOTATIONS)
def test_nothing_that_either_side_added_is_missing(base: Annotation, mine: Annotation, theirs: Annotation) -> None:
    found = merge(base, mine, theirs).annotation
    for side, other in ((mine, theirs), (theirs, mine)):
        assert set(side.tags) - set(base.tags) <= set(found.tags)
        assert not (set(base.tags) - set(side.tags)) & set(found.tags)
        if side.note not in (base.note, "") and side.note != other.note:
            assert f"\n{side.note}\n" in f"\n{found.note}\n"
        if side.private and not base.private:
            assert found.private
    assert found.targets


@given(ANNOTATIONS, ANNOTATIONS, ANNOTATIONS)
def test_who_merges_does_not_decide_what_is_kept(base: Annotation, mine: Annotation, theirs: Annotation) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert one.conflicts == other.conflicts
    assert set(one.annotation.tags) == set(other.annotation.tags)
    assert set(one.annotation.note.split(RULE)) == set(other.annotation.note.split(RULE))


def test_two_different_notes_are_both_kept_mine_first() -> None:
    base = Annotation("x", "Ana", "", "", (target(),), "seen")
    found = merge(base, replace(base, note="seen at noon"), replace(base, note="seen by two"))
    assert found.annotation.note == f"seen at noon{RULE}seen by two"
    assert found.conflicts == ("note",)
    again = merge(base, found.annotation, replace(base, note="seen by two"))
    assert again.annotation.note == found.annotation.note


def test_evidence_added_in_two_windows_is_all_there() -> None:
    base = Annotation("x", "Ana", "", "", (target("ferry"),), kind="claim")
    mine = replace(base, targets=(*base.targets, target("the quay", stance=Stance.SUPPORTS)))
    theirs = replace(base, targets=(target("ferry", stance=Stance.UNCLEAR), target("forty-one crates")))
    found = merge(base, mine, theirs).annotation.targets
    assert [(one.exact, one.stance) for one in found] == [
        ("ferry", Stance.UNCLEAR),
        ("the quay", Stance.SUPPORTS),
        ("forty-one crates", None),
    ]
