"""(i) Semi-supervised tuning: what pseudo-labels add to 20 labels a class, how near they come to all labels, and how
that hangs on the threshold.

`python -m tests.bench.bench_self_train [SEEDS]` carries out `recipes/tasks/self_train.yaml` over five seeds or as many
as given, with further variants for other thresholds; `zh` takes the Chinese messages, `KEY=VALUE` are overrides of the
recipe. It prints the accuracy of each variant (mean and deviation over seeds), the texts that got a pseudo-label and
those of them that were right, and differences in accuracy on the same messages with their 95 % intervals: percentiles
over seeds and wordings drawn with replacement. The recipe's threshold was not chosen by these figures.
"""

import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import fmean
from typing import Any

from lab.home import Home
from lab.planning.queue import submit
from lab.recipe import build_recipe, read_recipe, variant_of
from lab.store import Status, Store
from lab.training.run import train_run
from tests.bench.bench_classify import CHEAP, difference, put, rightly_told, spread

RECIPE, SEEDS = "recipes/tasks/self_train.yaml", 5
THRESHOLDS = (0.0, 0.6, 0.9, 0.95)
LABELS, PSEUDO, ALL = "20 labels a class", "and pseudo-labels", "all labels"
PAIRS = ((PSEUDO, LABELS), (ALL, PSEUDO), (PSEUDO, "pseudo-labels, classes not balanced"))


def main(language: str, seeds: int, overrides: list[str]) -> None:
    recipe = _with_thresholds(
        read_recipe(Path(RECIPE), [f"repeat={seeds}", f"data.language={language}", *CHEAP, *overrides])
    )
    with tempfile.TemporaryDirectory() as folder, Store(Home(Path(folder))) as store:
        right: dict[str, list[list[bool]]] = defaultdict(list)
        figures: dict[str, list[dict[str, float]]] = defaultdict(list)
        for queued in submit(recipe, store):
            if train_run(store.runs.claim("here", only=[queued.id]), store) != Status.DONE:
                raise SystemExit(f"{queued.name} failed: {store.runs.get(queued.id).error}")
            variant, metrics = variant_of(queued.name), store.runs.get(queued.id).outcome.metrics
            figures[variant].append({name: one.after for name, one in metrics.items()})
            right[variant].append(rightly_told(f"run:{queued.id}", store.home, language))
            print(f"{queued.name}: {figures[variant][-1]}", file=sys.stderr, flush=True)
        for variant, found in figures.items():
            means = {
                name: round(fmean(one[name] for one in found), 3) for name in found[0] if name.startswith("pseudo")
            }
            put(variant=variant, language=language, accuracy=spread([one["accuracy"] for one in found]), **means)
        thresholds = [(name, LABELS) for name in right if name.startswith("threshold")]
        for one, other in (*PAIRS, *thresholds):
            put(difference=f"{one} - {other}", accuracy=difference(right[one], right[other], language))


def _with_thresholds(recipe: Any) -> Any:
    """The recipe with its pseudo-labels at other thresholds too."""
    fields = recipe.model_dump(mode="json", exclude_none=True, exclude_unset=True)
    (pseudo,) = (one for one in fields["variants"] if one["name"] == PSEUDO)
    more = [
        pseudo | {"name": f"threshold {at:g}", "options": pseudo["options"] | {"threshold": at}} for at in THRESHOLDS
    ]
    return build_recipe(fields | {"variants": [*fields["variants"], *more]})


if __name__ == "__main__":
    given = sys.argv[1:]
    count = next((int(one) for one in given if one.isdigit()), SEEDS)
    main("zh" if "zh" in given else "en", count, [one for one in given if "=" in one])
