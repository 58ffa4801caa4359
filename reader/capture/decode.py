"""Bytes to text: certain where the bytes say so, a guess marked as one where they do not."""

import codecs
from dataclasses import dataclass
from typing import Final

from reader.capture.charsets import guess_encoding

BAD_BYTES_ALLOWED: Final = 0.001
"""Share of undecodable bytes up to which a text is still UTF-8: one cut character must not change the alphabet."""

_MOSTLY: Final = 4
"""So many times as many good characters as bad ones make a text UTF-8, however many bad ones that are."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MEANT: Final = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
"""What is written by those who name an encoding, as browsers read it: its superset with the marks of print."""
_SHIFTING: Final = ("iso2022", "hz", "utf-7")
"""How encodings begin that write every character in plain ASCII, which strict UTF-8 would take as it stands."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the Python name of the encoding it was read with, and whether that was a guess."""

    text: str
    encoding: str
    guessed: bool = False


def decode(data: bytes, declared: str | None = None, override: str | None = None) -> Decoded:
    """The text of `data`; `declared` is what the file says of itself, `override` what the analyst says.

    Order: override, byte order mark, encodings of seven bits, strict UTF-8, UTF-8 with a few bad bytes, the declared
    encoding, a guess.
    Nothing raises: an unknown name counts as none, and what cannot be decoded becomes U+FFFD.
    """
    if (named := _known(override)) is not None:
        return Decoded(_without_mark(data.decode(named, "replace")), named)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, "replace"), encoding)
    if (wide := _wide(data)) is not None:
        return Decoded(data.decode(wide, "replace"), wide, guessed=True)
    said = _known(declared)
    if (shifted := _shifted(data, said)) is not None:
        return shifted
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        cut = error.reason == "unexpected end of data"
    loose = data.decode("utf-8", "replace")
    if cut or _is_utf_8(loose, len(data)):
        return Decoded(loose, "utf-8")
    if said is not None:
        try:
            return Decoded(data.decode(said), said)
        except UnicodeDecodeError:
            pass
    return _guess(data)


def _is_utf_8(loose: str, size: int) -> bool:
    """Whether bytes that are not UTF-8 throughout were meant so: more of their characters came out than did not."""
    bad = loose.count("\ufffd")
    good = sum(character > "\x7f" for character in loose) - bad
    return good >= bad if bad <= size * BAD_BYTES_ALLOWED else good > _MOSTLY * bad


def _shifted(data: bytes, declared: str | None) -> Decoded | None:
    """A text in one of the encodings of seven bits that shift between alphabets."""
    japanese = b"\x1b$" in data
    named = declared is not None and declared.startswith(_SHIFTING)
    if not (japanese or named) or not data.isascii():
        return None
    try:
        name = declared if named and declared else "iso2022_jp_2"
        return Decoded(data.decode(name), name, guessed=not named)
    except UnicodeDecodeError:
        return None


def _known(name: str | None) -> str | None:
    """Python's name of a text encoding, or None for an unknown one or one that decodes no bytes to text."""
    try:
        found = codecs.lookup(name.strip()) if name else None
        if found is None or not isinstance(b"ab".decode(found.name, "replace"), str):
            return None
    except (LookupError, ValueError, UnicodeError):
        return None
    return _MEANT.get(found.name, found.name)


def _without_mark(text: str) -> str:
    return text.removeprefix("\ufeff")


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, known by the places of its zero bytes."""
    head = data[:4000]
    if len(head) < 4 or b"\0" not in head:
        return None
    if len(head) % 4 == 0:
        zeros = [head[place::4].count(0) for place in range(4)]
        quarter = len(head) // 4
        if zeros[2] == zeros[3] == quarter > zeros[0]:
            return "utf-32-le"
        if zeros[0] == zeros[1] == quarter > zeros[3]:
            return "utf-32-be"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.2 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.2 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _guess(data: bytes) -> Decoded:
    encoding = guess_encoding(data)
    return Decoded(data.decode(encoding, "replace"), encoding, guessed=True)
