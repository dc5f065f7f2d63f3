"""Whether a recipe is open to who is served now: its bases, teachers, judges and data, by their names alone.

Asked before anything is looked for, so that no refusal tells what is there.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from lab.data import data_cards
from lab.data.sources import check_open as check_data_open
from lab.errors import RunError
from lab.home import Home
from lab.model_ref import RUN, ModelRef
from lab.models.find import check_open as check_base_open
from lab.planning.fair_use import check_count
from lab.recipe import Recipe, ResolvedRun, resolve
from lab.store import Store
from lab.store.access import may_build_on
from lab.visitors import current


def check_open_to(recipe: Recipe, home: Home, store: Store | None) -> None:
    """Raise LabError for a base, a run or data that whoever asks may not use."""
    if current().owns_lab:
        return
    runs = resolve(recipe)
    check_count(len(runs))
    for run in runs:
        check_model_open(run.base)
        for stage in run.stages:
            if stage.teacher is not None:
                check_model_open(stage.teacher)
            for choice in stage.data:
                check_data_open(choice, data_cards())
    named = sorted({run_id for run in runs for run_id in _runs_in(run)})
    if named and store is None:
        with Store(home) as opened:
            _check_runs(named, opened)
    elif named and store is not None:
        _check_runs(named, store)


def check_model_open(name: str) -> None:
    """Raise ModelError for a base model that is not open to who is served now; a run is another matter."""
    ref = ModelRef.parse(name)
    if ref.base is not None:
        check_base_open(ref.base)


def _check_runs(named: list[str], store: Store) -> None:
    for run_id in named:
        if not may_build_on(store.runs.get(run_id)):
            raise RunError(f"run '{run_id}' is somebody else's, and can't be built on",
                           do="take a run of yours, or train its recipe yourself.")  # fmt: skip


def _runs_in(run: ResolvedRun) -> Iterator[str]:
    """Every run that a planned one names: as its base, teacher or judge, or as what it forks from."""
    if run.fork:
        yield run.fork.run
    yield from _named(run.model_dump(exclude={"fork"}))


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.startswith(RUN) and (run := ModelRef.parse(value).run):
        yield run
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _named(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _named(one)
