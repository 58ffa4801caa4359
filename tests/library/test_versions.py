"""Two versions compared word by word, and earlier captures kept."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import NothingFound
from reader.library.versions import Archive, Change, Version, word_diff


def test_only_the_words_that_differ_are_marked() -> None:
    changes = word_diff("Some 40 people fled.\nThe end.\n", "About 45 people fled.\nThe end.\n")
    assert changes == (
        Change("-", "Some"),
        Change("+", "About"),
        Change("=", " "),
        Change("-", "40"),
        Change("+", "45"),
        Change("=", " people fled.\nThe end.\n"),
    )
    assert word_diff("same", "same") == (Change("=", "same"),)
    assert word_diff("", "") == ()


words = st.lists(st.sampled_from(["a", "b", "c ", " ", "\n", ".", "\r", "\u2028", "é"]), max_size=40).map("".join)


@given(words | st.text(), words | st.text())
def test_both_texts_can_be_read_from_the_changes(old: str, new: str) -> None:
    changes = word_diff(old, new)
    assert "".join(change.text for change in changes if change.sign in "=-") == old
    assert "".join(change.text for change in changes if change.sign in "=+") == new
    assert all(change.text for change in changes)


def test_long_texts_without_anything_in_common_end(tmp_path: Path) -> None:
    old, new = ("".join(f"{word}{number} " for number in range(20_000)) for word in "ab")
    assert len(word_diff(old, new)) == 2


def test_earlier_captures_are_kept_once_and_found_again(tmp_path: Path) -> None:
    version = Version("a/b.html", "0" * 64, "2020-01-01T00:00:00Z", "somewhere")
    for _ in range(2):
        Archive(tmp_path).keep(version, b"bytes", "a/b.html")
    assert Archive(tmp_path).of("a/b.html") == [version]
    folder, name = Archive(tmp_path).find("a/b.html", "0" * 64)
    assert (folder / name.decode()).read_bytes() == b"bytes"
    assert name.endswith(b".html")
    assert Archive(tmp_path).of("other") == []
    for sha256 in ("1" * 64, "*", "../../x", ""):
        with pytest.raises(NothingFound):
            Archive(tmp_path).find("a/b.html", sha256)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"versions": 5}', '{"versions": [{"sha256": "x"}]}'])
def test_a_damaged_list_of_versions_is_empty(tmp_path: Path, damage: str) -> None:
    archive = Archive(tmp_path)
    archive.keep(Version("a", "0" * 64, "t"), b"x", "a")
    next(tmp_path.glob("*/versions.json")).write_text(damage)
    assert archive.of("a") == []
