"""Articles, plans and schemas in the words of tantivy."""

from collections.abc import Sequence
from json.encoder import encode_basestring_ascii
from typing import Any, Final

from reader.search.plan import Among, AnyWord, Between, Either, InOrder, Node, Plan, Record

WORDS: Final = "words"
"""The name of the tokeniser: words are normalised before they come here, and only divided at spaces."""
_FAR: Final = 2**63
BONUS: Final = 2.0
"""What each typed word adds to a score that an article holds, however common the word is."""
_REWARD: Final = 2_048.0
"""What tells how many words an article holds by its score: more than the words of a query score together."""
_VERY_MANY: Final = 30_000
"""So many articles take longer to go through than it takes to look the other words up twice."""
_MOST_REMEMBERED: Final = 100
_PLACES: Final = ("text", "title", "caption", "comment")


def schema(tantivy: Any) -> Any:
    """The fields of an article: raw names, words by place, its date as numbers, and the row of the list."""
    builder = tantivy.SchemaBuilder()
    for name in ("id", "key", "outlet", "author"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in _PLACES:
        builder.add_text_field(name, tokenizer_name=WORDS, index_option="position")
    builder.add_text_field("boilerplate", tokenizer_name=WORDS, index_option="freq")
    builder.add_text_field("capitals", tokenizer_name=WORDS, index_option="freq")
    builder.add_text_field("initials", tokenizer_name=WORDS, index_option="basic")
    builder.add_bytes_field("row", stored=True)
    builder.add_unsigned_field("first", indexed=True, fast=True)
    builder.add_unsigned_field("last", indexed=True, fast=True)
    return builder.build()


def document(tantivy: Any, record: Record) -> Any:
    """An article as the index takes it."""
    made = tantivy.Document()
    made.add_text("id", record.id)
    made.add_text("key", key(record.id, record.stamp))
    made.add_bytes("row", _row(record))
    made.add_text("outlet", record.outlet)
    for author in record.authors:
        made.add_text("author", author)
    first, last = day_numbers(record.published)
    made.add_unsigned("first", first)
    made.add_unsigned("last", last)
    for field, text in record.texts:
        if text:
            made.add_text(field, text)
    return made


def key(name: str, stamp: str) -> str:
    """The term that says under which stamp an article was added; the name first, as names share beginnings."""
    return f"{name} {stamp}"


def _row(record: Record) -> bytes:
    """What the list shows of an article, as a JSON list; `json.dumps` would set up an encoder for each."""
    shown = (record.id, record.title, record.outlet, record.published)
    return f"[{','.join(map(encode_basestring_ascii, shown))}]".encode()


def day_numbers(published: str) -> tuple[int, int]:
    """The first and the last day that a date of known precision may be, as numbers (20150421); 0 if
    unknown.
    """
    parts = published.split("-") if published else []
    if not parts or not all(part.isdecimal() for part in parts):
        return 0, 0
    year, month, day = (int(part) for part in [*parts, "0", "0"][:3])
    if not month:
        return year * 10_000 + 101, year * 10_000 + 1231
    base = year * 10_000 + month * 100
    return (base + day, base + day) if day else (base + 1, base + 31)


class Translation:
    """Turns plans into queries over one schema, and their scores into those of a plan."""

    def __init__(self, tantivy: Any, its_schema: Any) -> None:
        self._tantivy = tantivy
        self._schema = its_schema
        self._made: dict[AnyWord, Any] = {}

    def of(self, plan: Plan) -> Any:
        """The query that asks what the plan says."""
        query, occur = self._tantivy.Query, self._tantivy.Occur
        parts = [(occur.Must, self._node(node)) for node in plan.must]
        if plan.wanted == len(plan.should):
            parts += [(occur.Must, self._node(node)) for node in plan.should]
        else:
            parts.append((occur.Must, self._most_of(plan.should, plan.wanted)))
        if not parts:
            parts.append((occur.Must, query.all_query()))
        parts += [(occur.MustNot, self._node(node)) for node in plan.must_not]
        return query.boolean_query(parts)

    def scored(self, plan: Plan, score: float) -> tuple[float, int]:
        """What the score of an article says of a plan: its own, and how much of `should` the article holds."""
        if plan.wanted == len(plan.should):
            held = plan.wanted
        else:
            held = int(score / _REWARD)
            score -= held * _REWARD
        return score + BONUS * held, held

    def _most_of(self, nodes: Sequence[Node], wanted: int) -> Any:
        """At least so many of the nodes, and for each a reward.

        Where all but one are wanted and one is held by very many articles, those are not gone through: they have to
        hold what is wanted of the others, or have nothing to add to them.
        """
        query, occur = self._tantivy.Query, self._tantivy.Occur
        reward = (occur.Must, query.boost_query(query.all_query(), _REWARD))
        rewarded = [query.boolean_query([(occur.Must, self._node(node)), reward]) for node in nodes]
        articles = [node.articles if isinstance(node, AnyWord) else 0 for node in nodes]
        most = max(articles)
        if wanted != len(nodes) - 1 or wanted < 2 or most < _VERY_MANY:
            return query.boolean_query([(occur.Should, part) for part in rewarded], max(1, wanted))
        widest = rewarded.pop(articles.index(most))
        some = query.boolean_query([(occur.Should, part) for part in rewarded], wanted - 1)
        every = query.boolean_query([(occur.Must, part) for part in rewarded])
        return query.disjunction_max_query([every, query.boolean_query([(occur.Must, widest), (occur.Must, some)])])

    def _node(self, node: Node) -> Any:
        query, schema = self._tantivy.Query, self._schema
        if isinstance(node, AnyWord):
            return self._made.get(node) or self._remembered(node)
        if isinstance(node, InOrder):
            if len(node.words) == 1:
                made = query.term_query(schema, node.field, node.words[0][1], "freq")
            else:
                made = query.phrase_query(schema, node.field, list(node.words), node.slop)
            return query.boost_query(made, node.weight)
        if isinstance(node, Among):
            if not node.values:
                return query.empty_query()
            one = len(node.values) == 1
            made = (
                query.term_query(schema, node.field, node.values[0], "basic")
                if one
                else query.term_set_query(schema, node.field, list(node.values))
            )
            return query.const_score_query(made, node.weight)
        if isinstance(node, Between):
            ranged = query.range_query(
                schema, node.field, self._tantivy.FieldType.Unsigned, node.low or 0, node.high or _FAR, True, False
            )
            return query.const_score_query(ranged, 0.0)
        if isinstance(node, Either):
            return query.disjunction_max_query([self._node(part) for part in node.parts])
        return query.boolean_query([(self._tantivy.Occur.Must, self._node(part)) for part in node.parts])

    def _remembered(self, node: AnyWord) -> Any:
        """A word's query, for the letters of the next one: it is the same for all of them."""
        if len(self._made) >= _MOST_REMEMBERED:
            self._made.clear()
        made = self._made[node] = self._any_word(node)
        return made

    def _any_word(self, node: AnyWord) -> Any:
        query, occur = self._tantivy.Query, self._tantivy.Occur
        alternatives = [
            query.boost_query(query.term_query(self._schema, field, word, "freq"), weight)
            for field, word, weight in node.words
        ]
        if not alternatives:
            return query.empty_query()
        best = query.disjunction_max_query(alternatives) if len(alternatives) > 1 else alternatives[0]
        if not node.exact_bonus:
            return best
        exact = [
            query.const_score_query(query.term_query(self._schema, field, word, "basic"), node.exact_bonus * weight)
            for field, word, weight in node.words
            if word == node.exact
        ]
        return query.boolean_query([(occur.Must, best), *((occur.Should, one) for one in exact)])
