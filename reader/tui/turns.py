"""Keys in their turn: each is dealt with when what the one before it began is there to receive it."""

import asyncio
from contextlib import suppress
from time import monotonic
from typing import Any, Final

from textual import events
from textual.app import App
from textual.message import Message

from reader.tui.screens.base import KeyScreen

_TURN: Final = 0.005
"""Seconds between two looks at whether a screen is there."""
PATIENCE: Final = 10.0
"""Seconds that a key waits at most: for the screen that the one before it opened, for the answer that it needs, and for
the one before it to be done. On a busy machine that takes long, and a key that goes ahead is a letter lost.
"""


class InTurn(App[int], inherit_bindings=False):
    """A program that takes keys one by one, however fast they come."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.last_act = monotonic()
        self._under_way = False
        self._came_back: events.Key | None = None

    def post_message(self, message: Message) -> bool:
        """Take a message. A key that no widget took comes back for a binding such as ctrl+u: before the keys that wait
        here already, which were typed after it.
        """
        if self._under_way and isinstance(message, events.Key) and message.is_forwarded:
            self._came_back = message
            return True
        return super().post_message(message)

    async def on_event(self, event: events.Event) -> None:
        """Deal with keys one by one: what a key opens or puts in focus gets the next one, however fast it comes."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self.last_act = monotonic()
        await self._screen_is_there()
        await self._answer_is_there(event)
        self._under_way = True
        if isinstance(event, events.Key) and getattr(self.screen, "asks_for_letter", False):
            # Where one types, the letter would be taken for text.
            self.screen.post_message(event)
        else:
            await super().on_event(event)
        await self._key_is_done()
        self._under_way = False
        back, self._came_back = self._came_back, None
        if back is not None:
            await self._dispatch_message(back)

    async def _screen_is_there(self) -> None:
        """Wait until the screen that the last key opened can take keys."""
        for _ in range(int(PATIENCE / _TURN)):
            if self.screen.is_mounted:
                return
            await asyncio.sleep(_TURN)

    async def _answer_is_there(self, event: events.Key | events.Paste) -> None:
        """Wait as long as the key needs what the screen is still finding out."""
        for _ in range(int(PATIENCE / _TURN)):
            screen = self.screen
            if not isinstance(screen, KeyScreen) or not screen.must_wait(event):
                return
            await asyncio.sleep(_TURN)

    async def _key_is_done(self) -> None:
        """Wait until the key went through the widget in focus and up to its screen."""
        node: Any = self.focused or self.screen
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while node is not None and node is not self:
                    done = asyncio.Event()
                    if not node.post_message(events.Callback(done.set)):
                        return
                    await done.wait()
                    node = node.parent
