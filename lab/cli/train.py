"""Checking and carrying out recipes: `lab check`, `lab train`, `lab resume`."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from lab.api import Lab
from lab.api.records import run_record
from lab.cli.comparison import print_comparison
from lab.cli.follow import follow
from lab.cli.options import AsJson, RunId, SkipBad
from lab.cli.output import emit_json, say
from lab.cli.plan_report import plan_record, print_plan
from lab.cli.report import print_results
from lab.errors import LabError
from lab.executors import check_executor
from lab.recipe import Recipe, skipping_bad
from lab.store import Run, Status
from lab.store.groups import groups

RecipePath = Annotated[Path, typer.Argument(metavar="RECIPE", help="A recipe's YAML file.")]
Overrides = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Change a field, e.g. budget.steps=20.")
]
DeviceName = Annotated[
    str | None, typer.Option("--device", metavar="NAME", help="Estimate for this device: '24 GB', 'RTX 4090', cpu.")
]
ExecutorName = Annotated[
    str | None,
    typer.Option("--executor", metavar="NAME", help="Who carries it out: warm (the default), inline, …"),
]
Processes = Annotated[
    int | None, typer.Option("--processes", metavar="N", help="Share each batch out over N processes (or GPUs).")
]


def add_to(app: typer.Typer) -> None:
    app.command()(check)
    app.command()(train)
    app.command("resume")(resume_run)


def check(
    recipe: RecipePath,
    overrides: Overrides = None,
    device: DeviceName = None,
    skip_bad: SkipBad = False,
    as_json: AsJson = False,
) -> None:
    """Validate a recipe; print what would run, its cost, whether it fits on a device, and what its data is like."""
    with Lab.open() as lab:
        read = _read(lab, recipe, overrides, skip_bad)
        with naming(recipe):
            planned = lab.check(read, device=device)
    if as_json:
        return emit_json([plan_record(one) for one in planned])
    return print_plan(read, planned, device)


def train(
    recipe: RecipePath, overrides: Overrides = None, executor: ExecutorName = None, processes: Processes = None,
    skip_bad: SkipBad = False, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Carry out a recipe: one run a variant, side by side as far as the machine goes."""
    check_named(executor)
    shared = [f"processes={processes}"] if processes is not None else []
    with Lab.open() as lab:
        read = _read(lab, recipe, [*(overrides or ()), *shared], skip_bad)
        with naming(recipe):
            runs = lab.submit(read, executor=executor)
        for note in dict.fromkeys(note for run in runs for note in run.outcome.notes):
            say(note)
        carry_out(runs, lab, None, as_json)


def resume_run(run: RunId, executor: ExecutorName = None, as_json: AsJson = False) -> None:
    """Go on with a run that stopped early, from its last checkpoint."""
    check_named(executor)
    with Lab.open() as lab:
        lab.close_abandoned()
        carry_out([lab.resume(run)], lab, executor, as_json)


def _read(lab: Lab, recipe: Path, overrides: list[str] | None, skip_bad: bool) -> Recipe:
    """The recipe of a command line."""
    read = lab.recipe(recipe, overrides or ())
    return skipping_bad(read) if skip_bad else read


@contextlib.contextmanager
def naming(file: Path) -> Iterator[None]:
    """Problems that come up inside say which recipe they are in."""
    try:
        yield
    except LabError as problem:
        problem.where = f"{file}: {problem.where}" if problem.where else str(file)
        raise


def check_named(executor: str | None) -> None:
    """Raise LabError for the name of an executor that there is not."""
    if executor is not None:
        check_executor(executor)


def carry_out(runs: list[Run], lab: Lab, executor: str | None, as_json: bool) -> None:
    """See the runs through to their ends, show what they came to; exit code 1 unless all are done."""
    ended = follow(runs, lab.store, lab.executor_for(runs, executor))
    if as_json:
        emit_json([run_record(run) for run in ended])
    else:
        print_results(ended)
        if any(len(group.runs) > 1 for group in groups(ended)):
            print()
            print_comparison(ended)
    if any(run.status != Status.DONE for run in ended):
        raise typer.Exit(1)
