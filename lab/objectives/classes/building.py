"""A new classification head around the model of a stage, and which methods it can't sit on."""

from collections.abc import Sequence
from typing import Any

from lab.card import MethodCard
from lab.errors import RecipeError
from lab.objectives.classes.kept import kept_in, load_head
from lab.objectives.task import Task
from lab.recipe.combinations import REASONS

HEAD_CANT = ("virtual_tokens", "answers_first", "own_optimizer")
"""Traits of methods that a head on the backbone can't work with."""


def check_head(method: MethodCard, objective: str, place: str, do: str = "take lora, freeze or full.") -> None:
    """Raise RecipeError for a method that a head can't be trained with."""
    if trait := next((trait for trait in method.traits if trait in HEAD_CANT), None):
        reason = REASONS[trait].format(method=method.id, objective=objective)
        raise RecipeError(
            f"'{method.id}' can't be trained with a classification head: {reason}", where=f"{place}.method", do=do
        )


def new_head(task: Task, names: Sequence[str], *, alone: bool = False) -> Any:
    """A classifier around the task's model; its head goes on from that of the weights it starts from, where the classes
    are the same. Where it is to learn `alone`, nothing else is trained."""
    from lab.objectives.classes.head import head_on

    classifier = head_on(task.model, task.tokenizer, names)
    before = kept_in(task.start)
    if task.start and before and (before.names, before.read) == (tuple(names), "head"):
        load_head(classifier.score, task.start)
    task.model.__dict__["classifier"] = classifier  # beside the model, not a part of it
    if alone:
        for weight in task.model.parameters():
            weight.requires_grad_(False)
    return classifier
