"""Articles on one event are found by the names that they share, in any spelling, and told from others."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reader.capture.article import Article, Block, Kind, Metadata, PartialDate, Value
from reader.search.records import digest_of
from reader.search.stories import ALIKE, Print, print_of, stories
from reader.search.storybook import Storybook
from reader.text.span import Span


def article(id: str, title: str, body: str, *, outlet: str = "", published: str = "") -> Article:
    """An article with a headline and one paragraph."""
    text = f"{title}\n\n{body}"
    blocks = (
        Block(Kind.TITLE, Span(0, len(title)), "headline"),
        Block(Kind.BODY, Span(len(title) + 2, len(text)), "paragraph"),
    )
    facts = Metadata(
        title=Value(title, "headline"),
        outlet=Value(outlet, "masthead") if outlet else None,
        published=Value(PartialDate(published), "date line") if published else None,
    )
    return Article(id, id, id.encode().hex().ljust(64, "0"), text, blocks, facts)


FERRY = [
    article(
        "a", "Ferry runs aground off Lorren",
        "The ferry Gannet ran aground off Lorren, said Captain Yusuf al-Nujaifi, as the tugs from Port Sellan came.",
        outlet="Harbour Wire", published="2024-03-03",
    ),
    article(
        "b", "No one hurt as Gannet hits sandbank",
        "Passengers of the Gannet were taken to Port Sellan. Only Yousef Nujayfi stayed on board off Lorren.",
        outlet="River Post", published="2024-03-04",
    ),
    article(
        "c", "عبارة تجنح قرب لورين",
        "قال القبطان يوسف النجيفي إن العبارة جنحت قرب لورين، ونقل الركاب إلى ميناء سيلان قبل الظهر.",
    ),
]  # fmt: skip
BUDGET = [
    article("d", "Council of Amber votes on its budget", "The council of Amber Hill met Edda Krol and Otto Wint."),
    article("e", "Krol defends Amber budget", "In Amber Hill the mayor, Edda Krol, answered Otto Wint for an hour."),
]
ALONE = article("f", "How to mend a net", "Take the needle that Ilse kept, and begin where the Baltic twine ends.")


def found(articles: list[Article]) -> set[frozenset[str]]:
    """The stories among articles, as sets of ids."""
    return {frozenset(ids) for ids in stories({one.id: print_of(one) for one in articles})}


def test_articles_on_one_event_are_together_whatever_the_spelling() -> None:
    assert found([*FERRY[:2], *BUDGET, ALONE]) == {frozenset("ab"), frozenset("de")}


def test_names_in_another_script_are_the_same_names() -> None:
    shared = set(print_of(FERRY[0]).words) & set(print_of(FERRY[2]).words)
    assert len(shared) >= 3, shared


def test_weekdays_outlets_and_the_first_word_of_a_sentence_tell_nothing() -> None:
    body = "Perhaps it rained. On Monday the Harbour Wire asked Lena, who told them so."
    said = article("g", "Notes", body, outlet="Harbour Wire")
    assert len(print_of(said).words) == 1


def test_what_lies_months_apart_is_another_event() -> None:
    late = article("b", FERRY[1].title, FERRY[1].text, published="2024-09-04")
    assert found([FERRY[0], late, *BUDGET]) == {frozenset("de")}


@given(some.dictionaries(some.text("abcdef", min_size=1), some.lists(some.sampled_from("klmnopqr")), max_size=12))
def test_every_article_is_in_one_story_at_most_and_none_is_in_one_alone(words: dict[str, list[str]]) -> None:
    prints = {id: Print(tuple(dict.fromkeys(said))) for id, said in words.items()}
    groups = stories(prints)
    members = [id for group in groups for id in group]
    assert len(members) == len(set(members))
    assert set(members) <= set(prints)
    assert all(len(group) > 1 for group in groups)
    assert {frozenset(group) for group in stories(dict(reversed(prints.items())))} == {frozenset(g) for g in groups}


def test_same_words_are_alike_and_few_common_words_are_not_enough() -> None:
    same = Print(("k", "l", "m", "n"))
    assert ALIKE < 1
    assert stories({"a": same, "b": same}) == [["a", "b"]]
    assert stories({"a": Print(("k", "l")), "b": Print(("k", "l"))}) == []


def test_the_book_keeps_what_it_learnt_and_passes_over_what_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "stories.jsonl"
    book = Storybook(path)
    book.learn(map(digest_of, [*FERRY[:2], *BUDGET]))
    with path.open("ab") as file:
        file.write(b'["half", "a li\n\xff\xfe\n{}\n')
    again = Storybook(path)
    assert again.stamps().keys() == set("abde")
    assert {frozenset(ids) for ids in again.stories("abdef")} == {frozenset("ab"), frozenset("de")}
    assert again.stories("ad") == []
    for number in range(40):
        seen = article("a", "Ferry", f"It was the Gannet, and {('Lorren', 'Sellan')[number % 2]} saw it.")
        again.learn([digest_of(seen)])
    assert len(path.read_bytes().splitlines()) > 40
    assert Storybook(path).stamps().keys() == set("abde")
    assert len(path.read_bytes().splitlines()) == 4


@pytest.mark.parametrize("place", ["file/stories.jsonl", "folder"])
def test_without_a_disk_memory_serves(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    book = Storybook(tmp_path / place)
    book.learn(map(digest_of, FERRY[:2]))
    assert book.stories("ab") != []
