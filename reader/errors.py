"""The one family of expected failures.

An expected failure carries a title, a message that says where and what to do, and the exit status of the
command line. Both front ends show it from the same object. Anything else that is raised is a defect.
"""


class DeskreaderError(Exception):
    """An expected failure: `title` in three or four words, `message` with the place and what to do."""

    exit_status = 1

    def __init__(self, title: str, message: str = "") -> None:
        super().__init__(f"{title}: {message}" if message else title)
        self.title = title
        self.message = message


class NothingFound(DeskreaderError):
    """The request was well formed and nothing answers it (exit status 1)."""


class Refused(DeskreaderError):
    """The request cannot be carried out here and now; nothing was changed (exit status 1)."""


class WrongUsage(DeskreaderError):
    """The request itself is wrong: a folder that is not there, an unknown option (exit status 2)."""

    exit_status = 2
