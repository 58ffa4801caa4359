"""A verdict for each line of a capture: what it is, and the reason a person can read."""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.capture.article import Kind
from reader.capture.document import Line


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one line is and why; `confidence` from 0 to 1, `author` and `depth` as in `Block`."""

    kind: Kind
    rule: str
    confidence: float = 1.0
    author: str | None = None
    depth: int = 0


def classify(lines: Sequence[Line]) -> list[Verdict]:
    """One verdict for each line, in order."""
    verdicts: list[Verdict] = []
    title = False
    for line in lines:
        text = line.text.strip()
        if line.kind is not None:
            verdicts.append(Verdict(line.kind, line.rule or "marked so by the page", line.confidence, line.author, line.depth))
        elif not title and 20 < len(text) < 200:
            title = True
            verdicts.append(Verdict(Kind.TITLE, "first line of a headline's length"))
        elif len(text) > 80 or text.endswith((".", "!", "?", "”", '"', "؟", "。")):
            verdicts.append(Verdict(Kind.BODY, "a sentence or more"))
        else:
            verdicts.append(Verdict(Kind.BOILERPLATE, "short line without an end mark"))
    return verdicts
