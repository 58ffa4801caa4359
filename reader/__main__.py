"""The way in: `deskreader`, or `python -m reader`.

Words that name a subcommand go to the command line; anything else opens the screen. Textual is imported only once
it is certain that there is a terminal to draw on.
"""

import gc
import os
import sys
from collections.abc import Sequence

from reader import cli
from reader.errors import DeskreaderError, WrongUsage


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status: 0 done, 1 nothing found or refused, 2 wrong usage."""
    request = cli.parse(sys.argv[1:] if arguments is None else list(arguments))
    if isinstance(request, int):
        return request
    if not isinstance(request, cli.Opening):
        return cli.run(request)
    try:
        _require_terminal()
        # Nothing made on the way to the first screen is thrown away: looking for that takes a tenth of the start.
        gc.disable()
        from reader.workspace import Workspace

        workspace = Workspace.open(request.folder, os.environ, request.flags)
    except DeskreaderError as error:
        return cli.report(error)
    from reader.tui.app import run

    return run(workspace)


def _require_terminal() -> None:
    """Raise WrongUsage where there is nothing to draw on."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        raise WrongUsage(
            "No terminal here",
            "the reading screen needs one (with ssh, add -t); `deskreader --help` lists what works without",
        )
    if os.environ.get("TERM", "dumb") in ("", "dumb", "unknown"):
        raise WrongUsage(
            "This terminal cannot move its cursor",
            "TERM is dumb or not set; set it to what your terminal is, for example TERM=xterm-256color",
        )


if __name__ == "__main__":
    sys.exit(main())
