"""Worker processes that parse files and can be killed: a file that hangs or eats memory costs one worker."""

import contextlib
import os
import select
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from reader.errors import DeskreaderError
from reader.library.entry import Cancelled, never
from reader.library.parsing import Result, Task
from reader.library.worker import PATIENCE, TIME_LIMIT, frames, send

START_LIMIT: Final = 60.0
"""Seconds that a worker may take to start."""
_GRACE: Final = 1.0
"""Seconds after its limit in which a worker should have ended by itself."""
_BATCH: Final = 16
"""Tasks sent together: enough to hide the way there and back, few enough to spread evenly."""
_REST: Final = 0.01
"""Seconds for which workers with enough to do are left alone: to hear every answer at once takes them off the
processor after every file.
"""
_READ: Final = 1 << 18
"""Bytes that are read from a worker at a time: the answers of many small files, and all that a socket holds."""


def processors() -> int:
    """How many processors this program may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # pragma: no cover - systems without affinity
        return os.cpu_count() or 1


class _Worker:
    """One process with its end of the socket pair, and the tasks that it still owes, in order."""

    def __init__(self, time_limit: float) -> None:
        ours, theirs = socket.socketpair()
        package = str(Path(__file__).resolve().parents[2])
        # Never from the folder at hand: a capture may be called json.py.
        places = [place for place in sys.path if Path(place).is_absolute() and Path(place) != Path.cwd()]
        environ = {**os.environ, "PYTHONPATH": os.pathsep.join([package, *places])}
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "reader.library.worker", str(theirs.fileno()), str(time_limit)],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # neither ctrl-c nor ctrl-z at the terminal is meant for it
                env=environ,
            )
        except OSError as error:
            ours.close()
            raise DeskreaderError(
                "Cannot start a parser", f"{error.strerror}; free some memory or processes and try again"
            ) from error
        finally:
            theirs.close()
        ours.settimeout(time_limit * PATIENCE)
        self.connection = ours
        self._heard = bytearray()
        self._part = memoryview(bytearray(_READ))  # kept, because as much memory costs more than reading does
        self.owed: deque[Task] = deque()
        self.ready = False
        self.deadline = time.monotonic() + START_LIMIT

    def give(self, tasks: list[Task], patience: float) -> None:
        if not self.owed:
            self.deadline = time.monotonic() + patience
        self.owed.extend(tasks)
        with contextlib.suppress(OSError):  # its death is noticed, and told from others, when it is read from
            send(self.connection, tasks)

    def hear(self) -> list[Any]:
        """The answers that have come whole since the last time; raises EOFError or OSError when the process is gone."""
        length = os.readv(self.connection.fileno(), [self._part])
        if not length:
            raise EOFError
        self._heard += self._part[:length]
        return list(frames(self._heard))

    @property
    def late(self) -> bool:
        """Whether it is silent for too long. An answer that lies here unread, while somebody took long over the one
        before, is none of its fault.
        """
        return time.monotonic() > self.deadline and not select.select([self.connection], [], [], 0)[0]

    def end(self) -> int:
        """Make sure that the process is gone; its exit status, negative for a signal."""
        self.connection.close()
        if self.process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return self.process.wait(0.2)
            self.process.kill()
        return self.process.wait()


class Pool:
    """Reads files in `size` worker processes (as many as there are processors unless told otherwise).

    Workers start when they are needed and stay until `close`. One call of `run` at a time; others wait.
    """

    def __init__(self, size: int | None = None, time_limit: float = TIME_LIMIT) -> None:
        self.size = size or processors()
        self.time_limit = time_limit
        self._patience = time_limit * PATIENCE + _GRACE
        self._workers: list[_Worker] = []
        self._second_chance: list[Task] = []
        self._pace = 0.0  # seconds that the last file took
        self._lock = threading.Lock()

    @property
    def started(self) -> bool:
        """Whether a worker is there, which answers sooner than one that has to be started."""
        return any(worker.process.poll() is None for worker in list(self._workers))

    def expect(self, files: int) -> None:
        """Have as many workers start as so many files will need, so that `run` need not wait for them."""
        if self._lock.acquire(blocking=False):
            try:
                with contextlib.suppress(DeskreaderError):  # `run` will say so
                    while len(self._workers) < min(self.size, -(-files // _BATCH)):
                        self._workers.append(_Worker(self.time_limit))
            finally:
                self._lock.release()

    def run(self, tasks: Iterable[Task], cancelled: Cancelled = never) -> Iterator[Result]:
        """The result of each task, as they finish; of a file that breaks its limits, the result says so.

        Raises DeskreaderError when no worker process can be started.
        """
        with self._lock:
            waiting = _Waiting(tasks)
            self._second_chance.clear()
            for worker in [worker for worker in self._workers if worker.process.poll() is not None]:
                self._discard(worker)
            try:
                yield from self._run(waiting, cancelled)
            finally:
                for worker in [worker for worker in self._workers if worker.owed]:
                    self._discard(worker)

    def _run(self, waiting: "_Waiting", cancelled: Cancelled) -> Iterator[Result]:
        with selectors.DefaultSelector() as selector:
            for worker in self._workers:
                selector.register(worker.connection, selectors.EVENT_READ, worker)
            while not cancelled():
                self._hand_out(waiting, selector)
                busy = [worker for worker in self._workers if worker.owed or not worker.ready]
                if not any(worker.owed for worker in busy) and waiting.empty():
                    return
                if len(busy) == self.size and all(worker.ready and len(worker.owed) > _BATCH // 2 for worker in busy):
                    time.sleep(min(_REST, self._pace * _BATCH / 4))
                now = time.monotonic()
                patience = max(0.0, min(0.1, *(worker.deadline - now for worker in busy)))
                for key, _ in selector.select(patience):
                    yield from self._hear(key.data, waiting, selector)
                for worker in busy:
                    if worker in self._workers and worker.late:
                        yield from self._bury(worker, waiting, selector)

    def _hand_out(self, waiting: "_Waiting", selector: selectors.BaseSelector) -> None:
        while len(self._workers) < self.size and waiting.at_least(len(self._workers) * _BATCH + 1):
            worker = _Worker(self.time_limit)
            self._workers.append(worker)
            selector.register(worker.connection, selectors.EVENT_READ, worker)
        for worker in self._workers:
            if worker.ready and len(worker.owed) <= _BATCH // 2 and (tasks := waiting.take(_BATCH)):
                worker.give(tasks, self._patience)

    def _hear(self, worker: _Worker, waiting: "_Waiting", selector: selectors.BaseSelector) -> Iterator[Result]:
        try:
            answers = worker.hear()
        except (EOFError, OSError):
            yield from self._bury(worker, waiting, selector)
            return
        for answer in answers:
            worker.deadline = time.monotonic() + self._patience
            if worker.ready:
                worker.owed.popleft()
                self._pace = answer.seconds
                yield answer
            worker.ready = True

    def _bury(self, worker: _Worker, waiting: "_Waiting", selector: selectors.BaseSelector) -> Iterator[Result]:
        selector.unregister(worker.connection)
        late = worker.late
        status = self._discard(worker)
        if not worker.ready:
            raise DeskreaderError(
                "Cannot start a parser", f"it ended at once (status {status}); run `deskreader doctor`"
            )
        if worker.owed:
            culprit = worker.owed.popleft()
            waiting.back(worker.owed)
            if late or status in (-signal.SIGALRM, -signal.SIGPROF):
                reason = f"reading it took more than {self.time_limit:g} seconds"
            elif culprit not in self._second_chance:  # something else may have ended the process
                self._second_chance.append(culprit)
                waiting.back([culprit])
                return
            else:
                reason = f"it makes its parser break down (status {status})"
            advice = "Save the page as plain text, or split the file."
            yield Result(culprit.relative, read_ns=time.time_ns(), reason=reason, advice=advice)

    def _discard(self, worker: _Worker) -> int:
        self._workers.remove(worker)
        return worker.end()

    def close(self) -> None:
        """End the workers; a `run` that is still going on must be cancelled first."""
        with self._lock:
            while self._workers:
                self._discard(self._workers[-1])


class _Waiting:
    """The tasks not yet handed out, drawn from their source only as they are needed."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._source = iter(tasks)
        self._drawn: deque[Task] = deque()

    def at_least(self, count: int) -> bool:
        while len(self._drawn) < count:
            task = next(self._source, None)
            if task is None:
                return False
            self._drawn.append(task)
        return True

    def empty(self) -> bool:
        return not self.at_least(1)

    def take(self, count: int) -> list[Task]:
        self.at_least(count)
        return [self._drawn.popleft() for _ in range(min(count, len(self._drawn)))]

    def back(self, tasks: Iterable[Task]) -> None:
        self._drawn.extendleft(reversed(list(tasks)))
