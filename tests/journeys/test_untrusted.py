"""Nothing that came from a file steers the terminal or the program, whichever view shows it."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pty_terminal import PATIENCE, Terminal
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widget import Widget

from reader.text.clean import clean
from reader.tui.application import Application
from reader.tui.screens.main import MainScreen
from reader.tui.screens.search import SearchScreen
from reader.tui.widgets.rows import RowList
from reader.workspace import Workspace

from .payloads import FORBIDDEN, MARKUP, PAYLOADS, TERMINAL, hostile_folder, marker

Open = Callable[..., Terminal]
PLACES = "tbfgnalceowi"
LISTS = (
    "annotations", "review", "codebook", "claims", "problems", "recent.list", "mark.list", "lists", "messages",
    "palette", "help", "notes.history", "notes.agreement", "versions", "theme", "pen",
)  # fmt: skip


class Witness:
    """Looks at what is on the screen: what must not be there, and which payload is to be seen in which view."""

    def __init__(self, app: Application) -> None:
        self.app = app
        self.pairs: set[tuple[str, str]] = set()
        self.markers = re.compile("z[" + PLACES + r"]\d{3}q")

    def look(self, view: str) -> str:
        """Check every cell; returns the text of the screen."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        lines = []
        for strip in strips[:height]:
            assert strip.cell_length <= width, (view, strip.text)
            assert cell_len(strip.text) <= width, (view, strip.text)
            for segment in strip:
                assert segment.control is None or not segment.control, (view, segment)
                assert not FORBIDDEN.intersection(segment.text), (view, segment.text)
                if segment.style is not None:
                    assert segment.style.link is None, (view, segment)
                    assert "@click" not in segment.style.meta, (view, segment)
            lines.append(strip.text)
        for widget in self._parts():
            region = widget.region
            shown = "\n".join(line[region.x : region.right] for line in lines[region.y : region.bottom])
            self.pairs |= {
                (found, f"{view} {widget.id or type(widget).__name__}") for found in self.markers.findall(shown)
            }
        return "\n".join(lines)

    def _parts(self) -> Iterator[Widget]:
        """The widgets that show text of their own."""
        return (each for each in self.app.screen.query("*") if not each.children and each.display and each.region.area)


async def until(pilot: Pilot[int], so: Callable[[], object], what: str) -> None:
    """Let the program work until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < deadline, f"never so: {what}"
        await pilot.pause(0.005)


async def look_through_list(pilot: Pilot[int], witness: Witness, view: str) -> None:
    """Look at every page of the list that is open."""
    rows = next(iter(pilot.app.screen.query(RowList)), None)
    for _ in range(40):
        await pilot.pause()
        witness.look(view)
        if rows is None or not rows.move_pages(1):
            break


async def leave_to_main(pilot: Pilot[int], screen: MainScreen) -> None:
    """Put away whatever was opened."""
    for _ in range(6):
        if pilot.app.screen is screen:
            break
        await pilot.press("escape")
        await pilot.pause()
    assert pilot.app.screen is screen


async def test_no_view_lets_a_payload_through(tmp_path: Path) -> None:
    assert len(PAYLOADS) >= 60
    root = hostile_folder(tmp_path)
    environ = {"HOME": str(tmp_path), "USER": "ana", "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    workspace = Workspace.open(root, environ)
    app = Application(workspace, environ=environ)
    async with app.run_test(size=(150, 40)) as pilot:
        screen = app.main_screen
        await until(pilot, lambda: screen.article is not None, "an article is open")
        await until(pilot, lambda: app.background.indexed == 1.0 and not screen.working, "everything is indexed")
        witness = Witness(app)
        entries = list(workspace.library.entries())
        assert len(entries) >= len(PAYLOADS) * 0.95
        for entry in entries:
            screen.open_article(entry.id)
            await until(pilot, lambda id=entry.id: screen.article is not None and screen.article.id == id, "it is open")
            screen.focus_pane("page")
            await pilot.pause()
            witness.look("read")
            number = int(re.search(r"zf(\d{3})q", entry.id)[1])  # type: ignore[index]
            screen.run_command("raw")
            await pilot.pause()
            witness.look("raw")
            screen.run_command("raw")
            if number % 4 == 0:
                await look_at_words(pilot, witness, screen, number)
        for name in LISTS:
            screen.run_command(name)
            await pilot.pause(0.02)
            await look_through_list(pilot, witness, name)
            await leave_to_main(pilot, screen)
        for grouping in ("date", "tag", "folder", "outlet"):
            screen.group_sources(grouping)
            await pilot.pause(0.05)
            screen.focus_pane("sources")
            screen.source_list.to_top()
            await look_through_list(pilot, witness, grouping)
        screen.open_search("")
        await until(pilot, lambda: isinstance(app.screen, SearchScreen), "the search is open")
        search = app.screen
        assert isinstance(search, SearchScreen)
        for number in range(len(PAYLOADS)):
            wanted = marker("b", number)
            if number % 4 == 0:
                search.prompt.value = f"{wanted} {clean(PAYLOADS[number])}"[:80]
                await pilot.pause(0.02)
            search.prompt.value = wanted
            await until(
                pilot, lambda: search.answer is not None and search.answer.query == search.prompt.value, "answer"
            )
            await until(pilot, lambda: not search._looking, "the hits are looked up")
            await pilot.pause()
            witness.look("search")
        assert app._exception is None
        assert app.is_running
    workspace.close()
    print(f"{len(witness.pairs)} payloads x views, {len({pair[1] for pair in witness.pairs})} views")
    assert len(witness.pairs) >= 2000


async def look_at_words(pilot: Pilot[int], witness: Witness, screen: MainScreen, number: int) -> None:
    """What is said about a payload: where it was sought, an error, an address, the note in the editor."""
    screen.find(PAYLOADS[number], 0, None)
    await pilot.pause()
    witness.look("find")
    screen.desk.say(f"{marker('e', number)} {PAYLOADS[number]}", error=True)
    await pilot.pause()
    witness.look("error")
    screen.desk.dismiss()
    screen.run_command("copy.address")
    await pilot.pause()
    witness.look("address")
    screen.desk.dismiss()
    if screen.placed:
        screen.run_command("annotation.next")
        screen.run_command("edit")
        await pilot.pause()
        witness.look("edit")
        await leave_editor(pilot, screen)


async def leave_editor(pilot: Pilot[int], screen: MainScreen) -> None:
    """Close the editor; nothing was written."""
    if screen.has_class("writing"):
        await pilot.press("escape")
        await until(pilot, lambda: not screen.has_class("writing"), "the editor is closed")


OURS = re.compile(
    rb"\x1b\[[0-9;]*m|\x1b\[\d{1,3};\d{1,3}H|\x1b\[\d{0,3}[ABCDGHJK]"
    rb"|\x1b\[\?(?:1049|1000|1002|1003|1004|1006|1015|1016|2004|2026|2048|25|7)[hl]"
    rb"|\x1b\[\?(?:2026|2048)\$p|\x1b\[>\d*u|\x1b\[<u|\x1b\[>4;\d*m|\x1b\[\?u|\x1b\[c"
)
"""Every sequence that the program itself sends."""


def strangers(raw: bytes) -> list[bytes]:
    """What stands in the output that only a payload can have brought."""
    rest = OURS.sub(b"", raw)
    text = rest.decode("utf-8", "replace")
    found = [rest[max(0, at - 20) : at + 30] for at in (match.start() for match in re.finditer(rb"\x1b", rest))]
    found += [repr(letter).encode() for letter in FORBIDDEN.intersection(text) - set("\x1b\r\n")]
    found += [part for part in (b"\x1b[777;777H", b"\x1b[31;5;7m") if part in raw]
    return found


def test_on_a_real_terminal_only_our_own_sequences_arrive(launch: Open, tmp_path: Path) -> None:
    root = hostile_folder(tmp_path / "hostile")
    with launch(str(root), columns=120, rows=40) as terminal:
        terminal.wait("SOURCES")
        terminal.wait(lambda text: re.search(r"z[tb]\d{3}q", text) is not None)
        for key in ("space", "space", "space", "G", "g", "2", "r", "space", "r", "3", "j", "j", "1"):
            terminal.keys(key)
            terminal.pump(0.05)
        for keys in (",n", ",t", ",p", ",,", ",e", ",r", ",c", "?", ":"):
            terminal.keys(*keys)
            terminal.settle(0.1)
            terminal.keys("pagedown", "pagedown")
            terminal.settle(0.1)
            terminal.keys("escape")
            terminal.settle(0.1)
        for _ in range(12):
            terminal.keys("J")
            terminal.settle(0.05)
        terminal.keys("s")
        terminal.wait("SEARCH")
        terminal.keys(*"ferry")
        terminal.wait(lambda text: re.search(r"\d articles · ", text) is not None)
        terminal.keys("escape")
        terminal.settle(0.1)
        terminal.keys("ctrl+q")
        assert terminal.ended() == 0
        assert not strangers(bytes(terminal.raw))


def test_the_witness_of_the_terminal_sees_what_should_not_be_there() -> None:
    unseen = (
        "\x1b[2J",
        "\x1b[3J",
        "\x1b[777A",
        "\x1b[?1049",
        "\x1b[?25l",
        "\x1b[?1003h",
        "\x1b[?2004l",
        "\x1b[c",
        "\x1b[>777u",
        "a\rEVIL",
    )
    seen = [evil for evil in TERMINAL if strangers(b"some " + evil.encode("utf-8", "replace") + b" text")]
    rest = [evil for evil in TERMINAL if evil not in seen and FORBIDDEN.intersection(evil)]
    assert [evil for evil in rest if not evil.startswith(unseen)] == []
    assert len(seen) >= 50
    assert not any(strangers(evil.encode()) for evil in MARKUP if "\t" not in evil)
