"""The structured data (JSON-LD) of a page: the objects that describe its own article, with what they refer to."""

import html
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from reader.capture.html_tree import Page, heading_rank

Object = dict[str, Any]

DEPTH: Final = 60
"""Levels of structured data that are followed."""
_NODES: Final = 20_000
_ARTICLE_TYPES: Final = re.compile(
    r"(?i)(\w*Article|\w*Posting|Report|Review|Recipe|HowTo|LiveBlogPosting|VideoObject)$"
)
_PAGE_TYPES: Final = re.compile(r"(?i)(\w*Page|CreativeWork)$")
_WRAPPING: Final = re.compile(r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*$|;\s*$")
_EXTRA_COMMA: Final = re.compile(r",(?=\s*[}\]])")
_ORGANISATION: Final = re.compile(r"(?i)organi[sz]ation$|corporation$")


class Structured:
    """What a page's structured data say: `articles`, its own before any other, then `pages`."""

    def __init__(self, page: Page) -> None:
        self._by_id: dict[str, Object] = {}
        self.articles: list[Object] = []
        self.pages: list[Object] = []
        for script in page.scripts[:50]:
            for node in _nodes(_loaded(script)):
                self._take(node)
        self._prefer_own(page)

    def _take(self, node: Object) -> None:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(self._by_id.get(name, ())):
            self._by_id[name] = node
        kinds = node.get("@type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and _ARTICLE_TYPES.search(kind):
                self.articles.append(node)
                break
            if isinstance(kind, str) and _PAGE_TYPES.search(kind):
                self.pages.append(node)
                break

    def _prefer_own(self, page: Page) -> None:
        """Where an object has the page's headline, the others tell of other articles."""
        said = {_key(run.text) for run in page.runs if heading_rank(run) == 1} | {_key(page.title)}
        said |= {_key(meta.get("content", "")) for meta in page.metas if meta.get("property") == "og:title"}
        said.discard("")

        def own(one: Object) -> bool:
            key = _key(plain(one.get("headline") or one.get("name")))
            return bool(key) and any(key in other or other in key for other in said)

        self.articles = [one for one in self.articles if own(one)] or self.articles[:1]

    def __iter__(self) -> Iterator[Object]:
        yield from self.articles[:5]
        yield from self.pages[:3]

    def names(self, value: Any, *, people: bool = False) -> list[str]:
        """The names that a value gives: a text, an object with one, a reference to one, or a list of these.

        `people`: without what is an organisation.
        """
        if isinstance(value, list):
            return [name for one in value[:50] if not isinstance(one, list) for name in self.names(one, people=people)]
        if isinstance(value, dict):
            value = value if "name" in value else self._by_id.get(str(value.get("@id")), value)
            kind = value.get("@type")
            if people and isinstance(kind, str) and _ORGANISATION.search(kind):
                return []
            value = value.get("name")
            if isinstance(value, list | dict):
                return self.names(value, people=people) if isinstance(value, list) else []
        text = plain(value)
        return [text] if text else []

    def text(self) -> str:
        """The article's text as the data repeat it, for pages that show it only after running scripts."""
        texts = (one.get("articleBody") for one in self)
        return max((html.unescape(text) for text in texts if isinstance(text, str)), key=len, default="")


def plain(value: Any) -> str:
    """A value as one line without mark-up; of a list its first."""
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return ""
    return " ".join(re.sub(r"<[^<>]{1,200}>", " ", html.unescape(html.unescape(value[:5000]))).split())


def _loaded(script: str) -> Any:
    """The data of a script; what publishing systems add by mistake does no harm, and what is broken is nothing."""
    text = script.strip()
    for _ in range(3):
        text = _WRAPPING.sub("", text)
    for attempt in (text, _EXTRA_COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(data: Any) -> Iterator[Object]:
    """The objects of some data, outer ones first, without those that only stand in a list of other pages."""
    waiting: list[tuple[Any, int]] = [(data, 0)]
    for number, (value, depth) in enumerate(waiting):
        if number > _NODES:
            return
        inner: Sequence[Any] = ()
        if isinstance(value, list):
            inner = value[:200]
        elif isinstance(value, dict):
            yield value
            inner = [value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]
        if depth < DEPTH:
            waiting += [(one, depth + 1) for one in inner if isinstance(one, dict | list)]


def _key(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
