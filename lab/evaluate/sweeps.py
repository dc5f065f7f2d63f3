"""What differs between the variants of a comparison, setting by setting, and what each came to: a sweep's picture."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lab.errors import LabError
from lab.evaluate.importance import Importance, importances
from lab.recipe import parse_recipe, resolve
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
    told = [_settings(group.runs[0]) for group in found]
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


def _settings(run: Run) -> dict[str, Value]:
    """Every single setting of a run's recipe by its path; empty where the recipe can't be read."""
    try:
        plan = resolve(parse_recipe(run.recipe, where=f"run {run.id}"))[0]
    except LabError:
        return {}
    fields = plan.model_dump(mode="json", exclude=set(LEFT_OUT))
    stages = [
        stage | {"data": [one.model_dump(mode="json", exclude_defaults=True) for one in resolved.data]}
        for stage, resolved in zip(fields.pop("stages"), plan.stages, strict=True)
    ]
    alone = len(stages) == 1
    leaves = [*_leaves(fields, ""), *_leaves(stages[0] if alone else stages, "")]
    return {path.removeprefix("budget."): value for path, value in leaves}


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
