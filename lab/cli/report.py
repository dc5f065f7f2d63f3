"""A run as other programs read it (the --json contract), and as a row of the result table."""

from typing import Any

from lab.cli.output import duration, figure, print_table, size
from lab.store import Change, Outcome, Run, Status

MARKS = {
    Status.QUEUED: "queued", Status.RUNNING: "running", Status.DONE: "done", Status.FAILED: "FAILED",
    Status.CANCELLED: "cancelled", Status.INTERRUPTED: "interrupted",
}  # fmt: skip
COLUMNS = ("run", "variant", "status", "trainable", "time", "memory", "size", "held-out loss", "metrics", "forgetting")


def to_json(run: Run) -> dict[str, Any]:
    """The fields that `lab train --json` promises; keep them stable."""
    out = run.outcome
    return {
        "id": run.id, "name": run.recipe_name, "variant": run.name, "status": run.status.value, "error": run.error,
        "base": run.base, "method": run.method, "objective": run.objective, "parent": run.parent, "steps": run.step,
        "trainable_params": out.trainable_params, "total_params": out.total_params,
        "adapter_bytes": out.adapter_bytes, "train_seconds": out.train_seconds,
        "startup_seconds": out.startup_seconds, "tokens_per_second": out.tokens_per_second,
        "peak_memory_bytes": out.peak_memory_bytes,
        "train_loss": {"first": out.train_loss_first, "last": out.train_loss_last},
        "eval_loss": _pair(out.eval_loss),
        "metrics": {name: _pair(change) for name, change in out.metrics.items()},
        "forgetting": _pair(out.forgetting),
    }  # fmt: skip


def print_results(runs: list[Run]) -> None:
    """The result table of some runs, and why any of them failed."""
    print_table("", COLUMNS, [_row(run) for run in runs])
    for run in runs:
        if run.error:
            print(f"\n{run.name} ({run.id}): {run.error}")


def _row(run: Run) -> tuple[str, ...]:
    out = run.outcome
    metrics = ", ".join(f"{name} {_change(change, 2)}" for name, change in told_metrics(out).items()) or "–"
    return (
        run.id, run.name, MARKS[run.status], share(out.trainable_params, out.total_params), duration(out.train_seconds),
        size(out.peak_memory_bytes), size(out.adapter_bytes), _change(out.eval_loss), metrics,
        _change(out.forgetting, 1),
    )  # fmt: skip


def told_metrics(outcome: Outcome) -> dict[str, Change]:
    """The metrics without a lone part of the reward, which says the same again."""
    whole = outcome.metrics.get("reward")
    return {
        name: change for name, change in outcome.metrics.items() if not (name.startswith("reward/") and change == whole)
    }


def share(trainable: int | None, total: int | None) -> str:
    """How much of the model moves: a count and a percentage."""
    if trainable is None or not total:
        return "–"
    return f"{trainable:,} ({100 * trainable / total:.3g} %)"


def _change(change: Change, digits: int = 3) -> str:
    if change.before is None and change.after is None:
        return "–"
    return f"{figure(change.before, digits)} → {figure(change.after, digits)}"


def _pair(change: Change) -> dict[str, float | None]:
    return {"before": change.before, "after": change.after}
