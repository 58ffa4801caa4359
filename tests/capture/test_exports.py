"""Feeds, and the exports of reading services and libraries: each record is an article with a stable name."""

import json

import pytest

from reader.capture.article import Kind
from reader.capture.document import Document
from reader.capture.formats import CaptureError, parse
from reader.capture.knowledge import Learned, line_key
from reader.capture.pipeline import articles_of

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
        RSS[:150],
        RSS.replace("<rss", '<!DOCTYPE rss [<!ENTITY x "y">]><rss'),
        "<rss><channel></channel></rss>",
    ):
        with pytest.raises(CaptureError):
            parse("wire.xml", data.encode())


def test_of_a_feed_that_is_cut_short_the_entries_are_read() -> None:
    parsed = parse("wire.xml", RSS[:-60].encode())
    assert [one.facts["title"][0][0] for one in parsed.documents] == ["Low & slow", "Second"]
    assert texts(parsed.documents[1])
    assert parsed.lost
    assert "broken" in parsed.lost.reason


def test_feeds_as_they_are_in_the_wild() -> None:
    (entry,) = parse("wire.xml", b"<rss><channel><item><title>A&B & co</title></item></channel></rss>").documents
    assert entry.facts["title"][0][0] == "A&B & co"
    atom = ATOM.replace("<author><name>Bo Tan</name></author>", "").replace("https://bay.example/1", "/1")
    head = '<feed xml:base="https://bay.example/x"><author><name>Bo Tan</name></author>'
    atom = atom.replace("<feed", head[:5] + head[5:head.index(">")], 1)
    atom = atom.replace("<entry>", head[head.index(">") + 1 :] + '<entry><category term="Tides"/>', 1)
    (entry,) = parse("bay.xml", atom.encode()).documents
    assert entry.facts["authors"][0][0] == "Bo Tan"
    assert entry.facts["url"][0][0] == "https://bay.example/1"
    assert texts(entry, Kind.BOILERPLATE) == ["Category: Tides"]


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
    assert texts(document) == ["The tide went out.", "It came back."]
    assert "outlet" not in document.facts
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
    assert texts(document) == ["The tide went out.", "It came back."]
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


@pytest.mark.parametrize(
    "table",
    [
        "titulo;texto;fecha;autor;fuente;enlace\n{};{};{};{};{};{}\n",
        "\ufefftitre,texte,date,auteur,source,lien\n{},{},{},{},{},{}\n",
        "Titel\tText\tDatum\tVerfasser\tQuelle\tLink\n{}\t{}\t{}\t{}\t{}\t{}\n",
        "sep=|\r\nTítulo|Contenido|Fecha|Autor|Medio|URL\r\n{}|{}|{}|{}|{}|{}\r\n",
        "\n\nالعنوان,النص,التاريخ,الكاتب,المصدر,الرابط\n{},{},{},{},{},{}\n",
        "headline,articleBody,publishedAt,byline,siteName,pageUrl\n{},{},{},By {},{},{}\n",
    ],
)
def test_columns_are_named_in_many_languages_and_parted_in_many_ways(table: str) -> None:
    values = "Low water", "The tide went out.", "2019-04-02", "Ann Lee", "Harbour Wire", "https://wire.example/low"
    (document,) = parse("wire.csv", table.format(*values).encode()).documents
    facts = {name: document.facts[name][0][0] for name in ("title", "published", "authors", "outlet", "url")}
    assert texts(document) == [values[1]]
    assert tuple(facts.values()) == (values[0], *values[2:])


@pytest.mark.parametrize(
    ("column", "cell", "names"),
    [
        ("author", '"Lee, Ann; Tan, Bo"', ["Ann Lee", "Bo Tan"]),
        ("authors", "\"['Ann Lee', 'Bo Tan']\"", ["Ann Lee", "Bo Tan"]),
        ("byline", "By Ann Lee and Bo Tan", ["Ann Lee", "Bo Tan"]),
        ("author", '"Lee, Ann"', ["Ann Lee"]),
        ("author", '"Reuters, AFP"', ["Reuters, AFP"]),
    ],
)
def test_people_are_named_as_one_says_it(column: str, cell: str, names: list[str]) -> None:
    (document,) = parse("wire.csv", f"title,{column}\nLow water,{cell}\n".encode()).documents
    assert document.facts["authors"][0][0].split("\n") == names


def test_what_other_fields_say_is_kept_and_folded() -> None:
    (document,) = parse("wire.csv", b"title,text,tags\nLow water,The tide went out.,harbour\n").documents
    assert texts(document, Kind.BOILERPLATE) == ["tags: harbour"]
    parsed = parse("wire.csv", b"title,text\nLow water,The tide went out, and back.\n")
    assert parsed.lost
    assert "Row 2" in parsed.lost.reason
    assert "and back." in texts(parsed.documents[0], Kind.BOILERPLATE)[0]
    parsed = parse("wire.json", b'[{"title": "One"}, {"tags": "harbour"}]')
    assert parsed.lost
    assert "1 of its records" in parsed.lost.reason


def test_when_an_article_was_saved_is_not_when_it_appeared() -> None:
    saved = b'[{"title": "One", "published_at": null, "created_at": "2022-05-05"}]'
    (article,) = articles_of("w.json", "w.json", saved)
    assert article.metadata.published is None
    (article,) = articles_of("w.csv", "w.csv", b"title,saved date,location\nOne,2023-01-01,later\n")
    assert article.metadata.published is None
    assert article.metadata.place is None


@pytest.mark.parametrize(
    ("date", "iso"),
    [("2019-04", "2019-04"), ("2019", "2019"), ("20190402", "2019-04-02"), ("1554200000", "2019-04-02")],
)
def test_dates_that_only_fields_hold(date: str, iso: str) -> None:
    (article,) = articles_of("w.csv", "w.csv", f"title,date\nOne,{date}\n".encode())
    assert article.metadata.published
    assert article.metadata.published.value.iso == iso


def test_a_column_of_dates_tells_whether_the_day_comes_first() -> None:
    rows = b"title,date\nOne,02/01/2020\nTwo,15/01/2020\n"
    found = [one.metadata.published for one in articles_of("w.csv", "w.csv", rows)]
    assert [one.value.iso for one in found if one] == ["2020-01-02", "2020-01-15"]


def test_articles_are_found_wherever_json_holds_them() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour Wire",
        "items": [{"id": "1", "title": "Low", "content_html": "<p>The tide went out.</p>"}],
    }
    (document,) = parse("feed.json", json.dumps(feed).encode()).documents
    assert document.facts["outlet"][0][0] == "Harbour Wire"
    for data in (
        {"a1": {"title": "Low", "text": "x"}, "a2": {"title": "High", "text": "y"}},
        {"@graph": [{"headline": "Low"}, {"headline": "High"}]},
    ):
        documents = parse("data.json", json.dumps(data).encode()).documents
        assert [one.facts["title"][0][0] for one in documents] == ["Low", "High"]
    (document,) = parse("one.json", b'{"title": "Low", "text": "The tide.", "items": [{"size": 1}]}').documents
    assert texts(document) == ["The tide."]


def test_a_ris_file_may_have_a_head_and_an_empty_date() -> None:
    ris = "Provider: Wire\n\nTY  - NEWS\nTI  - Low water\nDA  - \nPY  - 2019/04/\nKW  - harbour\nKW  - tide\nER  - \n"
    (document,) = parse("library.ris", ris.encode()).documents
    assert document.facts["published"][0][0] == "2019-04"
    assert texts(document, Kind.BOILERPLATE) == ["keywords: harbour, tide"]


def test_a_list_of_links_keeps_tags_and_descriptions() -> None:
    page = '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DT><A ADD_DATE="1" HREF="https://wire.example/low" TAGS="a,b">Low</A>'
    (document,) = parse("bookmarks.html", f"{page}\n<DD>The tide.\n".encode()).documents
    assert document.facts["url"][0][0] == "https://wire.example/low"
    assert texts(document, Kind.STANDFIRST) == ["The tide."]
    assert "tags: a,b" in texts(document, Kind.BOILERPLATE)


def test_other_fields_stay_what_they_are_whatever_the_outlet_repeats() -> None:
    rows = b"title,text,saved_on\nLow water,The tide went out.,2023-01-01\n"
    learned = Learned({line_key("saved_on: 2023-01-01"): "stands on 5 of 5 pages of Harbour Wire"})
    (article,) = articles_of("w.csv", "w.csv", rows, learned=learned)
    assert article.blocks[-1].rule == "other field of the CSV"
    assert article.metadata.published is None
