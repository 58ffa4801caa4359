"""What changed is listed, and nothing is rewritten before it is accepted."""

from dataclasses import dataclass, replace

import pytest

from reader.annotations.annotation import Annotation, State, Target
from reader.annotations.claims import outlet_target
from reader.annotations.exchange.finding import finder, plain_address
from reader.annotations.review import accepted, accepted_all, attached, cases, followed, renamed, urgent_first
from reader.annotations.selectors import find_quote
from reader.capture.article import Article
from reader.errors import WrongUsage
from tests.annotations.making import TEXT, note, passage, text_of

ID = "harbour/ferry.txt"
NEW = "Latest news\n" + TEXT.replace("sank off", "went down off").replace("denied it", "denied it")
ARTICLE = Article(ID, ID, "0", NEW, ())


def article_of(identity: str) -> Article | None:
    """The changed article."""
    return ARTICLE if identity == ID else None


HELD = [
    note(1, passage("denied it")),
    note(2, passage("The ferry 🚢 sank off Port Ansel")),
    note(3, replace(passage("Idris Vale"), source="gone.txt")),
    note(4, Target(ID)),
    note(5, outlet_target("Harbour Wire"), kind="grade"),
]


def test_only_what_is_no_longer_in_place_is_listed_most_urgent_first() -> None:
    found = urgent_first(cases(HELD, article_of, text_of))
    assert [(case.annotation.id[-1], case.placement.state) for case in found] == [
        ("3", State.ORPHAN),
        ("2", State.REVIEW),
        ("1", State.MOVED),
    ]
    assert found[1].target.exact == "The ferry 🚢 sank off Port Ansel"
    assert list(cases(HELD, article_of, text_of, lambda: True)) == []


def test_an_accepted_place_becomes_the_selector() -> None:
    found = urgent_first(cases(HELD, article_of, text_of))
    (now,) = accepted(found[1], ARTICLE)["targets"]
    assert now.exact == "The ferry 🚢 went down off Port Ansel"
    assert now.text_sha256 == ARTICLE.text_sha256
    settled = replace(HELD[1], targets=(now,))
    assert list(cases([settled], article_of, text_of)) == []
    with pytest.raises(WrongUsage):
        accepted(found[0], ARTICLE)


def test_a_note_is_attached_by_hand() -> None:
    span = find_quote(ARTICLE, "قال الوالي")
    (now,) = attached(HELD[2], 0, ARTICLE, span)["targets"]
    assert (now.source, now.exact) == (ID, "قال الوالي")


def test_all_that_merely_moved_is_accepted_at_once() -> None:
    two = note(6, passage("denied it"), passage("sank off"), kind="link")
    changes = accepted_all(cases([*HELD, two], article_of, text_of), article_of)
    assert [one.id for one, _ in changes] == [HELD[0].id, two.id]
    assert changes[1][1]["targets"][1] == two.targets[1]
    assert changes[1][1]["targets"][0].text_sha256 == ARTICLE.text_sha256


@dataclass(frozen=True)
class Row:
    """A row of a catalogue."""

    id: str
    sha256: str = ""
    missing: bool = False
    title: str = ""
    url: str = ""


def test_notes_follow_a_file_that_was_renamed() -> None:
    rows = [
        Row("old.txt", "1", True),
        Row("new.txt", "1"),
        Row("gone.txt", "2", True),
        Row("twice.txt", "3", True),
        Row("a.txt", "3"),
        Row("b.txt", "3"),
        Row("feed.xml#1", "4", True),
        Row("moved.xml#1", "4"),
        Row("moved.xml#2", "4"),
    ]
    moves = renamed(rows)
    assert moves == {"old.txt": "new.txt", "feed.xml#1": "moved.xml#1"}
    held: list[Annotation] = [note(1, passage("sank", "old.txt"), passage("sank", "b.txt")), note(2)]
    ((changed, fields),) = followed(held, moves)
    assert changed.id == held[0].id
    assert [one.source for one in fields["targets"]] == ["new.txt", "b.txt"]


def test_a_note_from_elsewhere_finds_its_article() -> None:
    find = finder([
        Row("a.txt", title="Ferry lost", url="https://www.Wire.example/a/?utm_source=x&id=2#top"),
        Row("b.txt", title="Twice"),
        Row("c.txt", title="Twice"),
    ])  # fmt: skip
    assert find("http://wire.example/a?id=2") == "a.txt"
    assert find(" FERRY lost ") == "a.txt"
    assert find("c.txt") == "c.txt"
    assert find("Twice") is None
    assert find("") is None
    assert plain_address("http://[broken") == "http://[broken"
