"""How long to train, and how fast: steps or seconds, rows a step, tokens a row; a learning rate, or a search for it."""

import math
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

SEARCH = "search"
"""Given as a learning rate: find it by a short sweep, see `Search`."""
Steps = Annotated[int, Field(ge=1, le=1_000_000)]
Seconds = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]


class Settings(BaseModel):
    """Settings that refuse what they don't know, and never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_rate(value: object) -> object:
    """A learning rate: a number above 0 and up to 10, also as a text such as 5e-3, or `search`."""
    if value is None or value == SEARCH:
        return value
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else math.nan
    except ValueError:
        number = math.nan
    if not 0 < number <= 10:
        raise ValueError(f"give a number above 0 and up to 10, or '{SEARCH}'")
    return number


Rate = Annotated[float | Literal["search"] | None, BeforeValidator(_as_rate)]


class Budget(Settings):
    """How long to train: optimizer steps, training seconds, or both (what is over first); rows a step, tokens a row.

    With seconds alone `steps` stays None, and the learning rate falls by the share of the seconds that is spent.
    """

    steps: Steps | None = 60
    seconds: Seconds | None = None
    expected_steps: Steps | None = None
    """How many steps a few timed ones promised to fit into the seconds; written into a run's recipe when it begins."""
    batch_size: int = Field(8, ge=1, le=4096)
    max_length: int = Field(128, ge=8, le=131_072)

    @property
    def planned_steps(self) -> int:
        """The steps that are expected; 0 where they are not known yet."""
        return self.steps or self.expected_steps or 0

    @model_validator(mode="before")
    @classmethod
    def _only_seconds(cls, given: Any) -> Any:
        """No default steps where seconds are given."""
        if isinstance(given, Mapping) and given.get("seconds") is not None:
            return {"steps": None, **given}
        return given

    @model_validator(mode="after")
    def _some_end(self) -> "Budget":
        if self.steps is None and self.seconds is None:
            raise ValueError("give steps, seconds or both")
        return self


class Halving(Settings):
    """Of the variants of a comparison only the best `keep` go on at each point: after `first` of the steps, then each
    time after 1 / `keep` times as many."""

    first: float = Field(0.25, gt=0, lt=1)
    keep: float = Field(0.5, gt=0, lt=1)


class BudgetChange(Settings):
    """A variant's or stage's own part of the budget; what it leaves out comes from above.

    Who gives seconds and no steps does not want the steps from above.
    """

    steps: Steps | None = None
    seconds: Seconds | None = None
    expected_steps: Steps | None = None
    batch_size: int | None = Field(None, ge=1, le=4096)
    max_length: int | None = Field(None, ge=8, le=131_072)

    def over(self, budget: Budget) -> Budget:
        return budget.model_copy(update=self._said())

    def above(self, parent: "BudgetChange") -> "BudgetChange":
        """This change with `parent` filling the gaps."""
        return BudgetChange(**parent.model_dump(exclude_none=True) | self._said())

    def _said(self) -> dict[str, Any]:
        said = self.model_dump(exclude_none=True)
        return {"steps": None, "expected_steps": None} | said if "seconds" in said else said


class EarlyStop(Settings):
    """End a stage once its held-out loss has not fallen by more than `min_delta` nats in `patience` looks; never where
    that is None."""

    patience: int | None = Field(3, ge=1, le=1000)
    min_delta: float = Field(0.0, ge=0, le=100, allow_inf_nan=False)


def _as_early_stop(value: object) -> object:
    """A number alone is the patience, `true` the usual one, `false` none."""
    if isinstance(value, bool):
        return {} if value else {"patience": None}
    if value is None or isinstance(value, Mapping | EarlyStop):
        return value
    if isinstance(value, int):
        return {"patience": value}
    raise ValueError("give a number of looks, such as 3, a mapping of patience and min_delta, or false")


Stopping = Annotated[EarlyStop | None, BeforeValidator(_as_early_stop)]


class Search(Settings):
    """A sweep that finds a learning rate: so many rates around the card's, each a factor from the next.

    Each is tried for `steps` optimizer steps from the same start with the same seed (0: a third of the stage's, at
    least 10); the one with the lowest held-out loss is taken.
    """

    rates: int = Field(5, ge=2, le=15)
    factor: float = Field(3.0, gt=1, le=100)
    steps: int = Field(0, ge=0, le=100_000)

    def around(self, middle: float) -> tuple[float, ...]:
        """The rates to try, in rising order, none above 10; an even number has one more below than above."""
        lowest = -(self.rates // 2)
        rates = (middle * self.factor**power for power in range(lowest, lowest + self.rates))
        return tuple(float(f"{min(rate, 10.0):.2g}") for rate in rates)

    def length(self, steps: int) -> int:
        """How many steps each rate is tried for in a stage of `steps`."""
        return self.steps or min(steps, max(10, round(steps / 3)))
