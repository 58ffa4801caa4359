"""Feeds, and the exports of reading services and libraries: each record is an article with a stable name."""

import json

import pytest

from reader.capture.article import Kind
from reader.capture.document import Document
from reader.capture.formats import CaptureError, parse

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour Wire</title><language>en</language>
<item><title>Low &amp; slow</title><link>https://wire.example/low</link><guid>g1</guid><dc:creator>Ann Lee</dc:creator>
<pubDate>Tue, 02 Apr 2019 10:11:12 GMT</pubDate><description>A short word.</description>
<content:encoded><![CDATA[<p>The tide went out.</p><h2>Later</h2><p>It came back.</p>]]></content:encoded></item>
<item><title>Second</title><guid>g2</guid>
<description>&lt;p&gt;Only a summary&nbsp;here.&lt;/p&gt;</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Bay Post</title>
<entry><title type="html">One</title><id>urn:1</id>
<link href="https://bay.example/1"/><published>2020-01-02T03:04:05Z</published><author><name>Bo Tan</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First <b>bold</b> words.</p></div></content>
</entry></feed>"""


def texts(document: Document, kind: Kind | None = Kind.BODY) -> list[str]:
    return [line.text for line in document.lines if line.kind is kind]


def test_entries_of_a_feed_are_articles() -> None:
    first, second = parse("wire.xml", RSS.encode()).documents
    assert first.facts["title"][0][0] == "Low & slow"
    assert first.facts["outlet"][0][0] == "Harbour Wire"
    assert first.facts["authors"][0][0] == "Ann Lee"
    assert first.facts["url"][0][0] == "https://wire.example/low"
    assert texts(first) == ["The tide went out.", "It came back."]
    assert texts(first, Kind.STANDFIRST) == ["A short word."]
    assert texts(second) == ["Only a summary\u00a0here."]
    (entry,) = parse("bay", ATOM.encode()).documents
    assert texts(entry) == ["First bold words."]
    assert entry.facts["authors"][0][0] == "Bo Tan"


def test_names_of_entries_do_not_move_when_the_feed_does() -> None:
    names = [one.fragment for one in parse("wire.xml", RSS.encode()).documents]
    later = RSS.replace("<item>", "<item><title>New</title><guid>g0</guid></item><item>", 1)
    assert [one.fragment for one in parse("wire.xml", later.encode()).documents][1:] == names


def test_feeds_in_other_or_unknown_encodings_are_read() -> None:
    item = "<channel><title>Bäy</title><item><title>Wétter</title></item></channel>"
    feed = f'<?xml version="1.0" encoding="{{}}"?><rss>{item}</rss>'
    for declared, used in (("cp1252", "cp1252"), ("shift_jis", "utf-8"), ("no-such", "utf-8"), ("utf-16", "utf-16")):
        (entry,) = parse("bay.xml", feed.format(declared).encode(used)).documents
        assert entry.facts["title"][0][0] == "Wétter"


def test_broken_feeds_are_refused() -> None:
    for data in (
        RSS[:400],
        RSS.replace("<rss", '<!DOCTYPE rss [<!ENTITY x "y">]><rss'),
        "<rss><channel></channel></rss>",
    ):
        with pytest.raises(CaptureError):
            parse("wire.xml", data.encode())


CSL = [
    {
        "id": "lee2019",
        "type": "article-newspaper",
        "title": "Low water",
        "container-title": "Harbour Wire",
        "author": [{"family": "Lee", "given": "Ann"}, {"literal": "Desk"}],
        "issued": {"date-parts": [[2019, 4, 2]]},
        "URL": "https://wire.example/low",
        "abstract": "The tide went out.",
    }
]


def test_zoteros_records_are_articles() -> None:
    (document,) = parse("library.json", json.dumps(CSL).encode()).documents
    assert document.facts["authors"][0][0] == "Ann Lee\nDesk"
    assert document.facts["published"][0][0] == "2019-04-02"
    assert document.facts["outlet"][0][0] == "Harbour Wire"
    assert texts(document, Kind.STANDFIRST) == ["The tide went out."]
    ris = "TY  - NEWS\nTI  - Low water\nAU  - Lee, Ann\nT2  - Harbour Wire\nDA  - 2019/04/02\nER  - \n"
    (document,) = parse("library.ris", (ris).encode()).documents
    assert document.facts["authors"][0][0] == "Ann Lee"
    assert document.facts["published"][0][0] == "2019-04-02"
    assert document.facts["outlet"][0][0] == "Harbour Wire"


def test_reading_services_exports_are_articles() -> None:
    wallabag = [
        {
            "id": 7,
            "title": "Low water",
            "url": "https://wire.example/low",
            "content": "<p>The tide went out.</p>",
            "published_by": ["Ann Lee"],
            "published_at": "2019-04-02T10:00:00+0000",
            "domain_name": "wire.example",
        }
    ]
    (document,) = parse("wallabag.json", json.dumps(wallabag).encode()).documents
    assert texts(document) == ["The tide went out."]
    assert document.facts["outlet"][0][0] == "wire.example"
    highlights = [{"text": "The tide went out.", "note": "When?"}, {"text": "It came back."}]
    readwise = {"results": [{"user_book_id": 1, "title": "Low water", "author": "Ann Lee", "highlights": highlights}]}
    (document,) = parse("readwise.json", json.dumps(readwise).encode()).documents
    assert [line.text for line in document.lines if line.kind is None and line.text] == [
        "The tide went out.",
        "It came back.",
    ]
    assert texts(document, Kind.COMMENT) == ["When?"]
    table = "Highlight,Book Title,Book Author,Note\nThe tide went out.,Low water,Ann Lee,When?\n"
    table += "It came back.,Low water,Ann Lee,\n"
    (document,) = parse("readwise.csv", table.encode()).documents
    assert document.facts["title"][0][0] == "Low water"
    instapaper = "URL,Title,Selection,Folder,Timestamp\nhttps://wire.example/low,Low water,,Unread,1554200000\n"
    (document,) = parse("instapaper.csv", instapaper.encode()).documents
    assert document.facts["url"][0][0] == "https://wire.example/low"
    link = '<li><a href="https://wire.example/low" time_added="1">Low &amp; slow</a></li>'
    pocket = f"<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><ul>{link}</ul></body></html>"
    (document,) = parse("ril_export.html", pocket.encode()).documents
    assert document.facts["title"][0][0] == "Low & slow"


def test_named_columns_and_json_lines() -> None:
    table = 'headline;body;byline;date\n"Low; slow";"The tide went out.\nIt came back.";Ann Lee;2019-04-02\n'
    (document,) = parse("wire.csv", table.encode()).documents
    assert [line.text for line in document.lines if line.kind is None] == ["The tide went out.", "It came back."]
    rows = '{"title": "One", "text": "First."}\n\n{"title": "Two", "text": "Second."}\n'
    parsed = parse("wire.jsonl", rows.encode())
    assert [one.facts["title"][0][0] for one in parsed.documents] == ["One", "Two"]
    assert len({one.fragment for one in parsed.documents}) == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deep.json", b"[" * 200_000),
        ("deep.json", b'{"a":' * 5_000 + b"1" + b"}" * 5_000),
        ("nan.json", b'[{"title": NaN}]'),
        ("empty.json", b"{}"),
        ("cut.jsonl", b'{"title": '),
        ("deep.jsonl", b"[" * 200_000),
        ("bare.csv", b"1,2,3\n4,5,6\n"),
        ("numbers.json", b"[" + b"9" * 6_000 + b"]"),
    ],
)
def test_broken_exports_are_refused(name: str, data: bytes) -> None:
    with pytest.raises(CaptureError):
        parse(name, data)


def test_lines_that_are_broken_are_named_and_the_others_read() -> None:
    parsed = parse("wire.jsonl", b'{"title": "One"}\n{"title": \n{"title": "Three"}\n{"title": NaN}\n')
    assert [one.facts["title"][0][0] for one in parsed.documents] == ["One", "Three"]
    assert parsed.lost
    assert parsed.lost.reason.startswith("Line 2 is broken JSON")
    assert "1 more" in parsed.lost.reason


def test_a_number_that_no_number_holds_is_no_reason_to_refuse_its_article() -> None:
    (document,) = parse("wire.json", b'[{"title": "One", "n": ' + b"9" * 5_000 + b"}]").documents
    assert document.facts["title"][0][0] == "One"
