"""The vocabulary of what is indexed now: loaded in steps, kept up as articles come in."""

import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final, Protocol

from reader.search.plan import Record
from reader.search.vocabulary import FIELDS, Vocabulary, Words

_INITIALS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
_LOADED_AT_ONCE: Final = 1_500
"""An index of up to so many articles is loaded by the first search itself: that takes less than a tenth
of a second.
"""
_GROWTH: Final = 4.0
_MOST_FRESH: Final = 30_000


class Source(Protocol):
    """The part of an engine that words are read from; see `reader.search.plan.Engine`."""

    def size(self) -> int:
        """Articles that can be found now."""

    def terms(self, field: str, prefix: str = "", most: int | None = None) -> list[tuple[str, int]]:
        """Words of a field that begin so, with counts."""

    def frequency(self, field: str, word: str) -> int:
        """How many articles hold the word in the field."""


class _Cancelled(Exception):
    """Loading was interrupted."""


class Lexicon:
    """The words of the engines that `engines` names; safe to use from several threads."""

    def __init__(self, engines: Callable[[], Sequence[Source]]) -> None:
        self._engines = engines
        self._lock = threading.Lock()
        self._loaded: Vocabulary | None = None
        self._articles = 0
        self._stale = False
        self._asked = False
        self._fresh: Counter[str] = Counter()
        self._layers: Words | None = None

    @property
    def notice(self) -> str:
        """What the reader should know while the words of a large index were not loaded yet; "" afterwards."""
        waits = self._layers is None and self._size() > _LOADED_AT_ONCE
        return "Other spellings are still being read" if waits else ""

    def vocabulary(self) -> Words:
        """The known words, with what was learned since; before a large index is loaded, its beginnings
        only.
        """
        self._asked = True
        layers = self._layers
        if layers is not None:
            return layers
        if self._size() <= _LOADED_AT_ONCE:
            self.load()
        return self._layers or _Beginnings(self._engines())

    def load(self, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Reads all words of the engines unless that was done; interrupted, it leaves what there was."""

        def pause() -> None:
            if cancelled():
                raise _Cancelled

        with self._lock:
            if self._loaded is not None and not self._stale:
                return
            articles = self._size()
            self._asked = False
            try:
                loaded = Vocabulary(_all_words(self._engines(), pause), pause)
            except _Cancelled:
                return
            self._loaded, self._articles, self._stale = loaded, articles, False
            self._fresh.clear()
            self._layers = loaded

    def learn(self, records: Iterable[Record]) -> None:
        """Adds the words of a few new articles to what is loaded."""
        with self._lock:
            if self._loaded is None:
                return
            for record in records:
                said = dict(record.texts)
                self._fresh.update({word for field in FIELDS for word in said.get(field, "").split()})
            if len(self._fresh) > _MOST_FRESH:
                self._fresh.clear()
                self._stale = True
            self._layer()

    def grown(self) -> None:
        """After many new articles: a small index is read again by the next search, a large one by `keep_up`; until
        then its new words are known to the engines only.
        """
        self.forget()
        self.keep_up()

    def keep_up(self) -> None:
        """Reads the words of a large index that has outgrown what is loaded, if somebody searched since that was: a
        long build does not read, again and again, words that nobody asks for.
        """
        size = self._size()
        outgrown = self._asked and size > max(_LOADED_AT_ONCE, self._articles) * _GROWTH
        if size > _LOADED_AT_ONCE and (self._loaded is None or outgrown):
            self.load()

    def forget(self) -> None:
        """The words have to be read again; the old ones serve until then, with what the engines know."""
        with self._lock:
            self._stale = True
            if self._size() <= _LOADED_AT_ONCE:
                self._loaded = self._layers = None
            self._layer()

    def _layer(self) -> None:
        """Puts together what is known: what was loaded, what was learned since, what the engines can say."""
        if self._loaded is not None:
            layers: list[Words] = [self._loaded]
            if self._fresh:
                layers.append(Vocabulary(dict(self._fresh)))
            if self._stale:
                layers.append(_Beginnings(self._engines()))
            self._layers = layers[0] if len(layers) == 1 else _Layers(layers)

    def _size(self) -> int:
        return sum(engine.size() for engine in self._engines())


class _Layers:
    """Several vocabularies as one."""

    def __init__(self, parts: Sequence[Words]) -> None:
        self._parts = parts

    def frequency(self, word: str) -> int:
        return max(part.frequency(word) for part in self._parts)

    def absent(self, word: str) -> Collection[str]:
        return set.intersection(*[set(part.absent(word)) for part in self._parts])

    def starting_with(self, prefix: str, most: int) -> list[str]:
        found = {word for part in self._parts for word in part.starting_with(prefix, most)}
        return sorted(found, key=lambda word: (-self.frequency(word), word))[:most]

    def starting_nearly(self, prefix: str, most: int) -> list[str]:
        return list(dict.fromkeys(word for part in self._parts for word in part.starting_nearly(prefix, most)))

    def sounding_like(self, word: str) -> list[str]:
        return list(dict.fromkeys(other for part in self._parts for other in part.sounding_like(word)))

    def within(self, word: str, edits: int) -> list[tuple[str, int]]:
        return list(dict.fromkeys(pair for part in self._parts for pair in part.within(word, edits)))


class _Beginnings:
    """What the engines themselves can say of words, while a large vocabulary is still being loaded."""

    def __init__(self, engines: Sequence[Source]) -> None:
        self._engines = engines

    def frequency(self, word: str) -> int:
        return sum(engine.frequency(field, word) for engine in self._engines for field in FIELDS)

    def absent(self, word: str) -> Collection[str]:
        return ()

    def starting_with(self, prefix: str, most: int) -> list[str]:
        found: Counter[str] = Counter()
        for engine in self._engines:
            for field in FIELDS:
                found.update(dict(engine.terms(field, prefix, most)))
        return [word for word, _ in found.most_common(most)]

    def starting_nearly(self, prefix: str, most: int) -> list[str]:
        return []

    def sounding_like(self, word: str) -> list[str]:
        return []

    def within(self, word: str, edits: int) -> list[tuple[str, int]]:
        return []


def _all_words(engines: Sequence[Source], pause: Callable[[], None]) -> Iterator[tuple[str, int, int]]:
    """Every word with its count and its fields, by initials, so that no single step takes long."""
    initials = dict.fromkeys(_INITIALS)
    for engine in engines:
        initials.update(dict.fromkeys(initial for initial, _ in engine.terms("initials")))
    for initial in initials:
        found: dict[str, int] = {}
        where: dict[str, int] = {}
        for engine in engines:
            for place, field in enumerate(FIELDS):
                for word, count in engine.terms(field, initial):
                    found[word] = found.get(word, 0) + count
                    where[word] = where.get(word, 0) | 1 << place
        pause()
        yield from ((word, count, where[word]) for word, count in found.items())
