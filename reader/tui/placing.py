"""The annotations of an article with their places in its text of today."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reader.annotations.annotation import Annotation, State, Target
from reader.capture.article import Article
from reader.text.span import Span

if TYPE_CHECKING:
    from reader.annotations.anchoring import Anchors, Placement
    from reader.workspace import Workspace

REMEMBERED: Final = 8
"""Texts for which the places found are remembered."""


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """An annotation, where its passage `index` stands now (None: on the whole article, or nowhere) and why there."""

    annotation: Annotation
    span: Span | None
    state: State
    reason: str = ""
    index: int = 0


class Places:
    """Finds the places of annotations; what was found for a text is not looked for again while it is the same."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._texts: dict[str, tuple[Anchors, dict[Target, Placement]]] = {}

    def of(self, article: Article) -> list[PlacedNote]:
        """What is noted about the article: on all of it first, then in text order, orphans last."""
        found = [
            note
            for annotation in self._workspace.store.of(article.id)
            for note in self._places(article, annotation)
        ]
        found.sort(key=lambda note: (note.state is State.ORPHAN, note.span or Span(0, 0), note.annotation.created))
        return found

    def _places(self, article: Article, annotation: Annotation) -> Iterator[PlacedNote]:
        """The places of one annotation in the article: one for each of its passages there."""
        for index, target in enumerate(annotation.targets):
            if target.source == article.id:
                found = self._place(article, target)
                yield PlacedNote(annotation, found.span, found.state, found.reason, index)

    def _place(self, article: Article, target: Target) -> "Placement":
        """Where a passage stands, remembered."""
        from reader.annotations.anchoring import Anchors

        known = self._texts.get(article.text_sha256)
        if known is None:
            known = self._texts[article.text_sha256] = Anchors(article.text, article.text_sha256), {}
            for old in list(self._texts)[:-REMEMBERED]:
                self._texts.pop(old, None)
        anchors, placed = known
        found = placed.get(target)
        if found is None:
            same = target.text_sha256 == article.text_sha256
            old_text = None if same or not target.exact else self._workspace.store.snapshot(target.text_sha256)
            found = placed[target] = anchors.place(target, old_text)
        return found
