"""Puts a stage's remedies in place: old and new rows among its own, terms in its loss, what acts while it trains."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from lab.data import DataSet, Row
from lab.data.fit import fitting
from lab.evaluate.evaluator import spread
from lab.recipe import RemedyChoice
from lab.recipe.remedies import card_of
from lab.remedies import hook
from lab.store.pictures import Texts
from lab.training.context import StageContext
from lab.training.earlier import past_of

MADE = ("from", "made", "ways")
SHOWN = 12
"""Made rows that are shown with a run."""


@dataclass(frozen=True)
class MadeRows:
    """Rows that were made from a stage's own, with a picture of some of them and a note on how many they are."""

    rows: list[Row]
    picture: Texts
    note: str


def with_old_rows(context: StageContext, data: DataSet) -> tuple[DataSet, float]:
    """The stage's data with the rows that its remedies bring back, and their share; of a first stage as it was."""
    past, own = past_of(context), len(data.train)
    if not past.stages:
        return data, 0.0
    for choice, rows in _hooked(context, "rows"):
        data = rows(data, past, **choice.knobs)
    return data, 1 - own / len(data.train) if data.train else 0.0


def made_rows(context: StageContext, data: DataSet) -> MadeRows | None:
    """What the stage's remedies make from its rows; those that leave no room for an answer are left out."""
    made = [one for choice, make in _hooked(context, "made") for one in make(data, context.seed, **choice.knobs)]
    if not made:
        return None
    fit = fitting(replace(data, train=[one.row for one in made], notes=()), context.tokenizer, context.stage).train
    kept = set(map(id, fit))
    shown = spread([one for one in made if id(one.row) in kept], SHOWN)
    rows = tuple((_text_of(one.source), _text_of(one.row), ", ".join(one.ways)) for one in shown)
    note = f"Augmentation: {len(fit):,} rows were made from {len(data.train):,}."
    return MadeRows(fit, Texts(MADE, rows, ()), note)


def _text_of(row: dict[str, Any]) -> str:
    """What the reader of a row says, as a line."""
    said = row.get("prompt") or row.get("messages") or row.get("text") or ""
    turns = [{"role": "user", "content": said}] if isinstance(said, str) else said
    return " / ".join(str(turn["content"]) for turn in turns if turn["role"] == "user")


def penalties_of(context: StageContext, model: Any) -> list[Callable[[], Any]]:
    """The terms that the stage's remedies add to its loss; `model` is as the stage finds it."""
    past = past_of(context) if context.stage.remedy else None
    return [
        hooked(model, past, **choice.knobs) for choice, hooked in _hooked(context, "penalty")
        if past and (past.stages or not card_of(choice).needs_past)
    ]  # fmt: skip


def add_to_training(context: StageContext, trainer: Any, model: Any) -> None:
    """Give trainer and model what the stage's remedies do while it trains, before whatever watches them."""
    for choice, attach in _hooked(context, "attach"):
        attach(model, **choice.knobs)
    acting = [one for choice, make in _hooked(context, "callbacks") for one in make(model, **choice.knobs)]
    trainer.callback_handler.callbacks[:0] = acting


def figures_of(trainer: Any) -> dict[str, float]:
    """What the remedies that acted have to tell once the stage is trained, by name."""
    acting = (one for one in trainer.callback_handler.callbacks if hasattr(one, "figures"))
    return {name: value for one in acting for name, value in one.figures().items()}


def _hooked(context: StageContext, name: str) -> list[tuple[RemedyChoice, Callable[..., Any]]]:
    """The stage's remedies that have that hook, with it."""
    return [(choice, found) for choice in context.stage.remedy if (found := hook(choice.name, name))]
