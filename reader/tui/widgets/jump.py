"""Jump mode: a letter on everything that can be chosen, in every pane at once."""

from collections.abc import Iterable
from itertools import product
from typing import Final

from reader.tui.widgets.view import LineView, Spot

ALPHABET: Final = "asdfjkleiwoghcmnrtuvbxpyqz"
"""Letters in the order in which they are given out, those under the fingers first."""


def labels(count: int, alphabet: str = ALPHABET) -> list[str]:
    """`count` different labels as short as can be, none the beginning of another."""
    if count <= 0:
        return []
    if count <= len(alphabet):
        return list(alphabet[:count])
    size, length = len(alphabet), 2
    while size**length < count:
        length += 1
    singles = (size**2 - count) // (size - 1) if length == 2 else 0
    longer = ["".join(letters) for letters in product(alphabet[singles:], *[alphabet] * (length - 1))]
    return [*alphabet[:singles], *longer][:count]


class Jump:
    """One use of jump mode over some panes: labels are shown from the start until `stop`."""

    def __init__(self, views: Iterable[LineView], alphabet: str = ALPHABET) -> None:
        self.typed = ""
        self.targets: dict[str, tuple[LineView, Spot]] = {}
        found = [(view, spot) for view in views if view.display and view.size for spot in view.spots()]
        for label, target in zip(labels(len(found), alphabet), found, strict=True):
            self.targets[label] = target
        self._show()

    def _show(self) -> None:
        """Show the labels that can still be meant, without what was typed of them."""
        shown: dict[LineView, dict[tuple[int, int], str]] = {view: {} for view, _ in self.targets.values()}
        for label, (view, spot) in self.targets.items():
            if label.startswith(self.typed):
                shown[view][spot.x, spot.y] = label[len(self.typed) :]
        for view, cells in shown.items():
            view.label(cells)

    def press(self, character: str) -> bool:
        """Take a letter; True when jump mode is over, because a target was chosen or none can be meant."""
        self.typed += character
        target = self.targets.get(self.typed)
        if target is not None:
            self.stop()
            view, spot = target
            view.focus()
            view.choose(spot.action)
            return True
        if not any(label.startswith(self.typed) for label in self.targets):
            self.stop()
            return True
        self._show()
        return False

    def stop(self) -> None:
        """Take the labels away."""
        for view, _ in self.targets.values():
            view.label({})
