"""How a run's starting point scores: measured once for each base and data set, and kept in the store.

Workers that start together would all measure the same; a lock file lets one do it and the others read. It is done
after training where it is not known yet, so that the first step does not wait for it.
"""

import fcntl
from typing import Any

from lab.evaluate.evaluator import EvalResult, Evaluator, result_from_json, result_to_json
from lab.models import Chain, load_chain, precision_of, quantized
from lab.store import Store
from lab.training.context import StageContext


def known_start(context: StageContext, start: Chain, evaluator: Evaluator, store: Store) -> EvalResult | None:
    """The figures of the weights the run starts from; None where they have not been measured yet."""
    found = store.baselines.get(_key(context, start, evaluator))
    return result_from_json(found) if found else None


def evaluate_start(context: StageContext, start: Chain, evaluator: Evaluator, store: Store) -> EvalResult:
    """The same, measured now where they are not known."""
    key = _key(context, start, evaluator)
    if (found := store.baselines.get(key)) is None:
        with (context.home.cache / f"baseline-{key[:16]}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            found = store.baselines.get(key) or _measure(context, start, evaluator, store, key)
    return result_from_json(found)


def _key(context: StageContext, start: Chain, evaluator: Evaluator) -> str:
    named = "|".join(f"{link.kind}:{link.ref}" for link in start) + quantized(start).removeprefix("none")
    return evaluator.key(named + precision_of(start, context.home), context.stage.budget.max_length)


def _measure(context: StageContext, start: Chain, evaluator: Evaluator, store: Store, key: str) -> dict[str, Any]:
    model = load_chain(start, context.home)
    result = result_to_json(evaluator.evaluate(model))
    store.baselines.put(key, result)
    return result
