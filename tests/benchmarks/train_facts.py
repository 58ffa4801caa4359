"""Fit what each sign of an author (`capture.authorship.WEIGHTS`) or a headline (`capture.headline`) counts.

PAGES holds `gold.jsonl` (one object a page with `id`, `title` and `authors`) and folders of plain-text captures
`ID.txt`. Each page offers choices; the weights are those under which the right one, or none, is the most likely choice
(multinomial logistic regression with an L2 penalty). Needs numpy, which the program itself does not. With --held-out
the pages are split five ways and only held-out figures are printed: right, wrong and silent for several limits of
certainty. The lines are judged by the classifier as it is; one that was trained on the same pages makes the figures a
little too good.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from reader.capture import classify, headline
from reader.capture.article import Article
from reader.capture.authorship import offers
from reader.capture.metadata import placed_lines
from reader.capture.pipeline import articles_of

WORD = re.compile(r"\w+")
PENALTY = {"authors": 3.0, "headline": 1.0}
"""What a large weight costs: the signs of authors are many for the pages there are."""
ALIKE = 0.6
"""The share of words from which on a headline that is not the known one, where that is not there, is held right."""
JOINED = frozenset({"and", "with"})


def words(text: str) -> str:
    """The casefolded words of a text, with single spaces."""
    return " ".join(WORD.findall(text.casefold()))


Offered = tuple[list[dict[str, float]], list[bool], list[bool], bool, bool]
"""The signs of each choice, which are right, which nearly; whether the right one is in the text, and is known."""


@dataclass
class Page:
    """What one capture offers: a row of signs for each choice, which of them are right, whether any can be."""

    key: str
    folder: str
    rows: numpy.ndarray
    right: numpy.ndarray
    exact: numpy.ndarray
    there: bool
    known: bool


def authors_offered(article: Article, gold: dict[str, object]) -> Offered:
    """The authors that the page offers, as rows of signs."""
    title = article.metadata.title
    held = offers(placed_lines(article.text, article.blocks), title.span if title else None)
    wanted = {words(author) for author in gold["authors"] or []}  # type: ignore[attr-defined]
    there = {author for author in wanted if f" {author} " in f" {words(article.text)} "}
    joined = " ".join(w for author in sorted(wanted) for w in author.split() if w not in JOINED)
    exact = [{words(name) for name in names} == there for names, _ in held]
    near = [words(" ".join(names)) == joined for names, _ in held]
    return [signs for _, signs in held], exact, near, bool(there), bool(wanted)


def headlines_offered(article: Article, gold: dict[str, object]) -> Offered:
    """The headlines that the page offers; the classifier is asked once more to see what it chose among."""
    seen: list[tuple[list[str], dict[int, list[float]]]] = []

    def watched(shapes, chances, start, barred, signed=frozenset()):  # type: ignore[no-untyped-def]
        held = headline.signs(shapes, chances, start, signed)
        own = {number: values for number, values in held.items() if number not in barred}
        seen.append(([shapes[number].text for number in own], own))
        return headline.headline(shapes, chances, start, barred, signed)

    classify.headline = watched
    articles_of(article.path, article.path, article.text.encode())
    lines, own = seen[0]
    wanted = words(str(gold["title"] or ""))
    exact = [words(line) == wanted for line in lines]
    near = [_alike(words(line), wanted) and not any(exact) for line in lines]
    there = bool(wanted) and f" {wanted} " in f" {words(article.text)} "
    rows = [dict(zip(headline.SIGNS, values, strict=True)) for values in own.values()]
    return rows, exact, near, there, bool(wanted)


def _alike(one: str, other: str) -> bool:
    mine, others = set(one.split()), set(other.split())
    return len(mine) > 2 and len(mine & others) >= ALIKE * len(mine | others)


def load(folder: Path, read: Callable[[Article, dict[str, object]], Offered]) -> tuple[list[str], list[Page]]:
    """The names of the signs, and the captures."""
    gold = {g["id"]: g for g in map(json.loads, (folder / "gold.jsonl").open(encoding="utf8"))}
    held = []
    for path in sorted(folder.glob("*/*.txt")):
        (article,) = articles_of(path.name, path.name, path.read_bytes())
        held.append((path, read(article, gold[path.stem])))
    names = sorted({sign for _, (rows, *_) in held for signs in rows for sign in signs})
    if read is headlines_offered:
        names = list(headline.SIGNS)
    pages = []
    for path, (rows, exact, near, there, known) in held:
        table = numpy.array([[signs.get(name, 0.0) for name in names] for signs in rows]).reshape(-1, len(names))
        right = numpy.array(exact, bool) | numpy.array(near, bool)
        pages.append(Page(path.stem, path.parent.name, table, right, numpy.array(exact, bool), there, known))
    return names, pages


def chances(page: Page, weights: numpy.ndarray) -> numpy.ndarray:
    """How likely each choice is; what is left to one is that the page names none."""
    scores = page.rows @ weights[:-1] + weights[-1]
    top = max(0.0, scores.max(initial=0.0))
    shares = numpy.exp(scores - top)
    return shares / (shares.sum() + numpy.exp(-top))


def fit(pages: list[Page], width: int, penalty: float, steps: int = 1500) -> numpy.ndarray:
    """The weights, the bias last, by gradient ascent with adaptive steps (Adam)."""
    weights = numpy.zeros(width + 1)
    mean, square = numpy.zeros_like(weights), numpy.zeros_like(weights)
    pages = [page for page in pages if len(page.rows)]
    rows = numpy.vstack([page.rows for page in pages])
    right = numpy.concatenate([page.right for page in pages])
    starts = numpy.cumsum([0, *(len(page.rows) for page in pages[:-1])])
    counts = numpy.array([len(page.rows) for page in pages])
    for step in range(1, steps + 1):
        scores = rows @ weights[:-1] + weights[-1]
        top = numpy.maximum(0.0, numpy.maximum.reduceat(scores, starts))
        raised = numpy.exp(scores - numpy.repeat(top, counts))
        share = raised / numpy.repeat(numpy.add.reduceat(raised, starts) + numpy.exp(-top), counts)
        wanted = share * right
        total = numpy.repeat(numpy.add.reduceat(wanted, starts), counts)
        pull = numpy.divide(wanted, total, out=numpy.zeros_like(wanted), where=total > 0) - share
        slope = numpy.append(rows.T @ pull - penalty * weights[:-1], pull.sum())
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        weights += 0.03 * (mean / (1 - 0.9**step)) / (numpy.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def held_out(pages: list[Page], width: int, penalty: float) -> None:
    """Print how often the right fact, a wrong one or none is given for pages that the weights were not fitted on."""
    keys = sorted({page.key for page in pages})
    random.Random(1).shuffle(keys)
    part = {key: number % 5 for number, key in enumerate(keys)}
    said: list[tuple[Page, float, int]] = []
    for number in range(5):
        weights = fit([page for page in pages if part[page.key] != number], width, penalty)
        for page in pages:
            if part[page.key] == number:
                share = chances(page, weights)
                best = int(share.argmax()) if len(share) else -1
                said.append((page, float(share[best]) if len(share) else 0.0, best))
    for limit in (0.1, 0.15, 0.2, 0.3):
        for folder in sorted({page.folder for page in pages}):
            own = [(page, chance >= limit, best) for page, chance, best in said if page.folder == folder]
            there = [(named, named and bool(page.exact[best])) for page, named, best in own if page.there]
            absent = [named for page, named, _ in own if page.known and not page.there]
            right, wrong = sum(r for _, r in there), sum(named and not r for named, r in there)
            print(
                f"{limit} {folder}: right {right / len(there):.3f} wrong {wrong / len(there):.3f} of {len(there)}; "
                f"silent {1 - sum(absent) / len(absent):.3f} of {len(absent)} where absent"
            )


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fact", choices=["authors", "headline"])
    parser.add_argument("pages", type=Path, metavar="PAGES")
    parser.add_argument("--held-out", action="store_true", help="measure only")
    options = parser.parse_args()
    names, pages = load(options.pages, authors_offered if options.fact == "authors" else headlines_offered)
    penalty = PENALTY[options.fact]
    if options.held_out:
        held_out(pages, len(names), penalty)
        return
    for name, weight in zip([*names, "bias"], fit(pages, len(names), penalty), strict=True):
        print(f'"{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
