"""What is left of an article whose file is gone: the text that its notes were made on, and the notes."""

from typing import TYPE_CHECKING

from reader.capture.article import Article, Block, Kind, Metadata, PartialDate, Value
from reader.errors import DeskreaderError
from reader.text.span import Span

if TYPE_CHECKING:
    from reader.library.entry import Entry
    from reader.workspace import Workspace

GONE = "its file is gone"
"""The basis of all that is still known."""


def article_or_what_is_left(workspace: "Workspace", id: str) -> Article:
    """The article, or what is left of it where there are notes on it; raises what the library raises else."""
    try:
        return workspace.library.article(id)
    except DeskreaderError:
        entry = workspace.library.entry(id)
        notes = workspace.store.of(id)
        if not notes or (entry is not None and not entry.missing):
            raise
    latest = sorted(notes, key=lambda one: one.modified, reverse=True)
    sums = [target.text_sha256 for one in latest for target in one.targets if target.source == id]
    text = next((found for sha256 in dict.fromkeys(sums) if (found := workspace.store.snapshot(sha256))), "")
    block = (Block(Kind.BODY, Span(0, len(text)), GONE),) if text else ()
    return Article(id, id, "", text, block, _metadata(entry))


def _metadata(entry: "Entry | None") -> Metadata:
    """What the catalogue last knew."""
    if entry is None:
        return Metadata()
    return Metadata(
        title=Value(entry.title, GONE) if entry.title else None,
        outlet=Value(entry.outlet, GONE) if entry.outlet else None,
        authors=Value(entry.authors, GONE) if entry.authors else None,
        published=Value(PartialDate(entry.published), GONE) if entry.published else None,
        url=Value(entry.url, GONE) if entry.url else None,
    )


def entries_left(workspace: "Workspace", complete: bool) -> "list[Entry]":
    """The last that was known of articles whose files are gone and that have notes.

    Those that the catalogue never saw are among them only where it is `complete`.
    """
    from reader.library.entry import Entry

    sources = {target.source for one in workspace.store.all() for target in one.targets}
    ids = sorted(id for id in sources if not id.startswith("urn:"))
    known = {id: workspace.library.entry(id) for id in ids}
    return [
        entry or Entry(id, id, "", 0, 0, id.rpartition("/")[2], missing=True)
        for id, entry in known.items()
        if (complete if entry is None else entry.missing)
    ]
