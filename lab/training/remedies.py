"""Puts a stage's remedies against forgetting in place: old rows among its own, terms in its loss."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lab.data import DataSet
from lab.remedies import hook
from lab.training.context import StageContext
from lab.training.earlier import past_of


@dataclass(frozen=True)
class Replayed:
    """A stage's rows with old ones among them, and their share."""

    data: DataSet
    share: float = 0.0


def with_old_rows(context: StageContext, data: DataSet) -> Replayed:
    """The stage's data with the rows that its remedies bring back; of a first stage as it was."""
    past, own = past_of(context), len(data.train)
    if not past.stages:
        return Replayed(data)
    for choice in context.stage.remedy:
        if rows := hook(choice.name, "rows"):
            data = rows(data, past, **choice.knobs)
    return Replayed(data, 1 - own / len(data.train) if data.train else 0.0)


def penalties_of(context: StageContext, model: Any) -> list[Callable[[], Any]]:
    """The terms that the stage's remedies add to its loss; `model` is as the stage finds it."""
    if not context.stage.remedy or not (past := past_of(context)).stages:
        return []
    found = ((hook(choice.name, "penalty"), choice.knobs) for choice in context.stage.remedy)
    return [penalty(model, past, **knobs) for penalty, knobs in found if penalty]
