"""Links in notes: `[[article]]`, `[[article “words”]]`, `[[note:id]]`, each with `|label` if wished.

They are plain text, so that a note reads well in any editor, and name a passage by its words, so that they
outlive a new capture.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest
from typing import Final
from urllib.parse import unquote

from reader.annotations.annotation import Annotation, Target
from reader.text.clean import clean_line
from reader.text.span import Span

_LINK: Final = re.compile(r"\[\[([^\[\]|\n]+?)(?:\|([^\[\]\n]*))?\]\]")
_PASSAGE: Final = re.compile(r"(.+?)\s*“(.+)”\s*", re.DOTALL)
_NOTE: Final = "note:"
_RESERVED: Final = re.compile("[%\\[\\]|“”\n]")
_LONGEST_QUOTE: Final = 160
_LABEL: Final = 60


class LinkKind(StrEnum):
    """What a link leads to."""

    ARTICLE = "article"
    PASSAGE = "passage"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a note: `span` in the note's text; `to` an article's id or an annotation's; `quote` the words."""

    span: Span
    kind: LinkKind
    to: str
    quote: str = ""
    label: str = ""

    @property
    def shown(self) -> str:
        """What stands for the link on screen."""
        return self.label or (f"“{self.quote}”" if self.quote else self.to)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that a link may lead to: what is inserted, and two lines of what it is."""

    kind: LinkKind
    insert: str
    label: str
    detail: str


def links_in(note: str) -> tuple[Link, ...]:
    """The links of a note, in order."""
    return tuple(_link(match) for match in _LINK.finditer(note))


def read_aloud(note: str) -> str:
    """A note with what its links are called in their place."""
    if "[[" in note:
        for link in reversed(links_in(note)):
            note = f"{note[: link.span.start]}[{link.shown}]{note[link.span.end :]}"
    return note


def link_at(note: str, position: int) -> Link | None:
    """The link that holds the code point at `position`."""
    return next((link for link in links_in(note) if link.span.holds(position)), None)


def to_article(article: str, label: str = "") -> str:
    """A link to an article."""
    return _written(_escaped(article), label)


def to_passage(target: Target, label: str = "") -> str:
    """A link to a passage by its words, or to the article where it has none; long quotations are cut at a word."""
    words = " ".join(target.exact.split())
    if len(words) > _LONGEST_QUOTE:
        words = words[:_LONGEST_QUOTE].rpartition(" ")[0] or words[:_LONGEST_QUOTE]
    return _written(f"{_escaped(target.source)} “{_escaped(words)}”" if words else _escaped(target.source), label)


def to_note(annotation: Annotation, label: str = "") -> str:
    """A link to an annotation."""
    return _written(_NOTE + annotation.id, label or _about(annotation))


def typed(note: str, caret: int) -> str | None:
    """What has been typed after the last `[[` that is still open before the caret; None where there is none."""
    before = note[:caret]
    start = before.rfind("[[")
    if start < 0 or "]]" in before[start:] or "\n" in before[start:]:
        return None
    return before[start + 2 :]


def suggestions(articles: Iterable[tuple[str, str]], annotations: Iterable[Annotation]) -> Iterator[Suggestion]:
    """Everything that a link may lead to: articles (id, title), quotations and notes."""
    for article, title in articles:
        yield Suggestion(LinkKind.ARTICLE, to_article(article, title), clean_line(title, _LABEL), article)
    for annotation in annotations:
        for target in annotation.targets:
            if target.exact:
                label = f"“{clean_line(target.exact, _LABEL)}”"
                yield Suggestion(LinkKind.PASSAGE, to_passage(target), label, target.source)
        if annotation.note:
            yield Suggestion(LinkKind.NOTE, to_note(annotation), _about(annotation), annotation.source)


def answering(words: str, offered: Iterable[Suggestion], limit: int = 12) -> list[Suggestion]:
    """Those that hold every typed word, the ones that begin with them first."""
    wanted, start = words.casefold().split(), words.casefold().strip()
    found: list[tuple[int, int, Suggestion]] = []
    for number, one in enumerate(offered):
        label = one.label.casefold()
        if all(word in label or word in one.detail.casefold() for word in wanted):
            found.append((0 if label.lstrip("“").startswith(start) else 1, number, one))
    return [suggestion for _, _, suggestion in nsmallest(limit, found, key=lambda one: one[:2])]


def linking_to(annotations: Iterable[Annotation], to: str) -> list[Annotation]:
    """The annotations whose notes link to an article or an annotation, by its id."""
    return [one for one in annotations if "[[" in one.note and any(link.to == to for link in links_in(one.note))]


def _link(match: re.Match[str]) -> Link:
    inside, label = match.group(1).strip(), clean_line(match.group(2) or "")
    span = Span(*match.span())
    if inside.startswith(_NOTE):
        return Link(span, LinkKind.NOTE, inside.removeprefix(_NOTE).strip(), label=label)
    passage = _PASSAGE.fullmatch(inside)
    if passage:
        return Link(span, LinkKind.PASSAGE, unquote(passage.group(1)), unquote(passage.group(2)), label)
    return Link(span, LinkKind.ARTICLE, unquote(inside), label=label)


def _escaped(text: str) -> str:
    return _RESERVED.sub(lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode()), text)


def _written(inside: str, label: str) -> str:
    label = " ".join(re.sub(r"[\[\]|]", " ", clean_line(label, _LABEL)).split())
    return f"[[{inside}|{label}]]" if label else f"[[{inside}]]"


def _about(annotation: Annotation) -> str:
    return clean_line(annotation.note or annotation.targets[0].exact or annotation.source, _LABEL)
