"""Words to the reader, kept for the list of messages."""

from datetime import datetime
from typing import Final, NamedTuple

LIMIT: Final = 500
"""Messages that are kept."""


def many(count: int, what: str) -> str:
    """`1 passage`, `3 passages`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def when(stamp: str) -> str:
    """A time in UTC as the clock here shows it, to the minute."""
    try:
        return datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):
        return stamp[:16].replace("T", " ")


class Message(NamedTuple):
    """Something that was said; an error stays in the status line until it is put away."""

    words: str
    error: bool = False


class Messages:
    """What was said in this session. `waiting` was said before there was a screen to say it on."""

    def __init__(self) -> None:
        self.said: list[Message] = []
        self.waiting: list[Message] = []

    def add(self, words: str, *, error: bool = False) -> Message:
        """Note what is said."""
        message = Message(words, error)
        self.said.append(message)
        del self.said[:-LIMIT]
        return message

    def hold(self, words: str) -> None:
        """Note something that is to be said once there is a screen."""
        self.waiting.append(self.add(words))

    def release(self) -> Message | None:
        """What is to be said first, with the number of those behind it."""
        held, self.waiting = self.waiting, []
        if not held:
            return None
        more = f"  (and {len(held) - 1} more: , ,)" if len(held) > 1 else ""
        return Message(held[0].words + more)
