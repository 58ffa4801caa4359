"""What a search gives back: articles with hits, each hit a span over the article's text."""

from enum import StrEnum
from typing import NamedTuple

from reader.text.span import Span


class Match(StrEnum):
    """Why a word of the text answers a typed word."""

    EXACT = "exact"
    PREFIX = "prefix"
    SPELLING = "spelling"
    EDIT = "edit"
    GROUP = "group"


class Hit(NamedTuple):
    """A place in the text: `word` is the spelling that stands there, `term` the word as it was typed."""

    span: Span
    word: str
    match: Match
    term: str


class Result(NamedTuple):
    """One article that answers, its score, and its hits in text order.

    Hits are worked out from the article's text, so only for rows that are looked at; `notes` are the ids
    of the annotations that answer.
    """

    id: str
    title: str
    score: float
    hits: tuple[Hit, ...] = ()
    outlet: str = ""
    published: str = ""
    notes: tuple[str, ...] = ()


class Answer(NamedTuple):
    """The answer to one query.

    `query` is the text it answers, `reading` how that was understood, `indexed` the share (0 to 1) of
    the library that was searched, `milliseconds` the wall time taken, `notice` what the reader should know
    about it (a full disk, an index that is being built again). The first `whole` of all that `matched` hold everything
    that was asked; behind them, where those are few, come articles that hold most of it. `order` is the one in which
    they come: of a query without words none is better than another, and the newest come first. `asks` is False for a
    query that asks for nothing yet.
    """

    query: str
    reading: str
    results: tuple[Result, ...]
    matched: int
    indexed: float = 1.0
    milliseconds: float = 0.0
    notice: str = ""
    whole: int = 0
    order: str = "relevance"
    asks: bool = True
