"""Watched queries over new arrivals: which of them answer which, counted by query and outlet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.capture.article import Article
from reader.search.answer import Hit
from reader.search.clause import Atom, Condition, Term
from reader.search.expansion import NO_GROUPS, NameGroups
from reader.search.matching import hits_in, hits_of
from reader.search.notes import chosen
from reader.search.query import Query, as_date, parse
from reader.search.saved import SavedSearch
from reader.search.translation import day_numbers
from reader.text.span import Span
from reader.text.spelling import words


@dataclass(frozen=True, slots=True)
class WatchRow:
    """What one watched query found in one outlet's new articles: their ids and the number of hits in all."""

    name: str
    outlet: str
    articles: tuple[str, ...]
    hits: int


def watch(
    searches: Sequence[SavedSearch], articles: Iterable[Article], groups: NameGroups = NO_GROUPS
) -> tuple[WatchRow, ...]:
    """The table of the watch list over new articles, by query in the order given, then by outlet."""
    queries = [(one.name, parse(one.query + " ")) for one in searches if one.watched]
    found: dict[tuple[int, str], tuple[list[str], int]] = {}
    for article in articles:
        outlet = article.metadata.outlet.value if article.metadata.outlet else ""
        for place, (_, query) in enumerate(queries):
            hits = answers(article, query, groups)
            if hits is not None:
                ids, count = found.get((place, outlet), ([], 0))
                found[place, outlet] = ([*ids, article.id], count + len(hits))
    return tuple(
        WatchRow(queries[place][0], outlet, tuple(ids), count)
        for (place, outlet), (ids, count) in sorted(found.items())
    )


def answers(article: Article, query: Query, groups: NameGroups = NO_GROUPS) -> tuple[Hit, ...] | None:
    """The hits of an article that nobody has noted or read yet, when it answers all of the query; else
    None.
    """
    if query.empty:
        return None
    for clause in query.clauses:
        met = any(_meets(article, atom, query, groups, exactly=clause.negative) for atom in clause.atoms)
        if met is clause.negative:
            return None
    if not _close(article, query, groups):
        return None
    return hits_in(article, query, groups)


def _meets(article: Article, atom: Atom, query: Query, groups: NameGroups, *, exactly: bool) -> bool:
    if isinstance(atom, Condition):
        return _fulfils(article, atom)
    hits = hits_of(article, atom, query.place, groups)
    if not exactly:
        return bool(hits)
    said = atom.word if isinstance(atom, Term) else " ".join(atom.words)
    return any(" ".join(word.normal for word in words(hit.word)) == said for hit in hits)


def _fulfils(article: Article, condition: Condition) -> bool:
    """Whether the article is as the condition demands; of notes and reading a new one knows nothing."""
    facts = article.metadata
    if condition.field == "outlet":
        return bool(facts.outlet and chosen(condition.value, [facts.outlet.value]))
    if condition.field == "author":
        return bool(facts.authors and chosen(condition.value, facts.authors.value))
    if condition.field in ("after", "before"):
        first, last = day_numbers(facts.published.value.iso if facts.published else "")
        day = day_numbers(as_date(condition.value) or "")[0]
        return bool(first) and (last >= day if condition.field == "after" else first < day)
    return False


def _close(article: Article, query: Query, groups: NameGroups) -> bool:
    """Whether each two neighbours of the query stand close somewhere in the text."""
    for left, right in query.neighbours:
        ones = hits_of(article, left, query.place, groups)
        others = hits_of(article, right, query.place, groups)
        if not any(_distance(article.text, one, other) <= (query.near or 1) for one in ones for other in others):
            return False
    return True


def _distance(text: str, one: Hit, other: Hit) -> int:
    """How many words on the other hit is."""
    first, second = sorted((one.span, other.span))
    if first.end > second.start:
        return 1
    between = Span(first.end, second.start)
    if between.length > 20_000:
        return 10_000
    return 1 + len(words(text, between))
