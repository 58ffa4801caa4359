"""Claims count independent origins, and grades stay apart."""

from pathlib import Path

import pytest

from reader.annotations.annotation import Annotation, Stance, Target
from reader.annotations.claims import (
    claim,
    claims,
    claims_on,
    grade,
    graded,
    grades_of,
    outlet_of,
    outlet_target,
    standing,
    with_evidence,
    with_passages,
    without_evidence,
)
from reader.annotations.store import Store
from reader.annotations.w3c import from_json, to_json
from reader.errors import WrongUsage
from tests.annotations.making import note, passage

FOR, AGAINST = Stance.SUPPORTS, Stance.CONTRADICTS


def held(*sides: tuple[str, Stance]) -> Annotation:
    """A claim with a passage of each article."""
    return note(9, *(passage("sank", source, stance) for source, stance in sides), kind="claim")


def test_a_claim_needs_words_and_a_passage() -> None:
    made = claim(" It sank. ", [passage("sank")])
    assert (made.note, made.kind, made.targets[0].stance) == ("It sank.", "claim", Stance.UNCLEAR)
    with pytest.raises(WrongUsage):
        claim(" ", [passage("sank")])
    with pytest.raises(WrongUsage):
        claim("It sank.")


def test_passages_put_under_a_claim_again_keep_what_was_judged() -> None:
    one = held(("a", FOR))
    both = with_passages(one, [passage("sank", "a"), passage("sank", "b")])["targets"]
    assert [(target.source, target.stance) for target in both] == [("a", FOR), ("b", Stance.UNCLEAR)]


def test_evidence_is_linked_turned_and_taken_away() -> None:
    one = held(("a", FOR))
    two = with_evidence(one, passage("sank", "b"), AGAINST)["targets"]
    assert [target.stance for target in two] == [FOR, AGAINST]
    turned = with_evidence(held(("a", FOR), ("b", AGAINST)), passage("sank", "a"), AGAINST)["targets"]
    assert [target.stance for target in turned] == [AGAINST, AGAINST]
    assert len(without_evidence(held(("a", FOR), ("b", FOR)), passage("sank", "a"))["targets"]) == 1
    with pytest.raises(WrongUsage):
        without_evidence(one, one.targets[0])


@pytest.mark.parametrize(
    ("sides", "suggested"),
    [
        ((("a", FOR), ("b", FOR)), 1),
        ((("a", FOR), ("a2", FOR)), 3),
        ((("a", FOR), ("b", FOR), ("c", AGAINST)), 3),
        ((("a", FOR), ("b", AGAINST)), 4),
        ((("b", AGAINST),), 5),
        ((("b", Stance.UNCLEAR),), 6),
    ],
)
def test_copies_of_one_text_are_one_origin(sides: tuple[tuple[str, Stance], ...], suggested: int) -> None:
    stands = standing(held(*sides), lambda article: article[0])
    assert stands.supports + stands.contradicts + stands.unclear == len(sides)
    assert stands.suggested[0] == suggested
    assert stands.suggested[1]


def test_claims_are_found_from_their_passages() -> None:
    one = held(("a", FOR))
    assert claims([note(1), one]) == (one,)
    assert claims_on([one], passage("sank", "a", AGAINST)) == (one,)
    assert claims_on([one], passage("sank", "b")) == ()


def test_grades_are_of_the_scales() -> None:
    assert graded(held(("a", FOR)), 2) == {"credibility": 2}
    with pytest.raises(WrongUsage):
        graded(held(("a", FOR)), 7)
    with pytest.raises(WrongUsage):
        grade(Target("a"), "G", "")


def test_an_outlet_is_a_target_that_survives_its_file() -> None:
    target = outlet_target("Harbour Wire & “Söhne”")
    assert outlet_of(target) == "Harbour Wire & “Söhne”"
    assert outlet_of(Target("harbour/ferry.txt")) is None
    made = note(1, target, kind="grade", reliability="B")
    assert from_json(to_json(made)).targets == made.targets


def test_an_articles_own_grade_stands_before_its_outlets_and_the_latest_before_older() -> None:
    def given(number: int, target: Target, letter: str, day: str, creator: str = "ana") -> Annotation:
        return note(number, target, kind="grade", reliability=letter, modified=day, creator=creator, note="why")

    wire = outlet_target("Harbour Wire")
    all_grades = [
        given(1, wire, "B", "2019-01-01"),
        given(2, Target("a"), "D", "2019-01-02"),
        given(3, wire, "C", "2019-01-03"),
        given(4, wire, "A", "2019-01-03", "ben"),
        given(5, outlet_target("Gull Post"), "E", "2019-01-04"),
    ]
    found = grades_of(all_grades, "a", "Harbour Wire")
    assert [(one.creator, one.reliability, one.whole) for one in found] == [("ana", "D", False), ("ben", "A", True)]
    assert grades_of(all_grades, "b", "Harbour Wire")[0].reliability == "C"
    assert grades_of(all_grades, "b", "") == ()


def test_claims_and_grades_are_kept_like_any_note(tmp_path: Path) -> None:
    store = Store(tmp_path / "state", "ana", rescue=tmp_path / "rescue")
    made = store.add(claim("It sank.", [passage("sank", stance=FOR)]))
    changed = store.edit(made, **with_evidence(made, passage("denied it", "b.txt"), AGAINST))
    store.edit(changed, **graded(changed, 3))
    store.add(grade(outlet_target("Harbour Wire"), "B", "often first"))
    again = Store(tmp_path / "state", "ana", rescue=tmp_path / "rescue")
    (kept,) = claims(again.all())
    assert (kept.credibility, [target.stance for target in kept.targets]) == (3, [FOR, AGAINST])
    assert [one.id for one in again.of("b.txt")] == [kept.id]
    (given,) = grades_of(again.all(), "x", "Harbour Wire")
    assert (given.reliability, given.reason, given.creator) == ("B", "often first", "ana")


def test_what_is_undone_names_the_outlet_that_was_graded(tmp_path: Path) -> None:
    store = Store(tmp_path, "ana", rescue=tmp_path.parent / "rescue")
    store.add(grade(outlet_target("Harbour Wire"), "B", "two of three held"))
    assert store.undo() == "grade of Harbour Wire"
