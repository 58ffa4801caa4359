"""Texts that want to steer the terminal or the program, and a folder in which each stands wherever text can stand."""

import html
import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from reader.annotations.annotation import Annotation, Target
from reader.annotations.store import Store
from reader.workspace import Workspace

E = "\x1b"
TERMINAL: Final = (
    f"{E}]52;c;ZXZpbA==\x07",
    f"{E}]52;c;ZXZpbA=={E}\\",
    f"{E}]52;p;?\x07",
    f"{E}]52;c;ZXZpbA==",
    f"{E}]0;evil\x07",
    f"{E}]2;evil{E}\\",
    f"{E}]8;;https://evil.example{E}\\here{E}]8;;{E}\\",
    f"{E}]8;;file:///etc/passwd\x07x",
    f"{E}]7;file://evil/\x07",
    f"{E}]10;?\x07",
    f"{E}]4;1;rgb:ff/00/00\x07",
    f"{E}]9;evil\x07",
    f"{E}]777;notify;evil;evil\x07",
    f"{E}]1337;File=inline=1:QUFB\x07",
    f"{E}]133;A\x07",
    f"{E}[2J",
    f"{E}[3J",
    f"{E}[777;777H",
    f"{E}[777A",
    f"{E}[31;5;7m",
    f"{E}[?1049h",
    f"{E}[?1049l",
    f"{E}[?25l",
    f"{E}[?1003h",
    f"{E}[?2004l",
    f"{E}[6n",
    f"{E}[c",
    f"{E}[>c",
    f"{E}[21t",
    f"{E}[8;1;1t",
    f"{E}[?5h",
    f"{E}[20;20r",
    f"{E}[4h",
    f"{E}[12l",
    f"{E}[777b",
    f"{E}[!p",
    f"{E}[>777u",
    f"{E}[200~q{E}[201~",
    f"{E}[",
    f"{E}[777;",
    E,
    f'{E}P$q"p{E}\\',
    f"{E}P+q544e{E}\\",
    f"{E}Pq#0;2;0;0;0{E}\\",
    f"{E}P1;1|17/evil{E}\\",
    f"{E}_Gf=24;QUFB{E}\\",
    f"{E}^evil{E}\\",
    f"{E}Xevil{E}\\",
    f"{E}c",
    f"{E}7{E}8",
    f"{E}D{E}M{E}E",
    f"{E}(0lqk{E}(B",
    f"{E}#8",
    f"{E}=",
    f"{E}%G",
    f"{E}N{E}O",
    f"{E}ktitle{E}\\",
    "\x9b777;777H",
    "\x9d52;c;ZXZpbA==\x9c",
    '\x90$q"p\x9c',
    "\x9f\x98\x9e\x85\x84\x8d",
    "\x0e\x0f",
    "\x07\x07\x07",
    "a\x08\x08\x08b",
    "a\x7f\x7fb",
    "a\rEVIL",
    "a\x0b\x0cb",
    "a\x00b",
    "\x05\x06\x15\x1a\x18",
    f"{E}\x18[777H",
    f"{E}{E}{E}[777H",
    "\u202eevil\u202c",
    "\u2066x\u2069\u2067y\u2069\u2068z",
    "\u202a\u202b\u202d",
    "\u2028line\u2029paragraph",
    "\ufeff\u200b\u2060",
    "\U000e0041\U000e007f",
    "e" + "\u0301" * 60,
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "\uffff\ufdd0",
    "👩‍👩‍👧‍👦" * 5,
    "ﷺ" * 5,
)
MARKUP: Final = (
    "[/]",
    "[/red]",
    "[red]",
    "[bold",
    "[[[",
    "]]]",
    "[@click=app.quit]x[/]",
    "[@click=app.bell]x",
    "[@click='app.exit(7)']x[/]",
    "[link=https://evil.example]x[/link]",
    "[on red]x[/]",
    "[$error]x",
    "[b]x[/i]",
    "[Photo courtesy of X]",
    "\\[/]",
    "{x!r}",
    "{0.__class__}",
    "%s%n%(x)s",
    "${HOME}`id`",
    "'; drop table entries; --",
    "../../etc/passwd",
    "-rf",
    "<b>x</b><script>y</script>",
    "&#27;[777H&#155;777H",
    "\\x1b[777H\\u001b]52;;",
    ":smile: :warning:",
    "[1;31m",
    "\t" * 9 + "x",
    "x" * 300,
)
PAYLOADS: Final[Sequence[str]] = TERMINAL + MARKUP
"""Each at least once in a title, body, file name, tag, note, author, link and the name of a file that fails."""

FORBIDDEN: Final = frozenset(
    {
        chr(code)
        for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029)
    }
)
"""What no cell of the screen may hold."""


def marker(place: str, number: int) -> str:
    """A harmless word by which a payload in a place is known: `zt07q` for the title of the seventh."""
    return f"z{place}{number:03d}q"


def file_name(place: str, number: int, suffix: str) -> str:
    """A file name with a payload in it, as far as a file system takes it."""
    payload = (
        PAYLOADS[number]
        .replace("/", "∕")
        .replace("\x00", "")
        .encode("utf-8", "replace")[:120]
        .decode("utf-8", "ignore")
    )
    return f"{marker(place, number)} {payload}{suffix}"


def _plain(number: int) -> str:
    evil = PAYLOADS[number]
    told = " ".join(["The crew of the ferry counted the crates on the quay again and wrote the number down."] * 2)
    return (
        f"{marker('t', number)} {evil} a second report\n\nBy {marker('a', number)} {evil}\n\n4 March 2024\n\n"
        f"{told}\n\n{marker('b', number)} {evil} {told}\n\n{told}\n\n"
        f"Comments\n\nMara {marker('c', number)} {evil}\n\nI saw it {evil}.\n"
    )


def _page(number: int) -> str:
    evil = html.escape(PAYLOADS[number], quote=True)
    coded = "".join(f"&#{ord(letter)};" for letter in PAYLOADS[number])
    told = "<p>" + "The crew of the ferry counted the crates on the quay again and wrote the number down. " * 3 + "</p>"
    link = f"https://wire.example/{marker('l', number)}/{evil}"
    return (
        f'<html><head><title>{marker("t", number)} {evil}</title><link rel=canonical href="{link}">'
        f'<meta name=author content="{marker("a", number)} {evil}"><meta property=og:url content="{link}">'
        f'<meta property=og:site_name content="{marker("o", number)} {coded}"></head>'
        f'<body><h1>{marker("t", number)} {coded}</h1>'
        f'{told}<p>{marker("b", number)} {coded} '
        f'<a href="{link}">{marker("l", number)} {evil}</a> told again.</p>{told}'
        f'<img src=x alt="{marker("i", number)} {coded}"></body></html>'
    )


def hostile_folder(root: Path) -> Path:
    """A folder with every payload in every place: two captures each, a note on each, a file that cannot be read."""
    folder = root / "desk" / "articles"
    folder.mkdir(parents=True)
    for number in range(len(PAYLOADS)):
        plain = _plain(number) if number % 2 else _page(number)
        suffix = ".txt" if number % 2 else ".html"
        (folder / file_name("f", number, suffix)).write_text(plain, encoding="utf-8", errors="surrogatepass")
        if number % 3 == 0:
            (folder / file_name("e", number, ".pdf")).write_bytes(b"%PDF-1.4 " + PAYLOADS[number].encode())
    _add_notes(root / "desk")
    return root / "desk"


def _add_notes(root: Path) -> None:
    """A note, a tag and a creator for each payload, written into the files as a stranger could."""
    workspace = Workspace.open(root, {"HOME": str(root.parent), "USER": "ana"})
    for _ in workspace.library.refresh(lambda: False):
        pass
    ids = {entry.id for entry in workspace.library.entries()}
    workspace.close()
    store = Store(root / ".textual", "ana")
    for number in range(len(PAYLOADS)):
        id = next((id for id in ids if marker("f", number) in id), None)
        if id is None:
            continue
        made = store.add(Annotation("", "", "", "", (Target(id),), "note", ("tag",)))
        (path,) = (root / ".textual" / "annotations").rglob(f"*{made.id}*.json")
        told = json.loads(path.read_text(encoding="utf-8"))
        evil = unicodedata.normalize("NFC", PAYLOADS[number])
        for body in told["body"]:
            place = "g" if body["purpose"] == "tagging" else "n"
            body["value"] = f"{marker(place, number)} {evil}"
        if number % 2:
            told["creator"]["name"] = f"{marker('w', number)} {evil}"
        path.write_text(json.dumps(told), encoding="utf-8")
