"""What surrounds running text, known by its own words: captions, credits, links to other pages, dates, bylines."""

import re
from typing import Final

from reader.capture.article import Kind
from reader.capture.byline_leads import REPORTED
from reader.capture.bylines import authors_of
from reader.capture.given_names import GIVEN_NAMES
from reader.capture.lexicon import CATEGORIES
from reader.capture.shapes import Shape
from reader.text.dates import FoundDate, find_dates
from reader.text.wordlists import words_of

Reason = tuple[Kind, str]

_CREDITED: Final = re.compile(
    r"[\[(]\s*(?:[^\])]{0,80}\b)?(?:photo|foto|image|picture|getty|reuters|afp|ap photo|epa|dpa|courtesy|credit"
    r"|file|twitter|instagram|"
    r"facebook|shutterstock|istock|alamy|screengrab|screenshot|via|imago|archiv|crédit|bild|صورة"
    r"|رويترز)\b[^\])]{0,120}[\])]?\s*\.?$"
    r"|\b(?:file photo|archive photo|stock photo|file image|photo illustration|archivbild|archivfoto"
    r"|photo d'archives|foto de archivo|صورة أرشيفية)\.?$"
    r"|(?:\bphoto(?:graph)?s?|\bimages?|\bpictures?|\bfotos?|\bcrédit(?: photo)?|\bphoto credit|\bimage credit"
    r"|\billustrations?|\bscreenshot|\bgrafik|\bbild|\bimagen|\bcredit|صورة|تصوير)"
    r"\s*(?:by|:|courtesy of|©|von|de|/)\s*[^.]{2,70}\.?$"
    r"|(?:/\s?|//\s?|\bvia\s|\||©\s?|\bby\s)(?:getty(?: images)?|afp|reuters|ap(?: photo)?|epa|dpa|imago"
    r"|shutterstock|istock\w*|alamy|unsplash|pexels|pixabay|adobe ?stock|depositphotos|freepik|flickr|"
    r"picture alliance|bloomberg|corbis|xinhua|anadolu(?: agency)?|rex|pa|efe|ansa|tass|keystone|nurphoto|ddp|apa"
    r"|europa press|zuma press|sipa|belga|anp|aap|kyodo|yonhap|nasa)(?:\s?(?:images|photo"
    r"|/\s?\w[\w ]{0,30}))*\s*\.?\)?$"
    r"|\([^()/]{2,40}\s?/\s?[^()/]{2,40}\)\s*$|[.!?]\s(?:foto|photo|bild|fotos|photos)s?\s?[:/]\s?[^.]{2,50}$"
    r"|\s[-–—]\svia\s[^.]{3,50}$|\bvia wikimedia commons\W*$|[(/]\s?wikimedia commons\W*$"
    r"|\bgetty images\s*\)?\.?$|\bcourtesy of [^.]{3,60}\.?$|(?-i:\b[Cc]ourtesy:? [A-ZÀ-Þ])[^.]{2,80}\.?$"
    r"|\bphotography\s?[|/:]\s?[^.]{2,50}$|©\s?(?:photo|foto)\b[^.]{0,60}\.?$",
    re.IGNORECASE,
)
_PICTURED: Final = re.compile(
    r"(?:this (?:image|photo|picture)"
    r"|(?:an? )?(?:(?:promotional|black[- ]and[- ]white|vintage|stock|satellite|colou?r) )?"
    r"(?:image|photo|picture|photograph|screenshot|screen shot"
    r"|illustration|close-?up|aerial view|headshot|graphic|collage|"
    r"portrait|logo|infographic|diagram|chart|map|graph|icon|avatar) (?:of|shows|showing|from|depicting"
    r"|displaying|titled|featuring)\b|(?:photo|image|picture|caption|"
    r"bild|foto|légende|pie de foto|figure|fig\.?|abb(?:ildung)?\.?)\s*(?:\d+\s*)?[:.–]\s|pictured\b|(?:above"
    r"|below|left|right|oben|unten|ci-dessus|arriba)(?: (?:left|right|photo|image))?:\s|in this (?:photo|image"
    r"|file photo|picture))",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"(?:figure|fig\.?|abb(?:ildung)?\.?|foto|photo|image)\s*\d+(?:\.\d+)?\s*[:.|–—]\s", re.I)
_CREDIT_LED: Final = re.compile(
    r"(?:(?:photo|image|picture|video|illustration|cover|featured image|header image|hero image)s? )?credits?\s?[:：]"
    r"|(?:photo|image|picture|illustration)s? (?:courtesy(?: of)?|by|via|from)\s?[:：]?\s[A-ZÀ-Þ]"
    r"|(?:bild|foto)(?:nachweis|quelle|credit)?s?\s?[:：]|crédits?(?: photos?)?\s?[:：]|créditos?\s?[:：]",
    re.IGNORECASE,
)
"""How a line begins that says whose a picture is."""
_ART: Final = re.compile(
    r"\b(?:oil|acrylic|tempera|watercolou?r|ink|gouache|pastel|öl|huile|óleo) (?:and \w+ )?(?:on|auf|sur|sobre)"
    r" (?:\w+ )?(?:canvas|panels?|paper|board|linen|wood|leinwand|toile|lienzo)\b",
    re.IGNORECASE,
)
_GROUNDS: Final = words_of("canvas panel panels paper board linen wood leinwand toile lienzo")
"""What works of art are painted on, as `_ART` names it."""
_WHERE: Final = re.compile(
    r"(?:above|below|pictured|top|bottom|left|right|oben|unten|links|rechts|ci-dessus|ci-dessous|arriba|abajo)"
    r"(?:[ ,]+(?:above|below|left|right|links|rechts))?: [“\"‘A-ZÀ-Þ]",
    re.IGNORECASE,
)
_MAKERS: Final = re.compile(
    r"(?P<one>[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ&][\w.'’-]*){0,4})\s?[;/]\s?"
    r"(?P<two>[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){1,2})"
)
"""Two names, of a photographer and an agency, and nothing else."""
_FILE: Final = re.compile(
    r"\S{0,120}\.(?:jpe?g|png|gif|webp|svg|bmp)|(?:img|dsc|image|screenshot|screen shot"
    r"|photo)[-_ ]?\d[\w\s.:@-]{0,40}"
    r"|[a-z0-9]+(?:[-_][a-z0-9]+){2,}|(?=(?:[^-_+]*[-_+]){3}.)[\w%](?:[-+]?[\w%])*",
    re.IGNORECASE,
)
GLUED_ALT: Final = re.compile(
    r"(?:[a-z0-9]+(?:[-_][a-z0-9]+){2,}|[a-z]+(?:-[a-z]+)+|[\w-]{3,80}\.(?:jpe?g|png|gif"
    r"|webp))(?=[\"“‘]?[A-ZÀ-Þ](?:[a-zß-ÿ’']+)?[,\s])"
)
"""A picture's file name or alt text that ran into the first word of a paragraph."""

_READ_MORE: Final = re.compile(
    r"(?:read(?: more| also| next| on)?|see(?: also| more)?|also(?: read| see)|related(?: (?:article|story|post"
    r"|coverage|reading|content|items?))?s?|more(?: on this)?|"
    r"recommended|watch(?: now| more| (?:the )?video)?|listen|don['’]?t miss|must read|learn more|further reading"
    r"|lesen sie (?:auch|mehr|hier)|mehr(?: zum thema| dazu)|"
    r"lire aussi|à lire(?: aussi)?|voir aussi|lea(?: también| más)?|leer (?:más|también)|te puede interesar"
    r"|leggi anche|leia (?:também|mais)|lees ook|"
    r"اقرأ (?:أيضا|أيضاً|المزيد)|إقرأ أيضا|شاهد أيضا|مواضيع ذات صلة)\s*(?:[:>»|–—-]|:)\s*\S",
    re.IGNORECASE,
)
_SOURCE: Final = re.compile(
    r"(?:source|sources|quelle|quellen|fuente|fonte|المصدر|via|editing by|edited by|additional reporting"
    r"|with (?:files|reporting|additional reporting) from|"
    r"(?:this|the) (?:article|story|piece) (?:was )?(?:originally |first )?(?:appeared|published)"
    r"|originally published|translated by|compiled by|"
    r"(?:©\s?)?(?:reuters|afp|dpa|ap|epa|xinhua)\s*(?:[/,&+]\s*(?:reuters|afp|dpa|ap|epa|xinhua)\s*)*$)",
    re.IGNORECASE,
)
_ELSEWHERE: Final = re.compile(
    r"this (?:article|story|piece|post|interview|column) (?:also|first|originally|was also) (?:appeared|published|ran)",
    re.IGNORECASE,
)
_ICONS: Final = re.compile(r"(?:\bicon\b.*){3,}|(?:\w*icon\w*\s*){4,}", re.IGNORECASE)
_DATE_WORDS: Final = re.compile(
    r"(?:first |originally )?(?:published|posted|updated|last (?:updated|modified|edited|reviewed)|modified"
    r"|created|date|added|erschienen|veröffentlicht|aktualisiert|stand|datum|"
    r"publié|mis à jour|modifié|publicado|actualizado|pubblicato|aggiornato|publicação|gepubliceerd|نشر|تاريخ"
    r"|آخر تحديث|تم النشر)\b",
    re.IGNORECASE,
)


def known_by_words(shape: Shape) -> Reason | None:
    """What the line is where its own words say so beyond doubt, whatever stands around it; else None."""
    if shape.known is False:
        shape.known = _by_words(shape)
    return shape.known


def _by_words(shape: Shape) -> Reason | None:
    text = shape.text
    if "icon" in text and not shape.end and _ICONS.search(text[:400]):
        return Kind.BOILERPLATE, "names of icons"
    if shape.size <= 160 and _FILE.fullmatch(text) and not text.isdigit() and not (shape.count < 3 and shape.size < 8):
        return Kind.CAPTION, "a picture's file name"
    if shape.size <= 400 and shape.sentences <= 4 and _may_credit(shape) and _CREDITED.search(text[-160:]):
        bare = shape.count <= 6 or _CREDITED.match(text)
        return (Kind.CREDIT, "credit of a picture") if bare else (Kind.CAPTION, "ends with the credit of a picture")
    if shape.size <= 250 and shape.cover[_CREDIT] > 0 and _CREDIT_LED.match(text):
        return Kind.CREDIT, "credit of a picture"
    if shape.size <= 600 and shape.sentences <= 6 and _WHERE.match(text):
        return Kind.CAPTION, "says where its picture stands"
    if (
        60 <= shape.size <= 400
        and shape.sentences <= 5
        and shape.count >= 8
        and not _GROUNDS.isdisjoint(shape.words)
        and _ART.search(text)
    ):
        return Kind.CAPTION, "names a work of art and who holds it"
    if shape.size <= 80 and (found := _MAKERS.fullmatch(text)) and not GIVEN_NAMES.isdisjoint(
        found["one"].casefold().split()[:1] + found["two"].casefold().split()[:1]
    ):
        return Kind.CREDIT, "names who made a picture"
    if shape.size <= 250 and _PICTURED.match(text) and shape.sentences <= 2:
        return Kind.CAPTION, "describes a picture"
    if shape.size <= 900 and _NUMBERED.match(text):
        return Kind.CAPTION, "describes a numbered picture"
    if shape.size <= 220 and _READ_MORE.match(text):
        return Kind.RELATED, "points to another article"
    if shape.size <= 160 and REPORTED.match(text):
        return Kind.CREDIT, "names the reporters"
    if shape.size <= 80 and _ELSEWHERE.match(text):
        return Kind.CREDIT, "names where else it appeared"
    if shape.size <= 120 and _SOURCE.match(text) and (":" in text[:40] or shape.count <= 12):
        return Kind.CREDIT, "names the source"
    return None


_CREDIT: Final = CATEGORIES.index("credit")
_CREDIT_SIGNS: Final = ("/", "©", "via ", "rchiv", "(", "[", "ourtesy", "|")


def _may_credit(shape: Shape) -> bool:
    """Whether a credit can be in the line at all, told cheaply."""
    tail = shape.text[-160:]
    return shape.cover[_CREDIT] > 0 or any(map(tail.__contains__, _CREDIT_SIGNS))


def date_line(shape: Shape) -> list[FoundDate]:
    """The dates of a line that is little else than a date; empty for any other."""
    if shape.size > 120:
        return []
    found = find_dates(shape.text)
    if not found:
        return []
    left = shape.text
    for one in reversed(found):
        left = left[: one.span.start] + left[one.span.end :]
    left = _DATE_WORDS.sub("", left)
    letters = [word for word in re.findall(r"[^\W\d_]{3,}", left) if word.casefold() not in _AROUND_DATES]
    return found if len(letters) <= 1 or (_DATE_WORDS.match(shape.text) and len(letters) <= 4) else []


_AROUND_DATES: Final = words_of(
    "min mins minute minutes read uhr gmt utc est edt pst pdt cet cest bst ist last the comments comment views "
    "hours and from on at am pm"
)


def is_byline(shape: Shape) -> bool:
    """Whether the line names the article's authors."""
    return shape.size <= 200 and shape.sentences <= 1 and bool(authors_of(shape.text))


_GIVEN_AWAY: Final = (
    ("advert", Kind.BOILERPLATE, "advertisement"),
    ("share", Kind.BOILERPLATE, "share buttons"),
    ("related", Kind.RELATED, "heading of links to other articles"),
    ("signup", Kind.BOILERPLATE, "asks to subscribe"),
    ("comment", Kind.BOILERPLATE, "words of a comment section"),
    ("menu", Kind.BOILERPLATE, "words of a menu"),
    ("credit", Kind.CREDIT, "words of a credit"),
)
"""What a line is that is made of the words of a category: the first of those that cover most of it."""


def why_not_text(shape: Shape) -> Reason:
    """The kind and reason for a line that is not running text, by its own words and shape."""
    best = shape.giveaway
    text = shape.text
    if shape.covered("legal") >= 0.3 or "©" in text:
        return Kind.BOILERPLATE, "rights and legal notices"
    if best >= 0.5:
        for category, kind, rule in _GIVEN_AWAY:
            if shape.covered(category) == best:
                return kind, rule
    if shape.covered("signup") >= 0.15 and shape.count >= 3:
        return Kind.BOILERPLATE, "asks to subscribe"
    if not any(map(str.isalpha, text)):
        return Kind.BOILERPLATE, "a number or sign by itself"
    return Kind.BOILERPLATE, ""
