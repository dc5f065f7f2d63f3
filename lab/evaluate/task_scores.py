"""The scores that can be pooled: of each variant by task, where a comparison has several, or several have one each.

A score is a share from 0 to 1, higher being better: a loss of one task says nothing beside one of another.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from lab.errors import RunError, nearest
from lab.evaluate.pooled import Pooled, pool
from lab.recipe import variant_of
from lab.store import Outcome, Run, Status
from lab.store.pictures import Scores

BY_TASK = ("accuracy/", "span_f1/")
"""How figures of one task among several begin."""
ALONE = (
    "exact_match", "accuracy", "drawn_exactly", "captions_right", "restored", "preference_accuracy",
    "pass@1", "nmi",
)  # fmt: skip
"""The figure of a comparison of one task: the first of these that it has."""
LOSS = "eval_loss"


def pooled(runs: Sequence[Run], against: str | None = None) -> Pooled | None:
    """The variants of one comparison, or of several, over all tasks; None where fewer than two tasks have scores for
    two variants. Raises RunError where no variant is called as `against` says."""
    scores = task_scores(runs)
    names = list(dict.fromkeys(variant_of(run.name) for run in runs))
    if against is not None and against not in names:
        raise RunError(f"there is no variant '{against}'", do=nearest(against, names))
    return pool(scores, against if against in scores else None)


def task_scores(runs: Sequence[Run]) -> dict[str, dict[str, list[float]]]:
    """Of each variant the scores of its runs that are done, by task: variants of several comparisons are the same where
    they are called the same. Those that lack a task which another has are left out."""
    several = len({run.comparison for run in runs}) > 1
    found: dict[str, dict[str, list[float]]] = {}
    for run in runs:
        if run.status == Status.DONE:
            own = found.setdefault(variant_of(run.name), {})
            for task, score in _scores(run.outcome):
                named = f"{run.recipe_name} ({run.comparison})" if several else ""
                own.setdefault(": ".join(filter(None, (named, task))), []).append(score)
    most = max(map(len, found.values()), default=0)
    return {variant: own for variant, own in found.items() if own and len(own) == most}


def as_plain(found: Pooled | None) -> dict[str, Any] | None:
    """What was pooled as JSON has it, each variant with its verdict."""
    if found is None:
        return None
    variants = [asdict(one) | {"verdict": one.verdict} for one in found.variants]
    return asdict(found) | {"variants": variants}


def _scores(out: Outcome) -> Iterator[tuple[str, float]]:
    """A run's scores by task: of stages' tasks as they are done at the end, else of the tasks it learns together, else
    its one figure (the name of its task is empty)."""
    matrices = [picture for picture in out.pictures.values() if isinstance(picture, Scores)]
    after = {name: change.after for name, change in out.metrics.items()}
    by_task = {name.partition("/")[2]: value for name, value in after.items() if name.startswith(BY_TASK)}
    alone = next(({"": after[name]} for name in ALONE if after.get(name) is not None), {})
    return _known(_last_row(matrices[0]) if matrices else (by_task or alone).items())


def _last_row(matrix: Scores) -> Iterable[tuple[str, float | None]]:
    places = [place for place, measure in enumerate(matrix.measures) if measure != LOSS]
    return ((matrix.columns[place], matrix.values[-1][place]) for place in places if matrix.values)


def _known(found: Iterable[tuple[str, float | None]]) -> Iterator[tuple[str, float]]:
    return ((task, value) for task, value in found if value is not None)
