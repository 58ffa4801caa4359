"""Two programs of one analyst on one folder do what a dictionary and a list of steps would, over any
sequence.
"""

import itertools
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, assume, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from store_tools import HandClock, die, draft

from reader.annotations.annotation import Annotation
from reader.annotations.check import check
from reader.annotations.store import Store
from reader.errors import Refused

WINDOWS = st.sampled_from((0, 1))
NOTES = st.sampled_from(("", "who counted?", "من يعد؟", "two\nlines"))
TAGS = st.lists(st.sampled_from(("cargo", "quay", "crew")), unique=True, max_size=3).map(tuple)
PENS = st.sampled_from((None, "doubt", "key"))
ANY = st.integers(0, 1000)

State = dict[str, Annotation]


@dataclass
class Step:
    """A step as the model knows it: what it changed, who made it, and who touched it last when."""

    number: int
    session: str
    changes: dict[str, tuple[Annotation | None, Annotation | None]]
    undone: bool = False
    latest: int = 0
    hands: str = ""


def plain(annotation: Annotation | None) -> Annotation | None:
    return annotation and replace(annotation, modified="")


class TwoWindows(RuleBasedStateMachine):
    """`state` is what the folder should hold, `steps` what undo should go by."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name) / ".textual"
        self.clock = HandClock()
        self.state: State = {}
        self.steps: list[Step] = []
        self.numbers = itertools.count(1)
        self.windows = [self.open(), self.open()]
        self.passed: list[set[int]] = [set(), set()]
        self.begun = [False, False]

    def open(self) -> Store:
        return Store(self.root, "Ana", clock=self.clock, rescue=Path(self.folder.name) / "rescue")

    def name(self, window: int) -> str:
        return self.windows[window]._session.name

    def record(self, window: int, act: Callable[[], object]) -> None:
        """Carry a change out, take it over into the model, and note what it changed."""
        before = dict(self.state)
        act()
        self.begun[window] = True
        ids = [one for one in before.keys() | self.state.keys() if before.get(one) != self.state.get(one)]
        if ids:
            changes = {one: (before.get(one), self.state.get(one)) for one in ids}
            number = next(self.numbers)
            self.steps.append(Step(number, self.name(window), changes, latest=number, hands=self.name(window)))

    def choose(self, window: int, which: int) -> Annotation:
        """One of the annotations that this window sees, seen in its latest state."""
        self.windows[window].poll()
        assume(self.state)
        identity = sorted(self.state)[which % len(self.state)]
        found = self.windows[window].get(identity)
        assert plain(found) == self.state[identity]
        return found

    @rule(window=WINDOWS, note=NOTES, tags=TAGS, pen=PENS, private=st.booleans())
    def add(self, window: int, note: str, tags: tuple[str, ...], pen: str | None, private: bool) -> None:
        def act() -> None:
            one = self.windows[window].add(draft(note, tags=tags, pen=pen, private=private))
            self.state[one.id] = plain(one)

        self.record(window, act)

    @rule(window=WINDOWS, which=ANY, note=NOTES, tags=TAGS, private=st.booleans())
    def edit(self, window: int, which: int, note: str, tags: tuple[str, ...], private: bool) -> None:
        one = self.choose(window, which)

        def act() -> None:
            after = self.windows[window].edit(one, note=note, tags=tags, private=private)
            self.state[one.id] = replace(plain(one), note=note, tags=tags, private=private)
            assert plain(after) == self.state[one.id]

        self.record(window, act)

    @rule(window=WINDOWS, which=ANY, tag=st.sampled_from(("cargo", "quay", "crew")), pen=PENS)
    def edit_what_the_other_window_just_changed(self, window: int, which: int, tag: str, pen: str | None) -> None:
        seen = self.choose(window, which)
        other = 1 - window

        def first() -> None:
            self.windows[other].edit(seen.id, tags=(*seen.tags, tag))
            self.state[seen.id] = replace(plain(seen), tags=tuple(dict.fromkeys((*seen.tags, tag))))

        def second() -> None:
            self.windows[window].edit(seen, pen=pen)
            self.state[seen.id] = replace(self.state[seen.id], pen=pen)

        self.windows[other].poll()
        self.record(other, first)
        self.record(window, second)

    @rule(window=WINDOWS, which=ANY, count=st.integers(1, 3))
    def delete(self, window: int, which: int, count: int) -> None:
        self.choose(window, which)
        gone = sorted(self.state)[which % len(self.state) :][:count]

        def act() -> None:
            self.windows[window].delete(gone)
            for identity in gone:
                del self.state[identity]

        self.record(window, act)

    @rule(window=WINDOWS, tag=st.sampled_from(("cargo", "quay")), which=ANY, note=NOTES)
    def bulk(self, window: int, tag: str, which: int, note: str) -> None:
        first = self.choose(window, which)

        def act() -> None:
            store = self.windows[window]
            with store.step("bulk"):
                for identity in sorted(self.state):
                    tags = tuple(dict.fromkeys((*self.state[identity].tags, tag)))
                    store.edit(identity, tags=tags)
                    self.state[identity] = replace(self.state[identity], tags=tags)
                one = store.add(draft(note))
                self.state[one.id] = plain(one)
                store.delete(first.id)
                del self.state[first.id]

        self.record(window, act)

    def live(self, hands: str) -> bool:
        return any(self.begun[one] and self.name(one) == hands for one in (0, 1))

    def fits(self, step: Step, undoing: bool) -> bool | None:
        """Whether the step can be turned as a whole; None when nothing is left to do."""
        effect = False
        for identity, (before, after) in step.changes.items():
            now, goal = (after, before) if undoing else (before, after)
            if self.state.get(identity) == goal:
                continue
            if self.state.get(identity) != now:
                return False
            effect = True
        return effect or None

    def turn(self, step: Step, window: int, undoing: bool) -> None:
        for identity, (before, after) in step.changes.items():
            goal = before if undoing else after
            if goal is None:
                self.state.pop(identity, None)
            else:
                self.state[identity] = goal
        self.mark(step, window, undoing)

    def mark(self, step: Step, window: int, undoing: bool) -> None:
        step.undone, step.latest, step.hands = undoing, next(self.numbers), self.name(window)

    @rule(window=WINDOWS)
    def undo(self, window: int) -> None:
        self.begun[window] = True
        me = self.name(window)
        standing = [step for step in reversed(self.steps) if not step.undone]
        mine = [step for step in standing if step.hands == me]
        others = [step for step in standing if step.hands != me and not self.live(step.hands)]
        expected: bool | None = None
        for step in mine + others:
            if step.number in self.passed[window]:
                continue
            expected = self.fits(step, undoing=True)
            if expected:
                self.turn(step, window, undoing=True)
                break
            if expected is False:
                self.passed[window].add(step.number)
                break
            self.mark(step, window, undoing=True)
        self.same_outcome(expected, self.windows[window].undo)

    @rule(window=WINDOWS)
    def redo(self, window: int) -> None:
        self.begun[window] = True
        me = self.name(window)
        undone = [step for step in self.steps if step.undone]
        mine = [step for step in undone if step.hands == me]
        own = [step.number for step in self.steps if step.session == me]
        step = None
        if mine:
            step = max(mine, key=lambda one: one.latest)
            step = step if step.latest > max(own, default=0) else None
        elif undone and not own:
            step = max(undone, key=lambda one: one.latest)
            newest = max(one.number for one in self.steps)
            step = step if step.latest > newest and not self.live(step.hands) else None
        expected: bool | None = None
        if step:
            expected = self.fits(step, undoing=False) is not False
            if expected:
                self.turn(step, window, undoing=False)
        self.same_outcome(expected, self.windows[window].redo)

    def same_outcome(self, expected: bool | None, act: Callable[[], str | None]) -> None:
        try:
            outcome: bool | None = act() is not None or None
        except Refused:
            outcome = False
        assert outcome == expected

    @rule(window=WINDOWS, gently=st.booleans())
    def end_and_start_again(self, window: int, gently: bool) -> None:
        if gently:
            self.windows[window].close()
        else:
            die(self.windows[window])
        self.windows[window] = self.open()
        self.passed[window] = set()
        self.begun[window] = False

    @rule()
    def verify(self) -> None:
        if self.root.exists():
            assert [one for one in check(self.root) if "not kept" not in one.message] == []

    @invariant()
    def every_window_sees_the_same(self) -> None:
        for store in self.windows:
            store.poll()
            assert {one.id: plain(one) for one in store.all()} == self.state
            assert not store.problems

    def teardown(self) -> None:
        for store in self.windows:
            store.close()
        self.folder.cleanup()


TestTwoWindows = TwoWindows.TestCase
TestTwoWindows.settings = settings(
    max_examples=25, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
