"""Train the classifier of lines (`reader/capture/weights.json`) on pages whose running text is known.

PAGES holds `gold.jsonl` (one object a page with `id` and `body`) and folders of plain-text captures `ID.txt`. A line
is running text where most of its four-word shingles stand in the page's body. Needs lightgbm and numpy, which the
program itself does not. With --held-out the pages are split five ways and only held-out figures are printed.
"""

import argparse
import json
import random
import re
import sys
from collections import Counter
from copy import copy
from pathlib import Path

import lightgbm
import numpy

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from reader.capture.comments import threads
from reader.capture.context import FEATURES, features, shapes_of
from reader.capture.furniture import known_by_words
from reader.capture.shapes import Shape
from reader.text.clean import clean

WORD = re.compile(r"\w+")
SETTINGS = {
    "objective": "binary", "learning_rate": 0.08, "min_data_in_leaf": 60, "feature_fraction": 0.7,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5, "verbose": -1, "num_threads": 1, "seed": 3,
}  # fmt: skip


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The four-word runs of a text, counted."""
    words = WORD.findall(text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)) if words[i : i + 4])


def labels(shapes: list[Shape], body: str) -> list[tuple[int, float]]:
    """For each line: whether it is running text, and how much its verdict counts in training."""
    known = set(shingles(body))
    lines = {" ".join(WORD.findall(line)) for line in body.split("\n")}
    flat = f" {' '.join(WORD.findall(body))} "
    found = []
    for shape in shapes:
        words = WORD.findall(shape.raw)
        runs = [tuple(words[i : i + 4]) for i in range(len(words) - 3)]
        whole = " ".join(words)
        if runs:
            share = sum(run in known for run in runs) / len(runs)
        else:
            share = 1.0 if whole in lines else 0.5 if len(words) > 1 and f" {whole} " in flat else 0.0
        weight = (min(len(words), 60) ** 0.5 + 0.2) * (0.15 if share == 0.5 else 0.4 if 0.2 < share < 0.8 else 1.0)
        found.append((int(share >= 0.5), weight if words else 0.0))
    return found


def shortened(lines: list[str], body: str, chance: random.Random) -> list[str]:
    """The page with a run of its running text cut out: pages of news are shorter than most pages of PAGES."""
    shapes = shapes_of(lines)
    marks = iter(labels(shapes, body))
    text = [bool(line.strip()) and next(marks)[0] == 1 for line in lines]
    places = [number for number, flag in enumerate(text) if flag]
    if len(places) < 12:
        return lines
    keep = chance.randint(4, max(6, len(places) // 2))
    start = chance.choice([0, chance.randint(0, len(places) - keep)])
    kept = set(places[start : start + keep])
    low, high = places[0], places[-1]
    inside = chance.random() < 0.7
    result = []
    for number, line in enumerate(lines):
        between = low <= number <= high and not (places[start] <= number <= places[start + keep - 1])
        if (text[number] and number not in kept) or (inside and between):
            continue
        result.append(line)
    return result


def tiny(lines: list[str], body: str, chance: random.Random) -> list[str]:
    """A short message with little around it: a few lines of the text, of what precedes it and of what follows."""
    shapes = shapes_of(lines)
    marks = iter(labels(shapes, body))
    text = [bool(line.strip()) and next(marks)[0] == 1 for line in lines]
    places = [number for number, flag in enumerate(text) if flag]
    if len(places) < 8:
        return lines
    keep = chance.randint(2, 8)
    start = chance.choice([0, 0, chance.randint(0, len(places) - keep)])
    inside = lines[places[start] : places[start + keep - 1] + 1]
    above = lines[max(0, places[0] - chance.randint(1, 14)) : places[0]]
    below = lines[places[-1] + 1 :]
    first = chance.randint(0, max(0, len(below) - 12))
    return [*above, *inside, "", *below[first : first + chance.randint(0, 16)]]


def plainer(lines: list[str], chance: random.Random) -> list[str]:
    """The page as other programs dump it: without list marks, indents or blank lines."""
    if chance.random() < 0.5:
        lines = [re.sub(r"^\s*(?:[•*]\s+)?", "", line) for line in lines]
    if chance.random() < 0.5:
        lines = [line for line in lines if line.strip()]
    return lines


class Page:
    """One capture: its rows of numbers, the verdicts wanted, and the shapes of its lines.

    `foreign` makes it a page in a language of which less is known: that share of its small words is kept, and no
    giveaway words.
    """

    def __init__(
        self, key: str, folder: str, lines: list[str], body: str, share: float = 1.0, foreign: float = 0.0
    ) -> None:
        self.key, self.folder = key, folder
        shapes = shapes_of(lines)
        said = threads(shapes)
        if foreign:
            shapes = [copy(shape) for shape in shapes]
            for shape in shapes:
                shape.stops = round(shape.stops * foreign)
                shape.cover, shape.giveaway = [0.0] * len(shape.cover), 0.0
                shape.measured, shape.known = None, False
        self.shapes = [shape for number, shape in enumerate(shapes) if number not in said]
        known = [known_by_words(shape) for shape in self.shapes]
        self.rows = numpy.array(features(self.shapes, known)) if self.shapes else numpy.zeros((0, 0))
        marks = labels(self.shapes, body)
        self.wanted = numpy.array([mark[0] for mark in marks])
        text = sum(weight for flag, weight in marks if flag)
        even = (60 / (text + 20)) ** 0.5
        self.weights = numpy.array([mark[1] for mark in marks]) * share * even


def load(folder: Path, variants: int) -> tuple[list[Page], list[Page], dict[str, str]]:
    """The captures as they are, their variations for training, and the known bodies."""
    bodies = {g["id"]: g["body"] for g in map(json.loads, (folder / "gold.jsonl").open(encoding="utf8"))}
    plain, varied = [], []
    for path in sorted(folder.glob("*/*.txt")):
        key, body = path.stem, bodies[path.stem]
        lines = clean(path.read_text(encoding="utf8")).split("\n")
        plain.append(Page(key, path.parent.name, lines, body))
        chance = random.Random(f"{key}{path.parent.name}")
        for number in chance.sample(range(4), k=min(4, variants)):
            other = (shortened, tiny)[number % 2](lines, body, chance)
            foreign = chance.choice([0.3, 0.5, 0.7]) if number >= 2 else 0.0
            varied.append(Page(key, path.parent.name, plainer(other, chance), body, 0.4, foreign))
    return plain, varied, bodies


def stacked(pages: list[Page], rows: list[numpy.ndarray]) -> lightgbm.Dataset:
    """The rows of many pages as one set for training."""
    return lightgbm.Dataset(
        numpy.vstack(rows),
        numpy.concatenate([page.wanted for page in pages]),
        weight=numpy.concatenate([page.weights for page in pages]),
    )


def train(pages: list[Page], leaves: int, trees: int) -> lightgbm.Booster:
    """The trees that tell the running text of these pages from the rest."""
    pages = [page for page in pages if len(page.rows)]
    return lightgbm.train(SETTINGS | {"num_leaves": leaves}, stacked(pages, [page.rows for page in pages]), trees)


def scored(pages: list[Page], kept: list[numpy.ndarray], bodies: dict[str, str]) -> str:
    """Precision, recall and F1 of shingles, averaged over pages, and the share of pages under a half."""
    figures = []
    for page, keep in zip(pages, kept, strict=True):
        want = shingles(bodies[page.key])
        have = shingles("\n\n".join(s.raw for s, flag in zip(page.shapes, keep, strict=True) if flag))
        both = sum((want & have).values())
        p, r = both / max(1, sum(have.values())), both / max(1, sum(want.values()))
        figures.append((p, r, 2 * p * r / (p + r) if p + r else 0.0))
    p, r, _ = numpy.mean(figures, axis=0)
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.4f} under .5 {numpy.mean([f[2] < 0.5 for f in figures]):.3f}"


def held_out(plain: list[Page], varied: list[Page], bodies: dict[str, str], leaves: int, trees: int) -> None:
    """Print how the classifier does on pages that it was not trained on."""
    keys = sorted({page.key for page in plain})
    random.Random(1).shuffle(keys)
    part = {key: number % 5 for number, key in enumerate(keys)}
    chances: dict[int, numpy.ndarray] = {}
    for number in range(5):
        model = train([page for page in plain + varied if part[page.key] != number], leaves, trees)
        for at, page in enumerate(plain + varied):
            if part[page.key] == number and len(page.rows):
                chances[at] = model.predict(page.rows)
    for limit in (0.4, 0.5, 0.6):
        for folder in sorted({page.folder for page in plain}):
            own = [at for at, page in enumerate(plain) if page.folder == folder and at in chances]
            kept = [chances[at] > limit for at in own]
            print(limit, folder, scored([plain[at] for at in own], kept, bodies), flush=True)
    both = list(plain) + list(varied)
    own = [at for at in chances if at >= len(plain)]
    if own:
        right = sum(float(((chances[at] > 0.5) == both[at].wanted) @ both[at].weights) for at in own)
        print("varied: weighted share of lines right", right / sum(float(both[at].weights.sum()) for at in own))


def table(model: lightgbm.Booster) -> list[object]:
    """The trees of a model as nested lists `[feature, limit, low, high]`, leaves as numbers."""

    def node(part: dict[str, object]) -> object:
        if "leaf_value" in part:
            return round(float(part["leaf_value"]), 4)  # type: ignore[arg-type]
        limit = float(f"{part['threshold']:.5g}")
        return [part["split_feature"], limit, node(part["left_child"]), node(part["right_child"])]  # type: ignore[arg-type]

    return [node(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path, metavar="PAGES")
    parser.add_argument("--held-out", action="store_true", help="measure only")
    parser.add_argument("--leaves", type=int, default=20)
    parser.add_argument("--trees", type=int, default=120)
    parser.add_argument("--variants", type=int, default=2, choices=range(5))
    parser.add_argument("--output", type=Path, default=Path("reader/capture/weights.json"))
    options = parser.parse_args()
    plain, varied, bodies = load(options.pages, options.variants)
    if options.held_out:
        held_out(plain, varied, bodies, options.leaves, options.trees)
        return
    write(options.output, train(plain + varied, options.leaves, options.trees))


def write(path: Path, model: lightgbm.Booster) -> None:
    """Write the weights; columns go by name, so that the program may order them as it likes."""
    held = {"columns": FEATURES, "trees": table(model)}
    text = json.dumps(held, separators=(",", ":"))
    path.write_text(text.replace("],[", "],\n[") + "\n", encoding="utf8")
    print(path, len(text) // 1024, "KiB")


if __name__ == "__main__":
    main()
