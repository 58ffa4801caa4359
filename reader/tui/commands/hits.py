"""Acting on hits: on those that are ticked, and on everything that a query finds; each in one step to undo."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from reader.annotations.coding import counts
from reader.capture.article import Kind
from reader.search.answer import Result
from reader.tui.commands import action
from reader.tui.messages import many
from reader.tui.screens.pick import Choice, Pick
from reader.tui.screens.search import SearchScreen

if TYPE_CHECKING:
    from reader.capture.article import Article
    from reader.text.span import Span

ALL: Final = 100_000
"""Articles that an action on everything found goes through at most."""
_FORMATS: Final = {"csv": "as a table (CSV)", "md": "as Markdown with citations"}


def _changed(screen: SearchScreen, words: str) -> None:
    """Show what an action did, how to take it back, and the rows as they are now."""
    screen.found.ticked.clear()
    screen.desk.main_screen.notes_changed(None)
    screen.look_up([result for result in screen.found.results if result.id in screen.found.looked])
    screen.desk.say(f"{words}; {screen.desk.keymap.first('search.undo')} undoes it")


def _tag_choices(screen: SearchScreen) -> list[Choice]:
    """In a thread: the tags there are, those used most first."""
    used = counts(screen.workspace.store.all())
    return [Choice(each, f"#{each}", right=str(number)) for each, number in used.most_common()]


def _annotate(screen: SearchScreen, passages: "Sequence[tuple[Article, Span]]", note: str, tags: tuple[str, ...],
              label: str, words: str) -> None:  # fmt: skip
    """Annotate passages in one step, in the background, and say so when all of it is saved."""

    def act() -> None:
        screen.workspace.annotate_all(passages, label, note=note, tags=tags)
        screen.undo = None

    screen.desk.saving.begin(act, lambda _: _changed(screen, words))


@action("search.tag", on="search")
def tag_ticked(screen: SearchScreen, count: int) -> None:
    """Tag every ticked hit, in one step that one undo takes back; without ticks, the hit under the cursor."""
    passages = screen.found.passages(screen.chosen_hits())
    if not passages:
        screen.desk.say("No hit is in focus")
        return

    def chosen(name: str | None) -> None:
        if name:
            tag = name.lstrip("#")
            number = many(len(passages), "passage")
            _annotate(screen, passages, "", (tag,), f"tag “{tag}” on {number}", f"Tagged {number} with #{tag}")

    title = f"tag {many(len(passages), 'passage')}:"
    empty = "Type a new tag, then Enter"
    screen.desk.choose(Pick(title, lambda: _tag_choices(screen), empty=empty, free=True), chosen)


@action("search.note", on="search")
def note_ticked(screen: SearchScreen, count: int) -> None:
    """Write one note on every ticked hit, in one step; without ticks, on the hit under the cursor."""
    passages = screen.found.passages(screen.chosen_hits())
    if not passages:
        screen.desk.say("No hit is in focus")
        return

    def chosen(note: str | None) -> None:
        if note:
            number = many(len(passages), "passage")
            _annotate(screen, passages, note, (), f"note on {number}", f"Noted on {number}")

    title = f"note on {many(len(passages), 'passage')}:"
    screen.desk.choose(Pick(title, (), empty="Type the note, then Enter", free=True), chosen)


@action("search.evidence", on="search")
def evidence(screen: SearchScreen, count: int) -> None:
    """Put every ticked hit under a claim as evidence, in one step."""
    passages = screen.found.passages(screen.chosen_hits())
    if passages:
        _put_under(screen, many(len(passages), "passage"), lambda: passages)
    else:
        screen.desk.say("No hit is in focus")


def _put_under(screen: SearchScreen, number: str, passages: "Callable[[], Sequence[tuple[Article, Span]]]") -> None:
    """Ask for a claim and put passages, which are looked up in the background, under it in one step."""
    from reader.annotations.claims import claim, with_passages
    from reader.annotations.claims import claims as claims_of
    from reader.annotations.selectors import target_for

    store = screen.workspace.store

    def chosen(answer: str | None) -> None:
        if not answer:
            return

        def act() -> None:
            found = passages()
            targets = [target_for(article, span) for article, span in found]
            texts = {article.id: article.text for article, _span in found}.values()
            if known is not None:
                store.edit_all([(known, with_passages(known, targets))], f"evidence of {number}", text=texts)
            else:
                store.add(claim(answer, targets), texts)
            screen.undo = None

        known = store.get(answer)
        words = f"{number} put under “{(known.note if known else answer)[:40]}”"
        screen.desk.saving.begin(act, lambda _: _changed(screen, words))

    def choices() -> list[Choice]:
        return [Choice(one.id, " ".join(one.note.split())[:80]) for one in claims_of(store.all()) if store.is_mine(one)]

    empty = "Type the claim in one sentence, then Enter"
    screen.desk.choose(Pick("under which claim?", choices, empty=empty, free=True), chosen)


@action("search.undo", on="search")
def undo(screen: SearchScreen, count: int) -> None:
    """Take back what was done last here; else the last change of any annotation."""
    def take_back() -> str | None:
        back, screen.undo = screen.undo, None  # here, as what is taken back may still be going on when the key comes
        return back() if back is not None else screen.workspace.store.undo()

    def shown(words: str | None) -> None:
        screen.desk.main_screen.notes_changed(None)
        screen.look_up([result for result in screen.found.results if result.id in screen.found.looked])
        screen.desk.say(f"Undone: {words}" if words else "Nothing to undo")

    screen.desk.saving.begin(take_back, shown)


@action("search.all", on="search")
def act_on_all(screen: SearchScreen, count: int) -> None:
    """Act on every article that holds all that is sought: tag, set as read, put under a claim, export, show in the
    sources.
    """
    answer = screen.answer
    if answer is None or not answer.whole:
        part = answer is not None and answer.matched
        tick = screen.desk.keymap.first("search.tick")
        screen.desk.say(f"No article holds all of it; {tick} ticks rows to act on" if part else "Nothing is found yet")
        return
    number = many(answer.whole, "article")
    choices = [
        Choice("tag", f"Tag {number}", "a tag on each as a whole"),
        Choice("read", f"Set {number} as read"),
        Choice("unread", f"Set {number} as unread"),
        Choice("evidence", f"Put {number} under a claim as evidence", "the first hit of each"),
        *(Choice(name, f"Export the hits {words}") for name, words in _FORMATS.items()),
        Choice("sources", "Show them alone in the sources"),
    ]

    def chosen(what: str | None) -> None:
        if what == "tag":
            screen.desk.choose(
                Pick(f"tag {number}:", lambda: _tag_choices(screen), empty="Type a new tag, then Enter", free=True),
                lambda name: _in_background(screen, partial(_tag_all, name=name.lstrip("#"))) if name else None,
            )
        elif what in ("read", "unread"):
            _in_background(screen, partial(_set_read, read=what == "read"))
        elif what == "evidence":
            _put_under(screen, number, lambda: _first_hits(screen, answer.query))
        elif what in _FORMATS:
            _in_background(screen, partial(_export, kind=what))
        elif what == "sources":
            screen.desk.main_screen.filter_sources(answer.query)
            screen.leave(None)

    screen.desk.choose(Pick(f"with {number}:", choices), chosen)


Done = tuple[str, Callable[[], str] | None]
"""What an action says when it is done, and how it is taken back where the store does not know."""


def _in_background(screen: SearchScreen, work: Callable[[SearchScreen, str, Sequence[Result]], Done]) -> None:
    """Do something with all that answers after the changes before it, so that undo takes back all of it."""
    query = screen.answer.query if screen.answer is not None else ""
    screen.desk.say("Working …")

    def act() -> str:
        found = screen.workspace.search(query, limit=ALL, whole=True).results
        words, screen.undo = work(screen, query, found)
        return words

    screen.desk.saving.begin(act, lambda words: _changed(screen, words))


def _first_hits(screen: SearchScreen, query: str) -> "list[tuple[Article, Span]]":
    """Of each article that answers, the first hit; of one that answers only as a whole, its title."""
    workspace = screen.workspace
    found = []
    for result in workspace.with_hits(workspace.search(query, limit=ALL, whole=True).results, query):
        article = workspace.library.article(result.id)
        title = next((block.span for block in article.blocks if block.kind is Kind.TITLE), None)
        span = result.hits[0].span if result.hits else title
        if span is not None:
            found.append((article, span))
    return found


def _tag_all(screen: SearchScreen, query: str, found: Sequence[Result], name: str) -> Done:
    """Tag articles as a whole."""
    articles = screen.workspace.library.articles([result.id for result in found])
    label = f"tag “{name}” on {many(len(found), 'article')}"
    done = len(screen.workspace.annotate_all(((article, None) for article in articles), label, tags=(name,)))
    if done < len(found):
        return f"Tagged {done:,} of {many(len(found), 'article')} with #{name}; the others could not be read", None
    return f"Tagged {many(done, 'article')} with #{name}", None


def _set_read(screen: SearchScreen, query: str, found: Sequence[Result], read: bool) -> Done:
    """Set articles as read or unread."""
    reading = screen.workspace.reading
    ids = [result.id for result in found]
    unread = set(reading.unread(ids))
    changed = [id for id in ids if (id in unread) == read]
    reading.set_read(changed, read)

    def undo() -> str:
        reading.set_read(changed, not read)
        return f"{many(len(changed), 'article')} set as {'unread' if read else 'read'}"

    return f"{many(len(changed), 'article')} set as {'read' if read else 'unread'}", undo


def _export(screen: SearchScreen, query: str, found: Sequence[Result], kind: str) -> Done:
    """Write every hit with its place and source to a file beside the notes."""
    from reader.library.durable import write_bytes
    from reader.search.listed import as_csv, as_markdown, found_places

    workspace = screen.workspace
    places = found_places(workspace.with_hits(found, query), lambda id: workspace.library.article(id).text)
    data = (as_csv if kind == "csv" else as_markdown)(query, places).encode()
    folder = workspace.state / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    name = "-".join(part for part in "".join(c if c.isalnum() else " " for c in query).split()[:6]) or "hits"
    path = folder / f"{name[:60]}.{kind}"
    replaced = path.read_bytes() if path.exists() else None
    write_bytes(path, data)

    def undo() -> str:
        if replaced is None:
            path.unlink(missing_ok=True)
        else:
            write_bytes(path, replaced)
        return f"the export to {path.name}"

    return f"Exported to {path}", undo
