"""The ordered registry of formats: bytes to the articles that they hold."""

from typing import Final

from reader.capture import html, markdown, plain
from reader.capture.source import CaptureError, Parsed, Parser, Source

__all__ = ["FORMATS", "CaptureError", "Parsed", "parse"]

FORMATS: Final[tuple[tuple[str, Parser], ...]] = (
    ("HTML", html.parse),
    ("Markdown", markdown.parse),
    ("text", plain.parse),
)
"""Each format's readable name and parser, the surest to tell first; plain text takes what no other wants."""


def parse(name: str, data: bytes, encoding: str | None = None) -> Parsed:
    """The articles in `data`, whose file is called `name`; `encoding` is the analyst's choice and wins.

    Raises CaptureError, with the reason and what to do, for bytes that cannot be read as an article.
    """
    source = Source(name, data, encoding)
    for title, parser in FORMATS:
        try:
            parsed = parser(source)
        except RecursionError:
            raise CaptureError(
                f"This {title} is nested too deeply", "Capture the page again as plain text"
            ) from None
        except MemoryError:
            raise CaptureError(
                f"This {title} needs more memory than there is", "Split the file into parts"
            ) from None
        if parsed is not None:
            return parsed
    raise CaptureError("The file is of no format known here", "Save the page as text or HTML")
