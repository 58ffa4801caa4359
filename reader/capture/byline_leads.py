"""How bylines begin, in the languages that captures come in: "By", "Written by", "Von", "Texte :", "بقلم"."""

import re
from typing import Final

from reader.text.wordlists import any_of, words_of

_ENGLISH: Final = (
    r"(?:this (?:article|post|story|guide|piece) (?:was|is) )?(?:(?:written|posted|published|authored|created|submitted"
    r"|story|text|words|reporting|analysis|opinion|review|guest post|article|blog|report|column|commentary|interview"
    r"|posted on [^|]{4,30}?)\s+by|by|authors?|writers?|contributors?|words)"
)
_GERMAN: Final = (
    r"von unser(?:em|er) \w+|von|(?:ein(?:e|en)? )?(?:gast)?(?:beitrag|kommentar|analyse|bericht|reportage|kolumne"
    r"|interview|essay|rezension|glosse|porträt|leitartikel|text|artikel) von|(?:verfasst|geschrieben|aufgezeichnet"
    r"|protokolliert) von|(?:aus \w+ )?(?:berichtet|berichten)|text|autor|autorin|autoren|interview|protokoll"
)
_FRENCH: Final = (
    r"par|de notre (?:correspondante?|envoyée?)(?: spéciale?)?"
    r"|(?:écrit|rédigé|publié|posté|proposé|recueilli|signé)e?s? par|propos recueillis par"
    r"|(?:un |une )?(?:article|texte|reportage|analyse|enquête|entretien|tribune|chronique|récit|billet) (?:de|par)"
    r"|texte|auteure?s?|autrice"
)
_SPANISH: Final = (
    r"por|(?:escrito|redactado|elaborado|publicado) por|(?:un )?(?:artículo|texto|reportaje|análisis) de|texto"
    r"|autor(?:a|as|es)?|redacción"
)
_OTHERS: Final = (
    r"di|a cura di|(?:scritto|pubblicato) da|testo di|autore|autrice|(?:geschreven )?door|tekst|text av|av|af"
    r"|skrevet av|yazan|yazar|bởi|автор(?:ы)?(?: статьи)?|текст|بقلم|كتب|كتبت|كتبه|كتبها|إعداد|تحرير|بواسطة"
    r"|الكاتب|الكاتبة|مراسلنا|حاوره|حاورها|نوشته|نویسنده|به قلم|מאת|נכתב על ידי|作者|撰文|记者|記者"
)
LEAD: Final = re.compile(
    rf"(?:{_ENGLISH}|{_GERMAN}|{_FRENCH}|{_SPANISH}|{_OTHERS})(?:\s*[:：/]\s*|\s+)(?=\S)|文\s*[/／:：]\s*(?=\S)",
    re.IGNORECASE,
)
"""What a line begins with that goes on to name who wrote."""
_DOUBTFUL: Final = words_of(
    "text texte texto tekst testo por par von di av af door blog report story opinion analysis review article column"
    " commentary interview protokoll berichtet berichten aus redacción un une ein eine einen artículo reportaje"
    " análisis كتب كتبت تحرير إعداد текст words"
)
MUST_NAME: Final = re.compile(rf"{any_of(_DOUBTFUL)}\b(?!\s+(?:by|von|par|por)\s)", re.IGNORECASE)
"""The leads that also begin other lines: a name of two words at least has to follow."""
BARE_LEAD: Final = re.compile(
    r"(?:(?:(?:article|story|post|blog|text|words|content|guide)\s+)?(?:(?:was\s+)?(?:written|posted|published"
    r"|authored|created|reported)\s+)?by|authors?|writers?|contributors?|(?:about|meet) the (?:author|writer)s?"
    r"|(?:geschrieben |verfasst |ein beitrag )?von|autor(?:in|en|a|as|es)?|über (?:den autor|die autorin)"
    r"|(?:écrit |rédigé |publié )?par|auteure?s?|(?:escrito |publicado )?por|di|scritto da|autore|(?:geschreven )?door"
    r"|автор|بقلم|كتب|كتبت|الكاتب|الكاتبة|إعداد|بواسطة|מאת|作者)\s*[:：]?",
    re.IGNORECASE,
)
"""A line that only announces the name on the next one."""
REPORTED: Final = re.compile(r"(?:additional )?(?:reporting|report) by\s*:?\s+(?=\S)", re.IGNORECASE)
"""How the line begins that names the reporters at the end of an article."""
INNER: Final = re.compile(
    r"(?:^|[\s·•|])(?:(?:text|words|story|written|posted|published|reviewed|recipe|interview|article"
    r"|report)\s+)?(?:by|von|par|por|bởi|بقلم|بواسطة|מאת)\s*:?\s+"
    r"(?=[A-ZÀ-Þ\u0590-\u06ff])",
    re.IGNORECASE,
)
"""What names who wrote further on in a line."""
INNER_WORDS: Final = ("by", "von", "par", "por", "bởi", "بقلم", "بواسطة", "מאת")
"""What `INNER` finds holds one of these."""
