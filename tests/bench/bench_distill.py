"""(k) Distillation: what a student learns from a teacher that knows the answers, beside the few answers alone.

`python -m tests.bench.bench_distill [SEEDS] [KEY=VALUE …]` carries out `recipes/tasks/distill.yaml` over five seeds or
as many as given; `zh` takes the Chinese questions, `KEY=VALUE` are overrides of the recipe. It prints each variant's
right answers to held-out questions, those of its teacher, how alike the two answer and what of the teacher's text was
learned (mean and deviation over seeds), and the paired differences to the few answers alone and to all answers, with
intervals: percentiles over seeds drawn with replacement.
"""

import json
import sys

from lab.store import Outcome
from tests.bench.seeds import arguments, figures, outcomes, paired, spread

RECIPE = "recipes/tasks/distill.yaml"
CHEAP = ("evaluate.retained=0", "evaluate.every=100000")
CHINESE = ("data.language=zh", "variants.0.data.language=zh")
FEW, ALL = "32 answers alone", "all 224 answers"
NAMES = ("exact_match", "teacher_exact_match", "like_teacher", "taught_kept", "taught_right")


def main(seeds: int, overrides: list[str]) -> None:
    found = outcomes(RECIPE, seeds, [*CHEAP, *overrides])
    for variant, done in found.items():
        known = [name for name in NAMES if name in done[0].metrics]
        seconds = [sum(one.stage_seconds[-1:]) for one in done]
        put(variant=variant, **{name: spread(figures(done, name)) for name in known}, seconds=spread(seconds))
    for variant, done in found.items():
        for other in (FEW, ALL):
            if variant != other:
                put(difference=f"{variant} - {other}", exact_match=_gap(done, found[other]))


def _gap(one: list[Outcome], other: list[Outcome]) -> dict[str, float]:
    return paired(figures(one, "exact_match"), figures(other, "exact_match"))


def put(**told: object) -> None:
    """Print a line of figures."""
    print(json.dumps(told, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    given = sys.argv[1:]
    count, changes = arguments(given)
    main(count, changes + (list(CHINESE) if "zh" in given else []))
