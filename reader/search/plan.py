"""What an engine is asked to do: a small tree of conditions over indexed fields, and the engine's protocol.

Nothing here knows how postings are stored. An engine that speaks another protocol (a cluster with a JSON
search API) takes the place of the embedded one by implementing `Engine`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias

from reader.errors import DeskreaderError


@dataclass(frozen=True, slots=True)
class AnyWord:
    """One typed word: the best of its known words, in the best of the fields.

    `words` are fields, words and the weights that multiply the engine's relevance; `exact_bonus` is added where the
    word `exact` itself stands. `articles` is how many hold one of the words, at most and about; 0 where nobody counted.
    """

    words: tuple[tuple[str, str, float], ...]
    exact: str = ""
    exact_bonus: float = 0.0
    articles: int = 0


@dataclass(frozen=True, slots=True)
class InOrder:
    """Words that follow each other: each has an offset, and up to `slop` other words may stand between."""

    field: str
    words: tuple[tuple[int, str], ...]
    slop: int = 0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Among:
    """The field's value is one of `values`, letter for letter; each article that matches gets `weight`."""

    field: str
    values: tuple[str, ...]
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Between:
    """The number in `field` lies in `low <= number < high`; None is open."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the parts; the best one counts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Every:
    """All of the parts; they add up."""

    parts: tuple["Node", ...]


Node: TypeAlias = AnyWord | InOrder | Among | Between | Either | Every


@dataclass(frozen=True, slots=True)
class Plan:
    """`must` and `must_not` decide; of `should`, at least `wanted` have to match, and articles of which more do stand
    before others.
    """

    must: tuple[Node, ...] = ()
    should: tuple[Node, ...] = ()
    must_not: tuple[Node, ...] = ()
    wanted: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """One article as an engine stores it. `texts` are normalised words divided by spaces, by field."""

    id: str
    stamp: str
    title: str
    outlet: str
    authors: tuple[str, ...]
    published: str
    texts: tuple[tuple[str, str], ...]


class Found(NamedTuple):
    """One article that answers a plan, with what a row needs without opening the article; `held` is how much of what
    it should hold it does, known where the order is relevance.
    """

    id: str
    title: str
    outlet: str
    published: str
    score: float
    held: int = 0


class EngineDamaged(DeskreaderError):
    """What the engine holds cannot be read: it has to be built again."""


class EngineBusy(DeskreaderError):
    """Another process is writing."""


class EngineFailed(DeskreaderError):
    """Writing did not succeed: a full disk, a folder that cannot be written."""


class Engine(Protocol):
    """Postings, wherever they are. Reading may happen in one thread while another one writes."""

    def size(self) -> int:
        """Articles that can be found now."""

    def stamps(self) -> dict[str, str]:
        """The stamp under which each article was added."""

    def holds(self, name: str, stamp: str) -> bool:
        """Whether the article was added under the stamp."""

    def write(
        self,
        records: Iterable[Record],
        removed: Sequence[str] = (),
        cancelled: Callable[[], bool] = lambda: False,
        small: bool = False,
        more: bool = False,
    ) -> Iterator[int]:
        """Replaces and removes articles; yields the number written after each step, when they and all before them
        are found. What `more` promises to follow may keep the last ones waiting, until a call without it.

        Raises EngineBusy while another process writes, EngineFailed where they cannot be taken, EngineDamaged
        where what is there cannot be read; what was yielded stays.
        """

    def refresh(self) -> bool:
        """Takes up what other processes wrote; whether there was anything."""

    def terms(self, field: str, prefix: str = "", most: int | None = None) -> list[tuple[str, int]]:
        """Words of a field that begin so, with the number of articles that hold each; the commonest
        `most`.
        """

    def frequency(self, field: str, word: str) -> int:
        """The number of articles whose field holds the word."""

    def find(self, plan: Plan, most: int, order: str = "relevance") -> tuple[list[Found], int]:
        """The best `most` articles and how many there are in all; `order` is relevance, newest or oldest, those without
        a date last.
        """

    def close(self) -> None:
        """Lets go of files and memory; the engine cannot be used afterwards."""
