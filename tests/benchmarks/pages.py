# ruff: noqa: E501, SIM905 - mark-up is written as pages write it
"""How much of an article's text is found in web pages of many shapes, beside trafilatura on the same pages.

The pages are invented: some twenty layouts (weblog systems, newspapers, live reports, old tables, pages without a
telling name), four languages, and the furniture of real pages between their lines. Printed is F1 over words of the
body (paragraphs, subheads, standfirst) a layout, and how often headline, date and author are right. The bar: at
least trafilatura's mean.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from reader.capture.article import Kind
from reader.capture.pipeline import articles_of

BODY = {Kind.BODY, Kind.SUBHEAD, Kind.STANDFIRST}
WORD = re.compile(r"\w+")
LANGUAGES = {
    "en": (
        "the a of to and in that was for on with as at by from it not which after but their no more first new over said"
        " officials report river harbour council storm bridge ministry witness market officer school village road water"
        " supply season engineer spokesman evening region police family station letter record winter minister border"
        " vessel cargo prices week month decision".split(),
        ("Home", "World", "Politics", "Business", "Sport", "Culture", "Opinion", "Video", "Weather", "Subscribe"),
        ("Share", "Print", "Advertisement", "Read more", "Related articles", "Leave a comment", "Reply"),
        "By {}",
        "We use cookies to make this site work and to learn how it is used. By going on you agree to our policy.",
    ),
    "de": (
        "der die das und in von zu mit auf für nicht ist es wurde nach aber ihre mehr neue über sagte Behörden Bericht"
        " Hafen Rat Sturm Brücke Ministerium Zeuge Markt Schule Dorf Straße Wasser Versorgung Sprecher Abend Region"
        " Polizei Familie Bahnhof Brief Winter Grenze Schiff Ladung Preise Woche Monat Entscheidung am dem den".split(),
        ("Startseite", "Politik", "Wirtschaft", "Sport", "Kultur", "Meinung", "Wetter", "Abo", "Anmelden"),
        ("Teilen", "Drucken", "Anzeige", "Mehr lesen", "Mehr zum Thema", "Kommentar schreiben", "Antworten"),
        "Von {}",
        "Wir verwenden Cookies, um diese Seite zu betreiben und zu verbessern. Mit der Nutzung stimmen Sie zu.",
    ),
    "fr": (
        "le la les de des et en que pour dans sur avec par est pas plus une un ce qui après mais leur selon autorités"
        " rapport port conseil tempête pont ministère témoin marché école village route eau saison ingénieur soir"
        " région police famille gare lettre hiver ministre frontière navire prix semaine mois décision a été".split(),
        ("Accueil", "Monde", "Politique", "Économie", "Sport", "Culture", "Météo", "S'abonner", "Se connecter"),
        ("Partager", "Imprimer", "Publicité", "Lire aussi", "À lire aussi", "Laisser un commentaire", "Répondre"),
        "Par {}",
        "Nous utilisons des cookies pour assurer le fonctionnement du site et mesurer son audience chaque jour.",
    ),
    "ar": (
        "في من على إلى عن بعد قبل خلال أن التي الذي وقال أعلن المدينة الميناء المجلس العاصفة الجسر الوزارة الشاهد السوق"
        " المدرسة القرية الطريق المياه الموسم المهندس مساء المنطقة الشرطة العائلة المحطة الرسالة الشتاء الوزير الحدود"
        " السفينة الأسعار الأسبوع الشهر القرار لم كان هذا هذه".split(),
        ("الرئيسية", "العالم", "سياسة", "اقتصاد", "رياضة", "ثقافة", "الطقس", "اشترك"),
        ("مشاركة", "طباعة", "إعلان", "اقرأ المزيد", "مواضيع ذات صلة", "أضف تعليقا", "رد"),
        "بقلم {}",
        "نستخدم ملفات تعريف الارتباط لتشغيل هذا الموقع وتحسينه. بمتابعة التصفح فإنك توافق على سياستنا.",
    ),
}
NAMES = {
    "en": ("Mara Quill", "Idris Vale", "Ann Doyle", "Peter Marsh"),
    "de": ("Oskar Brandt", "Lena Vogt", "Jörg Maler", "Ute Hain"),
    "fr": ("Claire Morel", "Luc Bonnet", "Inès Caron", "Paul Girard"),
    "ar": ("ليلى حداد", "سالم فارس", "مريم الجبران"),
}


@dataclass
class Story:
    """What a page is to say, and the chance that decides how."""

    chance: random.Random
    language: str
    title: str = ""
    author: str = ""
    date: str = ""
    body: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words, self.menu, self.labels, self.by, self.cookies = LANGUAGES[self.language]
        self.title = self.sentence(6, 11).rstrip(".")
        self.author = self.chance.choice(NAMES[self.language])
        self.date = (
            f"20{self.chance.randrange(10, 25)}-{self.chance.randrange(1, 13):02}-{self.chance.randrange(1, 29):02}"
        )

    def sentence(self, low: int = 7, high: int = 22) -> str:
        text = " ".join(self.chance.choice(self.words) for _ in range(self.chance.randrange(low, high)))
        return text[0].upper() + text[1:] + "."

    def prose(self, low: int = 1, high: int = 5) -> str:
        return " ".join(self.sentence() for _ in range(self.chance.randrange(low, high)))

    def write(self, paragraphs: int, subheads: float = 0.15) -> None:
        for number in range(paragraphs):
            if number and self.chance.random() < subheads:
                self.body.append(("h2", self.sentence(3, 6).rstrip(".")))
            text = self.prose()
            if self.chance.random() < 0.15:
                text = f"“{self.sentence(3, 9).rstrip('.')},” {self.author.split()[-1]} {self.words[0]}."
            self.body.append(("p", text))

    def lead(self) -> str:
        """A standfirst, which goes before the text."""
        text = self.sentence(9, 18)
        self.body.insert(0, ("", text))
        return text

    def marked(self) -> str:
        """The body as paragraphs with links and emphasis inside."""
        return "\n".join(f"<{tag}>{self.inline(text)}</{tag}>" for tag, text in self.body if tag)

    def inline(self, text: str) -> str:
        words = escape(text).split(" ")
        if len(words) > 8 and self.chance.random() < 0.4:
            at = self.chance.randrange(len(words) - 4)
            words[at] = f'<a href="/topic/{at}">{words[at]}'
            words[at + 2] += "</a>"
        if len(words) > 8 and self.chance.random() < 0.2:
            words[-3] = f"<em>{words[-3]}</em>"
        return " ".join(words)

    @property
    def gold(self) -> str:
        return " ".join(text for _, text in self.body)


# Furniture


def menu(s: Story, tag: str = "nav") -> str:
    items = "".join(f'<li><a href="/{i}">{escape(name)}</a></li>' for i, name in enumerate(s.menu))
    return f'<{tag} class="main-navigation"><ul>{items}</ul></{tag}>'


def soup(s: Story) -> str:
    return f"css-{s.chance.randrange(16**6):06x}"


def teasers(s: Story, count: int = 5, summaries: bool = True) -> str:
    rows = [
        f'<div class="{soup(s)}"><a href="/story/{s.chance.randrange(10**6)}"><img src="x.jpg" alt="">'
        f"<h3>{s.sentence(5, 10).rstrip('.')}</h3></a>"
        + (f"<p>{s.sentence(9, 18)}</p>" if summaries else "")
        + "</div>"
        for _ in range(count)
    ]
    return "\n".join(rows)


def share(s: Story) -> str:
    return f'<div class="social-share"><a href="#">Facebook</a> <a href="#">{s.labels[1]}</a> <span>{s.labels[0]}</span></div>'


def comments(s: Story, count: int) -> str:
    rows = [
        f'<li class="comment" id="comment-{i}"><article class="comment-body"><footer><b class="fn">'
        f"{s.chance.choice(NAMES[s.language])}</b> <a href='#'>{s.date}</a></footer>"
        f'<div class="comment-content"><p>{s.prose(1, 4)}</p></div><a class="comment-reply-link" href="#">{s.labels[-1]}</a>'
        "</article></li>"
        for i in range(count)
    ]
    return f'<div id="comments"><h2>{count} {s.labels[-2]}</h2><ol class="comment-list">{"".join(rows)}</ol></div>'


def figure(s: Story) -> str:
    return (
        f'<figure><img src="/p.jpg" alt="{s.sentence(4, 8)}"><figcaption>{s.sentence(6, 14)} Photo: Reuters</figcaption>'
        "</figure>"
    )


def banner(s: Story) -> str:
    return f'<div class="cookie-consent" role="dialog"><p>{s.cookies}</p><button>OK</button></div>'


def head(s: Story, *, schema: bool = True, graph: bool = False) -> str:
    made = f'<title>{escape(s.title)} | Harbour Wire</title><meta property="og:title" content="{escape(s.title)}">'
    made += '<meta property="og:site_name" content="Harbour Wire">'
    if schema:
        person = f'{{"@type":"Person","name":"{s.author}"}}'
        article = (
            f'{{"@type":"NewsArticle","headline":"{s.title}","datePublished":"{s.date}T08:00:00Z","author":[{person}],'
            '"publisher":{"@type":"Organization","name":"Harbour Wire"}}'
        )
        data = f'{{"@context":"https://schema.org","@graph":[{{"@type":"WebSite","name":"HW"}},{article}]}}'
        made += f'<script type="application/ld+json">{data if graph else article}</script>'
    return f'<html lang="{s.language}"><head><meta charset="utf-8">{made}<style>.a{{b:c}}</style></head>'


def between(s: Story, *extras: Callable[[Story], str]) -> str:
    """The body with furniture between its paragraphs."""
    parts = []
    for number, (tag, text) in enumerate(one for one in s.body if one[0]):
        parts.append(f"<{tag}>{s.inline(text)}</{tag}>")
        if number and number % 3 == 0 and extras and tag == "p":
            parts.append(s.chance.choice(extras)(s))
    return "\n".join(parts)


def advert(s: Story) -> str:
    return f'<div class="ad-slot" data-ad="1"><span>{s.labels[2]}</span></div>'


def inline_related(s: Story) -> str:
    return f'<p><strong>{s.labels[3]}: <a href="/x">{s.sentence(5, 9).rstrip(".")}</a></strong></p>'


def signup(s: Story) -> str:
    return f'<div class="newsletter-signup"><h4>Newsletter</h4><p>{s.sentence(9, 16)}</p><input type="email"><button>OK</button></div>'


# Layouts


def wordpress(s: Story) -> str:
    s.write(s.chance.randrange(4, 16))
    return f"""{head(s, graph=True)}<body class="post-template single has-sidebar comments-open">
<header id="masthead" class="site-header">{menu(s)}</header><div id="content"><main><article class="post hentry">
<header class="entry-header"><h1 class="entry-title">{s.title}</h1><div class="entry-meta"><span class="byline">
{s.by.format(s.author)}</span> <time class="entry-date" datetime="{s.date}">{s.date}</time></div></header>
<div class="entry-content">{figure(s)}{between(s, advert, figure)}{share(s)}
<div class="jp-relatedposts"><h3>{s.labels[5]}</h3>{teasers(s, 3)}</div></div>
<footer class="entry-footer"><span class="tags-links"><a href="#">{s.words[9]}</a></span></footer></article>
{comments(s, s.chance.randrange(0, 9))}</main><aside id="secondary" class="widget-area"><section class="widget">
<h2>Recent</h2>{teasers(s, 5, False)}</section></aside></div><footer class="site-footer"><p>© Harbour Wire</p></footer></body></html>"""


def drupal(s: Story) -> str:
    s.write(s.chance.randrange(3, 12))
    return f"""{head(s, schema=False)}<body class="path-node page-node-type-article">{menu(s, "div")}
<div class="region region-content"><h1 class="page-title"><span>{s.title}</span></h1><div class="node node--type-article">
<div class="node__meta"><span>{s.by.format(s.author)}</span>, <span>{s.date}</span></div><div class="node__content">
<div class="field field--name-body field--type-text-with-summary">{between(s, figure)}</div>
<div class="field field--name-field-tags"><div class="field__label">Tags</div><a href="#">{s.words[12]}</a></div></div></div></div>
<div class="region region-sidebar-second"><div class="block">{teasers(s, 6)}</div></div>
<div class="region region-footer"><p>{s.sentence(12, 25)}</p>{menu(s, "div")}</div></body></html>"""


def ghost(s: Story) -> str:
    s.write(s.chance.randrange(5, 14))
    return f"""{head(s)}<body class="post-template"><div class="site-wrapper"><header class="gh-head">{menu(s)}</header>
<main id="site-main"><article class="article post"><header class="article-header gh-canvas"><h1 class="article-title">{s.title}</h1>
<p class="article-excerpt">{s.lead()}</p><div class="article-byline"><h4 class="author-name"><a href="#">{s.author}</a></h4>
<time datetime="{s.date}">{s.date}</time><span>5 min read</span></div></header>
<section class="gh-content gh-canvas">{between(s, figure)}<hr></section></article></main>
<section class="article-comments gh-canvas"><p>Sign in to join the conversation.</p></section>
<aside class="read-more-wrap">{teasers(s, 4)}</aside><footer class="site-footer">{menu(s)}</footer></div></body></html>"""


def substack(s: Story) -> str:
    s.write(s.chance.randrange(8, 20))
    box = f'<div class="subscription-widget-wrap"><p>{s.sentence(9, 15)}</p><form><input><button>Subscribe</button></form></div>'
    return f"""{head(s)}<body><div id="entry"><div class="main-menu">{menu(s, "div")}</div><div class="single-post-container">
<article class="typography newsletter-post post"><div class="post-header"><h1 class="post-title">{s.title}</h1>
<h3 class="subtitle">{s.lead()}</h3><div class="byline-wrapper"><a href="#">{s.author}</a><div class="pencraft">{s.date}</div></div></div>
<div class="available-content"><div dir="auto" class="body markup">{between(s, lambda _: box, figure)}</div></div></article>
<div class="post-footer">{share(s)}</div><div class="comments-page">{comments(s, 4)}</div></div></div></body></html>"""


def div_soup(s: Story) -> str:
    s.write(s.chance.randrange(5, 18))
    paragraphs = "".join(
        f'<div class="{soup(s)}"><div class="{soup(s)}"><{"h2" if tag == "h2" else "p"} class="{soup(s)}">{s.inline(text)}'
        f"</{'h2' if tag == 'h2' else 'p'}></div></div>"
        for tag, text in s.body
    )
    return f"""{head(s)}<body><div id="root"><div class="{soup(s)}"><div class="{soup(s)}">{"".join(f'<a href="/">{m}</a>' for m in s.menu)}</div>
</div><div class="{soup(s)}"><section><div class="{soup(s)}"><h1 class="{soup(s)}">{s.title}</h1><div><a href="#">{s.author}</a>
<span>{s.date}</span> · <span>4 min read</span></div></div>{paragraphs}</section></div>
<div class="{soup(s)}"><h2>{s.labels[5]}</h2>{teasers(s, 6)}</div><div class="{soup(s)}"><p>{s.sentence(10, 20)}</p></div></div></body></html>"""


def divs_only(s: Story) -> str:
    """Paragraphs are divs, and nothing has a name."""
    s.write(s.chance.randrange(5, 14))
    text = "".join(f"<div>{s.inline(text)}</div>" for _, text in s.body)
    side = "".join(
        f"<div><div><a href='/{i}'>{s.sentence(5, 9)}</a></div><div>{s.sentence(8, 14)}</div></div>" for i in range(5)
    )
    return f"""{head(s, schema=False)}<body><div><div>{"".join(f"<div><a href='/'>{m}</a></div>" for m in s.menu)}</div><div><div>
<div><b>{s.title}</b></div><div>{s.by.format(s.author)} {s.date}</div><div>{text}</div></div><div>{side}</div></div>
<div>© 2020 Harbour Wire</div></div></body></html>"""


def old_table(s: Story) -> str:
    s.write(s.chance.randrange(4, 12), 0)
    text = "<br><br>\n".join(s.inline(text) for _, text in s.body)
    links = "<br>".join(f'<a href="/{i}"><font size=1>{m}</font></a>' for i, m in enumerate(s.menu))
    return f"""{head(s, schema=False)}<body bgcolor=white><table width="100%"><tr><td colspan=3><font size=6>Harbour Wire</font></td></tr><tr>
<td width=120 valign=top>{links}</td><td valign=top><font face=arial size=5><b>{s.title}</b></font><br><i>{s.by.format(s.author)}</i>
<br>{s.date}<br><br><font size=2>{text}</font></td><td width=150>{teasers(s, 4)}</td></tr></table>
<center><font size=1>Copyright Harbour Wire. <a href="/c">Contact</a></font></center></body></html>"""


def amp(s: Story) -> str:
    s.write(s.chance.randrange(4, 14))
    return f"""{head(s).replace("<html", "<html amp")}<body><amp-sidebar id="menu" layout="nodisplay">{menu(s)}</amp-sidebar>
<header class="amp-header"><button on="tap:menu.toggle">☰</button></header><article class="amp-wp-article"><h1>{s.title}</h1>
<div class="amp-wp-byline">{s.by.format(s.author)}</div><amp-img src="a.jpg" alt="{s.sentence(4, 8)}" width=1 height=1></amp-img>
<div class="amp-wp-article-content">{between(s, lambda q: "<amp-ad width=300 height=250></amp-ad>", inline_related)}</div></article>
<amp-consent id="c">{banner(s)}</amp-consent><section class="related">{teasers(s, 4)}</section></body></html>"""


def live_blog(s: Story) -> str:
    entries = []
    for number in range(s.chance.randrange(5, 14)):
        headline = s.sentence(4, 8).rstrip(".")
        paragraphs = [s.prose(1, 3) for _ in range(s.chance.randrange(1, 4))]
        s.body += [("h2", headline), *(("p", text) for text in paragraphs)]
        entries.append(
            f'<article class="liveblog-post" id="post-{number}"><time datetime="{s.date}T1{number % 10}:05">1{number % 10}:05</time><h2>{headline}</h2>'
            f'<div class="post-text">{"".join(f"<p>{t}</p>" for t in paragraphs)}</div>{share(s)}</article>'
        )
    return f"""{head(s)}<body>{menu(s)}<main><h1>{s.title}</h1><div class="byline">{s.by.format(s.author)}</div>
<div class="liveblog-entries">{"".join(entries)}</div></main><aside class="sidebar">{teasers(s, 6)}</aside></body></html>"""


def paywall(s: Story) -> str:
    s.write(s.chance.randrange(2, 4), 0)
    return f"""{head(s)}<body>{banner(s)}{menu(s)}<main><article class="article"><h1 class="headline">{s.title}</h1><p class="byline">
{s.by.format(s.author)}</p><div class="article-body teaser-content">{s.marked()}</div><div class="paywall-prompt"><h3>Subscribe to go on reading</h3>
<p>{s.sentence(10, 18)}</p><ul><li>{s.sentence(5, 9)}</li><li>{s.sentence(5, 9)}</li></ul><a href="/s">Subscribe</a><p>Already a subscriber? <a href="#">Sign in</a></p>
</div></article><section class="most-read">{teasers(s, 8)}</section></main></body></html>"""


def newspaper(s: Story) -> str:
    """Sections of the body in several sibling boxes, between adverts and promotions."""
    s.write(s.chance.randrange(8, 22))
    boxes = []
    written = list(s.body)
    for start in range(0, len(written), 3):
        part = "".join(f"<{t}>{s.inline(x)}</{t}>" for t, x in written[start : start + 3])
        boxes.append(
            f'<div class="StoryBodyCompanionColumn {soup(s)}"><div>{part}</div><aside class="companion">{advert(s)}</aside></div>'
        )
        boxes.append(s.chance.choice((advert, signup, figure))(s))
    return f"""{head(s, graph=True)}<body>{menu(s)}<div id="app"><main id="site-content"><article id="story"><header><h1 data-testid="headline">{s.title}</h1>
<p id="article-summary">{s.lead()}</p></header><div data-testid="byline">{s.by.format(s.author)}</div><time datetime="{s.date}">{s.date}</time>
<section name="articleBody">{"".join(boxes)}</section><div class="bottom-of-article"><p>{s.author} {s.sentence(8, 14)}</p></div></article>
<section id="in-other-news"><h2>{s.labels[5]}</h2>{teasers(s, 6)}</section></main>{banner(s)}<footer>{menu(s)}</footer></div></body></html>"""


def gallery(s: Story) -> str:
    s.write(3, 0)
    slides = "".join(f"<li class='slide'>{figure(s)}</li>" for _ in range(s.chance.randrange(4, 12)))
    return f"""{head(s)}<body>{menu(s)}<main class="gallery-page"><h1>{s.title}</h1><div class="intro-text">{s.marked()}</div>
<ul class="gallery">{slides}</ul></main><aside>{teasers(s, 4)}</aside></body></html>"""


def webforms(s: Story) -> str:
    """A whole page inside one form, as one server writes it."""
    s.write(s.chance.randrange(4, 12))
    return f"""{head(s, schema=False)}<body><form method="post" action="./page.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="x">
<div id="ctl00_header">{menu(s, "div")}</div><div id="ctl00_ContentPlaceHolder1_pnl"><span id="ctl00_lblTitle"><h2>{s.title}</h2></span>
<span id="ctl00_lblDate">{s.date}</span><div id="ctl00_lblText">{between(s, figure)}</div></div><div id="ctl00_right">{teasers(s, 5)}</div>
<div id="ctl00_footer">© Harbour Wire</div></form></body></html>"""


def misleading(s: Story) -> str:
    """Names that say one thing and hold another."""
    s.write(s.chance.randrange(5, 14))
    return f"""{head(s)}<body class="has-comments with-sidebar share-enabled"><div id="header-wrapper-and-main"><div class="sidebar-left-layout">
{menu(s, "div")}<div class="social-article-container ad-free"><h1>{s.title}</h1><div class="related-header-meta">{s.by.format(s.author)}
<time datetime="{s.date}">{s.date}</time></div><div class="widget text-widget share-content">{between(s, advert)}</div></div>
<div class="content">{teasers(s, 7)}</div></div></div></body></html>"""


def interview(s: Story) -> str:
    """Questions in bold, short answers among long ones."""
    for _ in range(s.chance.randrange(6, 12)):
        s.body += [("p", s.sentence(4, 9).rstrip(".") + "?"), ("p", s.chance.choice((s.sentence(1, 4), s.prose(2, 6))))]
    text = "".join(f"<p><strong>{x}</strong></p>" if x.endswith("?") else f"<p>{x}</p>" for _, x in s.body)
    return f"""{head(s)}<body>{menu(s)}<main><article><h1>{s.title}</h1><p class="author">{s.by.format(s.author)}</p><div class="c-article__content">{text}</div>
{share(s)}</article><aside class="c-aside">{teasers(s, 4)}</aside></main></body></html>"""


def listicle(s: Story) -> str:
    s.write(2, 0)
    items = []
    for number in range(s.chance.randrange(4, 10)):
        name, about = f"{number + 1}. {s.sentence(2, 5).rstrip('.')}", s.prose(1, 3)
        facts = [s.sentence(3, 6).rstrip(".") for _ in range(3)]
        s.body += [("h2", name), ("p", about), *(("li", fact) for fact in facts)]
        items.append(f"<h2>{name}</h2>{figure(s)}<p>{about}</p><ul>{''.join(f'<li>{f}</li>' for f in facts)}</ul>")
    lead = "".join(f"<p>{x}</p>" for _, x in s.body[:2])
    return f"""{head(s)}<body>{menu(s)}<div class="wrap"><div class="story-body"><h1>{s.title}</h1>{lead}{"".join(items)}{share(s)}</div>
<div class="rail">{teasers(s, 6)}</div></div></body></html>"""


def brief(s: Story) -> str:
    """An agency's note of two paragraphs on a page full of other things."""
    s.write(2, 0)
    return f"""{head(s)}<body>{banner(s)}{menu(s)}<div class="page"><div class="news-detail"><h1>{s.title}</h1><div class="date">{s.date}</div>
<div class="news-text">{s.marked()}</div></div><div class="news-list">{teasers(s, 14)}</div></div>
<footer><p>{s.sentence(15, 30)}</p><p>{s.sentence(15, 30)}</p></footer></body></html>"""


def debated(s: Story) -> str:
    """A short article under which many people write."""
    s.write(s.chance.randrange(3, 7), 0)
    thread = "".join(
        f'<div class="post{" depth-2" if i % 3 else ""}"><span class="post-author">{s.chance.choice(NAMES[s.language])}</span><span class="time-ago">2 h</span>'
        f'<div class="post-message"><p>{s.prose(1, 5)}</p></div><a>{s.labels[-1]}</a></div>'
        for i in range(s.chance.randrange(15, 40))
    )
    return f"""{head(s)}<body>{menu(s)}<article><h1>{s.title}</h1><div class="meta">{s.by.format(s.author)} · {s.date}</div>
<div itemprop="articleBody">{between(s, inline_related)}</div></article><div id="disqus_thread"><h3>{s.labels[-2]}</h3>{thread}</div></body></html>"""


def plain_breaks(s: Story) -> str:
    """Loose text between line breaks, in a box without paragraphs."""
    s.write(s.chance.randrange(4, 12), 0)
    text = "<br/><br/>".join(s.inline(text) for _, text in s.body)
    return f"""{head(s, schema=False)}<body><div id="wrap"><div id="top">{menu(s, "div")}</div><div id="main"><h2 class="title">{s.title}</h2>
<div class="info">{s.by.format(s.author)} | {s.date}</div><img src="a.jpg"/>{text}<br/><br/><a href="/print">{s.labels[1]}</a></div>
<div id="right"><h3>Top</h3>{teasers(s, 5)}</div><div id="bottom">© Harbour Wire</div></div></body></html>"""


def science(s: Story) -> str:
    """Many sections, a table, code and a quotation, and a long list of references."""
    for number in range(4):
        s.body.append(("h2", f"{number + 1} {s.sentence(2, 4).rstrip('.')}"))
        s.body += [("p", s.prose(2, 5)) for _ in range(2)]
    s.body += [("blockquote", s.prose(1, 2)), ("pre", "x = read(1)")]
    parts = "".join(f"<{tag}>{escape(x)}</{tag}>" for tag, x in s.body)
    references = "".join(f'<li><a href="/r{i}">{s.sentence(6, 12)}</a></li>' for i in range(12))
    return f"""{head(s)}<body><div class="layout"><aside class="toc"><ul>{"".join(f"<li><a href='#'>{x}</a></li>" for t, x in s.body if t == "h2")}</ul></aside>
<main><h1>{s.title}</h1><div class="authors">{s.author}</div><div class="paper-content">{parts}</div><section class="references"><h2>References</h2>
<ol>{references}</ol></section></main></div></body></html>"""


def appended(s: Story) -> str:
    """The next articles follow below the first, as one scrolls."""
    s.write(s.chance.randrange(6, 12))
    others = []
    for _ in range(2):
        other = Story(s.chance, s.language)
        other.write(3)
        others.append(f'<div class="next-article"><h2><a href="/n">{other.title}</a></h2>{other.marked()}</div>')
    return f"""{head(s)}<body>{menu(s)}<main><article id="first"><h1>{s.title}</h1><p class="by">{s.by.format(s.author)}</p>{s.marked()}</article>
<div class="up-next">{"".join(others)}</div></main></body></html>"""


def encyclopaedia(s: Story) -> str:
    """A third of all words are links."""
    s.write(s.chance.randrange(6, 14), 0.3)
    parts = []
    for tag, text in s.body:
        words = [f'<a href="/w/{w}">{w}</a>' if s.chance.random() < 0.33 else w for w in text.split()]
        parts.append(f"<{tag}>{' '.join(words)}</{tag}>")
    box = "".join(f"<tr><th>{s.sentence(1, 3)}</th><td>{s.sentence(2, 4)}</td></tr>" for _ in range(8))
    return f"""{head(s, schema=False)}<body class="mediawiki"><div id="mw-navigation">{menu(s, "div")}</div><div id="content" class="mw-body"><h1>{s.title}</h1>
<div id="bodyContent"><div class="mw-parser-output"><table class="infobox">{box}</table>{"".join(parts)}</div>
<div id="catlinks" class="catlinks"><a>x</a></div></div></div><footer id="footer">{s.sentence()}</footer></body></html>"""


def transcript(s: Story) -> str:
    for _ in range(s.chance.randrange(15, 30)):
        s.body.append(("p", f"{s.author.split()[-1].upper()}: {s.sentence(2, 14)}"))
    return f"""{head(s)}<body>{menu(s)}<div class="page"><h1>{s.title}</h1><div class="transcript">{s.marked()}</div><div class="more">{teasers(s, 6)}</div></div></body></html>"""


def blocks(s: Story) -> str:
    """Each paragraph is a block of its own beside promotions, all children of one page."""
    s.write(s.chance.randrange(8, 16))
    rows = []
    for tag, text in s.body:
        rows.append(f'<div class="aem-Grid component text"><div class="cmp-text"><{tag}>{s.inline(text)}</{tag}></div></div>')
        if s.chance.random() < 0.3:
            rows.append(f'<div class="component promo-card"><a href="/p"><h3>{s.sentence(3, 6)}</h3></a><p>{s.sentence(6, 12)}</p></div>')
    return f"""{head(s)}<body>{menu(s)}<div class="root"><div class="component title"><h1>{s.title}</h1></div>{"".join(rows)}
<div class="component teaser-list">{teasers(s, 4)}</div></div><footer><p>{s.sentence(20, 40)}</p></footer></body></html>"""


def archive_cards(s: Story) -> str:
    """Every teaser is an `article`, the text is not."""
    s.write(s.chance.randrange(4, 9))
    cards = "".join(f'<article class="card"><h2><a href="/c">{s.sentence(4, 8)}</a></h2><p>{s.prose(1, 3)}</p></article>' for _ in range(8))
    return f"""{head(s)}<body>{menu(s)}<div class="col-8"><h1>{s.title}</h1><span>{s.by.format(s.author)}</span><div class="richtext">{s.marked()}</div></div>
<div class="col-4">{cards}</div></body></html>"""


def nameless_cards(s: Story) -> str:
    """Teasers without a heading: a line that is a link, and a summary."""
    s.write(s.chance.randrange(4, 9))
    cards = "".join(f'<div><div><a href="/c">{s.sentence(5, 9)}</a></div><div>{s.sentence(9, 20)}</div></div>' for _ in range(9))
    return f"""{head(s)}<body>{menu(s)}<div><div><h1>{s.title}</h1>{s.marked()}</div><div>{cards}</div></div></body></html>"""


def small_print(s: Story) -> str:
    """More words under the article than in it."""
    s.write(s.chance.randrange(3, 6), 0)
    legal = "".join(f"<p>{s.prose(3, 7)}</p>" for _ in range(7))
    return f"""{head(s)}<body>{menu(s)}<div class="container"><div class="row"><h1>{s.title}</h1><div class="col-text">{s.marked()}</div></div></div>
<div class="risk-warning disclaimer"><h4>Risk</h4>{legal}</div></body></html>"""


def questions(s: Story) -> str:
    """A list of questions that open at a click."""
    s.write(2, 0)
    rows = []
    for _ in range(s.chance.randrange(4, 9)):
        question, answer = s.sentence(4, 8).rstrip(".") + "?", s.prose(1, 4)
        s.body += [("h3", question), ("p", answer)]
        rows.append(f'<details class="faq-item"><summary>{question}</summary><div><p>{answer}</p></div></details>')
    lead = "".join(f"<p>{x}</p>" for t, x in s.body[:2])
    return f"""{head(s)}<body>{menu(s)}<main><h1>{s.title}</h1>{lead}<div class="accordion">{"".join(rows)}</div>{share(s)}</main><aside>{teasers(s, 4)}</aside></body></html>"""


def unnamed_thread(s: Story) -> str:
    """A discussion longer than the article, in boxes with names that mean nothing."""
    s.write(s.chance.randrange(4, 8), 0)
    thread = "".join(
        f'<div class="{soup(s)}"><div><a href="/u">{s.chance.choice(NAMES[s.language])}</a><span>{n} h</span></div><div><p>{s.prose(1, 4)}</p></div>'
        f"<div><button>{s.labels[-1]}</button><button>Like</button></div></div>"
        for n in range(12)
    )
    return f"""{head(s)}<body>{menu(s)}<div class="{soup(s)}"><div class="{soup(s)}"><h1>{s.title}</h1><div>{s.by.format(s.author)}</div>{s.marked()}</div>
<div class="{soup(s)}"><h3>12 {s.labels[-2]}</h3>{thread}</div></div></body></html>"""


def revealed(s: Story) -> str:
    """All of the text is hidden until a script shows it."""
    s.write(s.chance.randrange(5, 10))
    return f"""{head(s)}<body style="visibility:hidden">{menu(s)}<article style="display:none"><h1>{s.title}</h1><p>{s.by.format(s.author)}</p>{s.marked()}</article>
<div class="rail">{teasers(s, 4)}</div></body></html>"""


LAYOUTS: dict[str, Callable[[Story], str]] = {
    f.__name__: f
    for f in (
        wordpress, drupal, ghost, substack, div_soup, divs_only, old_table, amp, live_blog, paywall, newspaper, gallery,
        webforms, misleading, interview, listicle, brief, debated, plain_breaks, science,
        appended, encyclopaedia, transcript, blocks, archive_cards, nameless_cards, small_print, questions,
        unnamed_thread, revealed,
    )
}  # fmt: skip


def f1(found: str, gold: str) -> float:
    """Harmonic mean of precision and recall over words."""
    a, b = Counter(WORD.findall(found.lower())), Counter(WORD.findall(gold.lower()))
    both = sum((a & b).values())
    return 2 * both / (sum(a.values()) + sum(b.values())) if a or b else 1.0


def theirs(page: str) -> str:
    """The text that trafilatura takes, without comments."""
    import trafilatura

    return trafilatura.extract(page, include_comments=False) or ""


def main() -> None:
    """Make pages, read them, print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=12, help="pages a layout")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worst", type=float, help="print the lines of pages below this score")
    parser.add_argument("--layout", action="append", help="only these")
    arguments = parser.parse_args()
    try:
        import trafilatura  # noqa: F401

        with_peer = True
    except ImportError:
        with_peer = False
        print("trafilatura is not installed: no comparison")
    whole: list[tuple[float, float]] = []
    right: Counter[str] = Counter()
    for name, layout in LAYOUTS.items():
        if arguments.layout and name not in arguments.layout:
            continue
        scores = []
        for number in range(arguments.pages):
            chance = random.Random(f"{arguments.seed} {name} {number}")
            story = Story(chance, list(LANGUAGES)[number % len(LANGUAGES)])
            page = "<!doctype html>" + layout(story)
            (article,) = articles_of("a.html", "a.html", page.encode())
            body = " ".join(b.span.of(article.text) for b in article.blocks if b.kind in BODY)
            mine = f1(body, story.gold)
            scores.append((mine, f1(theirs(page), story.gold) if with_peer else 0.0))
            known = article.metadata
            right["title"] += bool(known.title and known.title.value == story.title)
            right["date"] += bool(known.published and known.published.value.iso == story.date)
            right["author"] += bool(known.authors and known.authors.value == (story.author,))
            if arguments.worst and mine < arguments.worst:
                print(f"--- {name} {number} {mine:.3f}")
                for block in article.blocks:
                    print(f"  {block.kind.value:<12}{block.rule[:40]:<42}{block.span.of(article.text)[:90]!r}")
        whole += scores
        ours, peer = (sum(column) / len(scores) for column in zip(*scores, strict=True))
        print(f"{name:<14} {ours:.3f}" + (f"   trafilatura {peer:.3f}" if with_peer else ""))
    ours, peer = (sum(column) / len(whole) for column in zip(*whole, strict=True))
    print(f"{'mean':<14} {ours:.3f}" + (f"   trafilatura {peer:.3f}   (bar: at least that)" if with_peer else ""))
    print("right: " + "  ".join(f"{name} {count / len(whole):.2f}" for name, count in right.items()))


if __name__ == "__main__":
    main()
