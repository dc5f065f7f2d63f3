"""(j) Multi-task tuning: what each of two tasks gains or loses by being learned with the other.

`python -m tests.bench.bench_multi_task [SEEDS]` carries out `recipes/tasks/multi_task.yaml` over five seeds or as many
as given; `KEY=VALUE` are overrides of the recipe. It prints the matrix of tasks and variants (accuracy of the mood, F1
of whole names; mean and standard deviation over seeds), the mean cosine of the tasks' gradients, and of each
variant with both tasks the difference to the task alone, paired by seed, with its 95 % interval: percentiles over
seeds drawn with replacement. All variants are judged on the same held-out rows, which are not drawn: intervals say
what seeds do alone.
"""

import random
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import fmean

from lab.home import Home
from lab.planning.queue import submit
from lab.recipe import read_recipe, variant_of
from lab.store import Status, Store
from lab.training.run import train_run
from tests.bench.bench_classify import CHEAP, put, spread

RECIPE, SEEDS, RESAMPLES = "recipes/tasks/multi_task.yaml", 5, 2000
TASKS = {"accuracy/visits_mood": "mood alone", "span_f1/visits_names": "names alone"}


def main(seeds: int, overrides: list[str]) -> None:
    recipe = read_recipe(Path(RECIPE), [f"repeat={seeds}", *CHEAP, *overrides])
    figures: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    cosines: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, Store(Home(Path(folder))) as store:
        for queued in submit(recipe, store):
            if train_run(store.runs.claim("here", only=[queued.id]), store) != Status.DONE:
                raise SystemExit(f"{queued.name} failed: {store.runs.get(queued.id).error}")
            variant, out = variant_of(queued.name), store.runs.get(queued.id).outcome
            for name in TASKS:
                if name in out.metrics:
                    figures[variant][name].append(out.metrics[name].after)
            if drawn := out.pictures.get("gradient_cosines"):
                cosines[variant].append(fmean(value for _, value in drawn.points[0]))
            print(f"{queued.name}: {dict(figures[variant])}", file=sys.stderr, flush=True)
    for variant, found in figures.items():
        more = {"gradient_cosine": spread(cosines[variant])} if cosines[variant] else {}
        put(variant=variant, **{name: spread(values) for name, values in found.items()}, **more)
    for variant, found in figures.items():
        for name, alone in TASKS.items():
            if name in found and variant != alone:
                put(difference=f"{variant} - {alone}", **{name: difference(found[name], figures[alone][name])})


def difference(one: list[float], other: list[float]) -> dict[str, float]:
    """The mean difference and its interval; seeds are paired."""
    gaps, rng = [a - b for a, b in zip(one, other, strict=True)], random.Random(0)
    found = sorted(fmean(rng.choices(gaps, k=len(gaps))) for _ in range(RESAMPLES))
    low, high = found[round(0.025 * RESAMPLES)], found[round(0.975 * RESAMPLES) - 1]
    return {"mean": round(fmean(gaps), 3), "low": round(low, 3), "high": round(high, 3), "seeds": len(gaps)}


if __name__ == "__main__":
    given = sys.argv[1:]
    main(next((int(one) for one in given if one.isdigit()), SEEDS), [one for one in given if "=" in one])
