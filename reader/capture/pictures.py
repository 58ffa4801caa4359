"""How the lines that belong to a picture read: its description (the alternative text), its caption, its maker."""

import re
from collections.abc import Sequence
from typing import Final

from reader.capture.shapes import Shape
from reader.text.wordlists import words_of

_TELLING: Final = words_of(
    "i we you he she it they us our your my this these those now then here is are was were be been has have had will "
    "would can could should must may might do does did make makes use uses need get let "
    "ich wir ihr du er sie es ist sind war waren hat haben hatte wird werden kann muss dies diese "
    "je nous vous il elle ils elles est sont était ont avait sera peut ce cette "
    "yo nosotros usted ustedes él ella ellos era fue ha han había será puede este esta"
)
"""Words that tell something: pronouns and verbs that descriptions of pictures do without."""
_PLAIN: Final = re.compile(r"[^\W\d_][^\W\d_'’-]*(?:,? [^\W\d_][^\W\d_'’-]*)*")
_WORK: Final = re.compile(
    r"[A-ZÀ-Þ].{3,60}? (?:by|von|par|por) [A-ZÀ-Þ][\w.’'-]*(?: (?:& )?[A-ZÀ-Þ][\w.’'-]*){0,3}"
)


def tells(shape: Shape) -> bool:
    """Whether the line says something of its own, as running text does and the description of a picture does not."""
    return any(map(str.isdigit, shape.text)) or not _TELLING.isdisjoint(shape.words)


def paired(one: Shape, two: Shape, below: Sequence[Shape]) -> bool:
    """Whether two lines stand together, apart from all others, and read like a description and its caption."""
    return (
        one.blank_before
        and not one.blank_after
        and (two.blank_after or any(shape.mark for shape in below))
        and not one.mark
        and not two.mark
        and (not one.end or (one.end == "." and not tells(one)))
        and two.end in {"", "."}
        and one.count >= 3
        and two.count >= 3
        and one.size <= 140
        and two.size <= 220
        and two.sentences <= 2
        and "http" not in one.text
        and "\t" not in one.text
    )


def describes(shape: Shape) -> bool:
    """Whether the line reads like a picture's alternative text: small letters, a few words, no end mark."""
    return shape.small and not shape.mark and not shape.end and shape.size <= 80 and bool(_PLAIN.fullmatch(shape.text))


def tells_of(shape: Shape, above: Shape) -> bool:
    """Whether a line says in a sentence what the line above names as alternative texts do."""
    return (
        shape.end in {".", "!"}
        and shape.sentences == 1
        and shape.size <= 120
        and describes(above)
        and not shape.content.isdisjoint(above.content)
    )


def names_maker(shape: Shape) -> bool:
    """Whether the line is the name of a work and, after "by", of who made it."""
    return bool(_WORK.fullmatch(shape.text))


_TWIN: Final = 4
"""How many lines away a heading may stand of which the description of its picture says the words again."""
_CODE: Final = re.compile(r"[(){}\[\]=;<>_:]")


def labels(shape: Shape) -> bool:
    """Whether the line has the form of a heading: short, and it ends as no sentence does."""
    return shape.size <= 100 and not shape.end and shape.sentences == 0 and "\t" not in shape.text


def twin(shapes: Sequence[Shape], number: int) -> tuple[float, int]:
    """How much a heading-like line and the most similar other one close by say the same (0 to 1), and which that is."""
    shape = shapes[number]
    own = shape.content if labels(shape) else set()
    best, which = 0.0, number
    if len(own) < 2:
        return best, which
    for other in range(max(0, number - _TWIN), min(len(shapes), number + _TWIN + 1)):
        heading = shapes[other]
        if heading.size <= 100 and heading.key != shape.key and labels(heading):
            words = heading.content
            alike = len(own & words) / len(own | words)
            if alike > best:
                best, which = alike, other
    return best, which


def says_heading(shapes: Sequence[Shape], number: int) -> bool:
    """Whether line `number` says the words of a heading close by again, as the descriptions of pictures do.

    Of two such lines that with a number of its section is the heading, else the first.
    """
    shape = shapes[number]
    alike, other = twin(shapes, number)
    heading = shapes[other]
    counted = any(map(str.isdigit, shape.text)) and any(map(str.isdigit, heading.text))
    return (
        alike == 1.0
        and not shape.mark
        and (heading.mark == "1" or other < number)
        and not counted
        and _CODE.search(shape.text) is None
    )
