"""Articles as they were parsed, kept for opening: compressed JSON, because the cache may come with a folder.

Of an article that is the text of its file, only what was found out about it is kept, and not the text again.
"""

import json
import zlib
from typing import Any, Final

from reader.capture.article import Article, Block, Kind, Metadata, PartialDate, Value
from reader.text.clean import clean
from reader.text.span import Span

_LIMIT: Final = 100_000_000
"""Bytes that a packed article may have when it is unpacked."""
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
_KINDS: Final = frozenset(Kind)
_FIELDS: Final = ("title", "outlet", "authors", "published", "place", "url", "language")


def pack(article: Article, data: bytes) -> bytes:
    """The article as bytes, without its id, path and hash; `data` are the bytes of its file."""
    words: dict[str | None, int] = {None: 0}
    blocks = [
        (
            words.setdefault(block.kind, len(words)),
            block.span.start,
            block.span.end,
            words.setdefault(block.rule, len(words)),
            words.setdefault(block.author, len(words)),
            block.depth,
        )
        for block in article.blocks
    ]
    value = {
        "text": len(article.text) if _is_all_of(article, data) else article.text,
        "encoding": article.encoding,
        "words": list(words),
        "blocks": blocks,
        "metadata": {name: _packed(getattr(article.metadata, name)) for name in _FIELDS},
    }
    return zlib.compress(_ENCODER.encode(value).encode("utf-8", "surrogatepass"), 1)


def _packed(value: Value[Any] | None) -> list[Any] | None:
    if value is None:
        return None
    fact = value.value.iso if isinstance(value.value, PartialDate) else value.value
    return [fact, value.basis, value.confidence, value.span and [value.span.start, value.span.end]]


def _is_all_of(article: Article, data: bytes) -> bool:
    """Whether the file is nothing but the text of the article, as it is shown."""
    if "#" in article.id or len(data) < len(article.text):
        return False
    try:
        whole = _decoded(data, article.encoding)
    except (LookupError, UnicodeError):
        return False
    return whole.startswith(article.text) and not whole[len(article.text) :].strip()


def _decoded(data: bytes, encoding: str) -> str:
    return data.decode(encoding.partition(" ")[0])


def unpack(packed: bytes, id: str, path: str, sha256: str, data: bytes) -> Article | None:
    """The article that was packed, whose file holds `data`; None where the packed bytes are not one."""
    try:
        inflate = zlib.decompressobj()
        value = json.loads(inflate.decompress(packed, _LIMIT))
        text = value["text"]
        if isinstance(text, int):
            text = _decoded(data, value["encoding"])[:text]
        words = value["words"]
        if not all(map(_is_clean, [text, *_strings(value["metadata"]), *_strings(words)])):
            return None
        kinds = {index: Kind(word) for index, word in enumerate(words) if word in _KINDS}
        blocks = tuple(
            Block(kinds[kind], Span(start, end), words[rule], words[author], depth)
            for kind, start, end, rule, author, depth in value["blocks"]
        )
        facts = {name: _unpacked(name, value["metadata"][name]) for name in _FIELDS}
        return Article(id, path, sha256, text, blocks, Metadata(**facts), value["encoding"])
    except (zlib.error, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _unpacked(name: str, packed: Any) -> Any:
    if packed is None:
        return None
    fact, basis, confidence, span = packed
    if name == "published":
        fact = PartialDate(fact)
    elif name == "authors":
        fact = tuple(fact)
    return Value(fact, basis, confidence, Span(*span) if span else None)


def _strings(value: Any) -> set[str]:
    """Every text in a JSON value of at most a few levels."""
    if isinstance(value, str):
        return {value}
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(_strings, parts))


def _is_clean(text: str) -> bool:
    """Whether no character in the text is one that a terminal must not be sent; towers of marks may pass."""
    characters = " ".join(set(text))
    return clean(characters) == characters
