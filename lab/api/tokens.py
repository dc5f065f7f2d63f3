"""Tokens made visible: what becomes of a row of data in training, and how surprising a text is to several models."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lab.card import find_cards
from lab.data import load_mix
from lab.errors import RecipeError, nearest
from lab.generate import Pane, TextSurprise
from lab.home import Home
from lab.machine import cores, inference_threads
from lab.planning.token_view import TokenView, stage_views, token_view
from lab.recipe import DataChoice, build_recipe

LEARNS = {"preference": "dpo", "binary_feedback": "kto", "prompt": "ppo"}
"""The objective that rows of a format are shown for where none is named; SFT's elsewhere."""
Message = dict[str, str]
Surpriser = Callable[[str, Sequence[Message], Sequence[Pane]], Iterable[TextSurprise]]


@dataclass(frozen=True)
class ModelSurprise:
    """A text as one model finds it. `name` is what the model was asked for by, `model` its name in a recipe."""

    name: str
    model: str
    surprise: TextSurprise


def row_tokens(
    data: str | Mapping[str, Any], home: Home, row: int = 1, objective: str | None = None, base: str = "nano",
    max_length: int | None = None, options: Mapping[str, Any] | None = None,
) -> TokenView:  # fmt: skip
    """A row of a data set as an objective reads it, token by token; raises LabError."""
    choice = DataChoice.model_validate({"name": data} if isinstance(data, str) else dict(data))
    cards = {name: module.CARD for name, module in find_cards("lab.objectives").items()}
    objective = objective or LEARNS.get(load_mix([choice], home, 0).format, "sft")
    if objective not in cards:
        raise RecipeError(f"there is no objective '{objective}'", where="objective", do=nearest(objective, cards))
    reward = {"reward": next(iter(find_cards("lab.raters")))} if cards[objective].rewarded else {}
    recipe = build_recipe({
        "base": base, "data": [choice.model_dump(exclude_defaults=True)], "objective": objective,
        "budget": {} if max_length is None else {"max_length": max_length},
        "options": dict(options or {}), "variants": [{"name": "row", "method": "lora"}], **reward,
    })  # fmt: skip
    return token_view(stage_views(recipe)[0], row, home)


def surprise_of(
    models: Mapping[str, str], text: str, context: Sequence[Message], surprise: Surpriser
) -> list[ModelSurprise]:
    """What every model finds of a text, in the order of `models`; raises LabError."""
    found = {one.pane: one for one in surprise(text, context, [Pane(name, model) for name, model in models.items()])}
    return [ModelSurprise(name, model, found[name]) for name, model in models.items()]


def surpriser_here(home: Home) -> Surpriser:
    """A function that has models read texts in this process, which loads them; the first call imports torch."""
    import torch

    from lab.serving.engine import InferenceEngine

    torch.set_num_threads(inference_threads(cores()))
    engine = InferenceEngine(home)

    def surprise(text: str, context: Sequence[Message], panes: Sequence[Pane]) -> Iterable[TextSurprise]:
        return engine.surprise(text, context, panes, threading.Event())

    return surprise
