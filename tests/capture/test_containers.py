"""Formats that hold more than text: archives, books, letters, printed pages."""

import gzip
import zlib

import pytest

from reader.capture.article import Kind
from reader.capture.document import Document
from reader.capture.formats import CaptureError, parse
from reader.capture.pipeline import articles_of
from tests.capture import makers


def kinds(document: Document) -> dict[str, Kind | None]:
    return {line.text: line.kind for line in document.lines}


def only(name: str, data: bytes) -> Document:
    (document,) = parse(name, data).documents
    return document


def refused(name: str, data: bytes) -> str:
    with pytest.raises(CaptureError) as caught:
        parse(name, data)
    assert caught.value.advice
    return caught.value.reason


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    book = only("book.epub", makers.epub())
    assert [line.text for line in book.lines] == [
        "Low Water",
        "The tide went\u00a0out.",
        "Second",
        "The tide came back.",
    ]
    assert kinds(book)["Low Water"] is Kind.TITLE
    assert kinds(book)["Second"] is Kind.SUBHEAD
    assert book.facts["title"] == (("Low Water", "EPUB metadata"),)
    assert book.facts["authors"][0][0] == "Ann Lee\nBo Tan"
    assert book.facts["published"][0][0] == "2019-04-02"


def test_a_truncated_book_is_refused() -> None:
    assert "cut short or damaged" in refused("book.epub", makers.epub()[:-200])


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:/x", "a/..\\..\\b"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    assert "leads out" in refused("book.epub", makers.epub(**{name: "x"}))


def test_bombs_are_refused() -> None:
    assert "attack" in refused("book.epub", makers.epub(**{"OEBPS/big.xhtml": b"\0" * 30_000_000}))
    assert "members" in refused("book.epub", makers.epub(**{f"m{i}": "" for i in range(2_001)}))


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + makers.PACKAGE.split("?>", 1)[1]
    assert "entities" in refused("book.epub", makers.epub(**{"OEBPS/book.opf": bomb}))


def test_a_word_document_is_read_by_its_styles() -> None:
    said = '<w:comment w:author="Bo"><w:p><w:r><w:t>Who says so?</w:t></w:r></w:p></w:comment>'
    comments = f'<w:comments xmlns:w="urn:w">{said}</w:comments>'
    core = '<c xmlns:dc="urn:dc"><dc:title>Low Water</dc:title><dc:creator>Ann Lee</dc:creator></c>'
    document = only(
        "low.docx",
        makers.docx(
            [("Title", "Low Water"), ("Heading1", "Tides"), ("Normal", "The tide went out."), ("Caption", "A beach")],
            **{"word/comments.xml": comments, "docProps/core.xml": core},
        ),
    )
    assert kinds(document) == {
        "Low Water": Kind.TITLE, "Tides": Kind.SUBHEAD, "The tide went out.": Kind.BODY, "A beach": Kind.CAPTION,
        "Who says so?": Kind.COMMENT,
    }  # fmt: skip
    assert document.lines[-1].author == "Bo"
    assert document.facts["authors"][0][0] == "Ann Lee"


def test_a_printed_page_is_joined_into_paragraphs_without_its_running_heads() -> None:
    lines = ["The tide went out further than any-", "one in the harbour could remember it", "doing before."]
    pages = [[f"Harbour Wire {n}", *lines, f"Page {n}"] for n in range(1, 5)]
    document = only("low.pdf", makers.pdf(pages, "Low Water"))
    texts = [line.text for line in document.lines]
    assert "The tide went out further than anyone in the harbour could remember it doing before." in texts
    assert kinds(document)["Page 2"] is Kind.BOILERPLATE
    assert document.facts["title"][0][0] == "Low Water"
    assert document.facts["made"][0][0] == "2019-04-02"


def test_the_day_a_file_was_made_is_its_date_only_where_it_names_no_other() -> None:
    told = makers.pdf([["Low water", "By Ann Lee", "3 May 2016", "The tide went out further than anyone could tell."]])
    (article,) = articles_of("low.pdf", "low.pdf", told)
    assert article.metadata.published
    assert article.metadata.published.value.iso == "2016-05-03"
    (article,) = articles_of("low.pdf", "low.pdf", makers.pdf([["The tide went out further than anyone could tell."]]))
    assert article.metadata.published
    assert article.metadata.published.value.iso == "2019-04-02"
    assert article.metadata.published.confidence < 0.5


def test_a_file_name_is_no_title() -> None:
    assert "title" not in only("low.pdf", makers.pdf([["The tide."]], "Microsoft Word - low.docx")).facts


def test_what_a_document_says_again_for_older_programs_is_said_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>A box.</w:t></w:r></w:p></w:txbxContent>"
    inside = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    text = f"The tide.</w:t></w:r><w:r xmlns:mc='m'>{inside}</w:r><w:r><w:t>"
    assert [line.text for line in only("low.docx", makers.docx([("Normal", text)])).lines] == ["The tide.", "A box."]


def test_chapters_in_other_encodings() -> None:
    chapter = '<?xml version="1.0" encoding="iso-8859-2"?><html><body><p>Zażółć gęślą.</p></body></html>'
    book = only("low.epub", makers.epub(**{"OEBPS/two.xhtml": chapter.encode("iso-8859-2")}))
    assert "Zażółć gęślą." in kinds(book)


def test_damaged_and_encrypted_prints_are_refused() -> None:
    whole = makers.pdf([["The tide went out."]])
    assert refused("low.pdf", b"%PDF-1.4\n" + b"garbage " * 50)
    locked = whole.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U"
                                           b" (%s) /P -4 >> /ID [(a) (a)]"
                           % (b"o" * 32, b"u" * 32))  # fmt: skip
    assert "encrypted" in refused("low.pdf", locked)
    assert "pictures" in refused("low.pdf", makers.pdf([[]]))


def test_a_missing_library_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    with pytest.raises(CaptureError) as caught:
        parse("low.pdf", makers.pdf([["Text."]]))
    assert "pip install 'deskreader[pdf]'" in caught.value.message


MESSAGE = """From: =?utf-8?q?Ann_L=C3=A9e?= <ann@wire.example>
To: desk@wire.example
Subject: Re: Low water
Date: Tue, 02 Apr 2019 10:11:12 +0000
Message-ID: <1@wire.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

The tide went out.

--
Ann
"""


def test_a_letter_gives_its_headers_and_its_text() -> None:
    letter = only("letter.eml", MESSAGE.encode())
    assert letter.facts["title"][0][0] == "Low water"
    assert letter.facts["authors"][0][0] == "Ann Lée"
    assert kinds(letter)["The tide went out."] is Kind.BODY
    assert kinds(letter)["Ann"] is Kind.BOILERPLATE
    assert parse("letter.txt", MESSAGE.encode()).format == "mail"


HEAD = "From: Ann Lee <ann@wire.example>\nSubject: Low water\nDate: Tue, 02 Apr 2019 10:11:12 +0000\n"
HEAD += "MIME-Version: 1.0\n"


def parts(kind: str, *inner: str) -> str:
    """The head and body of a part of several parts."""
    mark = "x" * (1 + max(len(one) for one in inner))
    return f"Content-Type: multipart/{kind}; boundary={mark}\n\n" + "".join(
        f"--{mark}\n{one}\n" for one in inner
    ) + f"--{mark}--\n"


PAGE = "Content-Type: text/html\n\n<p>The tide went out at noon, and the boats lay on the sand.</p>"
PICTURE = "Content-Type: image/png\nContent-Disposition: inline; filename=tide.png\n\nx"
STUB = "Content-Type: text/plain\n\nRead this letter on our site."
INNER = "Content-Type: message/rfc822\n\nFrom: Bo Tan <bo@wire.example>\nSubject: Inside\n\nThe tide came back."


@pytest.mark.parametrize(
    ("body", "said", "folded"),
    [
        (parts("alternative", STUB, PAGE), ["The tide went out at noon, and the boats lay on the sand."], []),
        (
            parts("alternative", STUB, parts("related", PAGE, PICTURE)),
            ["The tide went out at noon, and the boats lay on the sand."],
            [],
        ),
        (
            parts("mixed", PAGE, "Content-Type: text/plain\n\nA list of readers."),
            ["The tide went out at noon, and the boats lay on the sand.", "A list of readers."],
            [],
        ),
        (parts("mixed", STUB, PICTURE), ["Read this letter on our site."], ["Attachment: tide.png"]),
        (
            parts("mixed", STUB, INNER),
            ["Read this letter on our site.", "The tide came back."],
            ["Subject: Inside", "From: Bo Tan <bo@wire.example>"],
        ),
        ("Content-Type: multipart/mixed\n\nNo parts at all.", ["No parts at all."], []),
        ("Content-Type: text/plain; format=flowed\n\nThe tide \nwent.\n\nIt came.", ["The tide went.", "It came."], []),
    ],
)
def test_every_part_of_a_letter_that_a_reader_sees_is_its_text(body: str, said: list[str], folded: list[str]) -> None:
    letter = only("letter.eml", f"{HEAD}{body}".encode())
    assert [line.text for line in letter.lines if line.kind is Kind.BODY] == said
    assert [line.text for line in letter.lines if line.kind is Kind.BOILERPLATE] == folded


@pytest.mark.parametrize("start", ["\ufeff", "\n"])
def test_a_letter_may_begin_with_a_mark_or_a_blank_line(start: str) -> None:
    assert only("letter.eml", f"{start}{HEAD}\nThe tide.".encode()).facts["title"][0][0] == "Low water"


def test_a_subject_that_cannot_be_read_is_shown_as_it_stands() -> None:
    letter = only("letter.eml", HEAD.replace("Low water", "=?utf-8?b?abcde?=").encode() + b"\nThe tide.")
    assert letter.facts["title"][0][0] == "=?utf-8?b?abcde?="


def test_an_encoding_that_is_no_name_does_not_cost_the_text() -> None:
    letter = only("letter.eml", f"{HEAD}Content-Type: text/plain; charset=a\0b\n\nThe tüde.".encode())
    assert "The tüde." in kinds(letter)


def test_a_page_saved_without_parts_is_no_letter() -> None:
    saved = HEAD.replace("Ann Lee <ann@wire.example>", "<Saved by Blink>") + PAGE
    assert parse("page.mht", saved.encode()).format == "mhtml"


def test_each_letter_of_a_mailbox_is_an_article_with_a_stable_name() -> None:
    envelope = "From ann@wire.example Tue Apr  2 10:11:12 2019\n"
    box = envelope + MESSAGE + "\n" + envelope + MESSAGE.replace("<1@", "<2@").replace("Low", "High")
    parsed = parse("letters.mbox", box.encode())
    assert parsed.format == "mailbox"
    first, second = parsed.documents
    assert second.facts["title"][0][0] == "High water"
    assert first.fragment != second.fragment
    again = parse("letters.mbox", (envelope + MESSAGE.replace("<1@", "<0@") + "\n" + box).encode())
    assert [one.fragment for one in again.documents[1:]] == [first.fragment, second.fragment]


def test_a_saved_page_is_read_as_its_page() -> None:
    saved = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://wire.example/low\r\nSubject: Low"
        b" water\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="--x"\r\n\r\n'
        b"----x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + makers.page("Low water", "The tide went out further than anyone could"
                                   " remember.").replace(b"=", b"=3D")
        + b"\r\n----x--\r\n"
    )
    parsed = parse("low.mhtml", saved)
    assert parsed.format == "mhtml"
    assert parsed.documents[0].facts["url"][0][0] == "https://wire.example/low"
    assert kinds(parsed.documents[0])["Low water"] is Kind.TITLE


PAGES = {
    "https://wire.example/low": makers.page("Low water", "The tide went out further than anyone could"
                                                         " remember."),
    "https://wire.example/high": makers.page("High water", "The tide came back higher than anyone could"
                                                           " remember."),
}


@pytest.mark.parametrize("squeezed", [False, True])
def test_each_page_of_a_web_archive_is_an_article(squeezed: bool) -> None:
    parsed = parse("wire.warc.gz" if squeezed else "wire.warc", makers.warc(PAGES, squeezed=squeezed))
    assert [one.facts["url"][0][0] for one in parsed.documents] == list(PAGES)
    assert [one.facts["title"][0][0] for one in parsed.documents] == ["Low water", "High water"]
    assert len({one.fragment for one in parsed.documents}) == 2


def test_transfer_and_content_encodings_of_an_archive_are_undone() -> None:
    body = PAGES["https://wire.example/low"]
    packed = gzip.compress(body)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    for sent, headers in (
        (packed, "Content-Encoding: gzip\r\n"),
        (zlib.compress(body), "Content-Encoding: deflate\r\n"),
        (chunked, "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
    ):
        (document,) = parse("a.warc", makers.warc({"https://wire.example/low": sent}, headers=headers)).documents
        assert kinds(document)["Low water"] is Kind.TITLE


def test_what_archivers_say_of_a_page_need_not_be_so() -> None:
    whole = makers.warc({"https://wire.example/low": PAGES["https://wire.example/low"]})
    length = whole.index(b"Content-Length")
    head, page = whole[:length], whole[whole.index(b"HTTP/1.1") :].removesuffix(b"\r\n\r\n")
    for told in (
        page.replace(b"\r\n", b"\n"),
        page.replace(b"Content-Type: text/html; charset=utf-8\r\n", b""),
        page.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n", 1),
    ):
        record = head + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(told), told)
        (document,) = parse("a.warc", record).documents
        assert kinds(document)["Low water"] is Kind.TITLE
    cut = parse("a.warc", whole + b"WARC/1.0\r\nWARC-Type: resp")
    assert cut.lost
    assert len(cut.documents) == 1


def test_archives_that_hold_no_page_or_are_cut_or_explode_are_refused() -> None:
    assert "no pages" in refused("a.warc", makers.warc(PAGES, status="404 Not Found"))
    assert "cut short" in refused("a.warc", makers.warc(PAGES)[:200])
    assert "unpack" in refused(
        "a.warc.gz", makers.warc({"https://wire.example/z": b"<p>" + b" " * 110_000_000}, squeezed=True)
    )


@pytest.mark.parametrize("squeezed", [False, True])
def test_of_an_archive_that_is_cut_short_what_is_there_is_read(squeezed: bool) -> None:
    whole = makers.warc(PAGES, squeezed=squeezed)
    assert parse("a.warc.gz", whole).lost is None
    cut = parse("a.warc.gz", whole[:-60])
    assert len(cut.documents) == len(PAGES) - 1
    assert cut.lost
    assert "cut short" in cut.lost.reason


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.zip", makers.zipped({"x": "y"})), ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50)],
    ids=["zip", "png"],  # an archive holds the time at which it was made
)
def test_other_binary_files_are_refused_by_name(name: str, data: bytes) -> None:
    assert refused(name, data).startswith("The file is ")


def test_a_damaged_print_writes_nothing_to_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    refused("low.pdf", b"%PDF-1.4\n" + b"1 0 obj\n<< >>\nendobj\n" * 20)
    assert capfd.readouterr() == ("", "")


def test_a_document_under_another_name_is_read() -> None:
    assert parse("low.epub", makers.docx([("Normal", "The tide went out.")])).format == "docx"
    assert parse("low.docx", makers.epub()).format == "epub"
