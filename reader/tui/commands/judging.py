"""Claims with their evidence, and grades: A to F for a source, 1 to 6 for what it says."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from reader.annotations.annotation import Annotation, Stance, Target
from reader.annotations.claims import (
    CREDIBILITY,
    RELIABILITY,
    Standing,
    claim,
    graded,
    grades_of,
    outlet_target,
    standing,
    with_evidence,
    without_evidence,
)
from reader.annotations.claims import claims as claims_of
from reader.annotations.claims import grade as grade_of
from reader.annotations.origins import Origins, Report, origins
from reader.annotations.selectors import target_for
from reader.capture.article import Kind
from reader.errors import DeskreaderError
from reader.tui.commands import action
from reader.tui.messages import many
from reader.tui.screens.boards import short
from reader.tui.screens.pick import Choice, Pick
from reader.tui.trail import Place

if TYPE_CHECKING:
    from reader.library.entry import Entry
    from reader.tui.screens.main import MainScreen
    from reader.workspace import Workspace

_STANCES = {"s": Stance.SUPPORTS, "c": Stance.CONTRADICTS, "u": Stance.UNCLEAR}


def _origins(workspace: "Workspace", held: Annotation, entries: "Mapping[str, Entry]") -> Origins:
    """The origins of the passages of a claim that take a side."""

    def body(id: str) -> str:
        try:
            article = workspace.library.article(id)
        except DeskreaderError:
            return ""
        return "\n".join(block.span.of(article.text) for block in article.blocks if block.kind is Kind.BODY)

    sided = (target.source for target in held.targets if target.stance in (Stance.SUPPORTS, Stance.CONTRADICTS))
    there = [entries[id] for id in dict.fromkeys(sided) if id in entries]
    return origins(Report(one.id, one.outlet, one.authors, partial(body, one.id)) for one in there)


@action("claims")
def claims(screen: "MainScreen", count: int) -> None:
    """The claims with their evidence; Enter on a passage goes there, on a claim says what can be done."""
    places: dict[str, tuple[Annotation, Target]] = {}

    def choices() -> list[Choice]:
        held = claims_of(screen.workspace.store.all())
        ids = {target.source for one in held for target in one.targets}
        entries = {id: entry for id in ids if (entry := screen.workspace.library.entry(id)) is not None}
        found: list[Choice] = []
        for one in held:
            known = _origins(screen.workspace, one, entries)
            stands = standing(one, known.of)
            grade, reason = stands.suggested
            given = f"graded {one.credibility}" if one.credibility else f"evidence speaks for {grade}"
            found.append(Choice(one.id, short(one.note, 80), f"{given}: {reason}", _sides(stands), voice="strong"))
            for at, target in enumerate(one.targets):
                key = f"{one.id} {at}"
                places[key] = (one, target)
                quote = short(target.exact, 60) or "the whole article"
                entry = entries.get(target.source)
                about = f"{entry.outlet} · {entry.title}" if entry is not None else target.source
                found.append(Choice(key, f"  {target.stance or 'unclear'}: “{quote}”", about))
            for at, words in enumerate(known.reasons):
                found.append(Choice(f"{one.id} origin {at}", f"  {words}", voice="quiet", heading=True))
        return found

    def chosen(key: str | None) -> None:
        if key in places:
            _passage(screen, *places[key])
        elif key is not None and (held := screen.workspace.store.get(key)) is not None:
            _what(screen, held)

    empty = "No claims yet. + puts the annotation in focus under one."
    screen.desk.choose(Pick("claims:", choices, empty=empty, high=True), chosen)


def _sides(stands: Standing) -> str:
    """What speaks for a claim and what against it, each with the number of independent origins."""
    parts = [
        f"{count} {side} from {many(len(origins), 'origin')}"
        for count, side, origins in (
            (stands.supports, "for", stands.supporting),
            (stands.contradicts, "against", stands.contradicting),
        )
        if count
    ]
    return " · ".join([*parts, *([f"{stands.unclear} open"] if stands.unclear else [])])


def _passage(screen: "MainScreen", held: Annotation, target: Target) -> None:
    """Ask what to do with a passage of a claim."""
    choices = [Choice("go", "go there")]
    choices += [Choice(letter, f"it {words}") for letter, words in (("s", "supports"), ("c", "contradicts"))]
    choices += [Choice("u", "it leaves the claim open"), Choice("away", "take it from the claim")]

    def chosen(key: str | None) -> None:
        store = screen.workspace.store
        if key == "go":
            if screen.article is not None and screen.article.id == target.source:
                screen.remember_place()
            screen.go(Place(target.source, target.span.start if target.span else 0), remember=False)
            screen.focus_pane("page")
        elif key == "away":
            kept = without_evidence(held, target)
            screen.change(lambda: store.edit(held, **kept), "Taken from the claim; u undoes it", focus=False)
        elif key is not None:
            stance = _STANCES[key]
            words = f"It {stance.value}" if key != "u" else "It is unclear"
            screen.change(lambda: store.edit(held, **with_evidence(held, target, stance)), words, focus=False)

    screen.desk.choose(Pick(f"“{short(target.exact, 40)}”:", choices), chosen)


def _what(screen: "MainScreen", held: Annotation) -> None:
    """Ask what to do with a claim."""
    store = screen.workspace.store
    grades = [Choice(f"grade {at}", f"{at}  {words}", "", "*" if held.credibility == at else "")
              for at, words in CREDIBILITY.items()]  # fmt: skip
    choices = [*grades, Choice("none", "no grade"), Choice("word", "word it anew")]
    choices.append(Choice("delete", "delete the claim"))

    def chosen(key: str | None) -> None:
        if key == "word":
            screen.ask_line("claim: ", lambda text: _worded(screen, held, text), initial=held.note)
        elif key == "delete":
            screen.change(lambda: store.delete(held.id), "The claim is gone; u brings it back", focus=False)
        elif key is not None:
            grade = int(key.split()[1]) if key != "none" else None
            words = f"Graded {grade}" if grade else "Not graded"
            screen.change(lambda: store.edit(held, **graded(held, grade)), words, focus=False)

    screen.desk.choose(Pick(f"{short(held.note, 50)}:", choices, high=True), chosen)


def _worded(screen: "MainScreen", held: Annotation, text: str) -> None:
    """Word a claim anew."""
    if text.strip():
        screen.change(lambda: screen.workspace.store.edit(held, note=text.strip()), "Worded anew", focus=False)


@action("claim.add")
def claim_add(screen: "MainScreen", count: int) -> None:
    """Put the annotation in focus under a claim that is chosen or typed anew, with a stance."""
    current = screen.current_note
    if current is None:
        screen.desk.say("No annotation is in focus; [ and ] go from one to the next")
        return
    store = screen.workspace.store
    target = next((each for each in current.annotation.targets if each.exact), current.annotation.targets[0])

    def chosen(answer: str | None) -> None:
        if answer is None:
            return

        def stand(letter: str) -> None:
            stance = _STANCES.get(letter, Stance.UNCLEAR)

            def act() -> None:
                with store.step("a passage under a claim"):
                    held = known or store.add(claim(answer, [target]))
                    store.edit(held, **with_evidence(held, target, stance))

            known = store.get(answer)
            words = f"{stance.value.capitalize()}: {short(known.note if known else answer, 50)}"
            screen.change(act, words, focus=False)

        screen.await_letter("this passage: s supports it, c contradicts it, u unclear", stand)

    def choices() -> list[Choice]:
        return [Choice(one.id, short(one.note, 80)) for one in claims_of(store.all()) if store.is_mine(one)]

    empty = "Type the claim in one sentence, then Enter"
    screen.desk.choose(Pick("under which claim?", choices, empty=empty, free=True), chosen)


@action("grade")
def grade(screen: "MainScreen", count: int) -> None:
    """The grades of the open article's source, each with its reason and date, and a new one: A to F."""
    article = screen.article
    if article is None:
        screen.desk.say("Open an article first")
        return
    store = screen.workspace.store
    known = article.metadata.outlet
    outlet = known.value if known else ""
    targets = {"outlet": outlet_target(outlet), "article": target_for(article, None)}

    def choices() -> list[Choice]:
        found = []
        for one in grades_of(store.all(), article.id, outlet):
            about = f"{RELIABILITY[one.reliability]}: {one.reason or 'no reason given'}"
            whole = outlet if one.whole else "this article"
            words = f"{whole} is {one.reliability}"
            found.append(Choice(f"now {one.creator}", words, about, f"{one.creator}  {one.date}", heading=True))
        for what, name in (("outlet", outlet), ("article", "this article")):
            for letter, words in RELIABILITY.items() if name else ():
                found.append(Choice(f"{what} {letter}", f"{letter}  {name}", words, "", f"{letter} {name} {words}"))
        return found

    def chosen(key: str | None) -> None:
        what, _, letter = (key or "").partition(" ")
        if what not in targets:
            return

        def reasoned(reason: str) -> None:
            words = f"{outlet if what == 'outlet' else 'This article'} is graded {letter}; u undoes it"
            screen.change(lambda: store.add(grade_of(targets[what], letter, reason), article.text), words, focus=False)

        screen.ask_line(f"{letter}, because: ", reasoned)

    screen.desk.choose(Pick("grade the source:", choices, high=True, at="outlet A" if outlet else "article A"), chosen)
