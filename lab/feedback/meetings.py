"""Who has met whom, by votes: players that no votes tie together can't be put in one order.

Only numbers. Bradley and Terry's strengths have a likeliest value only where everybody can be reached from everybody by
wins (Ford 1957); between players that never met and that nothing ties together, a share would come from the prior.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

UNMET, BEATEN = "unmet", "beaten"
"""How a group follows on the one before: nobody in it has met anyone above; or it lost every vote to those above."""


def groups(wins: Any) -> list[tuple[list[int], str]]:
    """Players (as places in `wins`, where [i, j] is what i won against j, a tie half) that are ranked together.

    Two sets of players, one of which has won every vote against the other, are ranked together only if all of them
    have met: then the votes say how often each wins, and need not be stretched to those who never met. Each group comes
    with how it follows on the one before it; players with most games first, those they have beaten next.
    """
    met = wins + wins.T > 0
    games = (wins + wins.T).sum(1)
    found: list[tuple[list[int], str]] = []
    for together in sorted(_parts(_reach(met)), key=lambda part: (-games[part].max(), part)):
        tiers = _tiers(_reach(wins > 0), together)
        for i, tier in enumerate(_joined(tiers, met)):
            found.append((tier, BEATEN if i else UNMET))
    return found


def _reach(once: Any) -> Any:
    """Whether one gets from i to j by such steps, none being one too."""
    reach = once | np.eye(len(once), dtype=bool)
    for _ in range(len(once)):
        steps = reach.astype(np.float32)  # whole numbers would be multiplied one by one
        wider = steps @ steps > 0
        if (wider == reach).all():
            break
        reach = wider
    return reach


def _parts(reach: Any) -> list[list[int]]:
    """Those who reach each other."""
    both = reach & reach.T
    return [list(map(int, np.flatnonzero(row))) for i, row in enumerate(both) if not both[i, :i].any()]


def _tiers(reach: Any, together: Sequence[int]) -> list[list[int]]:
    """The parts of a set of players, each before those it reaches: they have lost every vote against it."""
    parts = [[together[i] for i in part] for part in _parts(reach[np.ix_(together, together)])]
    return sorted(parts, key=lambda part: (-int(reach[part[0]].sum()), part))


def _joined(tiers: Sequence[list[int]], met: Any) -> list[list[int]]:
    """Neighbouring tiers as one where everybody in them has met."""
    joined: list[list[int]] = []
    for tier in tiers:
        if joined and met[np.ix_(joined[-1], tier)].all():
            joined[-1] = joined[-1] + tier
        else:
            joined.append(list(tier))
    return joined
