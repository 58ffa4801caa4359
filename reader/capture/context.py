"""What a line looks like among its neighbours and on its page: the numbers that the classifier works on."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log2
from typing import Final

from reader.capture.article import Kind
from reader.capture.furniture import Reason
from reader.capture.lexicon import CATEGORIES
from reader.capture.shapes import MEASURES, Shape, measures, shape_of

_FAR: Final = 40.0
_GAP: Final = 7
"""Lines that are not running text between two that are, from which on they belong to different stretches."""
_HEADS: Final = ("related", "comment", "legal", "signup", "share")
_AROUND: Final = (-2, -1, 1, 2)
_RELATED, _COMMENT, _LEGAL, _SIGNUP, _SHARE, _MENU = (CATEGORIES.index(name) for name in (*_HEADS, "menu"))


def shapes_of(lines: Iterable[str]) -> list[Shape]:
    """The shapes of the non-blank lines, in order."""
    shapes: list[Shape] = []
    blank = True
    for line in lines:
        if not line.strip():
            blank = True
            continue
        if shapes:
            shapes[-1].blank_after = blank
        shapes.append(shape_of(line, blank))
        blank = False
    return shapes


def features(shapes: Sequence[Shape], known: Sequence[Reason | None]) -> list[list[float]]:
    """One row of numbers for each shape, named by `FEATURES`; `known` is what `known_by_words` says of each."""
    own = [measures(shape) for shape in shapes]
    total = len(shapes)
    sizes = [shape.size for shape in shapes]
    texty = [shape.texty for shape in shapes]
    repeated = Counter(shape.key for shape in shapes)
    contents = [shape.content for shape in shapes]
    vocabulary = Counter(word for flag, held in zip(texty, contents, strict=True) if flag for word in held)
    back, ahead = _distances(texty), _distances(texty[::-1])[::-1]
    runs = _runs(shapes)
    stretches = _stretches(shapes, texty)
    lists = _lists(shapes)
    heads = [_since(shapes, category) for category in (_RELATED, _COMMENT, _LEGAL, _SIGNUP)]
    tails = [_since(shapes[::-1], category)[::-1] for category in (_LEGAL, _COMMENT, _MENU)]
    mass = _running(sizes)
    text_mass = _running([size if flag else 0 for size, flag in zip(sizes, texty, strict=True)])
    all_mass, all_text = mass[-1] or 1, text_mass[-1] or 1
    page_stops = sum(s.stops for s in shapes) / (sum(s.count for s in shapes) or 1)
    groups = _groups(shapes)
    pictured = [reason is not None and reason[0] in {Kind.CAPTION, Kind.CREDIT} for reason in known]
    pointing = [reason is not None and reason[0] is Kind.RELATED for reason in known]
    giveaway = _running([max(shape.cover) for shape in shapes])
    long = [shape.blank_before and shape.blank_after for shape in shapes if shape.size > 120]
    apart = sum(long) / len(long) if long else 0.0
    glimpses = [_glimpse(shape, values) for shape, values in zip(shapes, own, strict=True)]
    silent = [0.0] * 8
    rows: list[list[float]] = []
    for number, shape in enumerate(shapes):
        row = own[number]
        row = [
            *row,
            float(min(repeated[shape.key], 6)),
            _familiar(contents[number], texty[number], vocabulary),
            number / total,
            mass[number] / all_mass,
            text_mass[number] / all_text,
            text_mass[number + 1] / all_text,
            log2(1 + all_text),
            back[number],
            ahead[number],
            *runs[number],
            *stretches[number],
            *lists[number],
            *(head[number] for head in heads),
            *(tail[number] for tail in tails),
            page_stops,
            apart,
            *groups[number],
            float(pictured[number]) - float(pointing[number]),
            float(number > 0 and pictured[number - 1]) + 2.0 * float(number + 1 < total and pictured[number + 1]),
            float(repeated[shape.key] > 1 and _echoed(shapes, number)),
            _shared(contents[number], contents[number - 1]) if number else 0.0,
            _shared(contents[number], contents[number + 1]) if number + 1 < total else 0.0,
            giveaway[-1] / total,
        ]
        for width in (3, 8, 20):
            low = number - width if number > width else 0
            high = number + width + 1 if number + width < total else total
            held = mass[high] - mass[low]
            row += [
                (text_mass[high] - text_mass[low]) / (held or 1),
                held / (high - low),
                (giveaway[high] - giveaway[low]) / (high - low),
            ]
        for step in _AROUND:
            at = number + step
            if 0 <= at < total:
                row += glimpses[at]
                other = shapes[at]
                row[-3] = float(other.mark == shape.mark) + 2.0 * float(other.indent == shape.indent)
            else:
                row += silent
        rows.append(row)
    return rows


def _glimpse(other: Shape, values: list[float]) -> list[float]:
    """What matters of a neighbour; what it shares with the line itself has its place, and is not known here."""
    return [
        float(min(other.size, 1000)),
        values[2] + 0.5 * values[3],
        values[17],
        values[13],
        max(other.cover),
        0.0,
        values[9],
        float(other.small),
    ]


def _groups(shapes: Sequence[Shape]) -> list[tuple[float, float]]:
    """For each line: how many lines stand together with it between two blank ones, and its place among them."""
    found: list[tuple[float, float]] = []
    start = 0
    for number, shape in enumerate(shapes):
        if shape.blank_after or number + 1 == len(shapes):
            length = number + 1 - start
            found += [(float(min(length, 40)), float(min(place, 40))) for place in range(length)]
            start = number + 1
    return found


def _echoed(shapes: Sequence[Shape], number: int) -> bool:
    """Whether the same line stands again within the two before or after it."""
    around = (*shapes[max(0, number - 2) : number], *shapes[number + 1 : number + 3])
    return any(shape.key == shapes[number].key for shape in around)


def _shared(one: set[str], other: set[str]) -> float:
    """The share of the words of `one` that `other` holds too."""
    return len(one & other) / len(one) if one else 0.0


def _familiar(content: set[str], texty: bool, vocabulary: Counter[str]) -> float:
    """The share of a line's content words that the page's running text uses elsewhere."""
    own = 1 if texty else 0
    return sum(vocabulary[word] > own for word in content) / len(content) if content else -1.0


def _distances(flags: Sequence[bool]) -> list[float]:
    """For each place, how many places back the last flag before it lies."""
    found: list[float] = []
    last = _FAR
    for flag in flags:
        found.append(last)
        last = 1.0 if flag else min(_FAR, last + 1)
    return found


def _since(shapes: Sequence[Shape], category: int) -> list[float]:
    """For each line, how many lines back a short line wholly of `category` stands (0: it is one itself)."""
    heads = [number for number, shape in enumerate(shapes) if shape.count <= 8 and shape.cover[category] >= 0.5]
    if not heads:
        return [_FAR] * len(shapes)
    found = [_FAR] * heads[0]
    for number, end in zip(heads, [*heads[1:], len(shapes)], strict=True):
        found += [min(_FAR, float(step)) for step in range(end - number)]
    return found


def _running(values: Sequence[float]) -> list[float]:
    found: list[float] = [0]
    for value in values:
        found.append(found[-1] + value)
    return found


def _runs(shapes: Sequence[Shape]) -> list[tuple[float, float]]:
    """For each line, the length of the run of short lines without an end mark around it, and its place there."""
    found: list[tuple[float, float]] = []
    start = 0
    short = [shape.size < 60 and not shape.end for shape in shapes]
    while start < len(shapes):
        end = start
        while end < len(shapes) and short[end] == short[start]:
            end += 1
        length = end - start
        signed = float(min(length, 40)) * (1 if short[start] else -1)
        found += [(signed, (number - start) / length) for number in range(start, end)]
        start = end
    return found


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


def _lists(shapes: Sequence[Shape]) -> list[tuple[float, float, float]]:
    """For each line in a list: how many items it has, their average size, the share that ends as sentences do."""
    found: list[tuple[float, float, float]] = []
    start = 0
    while start < len(shapes):
        end = start
        while end < len(shapes) and bool(shapes[end].mark) == bool(shapes[start].mark):
            end += 1
        if shapes[start].mark:
            items = shapes[start:end]
            size = sum(item.size for item in items) / len(items)
            ended = sum(bool(item.end) for item in items) / len(items)
            found += [(float(min(len(items), 60)), size, ended)] * len(items)
        else:
            found += [(0.0, 0.0, 0.0)] * (end - start)
        start = end
    return found


_GLIMPSED: Final = ("size", "end", "stop share", "capitals", "cover", "same", "mark", "small start")
FEATURES: Final = (
    *MEASURES, "repeated", "familiar", "line place", "place", "text before", "text through", "page text", "text back",
    "text ahead", "run", "run place",
    "stretch share", "main stretch", "from main start", "to main end", "list", "list size", "list ended",
    "since related", "since comment", "since legal", "since signup", "until legal", "until comment", "until menu",
    "page stops", "apart", "group", "group place", "known", "known beside", "echoed", "shared before", "shared after",
    "page giveaways",
    "near text", "near size", "near giveaways", "wider text", "wider size", "wider giveaways",
    "widest text", "widest size", "widest giveaways",
    *(f"{what} {step:+d}" for step in _AROUND for what in _GLIMPSED),
)  # fmt: skip
"""Names of the columns of `features`."""
