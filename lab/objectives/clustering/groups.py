"""k-means over points, groups that keep their numbers from one round to the next, and how well they match labels."""

from collections.abc import Sequence
from typing import Any

STARTS = 10
"""Times k-means begins anew; the tightest groups are taken."""


def group(points: Any, count: int, seed: int) -> Any:
    """k-means: an object with `predict(points)`, `transform(points)` (distances) and `labels_`.

    An empty group is given the point that lies farthest from its own middle, as scikit-learn does.
    """
    from sklearn.cluster import KMeans

    return KMeans(count, n_init=STARTS, random_state=seed).fit(points)


def renumbered(groups: Sequence[int], before: Sequence[int], count: int) -> list[int]:
    """How groups are to be called so that as many texts as possible keep theirs: a new number for each old one (Kuhn
    1955), so that a head that has learned the numbers can go on."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    shared = np.zeros((count, count), dtype=int)
    for now, was in zip(groups, before, strict=True):
        shared[now, was] += 1
    rows, columns = linear_sum_assignment(-shared)
    names = dict(zip(rows.tolist(), columns.tolist(), strict=True))
    return [names[one] for one in range(count)]


def nearest_share(distances: Any, groups: Sequence[int], share: float) -> list[bool]:
    """Whether each text is among the nearest `share` of its group, at least one of each."""
    import numpy as np

    own = np.asarray(distances)[np.arange(len(groups)), list(groups)]
    kept = np.zeros(len(groups), dtype=bool)
    for one in set(groups):
        mine = np.flatnonzero(np.asarray(groups) == one)
        kept[mine[np.argsort(own[mine], kind="stable")[: max(1, round(share * len(mine)))]]] = True
    found: list[bool] = kept.tolist()
    return found


def shared_information(groups: Sequence[int], labels: Sequence[str]) -> float:
    """Normalised mutual information of groups and labels: 0 for groups that say nothing, 1 for the same partition."""
    from sklearn.metrics import normalized_mutual_info_score

    return float(normalized_mutual_info_score(list(labels), list(groups)))
