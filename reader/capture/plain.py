"""Plain text: every line as it stands, broken paragraphs made whole; what each is, the classifier decides."""

import re

from reader.capture.document import Document, Line
from reader.capture.source import LINE_LIMIT, CaptureError, Parsed, Source, too_many_lines
from reader.capture.unwrap import unwrapped

_BINARY_SHARE = 0.1
"""Share of control characters above which bytes are not text in any encoding."""
_STRANGE = re.compile("[\x00-\x07\x0e-\x1a\x1c-\x1f\x7f\ufffd]")


_BLANK = Line("")
_STRANGE_BYTES = bytes(code for code in range(128) if _STRANGE.match(chr(code)))


def _strange(text: str) -> int:
    """How many characters are none that texts are written in."""
    if text.isascii():
        return len(text) - len(text.encode().translate(None, _STRANGE_BYTES))
    return len(_STRANGE.findall(text))


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text, blank ones included, split at every line end but those that broke it at a fixed width."""
    return tuple([Line(part) if part else _BLANK for part in unwrapped(text.splitlines())])


def is_text(text: str) -> bool:
    """Whether decoded bytes may be a text, and not a picture, a program or the like."""
    sample = text[:20_000]
    return _strange(sample) <= _BINARY_SHARE * len(sample)


def _empty() -> CaptureError:
    return CaptureError("The file is empty", "Capture the page again, or delete the file")


def parse(source: Source) -> Parsed:
    """Any text is plain text. Raises CaptureError for bytes that are a picture, a program or the like."""
    if not source.data.strip():
        raise _empty()
    text = source.text
    if not text.strip():
        raise _empty()
    if text.count("\n") > LINE_LIMIT:
        raise too_many_lines()
    if not is_text(text):
        raise CaptureError(
            "The file is not text, nor of a format known here", "Save the page as text or HTML"
        )
    return Parsed("text", source.encoding_name, (Document(lines_of(text)),))
