"""XML read without trust: no entities of its own, nothing fetched, limits on depth and size."""

import html.entities
import re
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from reader.capture.decode import decode
from reader.capture.source import CaptureError

DEPTH_LIMIT: Final = 256
NODE_LIMIT: Final = 500_000
_NAMED: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_BARE: Final = re.compile(r"&(?!#?[A-Za-z0-9]{1,31};)")
"""An ampersand that its writer forgot to escape."""
_OWN: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_HEAD: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
DECLARED: Final = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})")
"""The encoding that a document declares in its first line."""


@dataclass(slots=True, eq=False)
class Node:
    """An element: its name without prefix, its namespace, and what it holds in order."""

    name: str
    space: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def nodes(self, *names: str) -> list["Node"]:
        """The elements directly inside, of these names, or all."""
        return [one for one in self.children if isinstance(one, Node) and (not names or one.name in names)]

    def first(self, *names: str) -> "Node | None":
        """The first element directly inside of one of these names; earlier names go first."""
        return next((one for name in names for one in self.nodes(name)), None)

    def every(self, *names: str) -> list["Node"]:
        """The elements of these names anywhere inside, in document order."""
        found: list[Node] = []
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            if node is not self and node.name in names:
                found.append(node)
            stack += reversed(node.nodes())
        return found

    def text(self) -> str:
        """All the text inside."""
        parts: list[str] = []
        stack: list[Node | str] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                parts.append(node)
            else:
                stack += reversed(node.children)
        return "".join(parts)

    def value(self, *names: str) -> str:
        """The text of the first element directly inside of one of these names, trimmed; empty where none is."""
        found = self.first(*names)
        return found.text().strip() if found is not None else ""


def read(data: bytes, what: str) -> Node:
    """The root element of `data`; raises CaptureError, naming `what`, for what is not sound XML."""
    root, broken = read_some(data, what)
    if broken is not None:
        raise broken
    return root


def read_some(data: bytes, what: str) -> tuple[Node, CaptureError | None]:
    """The root element of `data` as far as it can be read, and what to say where that is not to its end.

    Raises CaptureError, naming `what`, where nothing can be read.
    """
    root = Node("")
    try:
        return _parse(data, what, root), None
    except (expat.ExpatError, LookupError, ValueError):  # an unknown encoding is one of the latter two
        pass
    declared = DECLARED.match(data[:300])
    text = decode(data, declared[1].decode() if declared else None).text
    text = _NAMED.sub(_character, _HEAD.sub("", text.lstrip("\ufeff \r\n\t")))
    text = _BARE.sub("&amp;", text)
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)
    root = Node("")
    try:
        return _parse(text.encode("utf-8", "replace"), what, root), None
    except expat.ExpatError as error:
        reason = f"This {what} is broken at line {error.lineno}: {expat.ErrorString(error.code)}"
        broken = CaptureError(reason, "Download it again, or save the page as HTML")
        if not root.nodes():
            raise broken from None
        return root.nodes()[0], broken


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if name in _OWN:
        return match[0]
    return html.entities.html5.get(f"{name};", f"&amp;{name};")


def _parse(data: bytes, what: str, root: Node) -> Node:
    """The root element of `data`, which is put into `root` as it is read."""
    open_nodes = [root]
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(open_nodes) > DEPTH_LIMIT or count > NODE_LIMIT:
            raise CaptureError(f"This {what} is too deep or too large", "Split it, or save the pages as HTML")
        space, _, local = name.rpartition("\n")
        node = Node(local, space, {key.rpartition("\n")[2]: value for key, value in attributes.items()})
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def end(_: str) -> None:
        open_nodes.pop()

    def text(value: str) -> None:
        open_nodes[-1].children.append(value)

    def entity(*_: object) -> None:
        raise CaptureError(f"This {what} declares entities of its own, as attacks"
                           f" do", "Save the page as HTML")

    parser = expat.ParserCreate(namespace_separator="\n")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(data, True)
    finally:
        parser.buffer_text = False  # hands on what was read before a mistake
    return root.nodes()[0]
