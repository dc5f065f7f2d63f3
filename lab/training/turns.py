"""Giving way to other runs before each step; what makes them take turns is `lab.executors.processes.turns`."""

from typing import Protocol


class Turns(Protocol):
    """Called with the share of the run's steps that are done; returns once the next step may be computed."""

    waited: float
    """Seconds that were waited in all."""
    waited_first: float
    """Those before the first step."""

    def __call__(self, share: float) -> None: ...


class _NoTurns:
    waited = waited_first = 0.0

    def __call__(self, share: float) -> None:
        pass


no_turns: Turns = _NoTurns()
"""For a run that gives way to nobody."""
