"""From a query to a plan: which words, in which fields, with which weights.

Measured on known articles sought with imperfect words: the halving of approximate alternatives for well known
words (see `expansion`) and that articles which hold more of the typed words stand before others matter more than
anything else.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from reader.search.answer import Match
from reader.search.clause import Atom, Clause, Condition, Phrase, Term
from reader.search.expansion import APPROXIMATE, Expander, Variant
from reader.search.plan import Among, AnyWord, Either, Every, InOrder, Node, Plan
from reader.search.query import Query

EXACT_SHARE: Final = 1.6
"""What the word as typed adds over its look-alikes, as a share of its rarity: more than those can gain."""
_FIELDS: Final[dict[str | None, tuple[tuple[str, float], ...]]] = {
    None: (("text", 1.0), ("comment", 0.7)),
    "body": (("text", 1.0),),
    "title": (("title", 1.0),),
    "captions": (("caption", 1.0),),
    "comments": (("comment", 1.0),),
    "boilerplate": (("boilerplate", 1.0),),
    "notes": (),
}
_WITHOUT_ORDER: Final = frozenset({"boilerplate"})
"""Fields of which the index keeps no positions: words that follow each other cannot be sought there."""
_PHRASE_WEIGHT: Final = 2.0
_LOOSE_PHRASE_WEIGHT: Final = 1.2
_BEGUN_PHRASE_WEIGHT: Final = 0.6
_PHRASE_VARIANTS: Final = 5
_PHRASE_BEGINNINGS: Final = 20
"""Alternatives that are tried for a word of a phrase, and for its last one while that is being typed."""
_NOTE_WEIGHT: Final = 4.0
_NEAR_VARIANTS: Final = 3


@dataclass(frozen=True)
class Knowledge:
    """What a plan is made from.

    `resolve` turns a condition into a node, `noted` gives the articles whose notes hold a word (by its
    normal form and whether it is unfinished), `size` is the number of articles.
    """

    expand: Expander
    size: int
    resolve: Callable[[Condition], Node]
    noted: Callable[[str, bool], tuple[str, ...]] = lambda word, typing: ()


def plan(query: Query, knowledge: Knowledge) -> Plan:
    """The plan for a query: articles that hold all that is typed, or all words but one."""
    demands: list[Node] = []
    wishes: list[Node] = []
    refused: list[Node] = []
    plain: list[Term] = []
    for clause in query.clauses:
        single = clause.atoms[0] if len(clause.atoms) == 1 else None
        if clause.negative:
            refused += [_refused(atom, query.place, knowledge) for atom in clause.atoms]
        elif isinstance(single, Term) and single.place is None:
            plain.append(single)
        elif isinstance(single, Condition):
            demands.append(knowledge.resolve(single))
        else:
            demands.append(_alternatives(clause, query.place, knowledge))
    wishes += _plain_words(plain, query.place, knowledge)
    demands += _close_together(query, knowledge)
    return Plan(tuple(demands), tuple(wishes), tuple(refused), min(len(wishes), max(1, len(wishes) - 1)))


def expected(wanted: Plan, size: int) -> float:
    """About how many of `size` articles hold all that a plan wishes for, were its words independent of each other."""
    return size * math.prod(_share(node, max(1, size)) for node in wanted.should)


def _share(node: Node, size: int) -> float:
    """The share of the articles that a node means, at most; all of them where nobody counted."""
    if isinstance(node, AnyWord) and node.articles:
        return min(1.0, node.articles / size)
    if isinstance(node, Among):
        return min(1.0, len(node.values) / size)
    return min(1.0, sum(_share(part, size) for part in node.parts)) if isinstance(node, Either) else 1.0


def _plain_words(terms: Sequence[Term], place: str | None, knowledge: Knowledge) -> list[Node]:
    """A node for each word, or for the words of an accepted name together."""
    nodes: list[Node] = []
    at = 0
    while at < len(terms):
        for length in range(min(knowledge.expand.groups.longest, len(terms) - at), 1, -1):
            name = tuple(term.word for term in terms[at : at + length])
            others = knowledge.expand.groups.others(name)
            if others:
                said = tuple(_word(term, place, knowledge) for term in terms[at : at + length])
                nodes.append(Either((Every(said), *_names(others, place))))
                at += length
                break
        else:
            nodes.append(_word(terms[at], place, knowledge))
            at += 1
    return nodes


def _alternatives(clause: Clause, place: str | None, knowledge: Knowledge) -> Node:
    parts: list[Node] = []
    for atom in clause.atoms:
        if isinstance(atom, Term):
            parts.append(_word(atom, place, knowledge))
        elif isinstance(atom, Phrase):
            parts.append(_phrase(atom, place, knowledge))
        else:
            parts.append(knowledge.resolve(atom))
    return parts[0] if len(parts) == 1 else Either(tuple(parts))


def _word(term: Term, place: str | None, knowledge: Knowledge) -> Node:
    fields = _FIELDS[term.place or place]
    parts: list[Node] = []
    if fields:
        asked = (term.word, term.typing, fields, knowledge.size)
        parts.append(knowledge.expand.remember(asked, lambda: _any_word(term, fields, knowledge)))
        parts += _names(knowledge.expand.groups.others((term.word,)), place, single=False)
    if place in (None, "notes") and term.place is None:
        noted = knowledge.noted(term.word, term.typing)
        if noted:
            parts.append(Among("id", noted, _NOTE_WEIGHT))
    if not parts:
        return Among("id", ())
    return parts[0] if len(parts) == 1 else Either(tuple(parts))


def _any_word(term: Term, fields: Sequence[tuple[str, float]], knowledge: Knowledge) -> Node:
    """The words that a term may mean, in the fields that may hold them."""
    variants = knowledge.expand(term.word, typing=term.typing)
    rarity = _rarity_of(term.word, knowledge)
    plain = [(one.word, _weight(one, term.word, rarity, knowledge.size)) for one in variants if not one.capitals]
    alike = any(one.match in APPROXIMATE for one in variants)
    exact_bonus = EXACT_SHARE * rarity if rarity and alike else 0.0
    articles = sum(one.frequency for one in variants)
    return AnyWord(_where(plain, fields, knowledge), term.word, exact_bonus, articles)


def _where(
    words: Sequence[tuple[str, float]], fields: Sequence[tuple[str, float]], knowledge: Knowledge
) -> tuple[tuple[str, str, float], ...]:
    """Each word in each field that may hold it, with both weights: looking in vain takes as long as finding."""
    absent = knowledge.expand.vocabulary.absent
    return tuple(
        (field, word, weight * share) for word, weight in words for field, share in fields if field not in absent(word)
    )


def _weight(variant: Variant, typed: str, rarity: float | None, size: int) -> float:
    """The variant's weight, so that a rare slip does not outweigh the usual spelling by its rarity."""
    if rarity is None or variant.word == typed or variant.match is Match.GROUP:
        return variant.weight
    return variant.weight * min(1.0, rarity / _rarity(variant.frequency, size))


def _rarity_of(typed: str, knowledge: Knowledge) -> float | None:
    """How rare the word itself is; None where it is not known."""
    known = knowledge.expand.vocabulary.frequency(typed)
    return _rarity(known, knowledge.size) if known else None


def _rarity(frequency: int, size: int) -> float:
    return math.log(1 + (max(size, frequency) - frequency + 0.5) / (frequency + 0.5))


def _names(others: Sequence[tuple[tuple[str, ...], bool]], place: str | None, *, single: bool = True) -> list[Node]:
    """Nodes for the other names of a group; those of one word only where `single`, unless in capitals."""
    nodes: list[Node] = []
    for name, capitals in others:
        if capitals:
            nodes.append(AnyWord((("capitals", name[0], 1.0),)))
        elif len(name) > 1:
            nodes += [
                InOrder(field, tuple(enumerate(name)), 0, weight)
                for field, weight in _FIELDS[place]
                if field not in _WITHOUT_ORDER
            ]
        elif single:
            nodes.append(AnyWord(tuple((field, name[0], weight) for field, weight in _FIELDS[place])))
    return nodes


def _phrase(phrase: Phrase, place: str | None, knowledge: Knowledge) -> Node:
    """The words in order; less weight for one word more, less, other or otherwise spelled, and for all but the last
    while that is being typed.
    """
    said = phrase.words
    in_order = tuple(enumerate(said))
    loose: list[tuple[tuple[int, str], ...]] = []
    for at, word in enumerate(said):
        begun = phrase.typing and at == len(said) - 1
        variants = [one for one in knowledge.expand(word, typing=begun) if one.word != word]
        most = _PHRASE_BEGINNINGS if begun else _PHRASE_VARIANTS
        loose += [(*in_order[:at], (at, one.word), *in_order[at + 1 :]) for one in variants[:most]]
    if len(said) > 2:
        for at in range(len(said)):
            kept = (*in_order[:at], *in_order[at + 1 :])
            loose.append(tuple((offset - kept[0][0], word) for offset, word in kept))
            loose.append(tuple(enumerate(word for _, word in kept)))
    swapped = [tuple(enumerate((*said[:at], said[at + 1], said[at], *said[at + 2 :]))) for at in range(len(said) - 1)]
    parts: list[Node] = []
    for field, weight in _FIELDS[phrase.place or place]:
        if field in _WITHOUT_ORDER:
            whole = said[:-1] if phrase.typing else said
            parts.append(Every(tuple(AnyWord(((field, word, weight),)) for word in whole)))
            continue
        parts.append(InOrder(field, in_order, 0, _PHRASE_WEIGHT * weight))
        parts.append(InOrder(field, in_order, 1, _LOOSE_PHRASE_WEIGHT * weight))
        parts += [InOrder(field, other, 0, _LOOSE_PHRASE_WEIGHT * weight) for other in (*loose, *swapped)]
        if phrase.typing:
            parts.append(InOrder(field, in_order[:-1], 0, _BEGUN_PHRASE_WEIGHT * weight))
    noted = _noted_phrase(phrase, place, knowledge)
    if noted:
        parts.append(Among("id", noted, _NOTE_WEIGHT))
    return Either(tuple(parts)) if parts else Among("id", ())


def _noted_phrase(phrase: Phrase, place: str | None, knowledge: Knowledge) -> tuple[str, ...]:
    """Articles whose notes hold every word of the phrase."""
    if place not in (None, "notes") or phrase.place:
        return ()
    last = len(phrase.words) - 1
    held = [set(knowledge.noted(word, phrase.typing and at == last)) for at, word in enumerate(phrase.words)]
    return tuple(sorted(set.intersection(*held)))


def _close_together(query: Query, knowledge: Knowledge) -> list[Node]:
    """For each two neighbours in a query that asks for nearness: somewhere in the text they stand close, in either
    order.
    """
    nodes: list[Node] = []
    slop = max(0, (query.near or 1) - 1)
    for left, right in query.neighbours:
        ones, others = _likeliest(left, knowledge), _likeliest(right, knowledge)
        pairs = [pair for one in ones for other in others for pair in ((*one, *other), (*other, *one))]
        parts = [
            InOrder(field, tuple(enumerate(pair)), slop, weight)
            for pair in pairs
            for field, weight in _FIELDS[query.place]
            if field not in _WITHOUT_ORDER
        ]
        if parts:
            nodes.append(Either(tuple(parts)))
    return nodes


def _likeliest(atom: Term | Phrase, knowledge: Knowledge) -> list[tuple[str, ...]]:
    """What a word most likely means; a phrase is meant as it was typed."""
    if isinstance(atom, Phrase):
        return [atom.words]
    variants = knowledge.expand(atom.word, typing=atom.typing)
    return [(one.word,) for one in variants[:_NEAR_VARIANTS]]


def _refused(atom: Atom, place: str | None, knowledge: Knowledge) -> Node:
    """What an article must not have: the word as typed and not its look-alikes."""
    if isinstance(atom, Condition):
        return knowledge.resolve(atom)
    fields = _FIELDS[atom.place or place] or _FIELDS[None]
    if isinstance(atom, Term):
        return AnyWord(tuple((field, atom.word, weight) for field, weight in fields))
    return Either(
        tuple(InOrder(field, tuple(enumerate(atom.words))) for field, _ in fields if field not in _WITHOUT_ORDER)
    )
