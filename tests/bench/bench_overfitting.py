"""Overfitting: what each remedy does to the loss on held-out questions, and how much is known by heart.

`python -m tests.bench.bench_overfitting` carries out `recipes/overfitting/clinic.yaml` over five seeds; a number is how
many, arguments with `=` are overrides of the recipe. It prints each variant's figures (mean and deviation over seeds)
and, for each remedy, the difference to the variant without one, with 95 % intervals over the paired seeds. `by_heart`
is the share of trained questions answered exactly less that of held-out ones.
"""

import json
import sys

from lab.store import Outcome
from tests.bench.seeds import arguments, outcomes, paired, spread

RECIPE, PLAIN = "recipes/overfitting/clinic.yaml", "no remedy"


def main(seeds: int, overrides: list[str]) -> None:
    found = {name: list(map(figures, some)) for name, some in outcomes(RECIPE, seeds, overrides).items()}
    for name, some in found.items():
        print(json.dumps({"variant": name} | {key: spread([one[key] for one in some]) for key in some[0]}), flush=True)
    for name, some in found.items():
        if name != PLAIN:
            told = {
                key: paired([one[key] for one in some], [one[key] for one in found[PLAIN]]) for key in found[PLAIN][0]
            }
            print(json.dumps({"difference": f"{name} - {PLAIN}"} | told), flush=True)


def figures(outcome: Outcome) -> dict[str, float]:
    """What a run is compared by."""
    exact, trained = (outcome.metrics[name].after or 0.0 for name in ("exact_match", "exact_match/trained"))
    return {
        "held_out_loss": outcome.eval_loss.after or 0.0, "exact": exact, "trained": trained,
        "by_heart": trained - exact, "seconds": outcome.train_seconds or 0.0,
    }  # fmt: skip


if __name__ == "__main__":
    main(*arguments(sys.argv[1:]))
