"""Laws of the whole search: no query raises, results have hits, words of an article find it."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.search.engine import NoteText, Search
from tests.search.making import article, records

LIBRARY = {
    one.id: one
    for one in (
        article("one.txt", "Atheel al-Nujaifi spoke of Da'esh in Mosul; 1,500 men heard him.", outlet="Wire"),
        article("two.txt", "The muqawama painted graffiti near the market of Qayyarah.", published="2015-04"),
        article("three.txt", "قال النجيفي إن المقاومة في الموصل", outlet="صحيفة"),
        article("four.txt", "Straße, naïve façade, Łódź and ﬁnance"),
    )
}
PIECES = st.one_of(
    st.sampled_from(
        [
            '"',
            "-",
            "OR",
            "title:",
            "outlet:",
            "wire",
            "tag:x",
            "in:notes",
            "in:all",
            "near:3",
            "after:2015",
            "is:unread",
        ]
    ),
    st.sampled_from([word for one in LIBRARY.values() for word in one.text.split()]),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=8),
)
QUERIES = st.lists(PIECES, max_size=7).map(" ".join)


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    made = Search(tmp_path_factory.mktemp("state"), groups=[["Da'esh", "Islamic State", "IS"]])
    made.update(records(LIBRARY.values()))
    made.set_notes([NoteText("four.txt", "n1", "compare with mosul", ("x",), "fact", "ana")])
    yield made
    made.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(QUERIES)
def test_no_query_raises_and_every_hit_is_exact(search: Search, text: str) -> None:
    answer = search.search(text)
    assert answer.query == text
    assert search.notice == ""
    assert search.size == len(LIBRARY)
    assert len({result.id for result in answer.results}) == len(answer.results) <= answer.matched
    for result in search.with_hits(answer.results, text, LIBRARY.__getitem__):
        source = LIBRARY[result.id].text
        assert all(source[hit.span.start : hit.span.end] == hit.word for hit in result.hits)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_words_of_an_article_find_it(search: Search, data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(list(LIBRARY.values())))
    said = data.draw(st.lists(st.sampled_from(one.text.split()), min_size=1, max_size=3))
    plain = [word for word in said if any(sign.isalnum() for sign in word)]
    if plain:
        assert one.id in {result.id for result in search.search(" ".join(plain) + " ").results}
