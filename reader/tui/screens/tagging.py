"""Choosing a tag by typing, and what else is completed while one writes: links."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from textual.events import Key, Paste
from textual.widgets import Input

from reader.annotations.coding import counts, recent
from reader.text.clean import clean_line
from reader.tui.screens.pick import Choice, Choices, Pick

if TYPE_CHECKING:
    from reader.annotations.links import Suggestion
    from reader.workspace import Workspace

NAMED_AFTER: Final = 4
"""Words of a passage that a tag is named after."""
_PARTED: Final = re.compile(r",|\s+(?=[#-])")
SUGGESTED: Final = 60
"""Links that are offered at once."""


class TagPick(Pick):
    """The tags: those used last on the digits, then the others by use; what is typed may be a new one.

    The answer is `=tag` for a tag that was chosen and `+words` for what was typed.
    """

    def __init__(self, title: str, workspace: "Workspace", given: Sequence[str] = (), passage: str = "") -> None:
        self.recent: tuple[str, ...] = ()
        self._given = given
        self._passage = passage
        super().__init__(title, lambda: self._offered(workspace), empty="Type a new tag, then Enter", free=True)

    def _offered(self, workspace: "Workspace") -> list[Choice]:
        """In a thread: the tags there are."""
        from reader.annotations.codebook_file import CodebookFile

        store, given = workspace.store, self._given
        annotations = store.all()
        used = counts(annotations)
        book = CodebookFile(workspace.state, store.creator).load()
        self.recent = recent(annotations, store.creator)
        names = [*self.recent, *given, *sorted(used, key=lambda one: (-used[one], one)), *(c.name for c in book.codes)]
        about = {code.name: code.definition for code in book.codes}
        choices = []
        for name in dict.fromkeys(names):
            digit = f"{self.recent.index(name) + 1}" if name in self.recent else ""
            above = " < ".join(book.above(name)[1:])
            told = "  ".join(part for part in (above and f"under {above}", about.get(name, "")) if part)
            sign = "● " if name in given else "  "
            choices.append(
                Choice(f"={name}", f"{sign}#{name}", told, f"{used[name]}  {digit or ' '}", f"{name} {told}")
            )
        slug = " ".join(clean_line(self._passage).split()[:NAMED_AFTER]).strip(".,;:!?“”\"'").lower()
        if slug and slug not in names:
            choices.append(Choice(f"={slug}", f"  #{slug}", "named after the passage"))
        return choices

    def must_wait(self, event: Key | Paste) -> bool:
        """A digit means a tag that was used last, so it must be known which those are."""
        return (self.gathering and not (isinstance(event, Key) and event.key == "escape")) or super().must_wait(event)

    def on_input_changed(self, event: Input.Changed) -> None:
        """A digit alone takes one of the tags used last."""
        typed = event.value
        if len(typed) == 1 and typed.isdecimal() and 1 <= int(typed) <= len(self.recent):
            event.stop()
            event.prevent_default()
            self.dismiss(f"={self.recent[int(typed) - 1]}")

    def look_for(self, text: str) -> None:
        """The tags that answer, and what was typed as a new one where none is called so."""
        super().look_for(text.lstrip("#-"))
        typed = text.strip()
        if typed and f"={typed.lstrip('#')}" not in {each.key for each in self.found}:
            new = ", ".join(f"#{tag}" for tag in changed_tags((), typed))
            words = f"take #{typed[1:].lstrip('#')} away" if typed.startswith("-") else f"new: {new}"
            choice = Choice(f"+{typed}", f"  {words}")
            first = typed.startswith("-") or "," in typed
            self.found = [choice, *self.found] if first else [*self.found, choice]
            self.list.show(Choices(self.found))
            self.list.go(0)
        elif typed:
            exact = f"={typed.lstrip('#')}"
            self.found.sort(key=lambda each: each.key != exact)
            self.list.show(Choices(self.found))
            self.list.go(0)


def changed_tags(old: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The tags after what was typed: names parted by commas (or each begun with `#`), `-name` takes one away."""
    parts = [" ".join(part.split()).lstrip("#") for part in _PARTED.split(text)]
    gone = {part[1:].lstrip("#") for part in parts if part.startswith("-") and len(part) > 1}
    new = [part for part in parts if part and not part.startswith("-")]
    return tuple(dict.fromkeys([*(each for each in old if each not in gone), *new]))


def after_choice(old: Sequence[str], answer: str) -> tuple[str, ...]:
    """The tags after an answer of `TagPick`: a tag chosen again is taken away."""
    if answer.startswith("="):
        name = answer[1:]
        return tuple(one for one in old if one != name) if name in old else (*old, name)
    return changed_tags(tuple(old), answer[1:])


class LinkPick(Pick):
    """What `[[` may lead to: articles, quotations and notes; the answer is what is to be written."""

    def __init__(self, workspace: "Workspace") -> None:
        empty = "Nothing to link to is called that"
        super().__init__("link to:", lambda: self._offered(workspace), empty=empty)
        self._links: list[Suggestion] = []
        self._titles: dict[str, str] = {}

    def _offered(self, workspace: "Workspace") -> list[Choice]:
        """In a thread: everything there is."""
        from reader.annotations.links import suggestions

        self._titles = {entry.id: entry.title for entry in workspace.library.entries()}
        self._links = list(suggestions(self._titles.items(), workspace.store.all()))
        return []

    def look_for(self, text: str) -> None:
        """What has every word typed."""
        from reader.annotations.links import answering

        found = answering(text, self._links, SUGGESTED)
        titles = self._titles
        self.found = [Choice(one.insert, one.label, titles.get(one.detail, one.detail), one.kind) for one in found]
        self.list.show(Choices(self.found))
        self.list.go(0)
