"""Mail: single messages, mailboxes, and web pages that a browser saved as one (MHTML)."""

import codecs
import hashlib
import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from typing import Final

from reader.capture import html
from reader.capture.article import Kind
from reader.capture.decode import Decoded, decode
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
_FLOWS: Final = re.compile(r"(?<!^--) \r?\n(?=[^\r\n>])", re.M)
"""Where a line of a text that may flow goes on in the next."""
_NESTING: Final = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.I | re.M)


def parse_page(source: Source) -> Parsed | None:
    """A page saved with its pictures; the other parts are left aside, as a browser would only draw them."""
    saved = source.extension in ("mht", "mhtml")
    if not _is_mail(source) or not (saved or b"snapshot-content-location" in source.head.lower()):
        return None
    message = _message(source.data)
    if message.get_content_type() not in {"multipart/related", *html_types}:
        return None
    facts: Facts = {}
    part = next((one for one in _parts(message) if one.get_content_type() in html_types), None)
    if part is None:
        raise CaptureError("This MHTML holds no page", "Save the page again, as HTML")
    address = _header(message, "Snapshot-Content-Location") or _header(part, "Content-Location")
    if re.match(r"https?://", address):
        add_fact(facts, "url", address, "address it was saved from")
    inner = Source(source.name, _payload(part), source.encoding, _charset(part))
    inner = Source(inner.name, inner.data, inner.encoding, inner.declared or html.charset(inner.data))
    page = html.shown(html.document(inner.text, facts))
    return Parsed("mhtml", inner.encoding_name, (page,), _lost("page", [message]))


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
    return message_from_bytes(data.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n"), policy=policy.compat32)


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
    encoding = "utf-8"
    for part in _told(message):
        if part.get_content_type() == "message/rfc822":
            for name in ("Subject", "From", "Date"):
                said = [value for one in _inner(part) if (value := _header(one, name))]
                lines += [Line(f"{name}: {value}", Kind.BOILERPLATE, "header of an enclosed message") for value in said]
            continue
        if part.get_content_disposition() == "attachment" or part.get_content_maintype() not in ("text", "multipart"):
            name = " ".join(str(part.get_filename() or part.get_content_type()).split())
            lines.append(Line(f"Attachment: {name}", Kind.BOILERPLATE, "attachment of the message"))
            continue
        decoded = _decoded(part, source.encoding)
        encoding = f"{decoded.encoding} (guess)" if decoded.guessed else decoded.encoding
        lines.append(Line(""))
        lines += html.fragment_lines(decoded.text) if part.get_content_type() in html_types else _plain(decoded.text)
    return Document(tuple(lines), frozen(facts), fragment), encoding


def _told(message: Message) -> list[Message]:
    """The parts that a reader is shown, in order: of the forms that one text is sent in, only one."""
    shown: list[Message] = []
    waiting = [message]
    while waiting and len(shown) < PART_LIMIT:
        part = waiting.pop()
        inner = _inner(part)
        if part.get_content_type() == "multipart/alternative":
            inner = [_best(inner)] if inner else []
        elif part.get_content_type() == "multipart/related":
            inner = inner[:1] or inner  # what follows are its pictures
        if not inner or part.get_content_type() == "message/rfc822":
            shown.append(part)
        waiting += reversed(inner)
    return shown


def _inner(part: Message) -> list[Message]:
    """The parts that a part is made of; none where it holds a text or a file."""
    held = part.get_payload() if part.is_multipart() else []
    return [one for one in held if isinstance(one, Message)] if isinstance(held, list) else []


def _best(forms: list[Message]) -> Message:
    """The plain form of a text, unless it only says that there is another."""
    plain = next((one for one in forms if one.get_content_type() == "text/plain"), forms[-1])
    rich = [part for part in _parts_of(forms) if part.get_content_type() in html_types]
    words = len(_decoded(plain, None).text.split())
    if any(2 * words < len(" ".join(html.text_of(_decoded(part, None).text)).split()) for part in rich[:1]):
        return next(one for one in forms if rich[0] in one.walk())
    return plain


def _decoded(part: Message, encoding: str | None) -> Decoded:
    payload = _payload(part)
    page = html.charset(payload) if part.get_content_type() in html_types else None
    found = decode(payload, _charset(part) or page, encoding)
    if part.get_param("format") != "flowed":
        return found
    return replace(found, text=_FLOWS.sub(" ", found.text))


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
    return _parts_of([message])


def _parts_of(messages: list[Message]) -> list[Message]:
    inner = (part for message in messages for part in message.walk() if not part.is_multipart())
    return [part for part in inner if part.get_content_disposition() != "attachment"][:PART_LIMIT]


def _payload(part: Message) -> bytes:
    for _ in range(2):
        try:
            payload = part.get_payload(decode=True)
        except (ValueError, AssertionError, LookupError):
            payload = None
        if isinstance(payload, bytes):
            return payload
        part.del_param("charset")  # what is no name of an encoding keeps the text from being handed out
    raw = part.get_payload()
    return raw.encode("utf-8", "replace") if isinstance(raw, str) else b""


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except ValueError:
        return None


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    value = value[:_HEADER_LIMIT] if isinstance(value, str) else value
    try:
        text = str(make_header(decode_header(value)))
    except (MessageError, ValueError, LookupError, AssertionError, AttributeError, TypeError, IndexError):
        text = str(value)
    if any("\udc80" <= character <= "\udcff" for character in text):
        text = decode(text.encode("utf-8", "surrogateescape")).text
    return " ".join(text.split())
