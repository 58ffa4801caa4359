"""HTML: the whole visible text of a page as lines, each with what the page's structure says of it."""

import html
import re
from typing import Final

from reader.capture import xml
from reader.capture.article import Kind
from reader.capture.document import Document, Line
from reader.capture.plain import is_text
from reader.capture.source import LINE_LIMIT, TAG_LIMIT, CaptureError, Facts, Parsed, Source, frozen, too_many_lines

_MARKERS: Final = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]")
_SOME_TAGS: Final = re.compile(
    r"<(?:p|div|h[1-6]|article|section|table|ul|br|meta|title|span"
    r"|a)(?:\s[^<>]*)?/?>"
)
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.I)
_UNSEEN: Final = re.compile(r"<(?:!--|(script|style|noscript|template)\b)", re.I)
_INLINE: Final = re.compile(
    r"</?(?:a|b|i|em|strong|span|font|u|su[bp]|code|small|abbr"
    r"|mark)(?:\s[^<>]*)?>",
    re.I,
)
_ANY_TAG: Final = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_UNSHOWN: Final = 3
"""How many times longer than the visible text the structured data's is where scripts would have shown it."""

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
    if not is_text(source.text):
        return None
    return Parsed("html", source.encoding_name, (shown(document(source.text)),))


def shown(page: Document) -> Document:
    """A page that shows something; raises CaptureError for one that shows nothing."""
    if not any(line.text.strip() for line in page.lines):
        raise CaptureError("This page shows no text", "Save it again from a browser, or as text")
    return page


def charset(data: bytes) -> str | None:
    """The encoding that a page declares in its first kilobytes, or None."""
    match = _CHARSET.search(data[:8192]) or xml.DECLARED.match(data[:300])
    return match[1].decode("ascii") if match else None


def document(markup: str, facts: Facts | None = None, fragment: str = "") -> Document:
    """The article of one page; `facts` known from around it (a feed, an archive) go before its own."""
    if markup.count("<") > TAG_LIMIT:
        texts = text_of(markup)
        if len(texts) > LINE_LIMIT:
            raise too_many_lines()
        return Document(tuple(Line(text) for text in texts), frozen(facts or {}), fragment)
    from reader.capture.html_classify import Reading  # who reads plain text starts sooner without these
    from reader.capture.html_facts import facts_of
    from reader.capture.html_structured import Structured
    from reader.capture.html_walk import read

    page = read(markup)
    structured = Structured(page)
    found = facts_of(page, structured)
    for name, values in (facts or {}).items():
        found[name] = [*values, *(one for one in found.get(name, []) if one not in values)]
    lines = Reading(page, found).lines()
    shown = sum(len(line.text) for line in lines if line.kind is Kind.BODY)
    body = structured.text()
    if len(body) > _UNSHOWN * shown:
        rule = "text in the structured data"
        lines += [Line(line.text, line.kind, rule, confidence=0.9) for line in fragment_lines(body)]
    return Document(tuple(lines), frozen(found), fragment)


def text_of(markup: str) -> list[str]:
    """The non-blank lines of a page, taken without building its tree: nothing is said of what they are."""
    kept = []
    position = 0
    while (start := _UNSEEN.search(markup, position)) is not None:
        kept.append(markup[position : start.start()])
        end = re.compile(f"</{start[1]}[^<>]*>?" if start[1] else "-->", re.I).search(markup, start.end())
        position = end.end() if end else len(markup)
    kept.append(markup[position:])
    text = _INLINE.sub("", " ".join(kept))
    text = html.unescape(_ANY_TAG.sub("\n", text))
    return [line for part in text.split("\n") if (line := part.strip())]


def fragment_lines(markup: str) -> list[Line]:
    """The lines of a piece of mark-up that is an article's text already: a chapter, an entry of a feed, a letter."""
    if "<" not in markup:
        return [Line(line, Kind.BODY, "text", confidence=0.8) for line in markup.splitlines() if line.strip()]
    if markup.count("<") > TAG_LIMIT:
        return [Line(line, Kind.BODY, "text", confidence=0.6) for line in text_of(markup)]
    from reader.capture.html_names import Part, part_of
    from reader.capture.html_tree import heading_rank
    from reader.capture.html_walk import read

    lines = []
    for run in read(markup).runs:
        part = part_of(run.element)
        if run.image or part in (Part.CAPTION, Part.CREDIT):
            kind, rule = Kind.CAPTION, "picture"
        elif run.element.hidden or part in (Part.MENU, Part.SHARE, Part.FORM):
            kind, rule = Kind.BOILERPLATE, str(part or "hidden")
        elif heading_rank(run):
            kind, rule = Kind.SUBHEAD, "heading"
        else:
            kind, rule = Kind.BODY, "text"
        lines.append(Line(run.text, kind, rule, confidence=0.85))
    return lines
