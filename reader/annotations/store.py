"""The analyst's annotations: on disk at every change, merged with those of others, taken back at will."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

from reader.annotations.annotation import Annotation
from reader.annotations.codebook import Change as BookChange
from reader.annotations.codebook import Codebook
from reader.annotations.codebook_file import NAME, CodebookFile
from reader.annotations.drafts import Drafts
from reader.annotations.files import Files
from reader.annotations.history import Generation
from reader.annotations.identity import Clock, later_stamp, system_clock
from reader.annotations.migrations import back_up
from reader.annotations.naming import cleaned, fitting, label_for, label_for_deleting
from reader.annotations.planning import Planning
from reader.annotations.rescue import Rescue, Rescued, SaveError
from reader.annotations.session import Session
from reader.annotations.steps import Change, Steps
from reader.annotations.undo import Undo
from reader.annotations.view import View
from reader.annotations.w3c import SCHEMA
from reader.annotations.writer import OpenStep, Plan, Writer
from reader.errors import NothingFound, Refused

T = TypeVar("T")

_TOGETHER: Final = 512
"""New annotations that are saved together: few enough that others who save wait little."""

_FIXED: Final = frozenset({"id", "creator", "created", "modified"})


class Store(View):
    """The annotations below `root` as the analyst `creator` sees and changes them.

    Safe for threads; every change is on the disk when its method returns, or `SaveError` is raised and names the
    rescue copy. Several programs and analysts may use one folder at once. `rescue` is a folder outside the workspace
    for what cannot be saved in it; the user's state directory by default. `beside` is the root of a folder that
    cannot be written: its annotations are shown too, and what is changed of them is kept below `root`.
    """

    def __init__(
        self,
        root: Path,
        creator: str,
        *,
        clock: Clock = system_clock,
        files: Files | None = None,
        rescue: Path | None = None,
        beside: Path | None = None,
    ) -> None:
        super().__init__(root, creator, files or Files(), beside)
        self._clock = clock
        self._rescue = Rescue(root, self._files, rescue)
        self._session = Session(self._layout)
        steps = Steps(self._layout, self._session)
        self._writer = Writer(self._layout, self._shelf, self._history, steps)
        self._planning = Planning(creator, self._shelf, self._writer, self._layout, clock)
        self._book = CodebookFile(root, creator, self._files)
        self._undo = Undo(steps, self._writer, self._book, self._layout, clock)
        self._swept = False
        self._open: ContextVar[OpenStep | None] = ContextVar("open step", default=None)
        self.drafts = Drafts(self._layout, self._rescue, self._session, clock, creator)

    def take_notices(self) -> tuple[str, ...]:
        """What the analyst should hear of the changes since the last call: notes merged, brought back, set aside."""
        taken = tuple(self._planning.notices)
        del self._planning.notices[: len(taken)]
        return taken

    def add(self, draft: Annotation, text: str | Iterable[str] = ()) -> Annotation:
        """Save a new annotation; what the draft leaves empty (id, creator, times) is filled in.

        `text` is the text of the article, or the texts of the articles, that its passages refer to: it is kept, so
        that the passages can be found again when the capture changes. Raises `Refused` when the id is taken.
        """
        return self._add_all([draft], "", text)[0]

    def add_all(self, drafts: Iterable[tuple[Annotation, str]], label: str) -> tuple[Annotation, ...]:
        """Save many new annotations, each with the text of its article ("" to keep none), as one step.

        Much quicker than one by one. The drafts are asked for in groups, each of which is durable before the next is
        asked for; where that fails the groups before it stand, and undo takes them back. Raises as `add` does.
        """
        waiting = iter(drafts)
        added: tuple[Annotation, ...] = ()
        with self.step(label):
            while group := list(islice(waiting, _TOGETHER)):
                texts = {text: None for _draft, text in group if text}
                added += self._add_all([draft for draft, _text in group], label, texts)
        return added

    def _add_all(self, drafts: Sequence[Annotation], label: str, text: str | Iterable[str]) -> tuple[Annotation, ...]:
        new = [self._planning.begun(draft) for draft in drafts]

        def act() -> tuple[Annotation, ...]:
            taken: set[str] = set()
            for one in new:
                if one.id in taken or self._writer.standing(one.id, self._planning.usual_path(one)):
                    raise Refused("Already there", f"an annotation with the id {one.id} stands")
                taken.add(one.id)
            self._layout.keep_snapshots(text)
            plans = [Plan(None, one) for one in new]
            self._writer.carry_out(label or label_for(None, new[0]), plans, self._open.get())
            return tuple(new)

        return self._saving(act, [(None, one) for one in new])

    def edit(self, annotation: Annotation | str, *, text: str | Iterable[str] = (), **changes: Any) -> Annotation:
        """Change fields of an annotation of this analyst; what stands afterwards.

        Give the annotation as the analyst saw it when the change began: what another program changed since then is
        merged with it field by field. By its id, the state in memory counts as seen. Raises `NothingFound` for an
        unknown id, `Refused` for a colleague's annotation or one that a newer program wrote.
        """
        return self.edit_all([(annotation, changes)], "", text=text)[0]

    def edit_all(
        self,
        changes: Iterable[tuple[Annotation | str, Mapping[str, Any]]],
        label: str,
        *,
        text: str | Iterable[str] = (),
    ) -> tuple[Annotation, ...]:
        """Edit many annotations, each with its changes, as one step called `label`; all that stand afterwards.

        Much quicker than one by one, and all or none: when one is refused, none is changed. Raises as `edit` does.
        """
        edits: list[tuple[Annotation, Annotation]] = []
        for seen, fields in changes:
            if _FIXED & fields.keys():
                raise TypeError(f"not to be edited: {', '.join(sorted(_FIXED & fields.keys()))}")
            base = seen if isinstance(seen, Annotation) else self._known(seen)
            edits.append((base, fitting(cleaned(replace(base, **fields)))))

        def act() -> tuple[Annotation, ...]:
            plans = [self._planning.edit(base, mine) for base, mine in edits]
            real = [plan for plan in plans if not plan.old or plan.new != plan.old.annotation]
            if real:
                self._layout.keep_snapshots(text)
                self._writer.carry_out(label or label_for(*edits[0]), real, self._open.get())
            return tuple(plan.new for plan in plans if plan.new)

        return self._saving(act, edits)

    def delete(self, identities: str | Iterable[str]) -> None:
        """Move annotations of this analyst to the trash, in one step; what is gone already counts as done.

        Raises `Refused`, with nothing deleted, when one of them is a colleague's.
        """
        wanted = [identities] if isinstance(identities, str) else list(dict.fromkeys(identities))

        def act() -> None:
            standing = [held for one in wanted if (held := self._writer.standing(one))]
            for held in standing:
                self._planning.deletable(held)
            if standing:
                label = label_for_deleting([held.annotation for held in standing])
                plans = [Plan(held, None) for held in standing]
                self._writer.carry_out(label, plans, self._open.get())

        self._saving(act)

    def bring_back(self, identity: str) -> Annotation:
        """Take an annotation of this analyst out of the trash; raises `NothingFound` when it does not lie there."""

        def act() -> Annotation:
            thrown = next((held for held in self._thrown() if held.annotation.id == identity), None)
            if thrown is None:
                raise NothingFound("Not in the trash", identity)
            self._planning.writable(thrown.annotation, thrown)
            path = self._layout.annotations / thrown.path.parent.name / thrown.path.name
            standing = self._writer.standing(identity, path)
            if standing:
                return standing.annotation
            stamp = later_stamp(self._clock(), thrown.annotation.modified)
            back = replace(thrown.annotation, modified=stamp)
            label = f"return of {label_for(None, back)}"
            self._writer.carry_out(label, [Plan(None, back, path)], self._open.get())
            return back

        return self._saving(act)

    def restore(self, generation: Generation) -> Annotation:
        """Make an earlier generation of an annotation the one that stands; undone like any edit."""
        return self.edit(generation.annotation.id, **_fields(generation.annotation))

    def change_codebook(self, change: BookChange, label: str) -> Codebook:
        """Change what the tags mean, as a step that undo takes back; the codebook afterwards.

        Raises `Refused` when a newer program wrote the file, and `SaveError`.
        """

        note = lambda before, after: self._writer.note(label, [Change(NAME, before, after)], self._open.get())  # noqa: E731
        return self._saving(lambda: self._book.changed(change, note))

    @contextmanager
    def step(self, label: str) -> Iterator[None]:
        """Changes made within the block are one step, which one undo takes back; each is durable alone."""
        outer = self._open.get()
        token = self._open.set(outer or OpenStep(label))
        try:
            yield
        finally:
            self._open.reset(token)

    def undo(self) -> str | None:
        """Take back the analyst's last step; its label, or None when there is none.

        Steps of this program come first, then those of programs that have ended. Raises `Refused` when an annotation
        of the step was changed since by another program; the next call passes over that step.
        """
        return self._saving(self._undo.undo)

    def redo(self) -> str | None:
        """Make the step taken back last again; its label, or None. Raises `Refused` as `undo` does."""
        return self._saving(self._undo.redo)

    def migrate(self) -> Path | None:
        """Write this analyst's annotations of older schemas in the newest; the backup that was made first.

        None when there was nothing to do. What they say, their ids and their times stay as they are.
        """

        def act() -> Path | None:
            mine = (one for one in self._shelf.all() if self.is_mine(one.annotation) and self._layout.is_own(one.path))
            outdated = [held for held in mine if held.schema < SCHEMA]
            again = (self._writer.standing(held.annotation.id) for held in outdated)
            plans = [Plan(held, held.annotation) for held in again if held and held.schema < SCHEMA]
            if not plans:
                return None
            backup = back_up(self._layout, [plan.old.path for plan in plans if plan.old], self._clock())
            self._writer.make(plans)
            return backup

        return self._saving(act)

    def rescued(self) -> tuple[Rescued, ...]:
        """Changes that could not be saved and wait outside the workspace."""
        return tuple(self._rescue.waiting())

    def recover(self, rescued: Rescued) -> Annotation:
        """Save a change that was rescued, merged with what stands now, and take its copy away."""
        base = rescued.base
        if base is None and self.get(rescued.wanted.id) is None:
            saved = self.add(rescued.wanted)
        else:
            saved = self.edit(base or rescued.wanted, **_fields(rescued.wanted))
        self.forget(rescued.path)
        return saved

    def forget(self, rescue: Path) -> None:
        """Take a rescue copy away whose change was saved after all, or given up."""
        self._files.remove(rescue)

    def close(self) -> None:
        """Let go of the session's lock; everything is saved already."""
        self._session.end()

    def _known(self, identity: str) -> Annotation:
        found = self.get(identity)
        if found is None:
            raise NothingFound("No such annotation", identity)
        return found

    def _saving(self, act: Callable[[], T], wanted: Sequence[tuple[Annotation | None, Annotation]] = ()) -> T:
        """Carry out a change under both locks; a failure of the disk becomes a `SaveError` with a rescue copy."""
        with self._lock:
            self._look()
            try:
                with self._layout.locked():
                    self._sweep()
                    return act()
            except OSError as error:
                kept = [self._rescue.keep(mine, base) for base, mine in wanted]
                raise SaveError(error, self.root, kept) from error

    def _sweep(self) -> None:
        """Once, at the first change: hold the session's lock and take away what dead programs left."""
        if not self._swept:
            self._session.begin()
            self._session.sweep()
            self._writer.clear_doubles()
            self._layout.clear_temporary(self._layout.snapshots)
            self._swept = True
        while self._shelf.stale:
            self._layout.clear_temporary(self._shelf.stale.pop())


def _fields(annotation: Annotation) -> dict[str, Any]:
    """All of an annotation that may be edited."""
    names = ("targets", "note", "tags", "pen", "kind", "reliability", "credibility", "private", "extra")
    return {name: getattr(annotation, name) for name in names}
