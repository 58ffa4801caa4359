"""Links, replies, a colleague's notes, privacy and earlier states: what an annotation leads to."""

from typing import TYPE_CHECKING

from reader.annotations.annotation import Annotation
from reader.annotations.links import Link, LinkKind, linking_to, links_in, read_aloud
from reader.annotations.w3c import urn
from reader.errors import DeskreaderError
from reader.tui.commands import action
from reader.tui.commands.boards import go_to
from reader.tui.commands.boards import take as take_over
from reader.tui.messages import when
from reader.tui.screens.boards import short
from reader.tui.screens.pick import Choice, Pick

if TYPE_CHECKING:
    from reader.annotations.history import Generation
    from reader.tui.screens.main import MainScreen


def _nothing(screen: "MainScreen") -> None:
    """Say that no annotation is in focus."""
    screen.desk.say("No annotation is in focus; [ and ] go from one to the next")


@action("follow")
def follow(screen: "MainScreen", count: int) -> None:
    """Go where the note in focus links to, or to what links to it; a list where there are several."""
    current = screen.current_note
    if current is None or not screen.note_in_view():
        _nothing(screen)
    elif not follow_from(screen, current.annotation):
        screen.desk.say("This note links to nothing; [[ in a note links to an article, a passage or a note")


def follow_from(screen: "MainScreen", annotation: Annotation, *, passage: bool = False) -> bool:
    """Follow what an annotation leads to; whether there is anything. `passage` offers its own passage too."""
    everything = screen.workspace.store.all()
    links = links_in(annotation.note)
    answered = {target.source for target in annotation.targets}
    others = [
        *((one, "linked from") for one in linking_to(everything, annotation.id)),
        *((one, "reply") for one in everything if any(target.source == urn(annotation.id) for target in one.targets)),
        *((one, "reply to") for one in everything if urn(one.id) in answered),
    ]
    if not links and not others:
        return False
    if len(links) == 1 and not others and not passage:
        go_link(screen, links[0])
        return True
    choices = [Choice("passage", "its own passage", screen.title_of(annotation.source))] if passage else []
    for at, link in enumerate(links):
        choices.append(Choice(f"link {at}", link.shown, screen.title_of(link.to), link.kind.value))
    for at, (one, how) in enumerate(others):
        words = short(one.note or one.targets[0].exact, 80)
        choices.append(Choice(f"note {at}", words, f"{one.creator} · {screen.title_of(one.source)}", how))

    def chosen(key: str | None) -> None:
        kind, _, number = (key or "").partition(" ")
        if kind == "passage":
            screen.go_note(annotation.id)
            screen.focus_pane("page")
        elif kind == "link":
            go_link(screen, links[int(number)])
        elif kind == "note":
            go_to(screen, others[int(number)][0].id)

    screen.desk.choose(Pick("leads to:", choices, at="link 0"), chosen)
    return True


def go_link(screen: "MainScreen", link: Link) -> None:
    """Go where a link leads; H comes back."""
    from reader.annotations.selectors import find_quote

    if link.kind is LinkKind.NOTE:
        if screen.workspace.store.get(link.to) is None:
            screen.desk.say("The note that this links to is gone; , d shows the trash")
        go_to(screen, link.to)
        return
    if screen.article is not None and screen.article.id == link.to:
        screen.remember_place()

    def there() -> None:
        if link.quote and screen.article is not None:
            try:
                span = find_quote(screen.article, link.quote)
            except DeskreaderError as error:
                screen.desk.say(str(error))
            else:
                screen.page.reveal(span)
                screen.page.set_hits([span], 0)

    screen.open_article(link.to, then=there)


@action("reply")
def reply(screen: "MainScreen", count: int) -> None:
    """Write a reply to the annotation in focus."""
    if screen.current_note is None:
        _nothing(screen)
    else:
        screen.write_note(reply_to=screen.current_note.annotation)


@action("take")
def take(screen: "MainScreen", count: int) -> None:
    """Make what a colleague noted one's own."""
    if screen.current_note is None:
        _nothing(screen)
    else:
        take_over(screen, screen.current_note.annotation)


@action("private")
def private(screen: "MainScreen", count: int) -> None:
    """Keep the annotation in focus to oneself, or share it."""
    if screen.current_note is None:
        _nothing(screen)
        return
    was = screen.current_note.annotation
    words = "Shared with colleagues" if was.private else "Private: only your own account can read it"
    screen.change(lambda: screen.workspace.store.edit(was, private=not was.private), words)


@action("notes.history")
def history(screen: "MainScreen", count: int) -> None:
    """Earlier states of the annotation in focus; Enter makes one of them the one that stands."""
    current = screen.current_note
    if current is None:
        _nothing(screen)
        return
    store = screen.workspace.store
    now = current.annotation
    earlier: list[Generation] = []

    def choices() -> list[Choice]:
        earlier.extend(store.history(now.id))
        head = f"now  {when(now.modified)}"
        found = [Choice("now", _in_a_line(now), _about(now), head, heading=True)]
        for at, one in enumerate(earlier):
            was = one.annotation
            found.append(Choice(str(at), _in_a_line(was), _about(was), when(was.modified)))
        return found if earlier else []

    def chosen(key: str | None) -> None:
        if key is not None and key != "now":
            screen.change(lambda: store.restore(earlier[int(key)]), "Brought back; u undoes it")

    title = "bring back which state?"
    screen.desk.choose(Pick(title, choices, empty="This note was never changed", at="0", high=True), chosen)


def _in_a_line(annotation: Annotation) -> str:
    """What an annotation says, or the passage that it marks."""
    quotes = " … ".join(f"“{target.exact}”" for target in annotation.targets if target.exact)
    return short(read_aloud(annotation.note) or quotes or "marked", 70)


def _about(annotation: Annotation) -> str:
    """Its tags, its pen and its grade."""
    parts = [*(f"#{tag}" for tag in annotation.tags), annotation.pen or "", annotation.reliability or ""]
    return "  ".join(filter(None, [*parts, str(annotation.credibility or "")]))
