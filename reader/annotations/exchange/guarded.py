"""Archives and XML from elsewhere, read within limits: no bombs, no entities, no way out of the archive."""

import io
import stat
import zipfile
import zlib
from typing import Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers import expat

from reader.annotations.exchange.material import LARGEST, NotReadable

_MEMBERS: Final = 2_000
_RATIO: Final = 100
_SMALL: Final = 1_000_000
"""Bytes up to which a member may be packed however well: short texts that repeat themselves are no bombs."""

_DEPTH: Final = 200
_ELEMENTS: Final = 2_000_000


def members(name: str, data: bytes) -> dict[str, bytes]:
    """The files of a zip archive by their names; raises `NotReadable` for what is damaged, large or crafted."""
    found: dict[str, bytes] = {}
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > _MEMBERS:
                raise NotReadable(name, f"the archive holds more than {_MEMBERS} files")
            for info in infos:
                _allow(name, info)
                with archive.open(info) as member:
                    found[info.filename] = member.read(LARGEST - total + 1)
                total += len(found[info.filename])
                if total > LARGEST:
                    raise NotReadable(name, f"the archive unpacks to more than {LARGEST // 1_000_000} MB")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise NotReadable(name, f"the archive is damaged or locked ({error})") from error
    return found


def _allow(name: str, info: zipfile.ZipInfo) -> None:
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or info.filename.startswith(("/", "\\")) or ":" in parts[0]:
        raise NotReadable(name, "the archive names a file outside itself")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise NotReadable(name, "the archive holds a link")
    if info.file_size > max(_SMALL, _RATIO * max(1, info.compress_size)):
        raise NotReadable(name, "the archive unpacks to far more than it holds")


def xml(name: str, data: bytes) -> Element:
    """The root of an XML document without a document type; raises `NotReadable`.

    Tags are without their name space. Declarations of entities are refused before anything is expanded.
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    depth = count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > _DEPTH or count > _ELEMENTS:
            raise NotReadable(name, "its XML is nested too deeply or too long")
        builder.start(_local(tag), {_local(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_local(tag))

    def refuse(*_: object) -> None:
        raise NotReadable(name, "its XML declares a document type")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, ParseError, ValueError, LookupError, AssertionError) as error:
        raise NotReadable(name, f"its XML is damaged ({error})") from error


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
