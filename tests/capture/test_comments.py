"""Threads of several platforms: who says what, who answers whom, and where the thread ends."""

import pytest

from reader.capture.comments import Part, threads
from reader.capture.context import shapes_of


def heads(text: str) -> list[tuple[str | None, int]]:
    return [(r.author, r.depth) for r in threads(shapes_of(text.split("\n"))).values() if r.part is Part.HEAD]


def part_of(text: str, line: str) -> Part | None:
    shapes = shapes_of(text.split("\n"))
    number = next(number for number, shape in enumerate(shapes) if line in shape.raw)
    remark = threads(shapes).get(number)
    return remark.part if remark else None


NESTED = """2 responses to “A boat too small”

  1. Old Salt says:
    March 3, 2019 at 4:05 pm

    The crack was there last year.

    Reply
    1. Runa says:
      March 3, 2019 at 5:00 pm

      You say so every year:

      “No boat will sail.”

      Reply
  2. Ida says:
    March 4, 2019 at 9:12 am

    I steer it. It floats.

Leave a Reply Cancel reply

Your email address will not be published. Required fields are marked *

Name *

About the harbour"""

GLUED = """3 comments:

  1. RunaSeptember 11, 2018 at 2:06 PM

    Good to know.

    ReplyDelete
  2. Old SaltSeptember 12, 2018 at 3:06 PM

    I doubt it.

    ReplyDelete
Add comment"""

FLAT = """Comments (2)

Runa
2 hours ago

The islands need bread, not words.

Reply

Old Salt
1 hour ago

Bread will come by the fishing boats.

Reply

Related articles

The winter of the great ice"""

GERMAN = """Kommentare (2)

  • Jette schreibt:
    3. März 2019 um 10:15

    Das war doch seit Jahren bekannt.

    Antworten
  • Hinnerk schreibt:
    3. März 2019 um 11:20

    Wem denn?

    Antworten

Schreibe einen Kommentar"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (NESTED, [("Old Salt", 0), ("Runa", 1), ("Ida", 0)]),
        (GLUED, [("Runa", 0), ("Old Salt", 0)]),
        (FLAT, [("Runa", 0), ("Old Salt", 0)]),
        (GERMAN, [("Jette", 0), ("Hinnerk", 0)]),
    ],
)
def test_heads_of_comments(text: str, wanted: list[tuple[str | None, int]]) -> None:
    assert heads(text) == wanted


def test_links_forms_and_what_follows_are_not_comments() -> None:
    assert part_of(NESTED, "Reply") is Part.LINK
    assert part_of(NESTED, "Leave a Reply") is Part.FORM
    assert part_of(NESTED, "Name *") is Part.FORM
    assert part_of(NESTED, "About the harbour") is None
    assert part_of(FLAT, "winter of the great ice") is None
    assert part_of(NESTED, "“No boat") is Part.TEXT


@pytest.mark.parametrize(
    "text",
    [
        "0 Comments\n\nRecent posts\n\n  • A boat\n    March 3, 2019\n\n  • A crane\n    March 4, 2019",
        "The mayor said:\n\nThe ferry will sail.\n\nThe owner said:\n\nIt will not.",
        "Comments\n\nLatest news\n\nRuna\nMarch 3, 2019\n\nA story about boats",
    ],
)
def test_what_only_looks_like_a_thread(text: str) -> None:
    assert heads(text) == []


def test_a_discussion_names_who_writes_by_their_pictures() -> None:
    text = """The crew waits in the harbour, and nobody will say for how long it is going to wait there.

Discussion about this post

User's avatar
Old Salt's avatar

The crack was there last year.

Expand full comment
Runa's avatar

You say so every year, and every year the boat sails.

Expand full comment
4 more comments...

No posts"""
    assert heads(text) == [("Old Salt", 0), ("Runa", 0)]
    assert part_of(text, "You say so") is Part.TEXT
    assert part_of(text, "4 more comments") is Part.LINK
    assert part_of(text, "No posts") is None
    assert part_of(text, "The crew waits") is None
