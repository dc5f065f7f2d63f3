"""(l) Clustering: how much groups of held-out messages tell of what they want, before and after tuning, and by TF-IDF.

`python -m tests.bench.bench_cluster [seeds] [override=…]` carries out `recipes/unsupervised/cluster.yaml` and prints
the normalised mutual information, mean and deviation over seeds, and what tuning gained over the base and TF-IDF.
"""

import json
import sys

from tests.bench.seeds import arguments, figures, outcomes, paired, spread

RECIPE = "recipes/unsupervised/cluster.yaml"


def main(seeds: int, overrides: list[str]) -> None:
    for variant, done in outcomes(RECIPE, seeds, overrides).items():
        after, words = figures(done, "nmi"), figures(done, "nmi_tfidf")
        base = [one.metrics["nmi"].before or 0.0 for one in done]
        told = {
            "variant": variant, "base": round(base[0], 3), "nmi": spread(after), "tfidf": spread(words),
            "over_base": paired(after, base), "over_tfidf": paired(after, words),
            "on_training_texts": [[round(y, 3) for _, y in one.pictures["rounds"].points[0]] for one in done],
        }  # fmt: skip
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(*arguments(sys.argv[1:]))
