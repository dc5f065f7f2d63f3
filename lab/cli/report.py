"""A run as other programs read it (the --json contract), and as a row of the result table."""

from collections.abc import Sequence

from lab.cli.output import duration, figure, print_table, size
from lab.store import Change, Outcome, Run, Status
from lab.store.groups import search_seconds

MARKS = {
    Status.QUEUED: "queued", Status.RUNNING: "running", Status.DONE: "done", Status.FAILED: "FAILED",
    Status.CANCELLED: "cancelled", Status.INTERRUPTED: "interrupted",
}  # fmt: skip
COLUMNS = ("run", "variant", "status", "trainable", "time", "memory", "size", "held-out loss", "metrics",
           "retained skill", "forgetting")  # fmt: skip
SPARE = (("size",), ("memory",), ("trainable",), ("forgetting",), ("time",))
"""What a narrow terminal goes without."""
SURE = "Brackets: 95 % intervals, over {n} answers or pairs each."
COMMONEST = "always the commonest answer"


def print_results(runs: list[Run]) -> None:
    """The result table of some runs, and why any of them failed."""
    print_table("", COLUMNS, [_row(run) for run in runs], SPARE)
    for line in dict.fromkeys(line for run in runs for line in _beside(run)):
        print(line)
    for run in runs:
        if run.error:
            print(f"\n{run.name} ({run.id}): {run.error}")
        for note in run.outcome.notes:
            print(f"\n{run.name} ({run.id}), note: {note}")


def _row(run: Run) -> tuple[str, ...]:
    out = run.outcome
    metrics = ", ".join(f"{name} {_change(change, 2)}" for name, change in told_metrics(out).items()) or "–"
    return (
        run.id, run.name, MARKS[run.status], share(out.trainable_params, out.total_params),
        spent(out.train_seconds, search_seconds(out), out.whole_seconds),
        size(out.peak_memory_bytes), size(out.adapter_bytes), _change(out.eval_loss), metrics,
        _change(out.retained, 2), _change(out.forgetting, 1),
    )  # fmt: skip


def told_metrics(outcome: Outcome) -> dict[str, Change]:
    """The metrics without a lone part of the reward, which says the same again."""
    whole = outcome.metrics.get("reward")
    return {
        name: change for name, change in outcome.metrics.items() if not (name.startswith("reward/") and change == whole)
    }


def spent(training: float | None, searching: float | None, whole: float | None) -> str:
    """The time of a training's steps, of the search for its learning rate where there was one, and of all it took."""
    steps = duration(training) + ("" if searching is None else f" + {duration(searching)} search")
    return steps + ("" if whole is None else f" of {duration(whole)}")


def share(trainable: int | None, total: int | None) -> str:
    """How much of the model moves: a count and a percentage."""
    if trainable is None or not total:
        return "–"
    return f"{trainable:,} ({100 * trainable / total:.3g} %)"


def _change(change: Change, digits: int = 3) -> str:
    if change.before is None and change.after is None:
        return "–"
    return f"{figure(change.before, digits)} → {figure(change.after, digits)}{around(change.after_interval, digits)}"


def around(interval: tuple[float, float] | None, digits: int) -> str:
    """An interval in brackets, with a space before it; nothing for none."""
    return f" ({figure(interval[0], digits)}–{figure(interval[1], digits)})" if interval else ""


def sureness(runs: Sequence[Run]) -> str:
    """What the brackets of a table mean; nothing where no run has any."""
    counts = sorted({change.n for run in runs for change in _few(run) if change.n})
    return SURE.format(n=" or ".join(map(str, counts))) if counts else ""


def commonest(outcome: Outcome) -> dict[str, float]:
    """What always giving the commonest training answer would get, by metric."""
    return {name: one.commonest for name, one in told_metrics(outcome).items() if one.commonest is not None}


def _beside(run: Run) -> list[str]:
    usual = ", ".join(f"{name} {figure(value, 2)}" for name, value in commonest(run.outcome).items())
    return [line for line in (sureness([run]), usual and f"{COMMONEST.capitalize()}: {usual}.") if line]


def _few(run: Run) -> list[Change]:
    return [*run.outcome.metrics.values(), run.outcome.retained]
