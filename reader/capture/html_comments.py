"""Comment threads in a page: which element is one, who wrote it, how deep it answers, what it says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from reader.capture.html_tree import Element, Page, word_set

_NEAR: Final = 12
"""Elements around a line that are asked what it is."""

_UNIT_TAGS: Final = word_set("li div article section tr blockquote dd")
_UNIT_ID: Final = re.compile(
    r"(?:li-|div-|post-|reader-)?comm?ent(?:ary|o|aire)?-?(?:item-)?(\w*\d\w*)|c(\d{2,})|idc-cover-?(\d+)"
    r"|dsq-comment-(\d+)"
    r"|kommentar-?(\d+)|post-(\d+)"
)
_UNIT_NAME: Final = re.compile(
    r"(?:comment|reply|kommentar|commentaire|comentario|comment-(?:item|wrapper|container|entry|block"
    r"|single|post|node|card|row)"
    r"|(?:single|user|reader|article|blog|thread|child|parent|list|media|nested|reply)-comment|thread-?item"
    r"|comment-thread-item|c-comment|comments-item"
    r"|comment-reply|post-comment|comment-box|coral-comment|fyre-comment-wrapper|idc-c|comment--?\w{0,12})"
)
_AUTHOR: Final = re.compile(
    r"(?:.+-)?(?:author|fn|user-?name|commenter|nick(?:name)?|by-?line|display-?name|screen-?name|poster"
    r"|vcard|user|name|autor|auteur)(?:-name|-link|-title)?"
)
_TEXT: Final = re.compile(
    r"(?:.+-)?(?:comment|reply|post|message|kommentar|commentaire)?-?(?:content|text|body|message"
    r"|inner-text|copy|bd|texte|markup)(?:-text|-content|-inner)?"
)
_ASIDE: Final = re.compile(
    r"(?:.+-)?(?:meta(?:data)?|date|time|reply|replies|actions?|tools?|footer|permalink|vote|votes|likes?"
    r"|rating|avatar|edit|report|flag|header|link"
    r"|author|share|buttons?|count|points|score|badge|info|controls?|menu|awaiting-moderation|says)(?:-.*)?"
)
_DEPTH: Final = re.compile(r"(?:.+-)?(?:depth|level|indent)-?(\d{1,2})")
_LABEL: Final = re.compile(
    r"(?i)\W*(?:(?:reply|quote|report|like|share|edit|permalink|log in to reply|répondre|antworten"
    r"|responder|رد|loading\.*|flag|upvote|downvote"
    r"|(?:in )?reply to .{1,40}|says:?|said:?|\d+|dit :|sagt:?|dice:?|show (?:more )?repl(?:y|ies)|collapse"
    r"|\d+ (?:likes?|points?|replies))\W*)+"
)
_DATED: Final = re.compile(r"(?i)\b(?:\d{4}|\d{1,2}:\d\d|ago|yesterday|il y a|vor \d+|hace)\b")
_SAYS: Final = re.compile(
    r"(?i)^(.{1,60}?)\s+(?:says|said|wrote|writes|dit|schreibt|sagt|dice|escribió|commented|replied)\s*:?$"
)


@dataclass(slots=True, eq=False)
class Comment:
    """One comment: its element, its author if named, and how many comments it is an answer under."""

    element: Element
    author: str | None
    depth: int


def comment_of_runs(
    page: Page, region: Element, boxes: Sequence[Element] = ()
) -> dict[int, tuple[Comment | None, bool]]:
    """For each run (by its index) in a region: the comment it stands in, and whether it is what was said.

    `boxes` are its contributions by their shape, for where they have no names. Runs outside every comment are
    headings and forms, unless there are no comments at all: then running text is taken for comments without an author.
    """
    units = _units(page, region) or {box.order: (box, 0) for box in boxes if box.within(region)}
    found: dict[int, tuple[Comment | None, bool]] = {}
    comments = {
        order: Comment(element, _author(page, element, units), depth) for order, (element, depth) in units.items()
    }
    held: dict[int, Comment | None] = {}
    for element in page.elements[region.order : region.end]:
        around = held.get(element.parent.order) if element.parent is not None else None
        held[element.order] = comments.get(element.order, around)
    for index in range(region.first, min(region.last, len(page.runs))):
        run = page.runs[index]
        comment = held.get(run.element.order)
        if comment is None:
            loose = (
                not units and run.link_share < 0.5 and run.text.count(" ") >= 5 and _plain_place(run.element, region)
            )
            found[index] = None, loose
        else:
            found[index] = comment, _is_said(run.text, run.element, comment, run.image)
    return found


def _plain_place(element: Element, region: Element) -> bool:
    return all(
        one.tag not in ("form", "label", "button", "nav") and not one.tag.startswith("h")
        for one in islice(element.chain(), _NEAR)
        if one is not region and one.depth > region.depth
    )


def _units(page: Page, region: Element) -> dict[int, tuple[Element, int]]:
    units: dict[int, tuple[Element, int]] = {}
    within: dict[int, Element] = {}
    for element in page.elements[region.order + 1 : region.end]:
        outer = within.get(element.parent.order) if element.parent is not None else None
        if outer is not None:
            within[element.order] = outer
        if element.last <= element.first or not _is_unit(element) or (outer is not None and _same(element, outer)):
            continue
        within[element.order] = element
        depth = units[outer.order][1] + 1 if outer is not None else 0
        units[element.order] = element, _named_depth(element, depth)
    return units


def _is_unit(element: Element) -> bool:
    if element.tag not in _UNIT_TAGS:
        return False
    if "data-comment-id" in element.attributes or element.attributes.get("itemprop") == "comment":
        return True
    if element.attributes.get("itemtype", "").rsplit("/", 1)[-1] in ("Comment", "UserComments"):
        return True
    if _UNIT_ID.fullmatch(element.attributes.get("id", "")[:60]):
        return True
    return any(
        _UNIT_NAME.fullmatch(name)
        and name
        not in (
            "comment-content",
            "comment-body",
            "comment-text",
            "comment-form",
            "comment-list",
            "comment-meta",
            "comment-author",
            "comment-header",
            "comment-footer",
            "comment-reply",
            "comment-count",
            "comment-date",
            "comment-title",
            "comment-avatar",
            "comment-respond",
            "comment-actions",
        )
        for name in element.names
    )


def _same(inner: Element, outer: Element) -> bool:
    """Whether an element only wraps the same comment once more: nothing of another comment stands between."""
    one, other = _number(inner), _number(outer)
    if one and other:
        return one == other
    return inner.first <= outer.first + 1 and inner.last >= outer.last - 1


def _number(element: Element) -> str:
    match = _UNIT_ID.fullmatch(element.attributes.get("id", "")[:60])
    digits = (
        next((group for group in match.groups() if group), "")
        if match
        else element.attributes.get("data-comment-id", "")
    )
    return digits or ""


def _named_depth(element: Element, otherwise: int) -> int:
    for name in element.names:
        if match := _DEPTH.fullmatch(name):
            number = int(match[1])
            return max(0, number - 1) if name.startswith("depth") else number
    return otherwise


def _author(page: Page, unit: Element, units: dict[int, tuple[Element, int]]) -> str | None:
    for strict in (True, False):
        for element in page.elements[unit.order + 1 : min(unit.end, unit.order + 60)]:
            if element.order in units:
                break
            named = element.attributes.get("itemprop") in ("author", "creator") or any(
                _AUTHOR.fullmatch(name) for name in element.names
            )
            if not (named or (not strict and element.tag in ("cite", "b", "strong", "h4", "h5"))):
                continue
            text = page.said(element)
            text = re.sub(
                r"(?i)\s+(?:says|said|wrote|dit|sagt|schreibt|dice|on\b.*|commented.*|replied.*|•.*|·.*"
                r"|\d.*)\s*:?$",
                "",
                text,
            )
            text = text.removeprefix("• ").strip(" :,-")
            if 0 < len(text) <= 60:
                return text
    runs = page.runs[unit.first : min(unit.last, unit.first + 3)]
    for run in runs:
        if match := _SAYS.match(run.text[:100]):
            return match[1].strip()
    if runs and len(runs[0].text) <= 60 and runs[0].linked:
        linked = page.elements[unit.order : min(unit.end, unit.order + 20)]
        names = (" ".join(element.own.split()) for element in linked if element.tag == "a")
        return next((name for name in names if 0 < len(name) <= 40 and not name[0].isdigit()), None)
    return None


def _is_said(text: str, element: Element, comment: Comment, image: bool) -> bool:
    """Whether a line is what the comment says, and not its author, date, buttons or form."""
    short = len(text) < 80
    if image or (short and (_LABEL.fullmatch(text) or _SAYS.match(text))):
        return False
    if short and comment.author and text.removeprefix("• ").strip(" :,") == comment.author:
        return False
    for one in islice(element.chain(), _NEAR):
        if one is comment.element:
            break
        if one.tag in ("form", "button", "time", "label", "nav", "cite"):
            return False
        if any(_TEXT.fullmatch(name) for name in one.names):
            return True
        if one.tag == "p" and not any(_ASIDE.fullmatch(name) for name in one.names):
            return not (short and _DATED.search(text) and comment.author is not None and comment.author in text)
        if short and any(_ASIDE.fullmatch(name) or _AUTHOR.fullmatch(name) for name in one.names):
            return False
    return not (short and (_DATED.search(text) is not None or (comment.author or "\0") in text))
