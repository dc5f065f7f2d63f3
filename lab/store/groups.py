"""Runs of one variant under several seeds, told together: the mean of each figure, and how far it spreads."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean, stdev

from lab.recipe import variant_of
from lab.store.shapes import Outcome, Run, Status


@dataclass(frozen=True)
class Spread:
    """The mean of a figure over runs, its standard deviation (None for a single run), and how many have it.

    `interval` is that of a single run's share or mean over few answers: where 95 of 100 such samples lie.
    """

    mean: float
    deviation: float | None
    runs: int
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Group:
    """The runs of one variant, and the figures after training of those that are done."""

    variant: str
    runs: tuple[Run, ...]
    figures: dict[str, Spread]


def search_seconds(outcome: Outcome) -> float | None:
    """What looking for a learning rate took beside the training; None where nothing was searched."""
    return sum(trial.seconds for trial in outcome.search) if outcome.search else None


def groups(runs: Iterable[Run]) -> list[Group]:
    """The runs by variant (of one comparison, or of several), in the order they come."""
    found: dict[tuple[str, str], list[Run]] = {}
    for run in runs:
        found.setdefault((run.comparison, variant_of(run.name)), []).append(run)
    return [Group(variant, tuple(own), _figures(own)) for (_, variant), own in found.items()]


def _figures(runs: Sequence[Run]) -> dict[str, Spread]:
    values: dict[str, list[float]] = {}
    for run in runs:
        if run.status == Status.DONE:
            for name, value in _after(run):
                values.setdefault(name, []).append(value)
    intervals = _intervals(runs[0]) if len(runs) == 1 else {}
    return {
        name: Spread(mean(some), stdev(some) if len(some) > 1 else None, len(some), intervals.get(name))
        for name, some in values.items()
    }


def _intervals(run: Run) -> dict[str, tuple[float, float]]:
    """How sure a run's figures are, those that are over few answers."""
    figures = run.outcome.metrics | {"retained": run.outcome.retained}
    return {name: change.after_interval for name, change in figures.items() if change.after_interval}


def _after(run: Run) -> Iterator[tuple[str, float]]:
    """A run's figures by name, those it has."""
    out = run.outcome
    figures = {
        "held_out_loss": out.eval_loss.after, "forgetting": out.forgetting.after,
        "retained": out.retained.after, "train_seconds": out.train_seconds,
        "search_seconds": search_seconds(out), "whole_seconds": out.whole_seconds,
        "peak_memory_bytes": out.peak_memory_bytes, "trainable_params": out.trainable_params,
        "adapter_bytes": out.adapter_bytes, **{name: change.after for name, change in out.metrics.items()},
    }  # fmt: skip
    return ((name, float(value)) for name, value in figures.items() if value is not None)
