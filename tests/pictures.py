"""Draws the README's pictures from the program itself: `python tests/pictures.py` writes them to `.pictures/`.

Each shows the samples as a reader finds them on the first start; the fonts are left to the reader's browser.
"""

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

HOUSE = Path(__file__).parent.parent
SIZE = (116, 34)

async def picture(name: str, theme: str, steps: Sequence[str]) -> None:
    """Open a copy of the samples, go the steps, and keep what is on the screen."""
    from reader.tui.application import Application
    from reader.workspace import Workspace

    with tempfile.TemporaryDirectory(prefix="deskreader-picture-") as folder:
        root = Path(folder) / "samples"
        for part in ("articles", ".textual"):
            shutil.copytree(HOUSE / part, root / part, ignore=shutil.ignore_patterns("cache", "state", "history"))
        workspace = Workspace.open(root, {"HOME": folder, "USER": "ana", "LANG": "C.UTF-8"}, {"theme": theme})
        workspace.bring_up_to_date()
        app = Application(workspace)
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            for step in steps:
                await pilot.press(step)
                await settle(pilot)
            drawing = app.export_screenshot(title="Deskreader")
        workspace.close()
    (HOUSE / ".pictures").mkdir(exist_ok=True)
    (HOUSE / ".pictures" / f"{name}.svg").write_text(without_downloads(drawing), encoding="utf-8")


async def settle(pilot: object) -> None:
    """Wait until the workers are idle and all is painted."""
    for _ in range(12):
        await pilot.pause(0.1)  # type: ignore[attr-defined]


def without_downloads(drawing: str) -> str:
    """The drawing without fonts from elsewhere: it shows in any monospaced font and fetches nothing."""
    drawing = re.sub(r"@font-face\s*{[^}]*}", "", drawing)
    return re.sub(r"font-family:\s*Fira Code[^;]*;", "font-family: monospace;", drawing)


def typed(words: str) -> list[str]:
    """The keys that type some words."""
    return ["space" if letter == " " else letter for letter in words]


PICTURES: dict[str, tuple[str, list[str]]] = {
    "main": ("deskreader", ["s", *typed("two men bakery"), "enter", "escape", "k", "k", "k", "]"]),
    "search": ("paper", ["s", *typed("hadad")]),
    "reasons": ("deskreader", ["s", *typed("planks"), "enter", "escape", "r"]),
}
"""Name, theme and keys of each picture."""


def main() -> None:
    """Draw all pictures."""
    os.environ.pop("NO_COLOR", None)
    for name, (theme, steps) in PICTURES.items():
        asyncio.run(picture(name, theme, steps))
        print(f".pictures/{name}.svg")


if __name__ == "__main__":
    main()
