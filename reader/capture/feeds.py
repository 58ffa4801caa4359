"""RSS, Atom and RDF feeds: each entry is an article."""

import hashlib
import html as markup
import re
from typing import Final, NamedTuple
from urllib.parse import urljoin

from reader.capture import xml
from reader.capture.article import Kind
from reader.capture.document import Document, Line
from reader.capture.html import fragment_lines
from reader.capture.source import (
    ARTICLE_LIMIT,
    CaptureError,
    Facts,
    Parsed,
    Source,
    add_fact,
    frozen,
    unique_fragments,
)

_OPENING: Final = re.compile(r"<(?:\?xml|!doctype rss|!--|rss|feed|rdf:rdf)")
_ROOT: Final = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)[\s>]")


def parse(source: Source) -> Parsed | None:
    """A feed, by the name of its first element."""
    if not (_OPENING.match(source.opening) and _ROOT.search(source.opening)):
        return None
    root, lost = xml.read_some(source.data, "feed")
    channel = root.first("channel") or root
    entries = (channel.nodes("item", "entry") or root.nodes("item", "entry"))[: ARTICLE_LIMIT + 1]
    if len(entries) > ARTICLE_LIMIT:
        raise CaptureError(f"This feed holds more than {ARTICLE_LIMIT:,} entries", "Split it")
    if not entries:
        raise lost or CaptureError("This feed holds no entries", "Fetch it again later")
    outlet, language = _plain(channel.value("title")), channel.value("language") or root.attributes.get("lang", "")
    common = _Common(outlet, language, _authors(root), root.attributes.get("base", ""))
    names = unique_fragments(_key(entry) for entry in entries)
    documents = tuple(_document(entry, common, name) for entry, name in zip(entries, names, strict=True))
    return Parsed("feed", "utf-8", documents, lost)


class _Common(NamedTuple):
    """What a feed says of itself for all its entries: its title, language and authors, and where its links start."""

    outlet: str
    language: str
    authors: list[str]
    base: str


def _authors(node: xml.Node) -> list[str]:
    return list(dict.fromkeys(filter(None, map(_person, node.nodes("author", "creator")))))


def _key(entry: xml.Node) -> str:
    name = entry.value("guid", "id") or _link(entry) or entry.value("title") + entry.value("pubDate", "published")
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:12]


def _link(entry: xml.Node) -> str:
    for node in entry.nodes("link"):
        if node.attributes.get("href") and node.attributes.get("rel", "alternate") == "alternate":
            return node.attributes["href"].strip()
        if address := node.text().strip():
            return address
    return ""


def _document(entry: xml.Node, feed: _Common, fragment: str) -> Document:
    facts: Facts = {}
    title = _plain(_content(entry.first("title")))
    authors = _authors(entry) or feed.authors
    date = entry.value("published", "pubDate", "date", "issued", "updated", "modified")
    source = entry.first("source")
    add_fact(facts, "title", title, "entry of the feed")
    add_fact(facts, "authors", "\n".join(authors), "entry of the feed")
    add_fact(facts, "published", date, "entry of the feed")
    if source is not None:
        add_fact(facts, "outlet", _plain(source.value("title") or source.text()), "source of the entry")
    add_fact(facts, "outlet", feed.outlet, "title of the feed")
    address = urljoin(feed.base, _link(entry) or entry.value("guid", "id"))
    if re.match(r"https?://", address):
        add_fact(facts, "url", address, "entry of the feed")
    add_fact(facts, "language", feed.language, "language of the feed")
    lines = [Line(title, Kind.TITLE, "title of the entry")] if title else []
    lines += [Line(name, Kind.BYLINE, "author of the entry") for name in authors]
    lines += [Line(date, Kind.DATE, "date of the entry")] if date else []
    content = _content(entry.first("encoded") or _body(entry))
    summary = _content(entry.first("summary", "description") or next(iter(entry.every("description")), None))
    if summary.strip() and summary != content and _plain(summary)[:80] not in _plain(content):
        short = content.strip() != ""
        lines += [
            Line(line.text, Kind.STANDFIRST if short else line.kind, "summary of the entry", confidence=0.8)
            for line in fragment_lines(summary)
        ]
    lines += fragment_lines(content)
    for category in entry.nodes("category"):
        if said := category.text().strip() or category.attributes.get("term", ""):
            lines.append(Line(f"Category: {_plain(said)}", Kind.BOILERPLATE, "category of the entry"))
    return Document(tuple(lines), frozen(facts), fragment)


def _body(entry: xml.Node) -> xml.Node | None:
    """The `content` of an Atom entry; media elements of the same name hold no text."""
    return next((node for node in entry.nodes("content") if node.children), None)


def _content(node: xml.Node | None) -> str:
    """What a text construct says, as mark-up."""
    if node is None:
        return ""
    if node.attributes.get("type", "") in ("xhtml", "application/xhtml+xml") or (
        node.nodes() and node.text().strip()
    ):
        return _serialised(node)
    return node.text()


def _serialised(node: xml.Node) -> str:
    parts: list[str] = []
    stack: list[xml.Node | str | tuple[str]] = list(reversed(node.children))
    while stack:
        one = stack.pop()
        if isinstance(one, tuple):
            parts.append(one[0])
        elif isinstance(one, str):
            parts.append(markup.escape(one))
        else:
            attributes = "".join(f' {key}="{markup.escape(value)}"' for key, value in one.attributes.items())
            parts.append(f"<{one.name}{attributes}>")
            stack.append((f"</{one.name}>",))
            stack += reversed(one.children)
    return "".join(parts)


def _person(node: xml.Node) -> str:
    name = node.value("name") or node.text().strip()
    match = re.fullmatch(r"\S+@\S+\s*\((.+)\)", name)
    return " ".join((match[1] if match else name).split())


def _plain(text: str) -> str:
    return " ".join(markup.unescape(re.sub(r"<[^<>]{1,500}>", " ", text)).split())
