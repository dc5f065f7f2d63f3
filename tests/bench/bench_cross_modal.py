"""Cross-modal tuning: how many combinations that training never has are drawn exactly, and described rightly.

`python -m tests.bench.bench_cross_modal [seeds]` carries out both recipes of `recipes/cross_modal` over five seeds, or
so many; `zh` takes the Chinese captions, further arguments are overrides of the recipes (`base=…`). It prints the
figures of each variant (mean and standard deviation over seeds), what guessing gets (the training picture or caption
that is commonest; of captions also another picture in the place of the right one), and of pairs of variants the
difference with its 95 % interval: percentiles over seeds drawn with replacement, since all are asked the same rows.
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
from lab.training.run import train_run

SEEDS, RESAMPLES = 5, 2000
CHEAP = ("evaluate.retained=0", "evaluate.answers=0", "evaluate.every=100000", "evaluate.rows=243")
PAIRS = {
    "draw": ("drawn_exactly", (("LoRA", "everything"),)),
    "describe": (
        "captions_right",
        (("encoder, then LoRA", "only encoder and projector"), ("only encoder and projector", "random encoder"),
         ("encoder, then LoRA", "picture tokens")),
    ),
}  # fmt: skip
"""The figure of each recipe, and the variants that are compared by it."""


def main(seeds: int, language: str, overrides: list[str]) -> None:
    for recipe, (figure, pairs) in PAIRS.items():
        found = _carried_out(recipe, seeds, language, overrides)
        for variant, figures in found.items():
            names = sorted({name for one in figures for name in one})
            _print(recipe=recipe, variant=variant, seeds=len(figures), language=language,
                   **{name: _spread([one[name] for one in figures]) for name in names})  # fmt: skip
        for one, other in pairs:
            gaps = [a[figure] - b[figure] for a, b in zip(found.get(one, ()), found.get(other, ()), strict=False)]
            if gaps:
                _print(recipe=recipe, difference=f"{one} - {other}", **{figure: _interval(gaps)})
        blind = {name: [row["captions_right"] - row["captions_right_blind"] for row in rows]
                 for name, rows in found.items() if "captions_right_blind" in rows[0]}  # fmt: skip
        for variant, gaps in blind.items():
            _print(recipe=recipe, difference=f"{variant}: its picture - another", captions_right=_interval(gaps))


def _carried_out(name: str, seeds: int, language: str, overrides: list[str]) -> dict[str, list[dict[str, float]]]:
    settings = [f"repeat={seeds}", f"data.language={language}", *CHEAP, *overrides]
    recipe = read_recipe(Path(f"recipes/cross_modal/{name}.yaml"), settings)
    figures: dict[str, list[dict[str, float]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, Store(Home(Path(folder))) as store:
        for queued in submit(recipe, store):
            if train_run(store.runs.claim("here", only=[queued.id]), store) != Status.DONE:
                raise SystemExit(f"{queued.name} failed: {store.runs.get(queued.id).error}")
            outcome = store.runs.get(queued.id).outcome
            one = {metric: change.after for metric, change in outcome.metrics.items()}
            guessed = {f"guessed_{metric}": change.commonest for metric, change in outcome.metrics.items()}
            figures[variant_of(queued.name)].append(one | guessed | {"seconds": outcome.train_seconds})
            print(f"{queued.name}: {one}", file=sys.stderr, flush=True)
    return figures


def _interval(gaps: list[float]) -> dict[str, float]:
    rng = random.Random(0)
    means = sorted(statistics.fmean(rng.choices(gaps, k=len(gaps))) for _ in range(RESAMPLES))
    low, high = means[round(0.025 * RESAMPLES)], means[round(0.975 * RESAMPLES) - 1]
    return {"mean": round(statistics.fmean(gaps), 3), "low": round(low, 3), "high": round(high, 3), "seeds": len(gaps)}


def _spread(values: list[float]) -> dict[str, float]:
    deviation = statistics.stdev(values) if len(values) > 1 else 0.0
    return {"mean": round(statistics.fmean(values), 3), "deviation": round(deviation, 3)}


def _print(**figures: object) -> None:
    print(json.dumps(figures, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    given = sys.argv[1:]
    number = next((int(one) for one in given if one.isdigit()), SEEDS)
    main(number, "zh" if "zh" in given else "en", [one for one in given if "=" in one])
