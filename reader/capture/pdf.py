"""PDF: the text of every page, broken lines joined into paragraphs, running heads told apart."""

import io
import logging
import re
from collections import Counter
from typing import Any, Final

from reader.capture.article import Kind
from reader.capture.document import Document, Line
from reader.capture.source import (
    LINE_LIMIT,
    CaptureError,
    Facts,
    Parsed,
    Source,
    add_fact,
    frozen,
    missing,
    too_many_lines,
)

PAGE_LIMIT: Final = 3_000
_ADVICE: Final = "Print it again as PDF, or copy its text into a file"
_END: Final = re.compile(r"[.!?:…。؟][\"'”’»)\]]*$")
_FILE_NAME: Final = re.compile(
    r"(?i)microsoft (?:word|powerpoint|excel) - |untitled|.*\.(?:docx?|odt|rtf|indd|qxp?d?|pdf|html?|tex|txt)$"
)
"""What programs call a document that its writer gave no title."""
_ITEM: Final = re.compile(r"^\s*(?:[•▪‣–*-]|\d{1,3}[.)]|\(?[a-z][.)])\s")


def parse(source: Source) -> Parsed | None:
    """A PDF, by its first bytes. Raises CaptureError where its library is missing, for encrypted and damaged files."""
    if b"%PDF-" not in source.data[:1024]:
        return None
    try:
        import pypdf
    except ImportError:
        raise missing("PDF", "pdf") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it logs of damaged files would land on the screen
    try:
        reader = pypdf.PdfReader(io.BytesIO(source.data))
        if reader.is_encrypted and not _opens(reader):
            raise CaptureError("This PDF is encrypted", "Save a copy without its password")
        if len(reader.pages) > PAGE_LIMIT:
            raise CaptureError(f"This PDF has more than {PAGE_LIMIT:,} pages", "Split it into parts")
        pages, lost = _pages(reader)
        facts = _facts(reader.metadata)
    except (CaptureError, MemoryError):
        raise
    except Exception as error:  # the library raises whatever a damaged file provokes
        reason = f"This PDF is damaged or cut short ({type(error).__name__})"
        raise CaptureError(reason, _ADVICE) from None
    stated = facts["title"][0][0].casefold() if facts.get("title") else ""
    lines = _lines(pages)
    for number, line in enumerate(lines):
        if line.text.casefold() == stated:
            lines[number] = Line(line.text, Kind.TITLE, "title of the PDF")
    if not lines:
        raise lost or CaptureError("This PDF holds pictures of text and no"
                           " text", "Run it through text recognition first")
    return Parsed("pdf", "utf-8", (Document(tuple(lines), frozen(facts)),), lost)


def _pages(reader: Any) -> tuple[list[list[str]], CaptureError | None]:
    """The lines of every page; one that cannot be read is left out and named."""
    pages: list[list[str]] = []
    broken: list[int] = []
    for number, page in enumerate(reader.pages, 1):
        try:
            pages.append((page.extract_text() or "").splitlines())
        except MemoryError:
            raise
        except Exception:  # the library raises whatever a damaged page provokes
            broken.append(number)
    if not broken:
        return pages, None
    which = f"Page {broken[0]:,}" if len(broken) == 1 else f"{len(broken):,} pages, the first of them {broken[0]:,},"
    return pages, CaptureError(f"{which} of this PDF cannot be read", _ADVICE)


def _opens(reader: Any) -> bool:
    """Whether the empty password opens a PDF; a cipher that is not installed counts as closed."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # the library raises whatever a damaged key provokes
        return False


def _facts(metadata: Any) -> Facts:
    facts: Facts = {}
    if metadata is None:
        return facts
    title = metadata.get("/Title")
    add_fact(facts, "title", "" if _FILE_NAME.match(str(title)) else title, "PDF metadata")
    author = metadata.get("/Author")
    if isinstance(author, str):
        add_fact(facts, "authors", "\n".join(part.strip() for part in re.split(r"[;\n]", author)), "PDF metadata")
    created = re.match(r"D?:?(\d{4})(\d\d)(\d\d)", str(metadata.get("/CreationDate") or ""))
    if created:
        add_fact(facts, "made", "-".join(created.groups()), "creation date of the PDF")
    return facts


def _lines(pages: list[list[str]]) -> list[Line]:
    if sum(map(len, pages)) > LINE_LIMIT:
        raise too_many_lines()
    edges = Counter(_edge(page[i]) for page in pages for i in _edges(page))
    wide = sorted(len(line.rstrip()) for page in pages for line in page if line.strip())
    width = wide[int(len(wide) * 0.8)] if wide else 0
    made: list[Line] = []
    paragraph = ""
    for page in pages:
        for number, line in enumerate(page):
            text = line.strip()
            running = len(pages) > 2 and edges[_edge(line)] > 2 and number in _edges(page)
            if running and text:
                made.append(Line(text, Kind.BOILERPLATE, "running head of the pages", confidence=0.9))
            elif not text or _ITEM.match(line):
                made, paragraph = _flushed(made, paragraph), text
            else:
                paragraph = _joined(paragraph, text)
                if len(text) < 0.75 * width:
                    made, paragraph = _flushed(made, paragraph), ""
        if paragraph and (_END.search(paragraph[-10:]) or len(paragraph) < 0.75 * width):
            made, paragraph = _flushed(made, paragraph), ""
    return _flushed(made, paragraph)


def _flushed(made: list[Line], paragraph: str) -> list[Line]:
    if paragraph:
        made.append(Line(paragraph))
    return made


def _joined(paragraph: str, text: str) -> str:
    """A paragraph with its next line; a word divided at the line's end is made whole."""
    if paragraph.endswith("\u00ad") or (re.search(r"[a-zà-ÿ]-$", paragraph[-2:]) and text[:1].islower()):
        return paragraph[:-1] + text
    return f"{paragraph} {text}" if paragraph else text


def _edges(page: list[str]) -> set[int]:
    """The indices of the lines at the top and the bottom of a page: two each, on a short page one."""
    count = 2 if len(page) > 7 else 1
    return {*range(min(count, len(page))), *range(max(0, len(page) - count), len(page))}


def _edge(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split())).casefold()
