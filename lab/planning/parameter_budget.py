"""Equal parameters: a method's main knob is set so that it trains about as many as are asked for. Plain arithmetic."""

import math
from collections.abc import Iterator
from typing import Any

from lab.card import Number, find_cards
from lab.errors import RecipeError
from lab.extension_points import Method, optional_hook
from lab.models import ModelShape
from lab.recipe import ResolvedRun, ResolvedStage

NEAR = 0.1
"""How far a count may be off, as a share of what was asked for, before it is told."""
EVERY = 1024
"""Up to here every value of a knob is tried; beyond, those two per cent apart."""


def with_parameter_budget(run: ResolvedRun, shape: ModelShape) -> tuple[ResolvedRun, tuple[str, ...]]:
    """The run with every `parameters` turned into a knob's value for a base of this shape, and what to say of those
    that are only met roughly. Raises RecipeError for a count that the method can't come near."""
    stages, notes = [], []
    for number, stage in enumerate(run.stages):
        if stage.parameters is None:
            stages.append(stage)
            continue
        knobs, count = _nearest(stage, shape, f"{run.name}, stage {number}")
        stages.append(stage.model_copy(update={"knobs": knobs, "parameters": None}))
        if abs(count - stage.parameters) > NEAR * stage.parameters:
            notes.append(f"{run.name}: {stage.method} trains {count:,} parameters, the nearest to {stage.parameters:,}")
    return run.model_copy(update={"stages": tuple(stages)}), tuple(notes)


def _nearest(stage: ResolvedStage, shape: ModelShape, where: str) -> tuple[dict[str, Any], int]:
    """The knobs nearest to the wanted count, and their count; raises RecipeError where that is beyond their reach."""
    wanted = stage.parameters or 1
    counts = _reachable(find_cards("lab.methods")[stage.method], stage.knobs, shape)
    best = min(counts, key=lambda some: abs(math.log(some[1] / wanted)))
    numbers = sorted({count for _, count in counts})
    if not numbers[0] * (1 - NEAR) <= wanted <= numbers[-1] * (1 + NEAR):
        reach = f"from {numbers[0]:,} to {numbers[-1]:,}" if len(numbers) > 1 else f"{numbers[0]:,} and no other count"
        raise RecipeError(
            f"'{stage.method}' can't train {wanted:,} parameters of this base: it reaches {reach}",
            where=f"{where}: parameters", do=f"give {best[1]:,}, leave it out, or take another method.",
        )  # fmt: skip
    return best


def _reachable(method: Method, knobs: dict[str, Any], shape: ModelShape) -> list[tuple[dict[str, Any], int]]:
    """Knobs and counts, the main knob's least value first: the card's first whole number that the count depends on."""
    for knob in method.CARD.knobs:
        if not isinstance(knob, Number) or not knob.whole:
            continue
        tried = [knobs | {knob.name: value} for value in _values(knob)]
        counts = [(some, count) for some in tried if (count := _count(method, some, shape)) is not None]
        if len({count for _, count in counts}) > 1:
            return counts
    return [(knobs, _count(method, knobs, shape) or 1)]


def _values(knob: Number) -> Iterator[int]:
    """The values to try, in rising order."""
    value = int(knob.low)
    while value <= knob.high:
        yield value
        value = value + 1 if value < EVERY else math.ceil(value * 1.02)


def _count(method: Method, knobs: dict[str, Any], shape: ModelShape) -> int | None:
    """What the method would train, at least 1; None for knobs it can't work with."""
    try:
        if check := optional_hook(method, "check"):
            check(place="", **knobs)
        return max(1, int(method.count(shape, **knobs)))
    except RecipeError:
        return None
