"""What differs between the variants of a comparison, setting by setting, and what each came to: a sweep's picture."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lab.errors import LabError
from lab.evaluate.importance import Importance, importances
from lab.recipe import DataChoice, ResolvedRun, parse_recipe, resolve
from lab.store import Run
from lab.store.groups import groups

Value = str | float | bool | None
LEFT_OUT = ("recipe", "name", "seed", "evaluate", "order", "fold")


@dataclass(frozen=True)
class SweepTable:
    """Variants with the settings they differ by and their figures (means over seeds), all in the same order."""

    variants: tuple[str, ...]
    settings: dict[str, tuple[Value, ...]]
    figures: dict[str, tuple[float | None, ...]]
    importance: dict[str, tuple[Importance, ...]]
    """Of each figure how much each setting matters, over the variants that have it; the most important first."""


def sweep_table(runs: Sequence[Run]) -> SweepTable:
    """The table of a comparison's runs; without settings where its variants do not differ, or can't be read."""
    found = groups(runs)
    plans = [_plan(group.runs[0]) for group in found]
    mixed = len({_mix(plan) for plan in plans if plan}) > 1
    told = [_settings(plan, mixed) if plan else {} for plan in plans]
    names = dict.fromkeys(name for one in told for name in one)
    every = {name: tuple(one.get(name) for one in told) for name in names}
    differing = {name: values for name, values in every.items() if len(set(values)) > 1}
    kinds = dict.fromkeys(name for group in found for name in group.figures)
    figures = {
        name: tuple(group.figures[name].mean if name in group.figures else None for group in found) for name in kinds
    }
    return SweepTable(
        tuple(group.variant for group in found), differing, figures,
        {name: tuple(_importance(differing, values)) for name, values in figures.items()},
    )  # fmt: skip


def _importance(settings: Mapping[str, Sequence[Value]], figure: Sequence[float | None]) -> list[Importance]:
    known = [(place, value) for place, value in enumerate(figure) if value is not None]
    some = {name: [values[place] for place, _ in known] for name, values in settings.items()}
    return importances(some, [value for _, value in known])


def _plan(run: Run) -> ResolvedRun | None:
    """What a run was to do; None where its recipe can't be read."""
    try:
        return resolve(parse_recipe(run.recipe, where=f"run {run.id}"))[0]
    except LabError:
        return None


def _mix(plan: ResolvedRun) -> tuple[tuple[str, ...], ...]:
    """The data sets of each stage."""
    return tuple(tuple(choice.label for choice in stage.data) for stage in plan.stages)


def _settings(plan: ResolvedRun, mixed: bool) -> dict[str, Value]:
    """Every single setting of a run by its path; all data of a stage in one where variants learn from different sets,
    whose settings have no places in common."""
    fields = plan.model_dump(mode="json", exclude=set(LEFT_OUT))
    stages = [
        stage | {"data": _data(resolved.data, mixed)}
        for stage, resolved in zip(fields.pop("stages"), plan.stages, strict=True)
    ]
    alone = len(stages) == 1
    leaves = [*_leaves(fields, ""), *_leaves(stages[0] if alone else stages, "")]
    return {path.removeprefix("budget."): value for path, value in leaves}


def _data(data: Sequence[DataChoice], mixed: bool) -> Any:
    if mixed:
        return " + ".join(f"{one.label} × {one.weight:g}" if one.weight != 1 else one.label for one in data)
    return [one.model_dump(mode="json", exclude_defaults=True) for one in data]


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Value]]:
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in LEFT_OUT[2:]:
                yield from _leaves(one, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            spot = str(place + 1) if len(value) > 1 else ""
            yield from _leaves(one, ".".join(filter(None, (path, spot))))
    else:
        yield path, value
