"""Which language a text is in, by its small words."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from reader.capture.article import Block, Kind, Value

_TELLING: Final = {
    name: frozenset(words.split())
    for name, words in {
        "en": "the of and to a in is that for it on with as was at by are be from this have has had not but they which",
        "de": "der die das und den von zu mit sich des auf für ist im dem nicht ein eine auch als es an werden aus",
        "fr": "le la les de des du et un une est que qui dans pour par sur au aux ce pas plus ne sont avec il elle en",
        "es": "el la los las y del de un una que en por con para su al lo como más pero sus se es ha fue entre",
        "it": "il lo gli di che è per non sono una della dei nel alla con da si anche più come ma delle un la le",
        "pt": "o os do da em um uma não no na dos das ao pelo pela mais foi são seu sua que de e com para por",
        "nl": "het een van en dat op te zijn voor niet met aan de er maar om ook naar bij uit dan is wordt die",
        "sv": "och att det som en på är av för med den till inte om ett har jag var de kan men i från",
        "pl": "i w na z się nie do że jest to jak po od za przez oraz dla które ale o",
        "tr": "ve bir bu için da de ile olarak olan çok daha gibi sonra kadar ise ne en",
        "ru": "и в не на что с по как это он за к но из от о для его до так же был она все",
        "ar": "في من على إلى أن التي الذي هذا هذه عن مع كان كما قد ما لا أو بعد بين ذلك",
        "fa": "که از به در را با این است برای آن می های شد کرد و",
        "he": "של את על לא זה עם כי גם הוא היא אל כל",
        "el": "και το να του η της με που για από τον την στο",
    }.items()
}
_TOLD_BY: Final = {
    word: tuple(name for name, words in _TELLING.items() if word in words)
    for word in frozenset().union(*_TELLING.values())
}
"""The languages that each small word tells of."""
_LEAST: Final = 12
"""Small words that a text must hold before its language is named."""
_RUNNING: Final = frozenset({Kind.BODY, Kind.TITLE, Kind.STANDFIRST})
_SAMPLE: Final = 2000
"""Code points of the running text that are looked at."""


def language_of(text: str, blocks: Sequence[Block]) -> Value[str] | None:
    """The language of the running text as an ISO 639-1 code, or None where too little tells."""
    told: list[str] = []
    size = 0
    for block in blocks:
        if block.kind in _RUNNING:
            told.append(block.span.of(text))
            size += block.span.length + 1
            if size > _SAMPLE:
                break
    words = (" ".join(told) or text)[:_SAMPLE].casefold().split()
    scores = dict.fromkeys(_TELLING, 0)
    for word, count in Counter(filter(_TOLD_BY.__contains__, words)).items():
        for name in _TOLD_BY[word]:
            scores[name] += count
    (best, name), (second, _) = sorted(((score, name) for name, score in scores.items()), reverse=True)[:2]
    if best < _LEAST or best < 1.15 * second:
        return None
    return Value(name, "the small words of the text", min(0.99, 0.5 + best / 100))
