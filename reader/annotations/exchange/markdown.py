"""Annotations as a report in Markdown: claims with their evidence, then every article with its passages.

No quotation stands without its citation. Words of articles are escaped, so that they are shown and never read
as markup; notes are the analyst's own Markdown, without raw HTML.
"""

import json
import re
from collections.abc import Callable
from typing import Final

from reader.annotations.annotation import Annotation, Stance, Target
from reader.annotations.exchange import pages
from reader.annotations.exchange.material import LARGEST, Material
from reader.annotations.w3c import page

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_OPENING: Final = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)
_RAW: Final = re.compile(r"<(?=[A-Za-z/!?])")
_DATA: Final = "deskreader"
_STANCES: Final = {
    Stance.SUPPORTS: "Supports",
    Stance.CONTRADICTS: "Contradicts",
    Stance.UNCLEAR: "Unclear",
}


def write(annotations: list[Annotation], material: Material) -> bytes:
    """The report."""
    claims = [annotation for annotation in annotations if annotation.kind == "claim"]
    articles: dict[str, list[tuple[Target, Annotation]]] = {}
    for annotation in annotations:
        if annotation.kind != "claim":
            for target in annotation.targets:
                articles.setdefault(target.source, []).append((target, annotation))
    parts = ["# Notes"]
    if claims:
        parts.append("## Claims")
        parts += [_claim(claim, material) for claim in claims]
    for article, held in articles.items():
        source = material.source_of(article)
        parts.append(f"## {escaped(source.title if source and source.title else article)}")
        known = [source.outlet, ", ".join(source.authors), source.published, source.url] if source else []
        parts.append(" · ".join(escaped(part) for part in [*known, article] if part))
        held.sort(key=lambda one: one[0].span.start if one[0].span else -1)
        parts += [_passage(target, annotation, material) for target, annotation in held]
    return ("\n\n".join(parts) + "\n").encode("utf-8", "replace")


def write_with_data(annotations: list[Annotation], material: Material) -> bytes:
    """The report, with the annotations whole in a comment at its end, from which they are read again."""
    data = json.dumps(page(annotations), sort_keys=True)
    data = data.replace("--", "-\\u002d").replace("<", "\\u003c").replace(">", "\\u003e")  # only in strings
    return write(annotations, material) + f"\n<!-- {_DATA} {data} -->\n".encode()


def read(data: bytes, article_of: Callable[[str], str | None]) -> tuple[Annotation, ...] | None:
    """The annotations of a report that holds them; None where it does not."""
    opening = f"<!-- {_DATA} ".encode()
    start = data.rfind(opening)
    if start < 0 or len(data) > LARGEST:
        return None
    held, _, _ = data[start + len(opening) :].partition(b" -->")
    return pages.read(held, article_of)


def escaped(text: str) -> str:
    """The text as Markdown that shows just these characters, on one line."""
    return _OPENING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def quoted(target: Target, material: Material) -> str:
    """The passage as a block quote, with its citation below."""
    lines = [f"> {escaped(line)}".rstrip() for line in target.exact.splitlines() or [""]]
    where = f", characters {target.span.start}–{target.span.end}" if target.span else ""
    return "\n".join([*lines, ">", f"> — {escaped(material.citation(target.source) + where)}"])


def _passage(target: Target, annotation: Annotation, material: Material) -> str:
    parts = [quoted(target, material)] if target.exact else []
    if annotation.note:
        parts.append(_note(annotation))
    parts.append(_facts(annotation, target))
    return "\n\n".join(part for part in parts if part)


def _claim(claim: Annotation, material: Material) -> str:
    parts = [f"### {escaped(claim.note or 'Untitled claim')}", _facts(claim, None)]
    for stance in (*_STANCES, None):
        passages = [target for target in claim.targets if target.stance == stance and target.exact]
        if passages:
            parts.append(f"**{_STANCES[stance] if stance else 'Linked'}**")
            parts += [quoted(target, material) for target in passages]
    return "\n\n".join(part for part in parts if part)


def _note(annotation: Annotation) -> str:
    return _RAW.sub(r"\\<", annotation.note)


def _facts(annotation: Annotation, target: Target | None) -> str:
    grade = f"{annotation.reliability or ''}{annotation.credibility or ''}"
    facts = [
        f"tags: {', '.join(annotation.tags)}" if annotation.tags else "",
        f"pen: {annotation.pen}" if annotation.pen else "",
        f"grade: {grade}" if grade else "",
        _STANCES[target.stance].lower() if target and target.stance else "",
        annotation.creator,
        annotation.created[:10],
    ]
    return f"*{escaped(' · '.join(fact for fact in facts if fact))}*" if any(facts) else ""
