"""Deleting several runs at once: what would go and what must stay, how much of the disk that takes, and doing it."""

import contextlib
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lab.data.learned import teachers_of
from lab.disk import run_bytes
from lab.errors import LabError
from lab.evaluate.selection import find_runs
from lab.home import Home
from lab.model_ref import ModelRef
from lab.models import chain_of
from lab.planning.fork_points import drop_unused
from lab.recipe import parse_recipe, resolve
from lab.store import Run, Store
from lab.store.access import check_may_change, may_see
from lab.visitors import LOCAL, acting

HIDDEN = "…"
"""The id of a run that who asks may not see."""


@dataclass(frozen=True)
class Kept:
    """A run that can't be deleted, and why: it is not over, or runs that stay build on its weights."""

    run: Run
    heirs: tuple[Run, ...] = ()

    @property
    def reason(self) -> str:
        if not self.heirs:
            return f"is {self.run.status}"
        return "is built on by " + ", ".join(f"{heir.id} ({heir.name})" for heir in self.heirs[:5])


@dataclass(frozen=True)
class Removal:
    """The runs that go, those that build on others first, with the bytes that they take; and the runs that stay."""

    goes: tuple[Run, ...]
    stays: tuple[Kept, ...]
    bytes: int


def plan_removal(named: Sequence[str], store: Store) -> Removal:
    """What deleting these runs (and all runs of comparisons) would do; deletes nothing. Raises RunError for an unknown
    one. A run goes where it is over and all that build on its weights go too; forks have theirs by themselves."""
    wanted = {run.id: run for run in find_runs(named, store)}
    for run in wanted.values():
        check_may_change(run)
    heirs = heirs_of(wanted, store)
    stays = {run.id: Kept(run) for run in wanted.values() if not run.status.over}
    while True:
        held = {
            run_id: tuple(heir for heir in heirs.get(run_id, ()) if heir.id not in wanted or heir.id in stays)
            for run_id in wanted if run_id not in stays
        }  # fmt: skip
        new = {run_id: Kept(wanted[run_id], own) for run_id, own in held.items() if own}
        if not new:
            break
        stays |= new
    goes = _last_first([run for run in wanted.values() if run.id not in stays], heirs)
    return Removal(tuple(goes), tuple(stays.values()), sum(run_bytes(store.home, run.id).total for run in goes))


def remove_all(named: Sequence[str], store: Store) -> Removal:
    """Delete those of these runs that can go, with their files; returns what went and what stayed. Raises RunError."""
    removal = plan_removal(named, store)
    delete_runs(removal.goes, store)
    return removal


def delete_runs(runs: Sequence[Run], store: Store) -> None:
    """Delete runs with their files, and what was kept for forks that nobody needs then. Raises RunError for one that is
    not over; whether others build on them is asked before."""
    for run in runs:
        store.runs.delete(run.id)
        shutil.rmtree(store.home.run(run.id).root, ignore_errors=True)
    if runs:
        drop_unused(store)


def heirs_of(wanted: Iterable[str], store: Store) -> dict[str, list[Run]]:
    """By the ids of these runs, the other runs whose weights, or whose next start, need them."""
    found: dict[str, list[Run]] = {run_id: [] for run_id in wanted}
    with acting(LOCAL):  # also those that who asks may not see
        others = store.runs.all()
    for run in others:
        other = run if may_see(run) else replace(run, id=HIDDEN, name="somebody else's")
        for run_id in _needs(run, store.home) - {run.id}:
            if run_id in found:
                found[run_id].append(other)
    return found


def _needs(run: Run, home: Home) -> set[str]:
    """The runs that a run builds on."""
    found = {ModelRef.parse(run.base).run}
    with contextlib.suppress(LabError):
        if not run.status.over:
            found |= set(teachers_of(resolve(parse_recipe(run.recipe))[0]))
    with contextlib.suppress(LabError):
        found |= {ModelRef.of_stage(link.ref).run for link in chain_of(str(ModelRef(run=run.id)), home)[1:]}
    return {one for one in found if one}


def _last_first(runs: Sequence[Run], heirs: dict[str, list[Run]]) -> list[Run]:
    """These runs, each after all that build on it."""
    ordered: dict[str, Run] = {}
    ahead = list(reversed(runs))
    known = {run.id: run for run in runs}
    while ahead:
        run = ahead[-1]
        waiting = [heir for heir in heirs.get(run.id, ()) if heir.id in known and heir.id not in ordered]
        if waiting and run.id not in ordered:
            ahead += [known[heir.id] for heir in waiting]
            continue
        ordered.setdefault(ahead.pop().id, run)
    return list(ordered.values())
