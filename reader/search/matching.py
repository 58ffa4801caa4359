"""Where in a text a query is answered: the same forgiving rules as the index, on one text, with exact
spans.
"""

from collections.abc import Sequence
from typing import Final

from reader.capture.article import Article, Kind
from reader.search.answer import Hit, Match
from reader.search.clause import Clause, Phrase, Term
from reader.search.expansion import NO_GROUPS, NameGroups, Variant, expand
from reader.search.leaf import Leaf, Places, leaf_of
from reader.search.query import Query, parse
from reader.search.vocabulary import Words
from reader.text.span import Span

_ALL: Final = 100_000
_NAME_WEIGHT: Final = 1.5
_PHRASE_WEIGHT: Final = 2.0
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
    places = (span,) if span else (Span(0, len(text)),)
    return _in_order(_collect(text, parse(query_text).sought, groups, places))


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


def prepare(text: str) -> None:
    """Reads the words of a text, so that the first search in it answers as fast as the next ones."""
    leaf_of(text).read_all()


def _collect(
    text: str, sought: Sequence[Term | Phrase], groups: NameGroups, spans: Sequence[Span]
) -> list[tuple[float, Hit]]:
    """Hits with their weights; they may overlap."""
    if not sought or not spans:
        return []
    leaf, inside = leaf_of(text), Places(spans)
    found: list[tuple[float, Hit]] = []
    for atom in sought:
        if isinstance(atom, Phrase):
            found += _phrase_hits(leaf, atom)
        else:
            found += _word_hits(leaf, atom, groups)
    for name, typed in _other_names(sought, groups):
        found += _name_hits(leaf, name, typed)
    return [(weight, hit) for weight, hit in found if inside.hold(hit.span.start, hit.span.end)]


def _word_hits(leaf: Leaf, term: Term, groups: NameGroups) -> list[tuple[float, Hit]]:
    hits = []
    for variant in _variants(term, leaf.vocabulary, groups):
        for span in leaf.spans(variant.word):
            written = span.of(leaf.text)
            if not variant.capitals or written.isupper():
                hits.append((variant.weight, Hit(span, written, variant.match, term.typed)))
    return hits


def _variants(term: Term, vocabulary: Words, groups: NameGroups) -> list[Variant]:
    """The words of the text that answer; where the word itself stands there, slips of it are not meant."""
    variants = expand(term.word, vocabulary, typing=term.typing, groups=groups, most=_ALL)
    exact = any(variant.match is Match.EXACT for variant in variants)
    return [one for one in variants if not (exact and one.match is Match.EDIT)]


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


def _name_hits(leaf: Leaf, name: tuple[str, ...], typed: str) -> list[tuple[float, Hit]]:
    hits = []
    for at in leaf.places.get(name[0], ()):
        if leaf.normals(at, at + len(name)) == name:
            span = Span(leaf.words[at].start, leaf.words[at + len(name) - 1].end)
            hits.append((_NAME_WEIGHT, Hit(span, span.of(leaf.text), Match.GROUP, typed)))
    return hits


def _phrase_hits(leaf: Leaf, phrase: Phrase) -> list[tuple[float, Hit]]:
    """Places where the phrase stands, with at most one slip: a word more, less, other, swapped or misspelled."""
    last = len(phrase.words) - 1
    near = [
        {one.word: one.match for one in expand(word, leaf.vocabulary, typing=phrase.typing and at == last)}
        for at, word in enumerate(phrase.words)
    ]
    starters = {word for forms in near[:2] for word in forms}
    starts = {at for word in starters for at in leaf.places.get(word, ())}
    if len(phrase.words) > 2:  # the first word may be another one
        starts |= {at - 1 for word in near[1] for at in leaf.places.get(word, ()) if at}
    hits = []
    taken_to = 0
    for at in sorted(starts):
        match = _phrase_at(leaf, at, phrase.words, near) if at >= taken_to else None
        if match is not None:
            taken, kind = match
            taken_to = at + taken
            span = Span(leaf.words[at].start, leaf.words[taken_to - 1].end)
            hits.append((_PHRASE_WEIGHT, Hit(span, span.of(leaf.text), kind, phrase.typed)))
    return hits or (_begun_hits(leaf, phrase) if phrase.typing else [])


def _begun_hits(leaf: Leaf, phrase: Phrase) -> list[tuple[float, Hit]]:
    """Places of an unfinished phrase where all its words but the last stand."""
    said = phrase.words[:-1]
    hits = []
    for at in leaf.places.get(said[0], ()):
        if leaf.normals(at, at + len(said)) == said:
            span = Span(leaf.words[at].start, leaf.words[at + len(said) - 1].end)
            hits.append((_PHRASE_WEIGHT, Hit(span, span.of(leaf.text), Match.EDIT, phrase.typed)))
    return hits


def _phrase_at(leaf: Leaf, at: int, said: tuple[str, ...], near: list[dict[str, Match]]) -> tuple[int, Match] | None:
    """How many words from `at` are the phrase, and how well it is met; None where it does not stand there."""
    count = len(said)
    here = leaf.normals(at, at + count + 1)
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
