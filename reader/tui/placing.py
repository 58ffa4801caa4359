"""The annotations of an article with their places in its text of today."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.annotations.annotation import Annotation, State
from reader.capture.article import Article
from reader.text.span import Span

if TYPE_CHECKING:
    from reader.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """An annotation, where it stands now (None: on the whole article, or nowhere any more) and why there."""

    annotation: Annotation
    span: Span | None
    state: State
    reason: str = ""


def placed_notes(workspace: "Workspace", article: Article) -> list[PlacedNote]:
    """What is noted about the article: on all of it first, then in text order, orphans last."""
    found = [
        note
        for annotation in workspace.store.of(article.id)
        for note in _places(workspace, article, annotation)
    ]
    found.sort(key=lambda note: (note.state is State.ORPHAN, note.span or Span(0, 0), note.annotation.created))
    return found


def _places(workspace: "Workspace", article: Article, annotation: Annotation) -> Sequence[PlacedNote]:
    """The places of one annotation in the article: one for each of its passages there."""
    from reader.annotations.anchoring import place

    notes = []
    for target in annotation.targets:
        if target.source != article.id:
            continue
        if target.span is None and not target.exact:
            notes.append(PlacedNote(annotation, None, State.PLACED))
            continue
        same = target.text_sha256 == article.text_sha256
        old = None if same else workspace.store.snapshot(target.text_sha256)
        found = place(target, old, article)
        notes.append(PlacedNote(annotation, found.span, found.state, found.reason))
    return notes
