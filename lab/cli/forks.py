"""Forking: `lab fork`, a copy of a run that goes on with changes while the run itself is left as it is."""

from typing import Annotated

import typer

from lab.api import Lab
from lab.cli.options import AsJson, RunId
from lab.cli.output import say
from lab.cli.train import ExecutorName, carry_out, check_named
from lab.store import Run
from lab.store.requests import FORK

Changes = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Change a setting, e.g. learning_rate=1e-4.")
]
Cold = Annotated[bool, typer.Option("--cold", help="Begin anew instead of going on from its weights and step.")]
GivenName = Annotated[str | None, typer.Option("--name", metavar="NAME", help="What the fork is called.")]


def add_to(app: typer.Typer) -> None:
    app.command()(fork)


def fork(
    run: RunId, changes: Changes = None, cold: Cold = False, name: GivenName = None, executor: ExecutorName = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Copy a run with changes, from its weights and step, and carry the copy out. A run that trains goes on."""
    check_named(executor)
    with Lab.open() as lab:
        lab.close_abandoned()
        copy = lab.fork(run, changes or (), warm=not cold, name=name)
        say(f"{copy.name} ({copy.id}): {_begins(copy)}")
        carry_out([copy], lab, executor, as_json)


def _begins(copy: Run) -> str:
    if copy.request == FORK:
        return f"begins where run {copy.parent} is after its next step"
    at = f"step {copy.forked_at}" if copy.forked_at else "the beginning"
    return f"begins at {at} of run {copy.parent}"
