"""(j) Denoising: how much of damaged held-out texts is restored, by the base and by each variant of the recipe.

`python -m tests.bench.bench_denoise [seeds] [override=…]` carries out `recipes/unsupervised/denoise.yaml` and prints
means and deviations over seeds, and what was gained over the base, with its interval over seeds.
"""

import json
import sys

from tests.bench.seeds import arguments, figures, outcomes, paired, spread

RECIPE = "recipes/unsupervised/denoise.yaml"
FIGURES = ("restored_words", "restored", "kept_words")


def main(seeds: int, overrides: list[str]) -> None:
    for variant, done in outcomes(RECIPE, seeds, overrides).items():
        base = {name: [one.metrics[name].before for one in done] for name in FIGURES}
        told = {name: spread(figures(done, name)) for name in FIGURES}
        gained = paired(figures(done, "restored_words"), base["restored_words"])
        before = {name: round(values[0], 3) for name, values in base.items()}
        print(json.dumps({"variant": variant, "base": before, **told, "gained_words": gained}), flush=True)


if __name__ == "__main__":
    main(*arguments(sys.argv[1:]))
