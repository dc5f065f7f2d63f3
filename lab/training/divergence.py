"""What a training that went wrong is told as: what happened, the likely reason, what to lower, and what is kept.

A training fails when a number is not finite (`lab.training.guard`), or when it ends far above where it began.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from lab.training.guard import Diverged

WORSE = 0.5
"""A training failed whose loss ends above its start by half of it (and as many nats), if held-out rows say so too."""
WORSE_ALONE = 1.0
"""The same where there is nothing held out to ask."""
HELD_OUT_WORSE = 0.2
END = 10
"""The last tenth of the steps is the end."""
FAR = 2.0
"""A learning rate this many times the usual one is named as the reason."""


def far_above(start: float, loss: float, by: float = WORSE_ALONE) -> bool:
    """Whether a loss in nats is above its start by `by` of it, and by as many nats."""
    return loss > start + by * max(abs(start), 1.0)


def ended_above(
    losses: Sequence[float], held_out: tuple[float | None, float | None] = (None, None)
) -> tuple[float, float] | None:
    """Start and end of a training that ended far above its start, by its losses and by those held out; else None.

    `held_out` is before and after. One batch says little, so both must say so where there are both.
    """
    if len(losses) < 2:
        return None
    last = losses[-max(1, len(losses) // END) :]
    start, end = losses[0], sum(last) / len(last)
    before, after = held_out
    if before is None or after is None:
        return (start, end) if far_above(start, end) else None
    worse = far_above(start, end, WORSE) and far_above(before, after, HELD_OUT_WORSE)
    return (before, after) if worse else None


def told_not_finite(problem: Diverged, rate: float, usual: float, precision: str, max_length: int, kept: str) -> str:
    """Why a training was stopped, in one paragraph."""
    empty = rows_without_answer(problem.inputs)
    if empty:
        why = f"{empty} of the rows of that step had nothing to learn from within {max_length} tokens"
        do = "raise budget.max_length, or take those rows out"
    elif problem.step == 1 and problem.number != "a weight":
        why = "it was so from the start, so look at the data and at the base rather than at the learning rate"
        do = "train on another base to see which it is" if precision == "fp32" else "set precision to fp32"
    else:
        why, do = _by_rate(rate, usual, precision)
    what = f"training stopped in step {problem.step}: {problem.number} was no finite number"
    return f"{what}; {why}. {_sentence(do)}. {kept}"


def told_ended_above(start: float, end: float, rate: float, usual: float, precision: str, kept: str) -> str:
    """Why a training that went through its steps failed all the same."""
    why, do = _by_rate(rate, usual, precision)
    return f"training diverged: the loss went from {start:.3f} to {end:.3f}; {why}. {_sentence(do)}. {kept}"


def rows_without_answer(inputs: Any) -> int:
    """How many rows of a batch have no token that is learned, as far as the batch says which those are."""
    if not isinstance(inputs, Mapping):
        return 0
    labels = [
        value for name, value in inputs.items() if str(name).endswith("labels") and getattr(value, "ndim", 0) == 2
    ]
    masks = [value for name, value in inputs.items() if name == "completion_mask" and getattr(value, "ndim", 0) == 2]
    learned = [(label != -100).sum(1) for label in labels] + [mask.sum(1) for mask in masks]
    return sum(int((count == 0).sum()) for count in learned)


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _by_rate(rate: float, usual: float, precision: str) -> tuple[str, str]:
    """The learning rate as the reason, and what to do about it."""
    coarse = " (and bf16 rounds coarsely: precision: fp32 may help)" if precision == "bf16" else ""
    if rate >= FAR * usual:
        times = f"{rate / usual:,.0f}" if rate / usual >= 10 else f"{rate / usual:.2g}"
        return (
            f"its learning rate of {rate:g} is {times} times the usual one{coarse}",
            f"lower learning_rate to {usual:g}, or leave it out",
        )
    lower = float(f"{rate / 3:.1e}") if math.isfinite(rate) else usual
    return (
        f"its learning rate of {rate:g} is too high for this data{coarse}",
        f"lower learning_rate to {lower:g} or raise warmup, and look for odd rows in the data",
    )
