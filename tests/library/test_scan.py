"""Walking the folder."""

import os
from pathlib import Path

from reader.library.scan import walk


def test_every_folder_is_seen_once_with_its_files(tmp_path: Path) -> None:
    for name in ("a.txt", "b/c.txt", "b/d/e.txt", ".hidden", ".textual/x.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    seen = {folder.relative: [row[:2] for row in folder.rows] for folder in walk(tmp_path)}
    assert seen == {b"": [("a.txt", 5)], b"b": [("c.txt", 7)], b"b/d": [("e.txt", 9)]}


def test_the_digest_tells_of_every_change(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")

    def digest() -> bytes:
        return next(walk(tmp_path)).digest

    seen = [digest()]
    assert digest() == seen[0]
    path.write_text("other")
    seen.append(digest())
    os.utime(path, ns=(5, 5))
    seen.append(digest())
    path.rename(tmp_path / "b.txt")
    seen.append(digest())
    assert len(set(seen)) == len(seen)


def test_links_are_listed_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    folders = list(walk(tmp_path))
    assert [folder.relative for folder in folders] == [b""]
    assert [row[0] for row in folders[0].rows] == ["loop"]


def test_names_that_are_no_characters_are_walked_too(tmp_path: Path) -> None:
    inside = os.fsencode(tmp_path) + b"/caf\xe9"
    os.mkdir(inside)  # noqa: PTH102
    with open(inside + b"/\xff.txt", "wb") as file:  # noqa: PTH123
        file.write(b"words")
    last = list(walk(tmp_path))[-1]
    assert last.relative == b"caf\xe9"
    assert os.fsencode(last.rows[0][0]) == b"\xff.txt"
