"""Commands over all annotations: every note, what to look at again, tags, claims, grades, history, agreement."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.annotations.annotation import Annotation, State
from reader.errors import DeskreaderError
from reader.tui.commands import action
from reader.tui.screens.pick import Choice, Pick
from reader.tui.trail import Place

if TYPE_CHECKING:
    from reader.capture.article import Article
    from reader.tui.screens.main import MainScreen


def short(text: str, most: int = 60) -> str:
    """A text on one line, cut."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def in_a_line(annotation: Annotation) -> str:
    """What an annotation says, or the passage that it marks."""
    quotes = " … ".join(f"“{target.exact}”" for target in annotation.targets if target.exact)
    return short(annotation.note or quotes or "marked", 70)


def _titles(screen: "MainScreen") -> dict[str, str]:
    """Headlines by id."""
    return {entry.id: entry.title for entry in screen.sources.entries}


def _go_to(screen: "MainScreen", id: str | None) -> None:
    """Open the article of an annotation and go to it."""
    annotation = screen.workspace.store.get(id) if id else None
    if annotation is not None:
        screen.open_article(annotation.source, then=lambda: screen.go_note(annotation.id))


@action("annotations")
def annotations(screen: "MainScreen", count: int) -> None:
    """Every annotation, under its article; Enter goes to its place."""
    titles = _titles(screen)
    choices: list[Choice] = []
    last = ""
    for one in sorted(screen.workspace.store.all(), key=lambda each: (each.source, each.created)):
        if one.source != last:
            last = one.source
            choices.append(Choice(f"article {last}", titles.get(last, last), heading=True))
        about = "  ".join([*(f"#{tag}" for tag in one.tags), one.pen or "", one.creator])
        quotes = " ".join(target.exact for target in one.targets)
        found_by = f"{one.note} {quotes} {about} {titles.get(last, last)}"
        choices.append(Choice(one.id, in_a_line(one), right=about.strip(), found_by=found_by))
    empty = "No notes yet. v selects a passage, a writes a note."
    screen.desk.choose(Pick("notes:", choices, empty=empty, high=True), lambda id: _go_to(screen, id))


@action("review")
def review(screen: "MainScreen", count: int) -> None:
    """Passages that are no longer where they were; Enter takes the place proposed, or goes to the article."""
    from reader.annotations.review import accepted, cases, urgent_first

    workspace = screen.workspace

    def article_of(id: str) -> "Article | None":
        try:
            return workspace.library.article(id)
        except DeskreaderError:
            return None

    found = urgent_first(cases(workspace.store.all(), article_of, workspace.store.snapshot))
    words = {State.ORPHAN: "place lost", State.REVIEW: "look again", State.MOVED: "moved"}
    choices = [
        Choice(str(at), f"“{short(case.target.exact)}”", case.placement.reason, words[case.placement.state])
        for at, case in enumerate(found)
    ]

    def chosen(key: str | None) -> None:
        if key is None:
            return
        case = found[int(key)]
        article = article_of(case.target.source)
        if case.placement.span is None or article is None:
            if article is not None:
                screen.open_article(article.id)
            screen.desk.say(f"Place lost: {case.placement.reason}")
            return
        span = case.placement.span
        screen.open_article(article.id, span.start, then=lambda: screen.page.reveal(span))

        def answered(letter: str) -> None:
            if letter == "y":
                workspace.store.edit(case.annotation, text=article.text, **accepted(case, article))
                screen.notes_changed(case.annotation.id)

        screen.await_letter(f"“{short(span.of(article.text), 40)}”: y puts the note here, any other key not", answered)

    empty = "Every annotation stands where it was put"
    screen.desk.choose(Pick("to look at again:", choices, empty=empty), chosen)


@action("codebook")
def codebook(screen: "MainScreen", count: int) -> None:
    """The tags with how often they are used; Enter asks for another name, which may be another tag's."""
    from reader.annotations.codebook_file import CodebookFile
    from reader.annotations.coding import counts, rename

    store = screen.workspace.store
    book = CodebookFile(screen.workspace.state, store.creator)
    used = counts(store.all())
    names = sorted({*used, *(code.name for code in book.load().codes)}, key=lambda name: (-used[name], name))
    known = book.load()
    choices = [
        Choice(name, f"#{name}", code.definition if (code := known.get(name)) else "", f"{used[name]}")
        for name in names
    ]

    def chosen(name: str | None) -> None:
        if name is None:
            return

        def renamed(new: str) -> None:
            done = rename(store, book, name, new.strip().lstrip("#"))
            screen.notes_changed(None)
            screen.desk.say(f"{done.label}: {done.changed} annotations" if done.label else "Nothing changed")

        screen.ask_line(f"new name of #{name}: ", renamed, initial=name, words=names)

    screen.desk.choose(Pick("tags:", choices, empty="No tags yet. t tags an annotation."), chosen)


@action("claims")
def claims(screen: "MainScreen", count: int) -> None:
    """The claims with their evidence; Enter on a passage goes there."""
    from reader.annotations.claims import claims as claims_of
    from reader.annotations.claims import standing

    outlets = {entry.id: entry.outlet or entry.id for entry in screen.sources.entries}
    titles = _titles(screen)
    choices: list[Choice] = []
    places: dict[str, Place] = {}
    for one in claims_of(screen.workspace.store.all()):
        stands = standing(one, lambda id: outlets.get(id, id))
        grade, reason = stands.suggested
        graded = f"graded {one.credibility}" if one.credibility else f"evidence speaks for {grade}"
        choices.append(Choice(one.id, short(one.note, 80), f"{graded}: {reason}", voice="strong"))
        for at, target in enumerate(one.targets):
            key = f"{one.id} {at}"
            places[key] = Place(target.source, target.span.start if target.span else 0)
            stance = str(target.stance or "unclear")
            quote = short(target.exact, 60) or "the whole article"
            choices.append(Choice(key, f"  {stance}: “{quote}”", titles.get(target.source, target.source)))

    def chosen(key: str | None) -> None:
        if key in places:
            screen.go(places[key])
        elif key is not None:
            _grade_claim(screen, key)

    empty = "No claims yet. + puts the annotation in focus under one."
    screen.desk.choose(Pick("claims:", choices, empty=empty, high=True), chosen)


def _grade_claim(screen: "MainScreen", id: str) -> None:
    """Ask for the grade of a claim."""
    from reader.annotations.claims import graded

    def answered(letter: str) -> None:
        claim = screen.workspace.store.get(id)
        if claim is not None and letter in "123456":
            screen.workspace.store.edit(claim, **graded(claim, int(letter)))
            screen.desk.say(f"Graded {letter}")

    screen.await_letter("credibility of the claim: 1 confirmed … 5 improbable, 6 cannot be judged", answered)


@action("claim.add")
def claim_add(screen: "MainScreen", count: int) -> None:
    """Put the annotation in focus under a claim that is chosen or typed anew, with a stance."""
    from reader.annotations.annotation import Stance
    from reader.annotations.claims import claim, with_evidence
    from reader.annotations.claims import claims as claims_of

    current = screen.current_note
    if current is None:
        screen.desk.say("No annotation is in focus; [ and ] go from one to the next")
        return
    store = screen.workspace.store
    target = next((each for each in current.annotation.targets if each.exact), current.annotation.targets[0])
    stances = {"s": Stance.SUPPORTS, "c": Stance.CONTRADICTS, "u": Stance.UNCLEAR}

    def chosen(answer: str | None) -> None:
        if answer is None:
            return

        def stand(letter: str) -> None:
            stance = stances.get(letter, Stance.UNCLEAR)
            held = store.get(answer)
            if held is None:
                held = store.add(claim(answer, [target]))
            store.edit(held, **with_evidence(held, target, stance))
            screen.notes_changed(None)
            screen.desk.say(f"{stance.value.capitalize()}: {short(held.note, 50)}")

        screen.await_letter("this passage: s supports it, c contradicts it, u unclear", stand)

    choices = [Choice(one.id, short(one.note, 80)) for one in claims_of(store.all())]
    empty = "Type the claim in one sentence, then Enter"
    screen.desk.choose(Pick("under which claim?", choices, empty=empty, free=True), chosen)


@action("grade")
def grade(screen: "MainScreen", count: int) -> None:
    """Grade the outlet of the open article, or the article where its outlet is not known, A to F."""
    from reader.annotations.claims import grade as grade_of
    from reader.annotations.claims import outlet_target
    from reader.annotations.selectors import target_for

    article = screen.article
    if article is None:
        screen.desk.say("Open an article first")
        return
    known = article.metadata.outlet
    name = known.value if known else screen.headline
    target = outlet_target(known.value) if known else target_for(article, None)

    def lettered(letter: str) -> None:
        if letter.upper() not in "ABCDEF":
            return

        def reasoned(reason: str) -> None:
            screen.workspace.store.add(grade_of(target, letter.upper(), reason))
            screen.desk.say(f"{name} is graded {letter.upper()}")

        screen.ask_line(f"{name} {letter.upper()}, because: ", reasoned)

    screen.await_letter(f"reliability of {name}: A reliable … E unreliable, F cannot be judged", lettered)


@action("notes.history")
def notes_history(screen: "MainScreen", count: int) -> None:
    """Earlier states of the annotation in focus; Enter brings the note of one back."""
    current = screen.current_note
    if current is None:
        screen.desk.say("No annotation is in focus; [ and ] go from one to the next")
        return
    store = screen.workspace.store
    earlier = [each.annotation for each in store.history(current.annotation.id)]
    choices = [Choice(str(at), in_a_line(one), " ".join(one.tags), one.modified[:16]) for at, one in enumerate(earlier)]

    def chosen(key: str | None) -> None:
        if key is not None:
            was = earlier[int(key)]
            store.edit(current.annotation, note=was.note, tags=was.tags, pen=was.pen)
            screen.notes_changed(was.id)
            screen.desk.say("Brought back; u undoes it")

    screen.desk.choose(Pick("earlier:", choices, empty="It was never changed"), chosen)


@action("notes.agreement")
def notes_agreement(screen: "MainScreen", count: int) -> None:
    """Passages that several analysts marked, and how far they agree; Enter goes to a passage."""
    from reader.annotations.agreement import agreements, passages

    found = passages(screen.workspace.store.all())
    choices: list[Choice] = []
    for pair in agreements(found):
        kappa = "" if pair.kappa is None else f", kappa {pair.kappa:.2f}"
        words = f"{' and '.join(pair.analysts)}: {pair.same} of {pair.passages} passages alike{kappa}"
        choices.append(Choice(f"pair {words}", words, heading=True))
    kept: Sequence[tuple[str, Annotation]] = [
        (f"passage {at}", passage.annotations[0]) for at, passage in enumerate(found)
    ]
    for (key, one), passage in zip(kept, found, strict=True):
        agreed = "agreed" if passage.agreed else "differ"
        choices.append(Choice(key, f"“{short(one.targets[0].exact)}”", ", ".join(passage.analysts), agreed))
    ids = {key: one.id for key, one in kept}
    empty = "No passage was marked by two analysts"
    screen.desk.choose(Pick("agreement:", choices, empty=empty), lambda key: _go_to(screen, ids.get(key or "")))
