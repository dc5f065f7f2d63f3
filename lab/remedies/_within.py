"""What remedies against overfitting share: the objectives they can't help."""

from collections.abc import Callable
from typing import Any

from lab.card import ObjectiveCard, find_cards
from lab.errors import RecipeError
from lab.recipe import ResolvedStage


def refuse_rewarded(remedy: str) -> Callable[..., None]:
    """A check that refuses objectives which learn from answers of their own: they draw new ones in each step."""

    def check(stage: ResolvedStage, *, place: str, **_: Any) -> None:
        if objective_of(stage).rewarded:
            raise RecipeError(
                f"'{remedy}' is against learning rows by heart, and '{stage.objective}' learns from answers it draws anew",
                where=place, do="leave it out, or use it in the stage before.",
            )  # fmt: skip

    return check


def objective_of(stage: ResolvedStage) -> ObjectiveCard:
    card: ObjectiveCard = find_cards("lab.objectives")[stage.objective].CARD
    return card
