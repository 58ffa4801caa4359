"""What goes wrong in an engine, its panics included, in our words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final

from reader.errors import DeskreaderError
from reader.search.plan import EngineDamaged, EngineFailed


@contextmanager
def failures(kind: type[DeskreaderError], title: str, message: str) -> Iterator[None]:
    """Turns whatever the engine raises, its panics included, into one of our errors."""
    try:
        yield
    except (DeskreaderError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        if "Schema error" in str(error):  # a wrong question and not a damaged index
            raise EngineFailed("The search was not understood", str(error)) from error
        raise kind(title, message) from error


damage: Final = partial(failures, EngineDamaged, "The search index is damaged", "It is being built again.")
"""Around whatever reads what is on disk."""


def quietly(action: Callable[[], object]) -> None:
    """Does what can be done after a failure; a second failure says nothing new."""
    try:
        action()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        return
