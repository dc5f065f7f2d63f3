"""(k) Domain adaptation: questions that only raw text answers, after raw text and questions, or questions alone.

`python -m tests.bench.bench_domain [seeds] [override=…]` carries out `recipes/field/domain.yaml` and prints exact match
on held-out questions and perplexity of general text, mean and deviation over seeds, and differences, paired by seed.
"""

import json
import sys

from tests.bench.seeds import arguments, figures, outcomes, paired, spread

RECIPE, ADAPTED = "recipes/field/domain.yaml", "raw text, then questions"
FIGURES = ("exact_match", "eval_loss", "forgetting", "retained")


def main(seeds: int, overrides: list[str]) -> None:
    found = outcomes(RECIPE, seeds, overrides)
    for variant, done in found.items():
        told = {name: spread(figures(done, name)) for name in FIGURES}
        usual = round(done[0].metrics["exact_match"].commonest or 0.0, 3)
        print(json.dumps({"variant": variant, "commonest_answer": usual, **told}), flush=True)
    for variant, done in found.items():
        if variant != ADAPTED:
            each = {name: paired(figures(found[ADAPTED], name), figures(done, name)) for name in FIGURES}
            print(json.dumps({"difference": f"{ADAPTED} - {variant}", **each}), flush=True)


if __name__ == "__main__":
    main(*arguments(sys.argv[1:]))
