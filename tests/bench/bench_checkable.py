"""Accuracy and pass@k on held-out problems before and after `recipes/rlhf/checkable.yaml`, on five seeds.

`python -m tests.bench.bench_checkable [SEEDS] [VARIANT …]`: one JSON line, for each variant and figure the mean before
and after and the mean change with its 95 % interval over seeds (Student's t). Runs that failed are not among the seeds.
"""

import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

SEEDS = 5
RECIPE = "recipes/rlhf/checkable.yaml"
FIGURES = ("accuracy", "reward/right_number", "reward/answer_form", "pass@1", "pass@2", "pass@4", "pass@8")
T = {2: 12.706, 3: 4.303, 4: 3.182, 5: 2.776, 6: 2.571, 7: 2.447, 8: 2.365, 9: 2.306, 10: 2.262}
"""Student's t for 95 %, by how many values there are."""


def measure(seeds: int = SEEDS, names: tuple[str, ...] = ()) -> dict:
    from lab import open as open_lab
    from lab.recipe import read_recipe

    os.environ.setdefault("OMP_NUM_THREADS", "1")
    recipe = read_recipe(Path(RECIPE), [f"repeat={seeds}"])
    variants = tuple(one for one in recipe.variants if not names or one.name in names)
    with tempfile.TemporaryDirectory() as home, open_lab(home) as lab:
        runs = lab.train(recipe.model_copy(update={"variants": variants}))
    return {one.name: _figures([run for run in runs if run.name.split(" · ")[0] == one.name]) for one in variants}


def _figures(runs: list) -> dict:
    done = [run.outcome for run in runs if run.outcome and run.outcome.metrics]
    return {name: change([(o.metrics[name].before, o.metrics[name].after) for o in done]) for name in FIGURES} | {
        "seconds": round(statistics.mean(outcome.train_seconds for outcome in done), 1)
    }


def change(pairs: list[tuple[float, float]]) -> dict:
    """Means before and after, and the mean change with its interval over seeds."""
    gains = [after - before for before, after in pairs]
    half = T[len(gains)] * statistics.stdev(gains) / len(gains) ** 0.5 if len(gains) > 1 else float("inf")
    mean = statistics.mean(gains)
    return {
        "seeds": len(pairs), "before": round(statistics.mean(before for before, _ in pairs), 3),
        "after": round(statistics.mean(after for _, after in pairs), 3),
        "change": round(mean, 3), "interval": [round(mean - half, 3), round(mean + half, 3)],
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if sys.argv[1:] else SEEDS, tuple(sys.argv[2:]))))
