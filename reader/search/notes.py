"""Notes and tags as search sees them: few, always in memory, searched together with the articles."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reader.search.expansion import Expander, expand, typed_words
from reader.search.vocabulary import Vocabulary
from reader.text.spelling import normalise, words


@dataclass(frozen=True, slots=True)
class NoteText:
    """One annotation, as far as search needs it: where it stands, what it says, who says it."""

    article_id: str
    annotation_id: str
    text: str = ""
    tags: tuple[str, ...] = ()
    pen: str = ""
    creator: str = ""


class NoteIndex:
    """The words, tags, pens and creators of all notes; made anew when notes change, as there are few."""

    def __init__(self, notes: Iterable[NoteText] = ()) -> None:
        self._articles: dict[str, set[str]] = {}
        self._annotations: dict[str, set[str]] = {}
        self._values: dict[str, dict[str, set[str]]] = {"tag": {}, "pen": {}, "by": {}}
        self._noted: dict[str, set[str]] = {}
        for note in notes:
            self._noted.setdefault(note.article_id, set()).add(note.annotation_id)
            said = {word.normal for text in (note.text, *note.tags) for word in words(text)}
            for word in said:
                self._articles.setdefault(word, set()).add(note.article_id)
                self._annotations.setdefault(word, set()).add(note.annotation_id)
            for kind, values in (("tag", note.tags), ("pen", (note.pen,)), ("by", (note.creator,))):
                for value in values:
                    if value:
                        self._values[kind].setdefault(value, set()).add(note.article_id)
        self._expand = Expander(Vocabulary({word: len(held) for word, held in self._articles.items()}))

    def articles_with(self, word: str, typing: bool) -> tuple[str, ...]:
        """Articles whose notes or tags hold the normalised word, in any of its spellings."""
        if not self._articles:
            return ()
        held = (self._articles[variant.word] for variant in self._expand(word, typing=typing))
        return tuple(sorted(set().union(*held)))

    def annotations_with(self, sought: Collection[tuple[str, bool]], article_id: str) -> tuple[str, ...]:
        """The article's annotations that hold any of the words (each with whether it is unfinished)."""
        mine = self._noted.get(article_id, set())
        found: set[str] = set()
        if mine:
            for word, typing in sought:
                for variant in self._expand(word, typing=typing):
                    found |= self._annotations[variant.word] & mine
        return tuple(sorted(found))

    def noted(self) -> tuple[str, ...]:
        """Articles that have any annotation."""
        return tuple(sorted(self._noted))

    def values(self, kind: str) -> dict[str, int]:
        """Every tag, pen or creator (kind "tag", "pen", "by") with the number of its articles."""
        return {value: len(articles) for value, articles in self._values[kind].items()}

    def articles_of(self, kind: str, value: str) -> tuple[str, ...]:
        """Articles with a tag, pen or creator of that name; see `chosen`."""
        found: set[str] = set()
        for name in chosen(value, self._values[kind]):
            found |= self._values[kind][name]
        return tuple(sorted(found))


def chosen(value: str, names: Iterable[str]) -> list[str]:
    """The names that a typed value means: equal ones, else those with words that begin so, else near
    spellings.
    """
    typed = typed_words(value)
    known = {name: typed_words(name) for name in names}
    equal = [name for name, said in known.items() if said == typed]
    if equal:
        return equal
    begun = [name for name, said in known.items() if all(any(word.startswith(part) for word in said) for part in typed)]
    if begun:
        return begun
    joined = normalise(value)
    inside = [name for name in known if joined and joined in normalise(name)]
    if inside:
        return inside
    vocabulary = Vocabulary({word: 1 for said in known.values() for word in said})
    meant = [{variant.word for variant in expand(part, vocabulary)} for part in typed]
    return [name for name, said in known.items() if meant and all(some & set(said) for some in meant)]
