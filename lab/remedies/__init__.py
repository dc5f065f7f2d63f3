"""What keeps a stage from unlearning the ones before it, or from overfitting: a file a remedy, its CARD and its hooks; `ls`
is the catalogue.

A recipe names them in a stage or variant (`remedy: replay`, or a list with knobs). What one may do, bring old rows back,
make new ones, add a term to the loss or act while the stage trains, is listed in `lab.extension_points`: `RemedyHooks`;
what it is handed is `past.Past`. One that only has the stage begin a new adapter says so on its card. Heavy libraries are
imported inside functions.
"""

from collections.abc import Callable
from typing import Any

from lab.card import find_cards
from lab.extension_points import optional_hook


def hook(remedy: str, name: str) -> Callable[..., Any] | None:
    """The remedy's own function of that name, one of `RemedyHooks`; None where it has none."""
    return optional_hook(find_cards("lab.remedies")[remedy], name)
