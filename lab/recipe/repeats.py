"""How often each variant is trained, and what the seed of each time varies.

`repeat: 5` trains with five seeds one after the other; `repeat: auto` with as many as a few minutes allow (see
`lab.planning.repeats`); `repeat: {n: 5, vary: [order]}` says what may differ from one time to the next.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_serializer

from lab.recipe.budget import Settings

AUTO = "auto"
MOST = 20
Part = Literal["order", "initialisation", "split"]
"""`order`: the order of the training rows, which of them a limit leaves, and all chance while training (dropout,
sampled answers, made rows). `initialisation`: where new weights start. `split`: which rows are held out."""
PARTS: tuple[Part, ...] = ("order", "initialisation", "split")
USUAL: tuple[Part, ...] = ("order", "initialisation")


def _number(value: object) -> object:
    """A whole number from 1 to MOST, or `auto`."""
    if value == AUTO or (isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST):
        return value
    raise ValueError(f"give a number from 1 to {MOST}, or '{AUTO}'")


class Repeat(Settings):
    """How often each variant is trained, one seed after the other, and what of a run each seed decides."""

    n: Annotated[int | Literal["auto"], BeforeValidator(_number)] = 1
    vary: tuple[Part, ...] = Field(USUAL, min_length=1, max_length=len(PARTS))

    @field_validator("vary")
    @classmethod
    def _in_order(cls, parts: tuple[Part, ...], _: ValidationInfo) -> tuple[Part, ...]:
        """Each part once, in one order."""
        return tuple(part for part in PARTS if part in parts)

    @model_serializer
    def _short(self) -> Any:
        """As a person writes it: the number alone where the usual parts vary."""
        return self.n if self.vary == USUAL else {"n": self.n, "vary": list(self.vary)}

    @property
    def times(self) -> int:
        """The number of runs of a variant; 1 where that is still to be settled."""
        return 1 if self.n == AUTO else int(self.n)


def _as_repeat(value: object) -> object:
    """A number (or `auto`) alone, or a mapping."""
    return value if isinstance(value, dict | Repeat) else {"n": value}


Repeats = Annotated[Repeat, BeforeValidator(_as_repeat)]
