"""The learning rate of a stage: one rule for the recipe, the terminal, the page and a search.

A method's card gives its rate for supervised fine-tuning of a small model. It falls with the model's size as the card
says, and is multiplied by what the objective takes beside supervised fine-tuning (`ObjectiveCard.rate_factor`).
"""

from dataclasses import dataclass
from typing import Literal

from lab.card import find_cards
from lab.recipe.budget import SEARCH
from lab.recipe.schema import ResolvedStage

Origin = Literal["recipe", "cards", "search"]


@dataclass(frozen=True)
class StageRate:
    """The learning rate a stage will use and where it comes from; of a search, the rates it will try."""

    rates: tuple[float, ...]
    origin: Origin

    def __str__(self) -> str:
        shown = f"{self.rates[0]:g}" if len(self.rates) == 1 else f"{self.rates[0]:g} … {self.rates[-1]:g}"
        return f"{shown} ({self.origin})"


def usual_rate(method: str, objective: str, parameters: int) -> float:
    """The rate of the cards of a method and an objective for a base of so many parameters, to two digits."""
    factor = find_cards("lab.objectives")[objective].CARD.rate_factor
    return float(f"{find_cards('lab.methods')[method].CARD.rate_for(parameters) * factor:.1e}")


def stage_rate(stage: ResolvedStage, parameters: int) -> StageRate:
    """What a stage on a base of so many parameters will use."""
    usual = usual_rate(stage.method, stage.objective, parameters)
    if stage.learning_rate == SEARCH:
        return StageRate(stage.search.around(usual) if stage.search else (usual,), "search")
    if stage.learning_rate is None:
        return StageRate((usual,), "cards")
    return StageRate((float(stage.learning_rate),), "recipe")
