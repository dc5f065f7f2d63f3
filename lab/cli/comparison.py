"""Several runs side by side in one table, those of a variant under several seeds in one row."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from lab.api.records import run_record
from lab.cli.differences import print_differences, print_pooled
from lab.cli.output import figure, print_table, size
from lab.cli.pictures import print_by_value
from lab.cli.report import COMMONEST, MARKS, SPARE, around, commonest, share, spent, sureness, told_metrics
from lab.evaluate.leaders import Leader, leaders
from lab.evaluate.leaders import as_plain as plain_leaders
from lab.evaluate.selection import told_apart
from lab.evaluate.task_scores import as_plain as plain_pooled
from lab.evaluate.task_scores import pooled
from lab.evaluate.versus import as_plain, versus
from lab.store import Run, Status
from lab.store.groups import Group, Spread, groups

SEARCHED_BY_SEED = "Learning rates were searched by each run for itself, once a seed; + is the time it took."
SEARCHED_ONCE = (
    "Learning rates were searched once, with one seed: another may find another rate; + is the time that took."
)
AHEAD = "*"
"""Beside a figure that is really the best."""
TOLD = (
    "held_out_loss",
    "forgetting",
    "retained",
    "train_seconds",
    "search_seconds",
    "whole_seconds",
    "peak_memory_bytes",
    "trainable_params",
    "adapter_bytes",
)
"""Figures with a column of their own; the others are metrics of the data or objective."""


def comparison_json(runs: Sequence[Run], against: str | None = None) -> dict[str, Any]:
    """What programs read: the variants with means and standard deviations, and their runs; who leads by each figure of
    one comparison; how far they differ from the variant `against`."""
    more: dict[str, Any] = {
        "leaders": plain_leaders(_leaders(runs)), "pooled": plain_pooled(pooled(runs, against)),
    }  # fmt: skip
    more |= {"against": against, "differences": as_plain(versus(runs, against))} if against else {}
    return more | {
        "variants": [
            {"variant": group.variant, "figures": {name: asdict(one) for name, one in group.figures.items()},
             "runs": [run_record(run) for run in group.runs]}
            for group in groups(runs)
        ]
    }  # fmt: skip


def print_comparison(runs: Sequence[Run], against: str | None = None) -> None:
    """One table of all variants, how far they differ from one of them, and why any run failed."""
    differences = versus(runs, against) if against else {}
    found, leading = groups(told_apart(runs)), _leaders(runs)
    ahead = {name: one.variant for name, one in leading.items() if one.real}
    metrics = list(dict.fromkeys(name for run in runs for name in told_metrics(run.outcome)))
    seeds = any(len(group.runs) > 1 for group in found)
    columns = ("variant", *(["runs"] if seeds else []), "trainable", "time", "memory", "size", "held-out loss",
               *(name.replace("_", " ") for name in metrics), "retained skill", "forgetting")  # fmt: skip
    usual = [_usual_row(runs, metrics, len(columns))] if any(commonest(run.outcome) for run in runs) else []
    print_table("", columns, [*(_row(group, metrics, seeds, ahead) for group in found), *usual], SPARE)
    if not all(len(group.runs) > 1 for group in found) and (words := sureness(runs)):
        print(words)
    if leading:
        print(_certainty(leading))
    if any(run.outcome.search for run in runs):
        print(SEARCHED_BY_SEED if seeds else SEARCHED_ONCE)
    if against:
        print_differences(differences, against)
    if found_tasks := pooled(runs, against):
        print_pooled(found_tasks)
    print_by_value(runs)
    for run in runs:
        if run.error:
            print(f"\n{run.name} ({run.id}): {run.error}")


def _leaders(runs: Sequence[Run]) -> dict[str, Leader]:
    """Who leads among the variants of one comparison; nothing for runs of several."""
    return leaders(runs) if len({run.comparison for run in runs}) == 1 else {}


def _certainty(leading: Mapping[str, Leader]) -> str:
    """What the table can tell of who is best, in words."""
    if any(one.real for one in leading.values()):
        return f"{AHEAD} better than the next best by more than chance (95 %, paired over seeds and questions)."
    if all(one.difference.pairs < 2 for one in leading.values()):
        return "One seed each: can't tell which is best. `--set repeat=5` trains five."
    return "Can't tell which is best: no figure's best differs from the next one by more than chance."


def _row(group: Group, metrics: Sequence[str], seeds: bool, ahead: Mapping[str, str]) -> tuple[str, ...]:
    figures = group.figures

    def words(name: str, digits: int) -> str:
        return _words(figures.get(name), digits) + (f" {AHEAD}" if ahead.get(name) == group.variant else "")

    means = {name: figures[name].mean if name in figures else None for name in TOLD}
    out = group.runs[0].outcome
    ended = sum(run.status == Status.DONE for run in group.runs)
    name = group.variant if ended else f"{group.variant} ({MARKS[group.runs[0].status]})"
    return (
        name, *([f"{ended}/{len(group.runs)}"] if seeds else []), share(out.trainable_params, out.total_params),
        spent(means["train_seconds"], means["search_seconds"], means["whole_seconds"]),
        size(means["peak_memory_bytes"]), size(means["adapter_bytes"]),
        words("held_out_loss", 3), *(words(metric, 2) for metric in metrics), words("retained", 2),
        words("forgetting", 1),
    )  # fmt: skip


def _usual_row(runs: Sequence[Run], metrics: Sequence[str], columns: int) -> tuple[str, ...]:
    """The table's last row: what a model would get that always gives the commonest answer of the training rows."""
    known = {name: value for run in runs for name, value in commonest(run.outcome).items()}
    cells = [figure(known.get(name), 2) for name in metrics]
    return (COMMONEST, *[""] * (columns - len(cells) - 3), *cells, "", "")


def _words(spread: Spread | None, digits: int) -> str:
    """A mean with its spread over seeds, or the interval of a single run's figure."""
    if spread is None:
        return "–"
    beside = around(spread.interval, digits) if spread.deviation is None else f" ± {figure(spread.deviation, digits)}"
    return figure(spread.mean, digits) + beside
