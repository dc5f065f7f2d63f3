"""The shapes that travel between who asks for answers and who computes them."""

import math
from dataclasses import dataclass

from lab.errors import LabError


@dataclass(frozen=True)
class Sampling:
    """How the next token is chosen. The same seed gives the same answer; temperature 0 always takes the likeliest."""

    temperature: float = 0.7
    top_p: float = 0.95
    """Only the likeliest tokens that together have this probability are in the draw."""
    max_new_tokens: int = 120
    seed: int = 0

    def __post_init__(self) -> None:
        _check("temperature", self.temperature, 0.0, 5.0)
        _check("top_p", self.top_p, 0.01, 1.0)
        _check("max_new_tokens", self.max_new_tokens, 1, 4096, whole=True)
        _check("seed", self.seed, 0, 2**31, whole=True)


@dataclass(frozen=True)
class Pane:
    """One answerer: `base` is a base model's name or 'run:<id>', `key` what its answer is called."""

    key: str
    base: str
    seed: int | None = None
    """A seed of its own: two answers of one model differ by it. None takes the sampling's."""


@dataclass(frozen=True)
class Delta:
    """What is new in one pane's answer. After the one with `done` nothing more comes for that pane."""

    pane: str
    text: str = ""
    done: bool = False
    tokens: int = 0
    """Tokens so far."""
    seconds: float = 0.0
    """Seconds since the model began to answer."""
    error: str | None = None
    fingerprint: str = ""
    cut: bool = False
    """Said with `done`: it was stopped or came to its limit before it ended by itself."""
    classes: tuple[tuple[str, float], ...] = ()
    """Of a model that tells classes apart: each with its probability, the likeliest first, instead of any text."""
    picture: bool = False
    """Whether the text is a picture (see `lab.data.grids`), of which more lines may come."""
    note: str = ""
    """Something the reader should know, such as that the oldest turns were left out."""


def _check(name: str, value: object, low: float, high: float, whole: bool = False) -> None:
    number = None if isinstance(value, bool) or not isinstance(value, int if whole else int | float) else value
    if number is None or not (math.isfinite(number) and low <= number <= high):
        kind = "a whole number" if whole else "a number"
        raise LabError(f"{value!r} is not allowed", where=name, do=f"give {kind} from {low:g} to {high:g}.")


GREEDY = Sampling(temperature=0.0, top_p=1.0)
