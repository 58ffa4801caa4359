"""What a page says of itself in its head and its structured data, as candidates for each metadata field."""

import html
import re
from collections.abc import Iterable
from typing import Final

from reader.capture.bylines import is_name, names_in
from reader.capture.html_structured import Object, Structured, plain
from reader.capture.html_tree import Element, Page
from reader.capture.source import Facts, add_fact

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
        "author article:author byl dc.creator dcterms.creator parsely-author sailthru.author"
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
_LAST_FIRST: Final = re.compile(r"([^,]{2,40}),\s+([^,]{1,40})")
_NOBODY: Final = re.compile(
    r"(?i)(?:admin\w*|root|web-?master|word-?press|user\w*|author|editors?|editorial|redaktion|rédaction|redacción"
    r"|staff|newsroom|unknown|none|null|undefined|n/?a|guest|default)\W*"
)
"""What systems write where they know no author."""


def facts_of(page: Page, structured: Structured) -> Facts:
    """Candidates (value, basis) for each field, best first; the headline is added by the classifier."""
    facts: Facts = {}
    metas = _metas(page)
    for data in structured:
        _from_article(facts, data, structured)
    _from_items(facts, page)
    _add_authors(facts, metas.get("citation_author", ()), "citation_author meta tag")
    for field, names in _META:
        for name in names.split():
            for value in metas.get(name, ()):
                if field == "authors":
                    _add_authors(facts, [value], f"{name} meta tag")
                else:
                    add_fact(facts, field, value, f"{name} meta tag")
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


def _from_article(facts: Facts, data: Object, structured: Structured) -> None:
    basis = "structured data"
    add_fact(facts, "title", plain(data.get("headline") or data.get("name")), basis)
    publishers = structured.names(data.get("publisher"))
    for publisher in publishers:
        add_fact(facts, "outlet", publisher, "publisher in structured data")
    writers = structured.names(data.get("author") or data.get("creator"), people=True)
    _add_authors(facts, [name for name in writers if name not in publishers], basis)
    add_fact(facts, "published", plain(data.get("datePublished") or data.get("dateCreated")), basis)
    for place in structured.names(data.get("contentLocation") or data.get("locationCreated")):
        add_fact(facts, "place", place, basis)
    entity = data.get("mainEntityOfPage")
    entity = entity.get("@id") if isinstance(entity, dict) else entity
    for address in (data.get("url"), entity):
        add_fact(facts, "url", plain(address), basis)
    add_fact(facts, "language", plain(data.get("inLanguage")), basis)


def _add_authors(facts: Facts, stated: Iterable[str], basis: str) -> None:
    """Note the people that values name; what systems write for nobody, and addresses, name no one."""
    names: list[str] = []
    for value in stated:
        text = _name(value)
        turned = _LAST_FIRST.fullmatch(text)
        if _ADDRESS.match(text) or _NOBODY.fullmatch(text):
            continue
        if turned and len(turned[1].split()) + len(turned[2].split()) <= 4 and not is_name(turned[1]):
            names.append(f"{turned[2]} {turned[1]}")
        else:
            names += names_in(text, strict=False) or (text,)
    add_fact(facts, "authors", "\n".join(dict.fromkeys(names)), basis)


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
                _add_authors(facts, [value], "microdata")
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
