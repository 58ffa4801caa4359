"""How long the store takes to read many annotations, to look for changes, to save one and to take a bulk step
back.

Prints milliseconds and the ratio of loading to merely reading the bytes of the same files.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from reader.annotations.annotation import Annotation, Target
from reader.annotations.files import Files
from reader.annotations.identity import new_id, system_clock, timestamp
from reader.annotations.layout import Layout
from reader.annotations.store import Store
from reader.annotations.w3c import dumps, to_json
from reader.text.span import Span

_SENTENCE: Final = "The harbour master of Brindlemouth counted forty-one crates on the quay before the ferry left. "


def fill(root: Path, count: int, per_article: int) -> None:
    """Write that many annotations the quick way, as if they had been there for long."""
    layout = Layout(root, "Ana", Files())
    for number in range(count):
        source = f"wire/article-{number // per_article}.txt"
        span = Span(number, number + 90)
        passage = Target(source, "0" * 64, span, _SENTENCE[:90], _SENTENCE[:64], _SENTENCE[-64:])
        stamp = timestamp(system_clock())
        annotation = Annotation(
            new_id(system_clock()),
            "Ana",
            stamp,
            stamp,
            (passage,),
            _SENTENCE * (number % 3),
            ("cargo",),
            "doubt",
        )
        path = layout.path_for(annotation.id, source, False)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(dumps(to_json(annotation)))


def milliseconds(act: Callable[[], object], times: int = 1) -> float:
    """The median wall time of an act."""
    taken = []
    for _time in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Fill a folder, then measure on it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--per-article", type=int, default=10)
    parser.add_argument("--bulk", type=int, default=200, help="annotations changed in the bulk step")
    parser.add_argument("--folder", type=Path, default=None, help="where to work; a temporary folder by default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        root = Path(folder) / ".textual"
        fill(root, options.count, options.per_article)
        files = list((root / "annotations").glob("*/*.json"))
        plain = milliseconds(lambda: [path.read_bytes() for path in files], 3)
        load = milliseconds(lambda: Store(root, "Ana").load(), 3)
        store = Store(root, "Ana", rescue=Path(folder) / "rescue")
        store.load()
        print(f"load {options.count} annotations: {load:.0f} ms, {load / plain:.1f} x reading their bytes")
        print(f"poll, first: {milliseconds(store.poll):.1f} ms")
        time.sleep(2.6)
        store.poll()
        print(f"poll, settled: {milliseconds(store.poll, 9):.1f} ms")
        chosen = store.all()[: options.bulk]
        draft = replace(chosen[0], id="", created="", modified="")
        print(f"add: {milliseconds(lambda: store.add(draft), 21):.2f} ms")
        numbers = iter(range(1000))
        edit = milliseconds(lambda: store.edit(chosen[0].id, note=f"note {next(numbers)}"), 21)
        print(f"edit: {edit:.2f} ms")

        def bulk() -> None:
            with store.step("tag"):
                for annotation in chosen:
                    store.edit(annotation.id, tags=("cargo", "quay"))

        print(f"tag {len(chosen)} in one step: {milliseconds(bulk):.0f} ms")
        print(f"undo it: {milliseconds(store.undo):.0f} ms")
        together = [(annotation, {"tags": ("cargo", "crew")}) for annotation in chosen]
        print(f"tag {len(chosen)} together: {milliseconds(lambda: store.edit_all(together, 'tag')):.0f} ms")
        print(f"undo it: {milliseconds(store.undo):.0f} ms")
        print(f"draft: {milliseconds(lambda: store.drafts.save('note', _SENTENCE), 21):.2f} ms")
        store.close()


if __name__ == "__main__":
    main()
