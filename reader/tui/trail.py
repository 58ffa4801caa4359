"""Where the reader has been: places in articles, back and forward."""

from typing import Final, NamedTuple

LIMIT: Final = 200
"""Places that are remembered."""


class Place(NamedTuple):
    """A code point in an article's text."""

    id: str
    position: int


class Trail:
    """Places behind and ahead, as in a browser."""

    def __init__(self) -> None:
        self.behind: list[Place] = []
        self.ahead: list[Place] = []

    def leave(self, place: Place) -> None:
        """Note where one was before a jump."""
        if not self.behind or self.behind[-1] != place:
            self.behind.append(place)
        del self.behind[:-LIMIT]
        self.ahead.clear()

    def back(self, here: Place | None) -> Place | None:
        """The place before, if any; `here` becomes the one ahead."""
        return _step(self.behind, self.ahead, here)

    def forward(self, here: Place | None) -> Place | None:
        """The place ahead, if any; `here` becomes the one behind."""
        return _step(self.ahead, self.behind, here)


def _step(source: list[Place], target: list[Place], here: Place | None) -> Place | None:
    """Take the last place that is not where one stands; keep where one stands on the other side."""
    while source:
        place = source.pop()
        if place != here:
            if here is not None:
                target.append(here)
            return place
    return None
