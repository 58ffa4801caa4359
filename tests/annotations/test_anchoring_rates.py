"""Over many invented revisions a passage is found or flagged, and hardly ever found wrongly."""

import random
from collections import Counter

import pytest

from tests.benchmarks.anchoring import Tally
from tests.benchmarks.invented import document, passage, repeated_passage
from tests.benchmarks.revisions import GONE, SURVIVED, UNDECIDABLE, has_twin, letters, truth


def tally(seed: int, documents: int, snapshot: bool) -> Tally:
    """What came of every kind of revision of a few documents."""
    rng = random.Random(seed)
    counted = Tally(0, [])
    for _ in range(documents):
        old = document(rng)
        for revise in (*SURVIVED, *GONE):
            for choose in (passage, repeated_passage):
                at = choose(rng, old)
                if revise in UNDECIDABLE and has_twin(old, at):
                    continue
                revised = revise(rng, letters(old, *at))
                expected = truth(revised) if revise in SURVIVED else None
                if revise in GONE or expected is not None:
                    new = "".join(one.text for one in revised)
                    counted.add(revise.__name__, old, new, at, expected, snapshot)
    return counted


@pytest.mark.parametrize("snapshot", [True, False])
def test_what_is_found_is_right_or_flagged(snapshot: bool) -> None:
    counted = tally(97, 10, snapshot)
    kept = sum((counted.by_kind[kind.__name__] for kind in SURVIVED), Counter[str]())
    gone = sum((counted.by_kind[kind.__name__] for kind in GONE), Counter[str]())
    assert kept.total() > 200
    assert kept["wrong"] <= 0.01 * kept.total()
    assert gone["wrong"] <= 0.05 * gone.total()
    assert kept["right"] + kept["flagged"] >= (0.97 if snapshot else 0.93) * kept.total()
