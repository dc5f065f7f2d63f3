"""(i) Raw text: perplexity of the field and of general text, before and after, of each variant of the recipe.

`python -m tests.bench.bench_pretrain [seeds] [override=…]` carries out `recipes/unsupervised/pretrain.yaml` and prints
means and deviations over seeds, and the differences of variants, paired by seed.
"""

import json
import sys

from tests.bench.seeds import arguments, figures, outcomes, paired, spread

RECIPE, FIRST = "recipes/unsupervised/pretrain.yaml", "everything"


def main(seeds: int, overrides: list[str]) -> None:
    found = outcomes(RECIPE, seeds, overrides)
    for variant, done in found.items():
        start = {"field": done[0].metrics["perplexity"].before, "general": done[0].forgetting.before}
        _print(
            variant=variant, before=start,
            field=spread(figures(done, "perplexity")), general=spread(figures(done, "forgetting")),
        )  # fmt: skip
    for variant, done in found.items():
        if variant != FIRST:
            each = {
                name: paired(figures(done, name), figures(found[FIRST], name)) for name in ("perplexity", "forgetting")
            }
            _print(difference=f"{variant} - {FIRST}", **each)


def _print(**told: object) -> None:
    print(json.dumps(told, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(*arguments(sys.argv[1:]))
