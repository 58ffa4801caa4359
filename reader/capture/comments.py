"""Threads of comments in plain text: where they start and end, who says what, and who answers whom."""

import re
from collections.abc import Sequence
from enum import StrEnum, auto
from typing import Final, NamedTuple

from reader.capture.comment_words import MORE, STAMP, Strength, Talk, talk_of
from reader.capture.shapes import Shape

NEAR: Final = 12
"""How many lines below their heading the first comment may stand: sorting and sign-in links come between."""
LONGEST_HEAD: Final = 90
"""A line that names the author of a comment is at most this long, in code points."""


_LINK_WORDS: Final = 14
"""A line of more words is no link under a comment."""
_EMPTY: Final = re.compile(r"(?:0|no|keine|aucun|sin)\b", re.IGNORECASE)
_ONE: Final = re.compile(r"one (?:comment|thought|response|reply)\b", re.IGNORECASE)
_ALONE, _INSIDE = Strength.ALONE, Strength.INSIDE


class Part(StrEnum):
    """What a line is in a thread."""

    HEAD = auto()
    TEXT = auto()
    LINK = auto()
    FORM = auto()
    HEADING = auto()


class Remark(NamedTuple):
    """A line of a thread: its part, the number of its comment on the page, and that comment's author and depth."""

    part: Part
    number: int = -1
    author: str | None = None
    depth: int = 0


class _Head(NamedTuple):
    """A line that opens a comment; `sure` where its own words say so."""

    at: int
    author: str | None
    sure: bool
    indent: int
    mark: str


def threads(shapes: Sequence[Shape]) -> dict[int, Remark]:
    """For each line (by its number) that belongs to comments or their form: what it is there."""
    remarks: dict[int, Remark] = {}
    number = 0
    at = 0
    while at < len(shapes):
        first = _opens(shapes, at)
        if first is None:
            at += 1
            continue
        end, number = _read_thread(shapes, at, first, remarks, number)
        at = max(end, at + 1)
    _forms(shapes, remarks)
    return remarks


def _talk(shape: Shape) -> Talk:
    if shape.talk is None:
        shape.talk = talk_of(shape.text)
    return shape.talk


def _opens(shapes: Sequence[Shape], at: int) -> int | None:
    """The first comment's line, where line `at` is the heading of a thread or itself such a line; else None."""
    talk = _talk(shapes[at])
    if talk.heading:
        for number in range(at + 1, min(len(shapes), at + 1 + NEAR)):
            if _talk(shapes[number]).ends or _EMPTY.match(shapes[at].text):
                return None
            head = _head(shapes, number, True)
            if head is not None:
                return number
            if number <= at + 3 and _bare_item(shapes, at, number):
                return number
        return None
    head = _head(shapes, at, False) if talk.strength is _ALONE else None
    if head is None:
        return None
    later = (_head(shapes, number, False) for number in range(at + 1, min(len(shapes), at + 60)))
    return at if any(other is not None and other.sure and other.indent >= head.indent for other in later) else None


def _bare_item(shapes: Sequence[Shape], at: int, number: int) -> bool:
    """Whether line `number` is a comment whose author was left out: a set-in list item under a heading that counts."""
    shape = shapes[number]
    counted = any(map(str.isdigit, shapes[at].text)) or _ONE.match(shapes[at].text) is not None
    told = sum(other.size for other in shapes[:at] if other.texty)
    return (
        told >= 500
        and counted
        and bool(shape.mark)
        and shape.indent > 0
        and shape.size >= 15
        and shape.giveaway < 0.5
    )


def _head(shapes: Sequence[Shape], at: int, inside: bool) -> _Head | None:
    """The head of a comment at line `at`: by its own words, or (inside a thread) by the date on the line below."""
    shape = shapes[at]
    if shape.size > LONGEST_HEAD + 40:
        return None
    talk = _talk(shape)
    if talk.link and shape.count <= _LINK_WORDS:
        return None
    author, strength = talk.author, talk.strength
    if strength is _ALONE and not (shape.mark or inside or _stamped(shapes, at)):
        return None
    if strength is _ALONE or (inside and strength is _INSIDE):
        return _Head(at, author, strength is _ALONE, shape.indent, shape.mark)
    if shape.size > LONGEST_HEAD:
        return None
    if inside and _stamped(shapes, at) and not shape.end and shape.count <= 6:
        return _Head(at, shape.text or None, False, shape.indent, shape.mark)
    return None


def _stamped(shapes: Sequence[Shape], at: int) -> bool:
    """Whether the line below is nothing but a time."""
    return at + 1 < len(shapes) and not shapes[at + 1].mark and STAMP.fullmatch(shapes[at + 1].text) is not None


def _read_thread(
    shapes: Sequence[Shape], at: int, first: int, remarks: dict[int, Remark], number: int
) -> tuple[int, int]:
    """Note the thread whose first comment is line `first`; the line after it and the next comment's number."""
    for above in range(at, first):
        remarks[above] = Remark(Part.HEADING)
    opening = shapes[first]
    indented = _is_indented(shapes, first)
    levels = [opening.indent]
    marks = {opening.mark}
    current, said = Remark(Part.HEAD, number), Remark(Part.TEXT, number)
    here = last = opened = first
    quiet = 0
    while here < len(shapes):
        shape = shapes[here]
        talk = _talk(shape)
        head = _head(shapes, here, True)
        if (
            head is None
            and indented
            and shape.mark
            and shape.mark in marks
            and (shape.indent in levels or shape.mark == "1")
            and not talk.link
            and not talk.form
        ):
            head = _Head(here, None, False, shape.indent, shape.mark)
        if head is not None and indented and head.mark == "" and opening.mark and shape.indent < opening.indent:
            head = None
        if head is not None and here == opened + 1 and not shape.mark and head.author == current.author:
            head = None
        if head is not None:
            marks.add(head.mark)
            depth = _depth(levels, head.indent) if indented else 0
            current = Remark(Part.HEAD, number, head.author, depth)
            remarks[here], said = current, current._replace(part=Part.TEXT)
            number += 1
            last, opened, quiet = here, here, 0
        elif talk.link and not (indented and "•" in shape.text):
            remarks[here] = Remark(Part.LINK)
            last, quiet = here, 0
        elif (
            (indented and shape.indent <= opening.indent and not shape.mark)
            or talk.form
            or talk.ends
            or (not indented and (quiet := quiet + _is_furniture(shape)) >= 2)
        ):
            break
        else:
            remarks[here] = said
            last = here
        here += 1
    while here < len(shapes) and MORE.fullmatch(shapes[here].text):
        remarks[here] = Remark(Part.LINK)
        last = here
        here += 1
    return last + 1, number


def _is_furniture(shape: Shape) -> bool:
    """Whether the line is made of the words of menus or of rights."""
    return shape.giveaway >= 0.5 and (shape.covered("menu") >= 0.5 or shape.covered("legal") >= 0.5)


def _is_indented(shapes: Sequence[Shape], first: int) -> bool:
    """Whether the text of comments stands further in than their heads' marks, so that indents tell where it ends."""
    return bool(shapes[first].mark) and any(
        not shape.mark and shape.indent > shapes[first].indent for shape in shapes[first + 1 : first + 4]
    )


def _depth(levels: list[int], indent: int) -> int:
    """How deep a head at `indent` is nested; `levels` holds the indents of its ancestors and is kept so."""
    while len(levels) > 1 and indent < levels[-1]:
        levels.pop()
    if indent > levels[-1]:
        levels.append(indent)
    elif indent < levels[0]:
        levels[0] = indent
    return len(levels) - 1


def _forms(shapes: Sequence[Shape], remarks: dict[int, Remark]) -> None:
    """Note the lines of comment forms: what names a form, and the short lines that follow it."""
    open_for = 0
    for at, shape in enumerate(shapes):
        if at in remarks:
            open_for = 0
            continue
        talk = _talk(shape)
        if talk.form and shape.size < 200:
            remarks[at] = Remark(Part.FORM)
            open_for = 6
        elif talk.heading and shape.count and any(c.isdigit() for c in shape.text):
            remarks[at] = Remark(Part.HEADING)
        elif open_for and MORE.fullmatch(shape.text):
            remarks[at] = Remark(Part.FORM)
        elif open_for:
            open_for -= 1
