"""Formats that hold more than text: archives, books, letters, printed pages."""

import gzip
import zlib

import pytest

from reader.capture.article import Kind
from reader.capture.document import Document
from reader.capture.formats import CaptureError, parse
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
    assert document.facts["published"][0][0] == "2019-04-02"


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
