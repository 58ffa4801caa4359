"""WARC web archives: every page in them is an article, known again by its address."""

import hashlib
import re
import zlib
from collections.abc import Iterator
from typing import Final

from reader.capture import html
from reader.capture.archive import TOTAL_LIMIT, unpacked
from reader.capture.article import Kind
from reader.capture.decode import decode
from reader.capture.document import Document, Line
from reader.capture.plain import lines_of
from reader.capture.source import (
    ARTICLE_LIMIT,
    LINE_LIMIT,
    CaptureError,
    Facts,
    Parsed,
    Source,
    add_fact,
    frozen,
    unique_fragments,
)

RECORD_LIMIT: Final = 20_000_000
"""Bytes of one page in an archive."""

_GZIP: Final = 16 + zlib.MAX_WBITS
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w:.-]+)", re.I)
_HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
_PAGE: Final = re.compile(rb"\s*<(?:!doctype html|html|head|body)", re.I)
_PAGE_TYPES: Final = ("text/html", "application/xhtml+xml")


def parse(source: Source) -> Parsed | None:
    """A web archive, plain or compressed record by record."""
    data = source.data
    if data[:2] == b"\x1f\x8b":
        if source.extension not in ("gz", "warc", "wet") or not _begins(data):
            return None
        data, whole = _inflated(data)
    else:
        whole = True
    if not data.startswith(b"WARC/"):
        return None
    pages: list[tuple[str, Document]] = []
    lost = None if whole else _cut_short()
    try:
        for page in _pages(data, source.encoding):
            pages.append(page)
    except CaptureError as error:
        if not pages:
            raise
        lost = error
    if not pages:
        raise lost or CaptureError("This web archive holds no pages of text", "Capture the pages again")
    if len(pages) > ARTICLE_LIMIT:
        raise CaptureError(f"This web archive holds more than {ARTICLE_LIMIT:,} pages", "Split it")
    names = unique_fragments(hashlib.sha256(address.encode()).hexdigest()[:12] for address, _ in pages)
    documents = (Document(page.lines, page.facts, name) for (_, page), name in zip(pages, names, strict=True))
    return Parsed("warc", "as each page declares", tuple(documents), lost)


def _cut_short() -> CaptureError:
    return CaptureError("This web archive is cut short", "Download it again")


def _begins(data: bytes) -> bool:
    try:
        return zlib.decompressobj(_GZIP).decompress(data[:4096], 16).startswith(b"WARC/")
    except zlib.error:
        return False


def _inflated(data: bytes) -> tuple[bytes, bool]:
    """The records unpacked, and whether the last of them is whole."""
    parts: list[bytes] = []
    left = TOTAL_LIMIT
    whole = True
    while data[:2] == b"\x1f\x8b" and left > 0:
        part, data, whole = unpacked(data, _GZIP, left)
        parts.append(part)
        left -= len(part)
    if left <= 0:
        raise CaptureError(f"This web archive unpacks to more than {TOTAL_LIMIT:,} bytes", "Split it")
    return b"".join(parts), whole


def _records(data: bytes) -> Iterator[tuple[dict[str, str], bytes]]:
    position = 0
    while (start := data.find(b"WARC/", position)) >= 0:
        blank = data.find(b"\r\n\r\n", start)
        if blank < 0:
            raise _cut_short()
        headers = _headers(data[start:blank])
        try:
            length = max(0, int(headers.get("content-length", "")))
        except ValueError:
            raise CaptureError("This web archive has a record without a"
                               " length", "Download it again") from None
        block = data[blank + 4 : blank + 4 + length]
        if len(block) < length:
            raise _cut_short()
        yield headers, block
        position = blank + 4 + length


def _headers(data: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in data.decode("utf-8", "replace").splitlines()[1:2000]:
        name, colon, value = line.partition(":")
        if colon:
            found[name.strip().lower()] = value.strip()
    return found


def _pages(data: bytes, encoding: str | None) -> Iterator[tuple[str, Document]]:
    for headers, block in _records(data):
        kind = headers.get("warc-type", "").lower()
        address = headers.get("warc-target-uri", "").strip("<>")
        facts: Facts = {}
        add_fact(facts, "url", address if address.startswith("http") else "", "address in the web archive")
        if kind == "conversion":
            yield address, Document(lines_of(decode(block, None, encoding).text), frozen(facts))
        elif kind in ("response", "resource"):
            page = _page(kind, headers, block, encoding, facts)
            if page is not None:
                yield address, page


def _page(kind: str, headers: dict[str, str], block: bytes, encoding: str | None, facts: Facts) -> Document | None:
    """The article in a record, or None for a picture, a script, an error page or a redirection."""
    if kind == "response":
        head, body = (*_HEAD_END.split(block, maxsplit=1), b"")[:2]
        status = re.match(rb"HTTP/\S+ (\d+)", head)
        if not status or status[1] != b"200":
            return None
        headers = _headers(head)
    else:
        body = block
    media = headers.get("content-type", "").lower() or ("text/html" if _PAGE.match(body) else "")
    if not media.startswith((*_PAGE_TYPES, "text/plain")):
        return None
    decoded_body = _decoded(body, headers)
    if decoded_body is None:
        note = f"This page is stored as {headers.get('content-encoding')}, which cannot be read here."
        return Document((Line(note, Kind.BOILERPLATE, "unreadable page"),), frozen(facts))
    match = _CHARSET.search(media)
    text = decode(decoded_body, (match[1] if match else None) or html.charset(decoded_body), encoding).text
    if text.count("\n") > LINE_LIMIT or len(decoded_body) > RECORD_LIMIT:
        note = "This page is too large to be read here."
        return Document((Line(note, Kind.BOILERPLATE, "unreadable page"),), frozen(facts))
    return html.document(text, facts) if media.startswith(_PAGE_TYPES) else Document(lines_of(text), frozen(facts))


def _decoded(body: bytes, headers: dict[str, str]) -> bytes | None:
    """The body of a response as it was sent before transfer; None for an encoding that is not known here."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    for name in reversed(headers.get("content-encoding", "").lower().replace(" ", "").split(",")):
        if name in ("gzip", "x-gzip") and body[:2] == b"\x1f\x8b":
            body = unpacked(body, _GZIP, RECORD_LIMIT)[0]
        elif name == "deflate":
            body = unpacked(body, zlib.MAX_WBITS if body[:1] == b"\x78" else -zlib.MAX_WBITS, RECORD_LIMIT)[0]
        elif name in ("br", "zstd"):
            return None
    return body


def _unchunked(body: bytes) -> bytes:
    parts: list[bytes] = []
    position = 0
    while (end := body.find(b"\r\n", position)) >= 0:
        match = re.match(rb"\s*([0-9a-fA-F]{1,8})", body[position:end])
        if not match:
            return body if not parts else b"".join(parts)  # some archivers name the encoding and undo it
        size = int(match[1], 16)
        if size == 0:
            break
        parts.append(body[end + 2 : end + 2 + size])
        position = end + 2 + size + 2
    return b"".join(parts) or (b"" if body[:1] == b"0" else body)
