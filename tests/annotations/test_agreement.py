"""What several analysts say of the same passage."""

from dataclasses import replace
from pathlib import Path

import pytest
from store_tools import draft, open_store

from reader.annotations.agreement import agreements, copied, passages, replies, reply, taken
from reader.annotations.annotation import Annotation
from reader.annotations.w3c import from_json, to_json


def mark(identity: str, creator: str, quote: str, **fields: object) -> Annotation:
    return replace(draft(quote=quote), id=identity, creator=creator, **fields)


def test_the_same_passage_with_other_tags_is_a_disagreement() -> None:
    one = mark("a", "Ana", "harbour master counted", tags=("count", "official"), pen="key")
    two = mark("b", "Ben", "The harbour master counted", tags=("count", "rumour"), pen="key")
    far = mark("c", "Ben", "ferry", tags=("crew",))
    (found,) = passages([two, far, one])
    assert found.analysts == ("Ben", "Ana")
    assert found.differs == ("tags",)
    assert not found.agreed
    assert found.shared_tags == ("count",)
    assert set(found.disputed_tags) == {"official", "rumour"}
    assert found.span == two.targets[0].span


def test_who_gave_no_grade_does_not_disagree_with_one() -> None:
    one = mark("a", "Ana", "forty-one crates", credibility=2)
    two = mark("b", "Ben", "forty-one crates")
    (found,) = passages([one, two])
    assert found.agreed
    (found,) = passages([one, replace(two, credibility=5)])
    assert found.differs == ("credibility",)


def test_one_analyst_alone_is_no_matter_of_agreement() -> None:
    assert passages([mark("a", "Ana", "crates"), mark("b", "Ana", "crates")]) == []


def test_agreement_is_one_where_all_is_the_same_and_falls_with_every_difference() -> None:
    ana = [mark(f"a{n}", "Ana", quote, tags=(tag,)) for n, (quote, tag) in enumerate([("ferry", "x"), ("quay", "y")])]
    ben = [replace(one, id=one.id.replace("a", "b"), creator="Ben") for one in ana]
    (full,) = agreements(passages([*ana, *ben]))
    assert (full.analysts, full.passages, full.same, full.kappa) == (("Ana", "Ben"), 2, 2, 1.0)
    (less,) = agreements(passages([*ana, ben[0], replace(ben[1], tags=("x",))]))
    assert less.same == 1
    assert less.kappa is not None
    assert less.kappa < 1


def test_taking_and_replying_write_ones_own_annotations(tmp_path: Path) -> None:
    ana, ben = open_store(tmp_path), open_store(tmp_path, "Ben")
    theirs = ana.add(draft("forty-one by noon", tags=("count",), pen="key", credibility=2))
    ben.poll()
    mine = ben.add(draft("seen", tags=("quay",)))
    after = ben.edit(mine, **taken(mine, theirs))
    assert (after.tags, after.pen, after.credibility, after.note) == (("quay", "count"), "key", 2, "seen")
    own = ben.add(copied(theirs))
    assert (own.creator, own.note, own.tags) == ("Ben", theirs.note, theirs.tags)
    assert own.id != theirs.id
    answer = ben.add(reply(theirs, "Who counted?"))
    assert from_json(to_json(answer)) == answer
    assert to_json(answer)["motivation"] == "replying"
    ana.poll()
    assert replies(ana.all()) == {theirs.id: (answer,)}
    assert answer in ana.of("wire/ferry.txt")


@pytest.mark.parametrize("count", [0, 1])
def test_few_annotations_have_no_passages_in_common(count: int) -> None:
    assert passages([mark("a", "Ana", "crates")] * count) == []
    assert agreements([]) == []
