"""Marking: pens, notes, tags, edit, delete, undo and the way from one annotation to the next."""

from typing import TYPE_CHECKING

from reader.tui.commands import action
from reader.tui.screens.tagging import TagPick, after_choice

if TYPE_CHECKING:
    from reader.annotations.annotation import Annotation
    from reader.tui.placing import PlacedNote
    from reader.tui.screens.main import MainScreen


@action("mark")
def mark(screen: "MainScreen", count: int) -> None:
    """Highlight the selection, or the word under the caret, with the current pen; the same again clears it."""
    span = screen.passage()
    if span is None or screen.article is None:
        screen.desk.say("Nothing is selected")
        return
    if screen.attach_here(screen.article, span):
        return
    pen = screen.desk.pen.name
    article = screen.article
    there = next((one for one in _own(screen) if one.span == span and len(one.annotation.targets) == 1), None)
    screen.page.leave_caret()
    if there is not None:
        _repen(screen, there.annotation, pen)
        return
    words = f"Marked with {pen}; a writes a note, t tags it, u undoes"
    screen.change(lambda: screen.workspace.annotate(article, span, pen=pen), words)


def _own(screen: "MainScreen") -> "list[PlacedNote]":
    """The analyst's own marks and notes in the open article."""
    mine = screen.workspace.store.is_mine
    return [one for one in screen.placed if one.annotation.kind == "note" and mine(one.annotation)]


def _repen(screen: "MainScreen", annotation: "Annotation", pen: str) -> None:
    """Give an annotation a pen; the one that it has is taken away, and a mere mark goes with it."""
    store = screen.workspace.store
    if annotation.pen != pen:
        screen.change(lambda: store.edit(annotation, pen=pen), f"Now {pen}")
    elif annotation.note or annotation.tags:
        screen.change(lambda: store.edit(annotation, pen=None), "The pen is gone, the note stays; u undoes")
    else:
        screen.change(lambda: store.delete(annotation.id), "The mark is gone; u brings it back")


@action("mark.article")
def mark_article(screen: "MainScreen", count: int) -> None:
    """Mark the whole article with the current pen; again takes the mark away."""
    article = screen.article
    if article is None:
        screen.desk.say("Open an article first")
        return
    whole = [one.annotation for one in _own(screen) if one.span is None and not one.annotation.targets[0].exact]
    there = next((one for one in whole if one.pen == screen.desk.pen.name), None)
    there = there or next((one for one in whole if not one.note), None)
    if there is not None:
        _repen(screen, there, screen.desk.pen.name)
        return
    pen = screen.desk.pen.name
    words = f"The article is marked with {pen}; the same key takes it away"
    screen.change(lambda: screen.workspace.annotate(article, None, pen=pen), words)


@action("pen")
def pen(screen: "MainScreen", count: int) -> None:
    """Choose a pen by its letter: it marks what is selected or in focus at once; the same pen again clears."""
    pens, now = screen.desk.pens, screen.desk.pen
    words = "  ".join(f"{each.letter} {each.name}{'*' if each == now else ''}" for each in pens)

    def chosen(letter: str) -> None:
        pen = next((each for each in pens if each.letter == letter), None)
        current = screen.current_note
        if letter == "x" and pen is None:
            delete(screen, 1)
        elif pen is None:
            screen.desk.say(f"No pen has the letter {letter}")
        else:
            screen.desk.pen = pen
            if screen.page.selection is not None:
                mark(screen, 1)
            elif current is not None and screen.note_in_view() and screen.workspace.store.is_mine(current.annotation):
                _repen(screen, current.annotation, pen.name)
            else:
                screen.desk.say(f"Pen: {pen.name}" + (f", {pen.meaning}" if pen.meaning else ""))
            screen.show_state()

    screen.await_letter(f"pen: {words}  x clears", chosen)


@action("note.article")
def note_article(screen: "MainScreen", count: int) -> None:
    """Write a note on the whole article."""
    if screen.article is None:
        screen.desk.say("Open an article first")
    else:
        screen.write_note()


@action("annotation.ends")
def ends(screen: "MainScreen", count: int) -> None:
    """Select the passage of the annotation in focus: the keys of the caret move its ends, Enter puts it there."""
    if screen.current_note is None:
        screen.desk.say("No annotation is in focus; [ and ] go from one to the next")
    else:
        screen.attach(screen.current_note.annotation, screen.current_note.part)


@action("annotation.cycle")
def cycle(screen: "MainScreen", count: int) -> None:
    """Where annotations overlap, the next of them."""
    if not screen.page.cycle_marks():
        screen.desk.say("No annotation lies here; [ and ] go from one to the next")


@action("note")
def note(screen: "MainScreen", count: int) -> None:
    """Write a note: on the selection, else on the annotation in focus, else on the whole article."""
    if screen.article is None:
        screen.desk.say("Open an article first")
    elif screen.page.selection is not None:
        screen.write_note(span=screen.page.selection)
    elif screen.current_note is not None and screen.focused_pane != "sources" and screen.note_in_view():
        screen.write_note(annotation=screen.current_note.annotation)
    else:
        screen.write_note()


@action("edit")
def edit(screen: "MainScreen", count: int) -> None:
    """Edit the note in focus."""
    if screen.current_note is None:
        screen.desk.say("No annotation is in focus; [ and ] go from one to the next")
    else:
        screen.write_note(annotation=screen.current_note.annotation)


@action("edit.outside")
def edit_outside(screen: "MainScreen", count: int) -> None:
    """Edit the note in focus in the analyst's own editor."""
    if screen.current_note is None:
        screen.desk.say("No annotation is in focus; [ and ] go from one to the next")
        return
    annotation = screen.current_note.annotation
    if not screen.workspace.store.is_mine(annotation):
        screen.desk.say(f"This is {annotation.creator}'s note; @ replies to it, & takes it as your own")
        return
    text = screen.desk.edit_outside(annotation.note)
    if text is not None and text != annotation.note:
        screen.change(lambda: screen.workspace.store.edit(annotation, note=text), "Saved")


@action("tag", "tag.selection")
def tag(screen: "MainScreen", count: int) -> None:
    """Tag the selection, the annotation in focus, or the article: by typing, or by the digit of a recent tag."""
    article = screen.article
    if article is None:
        screen.desk.say("Open an article first")
        return
    span = screen.page.selection
    current = screen.current_note if span is None else None
    if current is not None and not screen.workspace.store.is_mine(current.annotation):
        screen.desk.say(f"This is {current.annotation.creator}'s; & takes it as your own, @ replies")
        return
    old = current.annotation.tags if current is not None else ()
    passage = span.of(article.text) if span else current.annotation.targets[0].exact if current else ""

    def accepted(answer: str | None) -> None:
        tags = after_choice(old, answer) if answer else old
        words = f"Tagged {' '.join(f'#{tag}' for tag in tags)}; u undoes" if tags else "No tags any more; u undoes"
        if current is not None and tags != old:
            screen.change(lambda: screen.workspace.store.edit(current.annotation, tags=tags), words)
        elif current is None and tags:
            screen.page.leave_caret()
            screen.change(lambda: screen.workspace.annotate(article, span, tags=tags), words)

    about = "selection" if span else "annotation" if current else "article"
    screen.desk.choose(TagPick(f"tag {about}:", screen.workspace, old, passage), accepted)


@action("delete")
def delete(screen: "MainScreen", count: int) -> None:
    """Delete the annotation in focus; asks first when a note would go."""
    current = screen.current_note
    if current is None:
        screen.desk.say("No annotation is in focus; [ and ] go from one to the next")
        return
    annotation = current.annotation
    if not annotation.note:
        _remove(screen, annotation)
        return
    first = " ".join(annotation.note.split())[:40]
    words = f"Delete the note “{first}”? y deletes, any other key keeps it"
    screen.await_letter(words, lambda letter: _remove(screen, annotation) if letter in "yY" else None)


def _remove(screen: "MainScreen", annotation: "Annotation") -> None:
    """Delete, and say how to get it back."""
    screen.change(lambda: screen.workspace.store.delete([annotation.id]), "Deleted; u brings it back")


@action("annotation.next")
def annotation_next(screen: "MainScreen", count: int) -> None:
    """The next annotation of the article."""
    screen.step_note(count)


@action("annotation.previous")
def annotation_previous(screen: "MainScreen", count: int) -> None:
    """The annotation before."""
    screen.step_note(-count)


@action("undo")
def undo(screen: "MainScreen", count: int) -> None:
    """Undo the last change."""


    def shown(words: str | None) -> None:
        screen.notes_changed(None)
        screen.desk.say(f"Undone: {words}" if words else "Nothing to undo")

    screen.desk.saving.begin(screen.workspace.store.undo, shown)


@action("redo")
def redo(screen: "MainScreen", count: int) -> None:
    """Redo what was undone."""


    def shown(words: str | None) -> None:
        screen.notes_changed(None)
        screen.desk.say(f"Done again: {words}" if words else "Nothing to redo")

    screen.desk.saving.begin(screen.workspace.store.redo, shown)
