"""Markdown with front matter: paragraphs as one reads them, the marks used to tell headings, pictures and links."""

import re
import tomllib
from typing import Final

from reader.capture.article import FRONT_MATTER, Kind
from reader.capture.document import Document, Line, supposed
from reader.capture.record_names import NAMES, spelt
from reader.capture.source import LINE_LIMIT, Facts, Parsed, Source, add_fact, frozen, too_many_lines

_EXTENSIONS: Final = frozenset({"md", "markdown", "mdown", "mkd", "mdx", "qmd", "rmd"})
_FENCE: Final = re.compile(r"^\s{0,3}(```+|~~~+)")
_HEADING: Final = re.compile(r"^\s{0,3}(#{1,6})\s+(.*)$")
_CLOSING: Final = re.compile(r"(?:^|\s)#+$")
_UNDERLINE: Final = re.compile(r"^\s{0,3}(=+|-+)\s*$")
_IMAGE: Final = re.compile(r"^\s*(?:\[)?!\[([^\]]*)\]\([^)]*\)(?:\]\([^)]*\))?\s*(?:\*.*\*\s*)?$")
_LINK_ONLY: Final = re.compile(r"^\s*(?:(?:[-*+]|\d+\.)\s*)?\[[^\]]+\]\([^)]*\)\s*$")
_RULE: Final = re.compile(r"^\s{0,3}([-*_])(\s*\1){2,}\s*$")
_REFERENCE: Final = re.compile(r"^\s{0,3}\[[^\]]+\]:\s+\S+")
_BEGINS: Final = re.compile(r"^\s{0,3}(?:[-*+]\s|\d{1,9}[.)]\s|\||<)|^\s{4,}")
"""What begins a line of its own: items, tables, mark-up, code. Everything else goes on with the paragraph."""
_QUOTED: Final = re.compile(r"^\s{0,3}>\s?")
_PAIR: Final = re.compile(r"^([A-Za-z][\w .:-]{0,40}?)\s*:\s*(.*)$")
_STATED: Final = ("title", "authors", "published", "outlet", "url", "language", "place")
_LINKED: Final = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
"""A name that is a link to a note of its own."""


def parse(source: Source) -> Parsed | None:
    """Markdown by its name, or any text that begins with front matter."""
    named = source.extension in _EXTENSIONS
    if not named and not (
        source.opening.startswith(("---\n", "---\r\n", "+++\n", "+++\r\n"))
        and source.extension in ("", "txt", "text")
    ):
        return None
    if source.text.count("\n") > LINE_LIMIT:
        raise too_many_lines()
    lines = source.text.splitlines()
    facts, length = front_matter(lines)
    if not named and not facts:
        return None
    made = [Line(line, Kind.BOILERPLATE, FRONT_MATTER) for line in lines[:length]]
    made += _paragraphs(_lines(lines[length:], facts))
    return Parsed("markdown", source.encoding_name, (Document(tuple(made), frozen(facts)),))


def front_matter(lines: list[str]) -> tuple[Facts, int]:
    """What the front matter says, and how many lines it takes; nothing and 0 where there is none.

    TOML between `+++` is read whole; of YAML between `---`, `key: value` lines and lists of plain values.
    """
    mark = lines[0].strip() if lines else ""
    if mark not in ("---", "+++"):
        return {}, 0
    ends = ("---", "...") if mark == "---" else ("+++",)
    end = next((i for i in range(1, min(len(lines), 400)) if lines[i].rstrip() in ends), 0)
    if not end:
        return {}, 0
    said = _toml(lines[1:end]) if mark == "+++" else _yaml(lines[1:end])
    if not said:
        return {}, 0
    facts: Facts = {}
    told = {spelt(key): (key, values) for key, values in said.items()}
    for field in _STATED:
        for key, values in (told[name] for name in NAMES[field] if name in told):
            _state(facts, field, key, values)
    own = "url" not in facts  # of another's page it says when it was saved
    for key, values in (told[name] for name in NAMES["saved"] if name in told and own):
        add_fact(facts, "made", values[0] if values else "", f"front matter ({key})")
    return facts, end + 1


def _state(facts: Facts, field: str, key: str, values: list[str]) -> None:
    """Note what one entry of the front matter says."""
    values = [_LINKED.sub(r"\1", value) for value in values]
    if field == "outlet" and values and re.match(r"https?://", values[0]):
        field = "url"
    if field == "authors":
        values = ["\n".join(part for value in values for part in re.split(r"\s*[,;]\s+|\s+and\s+", value))]
    for value in values[:1]:
        add_fact(facts, field, value, f"front matter ({key})")


def _toml(lines: list[str]) -> dict[str, list[str]]:
    try:
        data = tomllib.loads("\n".join(lines))
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {
        key: [str(one) for one in value] if isinstance(value, list) else [str(value)]
        for key, value in data.items()
        if not isinstance(value, dict)
    }


def _yaml(lines: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        item = re.match(r"^\s*-\s+(.*)$", line)
        pair = _PAIR.match(line)
        if item and key:
            value = re.sub(r"^name:\s*", "", item[1])
            found[key].append(_plain(value))
        elif pair and not line.startswith((" ", "\t")):
            key, value = pair[1], pair[2].strip()
            if value.startswith("{") and (name := re.search(r"\bname:\s*([^,}]+)", value)):
                found[key] = [_plain(name[1])]
            elif re.fullmatch(r"\[(?!\[).*\]", value):
                found[key] = [_plain(one) for one in value[1:-1].split(",")]
            else:
                found[key] = [] if value in ("", "|", ">", "|-", ">-") else [_plain(value)]
        elif key and line.startswith((" ", "\t")) and line.strip():
            name = re.match(r"^\s*name:\s*(.*)$", line)
            if name or not _PAIR.match(line.strip()):
                found[key] = [
                    *found[key][:-1],
                    (" ".join([*found[key][-1:], _plain(name[1] if name else line)])).strip(),
                ]
    return {name: [value for value in values if value] for name, values in found.items()}


def _plain(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return value.strip()


def _lines(lines: list[str], facts: Facts) -> list[Line]:
    made: list[Line] = []
    fence = ""
    titled = False
    for number, line in enumerate(lines):
        if match := _FENCE.match(line):
            fence = "" if fence and match[1].startswith(fence) else fence or match[1]
            made.append(Line(line, Kind.BODY, "code"))
        elif fence or not line.strip():
            made.append(Line(line, Kind.BODY if line.strip() else None, "code" if line.strip() else ""))
        else:
            under = lines[number + 1] if number + 1 < len(lines) else ""
            new, is_title = _line(line, under, number == 0 or not lines[number - 1].strip(), titled, facts)
            titled = titled or is_title
            made.append(new)
    return made


def _paragraphs(lines: list[Line]) -> list[Line]:
    """The lines with those that only go on with the one before joined to it, as the reader of the page saw them."""
    made: list[Line] = []
    for line in lines:
        before = made[-1] if made else Line("")
        quoted = bool(_QUOTED.match(line.text)) and bool(_QUOTED.match(before.text))
        goes_on = quoted or not (_BEGINS.match(line.text) or _QUOTED.match(line.text))
        goes_on = goes_on and not before.text.endswith(("  ", "\\"))
        both = line.kind is None and before.kind is None and before.text.strip() and line.text.strip()
        if both and goes_on:
            more = _QUOTED.sub("", line.text) if quoted else line.text
            made[-1] = before._replace(text=f"{before.text.rstrip()} {more.strip()}")
        else:
            made.append(line)
    return [supposed([line.text])[0] if line.kind is None else line for line in made]


def _line(line: str, under: str, starts: bool, titled: bool, facts: Facts) -> tuple[Line, bool]:
    heading = _HEADING.match(line)
    underlined = starts and _UNDERLINE.match(under) and not _RULE.match(line) and len(under.strip()) >= 3
    if heading or underlined:
        text = _CLOSING.sub("", heading[2].strip()) if heading else line.strip()
        level = len(heading[1]) if heading else (1 if "=" in under else 2)
        known = {value.casefold() for value, _ in facts.get("title", [])}
        if not titled and (level == 1 or text.casefold() in known):
            add_fact(facts, "title", re.sub(r"[*_`]", "", text), "first heading")
            return Line(text, Kind.TITLE, "first heading", confidence=0.95), True
        return Line(text, Kind.SUBHEAD, "heading", confidence=0.9), False
    if _RULE.match(line) or _UNDERLINE.match(line) or _REFERENCE.match(line):
        return Line(line, Kind.BOILERPLATE, "mark-up without text"), False
    if _IMAGE.match(line):
        return Line(line, Kind.CAPTION, "picture", confidence=0.95), False
    if _LINK_ONLY.match(line):
        return Line(line, Kind.RELATED, "a link and nothing else", confidence=0.6), False
    return Line(line), False
