"""Articles made for the tests of the widgets, block by block."""

from reader.capture.article import Article, Block, Kind, Metadata, PartialDate, Value
from reader.text.span import Span


def article(*lines: tuple[str, str] | tuple[str, str, str, int], title: str | None = None) -> Article:
    """An article of blocks, each a kind and its text (for comments the author and the depth too)."""
    text, blocks = "", []
    for kind, words, *comment in lines:
        if text:
            text += "\n\n"
        start = len(text)
        text += words
        author, depth = (str(comment[0]), int(comment[1])) if comment else (None, 0)
        name, _, rule = kind.partition(":")
        blocks.append(Block(Kind(name), Span(start, len(text)), rule or "because", author, depth))
    metadata = Metadata(
        title=Value(title, "first line") if title else None,
        outlet=Value("River Post", "masthead"),
        authors=Value(("Lena Mardin",), "byline"),
        published=Value(PartialDate("2024-03-03"), "date line"),
    )
    return Article("river-post/bridge.txt", "articles/river-post/bridge.txt", "0" * 64, text, tuple(blocks), metadata)


BRIDGE = article(
    ("boilerplate:menu", "Home News Sport Weather"),
    ("title", "Bridge crews find a second crack"),
    ("title:repeat of the headline", "Bridge crews find a second crack"),
    ("byline", "By Lena Mardin"),
    ("date", "3 March 2024, 07:15"),
    ("standfirst", "The north pylon is closed until the bolts have been counted."),
    ("caption", "The north pylon in fog. Photo: city archive"),
    (
        "body",
        "Engineers who climbed the north pylon on Sunday night found a crack as long as a hand, the city "
        "said. Nobody was hurt. The bridge carries about 3,000 people an hour at rush hour, said Yusuf "
        "al-Haddad, who runs the toll office.",
    ),
    ("body", "“We counted them twice,” he said, “once at the east ramp and once at the west.”"),
    ("subhead", "What the letter says"),
    ("body", "A letter from 2019 names the same bolts. The council did not answer it, and the bolts stayed."),
    ("related", "Old bolts, new report"),
    ("credit", "Reporting by: Lena Mardin"),
    ("comment", "ferry_man\nI have said so for years.", "ferry_man", 0),
    ("comment", "Which bolts do you mean?", "Nadia", 1),
    ("comment", "All of them.", "ferry_man", 2),
    ("comment", "The toll office counts badly.", "Oskar", 0),
    ("boilerplate:comment form", "Leave a reply\n1500 / 1500"),
    title="Bridge crews find a second crack",
)
