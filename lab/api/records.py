"""A run as a plain record: the fields that `lab train --json` promises."""

from dataclasses import asdict
from typing import Any

from lab.store import Change, Run
from lab.store.groups import search_seconds


def run_record(run: Run) -> dict[str, Any]:
    """The fields that `lab train --json` promises; keep them stable."""
    out = run.outcome
    return {
        "id": run.id, "name": run.recipe_name, "variant": run.name, "status": run.status.value, "error": run.error,
        "base": run.base, "method": run.method, "objective": run.objective, "parent": run.parent,
        "forked_at": run.forked_at, "steps": run.step,
        "kept_step": out.kept_step,
        "dtype": out.environment.get("dtype"), "trained_dtype": out.environment.get("trained_dtype"),
        "trainable_params": out.trainable_params, "total_params": out.total_params,
        "adapter_bytes": out.adapter_bytes, "train_seconds": out.train_seconds,
        "search_seconds": search_seconds(out), "whole_seconds": out.whole_seconds,
        "cpu_seconds": out.cpu_seconds,
        "startup_seconds": out.startup_seconds, "tokens_per_second": out.tokens_per_second,
        "peak_memory_bytes": out.peak_memory_bytes,
        "train_loss": {"first": out.train_loss_first, "last": out.train_loss_last},
        "eval_loss": _pair(out.eval_loss),
        "metrics": {name: _pair(change) for name, change in out.metrics.items()},
        "forgetting": _pair(out.forgetting), "retained": _pair(out.retained), "notes": list(out.notes),
        "pictures": {name: asdict(picture) for name, picture in out.pictures.items()},
    }  # fmt: skip


def _pair(change: Change) -> dict[str, Any]:
    """Before and after; of a share or mean over `n` answers also 95 % intervals and what the commonest answer gets."""
    pair: dict[str, Any] = {"before": change.before, "after": change.after}
    if change.n is not None:
        pair |= {"n": change.n, "before_interval": change.before_interval, "after_interval": change.after_interval}
    return pair | ({} if change.commonest is None else {"commonest": change.commonest})
