"""What every format parser takes and returns, and the one failure it may raise."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeAlias

from reader.capture.decode import Decoded, decode
from reader.capture.document import Document
from reader.errors import DeskreaderError

Facts: TypeAlias = dict[str, list[tuple[str, str]]]

ARTICLE_LIMIT: Final = 20_000
"""Articles that one file may hold: more is a database, which is imported in parts."""

LINE_LIMIT: Final = 200_000
"""Lines of one article: more is a log or a table, and no page for reading."""

TAG_LIMIT: Final = 120_000
"""Tags up to which a page is read as a tree; a larger one is a data dump, of which only the text is taken."""

HEAD: Final = 4096
"""Bytes that a parser may look at to tell whether a file is of its format."""


class CaptureError(DeskreaderError):
    """A file that cannot be read as an article: `message` is the reason, then what to do."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__("Cannot read this capture", f"{reason}. {advice}")
        self.reason = reason
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file read: the name of its format, how its bytes became text, and the articles that it holds.

    `lost` says what could not be read of a file whose rest could.
    """

    format: str
    encoding: str
    documents: tuple[Document, ...]
    lost: CaptureError | None = None


@dataclass(frozen=True)
class Source:
    """The bytes of one file with its name; `encoding` is the one that the analyst chose, if any.

    `declared` is an encoding that something around the bytes names (a mail part, an HTTP header).
    """

    name: str
    data: bytes = field(repr=False)
    encoding: str | None = None
    declared: str | None = None

    @property
    def extension(self) -> str:
        """The end of the name after its last dot, in lower case; empty where there is none."""
        last = self.name.rsplit("/", 1)[-1]
        return last.rsplit(".", 1)[-1].lower() if "." in last else ""

    @cached_property
    def head(self) -> bytes:
        """The first bytes, for telling formats apart."""
        return self.data[:HEAD]

    @cached_property
    def opening(self) -> str:
        """The first characters as text, without byte order mark and leading white space, in lower case."""
        head = self.head
        if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return head[: len(head) & ~1].decode("utf-16", "replace").lstrip().lower()
        if b"\0" in head[:4] or head[1:2] == b"\0":
            wide = "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
            return head[: len(head) & ~1].decode(wide, "replace").lstrip().lower()
        return head.decode("latin-1").removeprefix("\xef\xbb\xbf").lstrip().lower()

    @cached_property
    def decoded(self) -> Decoded:
        """The whole as text."""
        return decode(self.data, self.declared, self.encoding)

    @property
    def text(self) -> str:
        """The whole as text."""
        return self.decoded.text

    @property
    def encoding_name(self) -> str:
        """How the bytes became text, with "(guess)" where that was one."""
        return f"{self.decoded.encoding} (guess)" if self.decoded.guessed else self.decoded.encoding


Parser: TypeAlias = Callable[[Source], Parsed | None]
"""Returns None for a file that is not of its format; raises CaptureError for one that is and is damaged."""


def too_many_lines() -> CaptureError:
    """The failure for what is longer than any article."""
    return CaptureError(f"One article would have more than {LINE_LIMIT:,} lines", "Split the file into parts")


def missing(what: str, extra: str) -> CaptureError:
    """The failure for a format whose library is not installed, with the command that installs it."""
    advice = f"Run: pip install 'deskreader[{extra}]'"
    return CaptureError(f"{what} needs a library that is not installed", advice)


def add_fact(facts: Facts, name: str, value: object, basis: str) -> None:
    """Note a candidate for a metadata field; empty values and repetitions are left out."""
    if not isinstance(value, str):
        return
    value = value.strip()
    if value and all(value != known for known, _ in facts.setdefault(name, [])):
        facts[name].append((value, basis))


def frozen(facts: Facts) -> dict[str, tuple[tuple[str, str], ...]]:
    """The candidates as a Document keeps them."""
    return {name: tuple(values) for name, values in facts.items() if values}


def unique_fragments(names: Iterable[str]) -> list[str]:
    """Names that are usable after `#`, each made different from those before it by a number."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        safe = "".join(c if c.isalnum() or c in "-_.:@" else "-" for c in name.strip())
        safe = safe.strip("-")[:120] or "article"
        seen[safe] = seen.get(safe, 0) + 1
        while seen[safe] > 1 and f"{safe}~{seen[safe]}" in seen:
            seen[safe] += 1
        result.append(safe if seen[safe] == 1 else f"{safe}~{seen[safe]}")
        seen.setdefault(result[-1], 1)
    return result
