"""How a change is called in "undone: …", and the text of an annotation made fit to be kept."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reader.annotations.annotation import Annotation, Target
from reader.annotations.claims import outlet_of
from reader.errors import Refused
from reader.text.clean import clean, clean_line

_QUOTED: Final = 40
"""Code points of a quotation that a label shows."""

_LONGEST: Final = 3_000_000
"""Code points of a note and its quotations together: well below the largest file that is read."""

_FIELDS: Final = {
    "note": "note",
    "tags": "tags",
    "pen": "pen",
    "targets": "passage",
    "reliability": "reliability grade",
    "credibility": "credibility grade",
    "private": "privacy",
    "kind": "kind",
}


def cleaned(annotation: Annotation) -> Annotation:
    """The annotation as it reads when it comes back from its file: text cleaned, each tag once."""
    return replace(
        annotation,
        creator=clean_line(annotation.creator),
        targets=tuple(map(_cleaned_target, annotation.targets)),
        note=clean(annotation.note),
        tags=tuple(dict.fromkeys(filter(None, map(clean_line, annotation.tags)))),
        pen=clean_line(annotation.pen) or None if annotation.pen else None,
        reliability=clean_line(annotation.reliability) or None if annotation.reliability else None,
    )


def fitting(annotation: Annotation) -> Annotation:
    """The annotation, unless it is too long to be read again; then `Refused` is raised."""
    size = len(annotation.note) + sum(len(target.exact) for target in annotation.targets)
    if size > _LONGEST:
        raise Refused("Too long", f"a note and its quotations may have {_LONGEST:,} characters, these have {size:,}")
    return annotation


def label_for(before: Annotation | None, after: Annotation) -> str:
    """What adding or editing an annotation is called."""
    if before is None and after.kind == "claim" and after.note.strip():
        return f"claim “{clean_line(after.note, _QUOTED)}”"
    if before is None:
        kind = {"claim": "claim", "link": "link", "grade": "grade", "reply": "reply"}.get(after.kind)
        kind = f"{kind} of" if kind == "grade" else kind
        return f"{kind or ('note on' if after.note else 'highlight')} {_about(after)}"
    names = [name for field, name in _FIELDS.items() if getattr(before, field) != getattr(after, field)]
    return f"change of {' and '.join(names) or 'details'} of {_about(after)}"


def label_for_deleting(annotations: Sequence[Annotation]) -> str:
    """What deleting annotations is called."""
    if len(annotations) > 1:
        return f"deletion of {len(annotations)} annotations"
    return f"deletion of {'note on' if annotations[0].note else 'highlight'} {_about(annotations[0])}"


def _about(annotation: Annotation) -> str:
    quoted = next((target.exact for target in annotation.targets if target.exact.strip()), "")
    if quoted:
        return f"“{clean_line(quoted, _QUOTED)}”"
    return next(filter(None, map(outlet_of, annotation.targets)), annotation.source)


def _cleaned_target(target: Target) -> Target:
    exact, prefix, suffix = clean(target.exact), clean(target.prefix), clean(target.suffix)
    return replace(target, exact=exact, prefix=prefix, suffix=suffix)
