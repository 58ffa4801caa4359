"""The whole program in a test: a folder of invented captures, an app over it, and waiting for what should be seen."""

from collections.abc import Callable
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from reader.tui.application import Application
from reader.tui.screens.main import MainScreen
from reader.tui.screens.search import SearchScreen
from reader.workspace import Workspace

HOSTILE = "Markets [/update] [@click=app.quit]x"

BRIDGE = """Harbour Wire

Bridge crews find a second crack

By Lena Mardin

3 March 2024

""" + "\n\n".join(
    (
        "Engineers who climbed the north pylon on Sunday night found a crack as long as a hand, the city said on "
        "Monday, and the crossing will stay open while they look for more of them.",
        "The bridge carries about 3,000 people an hour at rush hour, said Yusuf al-Haddad, who runs the toll office "
        'at the east ramp. "We counted them twice," he said.',
        "Council members asked for a second opinion before the summer, and the harbour master wants the lanes to be "
        "narrowed until somebody has seen the bolts of the south pylon as well.",
        "Repairs would take eleven weeks, the works department believes, and they would cost more than the ferry did "
        "in all the years in which it crossed the river.",
        "Nobody at the toll office remembers who painted over the first crack, which was found by a boatman in the "
        "autumn and was called a shadow in two reports to the council.",
    )
) + "\n"
MARKETS = f"""Kanal Sieben

{HOSTILE}

By [b]Omar[/b] Nour

4 March 2024

""" + "\n\n".join(
    (
        "Traders in the old market [red]closed[/red] early on Monday because the flood had reached the second step of "
        "the hall, and the guards had begun to carry the scales upstairs.",
        "Nobody counted the stalls that stayed dry [/] but the guild speaks of forty, and the water board, which "
        "measured at noon, of thirty at the most.",
        "The market has stood under water four times since it was built, and each time the traders were told that "
        "the gate above the town would be mended before the next winter.",
    )
) + "\n"


def folder(root: Path) -> Path:
    """A folder of captures."""
    captures = root / "desk" / "articles"
    captures.mkdir(parents=True)
    (captures / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (captures / "markets.txt").write_text(MARKETS, encoding="utf-8")
    (captures / "empty.txt").write_text("", encoding="utf-8")
    return root / "desk"


def application(root: Path) -> Application:
    """The program over a folder, on a terminal of no kind."""
    environ = {"HOME": str(root), "USER": "ana", "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    return Application(Workspace.open(root, environ), environ=environ)


def main_screen(app: Application) -> MainScreen:
    """The main screen."""
    screen = app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


def printed(app: Application) -> str:
    """What stands on the screen, as text."""
    screen = app.screen
    width, height = app.size
    strips = screen._compositor.render_strips()
    return "\n".join(strip.text[:width] for strip in strips[:height])


async def until(pilot: Pilot[int], answered: Callable[[], object], what: str = "") -> None:
    """Let the program work until something is so."""
    for _ in range(800):
        if answered():
            return
        await pilot.pause(0.01)
    raise AssertionError(f"never so: {what or answered}\n{printed(pilot.app)}")  # type: ignore[arg-type]


async def ready(pilot: Pilot[int]) -> MainScreen:
    """The main screen with an article on it and nothing left to read or index."""
    app = pilot.app
    assert isinstance(app, Application)
    screen = main_screen(app)
    await until(pilot, lambda: screen.article is not None, "an article is open")
    await until(pilot, lambda: app.background.indexed == 1.0 and not screen.working, "everything is indexed")
    await pilot.pause()
    return screen


async def searching(pilot: Pilot[int]) -> SearchScreen:
    """Open the search across all articles by its key; its screen."""
    await pilot.press("s")
    await until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen), "the search")
    screen = pilot.app.screen
    assert isinstance(screen, SearchScreen)
    return screen


async def typed(pilot: Pilot[int], text: str) -> None:
    """Type a text: the first half key by key, the rest at once."""
    half = min(8, len(text) // 2)
    await pilot.press(*("space" if letter == " " else letter for letter in text[:half]))
    pilot.app.post_message(events.Paste(text[half:]))
    await pilot.pause()


async def open_named(pilot: Pilot[int], id: str) -> None:
    """Open an article from the list by keys."""
    assert isinstance(pilot.app, Application)
    screen = main_screen(pilot.app)
    await pilot.press("1", "g")
    for _ in screen.sources.rows:
        if screen.article_in_focus() == id:
            break
        await pilot.press("j")
    await pilot.press("enter")
    await until(pilot, lambda: screen.article is not None and screen.article.id == id, f"{id} is open")
