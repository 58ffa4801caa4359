"""Correcting what the program took a capture for: what a line is, the title and other facts, the encoding."""

import codecs
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from reader.capture.article import Article, Kind
from reader.library.corrections import Correction
from reader.text.clean import clean_line
from reader.text.span import Span
from reader.tui.commands import action
from reader.tui.screens.pick import Choice, Pick

if TYPE_CHECKING:
    from reader.library.entry import Changes
    from reader.tui.screens.main import MainScreen

KINDS: Final = {
    Kind.BODY: "the article itself",
    Kind.BOILERPLATE: "page furniture: folded",
    Kind.COMMENT: "what a reader wrote",
    Kind.CAPTION: "words under a picture",
    Kind.SUBHEAD: "a heading inside the article",
    Kind.STANDFIRST: "the lines between headline and article",
    Kind.TITLE: "the headline",
    Kind.BYLINE: "who wrote it",
    Kind.DATE: "when it was published",
    Kind.RELATED: "a link to another article",
    Kind.CREDIT: "who took the picture, which agency",
}
"""What a line may be, the likeliest first."""

FIELDS: Final = {"title": "title", "outlet": "outlet", "authors": "authors", "published": "date", "place": "place"}
"""What can be corrected of an article, with the word for it."""

_WIDE: Final = ("outlet", "authors", "place")
"""What can be said of every page of an outlet."""

ENCODINGS: Final = {
    "utf-8": "every language",
    "windows-1252": "Western European",
    "iso-8859-15": "Western European, with the euro sign",
    "windows-1250": "Central European",
    "windows-1251": "Cyrillic",
    "koi8-r": "Russian",
    "windows-1253": "Greek",
    "windows-1254": "Turkish",
    "windows-1255": "Hebrew",
    "windows-1256": "Arabic",
    "gb18030": "Chinese, simplified",
    "big5": "Chinese, traditional",
    "shift_jis": "Japanese",
    "euc-jp": "Japanese",
    "euc-kr": "Korean",
    "utf-16-le": "two bytes a letter",
}
"""Encodings that captures come in."""


def lines_at(text: str, span: Span) -> list[str]:
    """The lines with something on them that a passage touches."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", max(span.start, span.end - 1))
    found = text[start : len(text) if end < 0 else end].split("\n")
    return [line for line in found if line.strip()]


def line_choices(now: str, outlet: str) -> list[Choice]:
    """What a line can be said to be: here only, then on every page of the outlet."""
    choices = [Choice(kind.value, kind.value, told, "now" if kind == now else "") for kind, told in KINDS.items()]
    if outlet:
        choices.append(Choice("heading", f"always for {outlet}", heading=True))
        choices += [Choice(f"always {kind.value}", f"always {kind.value}", told) for kind, told in KINDS.items()]
    return choices


@action("correct.line")
def correct_line(screen: "MainScreen", count: int) -> None:
    """Say what the line of the caret, or each line of the selection, is; without a caret, show one first."""
    article = screen.article
    if article is None:
        screen.desk.say("Open an article first")
        return
    if screen.page.caret is None:
        if not screen.page.view.raw:
            screen.page.toggle_raw()
        screen.focus_pane("page")
        screen.page.enter_caret()
        screen.desk.say("Go to a line, or select some; the same key again says what they are")
        return
    at = screen.page.caret.position
    lines = lines_at(article.text, screen.page.selection or Span(at, at))
    if not lines:
        screen.desk.say("Nothing stands on this line")
        return
    block = article.block_at(at)
    outlet = article.metadata.outlet.value if article.metadata.outlet else ""
    title = f"{len(lines)} lines are:" if len(lines) > 1 else f"“{clean_line(lines[0].strip(), 24)}” is:"

    def chosen(key: str | None) -> None:
        if key is None:
            return
        kind = key.removeprefix("always ")
        always = key != kind
        where = {"outlet": outlet} if always else {"article": article.id}
        said = [Correction("line", kind, line=line, **where) for line in lines]
        _save(screen, said, f"{kind}, {f'always for {outlet}' if always else 'in this article'}")

    choices = line_choices(block.kind.value if block is not None else "", outlet)
    screen.desk.choose(Pick(title, choices, high=True), chosen)


def fact_of(article: Article, field: str) -> tuple[str, str]:
    """What is held to be true of an article, as one would type it, and why; both empty where nothing is known."""
    known = getattr(article.metadata, field)
    if known is None:
        return "", ""
    value = known.value
    text = "; ".join(value) if isinstance(value, tuple) else value.iso if field == "published" else str(value)
    return text, known.basis


@action("correct.facts")
def correct_facts(screen: "MainScreen", count: int) -> None:
    """Correct title, outlet, authors, date, place or encoding, of this article or of its outlet."""
    article = screen.article
    if article is None:
        screen.desk.say("Open an article first")
        return
    outlet = article.metadata.outlet.value if article.metadata.outlet else ""
    choices = []
    for field, word in FIELDS.items():
        value, basis = fact_of(article, field)
        choices.append(Choice(field, f"{word}: {value or 'not known'}", basis))
    choices.append(Choice("encoding", f"encoding: {article.encoding}", "another one, where letters look wrong"))
    if outlet:
        choices.append(Choice("heading", f"always for {outlet}", heading=True))
        choices += [Choice(f"always {field}", f"always {FIELDS[field]}") for field in _WIDE]

    def chosen(key: str | None) -> None:
        if key == "encoding":
            _choose_encoding(screen, article)
        elif key is not None:
            field = key.removeprefix("always ")
            _ask_fact(screen, article, field, outlet if key != field else "")

    screen.desk.choose(Pick("correct:", choices), chosen)


def _ask_fact(screen: "MainScreen", article: Article, field: str, outlet: str) -> None:
    """Ask for a fact, of the article or of the whole outlet."""
    before, _ = fact_of(article, field)
    form = {"authors": " (several: a; b)", "published": " (2015-04-21, 2015-04, 2015)"}.get(field, "")

    def typed(text: str) -> None:
        value = "\n".join(filter(None, (part.strip() for part in text.split(";")))) if field == "authors" else text
        if text.strip() == before and not outlet:
            screen.desk.say("Nothing changed")
            return
        where = {"outlet": outlet} if outlet else {"article": article.id}
        told = f"{FIELDS[field]}: {text.strip() or 'none'}{f', always for {outlet}' if outlet else ''}"
        _save(screen, [Correction(field, value.strip(), **where)], told)

    screen.ask_line(f"{FIELDS[field]}{form}: ", typed, initial=before)


def _choose_encoding(screen: "MainScreen", article: Article) -> None:
    """Choose how the bytes of the file are read."""
    choices = [Choice("guess", "as found by itself", f"now {article.encoding}")]
    choices += [Choice(name, name, told) for name, told in ENCODINGS.items()]

    def chosen(name: str | None) -> None:
        if name is None:
            return
        value = "" if name == "guess" else name
        try:
            codecs.lookup(value or "utf-8")
        except LookupError:
            screen.desk.say(f"No encoding is called {clean_line(name, 40)}", error=True)
            return
        file = article.id.partition("#")[0]
        _save(screen, [Correction("encoding", value, article=file)], f"read as {value or 'found by itself'}")

    screen.desk.choose(Pick("encoding:", choices, empty="Enter takes what is typed", free=True), chosen)


def _save(screen: "MainScreen", said: Iterable[Correction], words: str) -> None:
    """Save corrections in a thread, and show the article as it is by them."""
    corrections = list(said)
    workspace = screen.workspace

    def work() -> None:
        changes = workspace.upkeep.correct(corrections, workspace.settings.user)
        undo = screen.desk.keymap.first("correct.undo")
        screen.desk.call_later(_corrected, screen, changes, f"{words}  ({undo} takes it back)")

    screen.in_thread(work)


@action("correct.undo")
def correct_undo(screen: "MainScreen", count: int) -> None:
    """Take back the latest correction, also one of an earlier session."""
    workspace = screen.workspace

    def work() -> None:
        taken, changes = workspace.upkeep.undo_correction(workspace.settings.user)
        screen.desk.call_later(_corrected, screen, changes, _taken_back(taken))

    screen.in_thread(work)


def _taken_back(taken: Sequence[Correction]) -> str:
    """What was taken back, in words."""
    if not taken:
        return "No correction of yours is left to take back"
    one = taken[0]
    what = f"“{clean_line(one.line.strip(), 30)}” is {one.value}" if one.field == "line" else f"{one.field} {one.value}"
    more = f" and {len(taken) - 1} more" if len(taken) > 1 else ""
    return f"Taken back: {clean_line(what, 80)}{more}"


def _corrected(screen: "MainScreen", changes: "Changes", words: str) -> None:
    """Show list and page as they are now; the place on the page stays."""
    screen.list_sources()
    if screen.article is not None:
        screen.open_article(
            screen.article.id, screen.page.position, focus=False, reading=False, remember=False,
            then=lambda: screen.desk.say(words),
        )  # fmt: skip
    else:
        screen.desk.say(words)
