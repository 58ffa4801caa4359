"""Names for annotations, articles, analysts and moments on disk: unique, readable, safe in any folder."""

import hashlib
import re
import secrets
import unicodedata
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

Clock = Callable[[], datetime]
"""Tells the time now, with its time zone."""

_SLUG_LENGTH: Final = 40
_DIGEST_LENGTH: Final = 12
_ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
_NOT_SLUG: Final = re.compile(r"[^\w]+")


def system_clock() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


def new_id(now: datetime) -> str:
    """A new UUID version 7: 48 bits of milliseconds, then 74 random bits, so that names sort by age."""
    milliseconds = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    number = milliseconds << 80 | secrets.randbits(80)
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=number))


def is_id(text: str) -> bool:
    """Whether the text is a UUID in its usual lower-case form, and so may serve as a file's name."""
    return _ID.fullmatch(text) is not None


def id_for(address: str) -> str:
    """The UUID (version 5) that stands for an annotation which names itself by another address."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, address.encode("utf-8", "replace").decode()))


def timestamp(moment: datetime) -> str:
    """The moment in UTC, ISO 8601 with milliseconds and `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment(stamp: str) -> datetime | None:
    """The moment that a time stamp names (UTC where it names no zone), or None where it is none."""
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def later_stamp(now: datetime, *earlier: str) -> str:
    """A time stamp of now, or one millisecond after the latest of the earlier ones where the clock stands
    behind.
    """
    known = [found for found in map(moment, earlier) if found is not None]
    try:
        return timestamp(max([now, *(found + timedelta(milliseconds=1) for found in known)]))
    except OverflowError:
        return timestamp(now)


def folder_name(text: str) -> str:
    """A folder's name for an article's id or an analyst's name: a readable part and a digest that tells it
    apart.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().encode("utf-8", "replace").decode()
    slug = _NOT_SLUG.sub("-", plain).strip("-_")[-_SLUG_LENGTH:].strip("-_")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]
    return f"{slug}-{digest}" if slug else digest


def digest(data: bytes) -> str:
    """The SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
