"""What is to be looked at after captures changed: passages that moved, that need review, that are orphans.

Everything here proposes. A selector is rewritten only by the change that `accepted` or `attached` gives to the
store, and the quotation that was there before stays in the annotation's history.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from reader.annotations.anchoring import Anchors, Placement
from reader.annotations.annotation import Annotation, State, Target
from reader.annotations.claims import outlet_of
from reader.annotations.selectors import CONTEXT, target_for
from reader.capture.article import Article
from reader.errors import WrongUsage
from reader.text.span import Span

_ORDER: Final = {State.ORPHAN: 0, State.REVIEW: 1, State.MOVED: 2}


class File(Protocol):
    """What is known of a capture, also when it is gone."""

    @property
    def id(self) -> str:
        """The article's id."""

    @property
    def sha256(self) -> str:
        """The hash of its file."""

    @property
    def missing(self) -> bool:
        """Whether the file is gone."""


@dataclass(frozen=True, slots=True)
class Case:
    """One passage that is no longer where it was: passage `index` of `annotation`, and where it seems to be now."""

    annotation: Annotation
    index: int
    placement: Placement

    @property
    def target(self) -> Target:
        """The passage as it was noted."""
        return self.annotation.targets[self.index]


def cases(
    annotations: Iterable[Annotation],
    article_of: Callable[[str], Article | None],
    text_of: Callable[[str], str | None],
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Case]:
    """Every passage that moved, needs review or is an orphan, article by article; ends early when cancelled.

    `article_of` gives an article by its id, None when it is gone; `text_of` the text with a SHA-256.
    """
    passages: dict[str, list[tuple[Annotation, int]]] = {}
    for annotation in annotations:
        for index, target in enumerate(annotation.targets):
            if outlet_of(target) is None and not target.source.startswith("urn:"):
                passages.setdefault(target.source, []).append((annotation, index))
    for source, held in passages.items():
        if cancelled():
            return
        article = article_of(source)
        if article is None:
            gone = Placement(State.ORPHAN, None, 0.0, "the capture is gone")
            yield from (Case(annotation, index, gone) for annotation, index in held)
            continue
        anchors = Anchors(article.text, article.text_sha256)
        for annotation, index in held:
            target = annotation.targets[index]
            changed = target.text_sha256 != article.text_sha256
            placement = anchors.place(target, text_of(target.text_sha256) if changed and target.exact else None)
            if placement.state is not State.PLACED:
                yield Case(annotation, index, placement)


def urgent_first(found: Iterable[Case]) -> list[Case]:
    """Orphans, then what needs review, then what merely moved; each by article and place."""

    def key(case: Case) -> tuple[int, str, int]:
        span = case.placement.span or case.target.span
        return _ORDER.get(case.placement.state, 3), case.target.source, span.start if span else 0

    return sorted(found, key=key)


def accepted(case: Case, article: Article) -> dict[str, Any]:
    """The change that takes the proposed place for the passage; raises `WrongUsage` where there is none."""
    if case.placement.span is None:
        raise WrongUsage("No place to accept", "select the passage and attach the note to it")
    return attached(case.annotation, case.index, article, case.placement.span)


def attached(annotation: Annotation, index: int, article: Article, span: Span) -> dict[str, Any]:
    """The change that puts passage `index` of the annotation at `span` of an article; the stance stays."""
    was = annotation.targets[index]
    now = replace(target_for(article, span), stance=was.stance, extra=was.extra)
    return {"targets": tuple(now if at == index else one for at, one in enumerate(annotation.targets))}


def accepted_all(
    found: Iterable[Case], article_of: Callable[[str], Article | None]
) -> list[tuple[Annotation, dict[str, Any]]]:
    """The changes that take every *moved* place at once, one for each annotation; reviews are never among them."""
    places: dict[str, tuple[Annotation, dict[int, Target]]] = {}
    for case in found:
        article = article_of(case.target.source)
        if case.placement.state is State.MOVED and case.placement.span and article is not None:
            changed = attached(case.annotation, case.index, article, case.placement.span)["targets"]
            known = places.setdefault(case.annotation.id, (case.annotation, {}))[1]
            known[case.index] = changed[case.index]
    return [
        (one, {"targets": tuple(new.get(at, target) for at, target in enumerate(one.targets))})
        for one, new in places.values()
    ]


def renamed(files: Iterable[File]) -> dict[str, str]:
    """Where captures went that are gone under their old name: the one file with the same bytes, if it is one."""
    gone: list[File] = []
    present: dict[tuple[str, str], list[str]] = {}
    for file in files:
        if file.missing:
            gone.append(file)
        else:
            present.setdefault((file.sha256, _part(file.id)), []).append(file.id)
    moves: dict[str, str] = {}
    for file in gone:
        there = present.get((file.sha256, _part(file.id)), [])
        if file.sha256 and len(there) == 1:
            moves[file.id] = there[0]
    return moves


def followed(annotations: Iterable[Annotation], moves: Mapping[str, str]) -> list[tuple[Annotation, dict[str, Any]]]:
    """The changes that let annotations follow their captures to new names; the passages stay as they are."""
    changes: list[tuple[Annotation, dict[str, Any]]] = []
    for annotation in annotations:
        if any(target.source in moves for target in annotation.targets):
            targets = (replace(one, source=moves.get(one.source, one.source)) for one in annotation.targets)
            changes.append((annotation, {"targets": tuple(targets)}))
    return changes


def context(text: str, span: Span) -> tuple[str, str]:
    """What stands before and after a place, to show beside what stood there."""
    return text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]


def _part(identity: str) -> str:
    return identity.partition("#")[2]
