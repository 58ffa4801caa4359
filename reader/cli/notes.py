"""`notes` and its actions: what the screen does to annotations, by the same functions, without a screen."""

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from reader.annotations.annotation import Annotation
from reader.annotations.w3c import page, to_json
from reader.cli import shapes
from reader.errors import NothingFound, WrongUsage
from reader.text.span import Span
from reader.workspace import Workspace, workspace_of


def show(request: Namespace) -> int:
    """Print the annotations of the workspace, or of one article."""
    if request.action:
        raise WrongUsage("Unknown action", request.action)
    workspace = Workspace.open(request.folder, os.environ)
    annotations = list(workspace.store.all())
    if request.article:
        wanted = workspace.id_of(request.article)
        annotations = [one for one in annotations if any(target.source == wanted for target in one.targets)]
    if request.json:
        shapes.dump(page(annotations))
        return 0
    if not annotations:
        raise NothingFound("No notes", "`deskreader notes add PATH --quote TEXT` writes one")
    for annotation in annotations:
        _print(annotation)
    return 0


def add(request: Namespace) -> int:
    """Mark a passage or a whole article; durable when it returns."""
    workspace = _workspace(request, request.path)
    article = workspace.article_named(request.path)
    span: Span | None = None
    if request.quote is not None:
        from reader.annotations.selectors import find_quote

        span = find_quote(article, request.quote)
    elif request.start is not None or request.end is not None:
        if request.start is None or request.end is None or not 0 <= request.start < request.end:
            raise WrongUsage("Not a passage", "--start and --end go together, the end behind the start")
        span = Span(request.start, request.end)
    note = _note(request.note)
    if span is None and not note and not request.tag:
        raise WrongUsage("Nothing to keep", "give --quote or --start and --end, --note or --tag")
    annotation = workspace.annotate(article, span, note=note or "", tags=tuple(request.tag), pen=request.pen)
    return _stored(annotation, request)


def edit(request: Namespace) -> int:
    """Change the note, the tags or the pen of an annotation."""
    workspace = _workspace(request)
    annotation = workspace.annotation_named(request.id)
    changes: dict[str, Any] = {}
    note = _note(request.note)
    if note is not None:
        changes["note"] = note
    if request.tag or request.no_tag:
        kept = [tag for tag in annotation.tags if tag not in request.no_tag]
        changes["tags"] = tuple(dict.fromkeys([*kept, *request.tag]))
    if request.pen is not None:
        changes["pen"] = request.pen or None
    if not changes:
        raise WrongUsage("Nothing to change", "give --note, --tag, --no-tag or --pen")
    return _stored(workspace.store.edit(annotation.id, **changes), request)


def delete(request: Namespace) -> int:
    """Move annotations to the trash, in one step that one undo takes back."""
    workspace = _workspace(request)
    chosen = [workspace.annotation_named(name) for name in request.ids]
    workspace.store.delete([annotation.id for annotation in chosen])
    for annotation in chosen:
        if request.json:
            shapes.dump(to_json(annotation))
        else:
            print(f"{annotation.id}  in the trash; `deskreader notes undo` brings it back")
    return 0


def undo(request: Namespace) -> int:
    """Take back the last change of this analyst."""
    return _step(_workspace(request).store.undo(), "undone", "Nothing to undo", request)


def redo(request: Namespace) -> int:
    """Make the last change that was taken back again."""
    return _step(_workspace(request).store.redo(), "redone", "Nothing to redo", request)


def _step(words: str | None, verb: str, none: str, request: Namespace) -> int:
    if words is None:
        raise NothingFound(none, "the notes are as you made them")
    if request.json:
        shapes.dump({verb: words})
    else:
        print(f"{verb}: {words}")
    return 0


def _workspace(request: Namespace, path: str = "") -> Workspace:
    """The workspace that was named, else that of the file, else this folder; opened for writing notes."""
    if getattr(request, "user", None):
        request.flags["user"] = request.user
    if request.folder is None and path and Path(path).is_file():
        return workspace_of(Path(path), os.environ, request.flags)
    return Workspace.open(request.folder, os.environ, request.flags)


def _note(text: str | None) -> str | None:
    """The note as typed, or read from standard input for `-`."""
    return sys.stdin.read().rstrip("\n") if text == "-" else text


def _stored(annotation: Annotation, request: Namespace) -> int:
    if request.json:
        shapes.dump(to_json(annotation))
    else:
        _print(annotation)
    return 0


def _print(annotation: Annotation) -> None:
    """An annotation in a few lines."""
    target = annotation.targets[0]
    place = f"{target.source}:{target.span.start}" if target.span else target.source
    tags = "".join(f" #{tag}" for tag in annotation.tags)
    print(f"{annotation.id}  {place}  {annotation.creator}{tags}")
    for one in annotation.targets:
        if one.exact:
            stance = f"{one.stance.value}: " if one.stance else ""
            print(f"    {stance}“{' '.join(one.exact.split())}”")
    for line in annotation.note.splitlines():
        print(f"    {line}")
