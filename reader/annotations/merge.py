"""Two changes of one annotation joined field by field, so that neither is lost."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from reader.annotations.annotation import Annotation, Target

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)

RULE: Final = "\n\n---\n\n"
"""What stands between two versions of a note that were written at the same time: a Markdown rule."""

_PLAIN: Final = ("pen", "kind", "reliability", "credibility", "created", "creator")


@dataclass(frozen=True, slots=True)
class Merged:
    """The annotation that holds both changes; `conflicts` names fields that both had changed differently."""

    annotation: Annotation
    conflicts: tuple[str, ...] = ()


def merge(base: Annotation, mine: Annotation, theirs: Annotation) -> Merged:
    """What `base` becomes when both changes are carried out.

    A field that one side changed is that side's. Tags and passages are sets: what either added is there, what
    either took away is gone. Two different notes are both kept, mine first. In any other field mine wins, and
    what theirs said is in the history. What either made private is private.
    """
    conflicts: list[str] = []
    fields: dict[str, Any] = {}
    for name in _PLAIN:
        fields[name], conflict = _either(getattr(base, name), getattr(mine, name), getattr(theirs, name))
        conflicts += [name] * conflict
    fields["note"], conflict = _notes(base.note, mine.note, theirs.note)
    conflicts += ["note"] * conflict
    fields["tags"] = _joined(base.tags, mine.tags, theirs.tags)
    fields["targets"], conflict = _targets(base.targets, mine.targets, theirs.targets)
    conflicts += ["targets"] * conflict
    fields["private"] = _either(base.private, mine.private, theirs.private)[0]
    fields["extra"] = _mappings(base.extra, mine.extra, theirs.extra)
    fields["modified"] = max(mine.modified, theirs.modified)
    return Merged(replace(base, **fields), tuple(conflicts))


def _either(base: T, mine: T, theirs: T) -> tuple[T, bool]:
    """The side that changed; mine, and that it is a conflict, when both did and differ."""
    if mine == base:
        return theirs, False
    return mine, theirs not in (base, mine)


def _notes(base: str, mine: str, theirs: str) -> tuple[str, bool]:
    chosen, conflict = _either(base, mine, theirs)
    if not conflict or not theirs.strip():
        return chosen, conflict
    if _holds(theirs, mine):
        return theirs, True
    return mine if _holds(mine, theirs) else mine.rstrip() + RULE + theirs.lstrip(), True


def _holds(note: str, other: str) -> bool:
    """Whether the one note holds the other, as whole lines."""
    return not other.strip() or f"\n{other.strip()}\n" in f"\n{note.strip()}\n"


def _joined(base: Iterable[H], mine: Iterable[H], theirs: Iterable[H]) -> tuple[H, ...]:
    """The order of mine, then what theirs added; gone is what either took away."""
    before, here, there = dict.fromkeys(base), dict.fromkeys(mine), dict.fromkeys(theirs)
    kept = [item for item in here if item in there or item not in before]
    return (*kept, *(item for item in there if item not in here and item not in before))


def _targets(
    base: tuple[Target, ...], mine: tuple[Target, ...], theirs: tuple[Target, ...]
) -> tuple[tuple[Target, ...], bool]:
    chosen, conflict = _either(base, mine, theirs)
    if not conflict:
        return chosen, False
    if len(base) == len(mine) == len(theirs) == 1:
        return mine, True
    before, here, there = ({_key(target): target for target in side} for side in (base, mine, theirs))
    joined = _joined(before, here, there)
    both = tuple(_either(before.get(key), here.get(key), there.get(key))[0] or here.get(key) for key in joined)
    return tuple(target for target in both if target) or mine, False


def _key(target: Target) -> tuple[Hashable, ...]:
    return target.source, target.text_sha256, target.span, target.exact


def _mappings(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    keys = dict.fromkeys([*mine, *theirs])
    chosen = {key: _either(base.get(key), mine.get(key), theirs.get(key))[0] for key in keys}
    return {key: value for key, value in chosen.items() if value is not None}
