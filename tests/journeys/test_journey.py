"""The whole way, in a real terminal: read, search with a misspelling, mark, note, tag, undo, leave, come back."""

import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pty_terminal import Terminal

Notes = Callable[[], list[dict[str, Any]]]
Open = Callable[..., Terminal]

TITLE = "Dam gate gives way"


def until(question: Callable[[], Any], patience: float = 30.0) -> Any:
    """Ask until the answer is true; returns it."""
    deadline = time.monotonic() + patience
    while not (answer := question()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)
    return answer


def value_of(annotation: dict[str, Any], purpose: str) -> list[str]:
    """The bodies of an annotation that serve a purpose."""
    return [body["value"] for body in annotation.get("body", []) if body.get("purpose") == purpose]


def quote_of(annotation: dict[str, Any]) -> str:
    """The words that an annotation marks."""
    selectors = annotation["target"][0]["selector"]
    return next(one["exact"] for one in selectors if one["type"] == "TextQuoteSelector")


def open_by_search(terminal: Terminal, words: str, title: str) -> None:
    """Search all articles and open the first result, at its first hit."""
    terminal.keys("s")
    terminal.wait("SEARCH")
    terminal.keys(*words)
    terminal.wait(title)
    terminal.keys("enter")
    terminal.wait(lambda text: "hit" in text.splitlines()[-1])


def test_a_whole_day(launch: Open, notes: Notes, samples: Path) -> None:
    before = len(notes())
    with launch() as terminal:
        terminal.wait("Harbour Wire")
        terminal.wait(lambda text: "13 articles" in text or "Amara" in text)
        terminal.keys("j", "j")
        open_by_search(terminal, "hinje biscuit", TITLE)  # the text says "hinge"
        terminal.wait("sheared")
        terminal.keys("v")
        terminal.wait(lambda text: "SELECT" in text or "CARET" in text)
        terminal.keys("s")
        terminal.keys("enter")
        marked = until(lambda: len(notes()) == before + 1 and newest(notes))
        quote = quote_of(marked)
        assert "sheared" in quote
        assert quote.endswith(".")
        text = (samples / "articles" / "river-post-gate-failure.txt").read_text(encoding="utf-8")
        assert quote in text

        terminal.keys("a")
        terminal.wait("NOTE")
        terminal.keys(*"Which hinge?")
        terminal.wait("Which hinge?")
        terminal.keys("ctrl+s")
        until(lambda: value_of(newest(notes), "commenting") == ["Which hinge?"])
        terminal.keys("t")
        terminal.wait("tag")
        terminal.keys(*"gates", "enter")
        until(lambda: value_of(newest(notes), "tagging") == ["gates"])
        terminal.keys("u")
        until(lambda: value_of(newest(notes), "tagging") == [])
        terminal.keys("ctrl+r")
        until(lambda: value_of(newest(notes), "tagging") == ["gates"])
        terminal.keys("ctrl+q")
        assert terminal.ended() == 0

    with launch() as terminal:
        terminal.wait(TITLE)
        terminal.wait("Which hinge?")
        terminal.wait("gates")
        terminal.keys("u")  # undo reaches into the session before
        until(lambda: value_of(newest(notes), "tagging") == [])
        terminal.keys("ctrl+q")
        assert terminal.ended() == 0


def newest(notes: Notes) -> dict[str, Any]:
    """The annotation that was made last."""
    return max(notes(), key=lambda note: str(note["id"]))


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_a_note_being_typed_survives_the_end(launch: Open, notes: Notes, number: signal.Signals) -> None:
    with launch() as terminal:
        terminal.wait("Harbour Wire")
        open_by_search(terminal, "hinge", TITLE)
        terminal.keys("a")
        terminal.wait("NOTE")
        terminal.keys(*"half a thought")
        terminal.wait("half a thought")
        terminal.settle(1.3)  # a second is what a killed program may lose
        if number == signal.SIGHUP:
            terminal.hang_up()
        else:
            terminal.signal(number)
        assert terminal.ended(10) != 0
        if number == signal.SIGTERM:
            assert b"\x1b[?1049l" in terminal.raw[-2000:]
            assert b"\x1b[?25h" in terminal.raw[-2000:]

    with launch() as terminal:
        terminal.wait(lambda text: "half a thought" in text or "draft" in text.lower())
        if "half a thought" not in terminal.text:
            terminal.keys("enter")
            terminal.wait("half a thought")
        terminal.keys("ctrl+q")
        terminal.ended()


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 10), (120, 40)])
def test_every_size_reads(launch: Open, columns: int, rows: int) -> None:
    with launch(columns=columns, rows=rows) as terminal:
        terminal.wait("Harbour Wire" if columns > 40 else "Amara")
        open_by_search(terminal, "hinge", "letters" if columns > 40 else "Engineer")
        terminal.keys("space", "b", "z", "z", "1", "2", "3")
        terminal.settle()
        terminal.keys("ctrl+q")
        assert terminal.ended() == 0


def test_nothing_is_sent_while_nothing_happens(launch: Open) -> None:
    with launch(columns=80, rows=24) as terminal:
        terminal.wait("Harbour Wire")
        terminal.settle(3.0)
        before = terminal.sent
        terminal.settle(3.0)
        assert terminal.sent == before


def test_without_a_folder_to_read_the_samples_open(launch: Open, tmp_path: Path, own_home: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with launch("-C", str(empty), "open", HOME=str(own_home)) as terminal:
        terminal.wait(lambda text: "No captures" in text or "no captures" in text.lower() or "nothing" in text.lower())
        terminal.keys("ctrl+q")
        assert terminal.ended() == 0
