"""Several tasks as one data set: rows of texts with a class and of words with tags, each with the name of its task."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from lab.data.labels import class_names
from lab.data.tags import tag_names
from lab.data.types import DataSet, Row

TASK = "task"
"""The column that says which data set a row of a mix is from."""
TASKS = "tasks"
"""The format of such rows."""


@dataclass(frozen=True)
class Spec:
    """A task: its name, whether a text has a class or each word a tag, and the classes or tags a head tells apart."""

    name: str
    kind: Literal["classes", "tags"]
    outputs: tuple[str, ...]


def task_name(choice: str) -> str:
    """What the task of a data set is called: of a path, an upload or a Hub id the last part, without its ending."""
    return Path(choice.removeprefix("upload:")).stem or choice


def as_task(part: DataSet, name: str) -> DataSet:
    """A data set of classes or tags as the rows of a task."""

    def rows(given: Sequence[Row]) -> list[Row]:
        return [row | {TASK: name} for row in given]

    return replace(part, format=TASKS, train=rows(part.train), held_out=rows(part.held_out))


def specs_of(rows: Sequence[Row]) -> tuple[Spec, ...]:
    """The tasks of training rows, by their names."""
    found = []
    for name in sorted({row[TASK] for row in rows}):
        own = [row for row in rows if row[TASK] == name]
        tagged = "tags" in own[0]
        found.append(Spec(name, "tags" if tagged else "classes", tag_names(own) if tagged else class_names(own)))
    return tuple(found)


def outputs_of(rows: Sequence[Row]) -> int:
    """How many outputs heads on such rows have: one a class or tag of each task; 0 for rows without."""
    if not rows or "text" not in rows[0] or not ({"label", "tags"} & rows[0].keys()):
        return 0
    named = rows if TASK in rows[0] else [row | {TASK: ""} for row in rows]
    return sum(len(spec.outputs) for spec in specs_of(named))


def shares(sizes: Sequence[int], mixing: str, temperature: float = 2.0) -> list[float]:
    """How often each task is drawn: by its rows (proportional), all alike (equal), or between (temperature: rows to the
    power of 1/T; Raffel et al. 2020, arXiv:1910.10683, section 3.5.2)."""
    power = {"proportional": 1.0, "equal": 0.0}.get(mixing, 1 / temperature)
    weights = [size**power for size in sizes]
    return [weight / sum(weights) for weight in weights]
