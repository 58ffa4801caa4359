"""A guess at the encoding of bytes that do not say: which reading looks most like writing."""

import re
from typing import Final
from unicodedata import category

SAMPLE: Final = 20_000
"""Bytes that a guess looks at."""

_LATIN: Final = "a-zA-ZÀ-ÖØ-öø-ÿĀ-žŒœŠšŸŽžƒ"
_SCRIPTS: Final = {
    "cp1252": _LATIN,
    "cp1250": _LATIN,
    "cp1254": _LATIN + "ĞğİıŞş",
    "cp1251": "А-яЁёЄєІіЇїЎўҐґ",
    "koi8-r": "А-яЁё",
    "cp866": "А-яЁё",
    "cp1256": "\u0600-\u06ff",
    "cp1255": "\u0590-\u05ff",
    "cp1253": "\u0370-\u03ff",
    "shift_jis": "\u3040-\u30ff\u4e00-\u9fff",
    "euc_jp": "\u3040-\u30ff\u4e00-\u9fff",
    "euc_kr": "\uac00-\ud7a3",
    "gb18030": "\u4e00-\u9fff",
    "big5": "\u4e00-\u9fff",
}
"""Encodings worth a guess, the likelier first, with the letters that a text in each is made of."""
_COMMON: Final = {
    "cp1252": "éèêëàâäáãåçñöóôõøüúûíîïßæœÉÄÖÜ’‘“”–—…€«»",
    "cp1250": "ąćęłńóśźżčďěňřšťúůýžőűăâîșț’‘“”„–—…",
    "cp1254": "ğışöüçİŞÖÜÇ’‘“”–—…",
    "cp1251": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф«»—–“”„…№",
    "koi8-r": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф",
    "cp866": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф",
    "cp1256": "اليمونترسبدفعحقكهجةأخطصزشىءإؤئذضغثظ،؟؛«»",
    "cp1255": "אבגדהוזחטיכלמנסעפצקרשתםןךףץ",
    "cp1253": "αετιονσρυκπλμςωίόήγάέώύθδχβφζξψ",
    "shift_jis": "のにはをたがでてとしれさいるなあこれものでするー、。「」",
    "euc_jp": "のにはをたがでてとしれさいるなあこれものでするー、。「」",
    "euc_kr": "이다는의을에가고를한은로하지도사대기",
    "gb18030": "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年，。、",
    "big5": "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年，。、",
}
"""The letters and marks that are frequent in such texts, which tells encodings of one script apart."""
_TURNED: Final = re.compile(r"[^\W\d_a-zA-Z](?<=[а-яёα-ωà-ÿ])[А-ЯЁΑ-ΩÀ-Þ]")
_MIXED: Final = re.compile(r"[a-zA-Z][\u0370-\u06ff]|[\u0370-\u06ff][a-zA-Z]")


def guess_encoding(data: bytes) -> str:
    """Python's name of the encoding that the bytes are most likely in; cp1252 where nothing tells."""
    sample = data[:SAMPLE]
    if len(data) > SAMPLE:
        sample = sample[: sample.rfind(b"\n") if b"\n" in sample[SAMPLE // 2 :] else len(sample)]
    best, name = 0.0, "cp1252"
    for encoding in _SCRIPTS:
        score = _score(sample, encoding)
        if score > best + 1e-9:
            best, name = score, encoding
    return name


def _score(sample: bytes, encoding: str) -> float:
    """How much the sample, so read, looks like writing (1 at most, below 0 for nonsense)."""
    text = sample.decode(encoding, "replace")
    foreign = [character for character in text if ord(character) > 127]
    if not foreign:
        return 0.0
    script = re.compile(f"[{_SCRIPTS[encoding]}]")
    frequent = _COMMON[encoding]
    total = 0.0
    for character in foreign:
        if character in frequent:
            total += 1.0
        elif script.match(character):
            total += 0.45
        elif character == "\ufffd":
            total -= 6.0
        elif category(character)[0] in "PZ":
            total += 0.2
        else:
            total -= 0.7
    total -= 1.5 * len(_TURNED.findall(text)) + 1.2 * len(_MIXED.findall(text))
    return total / len(foreign)
