"""From a place in an article to a selector, and from a quotation to a place."""

import re
from typing import Final

from reader.annotations.annotation import Annotation, Stance, Target
from reader.capture.article import Article, Kind
from reader.errors import DeskreaderError, NothingFound, Refused, WrongUsage
from reader.text.clean import clean_line
from reader.text.span import Span

CONTEXT: Final = 64
"""Code points of context that are kept on either side of a quotation."""

_LISTED: Final = 5
_SHOWN: Final = 120
_AROUND: Final = 24
_FOLDED_KINDS: Final = frozenset({Kind.BOILERPLATE, Kind.RELATED, Kind.COMMENT})
_ALIKE: Final = {
    **dict.fromkeys("'‘’‚‛′`´ʼʻʾʿ", "['‘’‚‛′`´ʼʻʾʿ]"),
    **dict.fromkeys('"“”„‟″«»', '["“”„‟″«»]'),
    **dict.fromkeys("-‐‑‒–—―−", "[-‐‑‒–—―−]"),
}


class QuoteNotFound(NothingFound):
    """The quotation stands nowhere in the article."""


class QuoteAmbiguous(Refused):
    """The quotation stands at several places; `spans` holds them all."""

    def __init__(self, title: str, message: str, spans: tuple[Span, ...]) -> None:
        super().__init__(title, message)
        self.spans = spans


def target_for(article: Article, span: Span | None, stance: Stance | None = None) -> Target:
    """The passage at `span` (code points of `article.text`), or the whole article when that is None.

    Raises `WrongUsage` when the span is empty or reaches beyond the text.
    """
    if span is None:
        return Target(article.id, article.text_sha256, stance=stance)
    if span.end > len(article.text):
        raise WrongUsage(
            "No such passage",
            f"{article.id} has {len(article.text)} characters; the passage would end at {span.end}",
        )
    if not span.length:
        raise WrongUsage("Empty passage", f"nothing stands at {span.start}–{span.end} of {article.id}")
    text = article.text
    return Target(
        source=article.id,
        text_sha256=article.text_sha256,
        span=span,
        exact=span.of(text),
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
        stance=stance,
    )


def draft_on(
    article: Article, span: Span | None, note: str = "", tags: tuple[str, ...] = (), pen: str | None = None
) -> Annotation:
    """A new annotation on a passage, or on the whole article when `span` is None, to be given to the store."""
    return Annotation("", "", "", "", (target_for(article, span),), note, tags, pen)


def find_quote(article: Article, quote: str) -> Span:
    """The one place where `quote` stands in the article.

    Looked for as written first, then with any white space, quotation marks and dashes, then in any case.
    Where several places answer and just one of them is shown unfolded, that one is meant. Raises
    `QuoteNotFound`, `QuoteAmbiguous`, or `WrongUsage` for an empty quotation.
    """
    if not quote.strip():
        raise WrongUsage("Empty quotation", "give the words of the passage")
    found: list[Span] = []
    for search in (_as_written, _forgiving, _any_case):
        found = search(article.text, quote)
        if found:
            break
    if not found:
        raise QuoteNotFound("Quotation not found", _nowhere(article, quote))
    if len(found) > 1:
        shown = [span for span in found if _is_shown(article, span)]
        if len(shown) != 1:
            raise _ambiguous(article, found)
        found = shown
    return found[0]


def _as_written(text: str, quote: str) -> list[Span]:
    found, at = [], text.find(quote)
    while at >= 0:
        found.append(Span(at, at + len(quote)))
        at = text.find(quote, at + 1)
    return found


def _forgiving(text: str, quote: str, flags: int = 0) -> list[Span]:
    words = [("".join(_ALIKE.get(one, re.escape(one)) for one in word)) for word in quote.split()]
    return [Span(*match.span()) for match in re.finditer(r"\s+".join(words), text, flags)]


def _any_case(text: str, quote: str) -> list[Span]:
    return _forgiving(text, quote, re.IGNORECASE)


def _is_shown(article: Article, span: Span) -> bool:
    block = article.block_at(span.start)
    return block is None or not (block.repeats or block.kind in _FOLDED_KINDS)


def _nowhere(article: Article, quote: str) -> str:
    """What to say of a quotation that is not there: how far it goes before it differs."""
    words = quote.split()
    there, wrong = 0, len(words)
    while wrong - there > 1:  # whatever begins a beginning that is there is there as well
        middle = (there + wrong) // 2
        if _any_case(article.text, " ".join(words[:middle])):
            there = middle
        else:
            wrong = middle
    if there:
        start, rest = clean_line(" ".join(words[:there]), _SHOWN), clean_line(" ".join(words[there:]), _SHOWN)
        return f"{article.id} has “{start}” but not followed by “{rest}”"
    return f"{article.id} does not say “{clean_line(' '.join(words), _SHOWN)}”"


def _ambiguous(article: Article, found: list[Span]) -> DeskreaderError:
    places = []
    for span in found[:_LISTED]:
        before, after = Span(max(0, span.start - _AROUND), span.start), Span(span.end, span.end + _AROUND)
        said = (_line(article.text, part) for part in (before, span, after))
        places.append("  {}–{}  …{} [{}] {}…".format(span.start, span.end, *said))
    more = f"\n  and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return QuoteAmbiguous(
        "Quotation stands several times",
        f"{len(found)} places in {article.id}; quote more of the words around it, or give start and end:\n"
        + "\n".join(places)
        + more,
        tuple(found),
    )


def _line(text: str, span: Span) -> str:
    return clean_line(span.of(text), _SHOWN)
