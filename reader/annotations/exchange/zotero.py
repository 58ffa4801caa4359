"""Notes for Zotero: one RIS record for each article, with a note in HTML for each annotation.

Zotero takes such a file in as items with child notes and gives it out again in the same shape. The annotation
travels in the note, in an attribute of the quotation; where that was lost, quotation and comment are read.
"""

import html
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Final
from urllib.parse import quote, unquote

from reader.annotations.annotation import Annotation, Target
from reader.annotations.exchange.material import LARGEST, Material, carried, quotation_of
from reader.annotations.identity import id_for
from reader.annotations.w3c import to_json
from reader.text.clean import clean, clean_line

_LINE: Final = re.compile(r"([A-Z][A-Z0-9])  - ?(.*)")
_DATA: Final = "data-deskreader"
_QUOTES: Final = "“”\"'‘’«»"
_BREAKING: Final = frozenset({"p", "div", "br", "blockquote", "li", "h1", "h2", "h3"})


def write(annotations: list[Annotation], material: Material) -> bytes:
    """The annotations, by the article of their first quotation."""
    articles: dict[str, list[Annotation]] = {}
    for annotation in annotations:
        articles.setdefault(quotation_of(annotation).source, []).append(annotation)
    lines: list[str] = []
    for article, notes in articles.items():
        source = material.source_of(article)
        fields = [("TY", "NEWS"), ("TI", source.title if source and source.title else article)]
        if source:
            fields += [("AU", author) for author in source.authors]
            fields += [("T2", source.outlet), ("DA", source.published.replace("-", "/")), ("UR", source.url)]
        fields += [("AN", article)]
        fields += [("KW", tag) for tag in dict.fromkeys(tag for note in notes for tag in note.tags)]
        fields += [("N1", _note(note, material)) for note in notes]
        lines += [f"{key}  - {' '.join(value.split())}" for key, value in fields if value]
        lines += ["ER  - ", ""]
    return "\r\n".join(lines).encode("utf-8", "replace")


def read(data: bytes, article_of: Callable[[str], str | None]) -> tuple[Annotation, ...] | None:
    """The annotations in the notes of an RIS file; None where it is none."""
    if len(data) > LARGEST or not re.match(rb"(\xef\xbb\xbf)?\s*TY  - ", data[:200]):
        return None
    found: list[Annotation] = []
    for record in _records(data.decode("utf-8-sig", "replace")):
        address = next(iter(record.get("UR", [])), "")
        title = next(iter(record.get("TI", record.get("T1", []))), "")
        named = next(iter(record.get("AN", [])), "")
        article = article_of(address) or article_of(title) or clean_line(named or address or title, 4000)
        for number, note in enumerate(record.get("N1", [])):
            found += _annotations(note, article, number, tuple(map(clean_line, record.get("KW", []))))
    return tuple(found)


def _note(annotation: Annotation, material: Material) -> str:
    target = quotation_of(annotation)
    data = quote(json.dumps(to_json(annotation), ensure_ascii=False, sort_keys=True), safe="")
    where = f", characters {target.span.start}–{target.span.end}" if target.span else ""
    cited = html.escape(material.citation(target.source) + where)
    said = html.escape(target.exact).replace("\n", "<br/>")
    paragraphs = [html.escape(part).replace("\n", "<br/>") for part in annotation.note.split("\n\n")]
    body = "".join(f"<p>{part}</p>" for part in paragraphs if part.strip())
    return f'<blockquote {_DATA}="{data}"><p>“{said}”</p></blockquote><p><cite>{cited}</cite></p>{body}'


def _records(text: str) -> list[dict[str, list[str]]]:
    records: list[dict[str, list[str]]] = [{}]
    values: list[str] = []
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match and match.group(1) == "ER":
            records.append({})
            values = []
        elif match:
            values = records[-1].setdefault(match.group(1), [])
            values.append(match.group(2))
        elif values and line.strip():
            values[-1] += "\n" + line
    return [record for record in records if record]


class _Reader(HTMLParser):
    """Quotations (block quotes, Zotero's highlights) of a note, each with the words that follow it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str | None, list[str], list[str]]] = [(None, [], [])]
        self._within: str | None = None
        self._cited = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a quotation or a citation; break the line."""
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if self._within is None and (tag == "blockquote" or (tag == "span" and "highlight" in classes)):
            self.found.append((given.get(_DATA), [], []))
            self._within = tag
        elif tag == "cite" or "citation" in classes or self._cited:
            self._cited += tag not in ("br", "img", "hr")
        if tag in _BREAKING:
            self._put("\n" if tag == "br" else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        if self._cited:
            self._cited -= 1
        elif tag == self._within:
            self._within = None

    def handle_data(self, data: str) -> None:
        """Words of the quotation, or of what is said about it."""
        if not self._cited:
            self._put(data)

    def _put(self, text: str) -> None:
        _, quoted, said = self.found[-1]
        (quoted if self._within else said).append(text)


def _annotations(note: str, article: str, number: int, tags: tuple[str, ...]) -> list[Annotation]:
    reader = _Reader()
    reader.feed(note)
    reader.close()
    found: list[Annotation] = []
    for data, quoted, said in reader.found:
        words, exact = _text(said), _text(quoted).strip(_QUOTES)
        whole = carried(_json(data), note=words) if data else None
        if whole is not None:
            found.append(whole)
        elif words or exact:
            identity = id_for(f"zotero:{article}:{number}:{len(found)}:{exact}:{words}")
            found.append(Annotation(identity, "", "", "", (Target(article, exact=exact),), words, tags))
    return found


def _text(parts: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", clean("".join(parts))).strip()


def _json(data: str) -> object:
    try:
        return json.loads(unquote(data))
    except (ValueError, RecursionError):
        return None
