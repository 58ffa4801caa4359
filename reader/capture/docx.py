"""DOCX: paragraphs in order, with what their styles say; footnotes and comments follow."""

import re
from typing import Final

from reader.capture import xml
from reader.capture.archive import Archive
from reader.capture.article import Kind
from reader.capture.document import Document, Line
from reader.capture.source import CaptureError, Facts, Parsed, Source, add_fact, frozen

_BODY: Final = "word/document.xml"
_STYLES: Final = (
    (re.compile(r"title|titel|titre|t[íi]?tulo|titolo", re.I), Kind.TITLE),
    (re.compile(r"subtitle|lead|standfirst", re.I), Kind.STANDFIRST),
    (re.compile(r"heading ?\d|(berschrift|titre|ttulo|título) ?\d", re.I), Kind.SUBHEAD),
    (re.compile(r"caption|beschriftung|l.gende", re.I), Kind.CAPTION),
    (re.compile(r"(toc|header|footer)\b.*|toc ?\d", re.I), Kind.BOILERPLATE),
)


def parse(source: Source) -> Parsed | None:
    """A zip file with a Word document in it."""
    if not source.head.startswith(b"PK") or not (source.extension in ("docx", "docm") or b"word/" in source.head):
        return None
    archive = Archive(source.data, "DOCX")
    lines = _paragraphs(_once(xml.read(archive.read(_BODY), "DOCX")), Kind.BODY, "paragraph")
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        if archive.holds(name):
            lines += _paragraphs(xml.read(archive.read(name), "DOCX"), Kind.BODY, "note of the document")
    if archive.holds("word/comments.xml"):
        for comment in xml.read(archive.read("word/comments.xml"), "DOCX").nodes("comment"):
            author = comment.attributes.get("author") or None
            for line in _paragraphs(comment, Kind.BODY, ""):
                lines.append(Line(line.text, Kind.COMMENT, "comment in the document", author))
    if not lines:
        raise CaptureError("This DOCX holds no text", "Save it as PDF or text")
    facts: Facts = {}
    if archive.holds("docProps/core.xml"):
        core = xml.read(archive.read("docProps/core.xml"), "DOCX")
        add_fact(facts, "title", core.value("title"), "document properties")
        add_fact(facts, "authors", core.value("creator").replace(";", "\n"), "document properties")
        add_fact(facts, "made", core.value("created"), "creation date of the document")
        add_fact(facts, "language", core.value("language"), "document properties")
    return Parsed("docx", "utf-8", (Document(tuple(lines), frozen(facts)),))


def _once(root: xml.Node) -> xml.Node:
    """The document without what it says a second time for older programs."""
    for node in root.every("AlternateContent"):
        if node.nodes("Choice"):
            node.children = [one for one in node.children if isinstance(one, str) or one.name != "Fallback"]
    return root


def _paragraphs(root: xml.Node, kind: Kind, rule: str) -> list[Line]:
    """Each paragraph as lines; the cells of a table row stand on one line, divided by bars."""
    lines: list[Line] = []
    stack: list[xml.Node] = [root]
    while stack:
        node = stack.pop()
        if node.name == "tr":
            cells = (" ".join(filter(None, map(_text, cell.every("p")))) for cell in node.nodes("tc"))
            text = " | ".join(cells)
            if text.strip(" |"):
                lines.append(Line(text, kind, "row of a table", confidence=0.8))
        elif node.name == "p":
            style = next((one.attributes.get("val", "") for one in node.every("pStyle")), "")
            found = next((k for pattern, k in _STYLES if pattern.fullmatch(style)), None)
            for part in _text(node).split("\n"):
                if part.strip():
                    lines.append(
                        Line(
                            part, found or kind, f"style {style}" if found else rule, confidence=0.95 if found else 0.8
                        )
                    )
        else:
            stack += reversed(node.nodes())
    return lines


def _text(paragraph: xml.Node) -> str:
    parts: list[str] = []
    for node in paragraph.every("t", "tab", "br", "cr", "p", "noBreakHyphen"):
        parts.append({"t": node.text(), "tab": "\t", "noBreakHyphen": "-"}.get(node.name, "\n"))
    return "".join(parts)
