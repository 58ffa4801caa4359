"""EPUB: the chapters of a book in reading order, as one article."""

from typing import Final
from urllib.parse import unquote

from reader.capture import xml
from reader.capture.archive import Archive
from reader.capture.article import Kind
from reader.capture.document import Document, Line
from reader.capture.html import charset, fragment_lines
from reader.capture.source import LINE_LIMIT, CaptureError, Facts, Parsed, Source, add_fact, frozen, too_many_lines

_CONTAINER: Final = "META-INF/container.xml"
_FIELDS: Final = {
    "title": "title",
    "creator": "authors",
    "date": "published",
    "publisher": "outlet",
    "language": "language",
    "source": "url",
}


def parse(source: Source) -> Parsed | None:
    """A zip file that says it is a book."""
    named = source.extension == "epub" or b"application/epub+zip" in source.head or _CONTAINER.encode() in source.head
    if not source.head.startswith(b"PK") or not named:
        return None
    archive = Archive(source.data, "EPUB")
    if archive.holds("word/document.xml"):
        return None
    container = xml.read(archive.read(_CONTAINER), "EPUB")
    root = next(iter(container.every("rootfile")), None)
    path = root.attributes.get("full-path", "") if root is not None else ""
    package = xml.read(archive.read(path), "EPUB")
    folder = path.rpartition("/")[0]
    facts = _facts(package)
    lines: list[Line] = []
    lost: CaptureError | None = None
    for name in _chapters(package, folder):
        try:
            data = archive.read(name)
            lines += _chapter(Source(name, data, declared=charset(data)), facts)
        except CaptureError as error:
            lost = lost or error
        if len(lines) > LINE_LIMIT:
            raise too_many_lines()
    if not lines:
        raise lost or CaptureError("This EPUB holds no text", "Download it again")
    return Parsed("epub", "utf-8", (Document(tuple(lines), frozen(facts)),), lost)


def _facts(package: xml.Node) -> Facts:
    facts: Facts = {}
    metadata = package.first("metadata")
    for node in metadata.nodes() if metadata is not None else ():
        if node.name in _FIELDS and node.name not in ("creator", "source"):
            add_fact(facts, _FIELDS[node.name], node.text(), "EPUB metadata")
    creators = [node.text().strip() for node in metadata.nodes("creator")] if metadata is not None else []
    add_fact(facts, "authors", "\n".join(name for name in creators if name), "EPUB metadata")
    return facts


def _chapters(package: xml.Node, folder: str) -> list[str]:
    items = {node.attributes.get("id", ""): node.attributes for node in package.every("item")}
    names = []
    for reference in package.every("itemref"):
        item = items.get(reference.attributes.get("idref", ""))
        if item and "nav" not in item.get("properties", "").split():
            names.append(_joined(folder, unquote(item.get("href", "").partition("#")[0])))
    return names


def _joined(folder: str, name: str) -> str:
    parts: list[str] = []
    for part in f"{folder}/{name}".split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", ".", ".."):
            parts.append(part)
    return "/".join(parts)


def _chapter(source: Source, facts: Facts) -> list[Line]:
    title = facts["title"][0][0].casefold() if facts.get("title") else None
    return [
        Line(line.text, Kind.TITLE, "title of the book") if line.text.strip().casefold() == title else line
        for line in fragment_lines(source.text)
    ]
