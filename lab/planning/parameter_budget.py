"""Equal parameters: a method's main knob is set so that it trains about as many as are asked for. Plain arithmetic."""

import math
from collections.abc import Iterator
from typing import Any

from lab.card import Number, find_cards
from lab.errors import RecipeError
from lab.extension_points import Method, optional_hook
from lab.models import ModelShape
from lab.recipe import ResolvedRun, ResolvedStage

EVERY = 1024
"""Up to here every value of a knob is tried; beyond, those two per cent apart."""


def with_parameter_budget(run: ResolvedRun, shape: ModelShape) -> ResolvedRun:
    """The run with every `parameters` turned into a knob's value for a base of this shape."""
    stages = tuple(_sized(stage, shape) if stage.parameters else stage for stage in run.stages)
    return run.model_copy(update={"stages": stages})


def _sized(stage: ResolvedStage, shape: ModelShape) -> ResolvedStage:
    """The stage with its method's main knob nearest to the wanted count; as it is where no knob changes that."""
    method = find_cards("lab.methods")[stage.method]
    knobs = _nearest(method, stage.knobs, shape, stage.parameters or 1)
    return stage.model_copy(update={"knobs": knobs, "parameters": None})


def _nearest(method: Method, knobs: dict[str, Any], shape: ModelShape, wanted: int) -> dict[str, Any]:
    """The main knob is the card's first whole number that the count depends on."""
    for knob in method.CARD.knobs:
        if not isinstance(knob, Number) or not knob.whole:
            continue
        counts = {}
        for value in _values(knob):
            if (count := _count(method, knobs | {knob.name: value}, shape)) is not None:
                counts[value] = count
        if len(set(counts.values())) > 1:
            best = min(counts, key=lambda value: (abs(math.log(counts[value] / wanted)), value))
            return knobs | {knob.name: best}
    return knobs


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
