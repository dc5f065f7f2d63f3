"""How far runs of a comparison are and how long they still take, evaluations included. Plain arithmetic.

What a run was expected to take is known from when it was queued; how fast this machine gets on with it, from what has
been done so far. At first the first counts, later the second.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lab.planning.whole_time import shared_seconds
from lab.store import Run, Status
from lab.store.shapes import DOING_MEASURING

STARTING = 0.25
"""The share of the time besides a run's steps that goes to loading it (measured on nano; looking goes on beside it)."""
MEASURING = 0.35
"""The share of it after the last step: its figures, saving, how far it moved; the rest are looks on the way."""
CAUTION = 8.0
"""Seconds of the machine as expected that count beside what was seen."""


@dataclass(frozen=True)
class Progress:
    """The share of the work that is done, and the seconds left; None where nothing is known of it."""

    share: float
    left: float | None


def progress_of(runs: Sequence[Run], now: float, workers: int) -> Progress:
    """How far some runs are together; what is over counts as done. `workers` compute at once."""
    shares = [_share(run) for run in runs]
    expected = [run.outcome.expected_seconds for run in runs]
    known = [one for one in expected if one]
    if len(known) < len(runs):
        return Progress(sum(shares) / max(1, len(runs)), None)
    done = sum(share * one for share, one in zip(shares, known, strict=True))
    whole = sum(known)
    ahead = [(1 - share) * one for share, one in zip(shares, known, strict=True) if share < 1]
    if not ahead:
        return Progress(1.0, 0.0)
    began = min((run.started for run in runs if run.started), default=now)
    usual = whole / shared_seconds(known, workers)  # seconds of work a second, on the machine as it is expected to be
    pace = (done + CAUTION * usual) / (max(0.0, now - began) + CAUTION)
    return Progress(done / whole, shared_seconds(ahead, workers) * usual / pace if pace > 0 else None)


def _share(run: Run) -> float:
    """The share of one run's work that is done."""
    if run.status.over:
        return 1.0
    if run.status == Status.QUEUED or not run.total_steps:
        return 0.0
    steps = min(1.0, run.step / run.total_steps)
    whole, training = run.outcome.expected_seconds, run.outcome.expected_training_seconds
    if not whole or training is None:
        return steps
    around = max(0.0, whole - training) / whole
    if not steps:
        return 0.0
    measured = around * MEASURING / 2 if run.outcome.doing == DOING_MEASURING else 0.0
    return around * STARTING + (1 - around * (STARTING + MEASURING)) * steps + measured
