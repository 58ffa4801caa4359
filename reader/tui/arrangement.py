"""How the panes share the screen: by its width, by what is hidden, by sizes that are remembered."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

WIDE: Final = 100
"""Cells from which on three panes stand side by side; below, the notes lie under the page."""
NARROW: Final = 60
"""Cells below which one pane shows at a time."""
FLAT: Final = 14
"""Rows below which the notes do not lie under the page either."""

PANES: Final = ("sources", "page", "notes")


@dataclass
class Arrangement:
    """Sizes in cells and rows, and what is hidden. `alone` shows the page by itself."""

    sources_width: int = 30
    notes_width: int = 30
    notes_height: int = 8
    no_sources: bool = False
    no_notes: bool = False
    alone: bool = False

    def shape(self, width: int, height: int) -> str:
        """`wide`, `folded` (notes under the page) or `single` (one pane at a time)."""
        if width < NARROW:
            return "single"
        if width < WIDE:
            return "folded" if height >= FLAT else "single"
        return "wide"

    def visible(self, width: int, height: int, focused: str) -> tuple[str, ...]:
        """The panes that are shown; the one in focus always is."""
        if self.alone:
            return ("page",) if focused == "page" else (focused,)
        if self.shape(width, height) == "single":
            return (focused,)
        hidden = {"sources": self.no_sources, "notes": self.no_notes}
        return tuple(pane for pane in PANES if pane == focused or not hidden.get(pane))

    def toggle_alone(self) -> None:
        """The page by itself, or the panes again; where each is hidden already, all of them."""
        if not self.alone and self.no_sources and self.no_notes:
            self.no_sources = self.no_notes = False
        else:
            self.alone = not self.alone

    def toggle(self, pane: str) -> None:
        """Hide sources or notes, or show them, also beside a page that stood by itself."""
        hidden = self.no_sources if pane == "sources" else self.no_notes
        if pane == "sources":
            self.no_sources = not (hidden or self.alone)
        else:
            self.no_notes = not (hidden or self.alone)
        self.alone = False

    def change(self, pane: str, by: int, width: int, height: int) -> None:
        """Make a pane wider (the notes under the page higher), within what leaves the page readable."""
        room = max(16, width // 2 - 8)
        if pane == "sources":
            self.sources_width = max(16, min(room, self.sources_width + by))
        elif pane == "notes" and self.shape(width, height) == "wide":
            self.notes_width = max(16, min(room, self.notes_width + by))
        elif pane == "notes":
            self.notes_height = max(3, min(height // 2, self.notes_height + by // 2))
        else:
            self.sources_width = max(16, min(room, self.sources_width - by))

    def widths(self, width: int) -> tuple[int, int]:
        """The widths of sources and notes on a screen of `width` cells: the page keeps the better half."""
        most = max(16, width * 3 // 10)
        return min(self.sources_width, most), min(self.notes_width, most)

    @classmethod
    def load(cls, state: Path) -> "Arrangement":
        """What was remembered, or the usual arrangement."""
        try:
            value = json.loads(_path(state).read_bytes())
        except (OSError, ValueError):
            value = None
        known = {item.name: type(item.default) for item in fields(cls) if item.name != "alone"}
        given = value if isinstance(value, dict) else {}
        return cls(**{name: given[name] for name, kind in known.items() if type(given.get(name)) is kind})

    def save(self, state: Path) -> None:
        """Remember the arrangement; where that cannot be written, the next start has the usual one."""
        from reader.errors import DeskreaderError
        from reader.library.durable import write_json

        try:
            write_json(_path(state), {key: value for key, value in asdict(self).items() if key != "alone"})
        except (OSError, DeskreaderError):
            return


def _path(state: Path) -> Path:
    """Where the arrangement is kept."""
    return state / "state" / "panes.json"
