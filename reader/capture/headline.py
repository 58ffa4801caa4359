"""Which line is the headline: it stands before the running text, is said again elsewhere, and speaks of the same."""

import re
from collections import Counter
from collections.abc import Sequence
from math import exp
from typing import Final

from reader.capture.lexicon import STOP_WORDS
from reader.capture.shapes import Shape

_OFFERED: Final = 60
"""How many lines before the running text may hold the headline."""
_GAP: Final = 8
"""Lines without running text that part one stretch of it from the next."""
_QUOTED: Final = re.compile(r"[“\"«„]([^”\"»“]{8,200})[”\"»“]")


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


def signs(shapes: Sequence[Shape], chances: Sequence[float], start: int) -> dict[int, list[float]]:
    """For each line that may be the headline: the numbers by which it is judged, named by `SIGNS`."""
    repeated = Counter(shape.key for shape in shapes)
    quoted = {" ".join(found.casefold().split()) for shape in shapes for found in _QUOTED.findall(shape.text[-260:])}
    text = [shape for shape, chance in zip(shapes, chances, strict=True) if chance >= 0.5 and shape.size > 60]
    spoken = Counter(word for shape in text for word in set(shape.words) - STOP_WORDS if len(word) > 3)
    held: dict[int, list[float]] = {}
    for number in range(max(0, start - _OFFERED), min(len(shapes), start + 3)):
        shape = shapes[number]
        if not 8 <= shape.size <= 220 or (shape.count < 2 and shape.size < 12) or not any(map(str.isalpha, shape.text)):
            continue
        content = {word for word in shape.words if len(word) > 3} - STOP_WORDS
        known = sum(spoken[word] > 0 for word in content) / len(content) if content else 0.0
        before = [other for other in shapes[max(0, number - 3) : number]]
        held[number] = [
            float(start - number) if start >= number else 0.0,
            float(number >= start),
            known,
            min(len(content), 10) / 10,
            min(shape.size, 100) / 100,
            float(shape.size > 130),
            float(repeated[shape.key] > 1),
            float(repeated[shape.key] > 2),
            float(" ".join(shape.text.casefold().split()) in quoted),
            float(shape.end in {".", ":", "…"}),
            float(shape.end in {"?", "!"}),
            float(shape.sentences > 1),
            float(bool(shape.mark)),
            float(shape.indent > 0),
            max(shape.cover),
            shape.covered("byline"),
            sum(map(str.isdigit, shape.text)) / shape.size,
            float(any(other.covered("menu") >= 0.5 for other in before)),
            float(number == 0),
            float(any(mark in shape.text for mark in "|»›")),
            float(shape.key in {other.key for other in shapes[max(0, number - 30) : number]}),
            chances[number],
        ]
    return held


SIGNS: Final = (
    "lines before the text", "inside the text", "words of the text", "content words", "length", "very long", "said twice",
    "said often", "quoted by the page", "ends like a sentence", "asks or exclaims", "several sentences", "in a list",
    "indented", "giveaway words", "byline words", "digits", "after a menu", "first line", "separated", "said before",
    "chance",
)  # fmt: skip
_WEIGHTS: Final = (
    -0.12, -1.0, 2.0, 2.0, 2.0, -0.5, 0.8, -0.8, 2.0, -1.5, 0.0, -2.0, -2.0, -0.5, -2.0, -3.0, -3.0, 0.3, 0.5, -1.0, 0.3, 0.0,
)  # fmt: skip
_BIAS: Final = -3.0


def headline(
    shapes: Sequence[Shape], chances: Sequence[float], start: int, barred: frozenset[int]
) -> tuple[int, float] | None:
    """The number of the headline's line and how sure that is; None where nothing looks like one.

    `barred` are lines known to be something else.
    """
    best: tuple[float, int] | None = None
    for number, values in signs(shapes, chances, start).items():
        if number in barred:
            continue
        score = sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True))
        if best is None or score > best[0]:
            best = (score, number)
    if best is None or best[0] + _BIAS < -3.0:
        return None
    return best[1], 1.0 / (1.0 + exp(-(best[0] + _BIAS)))
