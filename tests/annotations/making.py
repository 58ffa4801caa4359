"""Invented annotations, plain ones and any that Hypothesis can think of."""

import hashlib
from dataclasses import replace

from hypothesis import strategies as st

from reader.annotations.annotation import Annotation, Stance, Target
from reader.annotations.w3c import from_json, to_json
from reader.text.clean import clean, clean_line
from reader.text.span import Span

TEXT = "The ferry 🚢 sank off Port Ansel.\nThe “owner”, Idris Vale, denied it. قال الوالي إن المرفأ مغلق.\n"
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()


class Known:
    """What a citation says of the invented article."""

    title = "Ferry lost *near* Port Ansel"
    outlet = "Harbour Wire"
    authors = ("Mara Quill", "Leyla Tamm")
    published = "2019-03-04"
    url = "https://harbourwire.example/ferry?id=1&x=2"


def source_of(article: str) -> Known | None:
    """The invented article is known, others are not."""
    return Known() if article == "harbour/ferry.txt" else None


def text_of(sha256: str) -> str | None:
    """The text of the invented article."""
    return TEXT if sha256 == SHA256 else None


def passage(quote: str, source: str = "harbour/ferry.txt", stance: Stance | None = None) -> Target:
    """The passage of the invented article that says so."""
    start = TEXT.index(quote)
    end = start + len(quote)
    around = TEXT[max(0, start - 64) : start], TEXT[end : end + 64]
    return Target(source, SHA256, Span(start, end), quote, *around, stance)


def note(number: int = 1, *targets: Target, **fields: object) -> Annotation:
    """A note on one passage, unless told otherwise."""
    made = Annotation(
        f"019a0000-0000-7000-8000-{number:012d}",
        "ana",
        "2019-03-05T10:00:00.000Z",
        "2019-03-05T11:00:00.000Z",
        targets or (passage("denied it"),),
        note="Ask *him* again\n\nand soon.",
        tags=("denial", "owner"),
        pen="doubt",
    )
    return replace(made, **fields)  # type: ignore[arg-type]


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(clean)
LINES = WORDS.map(clean_line)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | WORDS, lambda inner: st.lists(inner, max_size=3), max_leaves=4
)


@st.composite
def targets(draw: st.DrawFn) -> Target:
    """A passage of some article, or a whole one."""
    source = draw(LINES.filter(bool))
    if draw(st.booleans()):
        return Target(source)
    start = draw(st.integers(0, 50))
    exact = draw(WORDS.filter(lambda text: bool(text.strip())))
    stance = draw(st.none() | st.sampled_from(Stance))
    sha256 = draw(st.sampled_from(["", SHA256, "0" * 64]))
    return Target(source, sha256, Span(start, start + len(exact)), exact, draw(WORDS), draw(WORDS), stance)


@st.composite
def annotations(draw: st.DrawFn) -> Annotation:
    """Any annotation as it comes back from its file."""
    made = Annotation(
        str(draw(st.uuids())),
        draw(LINES),
        "2019-03-05T10:00:00.000Z",
        "2019-03-05T11:00:00.000Z",
        tuple(draw(st.lists(targets(), min_size=1, max_size=3))),
        draw(WORDS),
        tuple(dict.fromkeys(draw(st.lists(LINES.filter(bool), max_size=3)))),
        draw(st.none() | LINES.filter(bool)),
        draw(st.sampled_from(["note", "claim", "link", "grade"])),
        draw(st.none() | st.sampled_from("ABCDEF")),
        draw(st.none() | st.integers(1, 6)),
        draw(st.booleans()),
        draw(st.dictionaries(st.sampled_from(["rights", "x:y", "via", "other:key"]), JSON, max_size=2)),
    )
    return from_json(to_json(made))
