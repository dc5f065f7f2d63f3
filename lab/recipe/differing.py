"""In which fields two recipes differ, every gap of both filled: what is left out counts as what it comes to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lab.recipe.data_choice import DataChoice
from lab.recipe.names import variant_of
from lab.recipe.schema import ResolvedRun

Value = str | float | bool | None
Variants = Mapping[str, Sequence[ResolvedRun]]
"""The runs of each variant, of all its seeds, by its name."""
LEFT_OUT = {"recipe", "name", "seed", "initialisation_seed", "stages", "fork"}
NOT_THERE = "–"


@dataclass(frozen=True)
class FieldDifference:
    """A field that differs: in which variant ('' for the whole), its path as a recipe has it, and both values as text;
    None where one side has no such field."""

    variant: str
    field: str
    first: str | None
    second: str | None


def recipe_differences(first: Sequence[ResolvedRun], second: Sequence[ResolvedRun]) -> list[FieldDifference]:
    """What differs between the runs of two recipes. Of recipes with one variant each these two are compared; of others
    those called the same, and what differs alike in all of them is told once."""
    mine, its = _by_variant(first), _by_variant(second)
    found = _told("", {"name": _name(first)}, {"name": _name(second)})
    if len(mine) == len(its) == 1:
        alone = [{"variant": name} | _fields(runs) for name, runs in (*mine.items(), *its.items())]
        return found + _told("", *alone)
    pairs = _paired(mine, its)
    each = {_called(*pair): _told("", _fields(mine[pair[0]]), _fields(its[pair[1]])) for pair in pairs}
    first_told = next(iter(each.values()), [])
    alike = [one for one in first_told if all(one in told for told in each.values())]
    found += alike if pairs else _told("", _shared(mine), _shared(its))
    for name, told in each.items():
        found += [FieldDifference(name, one.field, one.first, one.second) for one in told if one not in alike]
    left, right = {one for one, _ in pairs}, {other for _, other in pairs}
    found += [FieldDifference(name, "variant", name, None) for name in mine if name not in left]
    return found + [FieldDifference(name, "variant", None, name) for name in its if name not in right]


def _paired(mine: Variants, its: Variants) -> list[tuple[str, str]]:
    """The variants of both sides that belong together: those called the same, else those of the same methods."""
    pairs = [(name, name) for name in mine if name in its]
    free = [name for name in its if name not in mine]
    for name in mine:
        methods = [stage.method for stage in mine[name][0].stages]
        same = [one for one in free if [stage.method for stage in its[one][0].stages] == methods]
        if name not in its and same:
            free.remove(same[0])
            pairs.append((name, same[0]))
    return pairs


def _called(name: str, other: str) -> str:
    return name if name == other else f"{name} / {other}"


def _shared(variants: Variants) -> dict[str, str]:
    """The fields that are the same in all variants."""
    each = [_fields(runs) for runs in variants.values()]
    return {path: value for path, value in each[0].items() if all(one.get(path) == value for one in each)}


def _name(runs: Sequence[ResolvedRun]) -> str:
    return runs[0].recipe


def _by_variant(runs: Sequence[ResolvedRun]) -> dict[str, list[ResolvedRun]]:
    found: dict[str, list[ResolvedRun]] = {}
    for run in runs:
        found.setdefault(variant_of(run.name), []).append(run)
    return found


def _told(variant: str, one: Mapping[str, str], two: Mapping[str, str]) -> list[FieldDifference]:
    names = [*one, *(name for name in two if name not in one)]
    return [
        FieldDifference(variant, name, one.get(name), two.get(name)) for name in names if one.get(name) != two.get(name)
    ]


def _fields(runs: Sequence[ResolvedRun]) -> dict[str, str]:
    """Every field of a variant by its path, as text; of its runs what they share, and their seeds."""
    run = runs[0]
    stages = [_stage(stage.model_dump(mode="json"), stage.data) for stage in run.stages]
    alone = len(stages) == 1
    seeds = {"seed": ", ".join(dict.fromkeys(str(one.seed) for one in runs))}
    shared = dict(_leaves(run.model_dump(mode="json", exclude=LEFT_OUT), ""))
    own = {
        path if alone else f"stage {number} · {path}": value
        for number, fields in enumerate(stages, start=1)
        for path, value in _leaves(fields, "")
    }
    return {path.replace("budget.", ""): as_words(value) for path, value in (shared | own).items()} | seeds


def _stage(fields: dict[str, Any], data: Sequence[DataChoice]) -> dict[str, Any]:
    """A stage's fields; of data what is said of it, and no part that all runs of a variant hold out in turn."""
    said = [one.model_dump(mode="json", exclude_defaults=True, exclude={"fold"}) for one in data]
    return {name: value for name, value in fields.items() if name != "data"} | {"data": said}


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Value]]:
    if isinstance(value, Mapping) and value:
        for key, one in value.items():
            yield from _leaves(one, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and value and not isinstance(value[0], str | int | float):
        for place, one in enumerate(value, start=1):
            yield from _leaves(one, f"{path}.{place}" if len(value) > 1 else path)
    elif isinstance(value, list):
        yield path, ", ".join(map(as_words, value)) or None
    elif isinstance(value, Mapping):
        return
    else:
        yield path, value


def as_words(value: Value) -> str:
    """A value as one reads it."""
    if value is None:
        return NOT_THERE
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)
