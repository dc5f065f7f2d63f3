"""The scores of the table of methods from what was recorded of each run: means, intervals, how far from the best."""

from collections.abc import Sequence
from statistics import fmean, median
from typing import Any

from lab.evaluate.intervals import wilson
from lab.evaluate.leaderboard_shapes import Figure, Score, Standing
from lab.evaluate.paired import Difference, difference

NEAR = 0.1
"""How far a count of parameters may be off, as a share, and still be called equal."""

LEAST_SEEDS = 2
"""One seed each does not tell how far another would fall, however many questions there are."""


def scores_of(cells: Sequence[dict[str, Any]], groups: Sequence[int], raw: dict[str, Any]) -> list[Score]:
    """The scores of one data set, the best first."""
    known = [cell for cell in cells if cell["runs"]]
    if not known:
        return []
    most = max(len(cell["runs"]) for cell in known)
    best = max((cell for cell in known if len(cell["runs"]) == most), key=_accuracy)
    found = [_score(cell, best, groups, raw) for cell in known]
    return sorted(found, key=lambda one: (-one.accuracy.mean, one.trainable))


def _accuracy(cell: dict[str, Any]) -> float:
    return fmean(run["accuracy"] for run in cell["runs"])


def _score(cell: dict[str, Any], best: dict[str, Any], groups: Sequence[int], raw: dict[str, Any]) -> Score:
    runs, wanted, rates = cell["runs"], raw["parameters"], [rate for rate, _ in cell["tried"]]
    behind = None if cell is best else _behind(cell, best, groups)
    return Score(
        cell["method"], cell["data"], _share(runs, "accuracy", "marks", groups),
        _known_share(runs, "retained", "kept"), _mean(runs, "perplexity"), cell["trainable"],
        cell["trainable"] / cell["total"], wanted is None or abs(cell["trainable"] - wanted) <= NEAR * wanted,
        _middle(runs, "cpu"), int(memory) if (memory := _middle(runs, "memory")) is not None else None,
        cell["rate"], bool(rates) and cell["rate"] in (min(rates), max(rates)), cell["knobs"], len(cell["failed"]),
        _standing(behind), behind,
    )  # fmt: skip


def _standing(behind: Difference | None) -> Standing:
    if behind is None:
        return "best"
    return "lower" if behind.verdict == "lower" and behind.pairs >= LEAST_SEEDS else "unsure"


def _behind(cell: dict[str, Any], best: dict[str, Any], groups: Sequence[int]) -> Difference | None:
    """The paired difference to the best, over the seeds that both have."""
    other = {run["seed"]: run for run in best["runs"]}
    both = [(run, other[run["seed"]]) for run in cell["runs"] if run["seed"] in other]
    if not both:
        return Difference(_accuracy(cell) - _accuracy(best), None, None, 0, 0)
    marks = [(_marks(one["marks"]), _marks(two["marks"])) for one, two in both]
    return difference([(one["accuracy"], two["accuracy"]) for one, two in both], marks, groups)


def _share(runs: Sequence[dict[str, Any]], name: str, marks: str, groups: Sequence[int]) -> Figure:
    """The mean over runs of a share of questions; its interval stays between 0 and 1."""
    asked = [(_marks(run[marks]), [0.0] * len(run[marks])) for run in runs]
    own = groups if len(groups) == len(runs[0][marks]) else ()
    found = difference([(run[name], 0.0) for run in runs], asked if runs[0][marks] else (), own)
    if found.low is None or found.high is None:
        return Figure(found.mean, None, None, len(runs))
    return Figure(
        found.mean, *_of_share(found.mean, found.low, found.high, len(set(own)) or len(runs[0][marks])), len(runs)
    )


def _known_share(runs: Sequence[dict[str, Any]], name: str, marks: str) -> Figure | None:
    known = [run for run in runs if run.get(name) is not None]
    return _share(known, name, marks, ()) if known else None


def _mean(runs: Sequence[dict[str, Any]], name: str) -> Figure | None:
    """The mean over runs of a figure that is over no questions."""
    known = [(run[name], 0.0) for run in runs if run.get(name) is not None]
    if not known:
        return None
    found = difference(known)
    return Figure(found.mean, found.low, found.high, len(known))


def _of_share(mean: float, low: float, high: float, n: int) -> tuple[float, float]:
    """A share's interval between 0 and 1; at either end, where nothing spreads, what `n` questions can tell."""
    if mean in (0.0, 1.0):
        return wilson(mean * n, n)
    return max(0.0, low), min(1.0, high)


def _middle(runs: Sequence[dict[str, Any]], name: str) -> float | None:
    known = [run[name] for run in runs if run.get(name) is not None]
    return float(median(known)) if known else None


def _marks(text: str) -> list[float]:
    """How each question was answered: 1 rightly, 0 not."""
    return [float(one) for one in text]
