"""Which signal moves the weights: a file an objective, its CARD, `make_trainer` and `held_out_loss`; `ls` is the catalogue.

What they are handed, and what else an objective may bring (figures of its own, something to save), is listed in
`lab.extension_points`: `Objective` and `ObjectiveHooks`. Heavy libraries are imported inside functions.
"""

from collections.abc import Callable
from typing import Any

from lab.card import ObjectiveCard, find_cards
from lab.extension_points import Objective, optional_hook


def get(objective: str) -> Objective:
    """The objective of that id, which a resolved recipe names; a KeyError for one there is not."""
    return find_cards("lab.objectives")[objective]


def cards() -> dict[str, ObjectiveCard]:
    """The cards of all objectives by their ids."""
    return {name: objective.CARD for name, objective in find_cards("lab.objectives").items()}


def hook(objective: str, name: str) -> Callable[..., Any] | None:
    """The objective's own function of that name, one of `ObjectiveHooks`; None where it has none."""
    return optional_hook(get(objective), name)
