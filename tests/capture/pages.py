"""A page with a headline and running text, for tests of what stands around them."""

from reader.capture.article import Article
from reader.capture.pipeline import articles_of

PARAGRAPHS = (
    "The mill on the upper Tarn has ground no corn since the flood, and the village now buys its flour from the "
    "bakers of the plain, who charge what they like.",
    "Its wheel was found two miles down the river, and eleven men with four oxen needed a whole day to bring the "
    "thing back on a sledge made of doors.",
    "The council has promised stones for a new dam before the autumn, but nobody on the council would say who is to "
    "carry them up the valley road.",
    "Until then the miller mends clocks, and his daughter has opened a small school in the empty grain store, where "
    "thirty children learn to read.",
)
TITLE = "The village on the upper Tarn waits for its mill"


def read(*lines: str, apart: str = "\n\n") -> Article:
    """The article that a capture of these lines becomes."""
    (article,) = articles_of("page.txt", "page.txt", apart.join(lines).encode())
    return article


def names(article: Article) -> tuple[str, ...]:
    """Its authors."""
    return article.metadata.authors.value if article.metadata.authors else ()
