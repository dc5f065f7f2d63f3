"""Runs, curves and votes as pandas tables, and a run as the flat record that programs read."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pandas

from lab.api.records import run_record
from lab.recipe import variant_of
from lab.store import Run, Store


def run_table(runs: Sequence[Run]) -> pandas.DataFrame:
    """A row a run, indexed by its id; figures before and after are columns of their own (`eval_loss.after`)."""
    rows = [_flat(run_record(run) | {"pictures": list(run.outcome.pictures)}) for run in runs]
    rows = [row | {"variant_of": variant_of(run.name)} for row, run in zip(rows, runs, strict=True)]
    return pandas.DataFrame(rows).set_index("id") if rows else pandas.DataFrame()


def curve_table(runs: Sequence[str], store: Store) -> pandas.DataFrame:
    """A row a point: run, curve, step, value."""
    rows = [(point.run, point.name, point.step, point.value) for point in store.curves.newer(runs, limit=10**9)]
    return pandas.DataFrame(rows, columns=["run", "curve", "step", "value"])


def vote_table(store: Store) -> pandas.DataFrame:
    """A row a vote, with the runs of both answers and which of them won."""
    columns = ["pair", "rater", "scripted", "again", "first", "second", "winner", "equal", "left"]
    return pandas.DataFrame([asdict(vote) for vote in store.pairs.votes()], columns=columns)


def _flat(record: dict[str, Any], before: str = "") -> dict[str, Any]:
    """Nested records as one, names joined by dots."""
    flat: dict[str, Any] = {}
    for name, value in record.items():
        flat |= _flat(value, f"{before}{name}.") if isinstance(value, dict) else {f"{before}{name}": value}
    return flat
