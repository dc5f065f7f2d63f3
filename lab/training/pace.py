"""How fast this machine trains: seconds a step of earlier stages, kept for each base, objective and method.

Written after every stage, also of one that was stopped; read to say what a run will take. Plain arithmetic.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from lab.card import find_cards
from lab.store import Store

KEPT = 12
FEWEST = 3
"""Steps that tell something."""
FIXED_WORK = 1.5e9
"""What a step costs whatever its size, as so many floating-point operations of full fine-tuning (measured on nano)."""


@dataclass(frozen=True)
class Pace:
    """What a step of one stage took: its floating-point operations (see `lab.training.cost`), and its seconds."""

    work: float
    seconds: float


def keep(store: Store, base: str, objective: str, method: str, pace: Pace) -> None:
    """Keep what a stage took with the last ones of its method and, as if it were full fine-tuning, of its objective."""
    usual = Pace(pace.work, pace.seconds / find_cards("lab.methods")[method].CARD.work)
    for name, kept in ((method, pace), ("", usual)):
        _add(store, (base, objective, name), asdict(kept))


def paces(store: Store, base: str, objective: str, method: str = "") -> list[Pace]:
    """What earlier stages took on this machine, oldest first; of all methods, levelled, with none given."""
    return [Pace(**one) for one in _kept(store, (base, objective, method))]


def step_seconds(known: Sequence[Pace], work: float) -> float | None:
    """Seconds a step of that much work will take, after the steps that are known; None where none are.

    Those nearest in size count, half of them and at least three, and of these the middle one.
    """
    if not known:
        return None
    near = sorted(known, key=lambda pace: abs(pace.work - work))[: max(3, (len(known) + 1) // 2)]
    return median(pace.seconds * (work + FIXED_WORK) / (pace.work + FIXED_WORK) for pace in near)


def keep_around(store: Store, base: str, objective: str, seconds: float) -> None:
    """Keep what a run took besides its steps: starting, judging, saving."""
    _add(store, (base, objective, "around"), seconds)


def around_seconds(store: Store, base: str, objective: str) -> float | None:
    """Seconds a run takes besides its steps; None where no run is known."""
    known = _kept(store, (base, objective, "around"))
    return median(known) if known else None


def keep_memory(store: Store, base: str, objective: str, method: str, ratio: float) -> None:
    """Keep how much memory a run took over what plain arithmetic tells."""
    _add(store, (base, objective, method, "memory"), ratio)


def memory_ratio(store: Store, base: str, objective: str, method: str) -> float:
    """What runs with this method took of memory over what plain arithmetic tells; 1 where none is known."""
    known = _kept(store, (base, objective, method, "memory"))
    return median(known) if known else 1.0


def _add(store: Store, words: tuple[str, ...], value: Any) -> None:
    store.baselines.put(_key(store, words), [*_kept(store, words), value][-KEPT:])


def _kept(store: Store, words: tuple[str, ...]) -> list[Any]:
    return store.baselines.get(_key(store, words)) or []


def _key(store: Store, words: tuple[str, ...]) -> str:
    return hashlib.sha256("|".join(("pace", store.home.machine, *words)).encode()).hexdigest()
