"""Notes being typed, kept from one key to the next, so that a killed terminal loses no more than a second."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from reader.annotations.identity import Clock, folder_name, timestamp
from reader.annotations.layout import Layout
from reader.annotations.rescue import Rescue, SaveError
from reader.annotations.session import Session
from reader.annotations.w3c import NotAnAnnotation, dumps, loads
from reader.text.clean import clean, clean_line


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that was not saved: `key` says what it was for, `saved` when it was kept last (UTC)."""

    key: str
    text: str
    saved: str
    path: Path


class Drafts:
    """The analyst's drafts in this workspace, each under a key of the caller's choice."""

    def __init__(self, layout: Layout, rescue: Rescue, session: Session, clock: Clock, creator: str) -> None:
        self._layouts = [layout, *rescue.layouts(creator)]
        self._session = session
        self._clock = clock
        self._root = layout.root

    def save(self, key: str, text: str) -> Path:
        """Keep the text, durably, in the workspace or, where that cannot be written, in a rescue folder.

        Returns the file; raises `SaveError` when no folder takes it.
        """
        data = dumps({"key": key, "text": text, "saved": timestamp(self._clock())})
        first: OSError | None = None
        self._session.begin()
        for layout in self._layouts:
            path = layout.drafts / f"{folder_name(key)}.{self._session.name}.json"
            try:
                layout.make_unversioned(layout.drafts.parent)
                layout.files.make_folder(layout.drafts, layout.folder_mode(private=True))
                layout.replace(path, data, private=True)
            except OSError as error:
                first = first or error
            else:
                self._remove(self._mine(key), but=path)
                return path
        assert first is not None
        raise SaveError(first, self._root, [None]) from first

    def all(self) -> tuple[Draft, ...]:
        """The drafts of this session and of sessions that are over, newest first; those of running ones are
        theirs.
        """
        found = []
        for layout in self._layouts:
            for name in layout.files.names(layout.drafts):
                draft = self._read(layout, layout.drafts / name)
                if draft and not self._session.is_live(_session_in(name)):
                    found.append(draft)
        return tuple(sorted(found, key=lambda draft: draft.saved, reverse=True))

    def discard(self, key: str) -> None:
        """Forget the drafts under the key: the note was saved or given up."""
        start = f"{folder_name(key)}."
        own = [draft.path for draft in self.all() if draft.path.name.startswith(start)]
        self._remove([*own, *self._mine(key)])

    def _mine(self, key: str) -> list[Path]:
        name = f"{folder_name(key)}.{self._session.name}.json"
        return [layout.drafts / name for layout in self._layouts]

    def _remove(self, paths: list[Path], but: Path | None = None) -> None:
        for path in paths:
            if path != but and path.exists():
                with contextlib.suppress(OSError):
                    self._layouts[0].files.remove(path)

    def _read(self, layout: Layout, path: Path) -> Draft | None:
        if not path.name.endswith(".json"):
            return None
        with contextlib.suppress(OSError, NotAnAnnotation, KeyError, TypeError, AttributeError):
            record = loads(layout.files.read(path)[0])
            return Draft(clean_line(record["key"]), clean(record["text"]), clean_line(record.get("saved", "")), path)
        return None


def _session_in(name: str) -> str:
    return name.removesuffix(".json").rpartition(".")[2]
