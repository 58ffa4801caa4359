"""Drawing no more than is seen: once what has just been given its first cells, and one row of an empty ground."""

from typing import Self

from textual import events
from textual.geometry import Region
from textual.strip import Strip
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


class Ground(DrawnOnce):
    """What others lie on: below its first row, which may be a rule, all rows look the same.

    Textual draws every row of it for each change of what lies over it, to use none of them.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of `crop`: two are drawn, and the second stands for all that follow."""
        drawn = super().render_lines(Region(crop.x, 0, crop.width, min(2, crop.bottom)))
        return [drawn[min(y, 1)] for y in crop.line_range]


class Box(Ground):
    """Panes one above the other, or side by side where the styles say so."""

    DEFAULT_CSS = "Box { width: 1fr; height: 1fr; layout: vertical; overflow: hidden hidden; }"
