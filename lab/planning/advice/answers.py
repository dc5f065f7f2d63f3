"""What somebody is asked about a task, and what may be answered: the same for the page, the terminal and Python."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from lab.devices import parse_device
from lab.errors import RecipeError, nearest

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "task": (
        "facts", "style", "skill", "checkable", "taste", "classes", "spans", "groups", "field", "several", "arriving",
        "small_tasks", "draw", "describe",
    ),
    "labels": ("answers", "few", "pairs", "thumbs", "score", "teacher", "none"),
    "amount": ("few", "some", "many"),
    "keep": ("nothing", "general", "earlier"),
    "people": ("no", "yes"),
    "deliver": ("any", "merge", "versions"),
}  # fmt: skip
"""Each question with its answers, the usual ones first; what they mean is in assets/words/*/advice.yaml."""
FEW, MANY = 100, 10_000
"""Rows: fewer than the first are few, from the second on they are many."""
HERE = "this"
"""The device that is this machine."""


@dataclass(frozen=True)
class Answers:
    """What somebody says of a task; checked when it is made, RecipeError where an answer is not known.

    `device` is "this" (this machine) or what `lab.devices` reads, such as "24 GB"; `base` is any base or `run:<id>`;
    `data` are rows of one's own, which take the place of the built-in example in the recipes.
    """

    task: str = "facts"
    labels: str = "answers"
    amount: str = "some"
    keep: str = "nothing"
    people: str = "no"
    deliver: str = "any"
    device: str = HERE
    base: str = "nano"
    data: str | None = None

    def __post_init__(self) -> None:
        for name, choices in QUESTIONS.items():
            if (given := getattr(self, name)) not in choices:
                raise RecipeError(f"'{given}' is no answer", where=name, do=nearest(given, choices))
        if self.device != HERE:
            parse_device(self.device)

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Answers":
        """Answers as somebody writes them: a number of rows for the amount, True or False for whether people rate."""
        known = [field.name for field in fields(cls)]
        for name in given:
            if name not in known:
                raise RecipeError(f"nothing is asked about '{name}'", where="answers", do=nearest(name, known))
        plain = {name: _plain(name, value) for name, value in given.items() if value is not None}
        return cls(**plain)


def amount_of(rows: float) -> str:
    """Whether so many rows are few, some or many."""
    return "few" if rows < FEW else "many" if rows >= MANY else "some"


def _plain(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "amount" and (rows := _number(value)) is not None:
        return amount_of(rows)
    return str(value)


def _number(value: Any) -> float | None:
    """A number of rows; None for a word. Raises RecipeError for one that is none of rows."""
    try:
        rows = float(str(value).replace(",", "").replace("_", ""))
    except ValueError:
        return None
    if not math.isfinite(rows) or rows < 1:
        raise RecipeError(f"{value} is no number of rows", where="amount", do="give 1 or more.")
    return rows
