"""Claims and grades: statements with the passages that bear on them, and how far sources and claims are trusted.

The grades are those of the Admiralty system, and two questions: how reliable a source is (A to F), and how
credible what it says (1 to 6). Neither is ever derived from the other.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote, unquote

from reader.annotations.annotation import Annotation, Stance, Target
from reader.errors import WrongUsage

RELIABILITY: Final = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
CREDIBILITY: Final = {
    1: "confirmed by other, independent sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}

_OUTLET: Final = "urn:x-deskreader:outlet:"


def claim(statement: str, evidence: Iterable[Target] = (), tags: tuple[str, ...] = ()) -> Annotation:
    """A new claim, to be given to the store; raises `WrongUsage` without a statement or without a passage.

    A passage without a stance is unclear until the analyst says otherwise.
    """
    targets = tuple(one if one.stance else replace(one, stance=Stance.UNCLEAR) for one in evidence)
    if not statement.strip():
        raise WrongUsage("A claim without words", "say in one sentence what is claimed")
    if not targets:
        raise WrongUsage("A claim without evidence", "link at least one passage; its stance may be unclear")
    return Annotation("", "", "", "", targets, statement.strip(), tags, kind="claim")


def with_evidence(held: Annotation, passage: Target, stance: Stance) -> dict[str, Any]:
    """The change that puts a passage under a claim, or gives one that is there another stance."""
    linked = replace(passage, stance=stance)
    if any(_same(one, passage) for one in held.targets):
        return {"targets": tuple(linked if _same(one, passage) else one for one in held.targets)}
    return {"targets": (*held.targets, linked)}


def with_passages(held: Annotation, passages: Iterable[Target]) -> dict[str, Any]:
    """The change that puts passages under a claim, unclear until judged; those that are there keep their stance."""
    known = {_place(one) for one in held.targets}
    fresh = [replace(one, stance=Stance.UNCLEAR) for one in passages if _place(one) not in known]
    return {"targets": (*held.targets, *fresh)}


def without_evidence(held: Annotation, passage: Target) -> dict[str, Any]:
    """The change that takes a passage from a claim; raises `WrongUsage` for the last one."""
    kept = tuple(one for one in held.targets if not _same(one, passage))
    if not kept:
        raise WrongUsage("The last passage", "a claim keeps at least one passage; delete the claim instead")
    return {"targets": kept}


def graded(held: Annotation, credibility: int | None) -> dict[str, Any]:
    """The change that grades a claim 1 to 6, or takes its grade away."""
    if credibility is not None and credibility not in CREDIBILITY:
        raise WrongUsage("Unknown grade", "claims are graded 1 to 6")
    return {"credibility": credibility}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands: passages and *independent* origins for each stance.

    Two articles of one origin (one publisher, one byline, text that one took from the other) count once.
    """

    supports: int
    contradicts: int
    unclear: int
    supporting: tuple[str, ...]
    contradicting: tuple[str, ...]

    @property
    def suggested(self) -> tuple[int, str]:
        """The grade that the evidence alone would speak for, with the reason; the analyst decides."""
        both, against = len(self.supporting), len(self.contradicting)
        if not both and not against:
            return 6, "no passage takes a side"
        if both and against:
            return (3 if both > against else 4), f"{_origins(both)} for it, {_origins(against)} against it"
        if against:
            return 5, f"only contradicted, by {_origins(against)}"
        if both > 1:
            return 1, f"{_origins(both)} say so, none contradicts"
        return 3, "one origin says so, however many passages repeat it"


def standing(held: Annotation, origin_of: Callable[[str], str]) -> Standing:
    """How a claim stands, given the key of the origin of each article by its id."""
    sides = {stance: [target for target in held.targets if target.stance is stance] for stance in Stance}
    unclear = sum(target.stance in (None, Stance.UNCLEAR) for target in held.targets)

    def origins(stance: Stance) -> tuple[str, ...]:
        return tuple(dict.fromkeys(origin_of(target.source) for target in sides[stance]))

    supporting, contradicting = origins(Stance.SUPPORTS), origins(Stance.CONTRADICTS)
    return Standing(len(sides[Stance.SUPPORTS]), len(sides[Stance.CONTRADICTS]), unclear, supporting, contradicting)


def claims(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """The claims among the annotations, newest change first."""
    found = (one for one in annotations if one.kind == "claim")
    return tuple(sorted(found, key=lambda one: one.modified, reverse=True))


def claims_on(annotations: Iterable[Annotation], passage: Target) -> tuple[Annotation, ...]:
    """The claims that a passage stands under."""
    return tuple(one for one in claims(annotations) if any(_same(target, passage) for target in one.targets))


def outlet_target(outlet: str) -> Target:
    """An outlet as what is graded: every article of it, today's and tomorrow's."""
    return Target(_OUTLET + quote(outlet, safe=""))


def outlet_of(target: Target) -> str | None:
    """The outlet that a target stands for, or None for an article."""
    return unquote(target.source.removeprefix(_OUTLET)) if target.source.startswith(_OUTLET) else None


def grade(target: Target, reliability: str, reason: str) -> Annotation:
    """A new grade A to F of an outlet or a single article, to be given to the store."""
    if reliability not in RELIABILITY:
        raise WrongUsage("Unknown grade", "sources are graded A to F")
    return Annotation("", "", "", "", (target,), reason.strip(), kind="grade", reliability=reliability)


@dataclass(frozen=True, slots=True)
class Grade:
    """A source's grade: by whom, why, since when; `whole` when it is the outlet's and not the article's own."""

    reliability: str
    reason: str
    creator: str
    date: str
    whole: bool
    annotation: Annotation


def grades_of(annotations: Iterable[Annotation], article: str, outlet: str) -> tuple[Grade, ...]:
    """The grade that each analyst gives to an article: their latest for it, else their latest for its outlet."""
    latest: dict[str, Grade] = {}
    for one in sorted(annotations, key=lambda one: one.modified):
        if one.kind != "grade" or one.reliability not in RELIABILITY:
            continue
        for target in one.targets:
            whole = outlet_of(target) is not None
            if (outlet_of(target) == outlet and outlet) or target.source == article:
                known = latest.get(one.creator)
                if known is None or known.whole or not whole:
                    latest[one.creator] = Grade(
                        one.reliability or "", one.note, one.creator, one.modified[:10], whole, one
                    )
    return tuple(latest[name] for name in sorted(latest))


def _same(one: Target, other: Target) -> bool:
    return _place(one) == _place(other)


def _place(one: Target) -> tuple[object, ...]:
    return one.source, one.span, one.exact, one.text_sha256


def _origins(count: int) -> str:
    return "one origin" if count == 1 else f"{count} independent origins"
