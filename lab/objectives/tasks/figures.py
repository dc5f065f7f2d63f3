"""How well each task is done, by its own measure: accuracy and macro-F1 of classes, F1 of whole names for tags."""

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

from lab.data.labels import commonest_class
from lab.data.tags import OUTSIDE, f1_of, span_counts
from lab.data.tasks import TASK, Spec
from lab.data.types import Row
from lab.evaluate.graded import Graded
from lab.evaluate.intervals import RESAMPLES, Interval
from lab.objectives.classes.figures import confusion, graded
from lab.store.pictures import Lines, Picture, Spans

Figure = TypeVar("Figure")
SHOWN = 8
"""Sentences that are shown with their names."""


def task_figures(spec: Spec, rows: Sequence[Row], said: Sequence[Sequence[str]], train: Sequence[Row]) -> Graded:
    """The figures of one task, `<measure>/<task>`; `said` are the outputs told of each row."""
    if spec.kind == "classes":
        usual = commonest_class([row for row in train if row[TASK] == spec.name])
        found = graded([one[0] for one in said], [row["label"] for row in rows], usual)
        return Graded(
            _of_task(found.figures, spec), _of_task(found.intervals, spec), _of_task(found.commonest, spec)
        )  # fmt: skip
    counts = [span_counts(one, row["tags"]) for one, row in zip(whole_tags(said, rows), rows, strict=True)]
    name = f"span_f1/{spec.name}"
    return Graded({name: f1_of(counts)}, {name: _f1_interval(counts)}, {name: 0.0})


def _of_task(figures: Mapping[str, Figure], spec: Spec) -> dict[str, Figure]:
    return {f"{name}/{spec.name}": value for name, value in figures.items()}


def whole_tags(said: Sequence[Sequence[str]], rows: Sequence[Row]) -> list[list[str]]:
    """The tags told of each row, outside where its end was cut."""
    return [[*one, *[OUTSIDE] * (len(row["tokens"]) - len(one))] for one, row in zip(said, rows, strict=True)]


def task_pictures(spec: Spec, rows: Sequence[Row], said: Sequence[Sequence[str]]) -> dict[str, Picture]:
    """Which class is taken for which; some sentences with the names that were found."""
    if spec.kind == "classes":
        return {
            f"confusion/{spec.name}": confusion([one[0] for one in said], [row["label"] for row in rows], spec.outputs)
        }
    tags, kinds = (
        whole_tags(said, rows)[:SHOWN],
        tuple(dict.fromkeys(tag[2:] for tag in spec.outputs if tag != OUTSIDE)),
    )
    some = rows[:SHOWN]
    return {
        f"spans/{spec.name}": Spans(
            tuple(tuple(row["tokens"]) for row in some), tuple(tuple(row["tags"]) for row in some),
            tuple(map(tuple, tags)), kinds,
        )
    }  # fmt: skip


def cosine_picture(cosines: Sequence[tuple[int, Mapping[tuple[str, str], float]]]) -> dict[str, Picture]:
    """The cosine of each two tasks' gradients, as training went on; nothing for one task."""
    pairs = list(cosines[0][1]) if cosines else []
    lines = {" · ".join(pair): [(step, found[pair]) for step, found in cosines] for pair in pairs}
    return {"gradient_cosines": Lines.of(lines)} if lines else {}


def _f1_interval(counts: Sequence[tuple[int, int]]) -> Interval:
    """Percentiles over as many sentences drawn with replacement, always the same ones."""
    rng, n = random.Random(0), len(counts)
    found = sorted(f1_of(rng.choices(counts, k=n)) for _ in range(RESAMPLES))
    return Interval(n, found[round(0.025 * RESAMPLES)], found[round(0.975 * RESAMPLES) - 1])
