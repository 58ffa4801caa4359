"""Annotations in the forms of other programs, and back.

Every form is a pair of pure functions: annotations to bytes, bytes to annotations. Where a form has room for it,
the whole annotation travels along, so that what the other program cannot hold is there again on the way back,
while what was changed on the way (a note, tags) is taken over.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Final, cast

from reader.annotations.annotation import Annotation
from reader.annotations.codebook import Codebook
from reader.annotations.exchange.material import Articles, Material, NotReadable, Source, nothing
from reader.errors import WrongUsage

_WRITERS: Final = {
    "markdown": "markdown.write",
    "markdown-data": "markdown.write_with_data",
    "w3c": "pages.write_page",
    "collection": "pages.write_collection",
    "hypothesis": "hypothesis_web.write",
    "readwise": "readwise.write",
    "zotero": "zotero.write",
    "csv": "tables.write",
    "qdpx": "qdpx.write",
}
FORMATS: Final = tuple(_WRITERS)
"""The names of the forms that can be written; all but plain Markdown can be read again."""

_READERS: Final = (
    "qdpx.read",
    "pages.read",
    "hypothesis_web.read",
    "zotero.read",
    "markdown.read",
    "tables.read",
    "readwise.read",
)


def write_notes(
    form: str,
    annotations: Iterable[Annotation],
    source_of: Callable[[str], Source | None] = nothing,
    text_of: Callable[[str], str | None] = nothing,
    codebook: Codebook | None = None,
) -> bytes:
    """The annotations in a form of `FORMATS`.

    `source_of` tells what is known of an article by its id, `text_of` the text with a given SHA-256 (of the
    snapshots), `codebook` what tags mean. Raises `WrongUsage` for an unknown form.
    """
    if form not in _WRITERS:
        raise WrongUsage("Unknown form", f"{form}; known are {', '.join(FORMATS)}")
    write = cast(Callable[[list[Annotation], Material], bytes], _load(_WRITERS[form]))
    return write(list(annotations), Material(source_of, text_of, codebook or Codebook()))


def read_notes(
    name: str,
    data: bytes,
    article_of: Callable[[str], str | None] = nothing,
    text_of: Callable[[str], str | None] = nothing,
) -> tuple[Annotation, ...]:
    """The annotations in a file of any known form, which its content tells.

    `article_of` gives the id of the article with a web address or title, so that notes from elsewhere find their
    article; `text_of` the text of an article by its id, so that offsets can be converted. Raises `NotReadable`
    when no form fits.
    """
    if not data.strip():
        return ()
    for reader in _READERS:
        read = cast(Callable[[bytes, Callable[[str], str | None]], tuple[Annotation, ...] | None], _load(reader))
        found = read(data, Articles(article_of, text_of))
        if found is not None:
            return found
    raise NotReadable(name, f"it is none of {', '.join(form for form in FORMATS if form != 'markdown')}")


def _load(name: str) -> object:
    module, _, function = name.partition(".")
    return getattr(import_module(f"{__name__}.{module}"), function)
