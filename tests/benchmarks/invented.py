"""Invented captures in English and Arabic, and passages in them as an analyst marks them."""

import random
import unicodedata
from typing import Final

NAMES: Final = [
    "Idris Vale",
    "Mara Quill",
    "al-Jubran",
    "Oskar Brandt",
    "Leyla Tamm",
    "Governor Ruiz",
    "Abu Samir",
]
PLACES: Final = ["Port Ansel", "the Kettle Strait", "Dorn", "Upper Mill", "Qasr al-Nahr", "the eastern quay"]
THINGS: Final = ["crates", "ferries", "houses", "permits", "wagons", "families", "generators", "vessels"]
ACTS: Final = ["denied", "confirmed", "announced", "disputed", "repeated", "withdrew", "welcomed", "feared"]
WHENS: Final = ["on Monday", "late last week", "in the spring", "before dawn", "on 3 March", "a day later"]
PLAIN: Final = [
    "the", "of", "a", "to", "and", "in", "that", "was", "for", "on", "had", "with", "as", "at", "by",
    "were", "from", "it", "not", "been", "which", "after", "but", "two", "their", "no", "more", "other",
    "could", "only", "first", "new", "between", "over", "harbour", "council", "storm", "repair", "supply",
    "report", "member", "price", "season", "water", "grain", "market", "guard", "road", "bridge",
    "station", "record", "letter", "worker", "owner", "price", "plan", "officer", "crew",
]  # fmt: skip
ARABIC_NAMES: Final = ["الوالي سالم", "ليلى حدّاد", "أبو سمير", "النقيب فارس", "مريم الجبران"]
ARABIC_PLACES: Final = ["ميناء عنسل", "قصر النهر", "الرصيف الشرقي", "الجسر القديم"]
ARABIC: Final = [
    "في", "من", "على", "إلى", "عن", "بعد", "قبل", "خلال", "السفن", "المدينة", "العاصفة", "التقرير",
    "الطريق", "المياه", "السوق", "العمال", "الحرس", "الجسر", "أعلن", "نفى", "أكد", "قال", "إن", "الذي",
    "التي", "مجلس", "سكان", "عودة", "خسائر", "المرفأ", "الليلة", "أمس", "غدا",
]  # fmt: skip
TRAY: Final = [
    "Reply Share Report",
    "Share this story",
    "READ MORE: What the storm left behind",
    "Advertisement",
]
MARKS: Final = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"


def sentence(rng: random.Random, arabic: bool = False) -> str:
    """One invented sentence; some share a pattern, so that different sentences are alike."""
    if arabic:
        words = [rng.choice(ARABIC) for _ in range(rng.randint(4, 14))]
        words[0:0] = ["قال", rng.choice(ARABIC_NAMES), "إن"] if rng.random() < 0.5 else [rng.choice(ARABIC_PLACES)]
        if rng.random() < 0.3:
            words.append(f"({rng.choice(PLACES)}, {rng.randint(2, 90)} km)")
        text = " ".join(words)
        if rng.random() < 0.4:
            text = "".join(one + (rng.choice(MARKS) if one.isalpha() and rng.random() < 0.3 else "") for one in text)
        return unicodedata.normalize("NFC", text) + rng.choice([".", ".", "؟", "،"])
    kind = rng.random()
    name, place, thing = rng.choice(NAMES), rng.choice(PLACES), rng.choice(THINGS)
    if kind < 0.35:
        number = f"{rng.randint(2, 9)},{rng.randint(0, 9)}00"
        return f"{name} {rng.choice(ACTS)} {rng.choice(WHENS)} that {number} {thing} were lost near {place}."
    if kind < 0.5:
        words = " ".join(rng.choice(PLAIN) for _ in range(rng.randint(4, 12)))
        return f"“{words.capitalize()},” {name} said {rng.choice(WHENS)} — and left for {place}."
    words = " ".join(rng.choice(PLAIN) for _ in range(rng.randint(5, 20)))
    return f"{words.capitalize()}{rng.choice(['.', '.', '…', '?'])}"


def document(rng: random.Random) -> str:
    """An invented capture: menu, headline twice, caption twice, paragraphs, comments that repeat."""
    arabic = rng.random() < 0.3
    mixed = arabic and rng.random() < 0.4

    def line() -> str:
        return sentence(rng, arabic and not (mixed and rng.random() < 0.5))

    headline = line()[:60].rstrip(" .…,")
    caption = line()
    parts = [" ".join(rng.choice(PLAIN) for _ in range(12)), headline, headline, caption]
    said: list[str] = []
    for _ in range(rng.randint(5, 22)):
        body = [line() for _ in range(rng.randint(1, 5))]
        if said and rng.random() < 0.3:
            body.insert(rng.randrange(len(body) + 1), rng.choice(said))
        said += body
        parts.append(" ".join(body))
        if rng.random() < 0.1:
            parts.append(rng.choice(TRAY))
    parts.append(caption)
    for number in range(rng.choice([0, 0, 3, 8])):
        parts += [
            f"{number + 1}. {rng.choice(NAMES)}",
            " ".join(line() for _ in range(rng.randint(1, 2))),
            TRAY[0],
        ]
    return "\n\n".join(parts) if rng.random() < 0.5 else "\n".join(parts)


def passage(rng: random.Random, text: str) -> tuple[int, int]:
    """A passage as an analyst marks it: words, a sentence, two, something short."""
    starts = [0] + [at + 1 for at, one in enumerate(text) if one.isspace() and text[at + 1 : at + 2].strip()]
    for _ in range(100):
        first = rng.randrange(len(starts))
        kind = rng.random()
        words = rng.randint(1, 2) if kind < 0.12 else rng.randint(3, 9) if kind < 0.6 else rng.randint(10, 45)
        start = starts[first]
        end = starts[first + words] if first + words < len(starts) else len(text)
        if rng.random() < 0.05:
            start += 1
        part = text[start:end].rstrip()
        if part.strip() and part == part.lstrip() and part[0] not in MARKS and "\n\n" not in part[:-1]:
            return start, start + len(part)
    return 0, min(len(text), 20)


def repeated_passage(rng: random.Random, text: str) -> tuple[int, int]:
    """A passage whose words stand several times, if the text has one."""
    for _ in range(60):
        start, end = passage(rng, text)
        if end - start >= 8 and text.count(text[start:end]) > 1:
            return start, end
    return passage(rng, text)
