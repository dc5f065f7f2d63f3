"""What was measured of methods, as far as rules look at it: the table of methods, and where a method stands in it.

Where nothing was measured, nothing is said.
"""

from collections.abc import Mapping
from statistics import quantiles

from lab.evaluate.leaderboard import Leaderboard, Score
from lab.planning.advice.examples import table

FEWEST = 4
"""Methods that must have been measured before it says anything to be among the best of them."""
SEEDS = 3
"""Of so many seeds at least; one or two are no ranking."""


def measured_on(board: Leaderboard | None, task: str, base: str) -> tuple[Mapping[str, Score], Mapping[str, str]]:
    """The scores by method on the data set that tells most of a task, and its name in each language; none on another
    base, or where too few were measured, or with too few seeds."""
    name = table()["measured"].get(task)
    if board is None or board.base != base or name is None:
        return {}, {}
    data = next((one for one in board.data if _name(one.fields) == name), None)
    scores = {one.method: one for one in board.of(data.id) if one.seeds >= SEEDS} if data else {}
    return (scores, data.name) if data and len(scores) >= FEWEST else ({}, {})


def measured_traits(method: str, scores: Mapping[str, Score]) -> set[str]:
    """Where a method stands among those that were measured on the same rows.

    Among the best is what can't be told from the best one. Clearly behind is what is surely lower, with its whole
    interval below the middle between the best and the median.
    """
    if (mine := scores.get(method)) is None:
        return set()
    means = sorted(one.accuracy.mean for one in scores.values())
    high = mine.accuracy.mean if mine.accuracy.high is None else mine.accuracy.high
    found = {"measured"}
    if mine.standing != "lower":
        found.add("measured_among_best")
    elif high < (means[len(means) // 2] + means[-1]) / 2:
        found.add("measured_behind")
    kept = [one.retained.mean for one in scores.values() if one.retained is not None]
    if mine.retained is not None and len(kept) >= FEWEST:
        least, _, most = quantiles(kept, n=4)
        found |= {"measured_keeps"} if mine.retained.mean >= most else set()
        found |= {"measured_forgets"} if mine.retained.mean <= least else set()
    return found


def _name(fields: object) -> str:
    return str(fields.get("name", "")) if isinstance(fields, Mapping) else str(fields)
