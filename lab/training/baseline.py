"""How a run's starting point scores: measured once for each base and data set, and kept in the store.

Workers that start together would all measure the same; a lock file lets one do it and the others read. It is done
after training where it is not known yet, so that the first step does not wait for it.
"""

import fcntl
from typing import TYPE_CHECKING

from lab.evaluate.evaluator import EvalResult, Evaluator, result_from_json, result_to_json
from lab.models import load_chain, quantized
from lab.recipe import ResolvedStage

if TYPE_CHECKING:
    from lab.training.run import Work


def start_verdict(work: "Work", judge: Evaluator, stage: ResolvedStage, *, compute: bool) -> EvalResult | None:
    """The figures of the weights this run starts from; None when they are not known and not to be computed now."""
    start = "|".join(f"{link.kind}:{link.ref}" for link in work.start) + quantized(work.start).removeprefix("none")
    key = judge.key(start + work.plan.precision, stage.budget.max_length)
    known = work.store.baselines.get(key)
    if known is None and compute:
        with (work.home.cache / f"baseline-{key[:16]}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            known = work.store.baselines.get(key) or _measure(work, judge, key)
    return result_from_json(known) if known else None


def _measure(work: "Work", judge: Evaluator, key: str) -> dict:
    model = load_chain(work.start, work.home, "fp32")
    verdict = result_to_json(judge.verdict(model))
    work.store.baselines.put(key, verdict)
    return verdict
