"""The main screen: sources, page and notes, and the line at the bottom."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.widget import Widget

from reader.text.clean import clean_line
from reader.tui.arrangement import PANES, Arrangement
from reader.tui.heading import Heading
from reader.tui.panes import NotesControl, PageControl, PaneControl, SourcesControl
from reader.tui.screens.writing import WritingScreen
from reader.tui.widgets.jump import Jump
from reader.tui.widgets.page import Page
from reader.tui.widgets.rows import RowList
from reader.tui.widgets.selecting import Selecting

if TYPE_CHECKING:
    from reader.tui.screens.search import Kept, Landing


class MainScreen(WritingScreen):
    """Sources at the left, the page in the middle, the notes at the right."""

    PLACE: ClassVar[str] = "main"

    def __init__(self) -> None:
        super().__init__()
        self.arrangement = Arrangement()
        self._jump: Jump | None = None
        self._focused_pane = "sources"
        self.kept_search: Kept | None = None

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
        self.page.view = replace(
            self.page.view,
            ascii=settings.ascii,
            comments=settings.comments,
            comments_key=keymap.first("comments"),
            furniture_key=keymap.first("furniture"),
        )
        self.notes_pane.ascii = settings.ascii
        with Horizontal(id="desk"):
            with Vertical(id="sources-pane"):
                yield self.headings["sources"]
                yield self.source_list
            with Container(id="reading"):
                yield self.page
                with Vertical(id="notes-pane"):
                    yield self.headings["notes"]
                    yield self.notes_pane
        yield from self.compose_bottom()

    def on_mount(self) -> None:
        """Connect the parts and read the catalogue."""
        self.prepare_sources()
        self.controls: dict[str, PaneControl] = {
            "sources": SourcesControl(self.source_list, self.sources, self.open_article),
            "page": PageControl(self.page),
            "notes": NotesControl(self.notes_pane, self.open_note),
        }
        self.set_class(self.desk.settings.ascii, "ascii")
        self.share_screen()
        self.focus_on(self.source_list)
        self.list_sources()
        held = self.desk.messages.release()
        if held is not None:
            self.status.say(held.words)
        self.call_after_refresh(self.offer_draft)

    # Focus

    @property
    def focused_pane(self) -> str:
        """The pane in focus."""
        return self._focused_pane

    @property
    def pane(self) -> PaneControl:
        """The pane in focus, as the commands move it."""
        return self.controls[self._focused_pane]

    @property
    def places(self) -> tuple[str, ...]:
        """Where we are, innermost first."""
        if self.asking:
            return ("prompt",)
        if self.editing:
            return ("editor",)
        if self.page.in_caret_mode and self.focused is self.page:
            return ("caret",)
        return (self._focused_pane, "main")

    @property
    def counting(self) -> bool:
        """Digits count in caret mode only; elsewhere they choose a pane."""
        return self.page.in_caret_mode and self.focused is self.page

    def _widget(self, pane: str) -> Widget:
        """The widget of a pane that takes the focus."""
        if pane == "notes" and self.has_class("writing"):
            return self.editor
        return {"sources": self.source_list, "page": self.page, "notes": self.notes_pane}[pane]

    def focus_pane(self, name: str) -> None:
        """Put a pane in focus, showing it where it was hidden."""
        self._focused_pane = name
        self.share_screen()
        self.focus_on(self._widget(name))
        self.show_state()

    def cycle_panes(self, step: int) -> None:
        """The next pane that is shown, or may be."""
        hidden = {"sources": self.arrangement.no_sources, "notes": self.arrangement.no_notes}
        shown = [pane for pane in PANES if pane == self._focused_pane or not hidden.get(pane)]
        at = shown.index(self._focused_pane)
        self.focus_pane(shown[(at + step) % len(shown)])

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click, or jump mode, put another pane in focus."""
        for pane in PANES:
            if event.widget is self._widget(pane) or (pane == "notes" and self.editing):
                self._focused_pane = pane
        self.show_state()

    # Sharing the screen

    def on_resize(self, event: events.Resize) -> None:
        """Another size may fold panes together."""
        self.share_screen()

    def share_screen(self) -> None:
        """Share the screen out among the panes."""
        width, height = self.app.size
        arrangement = self.arrangement
        focused = "notes" if self.has_class("writing") else self._focused_pane
        shown = arrangement.visible(width, height, focused)
        if self.has_class("writing") and arrangement.alone:
            shown = ("page", "notes")
        shape = arrangement.shape(width, height)
        self.set_class(shape == "wide", "wide")
        self.set_class(len(shown) == 1, "single")
        sources, notes = arrangement.widths(width)
        for pane in PANES:
            box = self.query_one("#page" if pane == "page" else f"#{pane}-pane")
            box.display = pane in shown
        self.query_one("#reading").display = shown != ("sources",)
        single = len(shown) == 1
        self.query_one("#sources-pane").styles.width = "1fr" if single else sources
        box = self.query_one("#notes-pane")
        box.styles.width = notes if shape == "wide" and not single else "1fr"
        rows = max(arrangement.notes_height, height // 3 if self.has_class("writing") else 0)
        box.styles.height = "1fr" if shape == "wide" or single else min(rows, max(4, height // 2))

    def widen(self, by: int) -> None:
        """Make the pane in focus wider or narrower, and remember it."""
        if self._one_pane():
            return
        self.arrangement.change(self._focused_pane, by, *self.app.size)
        self.share_screen()
        self.arrangement.save(self.workspace.state)

    def toggle_pane(self, pane: str) -> None:
        """Hide or show a pane, and remember it."""
        if not self.arrangement.alone and self._one_pane():
            return
        self.arrangement.toggle(pane)
        if self._focused_pane == pane:
            self._focused_pane = "page"
        self.arrangement.save(self.workspace.state)
        self.focus_pane(self._focused_pane)

    def toggle_alone(self) -> None:
        """Show the page alone, or the panes again."""
        if not self.arrangement.alone and self._one_pane():
            return
        self.arrangement.toggle_alone()
        self.focus_pane("page")

    def _one_pane(self) -> bool:
        """Whether one pane has the whole screen, which is said with the keys that lead to the others."""
        keys = self.desk.keymap
        if self.arrangement.alone:
            self.desk.say(f"The page stands alone: {keys.first('page.alone')} shows the panes again")
        elif self.arrangement.shape(*self.app.size) == "single":
            pane_keys = " ".join(keys.first(f"focus.{pane}") for pane in PANES)
            self.desk.say(f"One pane fits here at a time: {pane_keys} lead to them")
        else:
            return False
        return True

    # The bottom line

    def show_state(self) -> None:
        """Say where one is and which keys matter, in the headings and at the bottom."""
        if not self.is_mounted:
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
            return f"“{clean_line(self.sought, 40)}” is not here"
        parts = [self.headline] if self.article is not None and self._focused_pane != "sources" else []
        if self.article is not None and mode == "RAW":
            parts.append(f"read as {self.article.encoding}")
        elif self.article is not None and self._focused_pane == "page":
            left = self.page.minutes_left()
            parts.append(f"{self.page.fraction:.0%}" + (f"  {left} min left" if left else "  read"))
        elif self._focused_pane == "sources" and self.sources.entries:
            parts.append(f"{len(self.sources.entries):,} articles · {self.sources.outlet_count} outlets")
        return "  ".join([*parts, *([self.working] if self.working else [])])

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
