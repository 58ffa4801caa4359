"""A page's markup read into runs of visible text in reading order.

The tree is walked once into plain objects. Time is linear in the page: nesting beyond what browsers build is
flattened before the parser, which takes quadratic time on it, sees it.
"""

import re
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from reader.capture.html_tree import BULLET, Element, Page, Run, is_hidden, names_of, word_set
from reader.capture.source import LINE_LIMIT, too_many_lines

DEPTH_LIMIT: Final = 200
"""Open elements kept, which is several times what pages use; deeper ones become part of their parents."""

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_SELF_CLOSING: Final = word_set(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th option"
    " optgroup thead tbody tfoot colgroup html head body rp rt"
)
_SILENT: Final = word_set(
    "script style noscript template svg head iframe object canvas audio video select datalist textarea map"
    " meta link base noframes frameset applet rp"
)
_BLOCK: Final = word_set(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup p pre"
    " search section summary table tbody tfoot thead tr ul caption"
)
_LAYOUT: Final = "br, p, div, ul, ol, table, h1, h2, h3, h4"
"""What a cell of a table holds that lays out a page; other cells are figures, and read across."""
_SPACED: Final = word_set("a span button label time cite small em strong b i")
_SPACE: Final = re.compile(r"[ \t\n\r\f\v]+")


def read(markup: str) -> Page:
    """The page that `markup` describes; any text is some page."""
    tree = LexborHTMLParser(_flattened(markup))
    page = Page()
    root: Any = tree.root
    if root is None:
        return page
    for node in tree.css("meta"):
        page.metas.append(_attributes(node))
    for node in tree.css("link[rel]"):
        page.links.append(_attributes(node))
    for node in tree.css('script[type="application/ld+json"]'):
        page.scripts.append(node.text() or "")
    if (heading := tree.css_first("head > title, title")) is not None:
        page.title = " ".join((heading.text() or "").split())
    page.language = _attributes(root).get("lang", "") or _attributes(root).get("xml:lang", "")
    _Walk(page).over(root)
    return page


def _flattened(markup: str) -> str:
    """The markup without the tags of elements that are nested too deep."""
    depth = deepest = 0
    for closing, name in _TAG.findall(markup):
        if name.lower() not in _SELF_CLOSING:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    if deepest <= DEPTH_LIMIT:
        return markup
    depth = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        closing, name = match.groups()
        if name.lower() in _SELF_CLOSING:
            return match[0]
        if closing:
            depth = max(0, depth - 1)
            return match[0] if depth < DEPTH_LIMIT else "</wbr"
        depth += 1
        return match[0] if depth <= DEPTH_LIMIT else "<wbr"

    return _TAG.sub(keep, markup)


def _attributes(node: Any) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


class _Walk:
    """Fills a page from its tree, one node after another, without recursion."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._parts: list[str] = []
        self._linked = self._strong = 0
        self._inside: Element | None = None
        self._in_link = self._in_strong = self._in_pre = 0
        self._closed_inline = False
        self._bullet = ""
        self._images: list[Run] = []
        self._layout: set[int] = set()

    def over(self, root: Any) -> None:
        """Walk the whole tree under `root`."""
        node: Any = root
        here: Element | None = None
        while node is not None:
            tag = node.tag
            child: Any = None
            if tag == "-text":
                if here is not None:
                    self._text(node.text_content or "", here)
            elif tag and tag[0] not in "-!#_" and tag not in _SILENT:
                here = self._open(node, tag, here)
                child = node.first_child
                if child is None:
                    here = self._close(here)
            if child is not None:
                node = child
                continue
            while node is not None:
                following = node.next
                if following is not None:
                    node = following
                    break
                node = node.parent
                if node is None or here is None:
                    node = None
                    break
                here = self._close(here)
        while here is not None:
            here = self._close(here)
        self._flush()

    def _open(self, node: Any, tag: str, parent: Element | None) -> Element:
        attributes = _attributes(node)
        element = Element(tag, parent, attributes, parent.depth + 1 if parent else 0, names_of(attributes))
        element.hidden = (parent is not None and parent.hidden) or is_hidden(element)
        element.order = len(self._page.elements)
        self._page.elements.append(element)
        if tag in _BLOCK or tag == "br":
            self._flush()
        element.first = len(self._page.runs)
        if tag in ("td", "th"):
            if node.css_first(_LAYOUT) is not None:
                self._layout.add(element.order)
                self._flush()
            elif self._parts:
                self._parts.append(" | ")
        elif tag == "li":
            self._bullet = _bullet(element)
        elif tag == "a":
            self._in_link += 1
        elif tag in ("b", "strong"):
            self._in_strong += 1
        elif tag == "pre":
            self._in_pre += 1
        elif tag == "img":
            self._image(element)
        if self._closed_inline and tag in _SPACED and self._parts and not self._in_pre:
            self._parts.append(" ")
        self._closed_inline = False
        return element

    def _close(self, element: Element) -> Element | None:
        tag = element.tag
        if tag in _BLOCK or tag in ("button", "option") or element.order in self._layout:
            self._flush()
        if tag == "a":
            self._in_link -= 1
        elif tag in ("b", "strong"):
            self._in_strong -= 1
        elif tag == "pre":
            self._in_pre -= 1
        elif tag == "li":
            self._bullet = ""
        self._closed_inline = tag in _SPACED
        element.last = len(self._page.runs) + bool(self._parts)
        element.end = len(self._page.elements)
        return element.parent

    def _text(self, text: str, here: Element) -> None:
        if self._in_pre:
            lines = text.split("\n")
            for number, line in enumerate(lines):
                if number:
                    self._flush()
                if line.strip():
                    self._add(line.rstrip("\r"), here)
            return
        text = _SPACE.sub(" ", text)
        if text.strip(" "):
            self._add(text, here)
        elif self._parts:
            self._parts.append(" ")
        self._closed_inline = False

    def _add(self, text: str, here: Element) -> None:
        if not self._parts:
            self._inside = here
            if self._bullet and _block_of(here).tag == "li":
                self._parts.append(self._bullet)
        else:
            inside = self._inside or here
            while inside.parent is not None and inside.end:  # closed, so not around `here`
                inside = inside.parent
            self._inside = inside
        self._bullet = ""
        self._parts.append(text)
        here.add(text)
        size = len(text.strip())
        self._linked += size if self._in_link else 0
        self._strong += size if self._in_strong else 0

    def _flush(self) -> None:
        if self._parts and self._inside is not None:
            text = "".join(self._parts)
            text = text.rstrip() if self._in_pre else re.sub(r" {2,}", " ", text).strip(" ").removesuffix(" |")
            if text.strip():
                self._page.runs.append(Run(text, self._inside, self._linked, self._strong))
                if len(self._page.runs) > LINE_LIMIT:
                    raise too_many_lines()
        self._page.runs += self._images
        self._images = []
        self._parts = []
        self._linked = self._strong = 0
        self._inside = None

    def _image(self, element: Element) -> None:
        alternative = " ".join(element.attributes.get("alt", "").split())
        if not alternative:
            return
        if len(alternative) <= 4 or any("emoji" in name or "smil" in name for name in element.names):
            self._add(alternative, element)
            return
        self._images.append(Run(alternative, element, len(alternative) if self._in_link else 0, 0, True))
        if not self._parts:
            self._flush()


def _block_of(element: Element) -> Element:
    return next((one for one in element.chain() if one.tag in _BLOCK), element)


def _bullet(item: Element) -> str:
    parent = item.parent
    if parent is None or parent.tag not in ("ul", "ol", "menu"):
        return ""
    return BULLET
