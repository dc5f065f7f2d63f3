"""Where a variant forks from a run, as a recipe says it."""

from pydantic import Field

from lab.model_ref import RUN_ID
from lab.recipe.budget import Settings


class ForkPoint(Settings):
    """Where a variant goes on from: the weights that a run had after so many of its steps, kept for its forks.

    Its stages are those of that run, counted from that run's beginning, with what is to be otherwise from here on.
    `lab fork` writes it.
    """

    run: str = Field(pattern=rf"^{RUN_ID}$")
    step: int | None = Field(None, ge=1)
    """Left open until a run that is training has come to its next step."""
