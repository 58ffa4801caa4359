"""Annotations of the open article: on the page, in the notes pane, and the one in focus."""

from collections.abc import Callable

from textual.message import Message

from reader.annotations.annotation import Annotation
from reader.annotations.pens import pen_named
from reader.capture.article import Article, Kind
from reader.text.span import Span
from reader.tui.background import NotesChanged
from reader.tui.placing import PlacedNote
from reader.tui.screens.finding import FindingScreen
from reader.tui.widgets.layers import Mark
from reader.tui.widgets.marked import Marked
from reader.tui.widgets.notes import Card, NotesPane


class NotingScreen(FindingScreen):
    """The part of the main screen that keeps notes."""

    class Placed(Message):
        """Where the notes on an article stand; `question` tells whether anybody still wants to know."""

        def __init__(self, question: int, article: Article, placed: list[PlacedNote]) -> None:
            super().__init__()
            self.question, self.article, self.placed = question, article, placed

    def __init__(self) -> None:
        super().__init__()
        self._placing = 0
        self.notes_pane = NotesPane(id="notes")
        self.attaching: tuple[str, int] | None = None
        self._gone_to = ""

    # What is shown

    def marks(self) -> list[Mark]:
        """The passages that are marked, with the colour of their pen."""
        pens = self.desk.pens
        marks = []
        for note in self.placed:
            one = note.annotation
            if note.span is not None and one.kind != "reply":
                pen = pen_named(pens, one.pen)
                none = self.desk.settings.colours == "none"
                line = "underline" if none and pen.style == "plain" else pen.style
                look = pen.colour if line == "reverse" and not none else f"{pen.colour}+{line}"
                mine = self.workspace.store.is_mine(one)
                marks.append(Mark(note.span, look, one.id, note.state, bool(one.note), pen.mark, mine))
        return marks

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
        """Annotations changed: place and show them anew, and count them in the sources.

        What must be looked for, because the text is no longer what it was noted on, is shown when it is found. What
        the analyst should hear of changes made elsewhere is said last.
        """
        self._placing += 1
        article, question = self.article, self._placing
        if article is not None:
            placed, complete = self.places_of.at_once(article)
            self._show_placed(placed, current)
            if not complete:

                def look() -> None:
                    found = self.places_of.of(article, lambda: question != self._placing)
                    self.post_message(self.Placed(question, article, found))

                self.in_thread(look)
        for notice in self.workspace.store.take_notices():
            self.desk.say(notice)
        self.list_sources()
        self.show_state()

    def _show_placed(self, placed: list[PlacedNote], current: str | None) -> None:
        """Show the notes of the article where they stand now."""
        self.placed = placed
        self.page.set_marks(self.marks())
        self.show_notes(current)
        if current is not None:
            self.page.pencil.current_mark = current
            self.page.redraw()

    def on_noting_screen_placed(self, event: Placed) -> None:
        """Places were found; they are shown unless something else is asked by now."""
        if event.question == self._placing and event.article is self.article:
            self._show_placed(event.placed, None)
            self.show_state()

    def change(self, act: Callable[[], object], words: str, *, focus: bool = True) -> None:
        """Carry a change out beside the screen; once it is saved it is told and shown, an annotation that it gave in
        `focus`.
        """

        def shown(now: object) -> None:
            self.desk.say(words)
            self.notes_changed(now.id if focus and isinstance(now, Annotation) else None)

        self.desk.saving.begin(act, shown)

    def on_notes_changed(self, event: NotesChanged) -> None:
        """Another program changed annotations, or damaged them."""
        if event.ids:
            self.notes_changed(None)
        if event.unusable:
            key = self.desk.keymap.first("notes.rescued")
            files = "1 file" if event.unusable == 1 else f"{event.unusable:,} files"
            self.desk.say(f"{files} of notes cannot be used; {key} says why", error=True)

    # The annotation in focus

    @property
    def current_note(self) -> PlacedNote | None:
        """The annotation in focus."""
        wanted = self.notes_pane.current
        return next((note for note in self.placed if note.annotation.id == wanted), None)

    def note_in_view(self) -> bool:
        """Whether the annotation in focus was gone to, on the page or among the notes."""
        id = self.notes_pane.current
        gone_to = id in (self.page.pencil.current_mark, self._gone_to)
        return id is not None and (gone_to or self.focused is self.notes_pane)

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
        self._show_passage(id)
        self.show_state()

    def _show_passage(self, id: str) -> None:
        """Bring the passage of an annotation into view; a reply stands where what it answers stands."""
        start = self._start(id)
        self._gone_to = id
        if any(mark.id == id for mark in self.page.pencil.marks):
            self.page.go_mark(id)
        elif start is not None:
            self.page.go(start)

    def on_page_mark_reached(self, event: Marked.MarkReached) -> None:
        """The page went to an annotation: the notes follow."""
        self.notes_pane.highlight(event.id)
        self._gone_to = event.id
        self.show_state()

    def on_notes_pane_highlighted(self, event: NotesPane.Highlighted) -> None:
        """The notes went to an annotation: the page follows."""
        self._show_passage(event.id)

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

    # Another place for an annotation

    def attach(self, annotation: Annotation, index: int) -> None:
        """Ask for another place of passage `index`: it is selected where it stands, and Enter puts it there."""
        if not self.workspace.store.is_mine(annotation):
            self.desk.say(f"This is {annotation.creator}'s; & takes it as your own")
            return
        source = annotation.targets[index].source
        if self.article is None or self.article.id != source:
            self.open_article(source, then=lambda: self._select_place(annotation.id, index))
        else:
            self._select_place(annotation.id, index)

    def _select_place(self, id: str, index: int) -> None:
        """Caret mode, the passage selected where it is known to stand."""
        places = (note for note in self.placed if note.annotation.id == id and note.part == index)
        span = next((note.span for note in places if note.span is not None), None)
        self.focus_pane("page")
        if not self.page.enter_caret(span.start if span is not None else None):
            return
        self.attaching = id, index
        if span is not None:
            self.page.select_span(span)
        self.desk.say("w b e ) move this end, o goes to the other, Enter puts the note here, q leaves it")
        self.show_state()

    def attach_here(self, article: Article, span: Span) -> bool:
        """Put the annotation that waits for a place at the selection; whether one waited."""
        from reader.annotations.review import attached

        wanted, self.attaching = self.attaching, None
        annotation = self.workspace.store.get(wanted[0]) if wanted is not None else None
        if annotation is None or wanted is None:
            return False
        index = wanted[1]
        store = self.workspace.store
        there = attached(annotation, index, article, span)
        self.page.leave_caret()
        self.change(lambda: store.edit(annotation, text=article.text, **there), "Put here; u takes it back")
        return True
