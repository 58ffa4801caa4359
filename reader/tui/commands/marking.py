"""Marking: pens, notes, tags, edit, delete, undo and the way from one annotation to the next."""

from typing import TYPE_CHECKING

from reader.tui.commands import action

if TYPE_CHECKING:
    from reader.annotations.annotation import Annotation
    from reader.tui.screens.main import MainScreen


@action("mark")
def mark(screen: "MainScreen", count: int) -> None:
    """Highlight the selection, or the word under the caret, with the current pen."""
    span = screen.passage()
    if span is None or screen.article is None:
        screen.desk.say("Nothing is selected")
        return
    added = screen.workspace.annotate(screen.article, span, pen=screen.desk.pen.name)
    screen.page.leave_caret()
    screen.notes_changed(added.id)
    screen.desk.say(f"Marked with {screen.desk.pen.name}; a writes a note, t tags it, u undoes")


@action("pen")
def pen(screen: "MainScreen", count: int) -> None:
    """Choose a pen by its letter; a passage that is selected is marked with it at once."""
    pens = screen.desk.pens
    words = "  ".join(f"{each.letter} {each.name}" for each in pens)

    def chosen(letter: str) -> None:
        pen = next((each for each in pens if each.letter == letter), None)
        if letter == "x" and pen is None:
            delete(screen, 1)
        elif pen is None:
            screen.desk.say(f"No pen has the letter {letter}")
        else:
            screen.desk.pen = pen
            if screen.page.selection is not None:
                mark(screen, 1)
            elif (note := screen.current_note) is not None and screen.focused_pane == "notes":
                screen.workspace.store.edit(note.annotation.id, pen=pen.name)
                screen.notes_changed(note.annotation.id)
            else:
                screen.desk.say(f"Pen: {pen.name}" + (f", {pen.meaning}" if pen.meaning else ""))
            screen.show_state()

    screen.await_letter(f"pen: {words}", chosen)


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
    text = screen.desk.edit_outside(annotation.note)
    if text is not None and text != annotation.note:
        screen.workspace.store.edit(annotation.id, note=text)
        screen.notes_changed(annotation.id)


@action("tag", "tag.selection")
def tag(screen: "MainScreen", count: int) -> None:
    """Tag the selection, the annotation in focus, or the article; a word with - before it takes the tag away."""
    if screen.article is None:
        screen.desk.say("Open an article first")
        return
    span = screen.page.selection
    current = screen.current_note if span is None else None
    old = current.annotation.tags if current is not None else ()
    words = " ".join(f"#{each}" for each in old)
    about = "selection" if span else f"annotation {words}".strip() if current else "article"

    def accepted(text: str) -> None:
        tags = changed_tags(old, text)
        if current is not None:
            if tags != old:
                screen.workspace.store.edit(current.annotation.id, tags=tags)
            screen.notes_changed(current.annotation.id)
        elif tags and screen.article is not None:
            added = screen.workspace.annotate(screen.article, span, tags=tags)
            screen.page.leave_caret()
            screen.notes_changed(added.id)

    screen.ask_line(f"tag {about}: ", accepted, words=screen.known_tags())


def changed_tags(old: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The tags after what was typed: words parted by commas or blanks, `-word` takes one away."""
    parts = [part.strip().lstrip("#") for part in text.replace(",", " ").split()]
    gone = {part[1:].lstrip("#") for part in parts if part.startswith("-") and len(part) > 1}
    new = [part for part in parts if part and not part.startswith("-")]
    return tuple(dict.fromkeys([*(each for each in old if each not in gone), *new]))


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
    screen.workspace.store.delete([annotation.id])
    screen.notes_changed(None)
    screen.desk.say("Deleted; u brings it back")


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
    words = screen.workspace.store.undo()
    screen.notes_changed(None)
    screen.desk.say(f"Undone: {words}" if words else "Nothing to undo")


@action("redo")
def redo(screen: "MainScreen", count: int) -> None:
    """Redo what was undone."""
    words = screen.workspace.store.redo()
    screen.notes_changed(None)
    screen.desk.say(f"Done again: {words}" if words else "Nothing to redo")
