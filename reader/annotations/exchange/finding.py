"""Which article a note from elsewhere is about, by its web address, its title or its id."""

from collections.abc import Callable, Iterable
from typing import Final, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit

from reader.annotations.folding import Folded

_TRACKING: Final = ("utm_", "fbclid", "gclid", "mc_", "ref_")


class Listed(Protocol):
    """What is known of an article in the library."""

    @property
    def id(self) -> str:
        """The article's id."""

    @property
    def title(self) -> str:
        """The headline."""

    @property
    def url(self) -> str:
        """Where it stood on the web, or ""."""


def finder(articles: Iterable[Listed]) -> Callable[[str], str | None]:
    """A function that gives the id of the one article with an address, a title or an id; None for none or several."""
    by_address: dict[str, set[str]] = {}
    by_title: dict[str, set[str]] = {}
    ids: set[str] = set()
    for article in articles:
        ids.add(article.id)
        if article.url:
            by_address.setdefault(plain_address(article.url), set()).add(article.id)
        if article.title:
            by_title.setdefault(Folded(article.title).text.strip(), set()).add(article.id)

    def find(name: str) -> str | None:
        name = name.strip().removeprefix("urn:x-deskreader:")
        if not name or name in ids:
            return name or None
        found = by_address.get(plain_address(name)) or by_title.get(Folded(name).text.strip()) or set()
        return next(iter(found)) if len(found) == 1 else None

    return find


def plain_address(address: str) -> str:
    """The address without scheme, `www.`, fragment, trailing slash and the parameters that only follow readers."""
    try:
        parts = urlsplit(address.strip())
        query = [(key, value) for key, value in parse_qsl(parts.query) if not key.lower().startswith(_TRACKING)]
    except ValueError:
        return address.strip()
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}{'?' + urlencode(sorted(query)) if query else ''}"
