"""REFI-QDA projects (`.qdpx`), as QualCoder, ATLAS.ti, MAXQDA and NVivo exchange them.

An archive of `project.qde` (XML: users, codes, sources with coded selections, notes) and the texts under
`Sources/`. Tags are codes, passages plain text selections in code points, notes notes. `deskreader.json` holds
the annotations whole; other programs pass it over.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from reader.annotations.annotation import Annotation, Target
from reader.annotations.codebook import Code, Codebook
from reader.annotations.exchange import pages
from reader.annotations.exchange.guarded import members, xml
from reader.annotations.exchange.material import Material, NotReadable
from reader.annotations.identity import digest, id_for, is_id
from reader.annotations.w3c import dumps, page
from reader.text.clean import clean, clean_line
from reader.text.span import Span

_SPACE: Final = "urn:QDA-XML:project:1.0"
_WHOLE: Final = "deskreader.json"
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_CONTEXT: Final = 64
_COLOURS: Final = {
    "yellow": "#ffd75f",
    "green": "#87d787",
    "red": "#ff5f5f",
    "blue": "#5f87ff",
    "magenta": "#d787d7",
    "cyan": "#5fd7d7",
    "white": "#eeeeee",
}
_NAMED: Final = {value: name for name, value in _COLOURS.items()}


def write(annotations: list[Annotation], material: Material) -> bytes:
    """The annotations with their texts as one project."""
    project = Element("Project", xmlns=_SPACE, name="Deskreader", origin="Deskreader")
    creators = dict.fromkeys(annotation.creator or "unknown" for annotation in annotations)
    users = SubElement(project, "Users")
    for creator in creators:
        SubElement(users, "User", guid=_user(creator), name=_legal(creator))
    _write_codes(project, annotations, material.codebook)
    sources, files = SubElement(project, "Sources"), {}
    for article, text, passages in _texts(annotations, material):
        guid = id_for(f"source:{article}:{text}")
        files[f"Sources/{guid}.txt"] = text.encode("utf-8", "replace")
        known = material.source_of(article)
        name = known.title if known and known.title else article
        source = SubElement(sources, "TextSource", guid=guid, name=_legal(name), plainTextPath=f"internal://{guid}.txt")
        SubElement(source, "Description").text = _legal(article)
        for number, annotation, span in passages:
            _select(source, number, annotation, span, text)
    noted = [annotation for annotation in annotations if annotation.note]
    notes = SubElement(project, "Notes") if noted else None
    for annotation in noted:
        attributes = {"guid": _note(annotation), "name": _legal(annotation.note)[:80], **_made(annotation)}
        assert notes is not None
        content = SubElement(SubElement(notes, "Note", attributes), "PlainTextContent")
        content.text = _legal(annotation.note, lines=True)
    files["project.qde"] = b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(project, "utf-8")
    files[_WHOLE] = dumps(page(annotations))
    return _archive(files)


def read(data: bytes, article_of: Callable[[str], str | None]) -> tuple[Annotation, ...] | None:
    """The annotations of a project; None where the data is no archive. Raises `NotReadable`."""
    if not data.startswith(b"PK"):
        return None
    files = members("project", data)
    if _WHOLE in files:
        found = pages.read(files[_WHOLE], article_of)
        if found is not None:
            return found
    project = next((name for name in files if name.lower().endswith(".qde")), None)
    if project is None:
        raise NotReadable("project", "the archive holds no project.qde")
    root = xml(project, files[project])
    codes = {code.get("guid", ""): code.get("name", "") for code in root.iter("Code")}
    users = {user.get("guid", ""): user.get("name", "") for user in root.iter("User")}
    notes = {note.get("guid", ""): _content(note, files) for note in root.iter("Note")}
    found_here: list[Annotation] = []
    for source in root.iter():
        selections = source.findall("PlainTextSelection")
        if not selections:
            continue
        text, name = _content(source, files), source.get("name", "")
        article = article_of(name) or clean_line(source.findtext("Description") or name, 4000)
        for selection in selections:
            creator = users.get(selection.get("creatingUser", ""), "")
            found_here.append(_selected(selection, creator, _passage(selection, article, text), codes, notes))
    return tuple(found_here)


def codes(data: bytes) -> Codebook:
    """The codes of a project with their definitions, colours and parents. Raises `NotReadable`."""
    files = members("project", data)
    project = next((name for name in files if name.lower().endswith((".qde", ".qdc"))), None)
    if project is None:
        raise NotReadable("project", "the archive holds no project.qde")
    book = Codebook()
    waiting = [(code, "") for part in xml(project, files[project]).iter("Codes") for code in part.findall("Code")]
    while waiting:
        code, parent = waiting.pop(0)
        name = clean_line(code.get("name", ""))
        if name:
            definition = code.findtext("Description") or ""
            book = book.put(Code(name, definition, _NAMED.get(code.get("color", "").lower(), ""), parent))
        waiting += [(child, name or parent) for child in code.findall("Code")]
    return book


def _write_codes(project: Element, annotations: list[Annotation], book: Codebook) -> None:
    used = dict.fromkeys(tag for annotation in annotations for tag in annotation.tags)
    tree = list(book.tree(used))
    if not tree:
        return
    above = [SubElement(SubElement(project, "CodeBook"), "Codes")]
    for code, depth in tree:
        attributes = {"guid": _code(code.name), "name": _legal(code.name), "isCodable": "true"}
        if code.colour in _COLOURS:
            attributes["color"] = _COLOURS[code.colour]
        element = SubElement(above[depth], "Code", attributes)
        if code.definition:
            SubElement(element, "Description").text = _legal(code.definition, lines=True)
        above[depth + 1 :] = [element]


def _texts(
    annotations: list[Annotation], material: Material
) -> Iterator[tuple[str, str, list[tuple[int, Annotation, Span]]]]:
    """Each article's text with the passages in it; where no text is known, the quotations one below the other."""
    known: dict[tuple[str, str], list[tuple[int, Annotation, Target]]] = {}
    for annotation in annotations:
        for number, target in enumerate(annotation.targets):
            known.setdefault((target.source, target.text_sha256), []).append((number, annotation, target))
    for (article, sha256), held in known.items():
        text = material.text_of(sha256) if sha256 else None
        whole = text if text is not None and not _ILLEGAL.search(text) else None
        passages: list[tuple[int, Annotation, Span]] = []
        pieces, length = [], 0
        for number, annotation, target in held:
            if whole is not None and target.span and target.stands_in(whole):
                passages.append((number, annotation, target.span))
            elif whole is None and target.exact:
                quote = _legal(target.exact, lines=True)
                passages.append((number, annotation, Span(length, length + len(quote))))
                pieces.append(quote)
                length += len(quote) + 2
            elif whole:
                passages.append((number, annotation, Span(0, len(whole))))
        yield article, whole if whole is not None else "\n\n".join(pieces), passages


def _select(source: Element, number: int, annotation: Annotation, span: Span, text: str) -> None:
    attributes = {
        "guid": annotation.id if not number else id_for(f"{annotation.id}:{number}"),
        "name": _legal(span.of(text))[:80],
        "startPosition": str(span.start),
        "endPosition": str(span.end),
        **_made(annotation),
    }
    selection = SubElement(source, "PlainTextSelection", attributes)
    for tag in annotation.tags:
        coding = SubElement(
            selection, "Coding", {"guid": id_for(f"{annotation.id}:{number}:{tag}"), **_made(annotation)}
        )
        SubElement(coding, "CodeRef", targetGUID=_code(tag))
    if annotation.note:
        SubElement(selection, "NoteRef", targetGUID=_note(annotation))


def _passage(selection: Element, article: str, text: str) -> Target:
    start, end = selection.get("startPosition", ""), selection.get("endPosition", "")
    if not (start.isdecimal() and end.isdecimal() and len(start + end) < 20):
        return Target(article, exact=clean(selection.get("name", "")))
    first, last = int(start), int(end)
    if not first < last <= len(text):
        return Target(article, exact=clean(selection.get("name", "")))
    span = Span(first, last)
    prefix, suffix = text[max(0, first - _CONTEXT) : first], text[last : last + _CONTEXT]
    same = clean(text) == text
    return Target(
        article,
        digest(text.encode()) if same else "",
        span if same else None,
        clean(span.of(text)),
        clean(prefix),
        clean(suffix),
    )


def _selected(
    selection: Element, creator: str, target: Target, codes: dict[str, str], notes: dict[str, str]
) -> Annotation:
    guid = selection.get("guid", "").lower()
    said = [notes.get(one.get("targetGUID", ""), "") for one in selection.iter("NoteRef")]
    said.insert(0, selection.findtext("Description") or "")
    named = (clean_line(codes.get(one.get("targetGUID", ""), "")) for one in selection.iter("CodeRef"))
    created = clean_line(selection.get("creationDateTime", ""), 64)
    return Annotation(
        id=guid if is_id(guid) else id_for("qdpx:" + repr((target.source, target.span, target.exact, guid))),
        creator=clean_line(creator),
        created=created,
        modified=clean_line(selection.get("modifiedDateTime", ""), 64) or created,
        targets=(target,),
        note=clean("\n\n".join(filter(None, said))),
        tags=tuple(dict.fromkeys(filter(None, named))),
    )


def _content(element: Element, files: dict[str, bytes]) -> str:
    """The text that an element holds or names."""
    inline = element.findtext("PlainTextContent")
    if inline is not None:
        return inline
    name = element.get("plainTextPath", "").removeprefix("internal://")
    data = next((files[f"{folder}/{name}"] for folder in ("Sources", "sources") if f"{folder}/{name}" in files), b"")
    return data.decode("utf-8-sig", "replace")


def _made(annotation: Annotation) -> dict[str, str]:
    made = {"creatingUser": _user(annotation.creator or "unknown")}
    if _STAMP.fullmatch(annotation.created):
        made["creationDateTime"] = annotation.created
    if _STAMP.fullmatch(annotation.modified):
        made["modifiedDateTime"] = annotation.modified
    return made


def _legal(text: str, lines: bool = False) -> str:
    legal = _ILLEGAL.sub("\ufffd", text)
    return legal if lines else " ".join(legal.split())


def _user(creator: str) -> str:
    return id_for(f"user:{creator}")


def _code(tag: str) -> str:
    return id_for(f"code:{tag}")


def _note(annotation: Annotation) -> str:
    return id_for(f"note:{annotation.id}")


def _archive(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
