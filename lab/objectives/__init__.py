"""Which signal moves the weights: a file an objective, its CARD and `make_trainer(task)`; `ls` is the catalogue.

`held_out_loss(model, tokenizer, data, max_length, limit)` is its loss on the held-out rows (None where there is none).
An objective that needs more has one of these beside them:

    measure(model, tokenizer, data, stage, home, limit)   its own figures, before and after, by name
    save(trainer, folder)                                 what to save besides the weights (a reward model's head)

Heavy libraries are imported inside functions.
"""

from collections.abc import Callable
from typing import Any

from lab.card import find_cards


def hook(objective: str, name: str) -> Callable[..., Any] | None:
    """The objective's own function of that name, None where it has none."""
    return getattr(find_cards("lab.objectives")[objective], name, None)
