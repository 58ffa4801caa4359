"""What the names of elements mean: class, id, role and the like, as the web's publishing systems use them."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from reader.capture.html_tree import Element


class Part(StrEnum):
    """The part of a page that an element is by its tag or its names; the value is the readable reason."""

    COMMENTS = "comments"
    SHARE = "share buttons"
    RELATED = "links to other articles"
    MENU = "menu"
    FOOTER = "footer of the page"
    SIDEBAR = "beside the article"
    ADVERT = "advertisement"
    SIGNUP = "newsletter or subscription"
    BIOGRAPHY = "about the author"
    TAGS = "tags"
    NOTICE = "cookie notice or dialog"
    FORM = "form or buttons"
    HEADER = "header of the page"
    CONTENTS = "table of contents"
    CAPTION = "caption"
    CREDIT = "picture credit"
    BYLINE = "byline"
    DATE = "date line"
    DETAILS = "details of publication"
    STANDFIRST = "standfirst"
    TITLE = "headline"


_PATTERNS: Final = tuple(
    (part, re.compile(pattern))
    for part, pattern in (
        (
            Part.COMMENTS,
            r"comments?(-?(area|list|section|thread|wrap(per)?|container|content|block|s|box|respond|form"
            r"|\d+))?"
            r"|(.+-)?comments|(.+-)?(comment-?(list|section|thread|area|respond|form))|disqus(-thread)?"
            r"|respond"
            r"|discussion|livefyre.*|fb-comments|(reader-|user-)comments?|kommentare?|commentaires?"
            r"|comentarios?"
            r"|coral-.*|hyvor.*|utterances|giscus",
        ),
        (
            Part.SHARE,
            r"(.+-)?(share|sharing|shares|sharedaddy|social)(-.*)?|addthis.*|addtoany.*|a2a-.*|sharethis.*"
            r"|ssba.*"
            r"|follow-?us|heateor.*|shariff|teilen|(.+-)?socials?",
        ),
        (
            Part.RELATED,
            r"(.+-)?(related|recommend(ed|ations?)?|outbrain|taboola|trending|popular|most-?read"
            r"|read-?(more|next|also)"
            r"|more-?(stories|news|articles|from|on)|see-?also|you-?may(-.*)?|latest-?(news|posts"
            r"|articles)?|recirc\w*"
            r"|yarpp|crp|upnext|up-next|next-?(article|story|post)|also-?(read|like)|similar|teasers?"
            r"|recent-?posts?"
            r"|previous-?(article|post)|post-?nav(igation)?|nav-?(links|previous|next)|article-?nav"
            r"|pager)(-.*)?"
            r"|jp-relatedposts",
        ),
        (
            Part.MENU,
            r"(.+-)?(nav(igation|bar)?|menu|breadcrumbs?|pagination|skip-?(link|to-content)|toolbar"
            r"|site-?links"
            r"|hamburger|mega-?menu|tablist|sub-?menu|language-?(switcher|selector))(-.*)?",
        ),
        (Part.CONTENTS, r"(.+-)?(toc|table-of-contents|ez-toc.*|lwptoc.*)(-.*)?"),
        (
            Part.FOOTER,
            r"(site-|page-|global-|main-)?footer(-.*)?|colophon|copyright|contentinfo|(site|page)-?bottom"
            r"|legal(-.*)?",
        ),
        (
            Part.SIDEBAR,
            r"(.+-)?(sidebar|side-?bar|right-?rail|left-?rail|rail|widget-?area|complementary|secondary"
            r"|sidenav"
            r"|right-?col(umn)?)(-.*)?|widget(s|-title)?|infobox.*|navbox.*|mw-jump-link|catlinks|noprint",
        ),
        (
            Part.ADVERT,
            r"(ad|ads|adv|advert|advertisement|adsbygoogle|adslot|banner-?ads?|dfp|gpt|promo(tion)?s?"
            r"|sponsor(ed)?"
            r"|werbung|anzeige|publicite|publicidad|ad-?(slot|unit|wrap(per)?|container|block|box|label)"
            r"|promo-.*"
            r"|sponsor-.*|advert-.*|affiliate(-.*)?|google-auto-placed|.+-(ad|ads|advert|promo|adslot))",
        ),
        (
            Part.SIGNUP,
            r"(.+-)?(newsletters?|subscribe|subscriptions?|sign-?up|opt-?in|mailchimp|mc4wp|paywall"
            r"|call-?to-?action|cta"
            r"|donate|donation|membership|piano|lead-?magnet|email-?capture|download-?app|convertkit"
            r"|hs-cta.*)(-.*)?",
        ),
        (
            Part.BIOGRAPHY,
            r"(.+-)?(author-?(box|bio|info|card|about|description|profile|desc|details|block|widget"
            r"|section)|about-?(the-)?author"
            r"|bio(graphy)?|m-a-box.*|molongui.*|saboxplugin.*|pp-author.*|writer-?(bio|info))(-.*)?",
        ),
        (
            Part.TAGS,
            r"(.+-)?(tags|tag-?(list|cloud|links)|post-?tags|cat-?links|tagcloud|categories|category-?(list"
            r"|links)|topics|keywords"
            r"|entry-?(tags|categories)|schlagworte)(-.*)?",
        ),
        (
            Part.NOTICE,
            r"(.+-)?(cookies?|consent|gdpr|modal|popup|pop-up|overlay|lightbox|dialog|alertdialog|toast"
            r"|login|signin|sign-?in"
            r"|onetrust.*|didomi.*|age-?gate|off-?canvas|drawer)(-.*)?|cmp(-?(box|banner|wrapper|ui|modal))?",
        ),
        (
            Part.FORM,
            r"(search-?(form|box|bar|results)?|form|wpcf7.*|contact-?form|button|btn|rating|ratings"
            r"|star-?rating|post-ratings"
            r"|vote|poll|player|video-?player|audio-?player|print|print-.*|tooltip|feedback"
            r"|was-this-helpful|listbox|slider-nav)",
        ),
        (
            Part.HEADER,
            r"(site-|page-top-|global-|main-)?(masthead|topbar|top-?bar)|site-?header(-.*)?|global-?header"
            r"|banner|header-?(top|main|nav)"
            r"|logo|site-?(title|branding|description)",
        ),
        (
            Part.CAPTION,
            r"(.+-)?(caption|captions|figcaption|wp-caption-text|img-?(desc|text|caption)|legende"
            r"|bildunterschrift"
            r"|photo-?(text|desc|caption)|image-?(text|desc|caption))(-.*)?",
        ),
        (
            Part.CREDIT,
            r"(.+-)?(photo|image|picture|img|caption|media)-?(credit|credits|source|copyright|attribution"
            r"|byline)|credits?",
        ),
        (
            Part.STANDFIRST,
            r"(.+-)?(standfirst|dek|deck|sub-?title|sub-?head(ing|line)?|article-?(summary|intro|lead"
            r"|excerpt)|stand-first"
            r"|kicker-text|strapline|post-?excerpt|entry-?(summary|excerpt|subtitle)|lead-?(text|paragraph)"
            r"|chapo|vorspann)",
        ),
        (
            Part.DATE,
            r"(.+-)?(dates?|datetime|time|timestamp|published|post-?date|posted-?on|entry-?date|pub-?date"
            r"|date-?published"
            r"|date-?modified|updated|dateline|last-?(updated|modified))",
        ),
        (
            Part.BYLINE,
            r"(.+-)?(byline|by-line|authors?|author-?name|posted-?by|entry-?author|writer|contributors?"
            r"|reporter)(-name|-link|s)?",
        ),
        (
            Part.DETAILS,
            r"(.+-)?(meta|metadata|post-?info|entry-?info|article-?info|read(ing)?-?time|time-?to-?read"
            r"|views?-?count|info-?bar)(-.*)?",
        ),
    )
)

_STEMS: Final = re.compile(
    r"comm?ent|disqus|respond|discuss|livefyre|coral|hyvor|utteranc|giscus|shar|social|a2a|add(this|to)"
    r"|ssba|follow|heateor|teilen"
    r"|relat|recomm|outbrain|taboola|trend|popular|most-?read|more|next|also|see|latest|recirc|yarpp|crp"
    r"|similar|teaser|recent|previous|nav|pager"
    r"|menu|crumb|pagin|skip|toolbar|links|hamburger|tablist|language|toc|contents|footer|colophon"
    r"|copyright|contentinfo|bottom|legal|side|rail"
    r"|widget|box|mw-|noprint|complement|secondary|right|ad|promo|sponsor|werbung|anzeige|publi|dfp|gpt|affiliate|letter"
    r"|scri|sign|opt|mail|wall|action|cta|donat|member"
    r"|piano|magnet|convert|app|bio|author|box|molongui|writer|tag|cat|topic|keyword|schlag|cookie|consent"
    r"|gdpr|modal|popup|overlay|light|dialog|toast|log"
    r"|onetrust|cmp|didomi|gate|canvas|drawer|search|form|wpcf|button|btn|rating|vote|poll|player|print"
    r"|tooltip|feedback|helpful|listbox|slider"
    r"|mast|top|header|banner|brand|title|descr|caption|desc|text|legende|bild|credit|source|attribution"
    r"|byline|stand|dek|deck|sub|summary|intro|lead|excerpt"
    r"|kicker|strap|chapo|vorspann|date|time|post|line|by|contrib|report|meta|info|read|view"
)
"""Some part of every name that means something: most names have none, and are told so at once."""

_TAGS: Final = {
    "nav": Part.MENU,
    "footer": Part.FOOTER,
    "aside": Part.SIDEBAR,
    "form": Part.FORM,
    "button": Part.FORM,
    "dialog": Part.NOTICE,
    "figcaption": Part.CAPTION,
    "label": Part.FORM,
    "fieldset": Part.FORM,
    "search": Part.FORM,
    "menu": Part.MENU,
    "legend": Part.FORM,
    "time": Part.DATE,
}
_ROLES: Final = {
    "navigation": Part.MENU,
    "banner": Part.HEADER,
    "contentinfo": Part.FOOTER,
    "complementary": Part.SIDEBAR,
    "search": Part.FORM,
    "dialog": Part.NOTICE,
    "alertdialog": Part.NOTICE,
    "menu": Part.MENU,
    "menubar": Part.MENU,
    "form": Part.FORM,
    "toolbar": Part.FORM,
    "doc-toc": Part.CONTENTS,
}

_BODY_NAMES: Final = re.compile(
    r"(.+-)*(article-?(body|content|text|main|entry)|(entry|post|story|blog|blogpost|news|single|page|main"
    r"|rich|td-post)-?(body|content|text)"
    r"|body-?(copy|text|content)|story-?body-?text|richtext|wysiwyg|field-name-body|field-body|prose"
    r"|text-?(body|content)"
    r"|content-?(body|text|article|main)|the-?content|elementor-widget-theme-post-content|gh-content"
    r"|article-?copy|articlebody|storytext"
    r"|mw-parser-output|markdown(-body)?|longform|e-content|node-?content|post-?full-?content"
    r"|single-post-content|article)(-.*)?"
)
_STRONG_BODY: Final = re.compile(
    r"article-?body(-.*)?|(.+-)*(entry|post|article|story|td-post)-?content|e-content|articlebody"
    r"|(.+-)*(article|story|post)-?(body|text|copy)"
    r"|elementor-widget-theme-post-content|gh-content|field-name-body|field-?body|mw-parser-output"
)
_INNOCENT: Final = re.compile(
    r"(has|no|with|without|is|not|show|hide|wp|wf|js|col|layout|theme|single|elementor-(element|section"
    r"|column))-.*"
    r"|.+-(open|closed|enabled|disabled|on|off|visible|active)$|entry|content|hentry"
)


def _is_noise(name: str) -> bool:
    """Whether a name is too long for one that a person gave; matching it would take time for nothing."""
    return len(name) > 60 or name.count("-") > 8


@lru_cache(maxsize=20_000)
def _part_of_name(name: str) -> Part | None:
    if _is_noise(name) or _INNOCENT.fullmatch(name):
        return None
    if not _STEMS.search(name):
        return None
    name = name.replace("__", "-").replace("--", "-").strip("-:")
    return next((part for part, pattern in _PATTERNS if pattern.fullmatch(name)), None)


def part_of(element: Element) -> Part | None:
    """The part of the page that the element itself is named as, or None; elements around it are not asked."""
    if element.tag in ("html", "body", "main"):
        return None
    if (part := _ROLES.get(element.attributes.get("role", ""))) is not None:
        return part
    if element.attributes.get("rel") == "author" or element.attributes.get("itemprop") == "author":
        return Part.BYLINE
    for name in element.names:
        if (part := _part_of_name(name)) is not None:
            return part
    return _TAGS.get(element.tag)


@lru_cache(maxsize=20_000)
def _body_strength(name: str) -> int:
    if _is_noise(name):
        return 0
    name = name.replace("__", "-").replace("--", "-")
    return 2 if _STRONG_BODY.fullmatch(name) else 1 if _BODY_NAMES.fullmatch(name) else 0


def body_strength(element: Element) -> int:
    """How clearly the element is named as an article's text: 3 by itemprop, 2 and 1 by class, 0 not."""
    if "articlebody" in element.attributes.get("itemprop", "").lower():
        return 3
    if element.tag in ("html", "body"):
        return 0
    strength = max((_body_strength(name) for name in element.names), default=0)
    return max(strength, 1) if element.tag in ("article", "main") else strength
