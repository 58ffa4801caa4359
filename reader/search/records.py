"""From an article to what search keeps of it."""

from typing import Final, NamedTuple

from reader.capture.article import Article, Kind
from reader.search.plan import Record
from reader.search.stories import Print, print_of
from reader.text.spelling import capitals, normal_text

_FIELDS: Final = dict.fromkeys(Kind, ("text",)) | {
    Kind.TITLE: ("text", "title"),
    Kind.CAPTION: ("text", "caption"),
    Kind.COMMENT: ("comment",),
    Kind.BOILERPLATE: ("boilerplate",),
    Kind.RELATED: ("boilerplate",),
}
_STAMP = 12


class Digest(NamedTuple):
    """All that search wants of an article: what the index stores of it, and what it is known by among stories."""

    record: Record
    print: Print


def digest_of(article: Article) -> Digest:
    """Both, made where the article was parsed."""
    return Digest(record_of(article), print_of(article))


def stamp_of(sha256: str) -> str:
    """The beginning of a hexadecimal SHA-256 by which the index knows a version of an article: 48 bits tell the
    versions of one article apart, and all 256 would cost more to index than the words of a short article.
    """
    return sha256[:_STAMP]


def record_of(article: Article) -> Record:
    """The normalised words of an article by place. What only repeats an earlier block is left out."""
    parts: dict[str, list[str]] = {}
    for block in article.blocks:
        if not block.repeats:
            said = block.span.of(article.text)
            for field in _FIELDS[block.kind]:
                parts.setdefault(field, []).append(said)
    facts = article.metadata
    if facts.title and "title" not in parts:
        parts["title"] = [facts.title.value]
        parts.setdefault("text", []).insert(0, facts.title.value)
    places = {field: "\n".join(said) for field, said in parts.items()}
    texts = {field: normal_text(said) for field, said in places.items()}
    read = [field for field in ("text", "comment") if field in places]
    texts["capitals"] = " ".join(filter(None, [capitals(places[field]) for field in read]))
    texts["initials"] = " ".join(sorted(set().union(*[_initials(texts[field]) for field in read])))
    return Record(
        id=article.id,
        stamp=stamp_of(article.sha256),
        title=article.title,
        outlet=facts.outlet.value if facts.outlet else "",
        authors=facts.authors.value if facts.authors else (),
        published=facts.published.value.iso if facts.published else "",
        texts=tuple(texts.items()),
    )


def _initials(text: str) -> set[str]:
    """The first letters of words in other alphabets: by them the vocabulary is read in small steps."""
    return set() if text.isascii() else {word[0] for word in text.split() if not word[0].isascii()}
