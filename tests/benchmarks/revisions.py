"""Seventeen ways to revise an article, each with the truth about where a passage of it went."""

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.benchmarks.invented import ARABIC, MARKS, PLAIN, sentence


@dataclass
class Letter:
    """One code point of a text that is being revised, and whether it belongs to the passage."""

    text: str
    inside: bool


Letters = list[Letter]


def letters(text: str, start: int, end: int) -> Letters:
    """The text with its passage marked."""
    return [Letter(one, start <= at < end) for at, one in enumerate(text)]


def truth(revised: Letters) -> tuple[int, int] | None:
    """Where the passage stands after the revision, white space at its ends aside, or None when it is gone."""
    places = [at for at, one in enumerate(revised) if one.inside and not one.text.isspace()]
    return (places[0], places[-1] + 1) if places else None


def _plain(text: str, inside: bool = False) -> Letters:
    return [Letter(one, inside) for one in text]


def _split(revised: Letters, separator: str) -> list[Letters]:
    parts: list[Letters] = [[]]
    for one in revised:
        parts[-1].append(one)
        if one.text == separator:
            parts.append([])
    return [part for part in parts if part]


def _words(revised: Letters) -> list[Letters]:
    parts: list[Letters] = [[]]
    for one in revised:
        if parts[-1] and one.text.isspace() != parts[-1][-1].text.isspace():
            parts.append([])
        parts[-1].append(one)
    return [part for part in parts if part]


def _has_passage(part: Letters) -> bool:
    return any(one.inside for one in part)


def _join(parts: list[Letters]) -> Letters:
    return [one for part in parts for one in part]


def _is_arabic(revised: Letters) -> bool:
    return sum("\u0600" <= one.text <= "\u06ff" for one in revised) * 2 > len(revised)


def _new_paragraph(rng: random.Random, revised: Letters) -> Letters:
    arabic = _is_arabic(revised)
    return _plain(" ".join(sentence(rng, arabic) for _ in range(rng.randint(1, 4))) + "\n\n")


def inserted(rng: random.Random, revised: Letters) -> Letters:
    """Paragraphs and menu lines appear anywhere."""
    parts = _split(revised, "\n")
    for _ in range(rng.randint(1, 5)):
        places = [
            at for at in range(len(parts)) if not (at and _has_passage(parts[at]) and _has_passage(parts[at - 1]))
        ]
        parts.insert(rng.choice(places), _new_paragraph(rng, revised))
    return _join(parts)


def deleted_elsewhere(rng: random.Random, revised: Letters) -> Letters:
    """Other paragraphs go."""
    return _join([part for part in _split(revised, "\n") if _has_passage(part) or rng.random() < 0.6])


def rewrapped(rng: random.Random, revised: Letters) -> Letters:
    """White space changes everywhere."""
    wrapped: Letters = []
    for one in revised:
        if one.text.isspace() and one.text == " ":
            wrapped += _plain(rng.choice([" ", "\n", "\u00a0", "  ", "\t"]), one.inside)
        else:
            wrapped.append(one)
    return wrapped


def retyped(rng: random.Random, revised: Letters) -> Letters:
    """Typographic signs, accents and vowel marks change; the words do not."""
    table = {"“": '"', "”": '"', "—": "-", "…": "...", "’": "'"}
    form = rng.choice(["NFD", "NFC"])
    result: Letters = []
    for one in revised:
        if one.text in MARKS and rng.random() < 0.7:
            continue
        result += _plain(unicodedata.normalize(form, table.get(one.text, one.text)), one.inside)
        if "\u0628" <= one.text <= "\u0642" and rng.random() < 0.05:
            result += _plain("\u0640", one.inside)
    return _plain("\u200f") + result if rng.random() < 0.5 else result


def _typo(rng: random.Random, word: Letters) -> Letters:
    at, inside = rng.randrange(len(word)), word[0].inside and word[-1].inside
    alphabet = "ابتسملنر" if "\u0600" <= word[at].text <= "\u06ff" else "aeinorst"
    wrong = _plain(rng.choice(alphabet), word[at].inside or inside)
    return rng.choice(
        [
            word[:at] + wrong + word[at + 1 :],
            word[:at] + word[at + 1 :] or wrong,
            word[: at + 1] + wrong + word[at + 1 :],
        ]
    )


def typos_elsewhere(rng: random.Random, revised: Letters) -> Letters:
    """Letters change all around the passage."""
    return _join(
        [
            _typo(rng, word) if not _has_passage(word) and word[0].text.strip() and rng.random() < 0.12 else word
            for word in _words(revised)
        ]
    )


def _inner(revised: Letters) -> list[int]:
    return [at for at, word in enumerate(_words(revised)) if all(one.inside for one in word) and word[0].text.strip()]


def typos_inside(rng: random.Random, revised: Letters) -> Letters:
    """One to three words of the passage are misspelt."""
    words, inner = _words(revised), _inner(revised)
    for at in rng.sample(inner, min(len(inner), rng.randint(1, max(1, len(inner) // 4)))):
        words[at] = _typo(rng, words[at])
    return _join(words)


def replaced_inside(rng: random.Random, revised: Letters) -> Letters:
    """Some words of the passage are others now."""
    words, inner = _words(revised), _inner(revised)
    if len(inner) < 3:
        return typos_elsewhere(rng, revised)
    stock = ARABIC if _is_arabic(revised) else PLAIN
    for at in rng.sample(inner, min(len(inner), max(1, len(inner) // 5))):
        words[at] = _plain(rng.choice(stock), True)
    return _join(words)


def inserted_inside(rng: random.Random, revised: Letters) -> Letters:
    """Words are put in between those of the passage."""
    words, inner = _words(revised), _inner(revised)
    if len(inner) < 2:
        return typos_elsewhere(rng, revised)
    stock = ARABIC if _is_arabic(revised) else PLAIN
    at = rng.choice(inner[1:])
    own = "".join(one.text for one in revised if one.inside)
    new = [word for word in stock if word not in own]
    count = rng.randint(1, max(1, len(inner) // 4))
    words.insert(at, _plain("".join(rng.choice(new) + " " for _ in range(count)), True))
    return _join(words)


def deleted_inside(rng: random.Random, revised: Letters) -> Letters:
    """Some words of the passage are gone."""
    words, inner = _words(revised), _inner(revised)
    chosen = set(rng.sample(inner, len(inner) // 5))
    return _join([word for at, word in enumerate(words) if at not in chosen])


def moved(rng: random.Random, revised: Letters) -> Letters:
    """The paragraphs of the passage stand elsewhere now."""
    parts = _split(revised, "\n")
    own = [part for part in parts if _has_passage(part)]
    others = [part for part in parts if not _has_passage(part)]
    at = rng.randrange(len(others) + 1)
    return _join(others[:at]) + _join(own) + _plain("\n") + _join(others[at:])


def surroundings_rewritten(rng: random.Random, revised: Letters) -> Letters:
    """The sentences right before and after are others now."""
    inside = [at for at, one in enumerate(revised) if one.inside]
    first, last = inside[0], inside[-1] + 1
    before, after = max(0, first - rng.randint(30, 120)), min(len(revised), last + rng.randint(30, 120))
    arabic = _is_arabic(revised)
    return (
        revised[:before]
        + _plain(" " + sentence(rng, arabic) + " ")
        + revised[first:last]
        + _plain(" " + sentence(rng, arabic) + " ")
        + revised[after:]
    )


def quoted_elsewhere(rng: random.Random, revised: Letters) -> Letters:
    """The passage's own words are repeated in a pull quote or a comment."""
    copy = _plain("".join(one.text for one in revised if one.inside))
    parts = _split(revised, "\n")
    places = [at for at in range(len(parts)) if not (at and _has_passage(parts[at]) and _has_passage(parts[at - 1]))]
    parts.insert(rng.choice(places), _plain("“") + copy + _plain("”\n"))
    return _join(parts)


def shuffled(rng: random.Random, revised: Letters) -> Letters:
    """All paragraphs in another order, those of the passage together."""
    groups: list[Letters] = []
    before = False
    for part in _split(revised, "\n"):
        if before and _has_passage(part):
            groups[-1] = groups[-1] + part
        else:
            groups.append(part)
        before = _has_passage(part)
    rng.shuffle(groups)
    return _join([group + _plain("\n") for group in groups])


def revised_all_over(rng: random.Random, revised: Letters) -> Letters:
    """Several of the others, one after the other."""
    for revise in rng.sample([inserted, deleted_elsewhere, rewrapped, retyped, typos_elsewhere], 3):
        revised = revise(rng, revised)
    return revised


def sentence_deleted(rng: random.Random, revised: Letters) -> Letters:
    """The passage is gone; what stood around it is still there."""
    return [one for one in revised if not one.inside]


def paragraph_deleted(rng: random.Random, revised: Letters) -> Letters:
    """The passage is gone with the paragraph that it stood in."""
    return _join([part for part in _split(revised, "\n") if not _has_passage(part)])


def similar_instead(rng: random.Random, revised: Letters) -> Letters:
    """Another sentence, perhaps of the same pattern, stands in its place."""
    inside = [at for at, one in enumerate(revised) if one.inside]
    return revised[: inside[0]] + _plain(sentence(rng, _is_arabic(revised))) + revised[inside[-1] + 1 :]


def has_twin(text: str, at: tuple[int, int]) -> bool:
    """Whether the passage's line stands twice: once such lines move, nothing tells which was which."""
    start, end = text.rfind("\n", 0, at[0]) + 1, text.find("\n", at[1])
    line = text[start : end if end >= 0 else len(text)].strip()
    return [one.strip() for one in text.split("\n")].count(line) > 1


UNDECIDABLE: Final = (moved, shuffled, paragraph_deleted)
"""Revisions after which a line that stands twice has no true place."""

SURVIVED: Final[tuple[Callable[[random.Random, Letters], Letters], ...]] = (
    inserted, deleted_elsewhere, rewrapped, retyped, typos_elsewhere, typos_inside, replaced_inside,
    inserted_inside, deleted_inside, moved, surroundings_rewritten, quoted_elsewhere, shuffled,
    revised_all_over,
)  # fmt: skip
GONE: Final[tuple[Callable[[random.Random, Letters], Letters], ...]] = (
    sentence_deleted, paragraph_deleted, similar_instead,
)  # fmt: skip
