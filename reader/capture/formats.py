"""The ordered registry of formats: bytes to the articles that they hold."""

from typing import Final

from reader.capture import docx, epub, exports, feeds, html, mail, markdown, pdf, plain, warc
from reader.capture.source import LINE_LIMIT, CaptureError, Parsed, Parser, Source, too_many_lines

__all__ = ["FORMATS", "CaptureError", "Parsed", "parse"]

FORMATS: Final[tuple[tuple[str, Parser], ...]] = (
    ("PDF", pdf.parse),
    ("EPUB", epub.parse),
    ("DOCX", docx.parse),
    ("web archive", warc.parse),
    ("saved page", mail.parse_page),
    ("mail", mail.parse),
    ("feed", feeds.parse),
    ("bookmarks", exports.parse_bookmarks),
    ("table", exports.parse_table),
    ("RIS", exports.parse_ris),
    ("HTML", html.parse),
    ("Markdown", markdown.parse),
    ("JSON", exports.parse_json),
    ("text", plain.parse),
)
"""Each format's readable name and parser, the surest to tell first; plain text takes what no other wants."""

_KNOWN: Final = (
    (b"PK\x03\x04", "a zip archive", "Unpack it into the folder"),
    (b"\x1f\x8b", "a compressed file", "Unpack it into the folder"),
    (b"{\\rtf", "a document in RTF", "Save it as DOCX or PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "Save it as DOCX or PDF"),
    (b"\x89PNG", "a picture", "Save the page as text or HTML"),
    (b"\xff\xd8\xff", "a picture", "Save the page as text or HTML"),
    (b"GIF8", "a picture", "Save the page as text or HTML"),
    (b"bplist00", "a binary web archive of Safari", "Save the page as HTML"),
    (b"SQLite format 3", "a database", "Export its articles as CSV or JSON"),
    (b"Rar!", "an archive", "Unpack it into the folder"),
    (b"7z\xbc\xaf", "an archive", "Unpack it into the folder"),
)


def parse(name: str, data: bytes, encoding: str | None = None) -> Parsed:
    """The articles in `data`, whose file is called `name`; `encoding` is the analyst's choice and wins.

    Raises CaptureError, with the reason and what to do, for bytes that cannot be read as an article.
    """
    source = Source(name, data, encoding)
    for title, parser in FORMATS:
        if parser is plain.parse:
            _refuse_known(data)
        try:
            parsed = parser(source)
        except RecursionError:
            reason = f"This {title} is nested too deeply"
            raise CaptureError(reason, "Capture the page again as plain text") from None
        except MemoryError:
            reason = f"This {title} needs more memory than there is"
            raise CaptureError(reason, "Split the file into parts") from None
        if parsed is not None:
            if any(len(document.lines) > LINE_LIMIT for document in parsed.documents):
                raise too_many_lines()
            return parsed
    raise CaptureError("The file is of no format known here", "Save the page as text or HTML")


def _refuse_known(data: bytes) -> None:
    for mark, what, advice in _KNOWN:
        if data.startswith(mark):
            raise CaptureError(f"The file is {what}", advice)
