"""Words as search sees them: one normal form for spellings that mean the same, one key for transliterations.

`normalise` removes what a typist leaves out (case, diacritics, apostrophes, ligatures, presentation forms).
`fold_key` goes further and joins the ways in which one Arabic or Cyrillic name is written in Latin
letters, and the name in its own script: Nujaifi, Nujayfi and النجيفي share a key. A key is a first sieve:
words that share one are then compared by their `soft_form`.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from reader.text.span import Span

APOSTROPHES: Final = "'\u2018\u2019\u201b\u02bb\u02bc\u02bd\u02be\u02bf\u02b9\u0060\u00b4\u2032\uff07\u05f3\u05f4"
_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
)
_INDIC: Final = "\u0900-\u0963\u0971-\u0dff\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u1049"
_JOINERS: Final = "\u200c\u200d\u0640"
_IDEOGRAPHS: Final = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"

_LETTER: Final = rf"(?:[^\W_{_IDEOGRAPHS}]|[{_MARKS}{_INDIC}{_JOINERS}])"
WORD: Final = re.compile(
    rf"[{_IDEOGRAPHS}]"  # scripts without spaces: one sign is one word
    r"|(?<![^\W_])(?:[A-Z]\.){2,}(?:[A-Z](?![^\W_]))?"  # U.S., I.S.I.L
    rf"|(?<![^\W_])\d{{1,3}}(?:,\d{{3}})+(?![{APOSTROPHES}]?{_LETTER})"  # 1,500
    rf"|{_LETTER}+(?:[{APOSTROPHES}]{_LETTER}+)*"
)
"""A word of any script; numbers keep their thousands marks, dotted capitals their dots."""

# The same words of plain ASCII, found at the speed of the string methods instead of a match for each.
_DOTTED: Final = re.compile(r"\.[A-Z]\.")
_DOTTED_WORD: Final = re.compile(r"(?<![A-Za-z0-9])(?<![A-Za-z0-9]')(?:[A-Z]\.){2,}(?:[A-Z](?![A-Za-z0-9]))?")
_THOUSANDS: Final = re.compile(r",\d{3}(?![A-Za-z0-9])")
_NUMBER: Final = re.compile(r"(?<![A-Za-z0-9])(?<![A-Za-z0-9]')\d{1,3}(?:,\d{3})+(?!'?[A-Za-z0-9])")
_STRAY_LEFT: Final = re.compile(r"'(?![a-z0-9])")
_STRAY_RIGHT: Final = re.compile(r"'(?<![a-z0-9]')")
_POSSESSIVE: Final = re.compile(r"'s(?!\S)")
_ELIDED: Final = re.compile(r"(?<!\S)(?:[ld]|(?:jus|lors|puis)?qu)'(?=[aeiouyh])")
"""What French and Italian write before a vowel in one with the word: l'Élysée, d'État, qu'elle, l'Italia."""
_PLAIN: Final = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | {39: "'"}

_MARK: Final = re.compile(f"[{_MARKS}{_JOINERS}]")
_SAME_LETTER: Final = {
    "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h", "ŧ": "t",
    "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ٱ": "ا",
    "ک": "ك", "ڪ": "ك", "ء": "", "ۆ": "و", "ۇ": "و",
}  # fmt: skip


class _Normal(dict[int, str]):
    """The normal form of each sign, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        form = _normal_sign(chr(code))
        self[code] = form
        return form


def _normal_sign(sign: str) -> str:
    if sign in APOSTROPHES:
        return "'"
    if _MARK.match(sign) or sign in ".,":
        return ""
    if not (sign.isalnum() or re.match(f"[{_INDIC}]", sign)):
        return sign if sign.isascii() else " "
    form = sign
    for _ in range(3):  # some forms open into others that open again
        form = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", form).casefold())
        form = "".join(
            str(unicodedata.decimal(part)) if part.isdecimal() else _SAME_LETTER.get(part, part)
            for part in form
            if (part.isalnum() or re.match(f"[{_INDIC}]", part)) and part not in APOSTROPHES and not _MARK.match(part)
        )
    return form


_NORMAL: Final = _Normal()

ARTICLES: Final = frozenset(
    "al el ul ad ed ar er as es ash esh an en at et ath az ez adh".split()  # noqa: SIM905
)
"""Definite articles in Latin letters, as they stand before a hyphen (al-Nujaifi, ash-Shirqat)."""

_TO_LATIN: Final = str.maketrans(
    {
        # Arabic and its relatives, by sound class: emphatic and plain letters are written alike.
        "ا": "a", "أ": "a", "إ": "a", "آ": "a", "ع": "a", "ب": "b", "پ": "p", "ت": "t", "ط": "t", "ث": "D",
        "ج": "j", "چ": "k", "ح": "h", "ه": "h", "خ": "k", "غ": "k", "ق": "k", "ك": "k", "گ": "k", "د": "d",
        "ذ": "d", "ض": "d", "ظ": "d", "ز": "d", "ژ": "d", "ر": "r", "س": "s", "ص": "s", "ش": "S", "ف": "f",
        "ڤ": "f", "ل": "l", "م": "m", "ن": "n", "و": "w", "ي": "i", "ئ": "i", "ؤ": "w",
        "а": "a", "б": "b", "в": "f", "г": "k", "ґ": "k", "д": "d", "е": "i", "ё": "i", "ж": "d", "з": "d",
        "и": "i", "й": "i", "і": "i", "ї": "i", "є": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "u",
        "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "k", "ц": "ts", "ч": "k", "ш": "S",
        "щ": "Sk", "ъ": None, "ы": "i", "ь": None, "э": "i", "ю": "iu", "я": "ia",
        # Latin, by the same classes.
        "q": "k", "g": "k", "c": "k", "z": "d", "v": "f", "y": "i", "e": "i", "o": "u", "x": "ks",
    }
)  # fmt: skip
_ARABIC_ARTICLE: Final = re.compile(r"(?m)^(?:[وفبك]?ال|لل)(?=\w{2})")
_DIGRAPHS: Final = (("tkh", "k"), ("dj", "j"), ("kh", "k"), ("dh", "d"), ("th", "D"), ("sh", "S"), ("ph", "f"))
_DOUBLES: Final = "abdDfhijklmnprsStuw"
_CAPITALS: Final = re.compile(b"AA+")
_AS_CAPITALS: Final = bytes(ord("A") if 65 <= code <= 90 else 32 for code in range(256))
_LEAST_LETTERS: Final = 3
_WEAK: Final = str.maketrans("", "", "aiuw")


_ATTACHED: Final = (*"وفبكل", "ال", *(particle + "ال" for particle in "وفبك"), "لل")
"""What Arabic writes before a word in one with it: "and", "then", "with", "as", "for", the article, and several."""
_ARABIC: Final = re.compile("[\u0620-\u064a]{3,}")
_IDEOGRAPH: Final = re.compile(f"[{_IDEOGRAPHS}]")


class Word(NamedTuple):
    """A word of a text: its code points and its normal form."""

    start: int
    end: int
    normal: str


def normalise(word: str) -> str:
    """The form in which words are compared: "Da’esh" and "DAESH" give `daesh`, "Nujaifi's" gives `nujaifi`.

    Case, diacritics, apostrophes, ligatures, presentation forms, Arabic letter variants and the marks inside
    1,500 and U.S. go. Works word by word on several words divided by single spaces, and changes nothing when
    it is applied again to its own result.
    """
    folded = word.translate(_NORMAL)
    if "'" in folded:
        folded = _POSSESSIVE.sub("", _ELIDED.sub("", folded)).replace("'", "")
    return folded


def words(text: str, span: Span | None = None) -> list[Word]:
    """Every word of the text, or of the part that `span` covers, in order, with its normal form."""
    start, end = (span.start, span.end) if span else (0, len(text))
    matches = list(WORD.finditer(text, start, end))
    normals = normalise("\n".join([match[0] for match in matches])).split("\n")
    return [
        Word(match.start(), match.end(), normal)
        for match, normal in zip(matches, normals, strict=False)
        if normal and " " not in normal
    ]


def normal_text(text: str) -> str:
    """The normal forms of all words, divided by spaces: what an index stores of a text."""
    plain = text if text.isascii() else _as_ascii(text)
    if plain is None:
        joined = normalise(" ".join(WORD.findall(text)))
        return " ".join(joined.split())
    plain = plain.replace("`", "'")
    if _DOTTED.search(plain):
        plain = _DOTTED_WORD.sub(lambda match: match[0].replace(".", "") + " ", plain)
    if _THOUSANDS.search(plain):
        plain = _NUMBER.sub(lambda match: match[0].replace(",", ""), plain)
    plain = plain.translate(_PLAIN)
    if "'" in plain:
        plain = _STRAY_RIGHT.sub(" ", _STRAY_LEFT.sub(" ", plain))
        if " l'" in plain or " d'" in plain or "qu'" in plain or plain[1:2] == "'":
            plain = _ELIDED.sub("", plain)
        plain = _POSSESSIVE.sub("", plain).replace("'", "")
    return plain


def letters(text: str) -> str | None:
    """The text sign for sign, its words in small ASCII letters and digits, what divides them as spaces, and
    apostrophes inside words; None for a text whose words are not all the runs in it, or not of the same length.
    """
    plain = text if text.isascii() else _as_ascii(text)
    if plain is None or len(plain) != len(text) or _DOTTED.search(plain) or _THOUSANDS.search(plain):
        return None
    plain = plain.replace("`", "'").translate(_PLAIN)
    return _STRAY_RIGHT.sub(" ", _STRAY_LEFT.sub(" ", plain)) if "'" in plain else plain


def _as_ascii(text: str) -> str | None:
    """The text with its few other signs replaced by what they count for, or None where that is not ASCII."""
    for sign in set(text):
        if not sign.isascii():
            form = _NORMAL[ord(sign)]
            if not form.isascii() or not form or re.match(f"[{_INDIC}{_IDEOGRAPHS}]", sign):
                return None
            text = text.replace(sign, form)
    return text


def capitals(text: str) -> str:
    """The runs of two or three capitals, in lower case: what tells "IS" from "is"."""
    shape = text.encode("ascii", "replace").translate(_AS_CAPITALS)  # a byte for each code point, faster to search
    runs = (run.span() for run in _CAPITALS.finditer(shape))
    return " ".join(text[start:end] for start, end in runs if end - start < 4).lower()


def soft_forms(normal_words: Sequence[str]) -> list[str]:
    """For each normalised word, its Latin sound with three vowels (a, i, u), without doubles and inner h.

    S stands for sh and D for th, which keys do not tell from s and d.
    """
    block = "\n" + "\n".join(normal_words) + "\n"
    if not block.isascii():
        block = _ARABIC_ARTICLE.sub("", block)
    block = block.translate(_TO_LATIN)
    for pair, single in _DIGRAPHS:
        block = block.replace(pair, single)
    for letter in _DOUBLES:
        block = block.replace(letter * 3, letter).replace(letter * 2, letter)
    block = block.replace("\nh", "\nH").replace("h", "").replace("H", "h")
    return block[1:-1].split("\n") if normal_words else []


def fold_keys(normal_words: Sequence[str]) -> list[str]:
    """For each normalised word, the key that it shares with its transliterations, or "" where it has none.

    Words with digits, under three letters, or with fewer than two sounds left have no key.
    """
    block = "\n" + "\n".join(soft_forms(normal_words))
    for vowel in "aiu":
        block = block.replace("\n" + vowel, "\nA")
    block = block.replace("\nw", "\nW")
    for weak in "aiuw":
        block = block.replace(weak, "")
    keys = block.lower()[1:].split("\n") if normal_words else []
    return [
        key if len(key) > 1 and len(word) >= _LEAST_LETTERS and word.isalpha() else ""
        for key, word in zip(keys, normal_words, strict=True)
    ]


def skeleton(soft: str) -> str:
    """A soft form without its vowels."""
    return soft.translate(_WEAK)


def soft_form(word: str) -> str:
    """The `soft_forms` of one word, in any spelling."""
    return soft_forms([normalise(word)])[0]


def fold_key(word: str) -> str:
    """The key that a word shares with its transliterations ("" where it has none), in any spelling."""
    return fold_keys([normalise(word)])[0]


def attached(normal_word: str) -> tuple[str, ...]:
    """An Arabic word without its article, and with all that may be written in one with it; none for other words."""
    if not _ARABIC.fullmatch(normal_word):
        return ()
    bare = _ARABIC_ARTICLE.sub("", normal_word)
    if len(bare) < _LEAST_LETTERS:
        bare = normal_word
    return (bare, *(before + bare for before in _ATTACHED), *(particle + normal_word for particle in "وف"))


def is_ideograph(sign: str) -> bool:
    """Whether it is one sign of a script without spaces, which counts as a word."""
    return _IDEOGRAPH.fullmatch(sign) is not None


def without_article(normal_word: str) -> str:
    """A long normalised word without a glued Latin article: `alnujaifi` gives `nujaifi`; others as they
    are.
    """
    if len(normal_word) > 6 and normal_word.isascii() and normal_word[:2] in ("al", "el", "an", "ar", "as"):
        return normal_word[2:]
    return normal_word


def same_script(words_compared: Iterable[str]) -> bool:
    """Whether all the normalised words are in Latin letters, or none is."""
    return len({word.isascii() for word in words_compared}) < 2
