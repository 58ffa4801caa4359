"""What lines say of themselves on the web's pages: bylines, credits, pointers to other articles, notices."""

import re
from typing import Final

_LONGEST: Final = 300

DATED: Final = re.compile(r"\d{4}|\d{1,2}[.:/]\d\d|\d+\s*(?:min|hour|day|std|heure)", re.I)
BY: Final = re.compile(r"(?i)^(?:by|written by|posted by|von|par|por|di|بقلم|da)[\s:]+\S")
POINTER: Final = re.compile(
    r"(?i)^\W*(?:read (?:more|also|next|the full)|(?:also|see|more) (?:read|also|on|from|about)\b|related\b"
    r"|recommended|don.t miss|watch\s?:|listen\s?:"
    r"|lire (?:aussi|la suite|également)|à lire|lesen sie (?:auch|mehr)|mehr (?:zum|dazu)|auch interessant"
    r"|siehe auch|lee también|te puede interesar"
    r"|leer más|اقرأ أيض|click here|you (?:may|might) also|up next|next article|previous article)"
)
LIST_HEADING: Final = re.compile(
    r"(?i)^\W*(?:related|recommended|similar|latest|recent|popular|trending|more|other|featured|top"
    r"|verwandte|ähnliche|weitere)\b.{0,40}$"
)
"""What heads a list of other articles where one follows; a section of the article may begin with the same words."""
APART_HEADING: Final = re.compile(
    r"(?i)^\W*(?:you (?:may|might) (?:also )?(?:like|enjoy|be"
    r" interested).*|read (?:more|next|also).{0,30}|share (?:this|on|with).*|share"
    r"|tags?:?|categories:?|about (?:the )?(?:author|writer)s?|(?:leave|post|add|write) a (?:reply"
    r"|comment).*|\d* ?comments?(?: \(\d+\))?|\d+ (?:responses|replies|thoughts) .*|sign up .*|subscribe.*"
    r"|newsletter.*|follow us.*|das könnte .{0,40}|mehr zum thema|kommentare"
    r"|schreibe einen kommentar|articles? (?:liés|similaires|récents)"
    r"|commentaires|sur le même (?:sujet|thème)|artículos relacionados|noticias relacionadas|comentarios"
    r"|post navigation|one comment|next steps|join the (?:conversation|discussion).*"
    r"|مقالات ذات صلة|اقرأ أيضا.*|what to read next|keep reading|more stories|more from .*|about us"
    r"|contact( us)?|disclaimer)\W*$"
)
CREDIT: Final = re.compile(
    r"(?i)^\W*(?:photo|image|picture|photograph|foto|bild|crédit|credit|illustration|featured image)s?(?:"
    r" (?:by|credit|courtesy|source|via))?\s?[:/©]"
)
NOTICE: Final = re.compile(
    r"(?i)^\W*(?:advertisement|anzeige|publicité|sponsored|story continues below|scroll to continue|skip to"
    r" (?:main )?content|loading\.*|©.*|copyright ©.*"
    r"|all rights reserved.*|table of contents|(?:\d+ )?min(?:ute)?s? read|\d+ views|share this:?|like"
    r" this:?|print|email|subscribe|sign up|follow us)\W*$"
)


def says(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a line is of the kind that `pattern` describes; such lines are short, and long ones are not tried."""
    return len(text) <= _LONGEST and pattern.match(text) is not None
