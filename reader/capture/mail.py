"""Mail: single messages, mailboxes, and web pages that a browser saved as one (MHTML)."""

import hashlib
import re
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from typing import Final

from reader.capture import html
from reader.capture.article import Kind
from reader.capture.decode import decode
from reader.capture.document import Document, Line, supposed
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
from reader.capture.unwrap import unwrapped

PART_LIMIT: Final = 2_000
_HEADER_LIMIT: Final = 10_000
_HEADERS: Final = re.compile(
    r"^(from|to|subject|date|mime-version|message-id|received|return-path|delivered-to|reply-to|content-type"
    r"|x-[\w-]+|dkim-signature|snapshot-content-location|list-[\w-]+|cc|sender):[ \t]?.*$",
    re.M,
)
_FIRST: Final = re.compile(r"[a-z][a-z0-9-]{1,60}:[ \t]?[^\n]*\r?\n([a-z][a-z0-9-]{1,60}:|[ \t])")
_ENVELOPE: Final = re.compile(rb"^From \S+[^\n]*\d{4}[^\n]*\r?\n(?=[A-Za-z][A-Za-z0-9-]{1,60}:)", re.M)
_NESTING: Final = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.I | re.M)


def parse_page(source: Source) -> Parsed | None:
    """A page saved with its pictures; the other parts are left aside, as a browser would only draw them."""
    if not _is_mail(source) or b"multipart/related" not in source.head.lower():
        return None
    message = _message(source.data)
    location = message.get("Snapshot-Content-Location") or ""
    if source.extension not in ("mht", "mhtml") and not location:
        return None
    facts: Facts = {}
    part = next((one for one in _parts(message) if one.get_content_type() in html_types), None)
    if part is None:
        raise CaptureError("This MHTML holds no page", "Save the page again, as HTML")
    address = _header(message, "Snapshot-Content-Location") or _header(part, "Content-Location")
    if re.match(r"https?://", address):
        add_fact(facts, "url", address, "address it was saved from")
    inner = Source(source.name, _payload(part), source.encoding, part.get_content_charset())
    inner = Source(inner.name, inner.data, inner.encoding, inner.declared or html.charset(inner.data))
    return Parsed("mhtml", inner.encoding_name, (html.document(inner.text, facts),), _lost("page", [message]))


html_types: Final = frozenset({"text/html", "application/xhtml+xml"})


def parse(source: Source) -> Parsed | None:
    """One message, or each message of a mailbox as an article of its own."""
    if source.head.startswith(b"From ") and _ENVELOPE.match(source.data[:2000]):
        return _mailbox(source)
    if not _is_mail(source):
        return None
    message = _message(source.data)
    document, encoding = _document(message, source, "")
    return Parsed("mail", encoding, (document,), _lost("message", [message]))


def _is_mail(source: Source) -> bool:
    opening = source.opening
    named = source.extension in ("eml", "mht", "mhtml", "mbox")
    if not named and not _FIRST.match(opening):
        return False
    found = {match[1] for match in _HEADERS.finditer(opening.replace("\r\n", "\n").split("\n\n", 1)[0])}
    if named:
        return len(found) > 1
    sure = found & {"mime-version", "message-id", "received", "return-path", "delivered-to", "dkim-signature"}
    return bool(sure) and len(found) > 2


def _message(data: bytes) -> Message:
    if len(_NESTING.findall(data)) > PART_LIMIT:
        raise CaptureError(f"This message has more than {PART_LIMIT:,} parts", "Save its text by hand")
    if data.count(b"\n") > 2 * LINE_LIMIT:
        raise CaptureError(f"This message has more than {2 * LINE_LIMIT:,} lines", "Save its text by hand")
    return message_from_bytes(data, policy=policy.compat32)


def _mailbox(source: Source) -> Parsed:
    starts = [match.end() for match in _ENVELOPE.finditer(source.data)]
    ends = [*[match.start() for match in _ENVELOPE.finditer(source.data)][1:], len(source.data)]
    if len(starts) > ARTICLE_LIMIT:
        raise CaptureError(f"This mailbox holds more than {ARTICLE_LIMIT:,} messages", "Split it")
    messages = [_message(source.data[start:end]) for start, end in zip(starts, ends, strict=True)]
    fragments = unique_fragments(
        _key(message, source.data[start:end]) for message, start, end in zip(messages, starts, ends, strict=True)
    )
    made = [_document(message, source, name) for message, name in zip(messages, fragments, strict=True)]
    lost = _lost("mailbox", messages)
    return Parsed("mailbox", made[0][1], tuple(document for document, _ in made), lost)


def _lost(what: str, messages: list[Message]) -> CaptureError | None:
    """What to say of a file in which a message ends before its last part does."""
    cut = any(isinstance(defect, CloseBoundaryNotFoundDefect) for one in messages for defect in one.defects)
    return CaptureError(f"This {what} is cut short", "Save or export it again") if cut else None


def _key(message: Message, data: bytes) -> str:
    name = _header(message, "Message-ID").encode("utf-8", "replace") or data
    return hashlib.sha256(name).hexdigest()[:12]


def _document(message: Message, source: Source, fragment: str) -> tuple[Document, str]:
    facts: Facts = {}
    lines: list[Line] = []
    subject, sender = _header(message, "Subject"), _header(message, "From")
    names = [name or address for name, address in getaddresses([sender]) if name or address]
    add_fact(facts, "title", re.sub(r"(?i)^((re|fwd?|aw|wg|tr)\s*:\s"
                                    r"*)+", "", subject), "subject of the message")
    add_fact(facts, "authors", "\n".join(names), "sender of the message")
    add_fact(facts, "published", _header(message, "Date"), "date of the message")
    for name, kind in (
        ("Subject", Kind.TITLE),
        ("From", Kind.BYLINE),
        ("Date", Kind.DATE),
        ("To", Kind.BOILERPLATE),
        ("Cc", Kind.BOILERPLATE),
    ):
        if value := _header(message, name):
            lines.append(Line(value if name == "Subject" else f"{name}: {value}", kind, "header of the message"))
    plain = [part for part in _parts(message) if part.get_content_type() == "text/plain"]
    rich = [part for part in _parts(message) if part.get_content_type() in html_types]
    encoding = "utf-8"
    for part in plain or rich:
        decoded = decode(_payload(part), part.get_content_charset(), source.encoding)
        encoding = f"{decoded.encoding} (guess)" if decoded.guessed else decoded.encoding
        lines.append(Line(""))
        lines += _plain(decoded.text) if part in plain else html.fragment_lines(decoded.text)
    return Document(tuple(lines), frozen(facts), fragment), encoding


def _plain(text: str) -> list[Line]:
    lines: list[Line] = []
    signed = False
    for line in unwrapped(text.splitlines()):
        signed = signed or line.rstrip("\r\n") in ("-- ", "--")
        if signed and line.strip():
            lines.append(Line(line, Kind.BOILERPLATE, "signature"))
        else:
            lines += supposed([line.removeprefix(">") if line.startswith(">From ") else line])
    return lines


def _parts(message: Message) -> list[Message]:
    return [
        part for part in message.walk() if not part.is_multipart() and part.get_content_disposition() != "attachment"
    ][:PART_LIMIT]


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, AssertionError, LookupError):
        payload = None
    if isinstance(payload, bytes):
        return payload
    raw = part.get_payload()
    return raw.encode("utf-8", "replace") if isinstance(raw, str) else b""


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    value = value[:_HEADER_LIMIT] if isinstance(value, str) else value
    try:
        text = str(make_header(decode_header(value)))
    except (ValueError, LookupError, UnicodeError, AssertionError, AttributeError, TypeError, IndexError):
        text = str(value)
    if any("\udc80" <= character <= "\udcff" for character in text):
        text = decode(text.encode("utf-8", "surrogateescape")).text
    return " ".join(text.split())
