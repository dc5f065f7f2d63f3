"""(h) Task-specific tuning: how well classes of held-out wordings are told apart by a head alone, LoRA, everything.

`python -m tests.bench.bench_classify` carries out `recipes/tasks/classify.yaml` over five seeds; `zh` as an argument
takes the Chinese messages, further arguments are overrides of the recipe (`base=…`). It prints each variant's accuracy
and macro-F1 (mean and standard deviation over seeds), what always the commonest class gets, and for pairs of variants
the difference in accuracy on the same messages with its 95 % interval: percentiles over seeds and wordings drawn with
replacement, since messages of one wording are right or wrong together.
"""

import json
import random
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from lab.data.builtin import intents
from lab.data.builtin._intent_wordings import WORDINGS
from lab.home import Home
from lab.objectives.classes.kept import load_classifier
from lab.planning.queue import submit
from lab.recipe import read_recipe, variant_of
from lab.store import Status, Store
from lab.training.run import train_run

RECIPE, SEEDS, RESAMPLES = "recipes/tasks/classify.yaml", 5, 2000
CHEAP = ("evaluate.retained=0", "evaluate.answers=0", "evaluate.every=100000")
PAIRS = (("LoRA", "only the head"), ("everything", "only the head"), ("LoRA", "everything"),
         ("LoRA, class as a word", "LoRA"))  # fmt: skip


def main(language: str, overrides: list[str]) -> None:
    recipe = read_recipe(Path(RECIPE), [f"repeat={SEEDS}", f"data.language={language}", *CHEAP, *overrides])
    with tempfile.TemporaryDirectory() as folder, Store(Home(Path(folder))) as store:
        right: dict[str, list[list[bool]]] = defaultdict(list)
        figures: dict[str, list[tuple[float, float]]] = defaultdict(list)
        usual = {}
        for queued in submit(recipe, store):
            if train_run(store.runs.claim("here", only=[queued.id]), store) != Status.DONE:
                raise SystemExit(f"{queued.name} failed: {store.runs.get(queued.id).error}")
            variant, metrics = variant_of(queued.name), store.runs.get(queued.id).outcome.metrics
            figures[variant].append((metrics["accuracy"].after, metrics["macro_f1"].after))
            usual = {name: round(metrics[name].commonest, 3) for name in ("accuracy", "macro_f1")}
            right[variant].append(rightly_told(f"run:{queued.id}", store.home, language))
            print(f"{queued.name}: {figures[variant][-1]}", file=sys.stderr, flush=True)
        for variant, seeds in figures.items():
            accuracy, f1 = zip(*seeds, strict=True)
            put(variant=variant, language=language, accuracy=spread(accuracy), macro_f1=spread(f1))
        put(always_the_commonest=usual)
        for one, other in PAIRS:
            if one in right and other in right:
                put(difference=f"{one} - {other}", accuracy=difference(right[one], right[other], language))


def rightly_told(run: str, home: Home, language: str) -> list[bool]:
    """Of each held-out message whether its class is told rightly."""
    rows = intents.load("held_out", language)
    said = load_classifier(run, home).likeliest([row["text"] for row in rows])
    return [one == row["label"] for one, row in zip(said, rows, strict=True)]


def difference(one: list[list[bool]], other: list[list[bool]], language: str) -> dict[str, float]:
    """The mean difference and its interval; seeds are paired, and so are messages."""
    groups = _wordings(language)
    gaps = [[statistics.fmean(a[i] - b[i] for i in rows) for rows in groups] for a, b in zip(one, other, strict=True)]
    sizes, rng, found = [len(rows) for rows in groups], random.Random(0), []
    for _ in range(RESAMPLES):
        seeds, drawn = rng.choices(gaps, k=len(gaps)), rng.choices(range(len(groups)), k=len(groups))
        whole = sum(sizes[i] for i in drawn)
        found.append(statistics.fmean(sum(seed[i] * sizes[i] for i in drawn) / whole for seed in seeds))
    found.sort()
    mean = statistics.fmean(
        sum(gap * size for gap, size in zip(seed, sizes, strict=True)) / sum(sizes) for seed in gaps
    )
    low, high = found[round(0.025 * RESAMPLES)], found[round(0.975 * RESAMPLES) - 1]
    return {"mean": round(mean, 3), "low": round(low, 3), "high": round(high, 3), "seeds": len(gaps)}


def _wordings(language: str) -> list[list[int]]:
    """The places of the held-out messages, those of one wording together."""
    place = {row["text"]: i for i, row in enumerate(intents.load("held_out", language))}
    return [
        [place[text] for text in intents.filled(wording, language, intents.HELD_OUT[intent]) if text in place]
        for intent, wordings in WORDINGS[language].items()
        for wording in wordings.held_out
    ]


def spread(values: Sequence[float]) -> dict[str, float]:
    """Mean and standard deviation over seeds."""
    return {
        "mean": round(statistics.fmean(values), 3),
        "deviation": round(statistics.stdev(values), 3) if len(values) > 1 else 0.0,
    }


def put(**figures: object) -> None:
    """Print a line of figures."""
    print(json.dumps(figures, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    given = sys.argv[1:]
    main("zh" if "zh" in given else "en", [one for one in given if "=" in one])
