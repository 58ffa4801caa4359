"""From an article to what the index stores of it."""

from reader.capture.article import Article, Kind
from reader.search.plan import Record
from reader.text.spelling import capitals, normal_text

_FOLDED = frozenset({Kind.BOILERPLATE, Kind.RELATED})


def record_of(article: Article) -> Record:
    """The normalised words of an article by place. What only repeats an earlier block is left out."""
    parts: dict[str, list[str]] = {"text": [], "title": [], "caption": [], "comment": [], "boilerplate": []}
    for block in article.blocks:
        if block.repeats:
            continue
        said = block.span.of(article.text)
        if block.kind in _FOLDED:
            parts["boilerplate"].append(said)
        elif block.kind is Kind.COMMENT:
            parts["comment"].append(said)
        else:
            parts["text"].append(said)
            if block.kind in (Kind.TITLE, Kind.CAPTION):
                parts[block.kind.value].append(said)
    facts = article.metadata
    if facts.title and not parts["title"]:
        parts["title"].append(facts.title.value)
        parts["text"].insert(0, facts.title.value)
    texts = {field: normal_text("\n".join(said)) for field, said in parts.items()}
    texts["capitals"] = capitals("\n".join((*parts["text"], *parts["comment"])))
    texts["initials"] = _initials(texts["text"] + " " + texts["comment"])
    return Record(
        id=article.id,
        stamp=article.sha256,
        title=article.title,
        outlet=facts.outlet.value if facts.outlet else "",
        authors=facts.authors.value if facts.authors else (),
        published=facts.published.value.iso if facts.published else "",
        texts=tuple(texts.items()),
    )


def _initials(text: str) -> str:
    """The first letters of words in other alphabets: by them the vocabulary is read in small steps."""
    if text.isascii():
        return ""
    return " ".join({word[0] for word in text.split() if not word[0].isascii()})
