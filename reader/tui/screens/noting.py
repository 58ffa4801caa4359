"""Annotations of the open article: the notes pane, the editor beside the passage, drafts."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.timer import Timer
from textual.widgets import TextArea

from reader.annotations.annotation import Annotation
from reader.annotations.pens import pen_named
from reader.capture.article import Kind
from reader.errors import DeskreaderError
from reader.text.span import Span
from reader.tui.background import NotesChanged
from reader.tui.placing import PlacedNote, placed_notes
from reader.tui.screens.finding import FindingScreen
from reader.tui.widgets.editor import NoteEditor
from reader.tui.widgets.layers import Mark
from reader.tui.widgets.marked import Marked
from reader.tui.widgets.notes import Card, NotesPane

if TYPE_CHECKING:
    from reader.annotations.drafts import Draft

JOURNAL_AFTER = 0.5
"""Seconds of typing after which a draft is kept; a killed terminal loses no more than these."""


class NotingScreen(FindingScreen):
    """The part of the main screen that keeps notes."""

    def __init__(self) -> None:
        super().__init__()
        self.notes_pane = NotesPane(id="notes")
        self.editor = NoteEditor(id="editor")
        self._written: tuple[Annotation | None, Span | None, str] | None = None
        self._journal: Timer | None = None

    # What is shown

    def marks(self) -> list[Mark]:
        """The passages that are marked, with the colour of their pen."""
        pens = self.desk.pens
        return [
            Mark(note.span, pen_named(pens, note.annotation.pen).colour, note.annotation.id, note.state,
                 bool(note.annotation.note))
            for note in self.placed
            if note.span is not None
        ]  # fmt: skip

    def show_notes(self, current: str | None) -> None:
        """Show the notes of the article, one of them as the current one."""
        seen: dict[str, Card] = {}
        for note in self.placed:
            annotation = note.annotation
            look = pen_named(self.desk.pens, annotation.pen).colour
            mine = self.workspace.store.is_mine(annotation)
            seen.setdefault(
                annotation.id, Card(annotation, self._where(note), look, note.state, mine, note.reason)
            )
        self.notes_pane.show(list(seen.values()), current)

    def _where(self, note: PlacedNote) -> str:
        """Where a note stands, in words."""
        if note.span is None or self.article is None:
            return "whole article" if note.state == "placed" else ""
        block = self.article.block_at(note.span.start)
        if block is None or block.kind is not Kind.BODY:
            return str(block.kind.value) if block is not None else ""
        body = [each for each in self.article.blocks if each.kind is Kind.BODY and each.span <= block.span]
        return f"para {len(body)}"

    def notes_changed(self, current: str | None) -> None:
        """Annotations changed: place and show them anew, and count them in the sources."""
        if self.article is not None:
            self.placed = placed_notes(self.workspace, self.article)
            self.page.set_marks(self.marks())
            self.show_notes(current)
            if current is not None:
                self.page.pencil.current_mark = current
                self.page.redraw()
        for notice in self.workspace.store.take_notices():
            self.desk.say(notice)
        self.list_sources()
        self.show_state()

    def on_notes_changed(self, event: NotesChanged) -> None:
        """Another program changed annotations."""
        self.notes_changed(None)

    # The annotation in focus

    @property
    def current_note(self) -> PlacedNote | None:
        """The annotation in focus."""
        wanted = self.notes_pane.current
        return next((note for note in self.placed if note.annotation.id == wanted), None)

    def note_in_view(self) -> bool:
        """Whether the annotation in focus was gone to, on the page or among the notes."""
        id = self.notes_pane.current
        return id is not None and (self.page.pencil.current_mark == id or self.focused is self.notes_pane)

    def step_note(self, by: int) -> None:
        """Go to another annotation; from a place on the page to the nearest one."""
        ids = list(dict.fromkeys(note.annotation.id for note in self.placed))
        if not ids:
            self.desk.say("No annotations in this article")
            return
        current = self.notes_pane.current
        if current in ids:
            at = (ids.index(current) + by) % len(ids)
        else:
            here = self.page.position
            after = [at for at, id in enumerate(ids) if (self._start(id) or 0) >= here]
            at = (after[0] if after else 0) if by > 0 else (after[0] - 1 if after else len(ids) - 1)
        self.go_note(ids[at])

    def _start(self, id: str) -> int | None:
        """Where an annotation begins on the page."""
        return next((note.span.start for note in self.placed if note.annotation.id == id and note.span), None)

    def go_note(self, id: str) -> None:
        """Bring an annotation into view on the page and among the notes."""
        self.notes_pane.highlight(id)
        if self._start(id) is not None:
            self.page.go_mark(id)
        self.show_state()

    def on_page_mark_reached(self, event: Marked.MarkReached) -> None:
        """The page went to an annotation: the notes follow."""
        self.notes_pane.highlight(event.id)
        self.show_state()

    def on_notes_pane_highlighted(self, event: NotesPane.Highlighted) -> None:
        """The notes went to an annotation: the page follows."""
        if self._start(event.id) is not None:
            self.page.go_mark(event.id)

    def on_notes_pane_opened(self, event: NotesPane.Opened) -> None:
        """Go to the passage on the page."""
        self.go_note(event.id)
        self.focus_pane("page")

    def passage(self) -> Span | None:
        """What is selected, or the word under the caret."""
        if self.page.selection is not None or self.page.caret is None:
            return self.page.selection
        word = self.page.caret.object_at("word")
        return word if word.length else None

    def known_tags(self) -> list[str]:
        """Every tag in use, the most frequent first."""
        counts: dict[str, int] = {}
        for annotation in self.workspace.store.all():
            for tag in annotation.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return sorted(counts, key=lambda tag: (-counts[tag], tag))

    # Writing

    def write_note(
        self, *, span: Span | None = None, annotation: Annotation | None = None, draft: str | None = None
    ) -> None:
        """Open the editor beside the passage, for a new note or for one that is there."""
        if self.article is None:
            return
        if annotation is not None and not self.workspace.store.is_mine(annotation):
            self.desk.say(f"This is {annotation.creator}'s note; a on the passage writes your own")
            return
        place = f"{span.start}-{span.end}" if span is not None else "whole"
        key = f"note {annotation.id}" if annotation is not None else f"new {place} {self.article.id}"
        text = annotation.note if annotation is not None else ""
        self._written = (annotation, span, self.article.id)
        self.add_class("writing")
        self.share_screen()
        self.editor.begin(key, text if draft is None else draft, original=text)
        self.focus_on(self.editor)
        self.show_state()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Something was typed: keep it before a second is over."""
        if self._written is not None and self._journal is None and self.editor.changed:
            self._journal = self.set_timer(JOURNAL_AFTER, self._keep_draft)

    def _keep_draft(self) -> None:
        """Keep the draft, in a thread: a slow disk must not hold the keys up."""
        self._journal = None
        if self._written is not None and self.editor.changed:
            key, text = self.editor.key, self.editor.text
            self.in_thread(lambda: self._save_draft(key, text), "draft")

    def _save_draft(self, key: str, text: str) -> None:
        """Keep a draft, unless its note was saved meanwhile; a failure is told."""
        try:
            if self._written is not None and self.editor.key == key:
                self.workspace.store.drafts.save(key, text)
        except DeskreaderError as error:
            self.app.call_from_thread(self.desk.say, str(error), error=True)

    def save(self) -> None:
        """Keep the draft now: the program may end at any moment."""
        if self._written is not None and self.editor.changed:
            self.workspace.store.drafts.save(self.editor.key, self.editor.text)

    def on_note_editor_submitted(self, event: NoteEditor.Submitted) -> None:
        """The note is finished."""
        try:
            self.finish_note()
        except DeskreaderError as error:
            self.desk.say(str(error), error=True)

    def finish_note(self) -> None:
        """Save the note that is being written, if any; when that fails the editor stays open with every word."""
        if self._written is None or self.article is None:
            return
        annotation, span, article_id = self._written
        text, changed = self.editor.text.strip(), self.editor.changed
        saved: Annotation | None = annotation
        if annotation is not None and changed:
            saved = self.workspace.store.edit(annotation, note=text)
        elif annotation is None and text:
            article = self.article
            if article.id != article_id:
                article = self.workspace.library.article(article_id)
            pen = self.desk.pen.name if span is not None else None
            saved = self.workspace.annotate(article, span, note=text, pen=pen)
        self._close_editor()
        self.page.leave_caret()
        self.notes_changed(saved.id if saved is not None else None)
        if changed and saved is not None:
            self.desk.say("Saved")

    def on_note_editor_cancelled(self, event: NoteEditor.Cancelled) -> None:
        """Give the note up; asks when words would be lost."""
        if not event.changed:
            self._close_editor()
            return

        def answered(letter: str) -> None:
            if letter in "yY":
                self._close_editor()

        self.await_letter("Throw away what you wrote? y throws it away, any other key goes on", answered)

    def _close_editor(self) -> None:
        """Put the editor away and forget its draft."""
        key = self.editor.key
        self._written = None
        self.editor.begin("", "")
        self.remove_class("writing")
        self.share_screen()
        self.focus_pane("page")
        self.workspace.store.drafts.discard(key)

    # Drafts of a session that was cut off

    def offer_draft(self) -> None:
        """Offer what was being typed when the program ended."""
        drafts = self.workspace.store.drafts.all()
        if not drafts:
            return
        first = " ".join(drafts[0].text.split())[:40]
        more = f" (one of {len(drafts)})" if len(drafts) > 1 else ""
        words = f"A note was not finished{more}: “{first}”  y goes on writing, x throws it away"

        def answered(letter: str) -> None:
            if letter == "y":
                self._take_up(drafts[0])
            else:
                self.workspace.store.drafts.discard(drafts[0].key)
                self.desk.say("Thrown away")

        self.offer(words, "yx", answered)

    def _take_up(self, draft: "Draft") -> None:
        """Go on with a draft, beside its passage."""
        kind, place, source = [*draft.key.split(" ", 2), "", ""][:3]
        annotation = self.workspace.store.get(place) if kind == "note" else None
        span = None
        if kind == "new" and place != "whole":
            start, _, end = place.partition("-")
            span = Span(int(start), int(end)) if start.isdecimal() and end.isdecimal() else None
        id = annotation.source if annotation is not None else source
        then: Callable[[], None] = lambda: self.write_note(span=span, annotation=annotation, draft=draft.text)  # noqa: E731
        self.open_article(id, span.start if span is not None else None, then=then)

    def share_screen(self) -> None:
        """Share the screen out among the panes."""
        raise NotImplementedError
