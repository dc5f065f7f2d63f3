"""What runs have learned: the questions of all their training rows, kept as numbers beside their weights.

A run that builds on others, or is rewarded by them, is never judged by a row that one of them has learned, whatever
data and settings they had. The record is handed down: a run's own holds what its ancestors learned too.
"""

from array import array
from collections.abc import Iterable
from dataclasses import replace

from lab.data.asked import number_of, questions_of, row_key
from lab.data.types import DataSet, Row
from lab.errors import RunError
from lab.home import Home
from lab.model_ref import ModelRef
from lab.recipe import ResolvedRun

Learned = frozenset[int]
NUMBER = "Q"
"""64 bits each, in the machine's own order of bytes: the record never leaves it."""


def keep_learned(run_id: str, home: Home, rows: Iterable[Row], inherited: Learned) -> None:
    """Write down that a run learned these rows, on top of what it and its ancestors had."""
    own = {number_of(key) for row in rows for key in (*questions_of(row), row_key(row))}
    file = home.run(run_id).learned
    unfinished = file.with_suffix(".partial")
    unfinished.write_bytes(array(NUMBER, sorted(own | inherited)).tobytes())
    unfinished.rename(file)


def learned_by(run_id: str, home: Home) -> Learned | None:
    """What a run and its ancestors learned; None where that was not written down (runs of earlier versions)."""
    numbers = array(NUMBER)
    try:
        numbers.frombytes(home.run(run_id).learned.read_bytes())
    except (FileNotFoundError, ValueError, RunError):
        return None
    return frozenset(numbers)


def teachers_of(plan: ResolvedRun) -> tuple[str, ...]:
    """The runs a plan builds on, is rewarded by, or has as teachers."""
    named = [plan.base, *(choice.name for stage in plan.stages for choice in stage.reward)]
    named += [stage.teacher for stage in plan.stages if stage.teacher]
    return tuple(dict.fromkeys(run for name in named if (run := ModelRef.parse(name).run)))


def learned_before(plan: ResolvedRun, home: Home, run_id: str | None = None) -> Learned:
    """What was learned by the runs a plan builds on, and by the stages that its own run has behind it."""
    known = (learned_by(one, home) for one in (*teachers_of(plan), *([run_id] if run_id else [])))
    return frozenset().union(*(found for found in known if found))


def without_learned(data: DataSet, learned: Learned) -> DataSet:
    """The data without the held-out rows that ask what has been learned before, and a note on how many those were."""
    if not learned:
        return data
    places = [place for place, row in enumerate(data.held_out) if not _is_learned(row, learned, data.one_task)]
    unseen = {name: [row for row in rows if not _is_learned(row, learned)] for name, rows in data.unseen.items()}
    if not (gone := len(data.held_out) - len(places)) and unseen == data.unseen:
        return data
    note = f"{gone:,} held-out rows were left out: a run that this one builds on has learned them, or what they ask."
    return replace(data.judged_by(places), unseen=unseen, dropped=data.dropped + gone, notes=(*data.notes, note))


def unrecorded(plan: ResolvedRun, home: Home) -> list[str]:
    """A note on each run a plan builds on whose training rows nobody wrote down."""
    return [
        f"What run {one} learned was not written down: held-out rows may be among it."
        for one in teachers_of(plan) if learned_by(one, home) is None
    ]  # fmt: skip


def _is_learned(row: Row, learned: Learned, one_task: bool = False) -> bool:
    keys = (row_key(row),) if one_task else questions_of(row)
    return any(number_of(key) in learned for key in keys)
