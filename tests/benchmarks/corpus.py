"""A corpus for the benchmark of search: made up, repeatable, shaped like news.

Words follow Zipf's law and new ones keep coming (Heaps' law); each article returns to its own few rare
words, as real articles do; names come from lists of spellings and an article keeps to one; a few words
are misspelled.
"""

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

COMMON: Final = (  # noqa: SIM905
    "the of and to in a is that for it was on with as by at from be are this have has had not but were "
    "which their they he she his her its an or will who said would there been when one all more new "
    "after two about than into some could other over up out also only first last most between during "
    "under while against year years people government officials forces city told reports since where "
    "both before because three many week day country"
).split()
"""The words that hold a text together; the rest of the vocabulary is made up from syllables."""

NAMES: Final = (
    ("Nujaifi", "Nujayfi", "Nujaify"),
    ("Qayyarah", "Qayara", "Gayara", "Qayarah"),
    ("muqawama", "mukawama", "muqawamah", "moqawama"),
    ("Muhammad", "Mohamed", "Mohammed", "Muhamad", "Mohammad"),
    ("Hussein", "Husayn", "Hussain", "Husain"),
    ("Gaddafi", "Qadhafi", "Kadhafi", "Ghaddafi"),
    ("Sulaymaniyah", "Suleimaniya", "Sulaimaniyah"),
    ("Da'esh", "Daesh", "Daish"),
    ("Baghdadi", "Bagdadi", "Baghdady"),
    ("Fallujah", "Falluja", "Faluja"),
    ("Khalid", "Khaled", "Kaled"),
    ("Haider", "Haydar", "Haidar"),
    ("Barzani", "Barazani", "Berzani"),
    ("Zarqawi", "Zarkawi", "Zarqaoui"),
    ("Tikrit", "Takrit", "Tekrit"),
    ("Shirqat", "Shergat", "Sharqat"),
    ("Abdullah", "Abdallah", "Abdulla"),
    ("Ibrahim", "Ebrahim", "Ibraheem"),
    ("Yusuf", "Youssef", "Yousuf", "Yousef"),
    ("Talabani", "Talibani", "Talebani"),
    ("Peshmerga", "Pashmerga", "Peshmarga"),
    ("Hawija", "Hawijah", "Haweeja"),
    ("Maliki", "Malaki", "Maleki"),
    ("Sinjar", "Sinjaar", "Senjar"),
)

_SYLLABLES: Final = (  # noqa: SIM905
    "ba be bi bo bra bri ca ce co cla cre da de di do dra e fa fe fi fo fla ga ge go gra ha he hi ho i "
    "in ja jo ka ke la le li lo lu ma me mi mo mu na ne ni no o pa pe pi po pla pre pro ra re ri ro ru "
    "sa se si so sta sti stra ta te ti to tra tri u un va ve vi vo wa we wi za"
).split()
_CODAS: Final = ("", "", "", "n", "r", "l", "s", "t", "m", "nt", "st", "ck", "rd", "ng")
_ENDINGS: Final = ("", "", "", "", "s", "ed", "ing", "er", "ly", "tion", "ment", "al", "ity", "ness")
_CONSONANTS: Final = (
    "b",
    "d",
    "f",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "q",
    "r",
    "s",
    "sh",
    "t",
    "z",
    "kh",
    "gh",
    "bb",
    "mm",
)
_SPELLED: Final = (
    ("q", "k"), ("k", "q"), ("z", "dh"), ("i", "e"), ("u", "o"), ("a", "e"), ("ai", "ay"), ("bb", "b"), ("mm", "m"),
    ("l", "ll"), ("r", "rr"), ("gh", "g"), ("u", "ou"),
)  # fmt: skip
_PARTS: Final = ("exact", "prefix", "typo", "transliteration", "typo and prefix")
_WORDS_PER_ARTICLE: Final = 540
_NAMES: Final = 300
_VOCABULARY: Final = 180_000
_KNEE: Final = 6_000


@dataclass
class Written:
    """One article of the corpus: its text, and the distinctive words that an analyst would remember of it."""

    name: str
    text: str
    names: list[str]
    subjects: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    """A query for one known article, with the kind of imperfection it has."""

    kind: str
    text: str
    article: str


class Corpus:
    """`count` articles, the same ones for the same seed, made one by one."""

    def __init__(self, count: int, seed: int = 7) -> None:
        self.count = count
        self._seed = seed
        chance = random.Random(seed)
        self._words = list(COMMON)
        known = set(self._words)
        while len(self._words) < _VOCABULARY:
            word = "".join(chance.choices(_SYLLABLES, k=chance.choice((1, 2, 2, 2, 3, 3))))
            word += chance.choice(_CODAS) + chance.choice(_ENDINGS)
            if len(word) > 2 and word not in known:
                known.add(word)
                self._words.append(word)
        self._names = list(NAMES)
        while len(self._names) < _NAMES:
            self._names.append(_made_up_name(chance))
        self._name_weights = list(accumulate(1 / (rank + 10) for rank in range(_NAMES)))
        self._weights = list(accumulate(_share(rank) for rank in range(len(self._words))))

    def articles(self) -> Iterator[Written]:
        """The articles in order."""
        for number in range(self.count):
            yield self.article(number)

    def article(self, number: int) -> Written:
        """One article, by its number."""
        chance = random.Random(self._seed * 1_000_003 + number)
        length = max(80, int(chance.gauss(_WORDS_PER_ARTICLE, 220)))
        words = [self._words[bisect(self._weights, chance.random() * self._weights[-1])] for _ in range(length)]
        subjects = [self._words[chance.randrange(1_000, 20_000)] for _ in range(6)]
        groups = dict.fromkeys(chance.choices(self._names, cum_weights=self._name_weights, k=3))
        names = [chance.choice(spellings) for spellings in groups]
        for special in (*subjects, *names):
            for _ in range(chance.randint(1, 3)):
                words[chance.randrange(length)] = special
        if chance.random() < 0.5:
            place = chance.randrange(length)
            words[place] = slip(words[place], chance)
        return Written(f"outlet-{number % 40:02}/{number:07}.txt", _sentences(words, chance), names, subjects)

    def questions(self, most: int, seed: int = 11) -> list[Question]:
        """Queries for known articles: as many of each kind as will go into `most`."""
        chance = random.Random(seed)
        made: list[Question] = []
        while len(made) < most:
            written = self.article(chance.randrange(self.count))
            made.append(self._question(_PARTS[len(made) % len(_PARTS)], written, chance))
        return made

    def _question(self, kind: str, written: Written, chance: random.Random) -> Question:
        """Two remembered words and a name, made imperfect in the way of the kind."""
        here = [word for word in dict.fromkeys(written.subjects) if f" {word}" in written.text and len(word) > 4]
        names = [name for name in written.names if name in written.text] or written.names
        one, two = chance.sample(here, 2) if len(here) > 1 else (here * 2 or written.subjects)[:2]
        name = chance.choice(names)
        if kind == "typo":
            one = slip(one, chance)
        elif kind == "transliteration":
            spellings = next(group for group in self._names if name in group)
            name = chance.choice([other for other in spellings if other != name])
        elif kind == "prefix":
            two = two[: max(3, len(two) - chance.randint(1, 3))]
        elif kind == "typo and prefix":
            one = slip(one, chance)
            two = two[: max(3, len(two) - chance.randint(1, 3))]
        return Question(kind, f"{name.lower()} {one} {two}", written.name)


def _made_up_name(chance: random.Random) -> tuple[str, ...]:
    """A name in three or four spellings, as transliterations differ: vowels, doubles, q or k, y or i, h
    or not.
    """
    sounds = [chance.choice(_CONSONANTS) + chance.choice("aiu") for _ in range(chance.choice((2, 3, 3)))]
    base = "".join(sounds) + chance.choice(_CONSONANTS)
    end = chance.choice(("", "a", "i"))
    spellings = dict.fromkeys([(base + end).capitalize()])
    for _ in range(40):
        other = base
        for plain, changed in chance.sample(_SPELLED, 3):
            other = other.replace(plain, changed, 1)
        other += {"a": chance.choice(("a", "ah", "eh")), "i": chance.choice(("i", "y", "ee"))}.get(end, "")
        spellings[other.capitalize()] = None
        if len(spellings) == 4:
            break
    return tuple(spellings)


def _share(rank: int) -> float:
    """How common the word of a rank is: Zipf's law, falling faster where the words become rare."""
    return 1 / (rank + 2.7) * min(1.0, _KNEE / (rank + 1))


def slip(word: str, chance: random.Random) -> str:
    """The word with one letter dropped, doubled, swapped or replaced, never the first; short words stay."""
    if len(word) < 5:
        return word
    place = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place] + word[place:]
    if kind == 2:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[place + 1 :]


def _sentences(words: list[str], chance: random.Random) -> str:
    """Words as sentences and paragraphs."""
    parts: list[str] = []
    at = 0
    while at < len(words):
        length = chance.randint(8, 28)
        sentence = words[at : at + length]
        sentence[0] = sentence[0][:1].upper() + sentence[0][1:]
        if len(sentence) > 14:
            sentence[6] += ","
        parts.append(" ".join(sentence) + (".\n\n" if chance.random() < 0.25 else ". "))
        at += length
    return "".join(parts)
