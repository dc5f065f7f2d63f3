"""What planned runs would cost, and whether they fit on a device, as the terminal prints it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from lab.cli.output import duration, print_table, size
from lab.cli.report import share
from lab.planning import Planned
from lab.planning.fit import Fit
from lab.planning.whole_time import whole_seconds
from lab.recipe import Recipe, ResolvedStage, variant_of

COLUMNS = ("variant", "stages", "learning rate", "steps", "rows a step", "trainable", "memory", "= weights",
           "+ gradients", "+ optimizer", "+ activations, rest", "time", "size")  # fmt: skip
SPARE = (COLUMNS[7:11], ("size",), ("rows a step",), ("stages",), ("steps",))
"""What a narrow terminal goes without; the parts of the memory go together."""


def plan_record(planned: Planned) -> dict[str, Any]:
    """A planned run as `lab check --json` prints it."""
    fit = asdict(planned.fit) | {"fits": planned.fit.fits} if planned.fit else None
    return {
        "run": planned.run.model_dump(mode="json"), "cost": asdict(planned.cost), "fit": fit, "notes": planned.notes,
        "learning_rates": [asdict(rate) for rate in planned.rates],
    }  # fmt: skip


def print_plan(recipe: Recipe, plans: list[Planned], device: str | None) -> None:
    """The table of costs; for a device that is named, and for runs that don't fit here, what fits and what would."""
    print_table(f"{recipe.name}: base {recipe.base}, seed {recipe.seed}", COLUMNS, [_row(one) for one in plans], SPARE)
    if device is None and len(plans) > 1 and (seconds := whole_seconds(plans)) is not None:
        print(f"about {duration(seconds)} in all.")
    for one in plans:
        if one.fit and (device or not one.fit.fits):
            print(f"\n{one.run.name}: {fit_words(one.fit, recipe, one.run.name)}")
    for note in dict.fromkeys(note for one in plans for note in one.notes):
        print(note)
    if any(one.cost.seconds is None for one in plans):
        print("\nHow long it would take is not known: name a GPU, such as --device 'RTX 4090'.")


def fit_words(fit: Fit, recipe: Recipe, name: str) -> str:
    """Whether the run of that name fits and, if not, by how much and what to change in its recipe."""
    room = f"{size(fit.memory_bytes)} of {size(fit.usable_bytes)} that can be had on {fit.device}"
    if fit.fits:
        return f"fits, {room}."
    lacking = f"does not fit, {room}: {size(fit.memory_bytes - fit.usable_bytes)} too much."
    if not fit.advice:
        return f"{lacking} With every change the lab knows it would still take {size(fit.smallest_bytes)}."
    ways = [f"{_overrides(one.changes, recipe, name)} ({size(one.memory_bytes)})" for one in fit.advice]
    return f"{lacking} It would fit with {', or with '.join(ways)}."


def _overrides(changes: Sequence[str], recipe: Recipe, name: str) -> str:
    """The changes as the terminal takes them, for the one variant where it may have a setting of its own."""
    place = next(i for i, variant in enumerate(recipe.variants) if variant.name in (name, variant_of(name)))
    given = [change if change.startswith("precision=") else f"variants.{place}.{change}" for change in changes]
    if recipe.variants[place].knobs and any(change.startswith("method=") for change in changes):
        given.append(f"variants.{place}.knobs={{}}")  # those of another method
    return " ".join(f"--set {change}" for change in given)


def _row(planned: Planned) -> tuple[str, ...]:
    run, cost = planned.run, planned.cost
    stages = " → ".join(f"{stage.objective} {stage.method}" for stage in run.stages)
    rows = " → ".join(dict.fromkeys(_rows(stage) for stage in run.stages))
    parts = (cost.weights_bytes, cost.gradient_bytes, cost.optimizer_bytes)
    return (
        run.name, stages, " → ".join(map(str, planned.rates)), str(cost.steps), rows,
        share(cost.trainable_params, cost.total_params), size(cost.memory_bytes), *map(size, parts),
        size(cost.memory_bytes - sum(parts)), duration(cost.seconds), size(cost.adapter_bytes),
    )  # fmt: skip


def _rows(stage: ResolvedStage) -> str:
    """Rows of a step: of its one batch, or of so many batches."""
    batch, times = stage.budget.batch_size, stage.gradient_accumulation
    return str(batch) if times == 1 else f"{times} × {batch}"
