"""Web pages: where the article is, what stands around it, and who said what under it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.capture.article import REPEAT, Kind
from reader.capture.document import Document, Line
from reader.capture.html import document, text_of
from reader.capture.source import TAG_LIMIT

TEXT = [
    "The old wall gave way shortly before midnight, officials said, and water reached the first houses"
    " within the hour.",
    "Engineers had warned of cracks since March, according to two people who had seen their report to the"
    " council.",
    "Nobody was hurt, but the road along the valley will stay shut for weeks, and two schools have moved"
    " their pupils.",
    "The council will meet on Thursday to hear why the warning was not acted upon, and who had read it.",
]
MENU = "<ul><li><a href=/>Home</a></li><li><a href=/world>World</a></li><li><a href=/sport>Sport</a></li></ul>"
TEASER = (
    "<div class='box'><h3><a href=/x>Ferry fares will rise again</a></h3>"
    "<p>Operators blame the price of fuel this year.</p></div>"
)


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def read(body: str, head: str = "") -> Document:
    return document(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>")


def of(page: Document, *kinds: Kind) -> list[str]:
    return [line.text for line in page.lines if line.kind in kinds]


def line(page: Document, text: str) -> Line:
    (found,) = [line for line in page.lines if line.text == text]
    return found


LAYOUTS = {
    "named by class": f"<nav>{MENU}</nav><h1>Wall gives way</h1><div"
    f" class='entry-content'>{{}}</div><footer>{MENU}</footer>",
    "article element": f"<header>{MENU}</header><main><article><h1>Wall gives"
    f" way</h1>{{}}</article></main><aside>{TEASER}</aside>",
    "no names at all": f"<div>{MENU}</div><div><div><h1>Wall gives"
    f" way</h1><div>{{}}</div></div></div><div>{TEASER * 3}</div>",
    "microdata": f"<div class=menu>{MENU}</div><h1>Wall gives way</h1><div itemprop=articleBody>{{}}</div>",
    "a table for layout": f"<table><tr><td>{MENU}</td><td><h1>Wall gives"
                          f" way</h1>{{}}</td><td>{MENU}</td></tr></table>",
    "a form around everything": f"<form><div class=nav>{MENU}</div><h1>Wall gives"
                                f" way</h1><div>{{}}</div></form>",
    "hidden until a script runs": "<div style='display:none'><h1>Wall gives"
                                  " way</h1><div>{}</div></div><p>Loading</p>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_article_is_found_in_every_layout(layout: str) -> None:
    page = read(LAYOUTS[layout].format(paragraphs(TEXT)))
    assert of(page, Kind.BODY) == TEXT
    assert of(page, Kind.TITLE) == ["Wall gives way"]


def test_every_line_is_kept_with_a_reason() -> None:
    page = read(f"<nav>{MENU}</nav><h1>Wall gives way</h1>{paragraphs(TEXT)}<div hidden>Unseen words</div>")
    assert {"• Home", "• World", "• Sport", "Unseen words"} <= {line.text for line in page.lines}
    assert all(line.kind and line.rule for line in page.lines)
    assert line(page, "Unseen words").rule == "hidden on the page"


def test_what_stands_in_the_article_without_being_its_text() -> None:
    page = read(
        f"""<h1>Wall gives way</h1><article><p class=dek>Two schools move their pupils after a night of rain.</p>
        <div class=byline>By Ann Lee</div><time>3 May 2021</time>
        <figure><img alt="Water over a road"><figcaption>Water over the valley road</figcaption></figure>
        {paragraphs(TEXT[:2])}<h2>What comes next</h2>{paragraphs(TEXT[2:])}
        <p><a href=/r>READ MORE: The wall that nobody wanted</a></p>
        <div class="social-share"><a>Twitter</a></div>
        <h3>Related articles</h3><ul><li><a href=1>A flood in the north</a></li><li><a href=2>A dry year</a></li></ul>
        <div class="newsletter-signup"><p>Get our letter every morning before breakfast, it is free.</p></div>
</article>"""
    )
    assert of(page, Kind.BODY) == TEXT
    assert of(page, Kind.SUBHEAD) == ["What comes next"]
    assert of(page, Kind.STANDFIRST) == ["Two schools move their pupils after a night of rain."]
    assert of(page, Kind.BYLINE) == ["By Ann Lee"]
    assert of(page, Kind.DATE) == ["3 May 2021"]
    assert of(page, Kind.CAPTION) == ["Water over a road", "Water over the valley road"]
    assert of(page, Kind.RELATED) == [
        "READ MORE: The wall that nobody wanted",
        "• A flood in the north",
        "• A dry year",
    ]
    assert "under “Related articles”" in line(page, "Related articles").rule
    assert line(page, "Get our letter every morning before breakfast, it is free.").kind is Kind.BOILERPLATE


def test_a_headline_said_twice_is_marked_as_a_repetition() -> None:
    page = read(f"<h1>Wall gives way</h1><article><h2>Wall gives way</h2>{paragraphs(TEXT)}</article>")
    titles = [line for line in page.lines if line.kind is Kind.TITLE]
    assert [line.rule.startswith(REPEAT) for line in titles] == [False, True]


def test_a_sites_name_in_a_first_heading_is_not_the_headline() -> None:
    page = read(
        f"<h1 class=logo>Harbour Wire</h1><h2>Wall gives way</h2>{paragraphs(TEXT)}",
        "<title>Wall gives way | Harbour Wire</title><meta property=og:site_name content='Harbour Wire'>",
    )
    assert of(page, Kind.TITLE) == ["Wall gives way"]
    assert page.facts["title"][0] == ("Wall gives way", "headline of the page")


def test_boxes_with_linked_headings_are_teasers_and_long_sections_are_not() -> None:
    page = read(f"<main><h1>Wall gives way</h1><div>{paragraphs(TEXT)}</div><div>{TEASER * 3}</div></main>")
    assert of(page, Kind.BODY) == TEXT
    long = "".join(f"<div><h2><a href=/{n}>Choice {n}</a></h2>{paragraphs(TEXT)}</div>" for n in range(3))
    page = read(f"<main><h1>Three choices</h1>{long}</main>")
    assert of(page, Kind.BODY) == TEXT * 3
    assert of(page, Kind.SUBHEAD) == ["Choice 0", "Choice 1", "Choice 2"]


WORDPRESS = """<div id=comments class=comments-area><h2>3 thoughts</h2><ol class=comment-list>
<li id=comment-1 class="comment depth-1"><article id=div-comment-1 class=comment-body>
<footer class=comment-meta><b class=fn>Bob</b>
<span class=says>says:</span><a>May 4, 2021 at 10:00</a></footer><div class=comment-content>
<p>I saw this coming.</p></div>
<div class=reply><a>Reply</a></div></article><ol class=children><li id=comment-2 class="comment depth-2">
<article id=div-comment-2 class=comment-body><b class=fn>Cem</b> <span class=says>says:</span>
<div class=comment-content>
<p>So did I.</p><p>For years.</p></div></article></li></ol></li>
<li id=comment-3 class="comment depth-1"><cite class=fn>Dee</cite><div class=comment-content><p>Did you?</p>
</div></li></ol>
<div id=respond><h3>Leave a Reply</h3><form><label>Name</label></form></div></div>"""
CARDS = """<section id=comments><div class=comment data-comment-id=a><span class=user-name>Bob</span>
<time>1 hour ago</time>
<div class=comment-text>I saw this coming.</div><button>Like</button><div class=replies>
<div class=comment data-comment-id=b>
<span class=user-name>Cem</span><div class=comment-text><p>So did I.</p><p>For years.</p></div></div></div></div>
<div class=comment data-comment-id=c><span class=user-name>Dee</span><div class=comment-text>Did you?</div>
</div></section>"""


@pytest.mark.parametrize("thread", [WORDPRESS, CARDS])
def test_comments_have_authors_and_depths(thread: str) -> None:
    page = read(f"<article><h1>Wall gives way</h1>{paragraphs(TEXT)}</article>{thread}")
    said = [(line.text, line.author, line.depth) for line in page.lines if line.kind is Kind.COMMENT]
    assert said == [
        ("I saw this coming.", "Bob", 0),
        ("So did I.", "Cem", 1),
        ("For years.", "Cem", 1),
        ("Did you?", "Dee", 0),
    ]
    assert of(page, Kind.BODY) == TEXT


def test_facts_come_best_first_with_their_basis() -> None:
    page = read(
        f"<article><h1>Wall gives way</h1><time datetime=2021-05-04>4 May</time>{paragraphs(TEXT)}</article>",
        """<title>Wall gives way - Harbour Wire</title><meta property=og:site_name content="Harbour Wire">
        <link rel=canonical href=https://wire.example/wall><meta property=article:author content=https://wire.example/ann>
        <script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": "NewsArticle",
        "headline": "Wall gives way", "datePublished": "2021-05-03",
        "author": [{"name": "Ann Lee"}, {"name": "Bo Tan"}],
        "publisher": {"name": "The Harbour Wire"}}]}</script><script type="application/ld+json">{broken</script>""",
    )
    assert page.facts["published"] == (("2021-05-03", "structured data"), ("2021-05-04", "time element"))
    assert page.facts["authors"] == (("Ann Lee\nBo Tan", "structured data"),)
    assert page.facts["outlet"][0] == ("The Harbour Wire", "publisher in structured data")
    assert page.facts["url"] == (("https://wire.example/wall", "canonical link"),)


def test_a_picture_inside_a_paragraph_does_not_divide_it() -> None:
    page = read(
        f"<h1>Wall</h1><article><p>The water <img alt='a view of the water'> rose all"
        f" night.</p>{paragraphs(TEXT)}</article>"
    )
    assert "The water rose all night." in of(page, Kind.BODY)
    assert of(page, Kind.CAPTION) == ["a view of the water"]


def test_a_page_too_large_to_judge_keeps_its_text() -> None:
    markup = "<html><script>no</script><!-- no -->" + "<p>A <b>bold</b> word &amp; more.</p>" * (TAG_LIMIT // 3)
    page = document(markup)
    assert {line.text for line in page.lines} == {"A bold word & more."}
    assert all(line.kind is None for line in page.lines)


WORDS = st.text("abc ", min_size=1, max_size=12).filter(str.strip)
TREES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, name, parts: f"<{tag} class='{name}'>{''.join(parts)}</{tag}>",
        st.sampled_from(
            [
                "div",
                "p",
                "span",
                "section",
                "article",
                "aside",
                "ul",
                "li",
                "table",
                "tr",
                "td",
                "h1",
                "h2",
                "a",
                "b",
                "figure",
                "blockquote",
            ]
        ),
        st.sampled_from(
            ["", "comment", "comments", "entry-content", "related", "share", "hidden", "caption", "byline"]
        ),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_no_word_of_a_page_is_lost(markup: str) -> None:
    words = "".join("".join(text_of(f"<html>{markup}")).split())
    kept = "".join("".join(line.text for line in document(f"<html>{markup}").lines).split())
    assert sorted(kept.replace("•", "").replace("|", "")) == sorted(words)


def test_a_page_that_scripts_would_fill_gives_the_text_of_its_structured_data() -> None:
    body = "\\n".join(TEXT)
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'
    page = read("<div id=root><p>Please turn on scripts.</p></div>", head)
    assert of(page, Kind.BODY)[-4:] == TEXT
    assert of(read(f"<h1>Wall</h1><div>{paragraphs(TEXT)}</div>", head), Kind.BODY) == TEXT


def test_a_long_thread_does_not_make_the_article_a_sidebar() -> None:
    remark = "I saw this coming for many years and said so, but nobody on the council would listen to me."
    thread = "".join(f"<div class=comment id=comment-{n}><b"
                     f" class=fn>Bob</b><p>{remark}</p></div>" for n in range(40))
    page = read(
        f"<div class='post-sidebar-right'><h1>Wall gives way</h1>{paragraphs(TEXT)}</div><div"
        f" id=comments>{thread}</div>"
    )
    assert of(page, Kind.BODY) == TEXT
    assert len(of(page, Kind.COMMENT)) == 40


def test_a_short_article_is_found_among_many_teasers() -> None:
    short = f"<div class=news-item><h1>Wall gives way</h1>{paragraphs(TEXT[:1])}</div>"
    page = read(f"<div>{short}<div>{TEASER * 14}</div></div>")
    assert of(page, Kind.BODY) == TEXT[:1]
    assert line(page, "Wall gives way").kind is Kind.TITLE


def test_teasers_need_no_heading() -> None:
    cards = "".join(
        f"<div><div><a href=/{n}>Ferry fares will rise again {n}</a></div>"
        "<div>Operators blame the price of fuel.</div></div>"
        for n in range(6)
    )
    page = read(f"<div><h1>Wall gives way</h1>{paragraphs(TEXT)}</div><div>{cards}</div>")
    assert of(page, Kind.BODY) == TEXT


def test_a_name_that_most_of_the_text_goes_by_means_nothing() -> None:
    boxes = "".join(f"<div class='cookie-text'><p>{text}</p></div>" for text in TEXT)
    page = read(f"<div class=root><div class='cmp-title'><h1>Wall gives way</h1></div>{boxes}</div>")
    assert of(page, Kind.BODY) == TEXT


def test_a_discussion_without_names_is_known_by_its_buttons() -> None:
    thread = "".join(
        f"<div class=x{n}><div><a href=/u{n}>Reader {n}</a><span>2 h</span></div>"
        f"<div><p>I saw the cracks {n} weeks ago.</p></div><div><button>Reply</button></div></div>"
        for n in range(3, 9)
    )
    text = f"<div><h1>Wall gives way</h1>{paragraphs(TEXT)}</div>"
    page = read(f"<div>{text}<div><h3>6 comments</h3>{thread}</div></div>")
    assert of(page, Kind.BODY) == TEXT
    said = [line for line in page.lines if line.kind is Kind.COMMENT]
    assert [line.text for line in said] == [f"I saw the cracks {n} weeks ago." for n in range(3, 9)]
    assert [line.author for line in said] == [f"Reader {n}" for n in range(3, 9)]


def test_cells_that_lay_out_a_page_are_no_row_of_figures() -> None:
    page = read(
        "<table><tr><td><a href=/>Home</a><br><a href=/w>World</a></td><td><b>Wall gives way</b><br>By Ann Lee<br><br>"
        + "<br><br>".join(TEXT)
        + "</td></tr></table><table><tr><td>Dead</td><td>4</td></tr></table>"
    )
    texts = [line.text for line in page.lines]
    assert texts[:4] == ["Home", "World", "Wall gives way", "By Ann Lee"]
    assert texts[-1] == "Dead | 4"


def test_text_between_the_headline_and_the_box_of_the_rest_is_text() -> None:
    answers = "".join(f"<details><summary>What next?</summary><p>{text}</p></details>" for text in TEXT)
    page = read(f"<main><h1>Wall gives way</h1><p>{TEXT[0]}</p><div class=accordion>{answers}</div></main>")
    assert TEXT[0] in of(page, Kind.BODY)


def test_a_section_may_begin_like_a_list_of_other_articles() -> None:
    page = read(
        f"<article><h1>Wall gives way</h1>{paragraphs(TEXT[:2])}<h2>More rain to come</h2>{paragraphs(TEXT[2:])}"
        f"<h2>More stories</h2>{TEASER * 2}</article>"
    )
    assert of(page, Kind.BODY) == TEXT
    assert of(page, Kind.SUBHEAD) == ["More rain to come"]


def test_a_page_that_is_one_form_has_an_article() -> None:
    page = read(f"<form id=aspnetForm><div>{MENU}</div><h2>Wall gives way</h2><div>{paragraphs(TEXT[:1])}</div></form>")
    assert of(page, Kind.BODY) == TEXT[:1]


@pytest.mark.parametrize(
    "data",
    [
        '{"@graph": [{"@type": "Person", "@id": "#p", "name": "Ann Lee"}, {"@type": "Article",'
        ' "headline": "Wall gives way", "author": {"@id": "#p"}, "datePublished": "2020-03-04"}]}',
        '[{"@type": "NewsArticle", "headline": "Ferry fares", "author": "Bo Tan", "datePublished": "2001-01-01"},'
        ' {"@type": ["NewsArticle"], "headline": "Wall gives way", "author": ["Ann Lee"],'
        ' "datePublished": "2020-03-04"}]',
        '//<![CDATA[\n{"@type": "BlogPosting", "headline": "Wall gives\nway", "creator": {"name": "By Ann Lee"},'
        ' "dateCreated": "2020-03-04",}\n//]]>',
        '{"@type": "WebPage", "mainEntity": {"@type": "Report", "headline": "Wall gives way", "datePublished":'
        ' "2020-03-04", "publisher": {"name": "Wire"},'
        ' "author": [{"@type": "Organization", "name": "Desk"}, "Ann Lee"]}}',
    ],
    ids=["references", "two articles", "broken a little", "nested, with an organisation"],
)
def test_structured_data_tell_of_the_page_s_own_article(data: str) -> None:
    script = f'<script type="application/ld+json">{data}</script>'
    page = read(f"<article><h1>Wall gives way</h1>{paragraphs(TEXT)}</article>", script)
    assert page.facts["authors"] == (("Ann Lee", "structured data"),)
    assert page.facts["published"][0] == ("2020-03-04", "structured data")


@pytest.mark.parametrize(
    ("metas", "names"),
    [
        ('<meta name=author content="Ann Lee and Bo Tan">', "Ann Lee\nBo Tan"),
        ("".join(f'<meta name=citation_author content="{one}">' for one in ("Lee, Ann", "Tan, Bo")), "Ann Lee\nBo Tan"),
        ('<meta name=author content=admin><meta name=dc.creator content="Lee, Ann">', "Ann Lee"),
    ],
)
def test_authors_in_the_head_are_people(metas: str, names: str) -> None:
    page = read(f"<article><h1>Wall gives way</h1>{paragraphs(TEXT)}</article>", metas)
    assert page.facts["authors"][0][0] == names


def test_a_list_of_other_articles_says_nothing_of_this_one() -> None:
    other = '{"@type": "NewsArticle", "headline": "Ferry", "author": "Bo Tan"}'
    data = f'{{"@type": "ItemList", "itemListElement": [{other}]}}'
    script = f'<script type="application/ld+json">{data}</script>'
    assert "authors" not in read(f"<article><h1>Wall gives way</h1>{paragraphs(TEXT)}</article>", script).facts
