"""`list`, `show`, `search` and `diff`: reading without a screen."""

import itertools
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from reader.capture.article import Article, Kind
from reader.cli import report, shapes
from reader.cli.files import read_captures
from reader.errors import DeskreaderError, NothingFound, WrongUsage
from reader.search.answer import Hit, Match
from reader.search.matching import why
from reader.search.snippets import snippet
from reader.workspace import Workspace

_SHOWN: Final = 5
"""Hits of one article that are printed."""


def list_articles(request: Namespace) -> int:
    """Print the articles of a workspace, or those that answer a query."""
    words = list(request.query)
    folder = request.folder
    if folder is None and words and Path(words[0]).is_dir():
        folder = Path(words.pop(0))
    workspace = _up_to_date(Workspace.open(folder, os.environ), index=bool(words))
    entries = list(workspace.library.entries())
    if problems := len(workspace.library.problems()):
        shapes.narrate(f"{problems:,} {'file has' if problems == 1 else 'files have'} problems: deskreader check")
    if words:
        wanted = {result.id for result in workspace.search(" ".join(words), limit=len(entries), whole=True).results}
        entries = [entry for entry in entries if entry.id in wanted]
    if not entries:
        raise NothingFound("No articles", f"{workspace.captures} holds none" + (" that answer" if words else ""))
    if request.json:
        shapes.dump([shapes.entry(entry) for entry in entries])
        return 0
    width = min(44, max(len(entry.id) for entry in entries))
    for entry in entries:
        print(f"{entry.id:<{width}}  {entry.published or '-':<10}  {entry.outlet or '-'}  {entry.title}")
    return 0


def show(request: Namespace) -> int:
    """Print each article that the paths name; a path that cannot be read is said and the others still shown."""
    failed: DeskreaderError | None = None
    for article in _articles(request):
        if isinstance(article, DeskreaderError):
            failed = article
            report(article)
        elif request.json:
            shapes.dump(shapes.article(article))
        elif request.raw:
            _print_raw(article)
        else:
            _print_article(article)
    return failed.exit_status if failed else 0


def search(request: Namespace) -> int:
    """Print what answers a query: the articles, best first, with the places."""
    words = list(request.query)
    folder = request.folder
    if folder is None and len(words) > 1 and Path(words[-1]).is_dir():
        folder = Path(words.pop())
    workspace = _up_to_date(Workspace.open(folder, os.environ))
    answer = workspace.search(" ".join(words), limit=request.limit)
    results = workspace.with_hits(answer.results, answer.query)
    if request.json:
        shapes.dump([shapes.result(result) for result in results])
        return 0 if answer.results else 1
    if answer.reading:
        shapes.narrate(answer.reading)
    for result in results:
        print(f"{result.title}  ({result.id})")
        if result.hits:
            _print_context(workspace.library.article(result.id).text, result.hits)
    if not answer.results:
        raise NothingFound("Nothing found", f"no article answers “{answer.query}”")
    return 0


def _print_context(text: str, hits: Sequence[Hit]) -> None:
    """The first hits of an article, each on a line; what only resembles the typed word says so."""
    for hit in hits[:_SHOWN]:
        line = snippet(text, [hit], 100)
        sign = "" if hit.match in (Match.EXACT, Match.PREFIX) else f"  ≈ {why(hit)}"
        print(f"    {line.text}{sign}")
    if len(hits) > _SHOWN:
        print(f"    and {len(hits) - _SHOWN} more")


def diff(request: Namespace) -> int:
    """Print how the second capture of a page differs from the first, word by word."""
    from reader.library.versions import word_diff

    both = list(_unfailing(_articles(request)))
    if len(both) == 1 and len(request.paths) == 1:
        both.insert(0, _earlier(both[0].id, request))
    if len(both) != 2:
        raise WrongUsage("Two captures are compared", "give two, or one that has an earlier version")
    older, newer = both
    changes = word_diff(older.text, newer.text)
    if request.json:
        shapes.dump([{"sign": change.sign, "text": change.text} for change in changes])
        return 0
    for change in changes:
        sys.stdout.write({"+": "{+%s+}", "-": "[-%s-]"}.get(change.sign, "%s") % change.text)
    print()
    return 0


def _unfailing(articles: Iterator[Article | DeskreaderError]) -> Iterator[Article]:
    """The articles; raises the first failure that came instead of one."""
    for article in articles:
        if isinstance(article, DeskreaderError):
            raise article
        yield article


def _earlier(id: str, request: Namespace) -> Article:
    """The capture that came before the one the library shows."""
    with closing(Workspace.open(request.folder, os.environ)) as workspace:
        versions = [version for version in workspace.library.versions(id) if not version.current]
        if not versions:
            raise NothingFound("No earlier version", f"{id} was captured once; give a second capture to compare")
        return workspace.library.history.article(versions[0])


def _up_to_date(workspace: Workspace, *, index: bool = True) -> Workspace:
    """The workspace with catalogue and index brought up to date; problems are told on standard error."""
    for words in workspace.notices:
        shapes.narrate(words)
    workspace.bring_up_to_date(index=index)
    return workspace


def _articles(request: Namespace) -> Iterator[Article | DeskreaderError]:
    """The articles that paths or ids name, in order; what cannot be read comes as its failure."""
    for is_file, names in itertools.groupby(request.paths, key=os.path.lexists):
        if is_file:
            paths = [Path(name) for name in names]
            for result in read_captures(paths, os.environ, getattr(request, "encoding", None)):
                if isinstance(result, DeskreaderError):
                    yield result
                else:
                    yield from result
            continue
        with closing(Workspace.open(request.folder, os.environ)) as workspace:
            for name in names:
                try:
                    yield workspace.article_named(name)
                except DeskreaderError as error:
                    yield error


def _print_article(article: Article) -> None:
    """The article as one reads it: the furniture left out, comments indented."""
    known = article.metadata
    print(article.title)
    facts = (
        "By " + ", ".join(known.authors.value) if known.authors else "",
        known.outlet.value if known.outlet else "",
        known.published.value.iso if known.published else "",
        known.place.value if known.place else "",
    )
    line = " · ".join(fact for fact in facts if fact)
    print(line + "\n" if line else "")
    hidden = 0
    for block in article.blocks:
        words = block.span.of(article.text)
        if block.kind is Kind.COMMENT:
            margin = "  " * (block.depth + 1)
            who = f"{block.author}: " if block.author else ""
            print(margin + who + words.replace("\n", "\n" + margin) + "\n")
        elif block.kind is Kind.CAPTION and not block.repeats:
            print(f"[caption] {words}\n")
        elif block.kind in (Kind.BODY, Kind.SUBHEAD, Kind.STANDFIRST, Kind.CREDIT):
            print(words + "\n")
        elif block.kind in (Kind.BOILERPLATE, Kind.RELATED):
            hidden += 1
    if hidden:
        shapes.narrate(f"{hidden} lines of page furniture not shown; --raw shows them")


def _print_raw(article: Article) -> None:
    """Every line with its kind and the reason for it."""
    for block in article.blocks:
        label = f"{block.kind.value} ({block.rule})"
        print(f"{label:<46} {block.span.of(article.text)}")
