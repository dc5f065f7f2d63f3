"""Meta-learning: how fast starts learn unseen tasks, over seeds: the base, all tasks together, MAML and Reptile.

`python -m tests.bench.bench_meta [SEEDS] [variant or override …]` carries out `recipes/tasks/learn_to_adapt.yaml`. It
prints of each start the share of right answers on unseen tasks before and after each step on their examples (mean over
seeds), and of each meta-learned one how much more is right after the last step than from the start that was trained on
all tasks together, and from its own start: the mean over seeds, paired, with its 95 % interval (Student's t).
"""

import json
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from lab.home import Home
from lab.planning.queue import submit
from lab.recipe import read_recipe, variant_of
from lab.store import Status, Store
from lab.training.run import train_run
from tests.bench.bench_checkable import change

RECIPE, SEEDS = "recipes/tasks/learn_to_adapt.yaml", 5
CHEAP = ("evaluate.retained=0", "evaluate.answers=0", "evaluate.every=100000")
TOGETHER = "all tasks together"


def main(seeds: int, names: list[str], overrides: list[str]) -> None:
    recipe = read_recipe(Path(RECIPE), [f"repeat={seeds}", *CHEAP, *overrides])
    chosen = tuple(one for one in recipe.variants if not names or one.name in names)
    curves: dict[str, dict[str, list[dict[int, float]]]] = defaultdict(lambda: defaultdict(list))
    with tempfile.TemporaryDirectory() as folder, Store(Home(Path(folder))) as store:
        for queued in submit(recipe.model_copy(update={"variants": chosen}), store):
            if train_run(store.runs.claim("here", only=[queued.id]), store) != Status.DONE:
                raise SystemExit(f"{queued.name} failed: {store.runs.get(queued.id).error}")
            outcome = store.runs.get(queued.id).outcome
            drawn = outcome.pictures["adapting"]
            for line, points in zip(drawn.names, drawn.points, strict=True):
                curves[variant_of(queued.name)][line].append(dict(points))
            print(f"{queued.name}: {drawn.points}, {outcome.train_seconds:.0f} s", file=sys.stderr, flush=True)
    for variant, lines in curves.items():
        for line, found in lines.items():
            means = {step: round(statistics.fmean(one[step] for one in found), 3) for step in found[0]}
            print(json.dumps({"variant": variant, "from": line, "seeds": len(found), "right after steps": means}))
    for variant, lines in curves.items():
        last = [max(one.items())[1] for one in lines["trained"]]
        beside = {"its own start": [max(one.items())[1] for one in lines["start"]]}
        if variant != TOGETHER and TOGETHER in curves:
            beside[TOGETHER] = [max(one.items())[1] for one in curves[TOGETHER]["trained"]]
        for other, values in beside.items():
            print(json.dumps({"variant": variant, "over": other} | change(list(zip(values, last, strict=True)))))


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        next((int(one) for one in given if one.isdigit()), SEEDS),
        [one for one in given if "=" not in one and not one.isdigit()], [one for one in given if "=" in one],
    )  # fmt: skip
