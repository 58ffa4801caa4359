"""Sets of words written as one line of text, and patterns of many words."""

import re
from collections.abc import Iterable
from typing import Any


def words_of(text: str, mark: str | None = None) -> frozenset[str]:
    """The words of `text`, parted by `mark` or, where it is None, by white space."""
    return frozenset(text.split(mark))


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, for use inside a larger expression: of two that fit, the longer is tried first.

    A space stands for any white space. Words that begin alike share that beginning, so that the time it takes to see
    that none is there does not grow with their number.
    """
    tree: dict[str, Any] = {}
    for word in sorted(words):
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, Any]) -> str:
    parts = [
        (r"\s+" if letter == " " else re.escape(letter)) + _branches(below) for letter, below in node.items() if letter
    ]
    if not parts:
        return ""
    return f"(?:{'|'.join(parts)}){'?' if '' in node else ''}"
