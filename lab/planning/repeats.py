"""How many seeds a comparison has where its recipe leaves that open: five where all of it stays within a few minutes by
the estimate, else three, else one. What was settled stands in the recipe that the runs repeat.
"""

from collections.abc import Sequence

from lab.planning.cost import Cost

WITHIN = 300.0
"""Seconds that a comparison with all of its seeds may take."""
SEEDS = (5, 3)
"""What is tried, the most first."""


def seeds_within(costs: Sequence[Cost], most: float = WITHIN) -> int:
    """How many seeds of each variant fit, by what one of each costs; 1 where that is not known."""
    known = [cost.seconds for cost in costs]
    if any(seconds is None for seconds in known):
        return 1
    once = sum(seconds or 0.0 for seconds in known)
    return next((seeds for seeds in SEEDS if seeds * once <= most), 1)
