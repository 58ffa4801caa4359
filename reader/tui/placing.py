"""The annotations of an article with their places in its text of today."""

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.annotations.annotation import Annotation, State, Target
from reader.capture.article import Article
from reader.text.span import Span

if TYPE_CHECKING:
    from reader.annotations.anchoring import Anchors, Placement
    from reader.workspace import Workspace

REMEMBERED: Final = 8
"""Texts for which the places found are remembered."""


class PlacedNote(NamedTuple):
    """An annotation, where its passage `part` stands now (None: on the whole article, or nowhere) and why there."""

    annotation: Annotation
    span: Span | None
    state: State
    reason: str = ""
    part: int = 0


class Places:
    """Finds the places of annotations; what was found for a text is not looked for again while it is the same.

    Safe for threads. Looking for a place in a text that changed takes its time, and the disk; what is known already,
    or stands where it was put, is told `at_once`.
    """

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._looking = Lock()
        self._texts: dict[str, tuple[Anchors, dict[Target, Placement]]] = {}

    def of(self, article: Article, cancelled: Callable[[], bool] = lambda: False) -> list[PlacedNote]:
        """What is noted about the article: on all of it first, then in text order, orphans last.

        Ends early, with what was found until then, once it is `cancelled`.
        """
        found = []
        for annotation in self._workspace.store.of(article.id):
            for index, target in enumerate(annotation.targets):
                if target.source == article.id and not cancelled():
                    found.append(_placed(annotation, self._place(article, target), index))
        return _in_order(found)

    def at_once(self, article: Article) -> tuple[list[PlacedNote], bool]:
        """The same as far as it is known without looking for anything, and whether that is all."""
        found, complete = [], True
        for annotation in self._workspace.store.of(article.id):
            for index, target in enumerate(annotation.targets):
                if target.source == article.id:
                    place = self._known(article, target)
                    complete = complete and place is not None
                    found += [_placed(annotation, place, index)] if place is not None else []
        return _in_order(found), complete

    def _text(self, article: Article) -> "tuple[Anchors, dict[Target, Placement]]":
        """What is known of a text."""
        from reader.annotations.anchoring import Anchors

        known = self._texts.get(article.text_sha256)
        if known is None:
            known = self._texts.setdefault(
                article.text_sha256, (Anchors(article.text, article.text_sha256), {})
            )
            for old in list(self._texts)[:-REMEMBERED]:
                self._texts.pop(old, None)
        return known

    def _known(self, article: Article, target: Target) -> "Placement | None":
        """Where a passage stands, where nothing need be looked for to say so."""
        anchors, placed = self._text(article)
        found = placed.get(target)
        same = target.text_sha256 == article.text_sha256
        if found is None and (not target.exact or (same and target.stands_in(article.text))):
            found = placed[target] = anchors.place(target)
        return found

    def _place(self, article: Article, target: Target) -> "Placement":
        """Where a passage stands, remembered."""
        found = self._known(article, target)
        if found is None:
            with self._looking:
                anchors, placed = self._text(article)
                same = target.text_sha256 == article.text_sha256
                old_text = None if same else self._workspace.store.snapshot(target.text_sha256)
                found = placed[target] = anchors.place(target, old_text)
        return found


def _placed(annotation: Annotation, place: "Placement", index: int) -> PlacedNote:
    """Passage `index` of an annotation at its place."""
    return PlacedNote(annotation, place.span, place.state, place.reason, index)


def _in_order(found: list[PlacedNote]) -> list[PlacedNote]:
    """In text order, orphans last."""

    def key(note: PlacedNote) -> tuple[bool, Span, str]:
        return note.state is State.ORPHAN, note.span or Span(0, 0), note.annotation.created

    return sorted(found, key=key)
