"""Reading one file into articles, and into the few facts about them that the catalogue keeps."""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from reader.library.files import Unreadable, id_of, read_inside
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.capture.article import Article
    from reader.capture.knowledge import Corrections, Learned
    from reader.capture.pipeline import Contents

LONGEST_LINE: Final = 600
"""Code points of the longest line that is compared across pages: no menu, notice or credit is longer."""
SHORT_LINE: Final = 60
"""Code points up to which lines that differ in their numbers alone are the same line."""
MOST_LINES: Final = 4000
"""Lines of one article that are compared across pages."""
_TEXT: Final = frozenset(("body", "standfirst", "subhead", "caption"))
"""Kinds that are searched and counted, and that a line loses when it proves to be an outlet's own."""
_PERSONAL: Final = frozenset(("byline", "date", "comment"))
"""Kinds whose lines recur on many pages of an outlet for a good reason."""


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read. `known` is its SHA-256 at the last look: the same bytes are not parsed again.

    `make`, a function of a module, is called with each article where it is parsed: what is needed of many articles is
    small, and the articles themselves need not come here for it.
    """

    root: Path
    relative: bytes
    path: str
    encoding: str | None = None
    learned: "Learned | None" = None
    corrections: "Mapping[str, Corrections]" = field(default_factory=dict)
    known: str = ""
    make: "Callable[[Article], Any] | None" = None

    @property
    def id(self) -> str:
        """The id of the file's article, or of its articles up to the `#`."""
        return id_of(self.relative)

    def stamp(self, sha256: str, settled: bool = False) -> str:
        """A word for everything that the file's articles depend on beside the program; `sha256` is its bytes'.

        What other pages taught is left out of that of a `settled` file: one that it changes anything in is due.
        """
        learned = None if settled else self.learned
        known = repr((self.path, self.encoding, learned, sorted(self.corrections.items())))
        return f"{sha256} {hashlib.blake2b(known.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()}"


class Summary(NamedTuple):
    """What the catalogue keeps of one article.

    `open` and `folded` are the lines that may be found on other pages too, as they are compared: those of the
    text, which a lesson would change, and those that are none of it already.
    """

    id: str
    title: str
    outlet: str
    published: str
    authors: tuple[str, ...]
    language: str
    words: int
    comments: int
    url: str
    encoding: str
    folded: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


class Result(NamedTuple):
    """What became of a task: its articles, or `reason` and `advice` where there are none.

    Of a file that can be read in part there are articles, and in `lost` a reason and an advice for the rest.

    `modified_ns` is the file's time of change as it was read, `read_ns` the time then; `unchanged` says that
    the bytes are the known ones; `seconds` is the processor time that parsing took. The articles are in `packed`, by
    id, with what they depend on in `stamp`; what the task's `make` made of each is in `made`, in the order of the
    summaries.
    """

    relative: bytes
    sha256: str = ""
    size: int = 0
    modified_ns: int = 0
    read_ns: int = 0
    seconds: float = 0.0
    unchanged: bool = False
    stamp: str = ""
    packed: tuple[tuple[str, bytes], ...] = ()
    summaries: tuple[Summary, ...] = ()
    made: tuple[Any, ...] = ()
    reason: str = ""
    advice: str = ""
    lost: tuple[str, str] | None = None


def read_task(task: Task) -> Result:
    """Carry out a task; whatever is wrong with the file is in the result, nothing is raised for it."""
    from reader.library.packed import pack

    started = time.process_time()
    read_ns = time.time_ns()
    try:
        contents = read_inside(task.root, task.relative)
    except Unreadable as error:
        return Result(task.relative, read_ns=read_ns, reason=error.reason, advice=error.advice)
    sha256 = hashlib.sha256(contents.data).hexdigest()
    facts = (task.relative, sha256, len(contents.data), contents.modified_ns, read_ns)
    if task.known == sha256:
        return Result(*facts, unchanged=True)
    try:
        found = parse(task, contents.data)
    except Exception as error:  # a hostile file may break any parser in any way
        reason, advice = _failure(error)
        return Result(*facts, time.process_time() - started, reason=reason, advice=advice)
    seconds = time.process_time() - started
    articles = found.articles
    summaries = tuple(summary_of(article) for article in articles)
    made = tuple(map(task.make, articles)) if task.make else ()
    lost = _failure(found.lost) if found.lost else None
    packed = tuple((article.id, pack(article, contents.data)) for article in articles)
    stamp = task.stamp(sha256, settled=True)
    return Result(*facts, seconds, stamp=stamp, packed=packed, summaries=summaries, made=made, lost=lost)


def itself(article: "Article") -> "Article":
    """The `make` of who needs whole articles."""
    return article


def parse(task: Task, data: bytes) -> "Contents":
    """What the bytes of the task's file hold; raises whatever the parser raises."""
    from reader.capture.pipeline import contents_of

    return contents_of(
        task.id,
        task.path,
        data,
        encoding=task.encoding,
        learned=task.learned,
        corrections=task.corrections,
    )


def summary_of(article: "Article") -> Summary:
    """The facts about an article that the catalogue keeps."""
    from reader.capture.article import Kind
    from reader.capture.knowledge import numbers_alike

    body, comment, title = Kind.BODY, Kind.COMMENT, Kind.TITLE
    words = comments = 0
    folded: dict[str, None] = {}
    unfolded: dict[str, None] = {}
    for block in article.blocks:
        kind, span = block.kind, block.span
        keys = None if kind in _PERSONAL else unfolded if kind in _TEXT else folded
        if kind is comment:
            comments += 1
        if keys is None:
            continue
        for line in article.text[span.start : span.end].split("\n"):
            parts = line.split()
            if kind is body:
                words += len(parts)
            if parts and len(line) <= LONGEST_LINE and len(keys) < MOST_LINES:
                # Numbers count in a headline and in a sentence, not in "12 comments".
                key = " ".join(parts).casefold()
                keys[key if len(line) > SHORT_LINE or kind is title else numbers_alike(key)] = None
    known = article.metadata
    return Summary(
        article.id,
        clean_line(article.title),
        clean_line(known.outlet.value) if known.outlet else "",
        known.published.value.iso if known.published else "",
        tuple(clean_line(author) for author in known.authors.value) if known.authors else (),
        clean_line(known.language.value) if known.language else "",
        words,
        comments,
        clean_line(known.url.value, 2000) if known.url else "",
        article.encoding,
        tuple(folded),
        tuple(unfolded),
    )


def _failure(error: Exception) -> tuple[str, str]:
    reason, advice = getattr(error, "reason", ""), getattr(error, "advice", "")
    if isinstance(reason, str) and reason and isinstance(advice, str):
        return clean_line(reason), _sentence(clean_line(advice))
    message = getattr(error, "message", "")
    if isinstance(message, str) and message:
        return clean_line(message), ""
    name = type(error).__name__
    if isinstance(error, RecursionError):
        return "it is nested too deeply to be read", "Save the page as plain text."
    if isinstance(error, MemoryError):
        return "reading it needs more memory than one capture may take", "Save the page as plain text."
    return f"its parser failed ({name}: {clean_line(str(error), 120)})", "Save the page as plain text."


def _sentence(text: str) -> str:
    """The text with a full stop where it lacks one, but never behind a command that may be copied."""
    return f"{text}." if text and text[-1].isalpha() else text
