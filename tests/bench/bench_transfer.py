"""Transfer and tuning, then freezing, over seeds: `python -m tests.bench.bench_transfer [seeds]`.

Of `recipes/tasks/transfer.yaml` it prints both curves (mean and deviation over seeds), for each number of examples the
paired difference; of `recipes/process/tune_then_freeze.yaml` exact answers and retained skill of each variant, and the
paired differences to what it stands beside. Intervals: percentiles over seeds drawn with replacement.
"""

import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from lab.home import Home
from lab.planning.queue import submit
from lab.recipe import read_recipe, variant_of
from lab.store import Outcome, Status, Store
from lab.training.run import train_run
from tests.bench.bench_incremental import SEEDS, _print, _spread, difference

TRANSFER, FREEZE = "recipes/tasks/transfer.yaml", "recipes/process/tune_then_freeze.yaml"
BOTH = "everything, then the last two layers"


def main(seeds: int) -> None:
    _transfer([one for _, one in _outcomes(TRANSFER, seeds)])
    found = defaultdict(list)
    for variant, outcome in _outcomes(FREEZE, seeds):
        right = outcome.metrics["exact_match"].after
        found[variant].append({"exact_match": right, "retained": outcome.retained.after})
    for variant, figures in found.items():
        _print(variant=variant, **{name: _spread([one[name] for one in figures]) for name in figures[0]})
    for other in found:
        if other != BOTH:
            gaps = {name: difference(found[BOTH], found[other], name) for name in ("exact_match", "retained")}
            _print(difference=f"{BOTH} - {other}", **gaps)


def _transfer(outcomes: list[Outcome]) -> None:
    curves = [
        dict(zip(one.pictures["shots"].names, map(dict, one.pictures["shots"].points), strict=True)) for one in outcomes
    ]
    for shots in curves[0]["base"]:
        base, source = ([{"score": one[name][shots]} for one in curves] for name in ("base", "source"))
        told = {name: _spread([one["score"] for one in some]) for name, some in (("base", base), ("source", source))}
        _print(examples=shots, **told, difference=difference(source, base, "score"))


def _outcomes(recipe: str, seeds: int) -> list[tuple[str, Outcome]]:
    read, found = read_recipe(Path(recipe), [f"repeat={seeds}", "evaluate.every=100000"]), []
    with tempfile.TemporaryDirectory() as folder, Store(Home(Path(folder))) as store:
        for queued in submit(read, store):
            if train_run(store.runs.claim("here", only=[queued.id]), store) != Status.DONE:
                raise SystemExit(f"{queued.name} failed: {store.runs.get(queued.id).error}")
            found.append((variant_of(queued.name), store.runs.get(queued.id).outcome))
            print(f"{queued.name} is done", file=sys.stderr, flush=True)
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)
