"""The main screen: sources, page and notes, and the line at the bottom."""

from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult

from reader.text.clean import clean_line
from reader.tui.arrangement import Arrangement
from reader.tui.heading import Heading
from reader.tui.messages import many
from reader.tui.panes import NotesControl, PageControl, SourcesControl
from reader.tui.screens.sharing import SharingScreen
from reader.tui.widgets.drawn import Box
from reader.tui.widgets.jump import Jump
from reader.tui.widgets.page import Page
from reader.tui.widgets.rows import RowList
from reader.tui.widgets.selecting import Selecting

if TYPE_CHECKING:
    from reader.tui.screens.search import Kept, Landing

_SELECTED: Final = {"mark": "mark", "note": "note", "tag.selection": "tag", "copy": "copy", "help": "keys"}
"""What can be done with a selection, with its word in the status line."""
SOON: Final = 0.25
"""Seconds from the first painted screen until the notes are opened: first that screen reaches the reader."""


class MainScreen(SharingScreen):
    """Sources at the left, the page in the middle, the notes at the right."""

    PLACE: ClassVar[str] = "main"

    def __init__(self) -> None:
        super().__init__()
        self._jump: Jump | None = None
        self.kept_search: Kept | None = None
        self.headings: dict[str, Heading] = {}

    def compose(self) -> ComposeResult:
        """The panes, each under its heading."""
        settings = self.desk.settings
        self.arrangement = Arrangement.load(self.workspace.state)
        self.headings = {
            "sources": Heading("SOURCES", ascii=settings.ascii),
            "notes": Heading("NOTES", ascii=settings.ascii),
        }
        self.page.measure = settings.measure
        self.page.right_align = settings.right_align
        keymap = self.desk.keymap
        self.page.view = self.page.view._replace(
            ascii=settings.ascii,
            comments=settings.comments,
            comments_key=keymap.first("comments"),
            furniture_key=keymap.first("furniture"),
        )
        self.notes_pane.ascii = settings.ascii
        with Box(id="desk"):
            with Box(id="sources-pane"):
                yield self.headings["sources"]
                yield self.source_list
            with Box(id="reading"):
                yield self.page
                with Box(id="notes-pane"):
                    yield self.headings["notes"]
                    yield self.notes_pane
        yield from self.compose_bottom()

    def on_mount(self) -> None:
        """Connect the parts and read the catalogue."""
        self.prepare_sources()
        self.controls = {
            "sources": SourcesControl(self.source_list, self.sources, self.open_article),
            "page": PageControl(self.page),
            "notes": NotesControl(self.notes_pane, self.open_note),
        }
        self.set_class(self.desk.settings.ascii, "ascii")
        self.share_screen()
        self.focus_on(self.source_list)
        self.list_at_start()
        held = self.desk.messages.release()
        if held is not None:
            self.status.say(held.words)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """The first screen is painted: what is not on it may begin."""
        self.set_timer(SOON, self._open_notes)
        self.desk.begin_work()

    def _open_notes(self) -> None:
        """Count the notes, and offer what was left unfinished."""
        self.count_notes()
        self.in_thread(self._find_unfinished)

    def _find_unfinished(self) -> None:
        """In a thread: open the store, which may take a moment, and offer what waits in it."""
        if self.workspace.store.drafts.all() or self.workspace.store.rescued():
            self.call_later(self.offer_draft)

    # The bottom line

    def show_state(self) -> None:
        """Say where one is and which keys matter, in the headings and at the bottom."""
        if not self.headings:
            return
        mode = self._mode()
        self.status.set_mode(mode)
        self.status.set_place(self._place_in_words(mode))
        super().show_state()
        told = [f"{self.sources.unread_count} unread", f"by {self.sources.grouping}"] if self.sources.entries else []
        if self.sources.filter:
            told = [f"“{self.sources.filter}”"]
        self.headings["sources"].say(*told, active=self._focused_pane == "sources")
        count = len({note.annotation.id for note in self.placed})
        self.headings["notes"].say(*([str(count)] if count else []), active=self._focused_pane == "notes")

    def _mode(self) -> str:
        """The name of the mode."""
        if self.editing:
            return "NOTE"
        if self.page.in_caret_mode:
            return "SELECT" if self.page.selection is not None else "CARET"
        if self.page.view.raw:
            return "RAW"
        return {"sources": "SOURCES", "page": "READ", "notes": "NOTES"}[self._focused_pane]

    def _place_in_words(self, mode: str) -> str:
        """Where one is: what is selected, the hit, or the article and how much of it is left."""
        if mode in ("SELECT", "CARET"):
            return self.page.selection_in_words() or "v selects, s a sentence, p a paragraph"
        if self.hits:
            return f"“{clean_line(self.sought, 40)}”  hit {(self.hit_at or 0) + 1} of {len(self.hits)}"
        if self.sought.strip():
            return f"“{clean_line(self.sought, 40)}” " + ("…" if self.finding else "is not here")
        parts = [self.headline] if self.article is not None and self._focused_pane != "sources" else []
        if self.article is not None and mode == "RAW":
            parts.append(f"read as {self.article.encoding}")
        elif self.article is not None and self._focused_pane == "page":
            left = self.page.minutes_left()
            parts.append(f"{self.page.fraction:.0%}" + (f"  {left} min left" if left else "  read"))
        elif self._focused_pane == "sources" and self.sources.entries:
            outlets = f" · {many(self.sources.outlet_count, 'outlet')}" if self.sources.outlet_count else ""
            parts.append(many(len(self.sources.entries), "article") + outlets)
        return "  ".join([*parts, *([self.working] if self.working else [])])

    def hints(self) -> list[tuple[str, str]]:
        """While something is selected, what can be done with it comes first."""
        found = super().hints()
        if self._mode() != "SELECT":
            return found
        keymap, ascii = self.desk.keymap, self.desk.settings.ascii
        first = [(keymap.first(name, ascii), word) for name, word in _SELECTED.items() if keymap.keys.get(name)]
        return [*first, *(hint for hint in found if hint not in first)]

    def on_page_caret_changed(self, event: Selecting.CaretChanged) -> None:
        """The caret came, moved or went."""
        self.show_state()

    def on_page_selection_changed(self, event: Selecting.SelectionChanged) -> None:
        """Another passage is selected."""
        self.show_state()

    def on_page_fold_toggled(self, event: Page.FoldToggled) -> None:
        """Something was folded or unfolded."""
        self.show_state()

    def on_row_list_selected(self, event: RowList.Selected) -> None:
        """A row was chosen by a click or in jump mode."""
        self.controls["sources"].open_current()

    def open_note(self, id: str) -> None:
        """Go to the passage of a note, or where it leads where there is a choice."""
        from reader.tui.commands.annotating import follow_from

        note = self.current_note
        if note is None or not follow_from(self, note.annotation, passage=True):
            self.go_note(id)
            self.focus_pane("page")

    def open_search(self, query: str) -> None:
        """Open the search over all articles."""
        from reader.tui.screens.search import SearchScreen

        self.app.push_screen(SearchScreen(query, self.kept_search), self._landed)

    def _landed(self, landing: "Landing | None") -> None:
        """The search led to a place."""
        if landing is None:
            return
        self.sought = landing.query
        at = landing.hits[landing.current].span.start if landing.hits and landing.current is not None else None
        self.open_article(landing.id, at, then=lambda: self.show_hits(landing.hits, landing.current))

    # Jump mode

    def begin_jump(self) -> None:
        """Put a letter on everything that can be chosen."""
        panes = [self.source_list, self.page, self.notes_pane]
        self._jump = Jump([pane for pane in panes if pane.display and pane.region.area])
        if not self._jump.targets:
            self.desk.say("Nothing here can be jumped to")
            return
        self._await_jump()

    def _await_jump(self) -> None:
        """Take letters until one target is meant."""
        self.await_letter("jump: type the letters of a target", self._jump_letter, self._jump_left)

    def _jump_letter(self, letter: str) -> None:
        """A letter of a target."""
        if self._jump is not None and not self._jump.press(letter):
            self._await_jump()

    def _jump_left(self) -> None:
        """Jump mode was left."""
        if self._jump is not None:
            self._jump.stop()
