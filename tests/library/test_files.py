"""Opening files that nobody vouches for."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.files import Unreadable, id_of, read_anywhere, read_inside
from reader.text.clean import clean


def test_reads_a_file_in_a_subfolder(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c.txt").write_bytes(b"words")
    contents = read_inside(tmp_path, b"a/b/c.txt")
    assert contents.data == b"words"
    assert contents.modified_ns == (tmp_path / "a" / "b" / "c.txt").stat().st_mtime_ns


@pytest.mark.parametrize(
    "kind", ["pipe", "link", "linked folder", "socket", "folder", "device", "empty", "gone", "big"]
)
def test_refuses_what_is_no_ordinary_file_with_a_reason(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x"
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    name = b"x"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "link":
        outside.write_text("secret")
        path.symlink_to(outside)
    elif kind == "linked folder":
        outside.mkdir()
        (outside / "y").write_text("secret")
        path.symlink_to(outside)
        name = b"x/y"
    elif kind == "socket":
        monkeypatch.chdir(tmp_path)
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("x")
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "empty":
        path.touch()
    elif kind == "big":
        with path.open("wb") as file:
            file.truncate(20_000_000_000)
    with pytest.raises(Unreadable) as caught:
        read_inside(tmp_path, name)
    assert caught.value.reason
    assert caught.value.advice


def test_a_file_of_just_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"a" * 10)
    assert read_inside(tmp_path, b"x", limit=10).data == b"a" * 10
    with pytest.raises(Unreadable, match="larger"):
        read_inside(tmp_path, b"x", limit=9)


@pytest.mark.parametrize("name", [b"../x", b"a/../../x", b"/etc/hostname", b"..", b"", b"./x", b"a//x"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: bytes) -> None:
    inside = tmp_path / "inside"
    (inside / "a").mkdir(parents=True)
    (tmp_path / "x").write_text("secret")
    with pytest.raises(Unreadable):
        read_inside(inside, name)


def test_a_path_that_the_user_typed_may_be_a_link_but_no_device(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("words")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "loop").symlink_to("loop")
    assert read_anywhere(tmp_path / "link").data == b"words"
    for path in (Path("/dev/zero"), tmp_path / "loop", tmp_path):
        with pytest.raises(Unreadable):
            read_anywhere(path)


def test_an_ordinary_name_is_its_own_id() -> None:
    for name in ("a.txt", "news/2016/ünïcödé 100%.html", "صحيفة.txt", "50%25.txt", "a#b.txt"):
        assert id_of(os.fsencode(name)) == name


def test_bytes_that_are_no_characters_stand_as_numbers() -> None:
    assert id_of(b"caf\xe9 50%.txt") == "caf%E9 50%25.txt"
    assert id_of(b"a\x1b[31mb\nc") == "a%1B[31mb%0Ac"


@given(st.binary(min_size=1).filter(lambda name: b"\0" not in name))
def test_every_name_is_safe_to_show(name: bytes) -> None:
    id = id_of(name)
    assert clean(id) == id
    assert "\n" not in id
    assert "\t" not in id
    assert id.isprintable() or any(not character.isascii() for character in id)
