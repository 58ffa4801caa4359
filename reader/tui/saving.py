"""Changes of annotations, carried out beside the screen: a slow disk holds no key up, and nothing is said too soon."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from reader.tui.application import Application

T = TypeVar("T")

SLOW: Final = 0.4
"""Seconds after which it is said that something is being saved."""
WORDS: Final = "Saving …"
"""What is said."""


def _nothing(error: BaseException | None) -> None:
    """What is done where a failure needs no more than to be told."""


class Saving:
    """One thread that carries changes out, each after those that were begun before it."""

    def __init__(self, app: "Application") -> None:
        self._app = app
        self._thread: ThreadPoolExecutor | None = None
        self._begun: set[Future[Any]] = set()
        self._open = 0
        self._failed = False

    @property
    def going_on(self) -> bool:
        """Whether a change is not saved, or not shown, yet."""
        return self._open > 0

    def begin(
        self,
        act: Callable[[], T],
        then: Callable[[T], object],
        failed: Callable[[BaseException | None], object] = _nothing,
    ) -> None:
        """Carry out a change. `then` gets what it gives, on the screen's own thread, once it is durable.

        A failure is told, and `failed` gets it.
        """
        self._open += 1
        if self._open == 1:
            self._app.main_screen.set_timer(SLOW, self._tell)

        def done(future: "Future[T]") -> None:
            self._begun.discard(future)
            if self._app.screen_stack:
                self._app.screen_stack[0].call_later(self._end, future, then, failed)

        self._submit(act).add_done_callback(done)

    def after(self, work: Callable[[], None]) -> None:
        """Do what belongs to the changes begun so far after them; a failure is told, nothing waits for it."""
        self._submit(lambda: self._app.guarded(work)).add_done_callback(self._begun.discard)

    def finish(self, seconds: float | None = None) -> bool:
        """Wait, for so long at most, until everything begun is on the disk; whether it is."""
        if not self._begun:
            return True
        from concurrent.futures import wait

        return not wait(set(self._begun), seconds).not_done

    def _submit(self, work: Callable[[], T]) -> "Future[T]":
        """Hand work to the thread."""
        from concurrent.futures import ThreadPoolExecutor

        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="saving")
        future = self._thread.submit(work)
        self._begun.add(future)
        return future

    def _end(
        self, future: "Future[T]", then: Callable[[T], object], failed: Callable[[BaseException | None], object]
    ) -> None:
        """On the screen's thread: show what came of a change."""
        try:
            if not self._app.attempt(future.result):
                self._failed = True
                self._app.attempt(lambda: failed(future.exception()))
                return
            if self._failed:  # the disk takes what it did not take before
                self._failed = False
                self._app.dismiss()
            self._app.attempt(lambda: then(future.result()))
        finally:
            self._open -= 1
            self._app.last_act = monotonic()

    def _tell(self) -> None:
        """Say that a change takes its time; what it is then said to be takes the place of that."""
        if self._open:
            self._app.say(WORDS)
