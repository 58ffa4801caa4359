"""Known words: by beginning, by sound, by edits; the sieve loses nothing."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from reader.search.answer import Match
from reader.search.expansion import Expander, NameGroups, edits_allowed, expand
from reader.search.lexicon import Lexicon
from reader.search.vocabulary import Vocabulary

WORDS = st.lists(st.text("abcdiنج", min_size=1, max_size=9), min_size=1, max_size=60, unique=True)


def many() -> dict[str, int]:
    """More words of one length than are compared one by one."""
    letters = "abcdefghij"
    return {f"w{a}{b}{c}{d}": 1 for a in letters for b in letters for c in letters for d in "xyz"}


@given(WORDS, st.text("abcdiنج", min_size=1, max_size=9), st.integers(1, 2))
def test_every_word_within_so_many_edits_is_found(words: list[str], typed: str, edits: int) -> None:
    found = dict(Vocabulary(dict.fromkeys(words, 1)).within(typed, edits))
    assert found == {word: OSA.distance(typed, word) for word in words if OSA.distance(typed, word) <= edits}


@given(st.text("abcdefgwxyz", min_size=3, max_size=7), st.integers(1, 2))
def test_the_sieve_by_letters_loses_nothing(typed: str, edits: int) -> None:
    words = many()
    found = dict(Vocabulary(words).within(typed, edits))
    assert found == {word: OSA.distance(typed, word) for word in words if OSA.distance(typed, word) <= edits}


def test_the_sieve_by_letters_passes_over_most_words() -> None:
    lengths = {5: many(), 7: {f"{word}zz": 1 for word in many()}}
    vocabulary = Vocabulary({word: 1 for words in lengths.values() for word in words})
    for length, bucket in vocabulary._lengths.items():
        assert len(bucket.sharing_letters("waabbx", 2)) < len(lengths[length]) / 20


@given(WORDS, st.text("abcdi", min_size=1, max_size=3), st.integers(1, 20))
def test_beginnings(words: list[str], prefix: str, most: int) -> None:
    counts = {word: place for place, word in enumerate(words, 1)}
    vocabulary = Vocabulary(counts)
    begun = [word for word in words if word.startswith(prefix)]
    found = vocabulary.starting_with(prefix, most)
    assert sorted(counts[word] for word in found) == sorted(sorted(counts[word] for word in begun)[-most:])
    assert all(vocabulary.frequency(word) == count for word, count in counts.items())
    assert vocabulary.frequency("zzz") == 0


@given(WORDS, st.text("abcd", min_size=2, max_size=5), st.integers(1, 20))
def test_words_that_begin_as_one_slip_makes_it(words: list[str], prefix: str, most: int) -> None:
    def nearly(beginning: str) -> bool:
        return beginning != prefix and any(
            beginning in (prefix[:at] + prefix[at + 1 :], prefix[:at] + prefix[at : at + 2][::-1] + prefix[at + 2 :])
            or beginning in (prefix[:at] + beginning[at : at + 1] + rest for rest in (prefix[at:], prefix[at + 1 :]))
            for at in range(len(prefix))
        )

    found = set(Vocabulary(dict.fromkeys(words, 1)).starting_nearly(prefix, len(words)))
    lengths = range(len(prefix) - 1, len(prefix) + 2)
    begun = {word for word in words for end in lengths if len(word) >= end and nearly(word[:end])}
    assert {word for word in begun if word.isascii()} <= found <= begun
    few = Vocabulary(dict.fromkeys(words, 1)).starting_nearly(prefix, most)
    assert set(few) <= found


def test_words_that_sound_alike() -> None:
    vocabulary = Vocabulary(dict.fromkeys(["nujaifi", "nujayfi", "النجيفي", "najaf", "alnujaifi", "mosul"], 1))
    assert {"nujaifi", "nujayfi", "النجيفي", "alnujaifi"} <= set(vocabulary.sounding_like("nugaifi")) | set(
        vocabulary.sounding_like("nujayfi")
    )


def test_exact_weighs_most_and_slips_of_a_known_word_count_half() -> None:
    rare = expand("market", Vocabulary({"market": 1, "markets": 9, "marked": 9}))
    known = expand("market", Vocabulary({"market": 9, "markets": 9, "marked": 9}))
    assert rare[0].word == known[0].word == "market"
    assert rare[0].match is Match.EXACT
    assert {one.word: one.weight for one in known}["markets"] == {one.word: one.weight for one in rare}["markets"] / 2


def test_of_words_that_are_only_like_the_typed_one_some_are_kept() -> None:
    longer = [f"harbour{letter}{other}x" for letter in "abcdefgh" for other in "abcdefgh"]
    near = [f"har{letter}our" for letter in "acdfghijklmnopqrstuvwx"]
    begun = [f"har{letter}our{other}qz" for letter in "acdfgh" for other in "cdf"]
    for count, kept in ((0, (0, 15)), (2, (2, 15)), (12, (12, 8)), (60, (20, 0))):
        known = dict.fromkeys((*longer[:count], *near, *begun), 1)
        found = expand("harbour", Vocabulary(known), typing=True, most=20)
        exact = sum(one.match is Match.PREFIX for one in found)
        assert (exact, len(found) - exact) == kept
        assert all(one.match is Match.PREFIX for one in found[:exact])
    found = expand("harbour", Vocabulary(dict.fromkeys(begun, 1) | {begun[-1]: 2}), typing=True, most=32)
    assert len(found) == 4
    assert found[0].word == begun[-1]


@given(WORDS, st.text("abcdi", min_size=1, max_size=9))
def test_what_is_remembered_from_letter_to_letter_is_what_would_be_found_anew(known: list[str], typed: str) -> None:
    vocabulary = Vocabulary({word: place for place, word in enumerate(known, 1)})
    remembering = Expander(vocabulary)
    for end in range(1, len(typed) + 1):
        for typing in (True, False, True):
            found = remembering(typed[:end], typing=typing)
            assert found == expand(typed[:end], vocabulary, typing=typing)


def test_two_slips_lead_away_from_a_rare_word_only() -> None:
    for held, meant in ((2, {"government", "govermnent", "govrment"}), (3, {"government", "govermnent"})):
        vocabulary = Vocabulary({"government": held, "govermnent": 1, "govrment": 1})
        assert {one.word for one in expand("government", vocabulary)} == meant
        assert {one.word for one in expand("government", vocabulary, typing=True)} == meant


def test_figures_and_short_words_have_no_near_ones() -> None:
    assert [edits_allowed(word) for word in ("1500", "abc", "abcd", "abcdefgh", "m16a4x99")] == [0, 0, 1, 2, 0]
    assert [one.word for one in expand("2015", Vocabulary({"2014": 5, "2016": 5}))] == []


def test_a_word_being_typed_goes_on_even_after_a_slip() -> None:
    vocabulary = Vocabulary({"government": 5, "governor": 2, "harbour": 4})
    assert {one.word for one in expand("gov", vocabulary, typing=True)} == {"government", "governor"}
    assert "government" in {one.word for one in expand("govrenm", vocabulary, typing=True)}
    assert expand("gov", vocabulary) == ()


def test_common_words_are_not_other_spellings_of_a_name() -> None:
    vocabulary = Vocabulary(dict.fromkeys(["this", "days", "does", "ties", "daish", "missile", "mosul"], 1))
    assert {one.word for one in expand("daesh", vocabulary) if one.match is Match.SPELLING} == {"daish"}
    assert "missile" not in {one.word for one in expand("mosul", vocabulary)}


def test_groups_join_names_in_both_directions() -> None:
    groups = NameGroups.of([["ISIS", "IS", "Islamic State"], ["Nineveh", "Ninawa"]])
    assert set(groups.others(("isis",))) == {(("is",), True), (("islamic", "state"), False)}
    assert groups.others(("islamic", "state"))[0] == (("isis",), False)
    assert groups.longest == 2
    variants = {one.word: one for one in expand("nineveh", Vocabulary({"ninawa": 1}), groups=groups)}
    assert variants["ninawa"].match is Match.GROUP


def test_names_in_another_script_are_found_by_their_sounds() -> None:
    latin = ["nujaifi", "car", "care", "qayyarah", "mosul", "missile", "hussein", "iraq", "omar", "moskva", "bakes"]
    other = {"النجيفي": "nujaifi", "القياره": "qayyarah", "الموصل": "mosul", "حسين": "hussein", "العراق": "iraq"}
    other |= {"عمر": "omar", "москва": "moskva"}
    vocabulary = Vocabulary(dict.fromkeys([*latin, *other], 1))
    for name, meant in other.items():
        assert [one.word for one in expand(name, vocabulary) if one.word.isascii()] == [meant]
        assert name in {one.word for one in expand(meant, vocabulary)}


def test_a_word_that_is_not_known_stands_in_no_field() -> None:
    known = Vocabulary([("pylon", 3, 0b001), ("crane", 2, 0b011)])
    assert set(known.absent("pylon")) == {"comment", "boilerplate"}
    assert set(known.absent("crane")) == {"boilerplate"}
    assert set(known.absent("ferry")) == {"text", "comment", "boilerplate"}


class Growing:
    """An engine with as many articles as are said, each of which holds all the words."""

    articles = 2_000
    words = ("pylon",)

    def size(self) -> int:
        return self.articles

    def terms(self, field: str, prefix: str = "", most: int | None = None) -> list[tuple[str, int]]:
        return [(word, self.articles) for word in self.words if field == "text" and word.startswith(prefix)]

    def frequency(self, field: str, word: str) -> int:
        return dict(self.terms(field, word)).get(word, 0)


def test_words_of_a_growing_index_are_read_again_when_somebody_asked() -> None:
    engine = Growing()
    lexicon = Lexicon(lambda: [engine])
    lexicon.grown()
    engine.articles, engine.words = 20_000, ("pylon", "crane")
    lexicon.grown()
    assert lexicon.vocabulary().within("crabe", 1) == [], "nobody had asked"
    assert lexicon.vocabulary().frequency("crane") == 20_000, "the engine itself knows it"
    lexicon.keep_up()
    assert lexicon.vocabulary().within("crabe", 1) == [("crane", 1)]
