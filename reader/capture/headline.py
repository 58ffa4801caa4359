"""Which line is the headline: it stands before the running text, is said again elsewhere, and speaks of the same."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from math import exp
from typing import Final

from reader.capture.lexicon import CATEGORIES, STOP_WORDS
from reader.capture.shapes import Shape
from reader.text.dates import DIGIT
from reader.text.wordlists import words_of

_OFFERED: Final = 60
"""How many lines before the running text may hold the headline."""
_GAP: Final = 8
"""Lines without running text that part one stretch of it from the next."""
_QUOTED: Final = re.compile(r"[“\"«„]([^”\"»“]{8,200})[”\"»“]")
_PARTED: Final = re.compile("[|»›>•·]")
_MENU, _SIGNUP, _BYLINE = (CATEGORIES.index(name) for name in ("menu", "signup", "byline"))
_OPENERS: Final = words_of(
    "introduction|overview|summary|executive summary|conclusion|background|key takeaways|key points|key facts"
    "|highlights|at a glance|the bottom line|table of contents|contents|in this article|in this guide|on this page"
    "|quick links|jump to|what's inside|in partnership with|presented by|information for|what are you looking for"
    "|select your location|choose your location|we care about your privacy|we value your privacy"
    "|your privacy|your privacy choices|an official website of the united states government|discussion about this post"
    "|join the conversation|what do you think|share this article|share this story|frequently asked questions"
    "|einleitung|einführung|überblick|übersicht|zusammenfassung|fazit|inhalt|inhaltsverzeichnis|auf einen blick"
    "|das wichtigste in kürze|in diesem artikel|häufige fragen|ihre privatsphäre|wir schätzen ihre privatsphäre"
    "|sommaire|résumé|en bref|l'essentiel|dans cet article|foire aux questions|votre vie privée|à propos|le contexte"
    "|introducción|resumen|índice|contenido|en este artículo|lo más importante|preguntas frecuentes|su privacidad"
    "|introduzione|sommario|indice|in questo articolo|introdução|resumo|índice|inleiding|samenvatting|inhoud"
    "|введение|содержание|кратко|giriş|içindekiler|özet|مقدمة|المقدمة|المحتويات|ملخص|الملخص|خلاصة|محتويات المقال|فهرس",
    "|",
)
"""What articles and pages of any subject head a part with: no headline."""
_TRAIL: Final = re.compile(
    r"(?:home|homepage|startseite|accueil|inicio|início|portada|главная|ana sayfa|الرئيسية)\s*[/»›>|→:]", re.IGNORECASE
)
"""How the line begins that says where on a site the page stands."""

_PICTURES: Final = words_of("logo header banner icon thumbnail avatar")


def _quotes(text: str) -> list[str]:
    """What stands in quotation marks in the text."""
    return _QUOTED.findall(text) if '"' in text or "“" in text or "«" in text or "„" in text else []


def _heads_nothing(shape: Shape) -> bool:
    """Whether a line by its own words is no headline: it opens a part, says where the page stands, names a picture."""
    if shape.key in _OPENERS or _TRAIL.match(shape.text):
        return True
    return shape.count > 1 and shape.words[-1] in _PICTURES and shape.words[-2] not in STOP_WORDS


def text_start(shapes: Sequence[Shape], chances: Sequence[float]) -> int:
    """The first line of the longest stretch of running text, in code points; 0 where there is none."""
    stretches: list[tuple[int, int]] = []
    last = -_GAP - 1
    for number, (shape, chance) in enumerate(zip(shapes, chances, strict=True)):
        if chance < 0.5:
            continue
        if number - last > _GAP:
            stretches.append((0, number))
        size, start = stretches[-1]
        stretches[-1] = (size + (shape.size if shape.texty else 0), start)
        last = number
    if not stretches:
        return 0
    _, start = max(stretches, key=lambda stretch: stretch[0])
    return start


def signs(
    shapes: Sequence[Shape], chances: Sequence[float], start: int, signed: frozenset[int]
) -> dict[int, list[float]]:
    """For each line that may be the headline: the numbers by which it is judged, named by `SIGNS`.

    `signed` are the lines that name an author or a date.
    """
    repeated = Counter([shape.key for shape in shapes])
    quoted = {" ".join(found.casefold().split()) for shape in shapes for found in _quotes(shape.text[-260:])}
    text = [shape for shape, chance in zip(shapes, chances, strict=True) if chance >= 0.5 and shape.size > 60]
    spoken = Counter(itertools.chain.from_iterable([shape.content for shape in text]))
    around = [shape.text.casefold() for shape in shapes[max(0, start - 2 * _OFFERED) : start + 4]]
    alike, together = Counter(around), "\n".join(around)
    running = [number for number, chance in enumerate(chances) if chance >= 0.5 and shapes[number].texty]
    opening = min(running, default=start)
    sizes = [0, *itertools.accumulate([shape.size for shape in shapes])]
    texts = zip(shapes, chances, strict=True)
    mass = [0, *itertools.accumulate([one.size if chance >= 0.5 and one.texty else 0 for one, chance in texts])]
    earlier: set[str] = set()
    long = 0
    held: dict[int, list[float]] = {}
    for number in range(max(0, min(opening, start) - _OFFERED), min(len(shapes), start + 3)):
        shape = shapes[number]
        if not 8 <= shape.size <= 220 or (shape.count < 2 and shape.size < 12) or not any(map(str.isalpha, shape.text)):
            continue
        if _heads_nothing(shape):
            continue
        content = shape.content
        shared = content & spoken.keys()
        known = len(shared) / len(content) if content else 0.0
        before = shapes[max(0, number - 3) : number]
        low = shape.text.casefold()
        echoed = together.count(low) > alike[low] and sum(low in other and other != low for other in around)
        gap = start - number
        held[number] = [
            float(0 <= gap <= 1),
            float(2 <= gap <= 3),
            float(4 <= gap <= 7),
            float(8 <= gap <= 15),
            max(0, gap) / 10,
            float(gap < 0),
            float(gap == 0),
            known,
            min(len(content), 10) / 10,
            min(shape.size, 70) / 100,
            max(0, min(shape.size, 200) - 70) / 100,
            float(shape.size < 20),
            float(repeated[shape.key] == 2),
            float(repeated[shape.key] > 2),
            float(shape.key in earlier),
            float(" ".join(low.split()) in quoted),
            float(min(echoed, 2)),
            float(shape.end in {".", ":", "…"}),
            float(shape.end in {"?", "!"}),
            float(shape.sentences > 1),
            float(shape.mark == "•"),
            float(shape.mark == "1"),
            float(shape.indent > 0),
            shape.giveaway,
            shape.cover[_BYLINE],
            sum(map(str.isdigit, shape.text)) / shape.size if DIGIT.search(shape.text) else 0.0,
            float(max([other.cover[_MENU] for other in before], default=0.0) >= 0.5),
            float(number == 0),
            float(_PARTED.search(shape.text) is not None),
            chances[number],
            float(not signed.isdisjoint(range(number + 1, number + 4))),
            float(not signed.isdisjoint(range(number - 3, number))),
            float(shape.capitals > 0.6),
            shape.stops / (shape.count or 1),
            float(shape.blank_before and shape.blank_after),
            sum([min(spoken[word], 5) for word in shared]) / 5 / (len(content) or 1),
            float(shape.text.isupper()),
            chances[number + 1] if number + 1 < len(shapes) else 0.0,
            (sizes[number] - sizes[max(0, number - 4)]) / 400,
            float(shape.cover[_SIGNUP] > 0),
            float(shape.blank_before) - float(shape.blank_after),
            mass[number] / (mass[-1] or 1),
            float(number <= opening),
            float(0 <= opening - number <= 6),
            float(long == 0),
            min(long, 10) / 10,
            float(shape.small),
            max([spoken[word] for word in shared], default=0) / (len(text) or 1),
            max([repeated[other.key] for other in before], default=1) / 3,
        ]
        earlier.add(shape.key)
        long += len(content) >= 3 and shape.size >= 20
    return held


SIGNS: Final = (
    "right before the text", "just before", "somewhat before", "well before", "lines before", "inside the text",
    "where the text starts", "words of the text", "content words", "length", "great length", "very short", "said twice",
    "said often", "said before", "quoted by the page", "echoed", "ends like a sentence", "asks or exclaims",
    "several sentences", "in a list", "numbered", "indented", "giveaway words", "byline words", "digits",
    "after a menu",
    "first line", "separated", "chance", "signed below", "signed above", "capitals", "small words", "stands alone",
    "frequent words", "all capitals", "text below", "size above", "asks for something", "blanks",
    "text above", "above all text", "right above all text", "first long line", "long lines above",
    "small start", "topic",
    "repeats above",
)  # fmt: skip
_WEIGHTS: Final = (
    0.43, 0.56, 0.52, 0.97, 0.13, -0.31, -0.2, 0.83, 0.14, 2.57, -2.86, -1.67, -0.07, -0.42, 0.32, -0.22, 0.55, -2.74,
    -0.11, -0.18, -1.37, -0.13, -1.03, -0.83, -0.32, 0.84, 0.41, -0.19, -0.85, -2.04, 0.94, 0.1, 0.9, 0.65, 3.58, 2.14,
    -1.19, -0.25, -0.3, -0.46, -0.38, -0.55, 0.95, 0.79, 0.72, 0.24, -0.57, 2.05, -0.01,
)  # fmt: skip
"""What each sign counts, fitted on pages whose headline is known."""
_BIAS: Final = -7.57
_SURE: Final = 0.2
"""From this chance on a line is called the headline; below it, none is: most pages that come so low show none."""
_SURE_SIGNED: Final = 0.05
"""The same where only author and date part it from the text."""
_FEW_LINES: Final = 8
"""A page of so few lines has no masthead: what stands first, above its text, heads it."""
_SURE_BELOW_TEXT: Final = 0.7
"""The same where the page begins with running text: what stands right below that mostly heads a part of it."""


def headline(
    shapes: Sequence[Shape],
    chances: Sequence[float],
    start: int,
    barred: frozenset[int],
    signed: frozenset[int] = frozenset(),
) -> tuple[int, float] | None:
    """The number of the headline's line and how sure that is; None where nothing looks like one.

    `barred` are lines known to be something else; neither is a sentence of a page of a few lines its headline, nor one
    that is all the text of a page. A headline that stands twice is as likely as both together.
    """
    text = [number for number, chance in enumerate(chances) if chance >= 0.5]
    few = len(text) == 1 or len(shapes) <= _FEW_LINES
    sentence = {number for number in text if few and shapes[number].end == "."}
    scores = [
        (_BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True)), number)
        for number, values in signs(shapes, chances, start, signed).items()
        if number not in barred and number not in sentence
    ]
    number, chance = 0, 0.0
    if scores:
        _, number = max(scores)
        own = sum(exp(score) for score, other in scores if shapes[other].key == shapes[number].key)
        chance = own / (1.0 + sum(exp(score) for score, _ in scores))
    headless = 0 < number <= _GAP and chances[0] >= 0.5 and shapes[0].texty
    between = range(number + 1, start)
    sure = _SURE_BELOW_TEXT if headless else _SURE_SIGNED if between and signed.issuperset(between) else _SURE
    if chance >= sure:
        return number, chance
    return (0, _SURE) if _heads_few_lines(shapes, start) and 0 not in barred else None


def _heads_few_lines(shapes: Sequence[Shape], start: int) -> bool:
    """Whether the first line stands above the text of a page of a few lines, in words of its own."""
    if not 0 < start < len(shapes) <= _FEW_LINES:
        return False
    shape = shapes[0]
    named = any(map(str.isalpha, shape.text)) and shape.giveaway < 0.5 and not _heads_nothing(shape)
    return named and shape.end not in {".", ":"}
