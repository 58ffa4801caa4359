"""The panes: which is in focus, and how they share the screen."""

from textual import events
from textual.geometry import Size
from textual.widget import Widget

from reader.tui.arrangement import PANES, Arrangement
from reader.tui.panes import PaneControl
from reader.tui.screens.writing import WritingScreen


class SharingScreen(WritingScreen):
    """The part of the main screen that shares it out among the panes."""

    controls: dict[str, PaneControl]

    def __init__(self) -> None:
        super().__init__()
        self.arrangement = Arrangement()
        self._focused_pane = "sources"
        self._shared = Size()

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
        if self.app.size != self._shared:
            self.share_screen()

    def share_screen(self) -> None:
        """Share the screen out among the panes."""
        self._shared = width, height = self.app.size
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
            self.desk.say(f"{keys.first('page.alone')} shows the panes again: the page stands alone")
        elif self.arrangement.shape(*self.app.size) == "single":
            pane_keys = " ".join(keys.first(f"focus.{pane}") for pane in PANES)
            self.desk.say(f"{pane_keys} change panes: one fits here")
        else:
            return False
        return True
