"""Searching a small library: forgiving words, fields, changes, two processes, damage."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.capture.article import Article, Kind
from reader.search import engine, index, soundness, storage, translation
from reader.search.answer import Match
from reader.search.engine import NoteText, Scope, Search, stamp_of
from reader.search.index import TantivyIndex
from tests.search.making import article, records

LIBRARY = [
    article(
        "harbour/governor.txt",
        "The governor Atheel al-Nujaifi said that Da'esh had left Qayyarah. About 1,500 men of the U.S. stayed.",
        title="Governor speaks of the front",
        outlet="Harbour Wire",
        authors=("Anna Hale",),
        published="2015-04-21",
        more=[(Kind.COMMENT, "A reader doubts the dredger story"), (Kind.BOILERPLATE, "Subscribe to our newsletter")],
    ),
    article(
        "lantern/muqawama.md",
        "Graffiti of the muqawama appeared in Mosul. Sheikh Muhammad Hussein praised it.",
        title="Signs of resistance",
        outlet="The Lantern",
        published="2014-11",
        more=[(Kind.CAPTION, "A wall with painted letters")],
    ),
    article(
        "lantern/arabic.txt",
        "قال النجيفي إن المقاومة في الموصل مستمرة",
        title="بيان",
        outlet="The Lantern",
        published="2016",
    ),
    article("harbour/quiet.txt", "Nothing happened in the harbour; the market was open.", outlet="Harbour Wire"),
    article("other/state.txt", "The Islamic State claimed it. IS is not alone, and ISIL agreed.", title="A claim"),
]


@pytest.fixture
def search(tmp_path: Path) -> Iterator[Search]:
    made = Search(tmp_path)
    assert made.update(records(LIBRARY)) == len(LIBRARY)
    yield made
    made.close()


def found(search: Search, text: str) -> list[str]:
    return [result.id for result in search.search(text).results]


def words_of(search: Search, text: str) -> dict[str, Match]:
    by_id = {one.id: one for one in LIBRARY}
    results = search.with_hits(search.search(text).results, text, by_id.__getitem__)
    return {hit.word: hit.match for result in results for hit in result.hits}


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("nujayfi", "Nujaifi"),
        ("nujaifi", "النجيفي"),
        ("النجيفي", "Nujaifi"),
        ("mukawama", "muqawama"),
        ("qayara", "Qayyarah"),
        ("daesh", "Da'esh"),
        ("mohamed", "Muhammad"),
        ("husayn", "Hussein"),
        ("grafitti", "Graffiti"),
        ("govrenor", "governor"),
        ("gov", "governor"),
        ("governer", "governor"),
        ("1500", "1,500"),
        ("us", "U.S."),
        ("al-nujaifi", "Nujaifi"),
        ("mosul", "الموصل"),
        ("goverm", "governor"),
    ],
)
def test_a_typed_word_finds_what_was_meant(search: Search, typed: str, written: str) -> None:
    assert written in words_of(search, typed)


def test_every_result_has_a_hit_with_its_exact_span(search: Search) -> None:
    by_id = {one.id: one for one in LIBRARY}
    for text in ("nujayfi", "mosul mukawama", '"the muqawama"', "qayara or", "hussain"):
        for result in search.with_hits(search.search(text).results, text, by_id.__getitem__):
            assert result.hits
            for hit in result.hits:
                assert by_id[result.id].text[hit.span.start : hit.span.end] == hit.word


def test_exact_words_stand_above_approximate_ones(search: Search) -> None:
    filler = " ".join(f"filler{number}" for number in range(400))
    near = article("x/near.txt", "the markee markee markee markee")
    search.update(records([near, article("x/exact.txt", f"{filler} he went to the market {filler}")]))
    assert found(search, "market ") == ["harbour/quiet.txt", "x/exact.txt", "x/near.txt"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"islamic state"', {"other/state.txt"}),
        ('"islamik state"', {"other/state.txt"}),
        ('"the islamic state had claimed"', {"other/state.txt"}),
        ('"islamic st', {"other/state.txt"}),
        ('"islamic s', {"other/state.txt"}),
        ('"islamic xyz', {"other/state.txt"}),
        ('"islamic xyz"', set()),
        ('in:boilerplate "our newsl', {"harbour/governor.txt"}),
        ("outlet: harbour governor ", {"harbour/governor.txt"}),
        ("dredger author:", {"harbour/governor.txt"}),
        ("mosul -graffiti", {"lantern/arabic.txt"}),
        ("market OR graffiti", {"harbour/quiet.txt", "lantern/muqawama.md"}),
        ("outlet:harbour", {"harbour/quiet.txt", "harbour/governor.txt"}),
        ('outlet:"the lantern"', {"lantern/muqawama.md", "lantern/arabic.txt"}),
        ("author:hale", {"harbour/governor.txt"}),
        ("title:resistance", {"lantern/muqawama.md"}),
        ("after:2015", {"harbour/governor.txt", "lantern/arabic.txt"}),
        ("before:2015", {"lantern/muqawama.md"}),
        ("before:2014-11", set()),
        ("dredger", {"harbour/governor.txt"}),
        ("in:comments dredger", {"harbour/governor.txt"}),
        ("in:comments qayyarah", set()),
        ("in:captions painted", {"lantern/muqawama.md"}),
        ("newsletter", set()),
        ("in:boilerplate newsletter", {"harbour/governor.txt"}),
        ("near:3 graffiti muqawama", {"lantern/muqawama.md"}),
        ("near:2 graffiti mosul", set()),
    ],
)
def test_the_query_language(search: Search, text: str, expected: set[str]) -> None:
    assert set(found(search, text)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("قطر ", {"attached"}), ("خمي", {"attached"}), ("القطر ", {"attached"}),
        ("习近平", {"signs"}), ("北平 ", set()), ("京北 dam ", set()), ("北京 ", {"signs"}),
        ('near:2 "dam broke" night ', {"near"}), ('near:2 "dam broke" bridge ', set()), ("near:3 broke bridge ", set()),
        ("été ", {"elided"}), ("l'ete ", {"elided"}), ("Évry", {"elided"}),
    ],
)  # fmt: skip
def test_words_as_other_languages_write_them(tmp_path: Path, query: str, expected: set[str]) -> None:
    search = Search(tmp_path)
    search.update(records([
        article("attached", "وصل الوفد من لندن وقطر يوم الخميس"),
        article("signs", "习近平访问了北京。近日平安。"),
        article("near", "A bridge stood there for years and years until the dam broke at night."),
        article("elided", "C’était l’été à l’hôtel d’Évry."),
    ]))  # fmt: skip
    assert set(found(search, query)) == expected
    search.close()


def test_articles_without_a_date_come_last_in_both_orders(search: Search) -> None:
    dated = ["lantern/muqawama.md", "harbour/governor.txt", "lantern/arabic.txt"]
    undated = {"harbour/quiet.txt", "other/state.txt"}
    for order, expected in (("oldest", dated), ("newest", dated[::-1])):
        ids = [one.id for one in search.search("-nowhere", order=order).results]
        assert (ids[:3], set(ids[3:])) == (expected, undated)
        few = search.search("-nowhere", order=order, limit=2)
        assert ([one.id for one in few.results], few.matched) == (expected[:2], 5)


def test_articles_that_hold_all_come_before_those_that_hold_most_and_can_be_had_alone(search: Search) -> None:
    answer = search.search("governor front harbour ")
    assert [one.id for one in answer.results] == ["harbour/governor.txt"]
    assert (answer.matched, answer.whole) == (1, 0)
    assert search.search("governor front harbour ", whole=True).matched == 0
    answer = search.search("governor market ")
    assert (answer.matched, answer.whole) == (2, 0)
    answer = search.search("open market mosul ")
    assert (answer.matched, answer.whole) == (1, 0)
    answer = search.search("graffiti mosul ")
    assert (answer.results[0].id, answer.whole, answer.matched) == ("lantern/muqawama.md", 1, 2)
    assert [one.id for one in search.search("graffiti mosul ", whole=True).results] == ["lantern/muqawama.md"]


def test_the_way_in_which_the_best_are_found_changes_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(4)
    words = ["harbour", "market", "markets", "dredger", "pilot", "flour"]
    texts = [" ".join(chance.sample(words, chance.randint(1, 5))) for _ in range(120)]
    made = Search(tmp_path)
    made.update(records(article(f"{number}.txt", text) for number, text in enumerate(texts[:100])))
    made.update(records(article(f"{number}.txt", text) for number, text in enumerate(texts[100:], 100)), at_once=True)
    typed = ["harbour mar", "dredger pilot flour", "dredger markt fl", "pilot market dredgr harbour", "pilot " * 3]
    answers = []
    for likely, very_many in ((0.0, 1), (0.0, 1_000), (1e9, 1_000)):
        monkeypatch.setattr(engine, "expected", lambda most, size, likely=likely: likely)
        monkeypatch.setattr(translation, "_VERY_MANY", very_many)
        asked = [made.search(text, limit=limit) for text in typed for limit in (2, 20, 120)]
        answers.append([(one.matched, one.whole, {found.id: found.score for found in one.results}) for one in asked])
    for (matched, whole, scores), *others in zip(*answers, strict=True):
        for other_matched, other_whole, other_scores in others:
            assert (other_matched, other_whole) == (matched, whole)
            assert sorted(other_scores.values()) == pytest.approx(sorted(scores.values()), abs=0.01)
            assert len(other_scores) == len(scores)
    made.close()


def test_where_no_article_is_left_no_words_are_an_error(search: Search, tmp_path: Path) -> None:
    search.set_notes([NoteText("harbour/quiet.txt", "one", "a dredger in the harbour")])
    assert search.search("harbour market").results
    search.update([], [one.id for one in LIBRARY])
    empty = Search(tmp_path / "other")
    empty.set_notes([NoteText("harbour/quiet.txt", "one", "a dredger in the harbour")])
    for one in (search, empty):
        for text in ("harbour market", "in:notes dredger harbour", "in:notes nothing such", "harbour mosul front"):
            assert one.search(text).results == ()
    empty.close()


def test_notes_and_tags_are_searched_with_the_articles(search: Search) -> None:
    search.set_notes(
        [
            NoteText("harbour/quiet.txt", "n1", "Compare the smuggler claim", ("sources",), "doubt", "anna"),
            NoteText("other/state.txt", "n2", "", ("naming",), "fact", "ben"),
        ]
    )
    assert found(search, "smugler") == ["harbour/quiet.txt"]
    assert found(search, "in:notes smuggler") == ["harbour/quiet.txt"]
    assert found(search, "in:notes market") == []
    assert found(search, "market smuggler") == ["harbour/quiet.txt"]
    assert found(search, "tag:sour") == ["harbour/quiet.txt"]
    assert found(search, "pen:fact") == ["other/state.txt"]
    assert found(search, "by:anna") == ["harbour/quiet.txt"]
    assert set(found(search, "is:noted")) == {"harbour/quiet.txt", "other/state.txt"}
    by_id = {one.id: one for one in LIBRARY}
    (result,) = search.with_hits(search.search("smuggler").results, "smuggler", by_id.__getitem__)
    assert result.notes == ("n1",)


def test_what_was_read_is_given_by_the_caller(search: Search) -> None:
    scope = Scope(read=frozenset({"harbour/quiet.txt"}))
    unread = {result.id for result in search.search("outlet:harbour is:unread", scope=scope).results}
    assert unread == {"harbour/governor.txt"}
    assert [one.id for one in search.search("is:read", scope=scope).results] == ["harbour/quiet.txt"]


def test_accepted_names_find_each_other(search: Search) -> None:
    search.set_groups([["ISIS", "ISIL", "IS", "Islamic State", "Daesh"]])
    assert set(found(search, "isis")) == {"other/state.txt", "harbour/governor.txt"}
    assert set(found(search, "islamic state")) >= {"other/state.txt", "harbour/governor.txt"}
    state = next(one for one in LIBRARY if one.id == "other/state.txt")
    assert [hit.word for hit in search.hits(state, "isis ")] == ["Islamic State", "IS", "ISIL"]


def test_changed_and_removed_articles(search: Search) -> None:
    search.update(records([article("harbour/quiet.txt", "A zeppelin was seen")]), removed=["other/state.txt"])
    assert found(search, "zeppelin") == ["harbour/quiet.txt"]
    assert found(search, "market ") == []
    assert found(search, '"islamic state"') == []
    assert search.size == len(LIBRARY) - 1
    assert "other/state.txt" not in search.known()


def test_known_gives_the_stamp_of_each_article(search: Search) -> None:
    assert search.known() == {one.id: stamp_of(one.sha256) for one in LIBRARY}


def test_another_process_sees_what_was_written(search: Search, tmp_path: Path) -> None:
    reader = Search(tmp_path)
    assert found(reader, "graffiti") == ["lantern/muqawama.md"]
    search.update(records([article("new.txt", "An unforeseen zeppelin")]))
    assert found(reader, "zeppelin") == ["new.txt"]
    assert found(reader, "zepelin") == ["new.txt"]
    reader.close()


def test_what_another_process_wrote_meanwhile_is_replaced_and_not_added_again(tmp_path: Path) -> None:
    one, other = Search(tmp_path), Search(tmp_path)
    assert one.size == other.size == 0
    one.update(records(LIBRARY))
    one.close()
    other.update(records(LIBRARY))
    assert other.size == len(LIBRARY)
    assert sorted(found(other, "harbour")) == sorted(set(found(other, "harbour")))
    other.close()


def test_while_another_process_writes_new_articles_are_searched_in_memory(tmp_path: Path) -> None:
    one, two = Search(tmp_path), Search(tmp_path)
    seen: list[list[str]] = []

    def articles() -> Iterator[Article]:
        yield LIBRARY[0]
        two.update(records([LIBRARY[1]]), removed=["gone.txt"])
        seen.append(found(two, "graffiti"))
        yield LIBRARY[2]

    def held() -> Iterator[Article]:
        yield from articles()
        for i in range(300):
            yield article(f"more/{i}.txt", "filler")
            if i == 250:
                two.update(records([LIBRARY[3]]))
                seen.append(found(two, "open market"))

    one.update(records(held()))
    assert seen == [["lantern/muqawama.md"], ["harbour/quiet.txt"]]
    one.update(records([LIBRARY[1], LIBRARY[3]]))
    assert found(two, "graffiti") == ["lantern/muqawama.md"]
    assert two.size == one.size
    one.close()
    two.close()


def test_an_interrupted_update_keeps_what_it_wrote(tmp_path: Path) -> None:
    search = Search(tmp_path)
    left = iter([False, False, True])
    search.update(records(LIBRARY), cancelled=lambda: next(left, True))
    assert search.size == 3
    search.close()


@pytest.mark.parametrize("harm", ["truncate", "garbage", "version", "meta", "missing"])
def test_a_damaged_or_old_index_is_noticed_and_built_again(search: Search, tmp_path: Path, harm: str) -> None:
    search.close()
    folder = tmp_path / "cache" / "index"
    if harm == "version":
        (folder / "version").write_text("0")
    elif harm == "meta":
        (folder / "meta.json").write_text("{")
    else:
        for path in folder.glob("*.term"):
            if harm == "truncate":
                path.write_bytes(path.read_bytes()[:10])
            elif harm == "missing":
                path.unlink()
            else:
                path.write_bytes(b"\x7f" * path.stat().st_size)
    again = Search(tmp_path)
    again.search("graffiti")
    assert again.known() == {}
    assert again.notice
    again.update(records(LIBRARY))
    assert found(again, "grafitti") == ["lantern/muqawama.md"]
    assert again.notice == ""
    again.close()


@pytest.mark.parametrize("part", ["fast", "fieldnorm", "idx", "pos", "store", "term"])
@pytest.mark.parametrize("harm", ["bit", "gone"])
def test_one_damaged_bit_in_any_file_is_noticed(search: Search, tmp_path: Path, part: str, harm: str) -> None:
    search.close()
    path = next((tmp_path / "cache" / "index").glob(f"*.{part}"))
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 4
    path.unlink() if harm == "gone" else path.write_bytes(content)
    again = Search(tmp_path)
    assert "damaged" in again.notice
    assert again.known() == {}
    again.update(records(LIBRARY))
    assert found(again, "grafitti") == ["lantern/muqawama.md"]
    again.close()


def test_files_that_are_as_they_were_are_not_read_again(
    search: Search, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search.close()
    read: list[str] = []
    whole = soundness._as_written
    monkeypatch.setattr(soundness, "_as_written", lambda path: read.append(path.name) or whole(path))
    Search(tmp_path).close()
    assert read == []
    (tmp_path / "cache" / "index" / "sound.json").unlink()
    Search(tmp_path).close()
    assert read
    read.clear()
    Search(tmp_path).close()
    assert read == []


def test_an_index_that_turns_out_to_be_damaged_says_that_all_is_to_be_given_again(
    search: Search, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search.close()
    for path in (tmp_path / "cache" / "index").glob("*.term"):
        content = path.read_bytes()
        path.write_bytes(bytes(len(content) - 200) + content[-200:])
    monkeypatch.setattr(index, "is_sound", lambda folder: True)
    again = Search(tmp_path)
    assert not again.lost
    again.search("governor")
    assert again.lost
    assert "damaged" in again.notice
    assert again.known() == {}
    assert not again.lost
    again.update(records(LIBRARY))
    assert found(again, "grafitti") == ["lantern/muqawama.md"]
    again.close()


def test_an_index_deleted_under_way_is_built_again(search: Search, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "cache")
    search.update(records([LIBRARY[0]]))
    assert found(search, "governor") != []
    search.update(records(LIBRARY))
    assert len(search.known()) == len(LIBRARY)


def test_where_nothing_can_be_written_memory_is_searched(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    search = Search(tmp_path)
    search.update(records(LIBRARY))
    assert found(search, "mukawama") != []
    assert "memory" in search.notice
    search.close()


@pytest.mark.parametrize(
    "text", ["", " ", '"', "-", ":", "a:b:c", "title:", "OR", "OR OR", '-"', "\x00", "(" * 500, "after:x"]
)
def test_any_text_is_a_query(search: Search, text: str) -> None:
    answer = search.search(text)
    assert answer.query == text


def test_values_are_offered(search: Search) -> None:
    assert search.values("outlet", "har") == [("Harbour Wire", 2)]
    assert [name for name, _ in search.values("author")] == ["Anna Hale"]


def test_whoever_asked_too_early_learns_that_there_is_more(tmp_path: Path) -> None:
    one, other = Search(tmp_path), Search(tmp_path)
    before = (one.changes, other.changes)
    one.update(records([article("a", "A crack was found in the pylon.")]))
    assert one.changes > before[0]
    assert other.changes == before[1]
    other.look()
    assert other.changes > before[1], "another program indexed it"
    assert [result.id for result in other.search("crack").results] == ["a"]
    settled = other.changes
    other.look()
    other.search("crack")
    assert other.changes == settled
    one.close()
    other.close()


def test_while_the_words_of_a_large_index_are_not_loaded_the_answer_says_so(tmp_path: Path) -> None:
    one = Search(tmp_path)
    one.update(records([*filler(0, 1_600), *LIBRARY]))
    one.close()
    again = Search(tmp_path)
    assert found(again, "qayyarah ") == ["harbour/governor.txt"], "a word as it stands is found at once"
    early = again.search("qayara ")
    assert (early.results, "spellings" in early.notice) == ((), True)
    again.warm()
    late = again.search("qayara ")
    assert ([result.id for result in late.results], late.notice) == (["harbour/governor.txt"], "")
    again.close()


def test_a_word_is_sought_where_it_stands_and_where_it_comes_to_stand(search: Search) -> None:
    assert found(search, "dredger") == ["harbour/governor.txt"], "only in a comment"
    assert found(search, "graffiti") == ["lantern/muqawama.md"], "only in a text"
    said = [(Kind.COMMENT, "More graffiti, says a reader")]
    search.update(records([article("other/reader.txt", "Nothing else was said.", more=said)]))
    assert set(found(search, "graffiti")) == {"lantern/muqawama.md", "other/reader.txt"}
    assert found(search, "in:comments graffiti") == ["other/reader.txt"]


def filler(first: int, count: int) -> list[Article]:
    return [article(f"more/{number}.txt", f"filler {numbered(number)}") for number in range(first, first + count)]


def numbered(number: int) -> str:
    return "pylon" + "".join("bdfgklmnst"[int(digit)] for digit in str(number))


def segments(folder: Path) -> int:
    return len(list((folder / "cache" / "index").glob("*.store")))


def test_batches_to_which_more_belong_are_found_together_and_let_others_write_when_settled(tmp_path: Path) -> None:
    one, two = Search(tmp_path), Search(tmp_path)
    for first in range(0, 3000, 300):
        one.update(records(filler(first, 300)), more=True)
    assert 250 <= one.size < 3000  # the first are found early, the last wait for a commit that is worth it
    two.update(records([LIBRARY[1]]))
    assert found(two, "graffiti") == ["lantern/muqawama.md"]  # in memory, as the first one is writing
    one.settle()
    assert one.size == 3000
    one.warm()
    assert found(one, numbered(2999))[0] == "more/2999.txt"
    assert "more/2999.txt" in found(one, "x" + numbered(2999)[1:])
    assert segments(tmp_path) <= 5
    two.update(records([LIBRARY[1]]))
    one.settle()
    assert found(one, "graffiti") == ["lantern/muqawama.md"]
    one.close()
    two.close()


def test_an_article_that_comes_among_batches_is_found_at_once_and_everything_before_it(tmp_path: Path) -> None:
    search = Search(tmp_path)
    for first in range(0, 1200, 300):
        search.update(records(filler(first, 300)), more=True)
    assert search.size < 1200
    search.update(records([article("late.txt", "An unforeseen zeppelin")]), removed=["more/5.txt"])
    assert found(search, "zeppelin") == ["late.txt"]
    assert "more/1199.txt" in found(search, "x" + numbered(1199)[1:])
    assert search.size == 1200
    search.close()


@pytest.mark.parametrize("late", [[], [article("late.txt", "An unforeseen zeppelin")]])
def test_batches_that_the_disk_does_not_take_in_the_end_are_searched_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: list[Article]
) -> None:
    search = Search(tmp_path)
    search.update(records(filler(0, 300)), more=True)
    search.update(records(filler(300, 300)), more=True)
    assert search.size == 250
    commit = TantivyIndex._commit

    def full(index: TantivyIndex, writing: Any) -> None:
        if index._folder:
            raise OSError(28, "No space left on device")
        commit(index, writing)

    monkeypatch.setattr(TantivyIndex, "_commit", full)
    search.update(records(late))
    search.settle()
    assert search.notice
    assert found(search, "zeppelin") == [one.id for one in late]
    assert found(search, numbered(599))[0] == "more/599.txt"
    assert search.size == 600 + len(late)
    search.close()


def test_what_waits_is_indexed_again_when_the_search_was_closed_before(tmp_path: Path) -> None:
    search = Search(tmp_path)
    for first in range(0, 1200, 300):
        search.update(records(filler(first, 300)), more=True)
    search.close()
    again = Search(tmp_path)
    assert again.notice == ""
    assert 0 < len(again.known()) < 1200
    again.update(records(filler(0, 1200)))
    assert again.size == 1200
    again.close()


def test_what_is_found_at_once_comes_to_the_disk_with_others_and_never_over_what_is_newer(tmp_path: Path) -> None:
    one, two = Search(tmp_path), Search(tmp_path)
    one.update(records(LIBRARY))
    old = article("late.txt", "A zeppelin was seen over the quay")
    new = article("late.txt", "A submarine was seen under the quay")
    other = article("other.txt", "A balloon was seen")
    one.update(records([old]), at_once=True)
    one.update(records([other]), removed=["harbour/quiet.txt"], at_once=True)
    assert found(one, "zeppelin") == ["late.txt"]
    assert found(one, "balloon") == ["other.txt"]
    assert "harbour/quiet.txt" not in found(one, "open market")
    assert found(two, "zeppelin") == found(two, "balloon") == []
    one.update(records([new, *filler(0, 300)]), more=True)
    one.settle()
    assert found(two, "balloon") == ["other.txt"]
    for search in (one, two):
        assert found(search, "submarine") == ["late.txt"]
        assert found(search, "zeppelin") == []
        assert search.size == len(LIBRARY) + 301
        search.close()


def test_many_that_are_found_at_once_do_not_wait_for_the_disk_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "_TOGETHER", 20)
    one, two = Search(tmp_path), Search(tmp_path)
    for first in range(0, 50, 10):
        one.update(records(filler(first, 10)), at_once=True)
        assert one.size == first + 10
    two.look()
    assert two.size == 40
    one.close()
    two.close()
