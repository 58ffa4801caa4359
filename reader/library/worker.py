"""The worker process: takes tasks from its socket, parses, answers; limits of time and memory end only it.

It is started by `pool` and speaks frames of a length (four bytes, big endian) and a pickle, over a socket
pair that nobody else can reach.
"""

import contextlib
import gc
import os
import pickle
import resource
import signal
import socket
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from reader.library.parsing import Task, read_task

TIME_LIMIT: Final = 4.0
"""Seconds of processor time that reading one file may take."""
PATIENCE: Final = 3
"""How many times as long a file may take on a machine that is busy with other things."""
MEMORY_LIMIT: Final = 2_000_000_000
"""Bytes of address space that a worker may take."""
NICE: Final = 5
"""How far a worker steps back behind who reads and types (see `nice`)."""
_RUBBISH: Final = (20_000, 20, 50)
"""When rubbish is looked for: one capture makes thousands of objects, and hardly any that refer to each other."""
_LENGTH: Final = struct.Struct(">I")


def send(connection: socket.socket, message: Any) -> None:
    """Send one frame; blocks until the other end took it. Raises OSError when that end is gone."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    connection.sendall(_LENGTH.pack(len(body)) + body)


def frames(heard: bytearray) -> Iterator[Any]:
    """Take the messages of all whole frames out of what was heard; what is left is the beginning of the next."""
    while len(heard) >= _LENGTH.size:
        (length,) = _LENGTH.unpack_from(heard)
        end = _LENGTH.size + length
        if len(heard) < end:
            return
        message = pickle.loads(heard[_LENGTH.size : end])
        del heard[:end]
        yield message


def receive(connection: socket.socket) -> Any:
    """The next frame; raises EOFError when the other end is gone."""
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size))
    return pickle.loads(_exactly(connection, length))


def _exactly(connection: socket.socket, length: int) -> bytes:
    parts: list[bytes] = []
    while length:
        try:
            part = connection.recv(min(length, 1 << 20))
        except ConnectionError as error:
            raise EOFError from error
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def serve(descriptor: int, time_limit: float) -> None:
    """Answer tasks until the other end closes the socket."""
    connection = socket.socket(fileno=descriptor)
    for kind, limit in ((resource.RLIMIT_AS, MEMORY_LIMIT), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    for alarm in (signal.SIGALRM, signal.SIGPROF):
        signal.signal(alarm, signal.SIG_DFL)  # the kernel ends a worker that overruns, whatever it does
    sys.setrecursionlimit(3000)
    import reader.capture.pipeline  # noqa: F401  (ready before the first file is timed)

    gc.freeze()
    gc.set_threshold(*_RUBBISH)
    send(connection, "ready")
    while True:
        try:
            tasks: list[Task] = receive(connection)
        except EOFError:
            return
        for task in tasks:
            signal.setitimer(signal.ITIMER_PROF, time_limit)
            signal.setitimer(signal.ITIMER_REAL, time_limit * PATIENCE)
            result = read_task(task)
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.setitimer(signal.ITIMER_PROF, 0)
            try:
                send(connection, result)
            except OSError:
                return


def step_back() -> None:
    """Let everybody else go first. Where sessions are weighed as wholes, what counts is the weight of this one, which
    the worker has to itself (see "The autogroup feature" in sched(7)).
    """
    os.nice(NICE)
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(NICE))


if __name__ == "__main__":
    step_back()
    serve(int(sys.argv[1]), float(sys.argv[2]))
