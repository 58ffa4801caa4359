"""The codebook: what each tag means, how it looks, and which tag it belongs under.

Tags live on annotations; the codebook adds to them. A tag without an entry is a tag all the same, an entry
without uses is a tag that waits for one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from reader.text.clean import clean, clean_line

SCHEMA: Final = 1
_KNOWN: Final = frozenset({"name", "definition", "colour", "parent", "formerly"})


@dataclass(frozen=True, slots=True)
class Code:
    """A tag: `definition` says when it applies, `colour` is one of the pens' colours or "", `parent` the tag above
    it or "", `formerly` the names that it had; `extra` holds unknown keys of the file."""

    name: str
    definition: str = ""
    colour: str = ""
    parent: str = ""
    formerly: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Codebook:
    """All codes, by name in the order they were made. Changes give a new codebook."""

    codes: tuple[Code, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Code | None:
        """The code of that name, or the one that was once called so."""
        for code in self.codes:
            if code.name == name:
                return code
        return next((code for code in self.codes if name in code.formerly), None)

    def has(self, name: str) -> bool:
        """Whether a code has that name today."""
        return any(code.name == name for code in self.codes)

    def put(self, code: Code) -> "Codebook":
        """With this code, in place of one of the same name; no parents go round in a circle."""
        code = replace(code, name=clean_line(code.name), definition=clean(code.definition))
        if not code.name:
            return self
        if self.has(code.name):
            return self._with(code if old.name == code.name else old for old in self.codes)
        return self._with([*self.codes, code])

    def drop(self, name: str) -> "Codebook":
        """Without that code; those under it move up."""
        gone = next((code for code in self.codes if code.name == name), None)
        if gone is None:
            return self
        kept = (code for code in self.codes if code is not gone)
        return self._with(replace(code, parent=gone.parent) if code.parent == name else code for code in kept)

    def rename(self, old: str, new: str) -> "Codebook":
        """With another name for a code; where that is taken, the two become one."""
        new = clean_line(new)
        return self if not new or old == new else self.merge([old], new)

    def merge(self, names: Iterable[str], into: str) -> "Codebook":
        """With several codes as one; it keeps its own definition, or takes the first of theirs."""
        names = [name for name in dict.fromkeys(names) if name != into]
        merged = [code for name in names if (code := next((one for one in self.codes if one.name == name), None))]
        own = next((code for code in self.codes if code.name == into), None)
        first = own or (replace(merged[0], name=into) if merged else Code(into))
        formerly = dict.fromkeys([*first.formerly, *names, *(old for code in merged for old in code.formerly)])
        definition = first.definition or next((code.definition for code in merged if code.definition), "")
        parent = "" if first.parent in names else first.parent
        whole = replace(first, formerly=tuple(formerly), definition=definition, parent=parent)
        codes = [whole if code.name == into else code for code in self.codes]
        if own is None:
            place = next((index for index, code in enumerate(codes) if code in merged), len(codes))
            codes.insert(place, whole)
        kept = (code for code in codes if code.name not in names)
        return self._with(
            replace(code, parent=into if code.name != into else "") if code.parent in names else code for code in kept
        )

    def taken_back(self, before: "Codebook", after: "Codebook") -> "Codebook":
        """Without the change from `before` to `after`; a code that was changed again since stays as it is now."""
        was, made, here = ({code.name: code for code in book.codes} for book in (before, after, self))
        back = {name for name in {*was, *made} if was.get(name) != made.get(name) and here.get(name) == made.get(name)}
        kept = ((name, was if name in back else here) for name in dict.fromkeys([*was, *here]))
        return self._with(book[name] for name, book in kept if name in book)

    def above(self, name: str) -> tuple[str, ...]:
        """The name and its parents, nearest first."""
        found: list[str] = []
        parents = {code.name: code.parent for code in self.codes}
        while name and name not in found:
            found.append(name)
            name = parents.get(name, "")
        return tuple(found)

    def tree(self, tags: Iterable[str] = ()) -> Iterator[tuple[Code, int]]:
        """Every code and every other tag in use, each below its parent, with its depth; siblings by name."""
        known = {code.name: code for code in self.codes}
        for tag in tags:
            known.setdefault(tag, Code(tag))
        below: dict[str, list[Code]] = {}
        for code in known.values():
            below.setdefault(code.parent if code.parent in known else "", []).append(code)
        seen: set[str] = set()

        def walk(parent: str, depth: int) -> Iterator[tuple[Code, int]]:
            for code in sorted(below.get(parent, []), key=lambda one: one.name.casefold()):
                if code.name not in seen:
                    seen.add(code.name)
                    yield code, depth
                    yield from walk(code.name, depth + 1)

        yield from walk("", 0)
        for code in known.values():  # what only a circle in a file written elsewhere leads to
            if code.name not in seen:
                seen.add(code.name)
                yield code, 0

    def _with(self, codes: Iterable[Code]) -> "Codebook":
        """These codes, each circle of parents opened at its first member."""
        made = list(codes)
        for index, code in enumerate(made):
            if code.name in replace(self, codes=tuple(made)).above(code.parent):
                made[index] = replace(code, parent="")
        return replace(self, codes=tuple(made))


def to_json(book: Codebook) -> dict[str, Any]:
    """The codebook as it stands in its file, unknown keys included."""
    codes = []
    for code in book.codes:
        written = {**code.extra, "name": code.name, "definition": code.definition, "colour": code.colour}
        written |= {"parent": code.parent, "formerly": list(code.formerly)}
        codes.append({key: value for key, value in written.items() if value not in ("", [])})
    return {**book.extra, "schema": SCHEMA, "codes": codes}


def from_json(data: object) -> Codebook | None:
    """The codebook of a file; entries that are none are passed over. None where it is no codebook at all."""
    if not isinstance(data, dict) or not isinstance(data.get("codes"), list):
        return None
    codes: dict[str, Code] = {}
    for entry in data["codes"]:
        name = clean_line(entry["name"]) if isinstance(entry, dict) and isinstance(entry.get("name"), str) else ""
        if name and name not in codes:
            texts = {key: entry[key] for key in ("definition", "colour", "parent") if isinstance(entry.get(key), str)}
            formerly = entry.get("formerly")
            names = [clean_line(one) for one in formerly if isinstance(one, str)] if isinstance(formerly, list) else []
            codes[name] = Code(
                name,
                clean(texts.get("definition", "")),
                clean_line(texts.get("colour", "")),
                clean_line(texts.get("parent", "")),
                tuple(names),
                {key: value for key, value in entry.items() if key not in _KNOWN},
            )
    extra = {key: value for key, value in data.items() if key not in ("schema", "codes")}
    return Codebook(tuple(codes.values()), extra)


Change = Callable[[Codebook], Codebook]
"""A change of the codebook, carried out on what stands when its turn comes."""
