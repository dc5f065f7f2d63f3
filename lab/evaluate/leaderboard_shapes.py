"""The shapes of the table of methods: a figure with its interval, a method's score on a data set, the table."""

from dataclasses import dataclass
from typing import Any, Literal

from lab.evaluate.paired import Difference

Standing = Literal["best", "unsure", "lower"]
"""A score beside the best of its data set: it is the highest, can't be told from that (as always with one seed), or is
lower by more than chance."""


@dataclass(frozen=True)
class Figure:
    """A mean over so many seeds with its 95 % interval; no interval where nothing tells how far it would vary."""

    mean: float
    low: float | None
    high: float | None
    seeds: int


@dataclass(frozen=True)
class TableData:
    """A data set of the table; `asked` held-out questions were asked after training."""

    id: str
    fields: Any
    """What a recipe says of it."""
    name: dict[str, str]
    asked: int


@dataclass(frozen=True)
class Score:
    """What a method came to on a data set."""

    method: str
    data: str
    accuracy: Figure
    """The share of held-out questions answered exactly."""
    retained: Figure | None
    """The share of old questions, which the base could be asked before, that are answered rightly."""
    perplexity: Figure | None
    """Of text such as the base was made from: it rises as the base is unlearned."""
    trainable: int
    trained_share: float
    """Of the base's parameters."""
    equal: bool
    """Whether about as many are trained as by the others; a few methods can't reach that."""
    cpu_seconds: float | None
    """What the training steps took of the processor: the median over seeds."""
    memory_bytes: int | None
    """The most that training took beside the base: the median over seeds."""
    learning_rate: float
    at_edge: bool
    """Whether that was the lowest or the highest rate tried, so that a better one may lie beyond."""
    knobs: dict[str, Any]
    """Those that differ from the card's, set so that the count of parameters is met."""
    failed: int
    """Seeds that failed, and are in no mean."""
    standing: Standing
    behind: Difference | None
    """How far it is from the best, paired over seeds and questions; None for the best itself."""

    @property
    def seeds(self) -> int:
        return self.accuracy.seeds

    def row(self) -> dict[str, Any]:
        """A flat record, such as a table of pandas or a CSV file takes."""
        behind = self.behind
        return {
            "data": self.data, "method": self.method, **_columns("accuracy", self.accuracy), "seeds": self.seeds,
            "failed": self.failed, "standing": self.standing, "behind": behind.mean if behind else 0.0,
            "behind_low": behind.low if behind else None, "behind_high": behind.high if behind else None,
            **_columns("retained", self.retained), **_columns("perplexity", self.perplexity),
            "trainable": self.trainable, "trained_share": self.trained_share, "equal_parameters": self.equal,
            "cpu_seconds": self.cpu_seconds, "memory_bytes": self.memory_bytes,
            "learning_rate": self.learning_rate, "rate_at_edge": self.at_edge,
        }  # fmt: skip


def _columns(name: str, figure: Figure | None) -> dict[str, float | None]:
    known = (figure.mean, figure.low, figure.high) if figure else (None, None, None)
    return dict(zip((name, f"{name}_low", f"{name}_high"), known, strict=True))


@dataclass(frozen=True)
class Leaderboard:
    """The whole table; scores by data set, the best first."""

    base: str
    recipe: str
    recorded: str
    """The day, as 2026-11-28."""
    parameters: int | None
    seeds_planned: int
    steps: int
    start: dict[str, dict[str, float | None]]
    """By data set what the base has before training: accuracy, retained, perplexity."""
    data: tuple[TableData, ...]
    scores: tuple[Score, ...]
    failed: dict[str, tuple[str, ...]]
    """By data set the methods all of whose runs failed."""
    versions: dict[str, str]

    def of(self, data: str) -> tuple[Score, ...]:
        """The scores on one data set, the best first."""
        return tuple(one for one in self.scores if one.data == data)

    def score(self, method: str, data: str) -> Score | None:
        """What a method came to on a data set; None where it was not measured."""
        return next((one for one in self.of(data) if one.method == method), None)
