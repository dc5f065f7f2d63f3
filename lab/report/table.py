"""The result table of some runs as plain figures: a row a variant (or a run), a cell a figure before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from lab.evaluate.leaders import leaders
from lab.store import Change, Run, Status
from lab.store.groups import Group, Spread, groups

DIGITS: Mapping[str, int] = {"held_out_loss": 3, "forgetting": 1}
"""Digits of a figure after the point; two elsewhere."""
FIRST, LAST = ("held_out_loss", "exact_match", "retained"), ("forgetting",)
"""Figures that come before the others, and after them."""
COSTS = ("trainable_params", "train_seconds", "peak_memory_bytes", "adapter_bytes")


@dataclass(frozen=True)
class Cell:
    """A figure of a row: its mean after training and before it, how far it spreads over seeds, or the 95 % interval of
    a single run's share; `leads` where it is better than the next best variant's by more than chance."""

    after: float | None = None
    before: float | None = None
    deviation: float | None = None
    interval: tuple[float, float] | None = None
    leads: bool = False


@dataclass(frozen=True)
class Row:
    """A variant with its runs, or a run; `done` of them are in its figures."""

    name: str
    recipe: str
    method: str
    status: str
    runs: int
    done: int
    costs: dict[str, float | None]
    figures: dict[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True)
class ResultTable:
    """The rows, and the names of the figures that any of them has, in the order of the columns."""

    rows: tuple[Row, ...]
    figures: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether any cell has an interval."""
        return any(cell.interval for row in self.rows for cell in row.figures.values())

    @property
    def repeated(self) -> bool:
        """Whether any cell is a mean over seeds."""
        return any(cell.deviation is not None for row in self.rows for cell in row.figures.values())


def digits_of(figure: str) -> int:
    """How many digits of a figure are told."""
    return DIGITS.get(figure, 2)


def result_table(runs: Sequence[Run], *, together: bool = True) -> ResultTable:
    """The table of these runs; `together` puts those of a variant into one row. Figures are of runs that are done."""
    found = groups(runs) if together else [one for run in runs for one in groups([run])]
    ahead = leaders(runs) if together and len({run.comparison for run in runs}) == 1 else {}
    leading = {name: one.variant for name, one in ahead.items() if one.real}
    rows = tuple(_row(group, leading, together) for group in found)
    names = dict.fromkeys(name for row in rows for name in row.figures)
    middle = [name for name in names if name not in (*FIRST, *LAST)]
    ordered = [*(name for name in FIRST if name in names), *middle, *(name for name in LAST if name in names)]
    return ResultTable(rows, tuple(ordered))


def _row(group: Group, leading: Mapping[str, str], together: bool) -> Row:
    done = [run for run in group.runs if run.status == Status.DONE]
    first = group.runs[0]
    told = {
        name: spread
        for name, spread in group.figures.items()
        if name not in (*COSTS, "search_seconds", "whole_seconds")
    }
    return Row(
        group.variant if together else first.name, first.recipe_name, first.method,
        Status.DONE.value if done else first.status.value, len(group.runs), len(done),
        {name: group.figures[name].mean if name in group.figures else None for name in COSTS},
        {name: _cell(name, spread, done, leading.get(name) == group.variant) for name, spread in told.items()},
    )  # fmt: skip


def _cell(name: str, spread: Spread, done: Sequence[Run], leads: bool) -> Cell:
    before = [change.before for run in done if (change := _change(run, name)) and change.before is not None]
    return Cell(spread.mean, fmean(before) if before else None, spread.deviation, spread.interval, leads)


def _change(run: Run, name: str) -> Change | None:
    out = run.outcome
    own = {"held_out_loss": out.eval_loss, "forgetting": out.forgetting, "retained": out.retained}
    return own.get(name) or out.metrics.get(name)
