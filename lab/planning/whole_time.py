"""How long planned runs take together, where some of them are computed at once."""

from collections.abc import Sequence

from lab.machine import slots_here
from lab.planning.plans import Planned


def whole_seconds(plans: Sequence[Planned], workers: int | None = None) -> float | None:
    """Seconds from the start of the first run to the end of the last one, with so many at once (those of this machine
    where none are given); None where a run's time is not known."""
    known = [one.cost.seconds for one in plans if one.cost.seconds is not None]
    return shared_seconds(known, workers or slots_here().workers) if len(known) == len(plans) else None


def shared_seconds(seconds: Sequence[float], workers: int) -> float:
    """Seconds that pieces of work take together with so many workers: none is done in parts at once."""
    return max([sum(seconds) / max(1, workers), *seconds])
