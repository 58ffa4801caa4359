"""Where in a text a query is answered: the same forgiving rules as the index, on one text, with exact
spans.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reader.capture.article import Article, Kind
from reader.search.answer import Hit, Match
from reader.search.expansion import NO_GROUPS, NameGroups, Variant, expand
from reader.search.query import Clause, Phrase, Query, Term, parse
from reader.search.vocabulary import Vocabulary, of_words
from reader.text.span import Span
from reader.text.spelling import Word, words

_ALL: Final = 100_000
_MOST_TEXTS_KEPT: Final = 4
_KINDS: Final[dict[str | None, frozenset[Kind]]] = {
    None: frozenset(Kind) - {Kind.BOILERPLATE, Kind.RELATED},
    "body": frozenset({Kind.BODY, Kind.STANDFIRST, Kind.SUBHEAD}),
    "title": frozenset({Kind.TITLE}),
    "captions": frozenset({Kind.CAPTION}),
    "comments": frozenset({Kind.COMMENT}),
    "boilerplate": frozenset({Kind.BOILERPLATE, Kind.RELATED}),
    "notes": frozenset(),
}


def find_in(text: str, query_text: str, span: Span | None = None, groups: NameGroups = NO_GROUPS) -> tuple[Hit, ...]:
    """Every place of the text, or of the part under `span`, that answers the words and phrases of a query.

    In text order and without overlaps; conditions and negatives of the query say nothing about places and are
    passed over. The last word may be unfinished.
    """
    return _find(text, parse(query_text), groups, (span,) if span else (Span(0, len(text)),))


def hits_in(article: Article, query: Query, groups: NameGroups = NO_GROUPS) -> tuple[Hit, ...]:
    """The hits of a query in an article, in the places that the query asks for.

    Folded text has none unless it is asked for, nor have blocks that only repeat an earlier one.
    """
    kinds = _KINDS[query.place]
    shown = [block for block in article.blocks if block.kind in kinds and not block.repeats]
    titles = [block.span for block in article.blocks if block.kind is Kind.TITLE and not block.repeats]
    anywhere = [atom for atom in query.sought if atom.place is None]
    hits = _collect(article.text, anywhere, groups, [block.span for block in shown])
    for atom in query.sought:
        if atom.place == "title":
            hits += _collect(article.text, [atom], groups, titles)
    return _in_order(hits)


def hits_of(
    article: Article, atom: Term | Phrase, place: str | None, groups: NameGroups = NO_GROUPS
) -> tuple[Hit, ...]:
    """The hits of one word or phrase, in the place that a query asks for."""
    return hits_in(article, Query(atom.typed, (Clause((atom,)),), place), groups)


def best_match(hits: Sequence[Hit]) -> Match | None:
    """The strongest reason among hits: exact before approximate; None without hits."""
    order = list(Match)
    return min((hit.match for hit in hits), key=order.index, default=None)


def why(hit: Hit) -> str:
    """Why the hit is one, as a sentence part for the screen."""
    reasons = {
        Match.EXACT: f"the word {hit.term}",
        Match.PREFIX: f"begins with {hit.term}",
        Match.SPELLING: f"another spelling of {hit.term}",
        Match.EDIT: f"nearly {hit.term}",
        Match.GROUP: f"another name for {hit.term}",
    }
    return reasons[hit.match]


@dataclass(frozen=True)
class _Page:
    """The words of a text, in order and as a vocabulary."""

    words: list[Word]
    vocabulary: Vocabulary


@lru_cache(maxsize=_MOST_TEXTS_KEPT)
def _page(text: str) -> _Page:
    found = words(text)
    return _Page(found, of_words(word.normal for word in found))


def _find(text: str, query: Query, groups: NameGroups, spans: Sequence[Span]) -> tuple[Hit, ...]:
    return _in_order(_collect(text, list(query.sought), groups, spans))


def _collect(
    text: str, sought: Sequence[Term | Phrase], groups: NameGroups, spans: Sequence[Span]
) -> list[tuple[float, Hit]]:
    """Hits with their weights; they may overlap."""
    if not sought or not spans:
        return []
    page = _page(text)
    inside = _inside(page.words, spans)
    found: list[tuple[float, Hit]] = []
    single: dict[str, tuple[float, Match, str, bool]] = {}
    for atom in sought:
        if isinstance(atom, Phrase):
            found += _phrase_hits(text, inside, atom, page.vocabulary)
            continue
        for variant in _variants(atom, page.vocabulary, groups):
            held = single.get(variant.word)
            if held is None or held[0] < variant.weight:
                single[variant.word] = (variant.weight, variant.match, atom.typed, variant.capitals)
    for word in inside:
        reason = single.get(word.normal)
        if reason:
            weight, match, typed, capitals = reason
            written = text[word.start : word.end]
            if not capitals or written.isupper():
                found.append((weight, Hit(Span(word.start, word.end), written, match, typed)))
    for name, typed in _other_names(sought, groups):
        found += _name_hits(text, inside, name, typed)
    return found


def _variants(term: Term, vocabulary: Vocabulary, groups: NameGroups) -> list[Variant]:
    """The words of the text that answer; where the word itself stands there, slips of it are not meant."""
    variants = expand(term.word, vocabulary, typing=term.typing, groups=groups, most=_ALL)
    exact = any(variant.match is Match.EXACT for variant in variants)
    return [one for one in variants if not (exact and one.match is Match.EDIT)]


def _inside(found: list[Word], spans: Sequence[Span]) -> list[Word]:
    """The words that lie in the spans, which are in text order."""
    if len(spans) == 1 and (not found or (spans[0].start <= found[0].start and spans[0].end >= found[-1].end)):
        return found
    kept = []
    ordered = sorted(spans)
    at = 0
    for word in found:
        while at < len(ordered) and ordered[at].end <= word.start:
            at += 1
        if at < len(ordered) and ordered[at].start <= word.start and word.end <= ordered[at].end:
            kept.append(word)
    return kept


def _other_names(sought: Sequence[Term | Phrase], groups: NameGroups) -> list[tuple[tuple[str, ...], str]]:
    """Names of several words that answer typed ones, and names that answer several typed words."""
    if not groups.members:
        return []
    typed = [atom for atom in sought if isinstance(atom, Term)]
    found = []
    for length in range(1, groups.longest + 1):
        for at in range(len(typed) - length + 1):
            part = typed[at : at + length]
            said = " ".join(term.typed for term in part)
            for name, capitals in groups.others(tuple(term.word for term in part)):
                if (len(name) > 1 or length > 1) and not capitals:
                    found.append((name, said))
    return found


def _name_hits(text: str, found: list[Word], name: tuple[str, ...], typed: str) -> list[tuple[float, Hit]]:
    hits = []
    for at, word in enumerate(found):
        if word.normal == name[0] and tuple(one.normal for one in found[at : at + len(name)]) == name:
            span = Span(word.start, found[at + len(name) - 1].end)
            hits.append((1.5, Hit(span, span.of(text), Match.GROUP, typed)))
    return hits


def _phrase_hits(text: str, found: list[Word], phrase: Phrase, vocabulary: Vocabulary) -> list[tuple[float, Hit]]:
    """Places where the phrase stands, with at most one slip: a word more, less, other, swapped or
    misspelled.
    """
    near = [{one.word: one.match for one in expand(word, vocabulary)} for word in phrase.words]
    starters = {word for forms in near[:2] for word in forms}
    hits = []
    at = 0
    while at < len(found):
        match = None
        if found[at].normal in starters:
            match = _phrase_at(found, at, phrase.words, near)
        if match is None:
            at += 1
            continue
        taken, kind = match
        span = Span(found[at].start, found[at + taken - 1].end)
        hits.append((2.0, Hit(span, span.of(text), kind, phrase.typed)))
        at += taken
    return hits


def _phrase_at(
    found: list[Word], at: int, said: tuple[str, ...], near: list[dict[str, Match]]
) -> tuple[int, Match] | None:
    """How many words from `at` are the phrase, and how well it is met; None where it does not stand there."""
    count = len(said)
    here = tuple(word.normal for word in found[at : at + count + 1])
    if here[:count] == said:
        return count, Match.EXACT
    if len(here) >= count:
        wrong = [i for i in range(count) if here[i] != said[i]]
        if len(wrong) == 1 and here[wrong[0]] in near[wrong[0]]:
            return count, near[wrong[0]][here[wrong[0]]]
        if len(wrong) == 1 and count > 2:
            return count, Match.EDIT
        if len(wrong) == 2 and wrong[1] - wrong[0] == 1:
            first, second = wrong
            if here[first] == said[second] and here[second] == said[first]:
                return count, Match.EDIT
    if len(here) > count:
        for more in range(1, count):
            if here[:more] + here[more + 1 :] == said:
                return count + 1, Match.EDIT
    if count > 2:
        for less in range(count):
            if here[: count - 1] == said[:less] + said[less + 1 :]:
                return count - 1, Match.EDIT
    return None


def _in_order(weighted: list[tuple[float, Hit]]) -> tuple[Hit, ...]:
    """In text order; of hits that overlap, the weightiest and longest stays."""
    kept: list[tuple[float, Hit]] = []
    for weight, hit in sorted(weighted, key=lambda pair: (pair[1].span.start, -pair[0], -pair[1].span.end)):
        if kept and kept[-1][1].span.overlaps(hit.span):
            if (weight, hit.span.length) > (kept[-1][0], kept[-1][1].span.length):
                kept[-1] = (weight, hit)
            continue
        kept.append((weight, hit))
    return tuple(hit for _, hit in kept)
