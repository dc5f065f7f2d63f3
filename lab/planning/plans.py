"""What a recipe's runs will be and what they will cost, before anything is queued. Starts nothing."""

from dataclasses import dataclass, replace
from pathlib import Path

from lab.card import find_cards
from lab.data import data_cards
from lab.devices import Device, this_device
from lab.errors import ModelError
from lab.extension_points import optional_hook
from lab.home import Home
from lab.model_ref import ModelRef
from lab.models import CATALOGUE, ModelShape, shape_of
from lab.models.precision import LARGE
from lab.planning.checks import check_quantized, check_start, check_teachers
from lab.planning.cost import Cost
from lab.planning.estimate import estimate_run
from lab.planning.fit import Fit, fit_on
from lab.planning.fork_start import check_fork
from lab.planning.open_to import check_open_to
from lab.planning.parameter_budget import with_parameter_budget
from lab.planning.processes import check_may_share
from lab.planning.repeats import seeds_within
from lab.planning.sampled import sampling_notes
from lab.planning.trackers import check_trackers
from lab.recipe import AUTO, Recipe, ResolvedRun, ResolvedStage, StageRate, resolve, stage_rate
from lab.recipe.combinations import told_of
from lab.store import Store
from lab.visitors import current


@dataclass(frozen=True)
class Planned:
    """A run that would be carried out, what it would cost, and whether it fits on the device it was planned for."""

    run: ResolvedRun
    cost: Cost
    rates: tuple[StageRate, ...] = ()
    """The learning rate of each stage, and where it comes from."""
    fit: Fit | None = None
    """Whether it fits on the device it was planned for."""
    notes: tuple[str, ...] = ()
    """What is to be known: what works in part or is met roughly, what it samples, its data where that has been read."""


def plan(recipe: Recipe, home: Home, store: Store | None = None, device: Device | None = None) -> list[Planned]:
    """One planned run a variant, for this machine or a device that is named; with a store, times follow what this
    machine managed before. Where it says `repeat: auto`, as many seeds as fit. Raises LabError."""
    if recipe.repeat.n == AUTO:
        once = _plans(recipe, home, store, device)
        seeds = seeds_within([planned.cost for planned in once])
        repeat = recipe.repeat.model_copy(update={"n": seeds})
        told = f"repeat: auto came to {seeds} {'seed' if seeds == 1 else 'seeds'} of each variant."
        planned = _plans(recipe.model_copy(update={"repeat": repeat}), home, store, device)
        return [replace(one, notes=(*one.notes, told)) for one in planned]
    return _plans(recipe, home, store, device)


def _plans(recipe: Recipe, home: Home, store: Store | None, device: Device | None) -> list[Planned]:
    check_open_to(recipe, home, store)
    check_trackers(recipe.report_to)
    check_may_share(recipe)
    runs, where = [_anchored(run) for run in resolve(recipe)], device or this_device()
    try:
        shape = shape_of(recipe.base, home)
    except ModelError as problem:
        problem.where = f"base: {problem.where}" if problem.where else "base"
        raise
    for run in runs:
        check_fork(run, home)
        check_start(run, home)
        check_teachers(run, home)
        check_quantized(run, home, here=where.here)
    return [_planned(run, shape, home, store, where) for run in runs]


def _planned(run: ResolvedRun, shape: ModelShape, home: Home, store: Store | None, device: Device) -> Planned:
    def peak(changed: ResolvedRun) -> int:
        return estimate_run(changed, shape, home, store, device).memory_bytes

    _check_base(run, shape)
    sized, notes = with_parameter_budget(run, shape)
    run = _with_checkpointing(sized, shape)
    cost = estimate_run(run, shape, home, store, device)
    rates = tuple(stage_rate(stage, shape.parameters) for stage in run.stages)
    told = [f"{run.name}: {note}" for stage in run.stages for note in told_of(stage)]
    return Planned(
        run, cost, rates, fit_on(run, shape, cost.memory_bytes, device, peak), (*notes, *told, *sampling_notes(run))
    )


def _check_base(run: ResolvedRun, shape: ModelShape) -> None:
    """Raise RecipeError for a method that can't be put into a base of this kind."""
    for number, stage in enumerate(run.stages):
        if fits := optional_hook(find_cards("lab.methods")[stage.method], "fits"):
            fits(shape, place=f"{run.name}, stage {number}")


def _with_checkpointing(run: ResolvedRun, shape: ModelShape) -> ResolvedRun:
    """The run with gradient checkpointing settled where the recipe leaves it open: on for large bases."""

    def settled(stage: ResolvedStage) -> ResolvedStage:
        able = find_cards("lab.methods")[stage.method].CARD.checkpointing
        return stage.model_copy(update={"gradient_checkpointing": able and shape.parameters >= LARGE})

    stages = [settled(one) if one.gradient_checkpointing is None else one for one in run.stages]
    return run.model_copy(update={"stages": tuple(stages)})


def _anchored(run: ResolvedRun) -> ResolvedRun:
    """The run with paths of base and data made absolute: workers live in another folder than the terminal.

    Visitors name no paths: for them a Hub id stays one, whatever lies here under that name.
    """
    if not current().owns_lab:
        return run
    base = str(Path(run.base).absolute()) if _is_local(run.base) else run.base
    return run.model_copy(update={"base": base, "stages": tuple(_anchored_stage(stage) for stage in run.stages)})


def _anchored_stage(stage: ResolvedStage) -> ResolvedStage:
    known = data_cards()
    data = [
        choice.model_copy(update={"name": str(Path(choice.name).absolute())})
        if choice.name not in known and Path(choice.name).exists()
        else choice
        for choice in stage.data
    ]
    teacher = stage.teacher
    if teacher and _is_local(teacher):
        teacher = str(Path(teacher).absolute())
    return stage.model_copy(update={"data": tuple(data), "teacher": teacher})


def _is_local(base: str) -> bool:
    return base not in CATALOGUE and ModelRef.parse(base).run is None and Path(base).expanduser().is_dir()
