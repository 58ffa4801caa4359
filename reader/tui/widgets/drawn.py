"""Drawing once what has just been given its first cells."""

from typing import Self

from textual import events
from textual.geometry import Region
from textual.widget import Widget


class DrawnOnce(Widget):
    """A widget that does not ask to be drawn before it has cells.

    Textual draws whatever the layout gives cells to, and the changes that led there, the first size among them,
    would have it draw and send all of that once or twice again.
    """

    _has_cells = False

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """As Textual's, once there are cells."""
        wanted = repaint and (self._has_cells or bool(regions))
        return super().refresh(*regions, repaint=wanted, layout=layout, recompose=recompose)

    def on_resize(self, event: events.Resize) -> None:
        """There are cells, and they are drawn."""
        self._has_cells = True


class Box(DrawnOnce):
    """Panes one above the other, or side by side where the styles say so."""

    DEFAULT_CSS = "Box { width: 1fr; height: 1fr; layout: vertical; overflow: hidden hidden; }"
