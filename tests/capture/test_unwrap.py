"""Texts that were broken at a fixed width are read as paragraphs; all other lines stay as they are."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.capture.article import Kind
from reader.capture.pipeline import articles_of
from reader.capture.unwrap import unwrapped

PARAGRAPHS = (
    "The ferry to the outer islands was laid up on Monday after its captain found a crack in the hull as long as a "
    "man's arm, and nobody on the quay could say who would pay for the repair or when the work might begin at all.",
    "Since then the mail goes over in a rowing boat that belongs to the baker, who takes no money for it but wants "
    "the harbour office to mend the lamp at the end of the mole before the long nights of the winter come.",
    "The harbour office says that the lamp is a matter for the county, the county says that it is a matter for the "
    "harbour office, and so the baker's eldest son stands there every evening and swings a lantern for the boats.",
)
ARABIC = (
    "توقفت العبارة إلى الجزر الخارجية يوم الاثنين بعد أن وجد قبطانها شرخا في بدنها بطول ذراع رجل ولم يستطع أحد على "
    "الرصيف أن يقول من سيدفع ثمن الإصلاح أو متى يبدأ العمل فيه ومنذ ذلك الحين ينقل البريد قارب صغير يملكه الخباز "
    "الذي لا يأخذ مالا لكنه يريد من مكتب الميناء أن يصلح المصباح عند طرف الرصيف قبل أن تأتي ليالي الشتاء الطويلة "
    "ويقول مكتب الميناء إن المصباح من شأن المحافظة وتقول المحافظة إنه من شأن مكتب الميناء وهكذا يقف ابن الخباز هناك",
)


@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize("paragraphs", [PARAGRAPHS, ARABIC * 2])
def test_paragraphs_broken_at_a_width_are_whole_again(paragraphs: tuple[str, ...], width: int) -> None:
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += [*textwrap.wrap(paragraph, width), ""]
    assert [line for line in unwrapped(lines) if line] == list(paragraphs)


def test_a_broken_article_reads_like_the_whole_one() -> None:
    title = "Nobody mends the ferry"
    text = "\n\n".join([title, "By Helen Marlow", *(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS)])
    (article,) = articles_of("page.txt", "page.txt", text.encode())
    bodies = [block.span.of(article.text) for block in article.blocks if block.kind is Kind.BODY]
    assert bodies == list(PARAGRAPHS)
    assert article.metadata.title is not None
    assert article.metadata.title.value == title


def test_a_broken_mail_has_paragraphs_and_a_signature() -> None:
    text = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS)
    mail = f"From: Helen Marlow <helen@ferry.example>\nSubject: The ferry\n\n{text}\n-- \nHelen Marlow\n"
    (article,) = articles_of("ferry.eml", "ferry.eml", mail.encode())
    bodies = [block.span.of(article.text) for block in article.blocks if block.kind is Kind.BODY]
    assert bodies == list(PARAGRAPHS)
    assert "signature" in {block.rule for block in article.blocks}


def test_items_headings_and_quoted_mail_stay_lines_of_their_own() -> None:
    wrapped = textwrap.wrap(" ".join(PARAGRAPHS), 72)
    others = ["What the county says", "• the lamp is a matter for the harbour office of the outer islands",
              "• the mole is a matter for nobody at all, as far as anybody can tell", "> it was never ours to mend"]
    assert unwrapped([*wrapped, *others])[1:] == others


@pytest.mark.parametrize(
    "lines",
    [
        ["a ferry laid up on a monday", "a captain with a lamp", "and nobody to pay"] * 6,
        ["ferry.hull = find_crack(captain, monday)  # as long as an arm is", "repair = None"] * 8,
        [*PARAGRAPHS, *textwrap.wrap(PARAGRAPHS[0], 72), *PARAGRAPHS],
    ],
)
def test_lines_that_no_width_broke_stay_as_they_are(lines: list[str]) -> None:
    assert unwrapped(lines) == lines


@given(st.lists(st.text(alphabet="ab A.-•>é\t ", max_size=90), max_size=40))
def test_no_word_is_lost(lines: list[str]) -> None:
    assert "".join("".join(unwrapped(lines)).split()) == "".join("".join(lines).split())
