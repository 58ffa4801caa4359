"""What several analysts say of the same passage: where they agree, where they differ, and how to answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from reader.annotations.annotation import Annotation, Target
from reader.annotations.w3c import urn
from reader.text.span import Span

SHARE: Final = 0.5
"""Part of the longer of two passages that they must share to count as the same."""

_COMPARED: Final = ("pen", "reliability", "credibility")


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage that several analysts marked.

    `span` covers what they marked, in the text `text_sha256` of the article `source`; `annotations` are
    theirs, by name of the analyst. `differs` names what they say differently ("tags", "pen", "reliability",
    "credibility", "stance"); `shared_tags` are those that all gave, `disputed_tags` those that only some
    gave.
    """

    source: str
    text_sha256: str
    span: Span
    annotations: tuple[Annotation, ...]
    differs: tuple[str, ...]
    shared_tags: tuple[str, ...]
    disputed_tags: tuple[str, ...]

    @property
    def agreed(self) -> bool:
        """Whether nobody says otherwise."""
        return not self.differs

    @property
    def analysts(self) -> tuple[str, ...]:
        """Who marked it."""
        return tuple(dict.fromkeys(annotation.creator for annotation in self.annotations))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two analysts agree on the tags of what both marked.

    `passages` is how many both marked, `same` on how many of them they gave the same tags, `kappa` Cohen's
    measure over passages and tags (1 is full agreement, 0 what chance would give), None where chance decides
    nothing.
    """

    analysts: tuple[str, str]
    passages: int
    same: int
    kappa: float | None


def passages(annotations: Iterable[Annotation]) -> list[Passage]:
    """The passages that more than one analyst marked, in the order of article and text."""
    marks: dict[tuple[str, str], list[tuple[Span, Target, Annotation]]] = {}
    for annotation in annotations:
        for target in annotation.targets if annotation.kind != "reply" else ():
            if target.span is not None:
                place = (target.source, target.text_sha256)
                marks.setdefault(place, []).append((target.span, target, annotation))
    found = []
    for (source, sha256), placed in sorted(marks.items(), key=lambda item: item[0]):
        for group in _groups(sorted(placed, key=lambda mark: (mark[0], mark[2].id))):
            if len({annotation.creator for _span, _target, annotation in group}) > 1:
                found.append(_passage(source, sha256, group))
    return found


def agreements(found: Iterable[Passage]) -> list[Agreement]:
    """The agreement of every pair of analysts who marked the same passages, most passages first."""
    pairs: dict[tuple[str, str], list[tuple[frozenset[str], frozenset[str]]]] = {}
    for passage in found:
        tags = {
            name: frozenset(tag for one in passage.annotations if one.creator == name for tag in one.tags)
            for name in passage.analysts
        }
        names = sorted(tags)
        for number, one in enumerate(names):
            for other in names[number + 1 :]:
                pairs.setdefault((one, other), []).append((tags[one], tags[other]))
    result = [
        Agreement(names, len(both), sum(one == other for one, other in both), _kappa(both))
        for names, both in pairs.items()
    ]
    return sorted(result, key=lambda agreement: (-agreement.passages, agreement.analysts))


def taken(mine: Annotation, theirs: Annotation) -> dict[str, Any]:
    """The changes that bring what a colleague says into one's own annotation: for `Store.edit`."""
    changes: dict[str, Any] = {"tags": tuple(dict.fromkeys((*mine.tags, *theirs.tags)))}
    changes |= {name: getattr(theirs, name) for name in _COMPARED if getattr(theirs, name) is not None}
    return {name: value for name, value in changes.items() if value != getattr(mine, name)}


def copied(theirs: Annotation) -> Annotation:
    """A draft of one's own that says what a colleague's annotation says: for `Store.add`."""
    kept = {key: value for key, value in theirs.extra.items() if key not in ("creator", "canonical")}
    extra = {**kept, "via": urn(theirs.id)}
    return replace(theirs, id="", creator="", created="", modified="", private=False, extra=extra)


def reply(to: Annotation, note: str) -> Annotation:
    """A draft that answers an annotation: it stands at the same passages and points at what it answers."""
    targets = (*(replace(target, stance=None) for target in to.targets), Target(urn(to.id)))
    return Annotation("", "", "", "", targets, note, kind="reply", private=to.private)


def replies(annotations: Iterable[Annotation]) -> Mapping[str, tuple[Annotation, ...]]:
    """The replies to each annotation, by its id, oldest first."""
    found: dict[str, list[Annotation]] = {}
    for annotation in sorted(annotations, key=lambda one: one.created):
        if annotation.kind == "reply":
            for target in annotation.targets:
                if target.source.startswith(urn("")):
                    found.setdefault(target.source.removeprefix(urn("")), []).append(annotation)
    return {identity: tuple(answers) for identity, answers in found.items()}


def _groups(
    marks: list[tuple[Span, Target, Annotation]],
) -> Iterable[list[tuple[Span, Target, Annotation]]]:
    """Marks of nearly the same passage together; each mark joins the first group whose first mark it matches."""
    groups: list[list[tuple[Span, Target, Annotation]]] = []
    for mark in marks:
        match = next((group for group in reversed(groups[-32:]) if _is_same(group[0][0], mark[0])), None)
        if match is None:
            groups.append([mark])
        else:
            match.append(mark)
    return groups


def _is_same(one: Span, other: Span) -> bool:
    common = one.common(other)
    return one == other or (common is not None and common.length >= SHARE * max(one.length, other.length))


def _passage(source: str, sha256: str, group: list[tuple[Span, Target, Annotation]]) -> Passage:
    span = group[0][0]
    for other, _target, _annotation in group:
        span = span.join(other)
    annotations = tuple({annotation.id: annotation for _span, _target, annotation in group}.values())
    by_name: dict[str, dict[str, set[Any]]] = {}
    for _span, target, annotation in group:
        said = by_name.setdefault(annotation.creator, {})
        said.setdefault("tags", set()).update(annotation.tags)
        for name in _COMPARED:
            said.setdefault(name, set()).update({getattr(annotation, name)} - {None})
        said.setdefault("stance", set()).update({target.stance} - {None})
    tags = [frozenset(said["tags"]) for said in by_name.values()]
    shared = frozenset.intersection(*tags)
    every = dict.fromkeys(tag for annotation in annotations for tag in annotation.tags)
    return Passage(
        source=source,
        text_sha256=sha256,
        span=span,
        annotations=annotations,
        differs=tuple(name for name in ("tags", *_COMPARED, "stance") if _differ(by_name, name)),
        shared_tags=tuple(tag for tag in every if tag in shared),
        disputed_tags=tuple(tag for tag in every if tag not in shared),
    )


def _differ(by_name: Mapping[str, Mapping[str, set[Any]]], name: str) -> bool:
    """Whether two analysts who both said something under that name said different things."""
    said = {frozenset(one[name]) for one in by_name.values() if one[name]}
    return len(said) > 1


def _kappa(both: list[tuple[frozenset[str], frozenset[str]]]) -> float | None:
    """Cohen's kappa over every passage and every tag that either of the two used."""
    tags = frozenset().union(*(one | other for one, other in both))
    cells = [(tag in one, tag in other) for one, other in both for tag in tags]
    if not cells:
        return None
    count = len(cells)
    observed = sum(one == other for one, other in cells) / count
    first, second = (sum(cell[side] for cell in cells) / count for side in (0, 1))
    chance = first * second + (1 - first) * (1 - second)
    return None if chance == 1 else (observed - chance) / (1 - chance)
