"""Articles, plans and schemas in the words of tantivy."""

from json.encoder import encode_basestring_ascii
from typing import Any, Final

from reader.search.plan import Among, AnyWord, Between, Either, InOrder, Node, Plan, Record

WORDS: Final = "words"
"""The name of the tokeniser: words are normalised before they come here, and only divided at spaces."""
_FAR: Final = 2**63
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
    """Turns plans into queries over one schema."""

    def __init__(self, tantivy: Any, its_schema: Any) -> None:
        self._tantivy = tantivy
        self._schema = its_schema

    def of(self, plan: Plan) -> Any:
        """The query that asks what the plan says."""
        query, occur = self._tantivy.Query, self._tantivy.Occur
        parts = [(occur.Must, self._node(node)) for node in plan.must]
        if plan.should:
            wished = [(occur.Should, self._node(node)) for node in plan.should]
            if len(wished) == 1 or plan.wanted == len(wished):
                parts += [(occur.Must, part) for _, part in wished]
            elif plan.wanted > 1 or plan.must:
                parts.append((occur.Must, query.boolean_query(wished, max(1, plan.wanted))))
            else:
                parts += wished
        if not parts:
            parts.append((occur.Must, query.all_query()))
        parts += [(occur.MustNot, self._node(node)) for node in plan.must_not]
        return query.boolean_query(parts)

    def _node(self, node: Node) -> Any:
        query, schema = self._tantivy.Query, self._schema
        if isinstance(node, AnyWord):
            return self._any_word(node)
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

    def _any_word(self, node: AnyWord) -> Any:
        query, occur = self._tantivy.Query, self._tantivy.Occur
        alternatives = [
            query.boost_query(query.term_query(self._schema, field, word, "freq"), weight)
            for field, word, weight in node.words
        ]
        if not alternatives:
            return query.empty_query()
        best = query.disjunction_max_query(alternatives) if len(alternatives) > 1 else alternatives[0]
        if not node.bonus:
            return best
        parts = [(occur.Must, best), (occur.Must, query.boost_query(query.all_query(), node.bonus))]
        if node.exact_bonus:
            parts += [
                (
                    occur.Should,
                    query.const_score_query(
                        query.term_query(self._schema, field, word, "basic"), node.exact_bonus * weight
                    ),
                )
                for field, word, weight in node.words
                if word == node.exact
            ]
        return query.boolean_query(parts)
