"""Writing notes: the editor beside the passage, links in it, and drafts that outlive a killed terminal."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.timer import Timer

from reader.annotations.annotation import Annotation
from reader.text.span import Span
from reader.tui.messages import many
from reader.tui.screens.noting import NotingScreen

if TYPE_CHECKING:
    from textual.widgets import TextArea

    from reader.annotations.drafts import Draft
    from reader.tui.widgets.editor import NoteEditor

JOURNAL_AFTER = 0.5
"""Seconds of typing after which a draft is kept; a killed terminal loses no more than these."""


class WritingScreen(NotingScreen):
    """The part of the main screen that writes."""

    def __init__(self) -> None:
        super().__init__()
        self._written: tuple[Annotation | None, Span | None, str] | None = None
        self._reply_to: Annotation | None = None
        self._typed = 0
        self._saving_note = False
        self._finished = ""
        self._copies: list[Path] = []
        self._journal: Timer | None = None

    @cached_property
    def editor(self) -> "NoteEditor":
        """Where notes are written; made for the first of them."""
        from reader.tui.widgets.editor import NoteEditor

        return NoteEditor(id="editor")

    @property
    def editing(self) -> bool:
        """Whether the editor is in focus."""
        return "editor" in self.__dict__ and self.focused is self.editor

    def write_note(
        self,
        *,
        span: Span | None = None,
        annotation: Annotation | None = None,
        reply_to: Annotation | None = None,
        draft: str | None = None,
    ) -> None:
        """Open the editor beside the passage, for a new note, one that is there, or a reply to one."""
        if self.article is None:
            return
        if annotation is not None and not self.workspace.store.is_mine(annotation):
            self.desk.say(f"This is {annotation.creator}'s note; @ replies to it, & takes it as your own")
            return
        place = f"{span.start}-{span.end}" if span is not None else "whole"
        key = f"note {annotation.id}" if annotation is not None else f"new {place} {self.article.id}"
        if reply_to is not None:
            key = f"reply {reply_to.id}"
        text = annotation.note if annotation is not None else ""
        self._reply_to = reply_to
        self._written = (annotation, span, self.article.id)
        self._finished = ""
        if not self.editor.is_attached:
            self.query_one("#notes-pane").mount(self.editor)
        self.add_class("writing")
        self.share_screen()
        self.editor.begin(key, text if draft is None else draft, original=text)
        self.focus_on(self.editor)
        if not self.status.is_error:
            self.status.dismiss()  # how to save matters more than what was said before
        self.show_state()

    def on_text_area_changed(self, event: "TextArea.Changed") -> None:
        """Something was typed: keep it before a second is over; `[[` asks what to link to."""
        length, before = len(self.editor.text), self._typed
        self._typed = length
        if self._written is not None and length == before + 1 and self.editor.changed:
            self._offer_links()
        if self._written is not None and self._journal is None and self.editor.changed:
            self._journal = self.set_timer(JOURNAL_AFTER, self._keep_draft)

    def _offer_links(self) -> None:
        """Offer articles, quotations and notes where `[[` was just typed."""
        row, column = self.editor.cursor_location
        if self.editor.document.get_line(row)[:column].endswith("[["):
            from reader.tui.screens.tagging import LinkPick

            self.desk.choose(LinkPick(self.workspace), self._link)

    def _link(self, link: str | None) -> None:
        """Write the link that was chosen in the place of its brackets."""
        if link is not None and self._written is not None:
            row, column = self.editor.cursor_location
            self.editor.replace(link, (row, column - 2), (row, column))
            self.editor.move_cursor((row, column - 2 + len(link)))

    def _keep_draft(self) -> None:
        """Keep the draft beside the screen: a slow disk must not hold the keys up."""
        self._journal = None
        if self._written is not None and self.editor.changed:
            key, text, drafts = self.editor.key, self.editor.text, self.workspace.store.drafts

            def keep() -> None:
                if self._unfinished(key):
                    drafts.save(key, text)

            self.desk.saving.after(keep)

    def _unfinished(self, key: str) -> bool:
        """Whether what is written under a key is still being written."""
        return self._written is not None and self.editor.key == key and key != self._finished

    def save(self) -> None:
        """Keep the draft now: the program may end at any moment."""
        if self._written is None or not self.editor.changed:
            return
        if self._unfinished(self.editor.key):
            self.workspace.store.drafts.save(self.editor.key, self.editor.text)
        else:  # a draft that was kept while its note was being saved
            self.workspace.store.drafts.discard(self.editor.key)

    def on_note_editor_submitted(self, event: "NoteEditor.Submitted") -> None:
        """The note is finished."""
        self.desk.attempt(self.finish_note)

    def finish_note(self, then: Callable[[], object] = lambda: None) -> None:
        """Save the note that is being written, if any, then go on; until it is saved the editor keeps every word."""
        if self._saving_note:
            return
        act = self._to_save(self.editor.text.strip()) if self._written is not None else None
        if act is None:
            if self._written is not None:
                saved = self._written[0]
                self._close_editor()
                self._show_finished(saved)
            then()
            return
        key, drafts, save = self.editor.key, self.workspace.store.drafts, act

        def keep() -> Annotation:
            now = save()
            self._finished = key
            drafts.discard(key)
            return now

        def done(now: Annotation) -> None:
            self._saving_note = False
            self._close_editor()
            self.desk.say("Saved")
            self._show_finished(now)
            then()

        self._saving_note = True
        self.desk.saving.begin(keep, done, self._not_saved)

    def _to_save(self, text: str) -> Callable[[], Annotation] | None:
        """What saves the note, the reply or the change of a note that is written; None where nothing is to be saved."""
        assert self._written is not None
        annotation, span, article_id = self._written
        workspace, article, answered = self.workspace, self.article, self._reply_to
        if answered is not None and text:
            from reader.annotations.agreement import reply

            return lambda: workspace.store.add(reply(answered, text))
        if annotation is not None:
            return (lambda: workspace.store.edit(annotation, note=text)) if self.editor.changed else None
        if answered is not None or not text:
            return None
        pen = self.desk.pen.name if span is not None else None

        def add() -> Annotation:
            same = article is not None and article.id == article_id
            there = article if same and article is not None else workspace.library.article(article_id)
            return workspace.annotate(there, span, note=text, pen=pen)

        return add

    def _not_saved(self, error: BaseException | None) -> None:
        """The words stay in the editor, and as a draft."""
        from reader.annotations.rescue import SaveError

        self._saving_note = False
        if isinstance(error, SaveError) and error.rescue is not None:
            self._copies.append(error.rescue)
        self._keep_draft()

    def must_wait(self, event: events.Key | events.Paste) -> bool:
        """Nothing is typed into a note that is being saved."""
        return self._saving_note or super().must_wait(event)

    def _show_finished(self, saved: Annotation | None) -> None:
        """Back to the page, the note in focus."""
        self.page.leave_caret()
        self.notes_changed(saved.id if saved is not None else None)

    def on_note_editor_cancelled(self, event: "NoteEditor.Cancelled") -> None:
        """Give the note up; asks when words would be lost."""
        if not event.changed:
            self._close_editor()
            return

        def answered(letter: str) -> None:
            if letter in "yY":
                self._close_editor()

        self.await_letter("Throw away what you wrote? y throws it away, any other key goes on", answered)

    def _close_editor(self) -> None:
        """Put the editor away and forget its draft, and what was kept of it when it could not be saved."""
        key, store = self.editor.key, self.workspace.store
        copies, self._copies = self._copies, []

        def forget() -> None:
            store.drafts.discard(key)
            for copy in copies:
                store.forget(copy)

        self._written = self._reply_to = None
        self._typed = 0
        self.editor.begin("", "")
        self.remove_class("writing")
        self.share_screen()
        self.focus_pane("page")
        self.desk.saving.after(forget)

    # Drafts of a session that was cut off

    def offer_draft(self) -> None:
        """Offer what was being typed when the program ended."""
        drafts = self.workspace.store.drafts.all()
        if not drafts:
            self.offer_rescued()
            return
        first = " ".join(drafts[0].text.split())[:40]
        more = f", one of {len(drafts)}" if len(drafts) > 1 else ""
        words = f"y goes on with, x throws away an unfinished note{more}: “{first}”"  # the keys first: a line is short

        def answered(letter: str) -> None:
            if letter == "y":
                self.take_up(drafts[0])
            else:
                discard = self.workspace.store.drafts.discard
                self.desk.saving.begin(lambda: discard(drafts[0].key), thrown_away)

        def thrown_away(_: None) -> None:
            self.desk.say("Thrown away")
            self.offer_draft()

        self.offer(words, "yx", answered)

    def offer_rescued(self) -> None:
        """Say that changes wait which could not be saved, and offer to see them."""
        waiting = len(self.workspace.store.rescued())
        if waiting:
            words = f"y shows {many(waiting, 'change')} that could not be saved before"
            self.offer(words, "y", lambda _: self.run_command("notes.rescued"))

    def take_up(self, draft: "Draft") -> None:
        """Go on with a draft, beside its passage."""
        kind, place, source = [*draft.key.split(" ", 2), "", ""][:3]
        store = self.workspace.store
        annotation = store.get(place) if kind in ("note", "reply") else None
        if annotation is None and kind == "note":  # deleted since: saving it brings it back
            annotation = next((one for one in store.trash() if one.id == place), None)
        span = None
        if kind == "new" and place != "whole":
            start, _, end = place.partition("-")
            span = Span(int(start), int(end)) if start.isdecimal() and end.isdecimal() else None
        id = annotation.source if annotation is not None else source
        own, answered = (None, annotation) if kind == "reply" else (annotation, None)
        then: Callable[[], None] = lambda: self.write_note(  # noqa: E731
            span=span, annotation=own, reply_to=answered, draft=draft.text
        )
        self.open_article(id, span.start if span is not None else None, then=then)

    def share_screen(self) -> None:
        """Share the screen out among the panes."""
        raise NotImplementedError
