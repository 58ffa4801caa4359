"""HTML: the whole visible text of a page as lines, each with what the page's structure says of it."""

import re
from typing import Final

from reader.capture.document import Document
from reader.capture.html_classify import Reading
from reader.capture.html_facts import facts_of
from reader.capture.html_walk import read
from reader.capture.source import Facts, Parsed, Source, frozen

_MARKERS: Final = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]")
_SOME_TAGS: Final = re.compile(
    r"<(?:p|div|h[1-6]|article|section|table|ul|br|meta|title|span|a)(?:\s[^<>]*)?/?>"
)
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.I)
_EXTENSIONS: Final = frozenset({"html", "htm", "xhtml", "xht", "shtml", "php", "asp", "aspx"})


def parse(source: Source) -> Parsed | None:
    """A web page, by its name or by how it begins."""
    opening = source.opening
    named = source.extension in _EXTENSIONS
    if not (_MARKERS.search(opening) if not named else "<" in opening):
        tags = 0 if not opening.startswith("<") else len(_SOME_TAGS.findall(opening))
        if tags < 3:
            return None
    declared = source.declared or charset(source.data)
    source = Source(source.name, source.data, source.encoding, declared)
    return Parsed("html", source.encoding_name, (document(source.text),))


def charset(data: bytes) -> str | None:
    """The encoding that a page declares in its first kilobytes, or None."""
    match = _CHARSET.search(data[:8192])
    return match[1].decode("ascii") if match else None


def document(markup: str, facts: Facts | None = None, fragment: str = "") -> Document:
    """The article of one page; `facts` known from around it (a feed, an archive) go before its own."""
    page = read(markup)
    found = facts_of(page)
    for name, values in (facts or {}).items():
        found[name] = [*values, *(one for one in found.get(name, []) if one not in values)]
    lines = Reading(page, found).lines()
    return Document(tuple(lines), frozen(found), fragment)
