"""Keys are dealt with in the order in which they were typed, however fast they come."""

from pathlib import Path

from textual.events import Key

from .desk import application, folder, ready, searching, until


async def test_a_letter_that_waits_does_not_overtake_the_key_that_empties_the_line(tmp_path: Path) -> None:
    app = application(folder(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        screen = await searching(pilot)
        for letter in "bridge":
            app.post_message(Key(letter, letter))
        app.post_message(Key("ctrl+u", "\x15"))
        for letter in "market":
            app.post_message(Key(letter, letter))
        await until(pilot, lambda: screen.prompt.value.endswith("t"), "the last letter")
        assert screen.prompt.value == "market"
    app.workspace.close()
