"""How often a passage is found again after its article was revised, and how often it is found wrongly.

Run: python -m tests.benchmarks.anchoring [--seeds 3] [--documents 46] [--worst 5]
Right is exactly the passage; flagged is a review at the right place (half of both in common); wrong is
another place that was not flagged. Times are CPU, and hold folding and comparing the two texts anew each time.
"""

import argparse
import hashlib
import random
import time
from collections import Counter, defaultdict

from reader.annotations.anchoring import Anchors
from reader.annotations.annotation import State, Target
from reader.annotations.folding import Folded
from reader.text.span import Span
from tests.benchmarks.invented import document, passage, repeated_passage
from tests.benchmarks.revisions import GONE, SURVIVED, UNDECIDABLE, has_twin, letters, truth

SILENT = (State.PLACED, State.MOVED)


def sha256(text: str) -> str:
    """As articles name their text."""
    return hashlib.sha256(text.encode()).hexdigest()


def verdict(state: State, span: Span | None, expected: tuple[int, int] | None) -> str:
    """One word for what came of one passage."""
    if expected is None:
        return "right" if state is State.ORPHAN else "flagged" if state is State.REVIEW else "wrong"
    if span is None:
        return "lost"
    there = Span(*expected)
    if state in SILENT:
        return "right" if span == there else "wrong"
    common = span.common(there)
    if common and 2 * common.length >= max(span.length, there.length):
        return "flagged"
    return "lost"


class Tally:
    """Counts of verdicts by kind of revision, times, and the worst cases to look at."""

    def __init__(self, worst: int, shown: list[str]) -> None:
        self.shown = shown
        self.by_kind: dict[str, Counter[str]] = defaultdict(Counter)
        self.repeated: Counter[str] = Counter()
        self.ends: Counter[bool] = Counter()
        self.milliseconds: list[float] = []
        self.worst = worst

    def add(
        self,
        kind: str,
        old: str,
        new: str,
        at: tuple[int, int],
        expected: tuple[int, int] | None,
        snapshot: bool,
    ) -> None:
        """Place one passage and count what came of it."""
        start, end = at
        target = Target(
            "a",
            sha256(old),
            Span(start, end),
            old[start:end],
            old[max(0, start - 64) : start],
            old[end : end + 64],
        )
        digest = sha256(new)
        begun = time.process_time()
        placed = Anchors(new, digest).place(target, old if snapshot else None)
        self.milliseconds.append((time.process_time() - begun) * 1000)
        found = verdict(placed.state, placed.span, expected)
        self.by_kind[kind][found] += 1
        quote = Folded(target.exact).text
        kept = expected is not None and Folded(new[slice(*expected)]).text == quote
        if kept and Folded(new).text.count(quote) > 1:
            self.repeated[found] += 1
        if found == "flagged" and expected and placed.span:
            self.ends[(placed.span.start, placed.span.end) == expected] += 1
        if found in self.shown and self.worst > 0:
            self.worst -= 1
            print(f"  {found} {kind} {placed.state} {placed.score:.2f} {placed.reason}")
            around = ("was", old, at), ("is", new, expected), ("got", new, placed.span)
            for word, text, place in around:
                low, high = (place.start, place.end) if isinstance(place, Span) else place or (0, 0)
                print(f"    {word:<4}{text[max(0, low - 64) : low]!r} {text[low:high]!r} {text[high:][:64]!r}")

    def show(self, title: str, verbose: bool) -> None:
        """Print the shares, in percent."""
        print(title)
        kept = sum((self.by_kind[kind.__name__] for kind in SURVIVED), Counter[str]())
        gone = sum((self.by_kind[kind.__name__] for kind in GONE), Counter[str]())
        rows = [("passage survives", kept), ("passage gone", gone), ("stands several times", self.repeated)]
        if verbose:
            rows += [(f"  {kind}", counts) for kind, counts in self.by_kind.items()]
        for name, counts in rows:
            total = max(1, counts.total())
            shares = "  ".join(
                f"{word} {100 * counts[word] / total:6.2f}" for word in ("right", "flagged", "lost", "wrong")
            )
            print(f"  {name:<26}{shares}  of {counts.total()}")
        times = sorted(self.milliseconds)
        print(f"  flagged with exact ends {100 * self.ends[True] / max(1, self.ends.total()):.1f} %")
        print(
            f"  ms a passage: p50 {times[len(times) // 2]:.2f}  p95 {times[len(times) * 95 // 100]:.2f}"
            f"  most {times[-1]:.2f}"
        )


def main() -> None:
    """Generate, revise, place, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--documents", type=int, default=46)
    parser.add_argument("--worst", type=int, default=0, help="cases to print, at most")
    parser.add_argument("--show", nargs="*", default=["wrong", "lost"], help="verdicts to print cases of")
    parser.add_argument("--kinds", action="store_true", help="a line for each kind of revision")
    chosen = parser.parse_args()
    for snapshot in (True, False):
        for seed in range(chosen.first, chosen.first + chosen.seeds):
            rng = random.Random(seed)
            tally = Tally(chosen.worst, chosen.show)
            for _ in range(chosen.documents):
                old = document(rng)
                for revise in (*SURVIVED, *GONE):
                    for choose in (passage, passage, repeated_passage):
                        at = choose(rng, old)
                        if revise in UNDECIDABLE and has_twin(old, at):
                            continue
                        revised = revise(rng, letters(old, *at))
                        expected = truth(revised) if revise in SURVIVED else None
                        if revise in SURVIVED and expected is None:
                            continue
                        new = "".join(one.text for one in revised)
                        tally.add(revise.__name__, old, new, at, expected, snapshot)
            tally.show(f"seed {seed}, {'with' if snapshot else 'without'} the old text", chosen.kinds)


if __name__ == "__main__":
    main()
