"""What a page says of itself in its head and its structured data, as candidates for each metadata field."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any, Final

from reader.capture.html_tree import Element, Page
from reader.capture.source import Facts, add_fact

_ARTICLE_TYPES: Final = re.compile(
    r"(?i)(\w*Article|\w*Posting|Report|Review|Recipe|HowTo|LiveBlogPosting|VideoObject)$"
)
_PAGE_TYPES: Final = re.compile(r"(?i)(\w*Page|CreativeWork)$")
_ADDRESS: Final = re.compile(r"^(https?:)?//|^www\.|^@|^/")
_SEPARATOR: Final = re.compile(r"\s+[|\-–—»·:•]+\s+|\s*\|\s*|\s+::\s+")

_META: Final = (
    (
        "title",
        "og:title citation_title dc.title dcterms.title parsely-title sailthru.title twitter:title headline"
        " title",
    ),
    (
        "authors",
        "author article:author byl citation_author dc.creator dcterms.creator parsely-author sailthru.author"
        " article:author_name cxenseparse:author twitter:creator_name shareaholic:article_author_name"
        " authors creator",
    ),
    (
        "published",
        "article:published_time citation_publication_date citation_online_date datepublished dc.date.issued"
        " dcterms.issued dcterms.created dc.date parsely-pub-date sailthru.date article:published pubdate"
        " publishdate"
        " publish-date publication_date og:published_time date article.published cxenseparse:recs:publishtime"
        " shareaholic:article_published_time originalpublicationdate timestamp dcterms.date"
        " og:article:published_time",
    ),
    (
        "outlet",
        "og:site_name citation_journal_title dc.publisher publisher application-name al:ios:app_name"
        " apple-mobile-web-app-title",
    ),
    ("place", "geo.placename article:location dc.coverage"),
    ("url", "og:url twitter:url parsely-link"),
    ("language", "og:locale content-language dc.language language"),
)
DEPTH: Final = 60
"""Levels of structured data that are followed."""


def facts_of(page: Page) -> Facts:
    """Candidates (value, basis) for each field, best first; the headline is added by the classifier."""
    facts: Facts = {}
    metas = _metas(page)
    structured = list(_structured(page))
    for data in structured:
        _from_article(facts, data)
    _from_items(facts, page)
    for field, names in _META:
        for name in names.split():
            for value in metas.get(name, ()):
                if not (field == "authors" and _ADDRESS.match(value)):
                    add_fact(facts, field, _name(value) if field == "authors" else value, f"{name} meta tag")
    for link in page.links:
        if "canonical" in link.get("rel", "").lower().split():
            facts.setdefault("url", []).insert(0, (link.get("href", "").strip(), "canonical link"))
    facts["url"] = [fact for fact in facts.get("url", []) if re.match(r"https?://", fact[0])]
    add_fact(facts, "language", page.language, "language of the page")
    facts["language"] = [(value.replace("_", "-"), basis) for value, basis in facts.get("language", [])]
    _from_title(facts, page.title)
    return facts


def _metas(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in page.metas:
        content = meta.get("content", "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            for name in meta.get(key, "").lower().split()[:4]:
                if content and len(content) < 5000:
                    found.setdefault(name, []).append(" ".join(html.unescape(content).split()))
    return found


def _structured(page: Page) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD that describe an article, then those that describe a page."""
    articles: list[dict[str, Any]] = []
    pages: list[dict[str, Any]] = []
    for script in page.scripts[:50]:
        try:
            data = json.loads(script.strip().strip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        todo: list[tuple[Any, int]] = [(data, 0)]
        while todo:
            value, depth = todo.pop(0) if len(todo) < 2000 else todo.pop()
            if isinstance(value, list):
                todo += [(one, depth + 1) for one in value[:200] if depth < DEPTH]
            elif isinstance(value, dict):
                kinds = value.get("@type")
                for kind in kinds if isinstance(kinds, list) else [kinds]:
                    if isinstance(kind, str) and _ARTICLE_TYPES.search(kind):
                        articles.append(value)
                    elif isinstance(kind, str) and _PAGE_TYPES.search(kind):
                        pages.append(value)
                if depth < DEPTH:
                    todo += [
                        (value[key], depth + 1)
                        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement")
                        if isinstance(value.get(key), dict | list)
                    ]
    yield from articles[:5]
    yield from pages[:3]


def article_body(page: Page) -> str:
    """The article's text as the structured data repeats it, for pages that show it only after running scripts."""
    texts = (data.get("articleBody") for data in _structured(page))
    return max((html.unescape(text) for text in texts if isinstance(text, str)), key=len, default="")


def _from_article(facts: Facts, data: dict[str, Any]) -> None:
    add_fact(facts, "title", _plain(data.get("headline") or data.get("name")), "structured data")
    names = "\n".join(dict.fromkeys(name for name in _people(data.get("author") or data.get("creator")) if name))
    add_fact(facts, "authors", names, "structured data")
    add_fact(facts, "published", _plain(data.get("datePublished") or data.get("dateCreated")), "structured data")
    for publisher in _people(data.get("publisher")):
        add_fact(facts, "outlet", publisher, "publisher in structured data")
    for place in _people(data.get("contentLocation") or data.get("locationCreated")):
        add_fact(facts, "place", place, "structured data")
    entity = data.get("mainEntityOfPage")
    entity = entity.get("@id") if isinstance(entity, dict) else entity
    for address in (data.get("url"), entity):
        add_fact(facts, "url", _plain(address), "structured data")
    add_fact(facts, "language", _plain(data.get("inLanguage")), "structured data")


def _people(value: Any) -> list[str]:
    if isinstance(value, list):
        return [name for one in value[:50] for name in _people(one) if not isinstance(one, list)]
    if isinstance(value, dict):
        value = value.get("name")
        if isinstance(value, list | dict):
            return _people(value) if isinstance(value, list) else []
    text = _plain(value)
    return [] if _ADDRESS.match(text) else [_name(text)]


def _plain(value: Any) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return ""
    return " ".join(re.sub(r"<[^<>]{1,200}>", " ", html.unescape(html.unescape(value[:5000]))).split())


def _name(value: str) -> str:
    return re.sub(r"(?i)^(written |posted )?by:?\s+", "", value).strip(" ,;")


def _from_items(facts: Facts, page: Page) -> None:
    """Microdata and `time` elements, wherever they stand on the page."""
    for element in page.elements:
        item = element.attributes.get("itemprop", "").lower()
        if not item and element.tag != "time":
            continue
        if "datepublished" in item.split():
            value = element.attributes.get("datetime") or element.attributes.get("content") or page.said(element)
            add_fact(facts, "published", value, "microdata")
        elif item == "headline":
            add_fact(facts, "title", element.attributes.get("content") or page.said(element), "microdata")
        elif item == "author" or (item == "name" and _inside(element, "author")):
            value = element.attributes.get("content") or page.said(element)
            if len(value) < 100:
                add_fact(facts, "authors", _name(value), "microdata")
    times = [one for one in page.elements if one.tag == "time" and one.attributes.get("datetime", "").strip()]
    named = [one for one in times if "pubdate" in one.attributes or any("publish" in name for name in one.names)]
    for element in named[:1] or times[:1]:
        add_fact(facts, "published", element.attributes["datetime"], "time element")


def _inside(element: Element, item: str) -> bool:
    return any(item in one.attributes.get("itemprop", "").lower().split() for one in element.chain())


def _from_title(facts: Facts, title: str) -> None:
    """The page's title, without the outlet's name where that is known to stand at one end of it."""
    if not title:
        return
    outlets = {value.casefold() for value, _ in facts.get("outlet", [])}
    parts = _SEPARATOR.split(title)
    while len(parts) > 1 and parts[-1].strip().casefold() in outlets:
        parts.pop()
        title = title[: title.rfind(parts[-1]) + len(parts[-1])]
    while len(parts) > 1 and parts[0].strip().casefold() in outlets:
        parts.pop(0)
        title = title[title.find(parts[0]) :]
    add_fact(facts, "title", title.strip(), "title of the page")
