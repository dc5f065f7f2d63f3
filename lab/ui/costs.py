"""What the form shows of planned runs: a row a variant, however many seeds and folds it has."""

from collections.abc import Sequence
from typing import Any

from lab.planning.fit import Fit
from lab.planning.plans import Planned
from lab.recipe import variant_of


def costs_of(plans: Sequence[Planned]) -> list[dict[str, Any]]:
    """Of each variant, named and coloured as its runs will be, what it costs: seconds of all its runs, else of one."""
    found: dict[str, list[Planned]] = {}
    for planned in plans:
        found.setdefault(variant_of(planned.run.name), []).append(planned)
    return [_cost(variant, place, own) for place, (variant, own) in enumerate(found.items())]


def _cost(variant: str, place: int, plans: Sequence[Planned]) -> dict[str, Any]:
    first, known = plans[0], [one.cost.seconds for one in plans if one.cost.seconds is not None]
    cost, methods = first.cost, ", ".join(dict.fromkeys(stage.method for stage in first.run.stages))
    return {
        "name": variant, "place": place, "runs": len(plans), "method": methods, "trainable": cost.trainable_params,
        "share": cost.trainable_share, "memory": cost.memory_bytes, "bytes": cost.adapter_bytes,
        "seconds": sum(known) if len(known) == len(plans) else None, "fit": _fit(first.fit) if first.fit else None,
        "rates": [{"rates": rate.rates, "origin": rate.origin} for rate in first.rates],
    }  # fmt: skip


def _fit(fit: Fit) -> dict[str, Any]:
    """Whether a variant fits, and the first few ways to make it fit."""
    advice = [{"changes": ", ".join(one.changes), "memory": one.memory_bytes} for one in fit.advice]
    return {"fits": fit.fits, "device": fit.device, "usable": fit.usable_bytes, "advice": advice}
