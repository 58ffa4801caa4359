"""The words by which comments are known in the languages and platforms that captures come from."""

import re
from enum import IntEnum
from typing import Final, NamedTuple

from reader.text.dates import DIGIT, MONTH_NAMES
from reader.text.wordlists import words_of

_AGO: Final = (
    r"(?:(?:about |almost |over |il y a |vor |hace |منذ |قبل )?(?:an?|one|eine[mr]?|une?|una?|\d+|[٠-٩]+)\s?"
    r"(?:s|sec|seconds?|m|min|mins|minutes?|h|hr|hrs|hours?|d|days?|w|wk|weeks?|mo|months?|y|yr|yrs|years?|Sekunden?|"
    r"Minuten?|Stunden?|Tage?n?|Wochen?|Monate?n?|Jahre?n?|heures?|jours?|semaines?|mois|ans?|horas?|días?|semanas?|"
    r"mes(?:es)?|años?|ساعات?|ساعة|أيام|يوم|دقائق|دقيقة|أسابيع|أشهر|سنوات)(?: ago)?|just now|yesterday|today)"
)
_DATE: Final = (
    rf"(?:(?:[^\W\d_]{{2,12}}\.?,?\s+)?(?:(?:{MONTH_NAMES})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s*(?:de\s+|of\s+)?(?:{MONTH_NAMES})\.?,?(?:\s+de)?\s+\d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}))"
)
_TIME: Final = r"(?:\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?[A-Z]{2,4})?(?:\s?Uhr)?)"
_WHEN: Final = rf"(?:{_DATE}(?:,?\s*(?:[-–—|/·•@]|at|um|à|a las|alle|às|-)?\s*{_TIME})?|{_TIME},?\s+{_DATE}|{_AGO})"

STAMP: Final = re.compile(
    rf"(?:(?:on|posted on|posted|am|le|el)\s+)?{_WHEN}(?:\s*[•·|-]?\s*(?:edited|permalink|reply|report|#\d*|#|link))*"
    r"|at",
    re.IGNORECASE,
)
"""A line that is nothing but the time of a comment ("at" is one whose time was left out)."""

_SAYS: Final = (
    r"says|said|wrote|writes|replied|commented|comments|responds|sagt|sagte|schreibt|schrieb|meint|antwortet|dit"
    r"|a dit|a écrit|"
    r"écrit|dice|dijo|escribió|comentó|ha detto|scrive|diz|disse|escreveu|zegt|skriver|sier|yazdı|dedi|يقول|تقول"
    r"|قال|كتب|يكتب"
)
_HEADS: Final = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (
            rf"(?P<author>[^:“”\"]{{1,60}}?)\s+(?:{_SAYS})\s*:?\s*(?P<when>(?:on |am |le )?{_WHEN}.{{0,30}})?",
            re.IGNORECASE,
        ),
        (r"(?P<author>\S.{0,60}?)(?:['’]s)?\s+Avatar", 0),
        (r"(?P<author>\S.{0,60}?)['’]s avatar", 0),
        (
            rf"(?:Posted|Comment|Reply|Posté|Publicado)\s+by:?\s+(?P<author>.{{1,50}}?)(?:\s*[,|•·–—-]|\s+on"
            rf"|\s+at)*\s+{_WHEN}.{{0,30}}",
            re.IGNORECASE,
        ),
        (
            rf"(?:#?\d{{1,4}}[.):]?\s+)?(?:Von|Par|Por|By|Da)?\s*(?P<author>[^\d:]{{2,40}}?)\s*(?:[,|•·–—-]|\bon\b"
            rf"|\bam\b|\bum\b|\ble\b|\bel\b)\s*{_WHEN}(?:\s*[•·|].{{0,40}})?",
            0,
        ),
        (
            rf"(?P<author>[^\W\d_][^\d:]{{1,40}}?\d{{0,4}})\s?(?P<when>{_DATE},?\s*(?:at|um|à|@|-|–)?\s*{_TIME}"
            rf"|\d+\s(?:\w+)\sago)(?:\s*[•·|].{{0,40}})?",
            re.IGNORECASE,
        ),
    )
)


_GAP: Final = re.compile(r"\s{3}")


class Strength(IntEnum):
    """How surely a line opens a comment: not, only where a thread is already open, or by its own words."""

    NONE = 0
    INSIDE = 1
    ALONE = 2


class Talk(NamedTuple):
    """What the words of a line say of its part in comments: what its patterns here find, and whom it names.

    `author` opens a comment, as surely as `strength` says.
    """

    heading: bool
    link: bool
    form: bool
    ends: bool
    author: str | None
    strength: Strength


def talk_of(text: str) -> Talk:
    """What the words of a line, without its list mark, say of its part in comments."""
    if _GAP.search(text):  # it means no more than a space, and many spaces hold up patterns that allow for one
        text = " ".join(text.split())
    return Talk(
        HEADING.fullmatch(text) is not None,
        LINK.fullmatch(text) is not None,
        FORM.match(text) is not None,
        ENDS_THREAD.match(text) is not None,
        *_byline_of(text),
    )


def _byline_of(text: str) -> tuple[str | None, Strength]:
    """The author that the head line of a comment names, and how surely the line is such a head."""
    if len(text) > _LONGEST_HEAD:
        return None, Strength.NONE
    timed = text.endswith(_TIMED) or DIGIT.search(text) or (not text.isascii() and any(map(str.isdigit, text)))
    if not (timed or text.endswith(_SPOKEN)) or (timed and STAMP.fullmatch(text)):
        return None, Strength.NONE
    for number, pattern in enumerate(_HEADS):
        found = pattern.fullmatch(text)
        if found is None:
            continue
        author = " ".join(found["author"].split()).strip(" ,•·-–—|:")
        words = author.split()
        if (
            not words
            or STAMP.fullmatch(author)
            or len(words) > (7 if number < 2 else 5)
            or author.casefold() in _NOT_NAMES
        ):
            continue
        if number == 0 and not text.endswith((":", "says", "sagt")) and not found["when"]:
            continue
        return _once(author), Strength.ALONE if number < 2 else Strength.INSIDE
    return None, Strength.NONE


_LONGEST_HEAD: Final = 130
_TIMED: Final = ("ago", "now", "yesterday", "today", "hour", "day", "heure", "hora", "ساعة", "يوم")
_SPOKEN: Final = (":", "says", "sagt", "Avatar", "avatar")


_NOT_NAMES: Final = words_of(
    "he she they it who this that what report study published updated posted last date on at by since and the a "
    "created "
    "modified source photo reply user"
) | {"last updated", "first published", "last modified", "the report", "the study", "published on", "posted on"}


def _once(author: str) -> str:
    """A name that the page says twice ("Ken Ken"), said once."""
    words = author.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] else author


_COUNT: Final = r"(?:\d[\d.,]*|[٠-٩]+|no|one|two|three|an?|eine?|une?|una?|un)"
_NOUNS: Final = (
    r"(?:reader |user |facebook |all |latest |top )?(?:comments?|comment\(s\)|replies|repl(?:y|ies)|responses?"
    r"|thoughts?)|"
    r"(?:leser)?kommentare?|leserbriefe|antworten|meinungen|commentaires?|réactions?|réponses?|comentarios?"
    r"|respuestas?|"
    r"opiniones|commenti|commento|comentários?|reacties|kommentarer|yorum(?:lar)?|комментари(?:и|й|ев|я)"
    r"|تعليق(?:ات)?|التعليقات|الردود"
)
HEADING: Final = re.compile(
    rf"(?:{_COUNT}\s+)?(?:{_NOUNS})\s*(?:\(?\d[\d.,]*\)?)?\s*(?:(?:to|on|zu|sur|à|en|a|على"
    rf"|for)\s+.{{0,250}})?\s*:?(?:\s*RSS)?"
    r"|(?:join (?:in )?the (?:conversation|discussion)|what do you think\??|discussion|conversation"
    r"|discussion about this (?:post|article|story)|diskussion)(?:\s*\(?\d+\)?)?",
    re.IGNORECASE,
)
"""The heading of a thread: "62 responses to …", "Kommentare (5)", "3 Comments"."""

LINK: Final = re.compile(
    r"(?:reply|repl(?:y|ies)|reply\s?delete|delete|like|likes?\s*\(?\d*\)?|like loading[.…]*|loading[.…]*|report"
    r"|report abuse|"
    r"flag|share|edit|quote|permalink|link|upvote|downvote|vote up|vote down|show more|read more|see more"
    r"|see more of .*|"
    r"view (?:\d+ )?repl(?:y|ies)|show (?:\d+ )?repl(?:y|ies)|hide replies|log in to reply"
    r"|(?:in )?reply to\s+.{1,40}|"
    r"expand full comment|\d+ more (?:comments|replies)[.…]*|"
    r"\d+ (?:likes?|replies|reply|upvotes?|points?)|[\d+−–-]{1,4}|antworten|melden|zitieren|antworten melden"
    r"|gefällt mir|"
    r"répondre|signaler|j[’']aime|responder|reportar|denunciar|me gusta|rispondi|segnala|curtir|beantwoorden"
    r"|yanıtla|ответить|"
    r"رد|الرد|أعجبني|إبلاغ|(?:edit\s*•\s*)?reply\s*•\s*share\s*›?|\d stars?)(?:\s*\(\d+\))?",
    re.IGNORECASE,
)
"""The links under a comment, and the badges on it."""

FORM: Final = re.compile(
    r"leave a (?:reply|comment|response)|add (?:a )?(?:new )?comment|add your comment|post (?:a |your )?comment"
    r"|write a comment|"
    r"submit (?:a )?comment|your email address will not be published|required fields are marked|comments? (?:are"
    r"|is) closed|"
    r"comments are (?:turned off|disabled)|comment policy|(?:you must|please) (?:be )?(?:log|logged|sign"
    r"|signed)(?: |-)?in to (?:post|comment|leave|reply)|"
    r"log in to (?:comment|reply|leave)|save my name,|notify me of (?:new|follow)|this site uses akismet"
    r"|cancel reply|"
    r"do you like this article\s*\?$|got something to say|please enter your (?:comment|name|email)"
    r"|you have entered an incorrect email|"
    r"\w+ [×x+−] \w+ =\s*$|\d{2,5} / \d{2,5}$|\d+ characters (?:left|remaining)|want to join the discussion"
    r"|feel free to contribute|"
    r"deine? e-mail-adresse wird nicht|schreibe? (?:einen|deinen|ihren) kommentar|kommentar (?:schreiben|verfassen"
    r"|hinterlassen)|"
    r"hinterlasse (?:einen|eine)|erforderliche felder|laisser un commentaire|votre adresse (?:e-mail"
    r"|de messagerie) ne sera|"
    r"les champs obligatoires|ajouter un commentaire|deja (?:un comentario|una respuesta)|tu dirección de correo|"
    r"los campos obligatorios|(?:escribe|añade|añadir) (?:un|tu) comentario|lascia un commento"
    r"|il tuo indirizzo email|"
    r"deixe (?:um comentário|uma resposta)|o seu endereço de e-mail|اترك (?:تعليق|رد)|لن يتم نشر عنوان"
    r"|الحقول الإلزامية|أضف تعليق",
    re.IGNORECASE,
)
"""How a line of a comment form, or of the notices around it, begins."""

MORE: Final = re.compile(
    r"(?:name|email|e-mail|website|url|comment|your (?:name|email|comment|website)|message|recipe rating|rating"
    r"|submit|"
    r"subject|captcha|nom|courriel|site web|correo(?: electrónico)?|nombre|web|kommentar|الاسم|البريد الإلكتروني"
    r"|الموقع)\s*[*:]*(?:\s*\((?:required|optional|erforderlich)[^)]*\))?"
    r"|(?:older|newer|previous|next|more|load more|show more|view all|see all) (?:comments|replies)\b.*"
    r"|load more[.…]*|add comment|"
    r"comments? navigation|page \d+ of \d+|\* (?:indicates|denotes).*|post comment|submit comment|[Δ*=]",
    re.IGNORECASE,
)
"""Lines that belong to a comment form, or page through comments, only where they stand beside one."""

ENDS_THREAD: Final = re.compile(
    r"©|copyright\b|all rights reserved|related (?:articles|posts|stories|items|news|content)|you (?:may"
    r"|might) also like|"
    r"more from\b|most (?:read|popular|viewed|recent|commented)|recommended\b|latest (?:news|posts|articles"
    r"|stories)|recent (?:posts|comments)|"
    r"previous (?:post|article)|next (?:post|article)|trackbacks?|about (?:us|me|the author)|follow us|sign up"
    r"|subscribe|"
    r"popular (?:posts|articles)|trending|reader interactions|primary sidebar|post navigation|categories|archives"
    r"|search this|no posts$|ready for more\?|"
    r"stay (?:connected|informed|up to date)|terms of|privacy policy|mehr zum thema|meistgelesen|das könnte"
    r"|impressum|"
    r"à lire aussi|les plus lus|sur le même sujet|te puede interesar|lo más leído|noticias relacionadas|مواضيع"
    r"|اقرأ أيضا|الأكثر قراءة|جميع الحقوق",
    re.IGNORECASE,
)
"""How a line that follows the comments begins, on pages whose comments are not set further in."""
