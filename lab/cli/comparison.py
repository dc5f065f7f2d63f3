"""Several runs side by side in one table, those of a variant under several seeds in one row."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from lab.api.records import run_record
from lab.cli.output import duration, figure, print_table, size
from lab.cli.report import COMMONEST, MARKS, SPARE, around, commonest, share, sureness, told_metrics
from lab.evaluate.paired import Difference
from lab.evaluate.versus import as_plain, versus
from lab.store import Run, Status, Store
from lab.store.groups import Group, Spread, groups

VERDICTS = {"higher": "higher", "lower": "lower", "unsure": "can't tell"}
TOLD = (
    "held_out_loss",
    "forgetting",
    "retained",
    "train_seconds",
    "peak_memory_bytes",
    "trainable_params",
    "adapter_bytes",
)
"""Figures with a column of their own; the others are metrics of the data or objective."""


def find_runs(ids: Sequence[str], store: Store) -> list[Run]:
    """The runs meant by ids of runs and of comparisons, each once; raises RunError for an unknown one."""
    found: dict[str, Run] = {}
    for one in ids:
        for run in store.runs.all(comparison=one) or [store.runs.get(one)]:
            found.setdefault(run.id, run)
    return list(found.values())


def comparison_json(runs: Sequence[Run], against: str | None = None) -> dict[str, Any]:
    """What programs read: the variants with means and standard deviations, and their runs; how far they differ from the
    variant `against`."""
    more = {"against": against, "differences": as_plain(versus(runs, against))} if against else {}
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
    found = groups(runs)
    metrics = list(dict.fromkeys(name for run in runs for name in told_metrics(run.outcome)))
    seeds = any(len(group.runs) > 1 for group in found)
    columns = ("variant", *(["runs"] if seeds else []), "trainable", "time", "memory", "size", "held-out loss",
               *(name.replace("_", " ") for name in metrics), "retained skill", "forgetting")  # fmt: skip
    usual = [_usual_row(runs, metrics, len(columns))] if any(commonest(run.outcome) for run in runs) else []
    print_table("", columns, [*(_row(group, metrics, seeds) for group in found), *usual], SPARE)
    if not all(len(group.runs) > 1 for group in found) and (words := sureness(runs)):
        print(words)
    if against:
        _print_differences(differences, against)
    for run in runs:
        if run.error:
            print(f"\n{run.name} ({run.id}): {run.error}")


def _print_differences(differences: Mapping[str, Mapping[str, Difference]], against: str) -> None:
    """A row a variant and figure; what can't be told from chance is called so."""
    rows = [
        (variant, name.replace("_", " "), f"{one.mean:+.3f}", _between(one), VERDICTS[one.verdict], one.pairs,
         one.questions or "")
        for variant, figures in differences.items() for name, one in figures.items()
    ]  # fmt: skip
    print()
    head = ("variant", "figure", "difference", "95 % interval", "", "pairs of runs", "questions")
    print_table(f"Against {against}", head, rows)


def _between(one: Difference) -> str:
    return "–" if one.low is None else f"{one.low:+.3f} to {one.high:+.3f}"


def _row(group: Group, metrics: Sequence[str], seeds: bool) -> tuple[str, ...]:
    figures = group.figures
    means = {name: figures[name].mean if name in figures else None for name in TOLD}
    out = group.runs[0].outcome
    ended = sum(run.status == Status.DONE for run in group.runs)
    name = group.variant if ended else f"{group.variant} ({MARKS[group.runs[0].status]})"
    return (
        name, *([f"{ended}/{len(group.runs)}"] if seeds else []), share(out.trainable_params, out.total_params),
        duration(means["train_seconds"]), size(means["peak_memory_bytes"]), size(means["adapter_bytes"]),
        _words(figures.get("held_out_loss"), 3), *(_words(figures.get(metric), 2) for metric in metrics),
        _words(figures.get("retained"), 2), _words(figures.get("forgetting"), 1),
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
