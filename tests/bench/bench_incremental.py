"""Incremental tuning: what each remedy keeps of the chapters before, and what the new one costs.

`python -m tests.bench.bench_incremental` carries out `recipes/process/incremental.yaml` over five seeds; a number as
argument is how many, names of variants (quoted) which, arguments with `=` are overrides of the recipe. It prints
each variant's figures (mean and deviation over seeds), the mean matrix, and for each remedy the difference to what it
stands beside, with 95 % intervals: percentiles over seeds drawn with replacement, the seeds being paired.
"""

import json
import random
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from lab.home import Home
from lab.planning.queue import submit
from lab.recipe import read_recipe, variant_of
from lab.store import Status, Store
from lab.store.pictures import Scores
from lab.training.run import train_run

RECIPE, SEEDS, RESAMPLES = "recipes/process/incremental.yaml", 5, 2000
FIGURES = ("tasks/average", "tasks/worst", "tasks/new", "tasks/forgotten", "tasks/most_forgotten")
BESIDE = {"O-LoRA": "a new LoRA each"}
"""What a variant is compared with, where it is not with one chapter after the other on the same weights."""
PLAIN = "one after the other"


def main(seeds: int, variants: list[str], overrides: list[str]) -> None:
    recipe = read_recipe(Path(RECIPE), [f"repeat={seeds}", "evaluate.answers=56", "evaluate.every=100000", *overrides])
    figures: dict[str, list[dict[str, float]]] = defaultdict(list)
    matrices: dict[str, list[Scores]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, Store(Home(Path(folder))) as store:
        for queued in submit(recipe, store):
            variant = variant_of(queued.name)
            if variants and variant not in variants:
                continue
            if train_run(store.runs.claim("here", only=[queued.id]), store) != Status.DONE:
                raise SystemExit(f"{queued.name} failed: {store.runs.get(queued.id).error}")
            outcome = store.runs.get(queued.id).outcome
            figures[variant].append({name: change.after for name, change in outcome.metrics.items()})
            matrices[variant].append(outcome.pictures["tasks"])
            print(f"{queued.name}: {figures[variant][-1]}", file=sys.stderr, flush=True)
    for variant, found in figures.items():
        _print(variant=variant, **{name: _spread([one[name] for one in found if name in one]) for name in FIGURES})
        _print(variant=variant, matrix=_mean_matrix(matrices[variant]), old_rows=matrices[variant][0].old_rows)
    for variant, found in figures.items():
        beside = BESIDE.get(variant, PLAIN)
        if variant != beside and beside in figures:
            pairs = [(name, found, figures[beside]) for name in FIGURES if name in found[0]]
            _print(
                difference=f"{variant} - {beside}", **{name: difference(one, other, name) for name, one, other in pairs}
            )


def difference(one: list[dict[str, float]], other: list[dict[str, float]], name: str) -> dict[str, float]:
    """The mean difference over paired seeds, and its interval."""
    gaps = [a[name] - b[name] for a, b in zip(one, other, strict=True) if name in b]
    if not gaps:
        return {}
    rng = random.Random(0)
    means = sorted(statistics.fmean(rng.choices(gaps, k=len(gaps))) for _ in range(RESAMPLES))
    low, high = means[round(0.025 * RESAMPLES)], means[round(0.975 * RESAMPLES) - 1]
    return {"mean": round(statistics.fmean(gaps), 3), "low": round(low, 3), "high": round(high, 3), "seeds": len(gaps)}


def _mean_matrix(found: list[Scores]) -> list[list[float | None]]:
    shape = found[0].values
    return [
        [round(statistics.fmean(one.values[i][j] or 0.0 for one in found), 2) for j in range(len(row))]
        for i, row in enumerate(shape)
    ]


def _spread(values: list[float]) -> dict[str, float]:
    if not values:
        return {}
    deviation = statistics.stdev(values) if len(values) > 1 else 0.0
    return {"mean": round(statistics.fmean(values), 3), "deviation": round(deviation, 3)}


def _print(**figures: object) -> None:
    print(json.dumps(figures, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    given = sys.argv[1:]
    counts = [int(one) for one in given if one.isdigit()]
    main(counts[0] if counts else SEEDS, [one for one in given if "=" not in one and not one.isdigit()],
         [one for one in given if "=" in one])  # fmt: skip
