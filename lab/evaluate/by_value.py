"""Figures by the values of a column of the data: which kinds of held-out rows a model does well on, and how surely.

Shares come from the marks of the answers that the run's own figure is over, and of a few more where a rare value has
hardly any among them; of pairs of answers, which leave no marks, each value's rows are measured by themselves.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from lab.data import DataSet
from lab.evaluate.intervals import Interval, share_interval
from lab.store.pictures import ByValue

ENOUGH = 10
"""Rows of a value that are asked where there are as many."""
MARKED = ("exact_match", "accuracy")
"""Figures with a mark for each row they are over."""


@dataclass(frozen=True)
class ValueFigures:
    """What a model comes to on the held-out rows with one value: their held-out loss in nats, and of the `asked` ones
    the share that came out right with its interval."""

    value: str
    rows: int
    loss: float | None = None
    asked: int = 0
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class OnRows:
    """What is measured on some of the held-out rows by themselves: their loss, and a share over so many of them."""

    loss: float | None
    measure: str = ""
    share: float | None = None
    asked: int = 0


def rarely_asked(groups: Sequence[str], asked: Collection[int], most: int) -> list[int]:
    """The places of at most `most` more rows to ask, so that each value comes to ENOUGH where it can: in turn from each
    value, those first of which fewest are asked."""
    left: dict[str, list[int]] = {}
    counts = Counter(groups[place] for place in asked)
    for place, value in enumerate(groups):
        if place not in asked:
            left.setdefault(value, []).append(place)
    found: list[int] = []
    while len(found) < most:
        lacking = [value for value, places in left.items() if places and counts[value] < ENOUGH]
        if not lacking:
            break
        value = min(lacking, key=lambda one: counts[one])
        found.append(left[value].pop(0))
        counts[value] += 1
    return sorted(found)


def value_figures(
    data: DataSet, marks: Mapping[str, Sequence[float]], asked: Mapping[str, Sequence[str]],
    on_rows: Callable[[DataSet], OnRows],
) -> tuple[str, tuple[ValueFigures, ...]]:  # fmt: skip
    """The name of the share and the figures of each value, those with most held-out rows first.

    `marks` are by figure how each row was judged, and `asked` the values of those rows.
    """
    by_value: dict[str, list[int]] = {}
    for place, value in enumerate(data.groups):
        by_value.setdefault(value, []).append(place)
    measure = next((name for name in MARKED if marks.get(name) and len(marks[name]) == len(asked.get(name, ()))), "")
    found = []
    for value, places in sorted(by_value.items(), key=lambda one: (-len(one[1]), one[0])):
        alone = on_rows(data.judged_by(places))
        if measure:
            own = [mark for mark, of in zip(marks[measure], asked[measure], strict=True) if of == value]
            alone = OnRows(alone.loss, measure, sum(own) / len(own) if own else None, len(own))
        found.append((alone.measure, _figures(value, len(places), alone)))
    return measure or next((name for name, _ in found if name), ""), tuple(one for _, one in found)


def picture_of(column: str, measure: str, before: Sequence[ValueFigures], after: Sequence[ValueFigures]) -> ByValue:
    """The figures after training beside those of the start, where these were measured alike."""
    start = {one.value: one for one in before}
    was = [start.get(one.value, ValueFigures(one.value, 0)) for one in after]
    return ByValue(
        column, measure, tuple(one.value for one in after), tuple(one.rows for one in after),
        tuple(one.loss for one in was), tuple(one.loss for one in after), tuple(one.asked for one in after),
        tuple(one.share for one in was), tuple(one.share for one in after), tuple(one.low for one in after),
        tuple(one.high for one in after),
    )  # fmt: skip


def _figures(value: str, rows: int, alone: OnRows) -> ValueFigures:
    if alone.share is None:
        return ValueFigures(value, rows, alone.loss)
    sure: Interval = share_interval(alone.share, alone.asked)
    return ValueFigures(value, rows, alone.loss, alone.asked, alone.share, sure.low, sure.high)
