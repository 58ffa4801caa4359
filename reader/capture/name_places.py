"""What stands around a name that may be an author's: who only reviewed or pictured, roles, addresses, biographies."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from reader.capture.article import Kind, Placed
from reader.capture.byline_leads import BARE_LEAD
from reader.capture.bylines import OCCUPATIONS, belongs, is_name
from reader.capture.given_names import GIVEN_NAMES
from reader.capture.lexicon import LINES_KEPT, tokens
from reader.text.wordlists import words_of

_CHECKED: Final = re.compile(
    r"(?:(?:reviewed|edited|checked|approved|translated|photo\w*|images?|pictures?|illustrat\w+|graphics?|artwork"
    r"|cover|video|music|styl\w+|design\w*|direct\w+|produced|presented|hosted|sponsored|powered|recommended|developed"
    r"|website|data|maps?|charts?|supported|funded|brought to you)\s+(?:and \w+\s+)?by"
    r"|(?:überprüft|bearbeitet|redigiert|übersetzt|illustriert|fotografiert) von"
    r"|(?:relu|corrigé|traduit|illustré|photographié)e?s? par|(?:editado|revisado|traducido|ilustrado) por"
    r"|ترجمة|تصوير|مراجعة|تدقيق)\b|\bfoto\w*\s?:|©",
    re.IGNORECASE,
)
_WRITTEN: Final = re.compile(
    r"(?:written|words|story|text|report|authored|posted|published|created|reporting)\s+by\b|(?:^|[|·•—–-]\s*)by\b",
    re.IGNORECASE,
)
"""What leads a name that did not only review, edit or picture."""
_WROTE: Final = re.compile(r"\b(?:written|words|story|text|report|authored|posted|published|reporting)\s+by\W*$", re.I)
_ADDRESS: Final = re.compile(r"\S+@\S+|@\w{3,}")
_AND: Final = words_of("and & und et y e و с и ve")
"""What stands alone on a line between two authors."""


@lru_cache(maxsize=LINES_KEPT)
def _announces(text: str) -> bool:
    """Whether a line does nothing but announce a name."""
    return BARE_LEAD.fullmatch(text) is not None


class Around:
    """What stands above and below a line, and which words the page writes small."""

    def __init__(self, lines: "Sequence[Placed]") -> None:
        caption = Kind.CAPTION
        self._pictured = [line.block.kind is caption for line in lines]
        self._text = [line.text.strip(" •*–—-\u00a0\t") for line in lines]
        self._leads = [len(text) <= 40 and _announces(text) for text in self._text]
        self._page = " ".join([line.text for line in lines if len(line.text) > 30])
        self._small: dict[str, bool] = {}

    def announced(self, number: int) -> bool:
        """Whether the line above only says "By" or "Author"; the description of a portrait may come between."""
        if number > 1 and self._pictured[number - 1]:
            number -= 1
        return number > 0 and self._leads[number - 1]

    def joined(self) -> dict[int, str]:
        """Lines that name authors one by one, below "By" or parted by "and": the first says all, the others nothing."""
        made: dict[int, str] = {}
        for number, text in enumerate(self._text):
            if len(text) > 40 or number in made:
                continue
            if text.casefold() in _AND:
                start, step = number - 1, 2
            elif self._leads[number]:
                start, step = number + 1, 1
            else:
                continue
            names, at = self._names_from(start, step)
            if len(set(names)) > 1:
                made |= dict.fromkeys(range(start, at), "") | {start: " and ".join(dict.fromkeys(names))}
        return made

    def _names_from(self, start: int, step: int) -> tuple[list[str], int]:
        """The names that stand on the lines from `start` on, and the line after them."""
        names: list[str] = []
        at = start
        while 0 <= at < len(self._text) and len(names) < 6:
            text = self._text[at].strip(" ,")
            if not is_name(text) or (step == 1 and names and text.split()[0].casefold() not in GIVEN_NAMES):
                break
            names.append(text)
            at += 1
            if at < len(self._text) and self._text[at].casefold() in _AND:
                at, step = at + 1, 2
            elif step == 2:
                break
        return names, at

    def checked(self, number: int, name: str) -> bool:
        """Whether the line, or the end of the one above, says of the name that it reviewed, edited or pictured."""
        before = self._text[number].partition(name)[0]
        if not before and number:
            before = self._text[number - 1][-40:]
        checked = [found.end() for found in _CHECKED.finditer(before)]
        written = [found.end() for found in _WRITTEN.finditer(before)]
        return bool(checked) and (not written or written[-1] < checked[-1])

    def tells(self, number: int, name: str) -> bool:
        """Whether the line is a sentence in which things are done by people, rather than one that says who wrote."""
        text = self._text[number]
        return len(text) > 100 and text.endswith((".", ".”", '."')) and not _WROTE.search(text.partition(name)[0])

    def signs(self, number: int, names: tuple[str, ...]) -> dict[str, float]:
        """The signs that the neighbours of the line and the words of the name give."""
        above = self._text[number - 1] if number else ""
        below = self._text[number + 1] if number + 1 < len(self._text) else ""
        words = tokens(names[0])
        rest = self._text[number].partition(names[-1])[2]
        under = self._text[number + 2] if number + 2 < len(self._text) else ""
        return {
            "name above": float(names[0] in above and len(above) < 80),
            "name below": float(names[0] in below and len(below) < 80),
            "over a lead": float(len(below) < 20 and bool(BARE_LEAD.fullmatch(below))),
            "role": float(any(_role(part) for part in (rest, below if len(below) < 60 else ""))),
            "checked": float(self.checked(number, names[0])),
            "small words": sum(map(self._written_small, words)) / (len(words) or 1),
            "only small words": float(bool(words) and all(map(self._written_small, words))),
            "given name": float(bool(words) and not GIVEN_NAMES.isdisjoint((words[0], words[0].split("-")[0]))),
            "top of the page": float(number < 3),
            "bio below": float(
                any(len(text) > 60 and text.startswith((names[0], names[0].split()[0])) for text in (below, under))
            ),
            "address": float(any(_ADDRESS.search(text) is not None for text in (rest[:60], below[:60]) if "@" in text)),
            "affiliated": float(bool(rest) and rest.startswith(",") and belongs(rest.strip(" ,.")[:80])),
        }

    def _written_small(self, word: str) -> bool:
        """Whether the page also writes the word with small letters alone, whatever signs stand around it."""
        if word not in self._small:
            self._small[word] = self._finds_small(word)
        return self._small[word]

    def _finds_small(self, word: str) -> bool:
        page, at = self._page, self._page.find(word)
        while at >= 0:
            start, end = at, at + len(word)
            while start and not page[start - 1].isspace():
                start -= 1
            while end < len(page) and not page[end].isspace():
                end += 1
            if page[start:end].strip(_SIGNS) == word and page[start:end].islower():
                return True
            at = page.find(word, end)
        return False


_SIGNS: Final = ".,;:!?()[]\"'“”‘’…"
"""What may stand around a word."""


def _role(text: str) -> bool:
    return any(word in OCCUPATIONS for word in tokens(text[:80]))
