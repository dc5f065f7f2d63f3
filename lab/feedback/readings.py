"""What the curves of a policy's training say in plain words: which figure does what, where, and what to do about it.

Only numbers in, and names of sentences out (the page has the words). A curve is a list of (step, value) by step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, pstdev

Curve = Sequence[tuple[int, float]]

FEWEST = 6
"""Points from which a curve says something."""
FAR = 10.0
"""Nats an answer beyond which the answers have little to do with the start's."""
NEAR = 1.0
LOST = 0.7
"""Of the start's variety or length; less than that is a collapse."""
GROWN = 1.4
CLEAR = 2.0
"""Standard errors that a change must have to count."""
GRAVITY = ("narrows", "parts", "stopped", "far", "shorter", "longer", "falls", "stays", "near", "flat")
"""What a verdict says of several readings: the first of these. A collapse comes first, for it explains the others."""


@dataclass(frozen=True)
class Reading:
    """A sentence on a curve. `warn` where something goes wrong; `step` where it began."""

    curve: str
    says: str
    warn: bool = False
    step: int | None = None
    value: float | None = None


def read(curves: Mapping[str, Curve], score: str, truth: str | None, stopped_early: bool = False) -> list[Reading]:
    """A reading of every curve that has one. `score` is what is optimised, `truth` the score nobody optimises."""
    found = [_score(curves.get(score, ()), score)]
    if truth and truth != score:
        found.append(_truth(curves.get(score, ()), curves.get(truth, ()), truth))
    moved = found[0] is not None and found[0].says == "rises"
    found.append(_divergence(curves.get("kl", ()), moved, stopped_early))
    found.append(_shrinks(curves.get("distinct_2", ()), "distinct_2", "narrows", "varied"))
    found.append(_length(curves.get("completions/mean_length", ())))
    readings = [reading for reading in found if reading is not None]
    wrong = any(reading.warn for reading in readings)
    return [replace(one, says="strays") if wrong and one.says == "fine" else one for one in readings]


def verdict(readings: Sequence[Reading]) -> str | None:
    """What the readings come to in one word: the gravest of GRAVITY, or `learns`; None where the score has none yet."""
    said = {one.says for one in readings}
    return next((word for word in GRAVITY if word in said), "learns" if "rises" in said else None)


def collapsed(before: float | None, after: float | None) -> float | None:
    """The share of the start's variety (distinct_2) that is left, where that is a collapse; else None."""
    share = after / before if before and after is not None else 1.0
    return share if share < LOST else None


def parting(score: Curve, truth: Curve) -> int | None:
    """The step at which the true score was best, if it has clearly fallen since while the optimised one rose on."""
    wanted, real = dict(score), dict(truth)
    shared = sorted(wanted.keys() & real.keys())
    line = smooth([real[step] for step in shared])
    best = max(range(len(line)), key=line.__getitem__, default=0)
    since = shared[best:]
    fell, rose = (_change([(step, curve[step]) for step in since]) for curve in (real, wanted))
    return shared[best] if fell and rose and fell[0] < 0 < rose[0] else None


def smooth(values: Sequence[float]) -> list[float]:
    """Means over a window of some eighth of the curve, the same on both sides."""
    reach = max(1, len(values) // 16)
    return [fmean(values[max(0, i - reach) : i + reach + 1]) for i in range(len(values))]


def _score(curve: Curve, name: str) -> Reading | None:
    change = _change(curve)
    return change and Reading(name, {1: "rises", 0: "flat", -1: "falls"}[change[0]], change[0] < 0, value=change[1])


def _truth(score: Curve, truth: Curve, name: str) -> Reading | None:
    change = _change(truth)
    if change is None:
        return None
    if (step := parting(score, truth)) is not None:
        return Reading(name, "parts", True, step)
    return Reading(name, "follows" if change[0] > 0 else "stays", change[0] < 0, value=change[1])


def _divergence(curve: Curve, moved: bool, stopped_early: bool) -> Reading | None:
    if len(curve) < FEWEST:
        return None
    last = smooth([value for _, value in curve])[-1]
    if stopped_early:
        return Reading("kl", "stopped", True, curve[-1][0], curve[-1][1])
    if last > FAR:
        far = next(step for step, value in curve if value > FAR)
        return Reading("kl", "far", True, far, last)
    return Reading("kl", "near" if last < NEAR and not moved else "fine", value=last)


def _shrinks(curve: Curve, name: str, bad: str, good: str) -> Reading | None:
    if len(curve) < FEWEST:
        return None
    line = smooth([value for _, value in curve])
    share = line[-1] / line[0] if line[0] else 1.0
    return Reading(name, bad if share < LOST else good, share < LOST, value=share)


def _length(curve: Curve) -> Reading | None:
    name = "completions/mean_length"
    if len(curve) < FEWEST:
        return None
    line = smooth([value for _, value in curve])
    share = line[-1] / line[0] if line[0] else 1.0
    says = "shorter" if share < LOST else "longer" if share > GROWN else "steady"
    return Reading(name, says, says != "steady", value=share)


def _change(curve: Curve) -> tuple[int, float] | None:
    """Whether a curve clearly rose (1), fell (-1) or neither (0) from its first third to its last, and how much."""
    values = [value for _, value in curve]
    if len(values) < FEWEST:
        return None
    third = len(values) // 3
    first, last = values[:third], values[-third:]
    rise = fmean(last) - fmean(first)
    error = ((pstdev(first) ** 2 + pstdev(last) ** 2) / third) ** 0.5
    clear = abs(rise) > CLEAR * error and abs(rise) > 1e-9
    return (0 if not clear else 1 if rise > 0 else -1), rise
