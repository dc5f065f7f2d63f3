"""How fast this machine trains: seconds a step of earlier stages, kept for each base, objective and method.

Written after every stage, also of one that was stopped; read to say what a run will take. Plain arithmetic.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from statistics import median
from typing import Any

from lab.card import find_cards
from lab.store import Store

KEPT = 12
FEWEST = 3
"""Steps that tell something."""
WARM = 2
"""Steps in which libraries and memory warm up."""
FIXED_WORK = 4.5e9
"""What a step costs whatever its size, as so many floating-point operations of full fine-tuning (measured on nano)."""


@dataclass(frozen=True)
class StepTime:
    """What a step of one stage took: its floating-point operations (see `lab.planning.cost`), and its seconds."""

    work: float
    seconds: float
    warming: float = 0.0
    """Seconds by which the first steps took longer, together."""


def timed_base(base: str, precision: str) -> str:
    """Under which name times of a base are kept: those in another precision than fp32 by themselves."""
    return base if precision == "fp32" else f"{base} in {precision}"


def step_time_of(work: float, durations: Sequence[float]) -> StepTime:
    """The pace of a stage whose steps took `durations` seconds each; the middle one is the usual one."""
    usual = median(durations)
    return StepTime(work, usual, sum(max(0.0, one - usual) for one in durations[:WARM]))


def save_step_time(store: Store, base: str, objective: str, method: str, pace: StepTime) -> None:
    """Keep what a stage took with the last ones of its method and, as if it were full fine-tuning, of its objective."""
    usual = replace(pace, seconds=pace.seconds / find_cards("lab.methods")[method].CARD.step_cost)
    for name, kept in ((method, pace), ("", usual)):
        _add(store, (base, objective, name), asdict(kept))


def step_times(store: Store, base: str, objective: str, method: str = "") -> list[StepTime]:
    """What earlier stages took on this machine, oldest first; of all methods, levelled, with none given."""
    return [StepTime(**one) for one in _kept(store, (base, objective, method))]


def step_seconds(known: Sequence[StepTime], work: float) -> float | None:
    """Seconds a step of that much work will take, after the steps that are known; None where none are.

    Those nearest in size count, half of them and at least three, and of these the middle one.
    """
    if not known:
        return None
    near = sorted(known, key=lambda pace: abs(pace.work - work))[: max(3, (len(known) + 1) // 2)]
    return median(pace.seconds * (work + FIXED_WORK) / (pace.work + FIXED_WORK) for pace in near)


def warming_seconds(known: Sequence[StepTime]) -> float | None:
    """Seconds that the first steps will take longer; None where no stage is known."""
    return median(pace.warming for pace in known) if known else None


def save_overhead(store: Store, base: str, objective: str, method: str, seconds: float) -> None:
    """Keep what a run took besides its steps: starting, judging, saving."""
    for name in (method, ""):
        _add(store, (base, objective, name, "around"), seconds)


def overhead_seconds(store: Store, base: str, objective: str, method: str) -> float | None:
    """Seconds a run takes besides its steps, with this method or else with any; None where no run is known."""
    known = (_kept(store, (base, objective, name, "around")) for name in (method, ""))
    return next((median(some) for some in known if some), None)


def save_memory_ratio(store: Store, base: str, objective: str, method: str, ratio: float) -> None:
    """Keep how much memory a run took over what plain arithmetic tells."""
    _add(store, (base, objective, method, "memory"), ratio)


def memory_ratio(store: Store, base: str, objective: str, method: str) -> float:
    """What runs with this method took of memory over what plain arithmetic tells; 1 where none is known."""
    known = _kept(store, (base, objective, method, "memory"))
    return median(known) if known else 1.0


def _add(store: Store, words: tuple[str, ...], value: Any) -> None:
    store.baselines.append(_key(store, words), value, KEPT)


def _kept(store: Store, words: tuple[str, ...]) -> list[Any]:
    return store.baselines.get(_key(store, words)) or []


def _key(store: Store, words: tuple[str, ...]) -> str:
    return hashlib.sha256("|".join(("pace", store.home.machine, *words)).encode()).hexdigest()
