"""What a line looks like among its neighbours and on its page: the numbers that the classifier works on."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log2
from typing import Final

from reader.capture.article import Kind
from reader.capture.furniture import Reason
from reader.capture.lexicon import CATEGORIES
from reader.capture.shapes import MEASURES, Shape, measures, shape_of

_FAR: Final = 40.0
_STEPS: Final = tuple(float(step) for step in range(int(_FAR) + 1))
_GAP: Final = 7
"""Lines that are not running text between two that are, from which on they belong to different stretches."""
_WIDTHS: Final = (3, 8, 20)
_OF_PICTURES: Final = frozenset({Kind.CAPTION, Kind.CREDIT})
_RELATED: Final = CATEGORIES.index("related")
_SIZE, _ENDED, _COLON, _CAPITALS, _MARK = (
    MEASURES.index(name) for name in ("size", "ends", "colon", "capitals", "mark")
)


def shapes_of(lines: Iterable[str]) -> list[Shape]:
    """The shapes of the non-blank lines, in order."""
    shapes: list[Shape] = []
    held, blank, above = "", True, True
    for line in lines:
        if not line or line.isspace():
            blank = True
            continue
        if held:
            shapes.append(shape_of(held, above, blank))
        held, above, blank = line, blank, False
    if held:
        shapes.append(shape_of(held, above, True))
    return shapes


def features(shapes: Sequence[Shape], known: Sequence[Reason | None]) -> list[tuple[float, ...]]:
    """One row of numbers for each shape, named by `FEATURES`; `known` is what `known_by_words` says of each."""
    if not shapes:
        return []
    total = len(shapes)
    own = [measures(shape) for shape in shapes]
    sizes = [shape.size for shape in shapes]
    texty = [shape.texty for shape in shapes]
    keys = [shape.key for shape in shapes]
    repeated = Counter(keys)
    contents = [shape.content for shape in shapes]
    back, ahead = _distances(texty), _distances(texty[::-1])[::-1]
    mass = _running(sizes)
    text_mass = _running([size if flag else 0 for size, flag in zip(sizes, texty, strict=True)])
    all_mass, all_text = mass[-1] or 1, text_mass[-1] or 1
    page_stops = sum([s.stops for s in shapes]) / (sum([s.count for s in shapes]) or 1)
    pictured = [reason is not None and reason[0] in _OF_PICTURES for reason in known]
    pointing = [reason is not None and reason[0] is Kind.RELATED for reason in known]
    giveaway = _running([shape.giveaway for shape in shapes])
    long = [shape.blank_before and shape.blank_after for shape in shapes if shape.size > 120]
    apart = sum(long) / len(long) if long else 0.0
    columns: list[Sequence[float]] = [
        [float(min(repeated[key], 6)) for key in keys],
        _familiar(contents, texty),
        [number / total for number in range(total)],
        [here / all_mass for here in mass[:-1]],
        [here / all_text for here in text_mass[:-1]],
        [here / all_text for here in text_mass[1:]],
        [log2(1 + all_text)] * total,
        back,
        ahead,
        _runs(shapes),
        *zip(*_stretches(shapes, texty), strict=True),
        *zip(*_lists(shapes), strict=True),
        _since_related(shapes),
        [page_stops] * total,
        [apart] * total,
        *_groups(shapes),
        [float(one) - float(other) for one, other in zip(pictured, pointing, strict=True)],
        [float(repeated[key] > 1 and _echoed(keys, number)) for number, key in enumerate(keys)],
        [giveaway[-1] / total] * total,
    ]
    for width in _WIDTHS:
        held, given = _within(mass, width), _within(giveaway, width)
        lines = _within(range(total + 1), width)
        if width < _WIDTHS[-1]:
            texts = _within(text_mass, width)
            columns.append([text / (size or 1) for text, size in zip(texts, held, strict=True)])
        columns += (
            [size / count for size, count in zip(held, lines, strict=True)],
            [share / count for share, count in zip(given, lines, strict=True)],
        )
    columns += _neighbours(own)
    return [(*values, *rest) for values, rest in zip(own, zip(*columns, strict=True), strict=True)]


def _within(running: Sequence[float], width: int) -> list[float]:
    """For each line, how much a running sum grows from `width` lines before it to `width` lines after it."""
    total = len(running) - 1
    edge = min(width, total)
    highs = (*running[width + 1 :], *(running[-1],) * edge)
    return [high - low for high, low in zip(highs, (*(running[0],) * edge, *running[: total - edge]), strict=True)]


def _neighbours(own: Sequence[tuple[float, ...]]) -> Iterator[Sequence[float]]:
    """What is seen of the lines above and below, named in `FEATURES`; `own` are the rows of `MEASURES`."""
    above, below = [_NOTHING, *own[:-1]], [*own[1:], _NOTHING]
    yield [line[_SIZE] for line in above]
    yield [line[_CAPITALS] for line in above]
    yield [line[_MARK] for line in above]
    yield [line[_SIZE] for line in below]
    yield [line[_ENDED] + 0.5 * line[_COLON] for line in below]
    yield [line[_CAPITALS] for line in below]


_NOTHING: Final = (0.0,) * len(MEASURES)


def _groups(shapes: Sequence[Shape]) -> tuple[list[float], list[float]]:
    """For each line: how many lines stand together with it between two blank ones, and its place among them."""
    lengths: list[float] = []
    places: list[float] = []
    for number, shape in enumerate(shapes, 1):
        if shape.blank_after or number == len(shapes):
            length = number - len(lengths)
            lengths += [float(min(length, 40))] * length
            places += _steps(length)
    return lengths, places


def _steps(length: int) -> Sequence[float]:
    """The numbers from 0 on, as many as `length`, none above `_FAR`."""
    return _STEPS[:length] if length <= len(_STEPS) else (*_STEPS, *(_FAR,) * (length - len(_STEPS)))


def _echoed(keys: Sequence[str], number: int) -> bool:
    """Whether the same line stands again within the two before or after it."""
    return keys[number] in keys[max(0, number - 2) : number] or keys[number] in keys[number + 1 : number + 3]


def _familiar(contents: Sequence[set[str]], texty: Sequence[bool]) -> list[float]:
    """The share of each line's content words that the page's running text uses elsewhere."""
    used = Counter(itertools.chain.from_iterable(itertools.compress(contents, texty)))
    again = {word for word, count in used.items() if count > 1}
    return [
        len(content & (again if flag else used.keys())) / len(content) if content else -1.0
        for content, flag in zip(contents, texty, strict=True)
    ]


def _distances(flags: Sequence[bool]) -> list[float]:
    """For each place, how many places back the last flag before it lies."""
    found: list[float] = []
    last = _FAR
    for flag in flags:
        found.append(last)
        last = 1.0 if flag else min(_FAR, last + 1)
    return found


def _since_related(shapes: Sequence[Shape]) -> list[float]:
    """For each line, how many lines back a short line stands that heads links to other articles (0: it is one)."""
    total = len(shapes)
    found = [_FAR] * total
    places = [n for n, shape in enumerate(shapes) if shape.cover[_RELATED] >= 0.5 and shape.count <= 8]
    for number, end in itertools.pairwise([*places, total]):
        found[number:end] = _steps(end - number)
    return found


def _running(values: Sequence[float]) -> list[float]:
    found: list[float] = [0]
    for value in values:
        found.append(found[-1] + value)
    return found


def _runs(shapes: Sequence[Shape]) -> list[float]:
    """For each line, the length of the run of short lines without an end mark around it, below 0 for that of others."""
    lengths: list[float] = []
    for short, run in itertools.groupby([shape.size < 60 and not shape.end for shape in shapes]):
        length = len(list(run))
        lengths += [float(min(length, 40)) * (1 if short else -1)] * length
    return lengths


def _stretches(shapes: Sequence[Shape], texty: Sequence[bool]) -> list[tuple[float, float, float, float]]:
    """For each line, the share of the page's text in its stretch of text, and where it lies to the longest one."""
    bounds: list[list[int]] = []
    for number, flag in enumerate(texty):
        if not flag:
            continue
        if not bounds or number - bounds[-1][1] > _GAP:
            bounds.append([number, number, 0])
        bounds[-1][1] = number
        bounds[-1][2] += shapes[number].size
    if not bounds:
        return [(0.0, 0.0, 0.0, 0.0)] * len(shapes)
    everything = sum(bound[2] for bound in bounds)
    main = max(bounds, key=lambda bound: bound[2])
    share = [0.0] * len(shapes)
    for low, high, size in bounds:
        share[low : high + 1] = [size / everything] * (high + 1 - low)
    return [
        (
            share[number],
            float(main[0] <= number <= main[1]),
            max(-_FAR, min(_FAR, float(number - main[0]))),
            max(-_FAR, min(_FAR, float(main[1] - number))),
        )
        for number in range(len(shapes))
    ]


def _lists(shapes: Sequence[Shape]) -> list[tuple[float, float]]:
    """For each line in a list: how many items it has, and their average size."""
    found: list[tuple[float, float]] = []
    for marked, run in itertools.groupby(shapes, lambda shape: bool(shape.mark)):
        sizes = [shape.size for shape in run]
        seen = (float(min(len(sizes), 60)), sum(sizes) / len(sizes)) if marked else (0.0, 0.0)
        found += [seen] * len(sizes)
    return found


FEATURES: Final = (
    *MEASURES, "repeated", "familiar", "line place", "place", "text before", "text through", "page text", "text back",
    "text ahead", "run", "stretch share", "main stretch", "from main start", "to main end", "list", "list size",
    "since related", "page stops", "apart", "group", "group place", "known", "echoed", "page giveaways",
    "near text", "near size", "near giveaways", "wider text", "wider size", "wider giveaways",
    "widest size", "widest giveaways",
    "size above", "capitals above", "mark above", "size below", "end below", "capitals below",
)  # fmt: skip
"""Names of the columns of `features`."""
