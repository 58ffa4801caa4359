"""The query language: a line of text becomes clauses, whatever the line says.

    mosul nujaifi          articles with these words; those with all of them come first
    "islamic state"        the words in this order, one slip forgiven
    -sponsored             articles without it
    mosul OR nineveh       either of the neighbours
    title:graffiti  outlet:"harbour wire"  author:hale  tag:sources  pen:fact  by:anna
    in:notes in:comments in:captions in:title in:body in:boilerplate
    is:unread is:read is:noted is:marked  after:2015-03  before:2015-04-21  near:8

`parse` never raises: what does not fit the language is searched as plain words. What is still being typed asks for
no more than it says so far: a field without a value for nothing, an open phrase for words that begin like its last.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from reader.search.clause import FIELDS, Clause, Condition, Phrase, Term
from reader.text.spelling import ARTICLES, Word, is_ideograph, words

PLACES: Final = ("body", "title", "captions", "comments", "notes", "boilerplate")
STATES: Final = ("unread", "read", "noted", "marked")
_PLACE_OF: Final = {
    "note": "notes", "notes": "notes", "comment": "comments", "comments": "comments", "caption": "captions",
    "captions": "captions", "title": "title", "headline": "title", "body": "body", "text": "body",
    "boilerplate": "boilerplate", "folded": "boilerplate", "all": "boilerplate",
}  # fmt: skip
_ALIASES: Final = {"source": "outlet", "from": "outlet", "headline": "title", "tags": "tag", "creator": "by"}
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_HALF_A_DATE: Final = re.compile(r"\d{1,3}|\d{4}-(?:\d{1,2}-)?")
_APART: Final = re.compile(rf"(?i)(?<!\S)(-?(?:{'|'.join((*FIELDS, *_ALIASES))}):)\s+(?=\S)")
"""A field and a space before its value, which is meant all the same."""
_LONGEST: Final = 2_000
_MOST_CLAUSES: Final = 32
_TOKEN: Final = re.compile(
    r"(?P<minus>-)?(?:(?P<field>[^\W\d_]+):)?(?:[\"“”„](?P<phrase>[^\"“”„]*)(?P<closed>[\"“”])?|(?P<word>[^\s\"“”„]+))"
)


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. `place` is that of `in:`, `near` the widest distance in words, `reading` says it in
    words.
    """

    text: str
    clauses: tuple[Clause, ...]
    place: str | None = None
    near: int | None = None
    reading: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        return not self.clauses

    @property
    def sought(self) -> tuple[Term | Phrase, ...]:
        """Words and phrases that are wanted, in the order typed."""
        return tuple(
            atom
            for clause in self.clauses
            if not clause.negative
            for atom in clause.atoms
            if not isinstance(atom, Condition)
        )

    @property
    def neighbours(self) -> list[tuple[Term | Phrase, Term | Phrase]]:
        """Where nearness is asked for: each two words or phrases that have to stand close to each other."""
        if self.near is None:
            return []
        single = [clause.atoms[0] for clause in self.clauses if len(clause.atoms) == 1 and not clause.negative]
        return list(pairwise(atom for atom in single if not isinstance(atom, Condition) and atom.place is None))

    @property
    def typed(self) -> list[tuple[str, bool]]:
        """The normal form of each word that is wanted, in phrases too, and whether it may go on."""
        found: list[tuple[str, bool]] = []
        for atom in self.sought:
            words = (atom.word,) if isinstance(atom, Term) else atom.words
            found += [(word, atom.typing and at == len(words)) for at, word in enumerate(words, 1)]
        return found


@lru_cache(maxsize=64)
def parse(text: str) -> Query:
    """The query that the text asks; see the head of this module. Never raises."""
    said, text = text[:_LONGEST], joined(text[:_LONGEST])
    clauses: list[Clause] = []
    unsaid: list[str] = []
    place: str | None = None
    near: int | None = None
    joining = False
    for match in _TOKEN.finditer(text):
        if match[0] == "OR" and clauses:
            joining = True
            continue
        at_end = match.end() == len(text)
        field = named(match["field"] or "")
        value = match["phrase"] if match["phrase"] is not None else match["word"]
        negative = match["minus"] is not None
        if not field and value.endswith(":") and (name := named(value[:-1])):
            unsaid.append(f"{name}: …")
            continue
        if at_end and _is_begun(field, value):
            unsaid.append(f"{field}: {value}…")
            continue
        if field == "in" and value.lower() in _PLACE_OF and not negative:
            place = _PLACE_OF[value.lower()]
            continue
        if field == "near" and value.isdecimal() and not negative:
            near = max(1, min(int(value[:4]), 1000))
            continue
        made = _clauses(match, field, value, negative, at_end)
        if joining and made and clauses and not negative and not clauses[-1].negative:
            clauses[-1] = Clause(clauses[-1].atoms + made[0].atoms)
            made = made[1:]
        joining = False
        clauses += made
    kept = tuple(clauses[:_MOST_CLAUSES])
    return Query(said, kept, place, near, ", ".join([*_reading(kept, place, near), *unsaid]))


def joined(text: str) -> str:
    """The query with the values of known fields at their colons: `outlet: wire` is `outlet:wire`."""
    return _APART.sub(r"\1", text)


def named(field: str) -> str:
    """The field that a name in any case means, "" where it means none."""
    name = field.lower()
    name = _ALIASES.get(name, name)
    return name if name in FIELDS else ""


def _is_begun(field: str, value: str) -> bool:
    """Whether a value at the end of the line may still become one that its field takes, and is none yet."""
    if field in ("after", "before"):
        return _HALF_A_DATE.fullmatch(value) is not None
    known: Collection[str] = {"in": tuple(_PLACE_OF), "is": STATES}.get(field, ())
    typed = value.lower()
    return typed not in known and any(one.startswith(typed) for one in known)


def as_date(value: str) -> str | None:
    """The first day of a day, month or year, as an ISO date; None if the value is none of these."""
    match = _DATE.fullmatch(value.strip())
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def _clauses(match: re.Match[str], field: str, value: str, negative: bool, at_end: bool) -> list[Clause]:
    """The clauses of one piece of the line; none where it holds no word."""
    if field in ("outlet", "author", "tag", "pen", "by") and value.strip():
        return [Clause((Condition(field, value.strip()),), negative)]
    if field == "is" and value.lower() in STATES:
        state = value.lower()
        if state == "unread":
            return [Clause((Condition("is", "read"),), not negative)]
        return [Clause((Condition("is", state),), negative)]
    if field in ("after", "before") and as_date(value):
        return [Clause((Condition(field, value.strip()),), negative)]
    place = "title" if field == "title" else None
    quoted = match["phrase"] is not None
    typed = value if field == "title" or (quoted and not match["field"]) else match[0].lstrip("-")
    return _worded(typed, place, negative, quoted, at_end and not match["closed"])


def _worded(typed: str, place: str | None, negative: bool, quoted: bool, open_end: bool) -> list[Clause]:
    """Words as single clauses, or as one phrase where they were quoted or are glued by hyphens in a
    negative.
    """
    found = words(typed)
    if len(found) > 1 and not quoted:
        found = [
            word
            for word in found
            if not (word.normal in ARTICLES and typed[word.end : word.end + 1] in ("-", "\u2010", "\u2011"))
        ]
    if not found:
        return []
    last = found[-1]
    goes_on = open_end and last.end == len(typed) and not negative
    if quoted and goes_on and len(found) > 1 and len(last.normal) == 1 and last.normal.isascii():
        found = found[:-1]  # so little of a word says nothing yet
        typed, goes_on = typed[: found[-1].end], False
        last = found[-1]
    if len(found) > 1 and (quoted or negative):
        phrase = Phrase(typed.strip(), tuple(word.normal for word in found), place, goes_on)
        return [Clause((phrase,), negative)]
    return [
        Clause((_run(typed, run, place, run[-1] is last and goes_on),), negative) for run in _runs(found)
    ]


def _runs(found: list[Word]) -> list[list[Word]]:
    """Words one by one; signs of a script without spaces that stand together stay together, as they are one word."""
    runs: list[list[Word]] = []
    for word in found:
        glued = runs and runs[-1][-1].end == word.start
        if glued and is_ideograph(word.normal) and is_ideograph(runs[-1][-1].normal):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _run(typed: str, run: list[Word], place: str | None, goes_on: bool) -> Term | Phrase:
    said = typed[run[0].start : run[-1].end]
    if len(run) > 1:
        return Phrase(said, tuple(word.normal for word in run), place)
    return Term(said, run[0].normal, goes_on, place)


def _reading(clauses: tuple[Clause, ...], place: str | None, near: int | None) -> list[str]:
    """How the query was understood, in parts for the screen."""
    parts = [clause.said for clause in clauses]
    if place:
        parts.append(f"only in {place}")
    if near:
        parts.append(f"within {near} words")
    return parts
