"""What a matrix of scores by stage and task comes to: the old tasks, the new ones, and the one that lost most.

An average hides one ruined task, so the worst and the largest loss stand beside it. Plain numbers in and out.
"""

from collections.abc import Sequence

LOWER_IS_BETTER = "eval_loss"


def summary(values: Sequence[Sequence[float | None]], learned: Sequence[Sequence[int]]) -> dict[str, float]:
    """Figures of a matrix whose first row is the start and whose columns are shares, higher being better.

    `tasks/average` and `tasks/worst` are over all tasks after the last row; `tasks/new` is the mean score of tasks
    right after the stage that learned them first; `tasks/forgotten` how much tasks of earlier stages lost since, on
    average (backward transfer with its sign turned, Lopez-Paz and Ranzato 2017, arXiv:1706.08840);
    `tasks/most_forgotten` how much the worst of them did.
    """
    last = [value for value in values[-1] if value is not None]
    if len(values) < 2 or not last:
        return {}
    found = {"tasks/average": sum(last) / len(last), "tasks/worst": min(last)}
    firsts = _first_learned(learned)
    new = [value for task, row in firsts.items() if (value := values[row][task]) is not None]
    if new:
        found["tasks/new"] = sum(new) / len(new)
    lost = [
        before - after for task, row in firsts.items()
        if row < len(values) - 1 and (before := values[row][task]) is not None
        and (after := values[-1][task]) is not None
    ]  # fmt: skip
    if lost:
        found |= {"tasks/forgotten": sum(lost) / len(lost), "tasks/most_forgotten": max(lost)}
    return found


def _first_learned(learned: Sequence[Sequence[int]]) -> dict[int, int]:
    """The row after which each task had been learned for the first time."""
    firsts: dict[int, int] = {}
    for row, tasks in enumerate(learned):
        for task in tasks:
            firsts.setdefault(task, row)
    return firsts
