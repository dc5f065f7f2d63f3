"""A recipe carried out over seeds, its figures gathered by variant, and paired differences with their intervals."""

import random
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from lab.home import Home
from lab.planning.queue import submit
from lab.recipe import read_recipe, variant_of
from lab.store import Outcome, Status, Store
from lab.training.run import train_run

RESAMPLES = 2000


def outcomes(recipe: str, seeds: int, overrides: Sequence[str]) -> dict[str, list[Outcome]]:
    """What each variant of a recipe came to, by its name, in the order of the seeds."""
    read = read_recipe(Path(recipe), [f"repeat={seeds}", *overrides])
    found: dict[str, list[Outcome]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, Store(Home(Path(folder))) as store:
        for queued in submit(read, store):
            if train_run(store.runs.claim("here", only=[queued.id]), store) != Status.DONE:
                raise SystemExit(f"{queued.name} failed: {store.runs.get(queued.id).error}")
            found[variant_of(queued.name)].append(store.runs.get(queued.id).outcome)
            print(f"{queued.name} is done", file=sys.stderr, flush=True)
    return found


def spread(values: Sequence[float]) -> dict[str, float]:
    """Mean and standard deviation over seeds, rounded."""
    return {"mean": round(statistics.fmean(values), 3),
            "deviation": round(statistics.stdev(values), 3) if len(values) > 1 else 0.0}  # fmt: skip


def paired(one: Sequence[float], other: Sequence[float]) -> dict[str, float]:
    """The mean difference, seed by seed, with its 95 % interval: percentiles over seeds drawn with replacement."""
    gaps = [a - b for a, b in zip(one, other, strict=True)]
    rng = random.Random(0)
    means = sorted(statistics.fmean(rng.choices(gaps, k=len(gaps))) for _ in range(RESAMPLES))
    low, high = means[round(0.025 * RESAMPLES)], means[round(0.975 * RESAMPLES) - 1]
    return {"mean": round(statistics.fmean(gaps), 3), "low": round(low, 3), "high": round(high, 3), "seeds": len(gaps)}


def figures(done: Sequence[Outcome], name: str) -> list[float]:
    """A figure after training, seed by seed: a metric by its name, or `forgetting`, `retained`, `eval_loss`."""
    return [(one.metrics[name] if name in one.metrics else getattr(one, name)).after for one in done]


def arguments(given: Sequence[str], seeds: int = 5) -> tuple[int, list[str]]:
    """How many seeds, and overrides of the recipe, from a command line such as `3 base=nano data.language=zh`."""
    return next((int(one) for one in given if one.isdigit()), seeds), [one for one in given if "=" in one]
