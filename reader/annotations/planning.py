"""What an edit becomes once it is merged with what stands on the disk, and who may make it."""

from dataclasses import replace
from pathlib import Path

from reader.annotations.annotation import Annotation
from reader.annotations.identity import Clock, later_stamp, new_id, timestamp
from reader.annotations.layout import Layout
from reader.annotations.merge import merge
from reader.annotations.naming import cleaned, fitting
from reader.annotations.shelf import Held, Shelf
from reader.annotations.writer import Plan, Writer
from reader.errors import Refused


class Planning:
    """Plans of the analyst `creator`, for a locked store. `notices` collects what the analyst should hear."""

    def __init__(self, creator: str, shelf: Shelf, writer: Writer, layout: Layout, clock: Clock) -> None:
        self._creator = creator
        self._shelf = shelf
        self._writer = writer
        self._layout = layout
        self._clock = clock
        self.notices: list[str] = []

    def begun(self, draft: Annotation) -> Annotation:
        """A draft as it is to be added: cleaned, with its id, its creator and its times.

        Raises `Refused` when it is too long.
        """
        now = self._clock()
        stamp = draft.created or timestamp(now)
        begun = replace(
            draft,
            id=draft.id or new_id(now),
            creator=draft.creator or self._creator,
            created=stamp,
            modified=draft.modified or stamp,
        )
        return fitting(cleaned(begun))

    def usual_path(self, annotation: Annotation) -> Path:
        """Where the annotation's file belongs when nothing is known of it."""
        return self._layout.path_for(annotation.id, annotation.source, annotation.private)

    def writable(self, annotation: Annotation, held: Held | None) -> None:
        """Raise `Refused` when the analyst or this program must not change the annotation."""
        if annotation.creator != self._creator:
            owner = annotation.creator or "another program"
            raise Refused("Not yours to change", f"this annotation was made by {owner}")
        if held and held.newer:
            message = f"it has schema {held.schema}; update this program to change it"
            raise Refused("Made by a newer Deskreader", message)

    def deletable(self, held: Held) -> None:
        """Raise `Refused` as `writable` does, and where the annotation lies in a folder that is only read."""
        self.writable(held.annotation, held)
        if not all(self._layout.is_own(copy.path) for copy in self._shelf.copies(held.annotation.id)):
            raise Refused("Not deleted", "it stands in a folder that cannot be written")

    def edit(self, base: Annotation, mine: Annotation) -> Plan:
        """An edit of `base` as it is to be written: merged with what stands now, which is read again for
        that.

        The plan's two states are equal when nothing is to be written. Raises `Refused` and OSError.
        """
        known = self._shelf.get(base.id)
        self.writable(known.annotation if known else base, known)
        path = known.path if known else self.usual_path(base)
        old = self._writer.standing(base.id, path)
        new = self._merged(base, mine, old)
        if old and new == old.annotation:
            return Plan(old, new, path)
        before = old.annotation.modified if old else base.modified
        return Plan(old, replace(new, modified=later_stamp(self._clock(), before)), path)

    def _merged(self, base: Annotation, mine: Annotation, old: Held | None) -> Annotation:
        if old is None:
            self.notices.append("The annotation had been deleted elsewhere; your change brought it back.")
            return mine
        self.writable(old.annotation, old)
        found = merge(base, mine, old.annotation)
        if found.conflicts:
            fields = ", ".join(found.conflicts)
            self.notices.append(f"Changed elsewhere at the same time ({fields}); both versions are kept.")
        return replace(found.annotation, modified=old.annotation.modified)
